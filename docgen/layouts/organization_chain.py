"""An organization as its file and those of its parents give it together, with what they name."""

from collections.abc import Iterable, Mapping
from functools import reduce
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import Diagnostic, DocgenError, Findings, did_you_mean, refuse, some_of
from docgen.document import Picture
from docgen.images import load_image
from docgen.layouts.merging import merged
from docgen.layouts.organization import FontFamily, Organization, check_organization
from docgen.layouts.partial import wrong_in_changes
from docgen.layouts.wording import SheetLanguage, in_language, sheet_language
from docgen.source import (
    Language,
    MappingNode,
    Node,
    Scalar,
    TextNode,
    bind,
    display_path,
    is_there,
    names_beside,
    read_file,
    real_path,
    salvage,
)

_PARENT = "parent"


class LoadedOrganization(Struct, frozen=True, eq=False):
    """A checked organization with what it takes from its parents and what its files name."""

    id: str
    """The name of its folder."""
    organization: Organization
    chain: tuple[str, ...]
    """Ids from the topmost parent down to its own."""
    folders: tuple[Path, ...]
    """The folder of each of the chain."""
    node: MappingNode
    """What the organization was bound from: the files of the chain merged, each value in place."""
    logo: Picture | None
    sources: tuple[Path, ...]
    """Every file that it was made from."""
    languages: dict[str, str | None]
    """The language of each file's own texts (BCP 47), by the file's path in spans."""
    names: tuple[str, ...] = ()
    """What each of the chain is called."""
    warnings: tuple[Diagnostic, ...] = ()
    """What its sheets print, but perhaps not as it wishes."""

    @property
    def theme(self) -> MappingNode | None:
        """Changes of the theme of its sheets."""
        return self.organization.theme

    @property
    def page(self) -> MappingNode | None:
        """Paper and margins of its sheets."""
        return self.organization.page

    @property
    def offered(self) -> tuple[str, ...]:
        """The languages (BCP 47) that it offers sheets in, if it says so."""
        return tuple(language.tag for language in self.organization.languages)

    def in_language(
        self, sheet: SheetLanguage, assumed: str, findings: Findings
    ) -> "LoadedOrganization":
        """The organization with its wording in the language of a sheet.

        Texts are in the language that their file names, or else in the ``assumed`` one.
        """
        own = {path: language or assumed for path, language in self.languages.items()}
        node = in_language(self.node, Organization, own, sheet, findings)
        if node is self.node and assumed == sheet.tag:
            return self
        organization = bind(node, Organization, findings)
        if organization is None:
            return self
        named = organization.language or Language(assumed)
        return replace(self, organization=replace(organization, language=named))


def load_organization(id: str, files: Mapping[str, Path]) -> LoadedOrganization:
    """The organization of an id out of ``files``, the file of each organization by its id.

    Raises DocgenError with all that is wrong with it.
    """
    chain = _chain(id, files)
    node = reduce(merged, chain.values())
    paths = tuple(files[name] for name in chain)
    languages = _languages(zip(paths, chain.values(), strict=True))
    findings = Findings()
    organization = salvage(_in_own_language(node, languages), Organization, findings)
    if organization is None:
        findings.extend(wrong_in_changes(node))
        raise DocgenError(findings.diagnostics)
    check_organization(organization, node, findings)
    named = _NamedFiles(paths, findings)
    logo = named.image(organization.logo.file) if organization.logo else None
    for family, fonts in (organization.fonts or {}).items():
        named.add_fonts(family, fonts)
    if any(one.severity == "error" for one in findings.diagnostics):
        findings.extend(wrong_in_changes(node))
    findings.raise_if_any()
    return LoadedOrganization(
        id=id,
        organization=organization,
        chain=tuple(chain),
        folders=tuple(path.parent for path in paths),
        node=node,
        logo=logo,
        sources=(*paths, *named.read),
        languages=languages,
        names=_names_of_files(chain.values()),
        warnings=findings.diagnostics,
    )


def _chain(id: str, files: Mapping[str, Path]) -> dict[str, MappingNode]:
    """What the file of an organization and those of its parents say, the topmost parent first."""
    found: dict[str, MappingNode] = {}
    while True:
        found[id] = _group(read_file(files[id]))
        parent = found[id].get(_PARENT)
        if not isinstance(parent, Scalar) or not parent.value.strip():
            return dict(reversed(found.items()))
        wanted, id = parent, parent.value
        if id in found:
            raise _cycle(id, wanted, found, files)
        if id not in files:
            raise refuse(
                "missing-organization",
                f"there is no organization {id!r}, the parent that this file names",
                wanted.span,
                did_you_mean(id, files) or f"there is: {some_of([*files])}",
            )


def _group(node: Node) -> MappingNode:
    """A file of no named values has no parent; what is wrong with it, binding tells."""
    if isinstance(node, MappingNode):
        return node
    findings = Findings()
    bind(node, Organization, findings)
    raise DocgenError(findings.diagnostics)


def _cycle(
    id: str, named: Scalar, found: Mapping[str, MappingNode], files: Mapping[str, Path]
) -> DocgenError:
    ids = list(found)
    around = ids[ids.index(id) :]
    shown = ", ".join(display_path(files[name]) for name in around)
    return refuse(
        "organization-cycle",
        f"{' is part of '.join([*around, id])}: an organization cannot be its own parent",
        named.span,
        f"take 'parent' out of one of these files: {shown}",
    )


def _languages(files: Iterable[tuple[Path, MappingNode]]) -> dict[str, str | None]:
    """A file that names no language is in that of its parent."""
    languages: dict[str, str | None] = {}
    language = None
    for path, node in files:
        named = node.get("language")
        if isinstance(named, Scalar) and named.value.strip():
            language = named.value
        languages[display_path(path)] = language
    return languages


def _names_of_files(files: Iterable[MappingNode]) -> tuple[str, ...]:
    """A file that names no organization is called like its parent."""
    names: list[str] = []
    for node in files:
        name = node.get("name")
        named = isinstance(name, Scalar) and name.value.strip()
        names.append(named or (names[-1] if names else ""))
    return tuple(names)


def _in_own_language(node: MappingNode, languages: Mapping[str, str | None]) -> Node:
    """What is missing there is told where a sheet is made in that language."""
    tag = next(filter(None, reversed(tuple(languages.values()))), "en")
    own = {path: language or tag for path, language in languages.items()}
    return in_language(node, Organization, own, sheet_language(tag, None, ()), Findings())


class _NamedFiles:
    """Files that a chain names, each counted from the folder of the file that says so."""

    def __init__(self, paths: tuple[Path, ...], findings: Findings) -> None:
        self._folders = {display_path(path): path.parent for path in paths}
        self._findings = findings
        self.read: list[Path] = []

    def image(self, file: TextNode) -> Picture | None:
        self.read.append(self._path(file))
        try:
            return load_image(Path(file.value), self._folder(file), file.span, self._findings)
        except DocgenError as error:
            self._findings.extend(error.diagnostics)
            return None

    def add_fonts(self, family: str, fonts: FontFamily) -> None:
        """Adds a family to the fonts, unless one of its files is not there."""
        from docgen.fonts.own import add_family  # noqa: PLC0415 - few organizations have one

        told = len(self._findings)
        files = {style: (self._font(file), file.span) for style, file in fonts.files.items()}
        if len(self._findings) == told:
            add_family(family, files, self._findings)

    def _font(self, file: TextNode) -> Path:
        folder, path = self._folder(file), self._path(file)
        self.read.append(path)
        if not real_path(path).is_relative_to(real_path(folder)):
            self._findings.error(
                "font-outside-project",
                f"font {file.value!r} lies outside of the folder {display_path(folder)!r}",
                file.span,
                "copy it into that folder",
            )
        elif self._is_missing(path):
            self._findings.error(
                "font-missing",
                f"there is no font {file.value!r}",
                file.span,
                did_you_mean(path.name, names_beside(path))
                or f"its path counts from the folder {display_path(folder)!r}",
            )
        return path

    def _is_missing(self, path: Path) -> bool:
        """Of a font that is perhaps there, whoever reads it tells what keeps it from being read."""
        try:
            return not is_there(path)
        except DocgenError:
            return False

    def _folder(self, file: TextNode) -> Path:
        return self._folders[file.span.path]

    def _path(self, file: TextNode) -> Path:
        return self._folder(file) / file.value
