"""The layers in which a layout is found, and what the files of its name make together."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct

from docgen.diagnostics import (
    Diagnostic,
    DocgenError,
    ErrorRule,
    Findings,
    Span,
    did_you_mean,
    quoted,
    refuse,
    some_of,
)
from docgen.layouts.leaves import NAME
from docgen.layouts.merging import EXTENDS, VERBS, History, merged
from docgen.layouts.model import Layout
from docgen.layouts.organization_chain import LoadedOrganization
from docgen.source import MappingNode, Node, Scalar, bind, display_path, entries, read_file

ENDINGS = (".yaml", ".yml", ".json")
ORGANIZATION: Final = "organization"

_Kind = Literal["layout", "theme", "organization"]
_MISSING: Final[dict[_Kind, ErrorRule]] = {
    "layout": "missing-layout",
    "theme": "missing-theme",
    "organization": "missing-organization",
}
"""The file in an organization's folder that is no layout."""


Entries = tuple[tuple[Scalar, Node], ...]


class LayoutFile(Struct, frozen=True):
    """A layout that can be found: its name and its file, not yet read."""

    name: str
    path: Path
    root: Path
    """The folder that the file was found in: of layouts, or of an organization. Its images lie
    inside."""


class MergedLayout(Struct, frozen=True, eq=False):
    """What the files of a layout say together, not yet bound."""

    node: MappingNode
    files: tuple[LayoutFile, ...]
    """The files that it was merged from, the lowest first."""
    roots: dict[str, Path]
    """The folder that the images of each file count from, by the file's path in spans."""
    languages: dict[str, str]
    """The language of each file's own texts (BCP 47), by the file's path in spans."""
    history: History
    problems: tuple[Diagnostic, ...]
    """What is wrong with how the files change each other."""

    @property
    def file(self) -> LayoutFile:
        """The file that counts most."""
        return self.files[-1]


Layers = list[dict[str, LayoutFile]]


class _Step(Struct, frozen=True, eq=False):
    file: LayoutFile
    layer: int
    node: MappingNode
    extends: Scalar | None


class LayoutLayers:
    """Folders of layouts and above them those of an organization: the highest file counts.

    A file that extends its own name starts from the next lower one of the name.
    """

    def __init__(self, folders: Sequence[Path], organization: LoadedOrganization | None) -> None:
        self._organization = organization
        self._folders = (*reversed(folders), *(organization.folders if organization else ()))
        self._first_own = len(folders)

    def files(self) -> dict[str, LayoutFile]:
        """The file of each layout that counts most.

        Raises DocgenError where a folder cannot be read.
        """
        return {name: file for layer in self._layers() for name, file in layer.items()}

    def merged(self, name: str) -> MergedLayout:
        """What all files of a layout say together.

        Raises DocgenError where a file cannot be read, or what it extends is not there.
        """
        findings, history = Findings(), History()
        steps = _steps(name, self._layers(), findings)
        lower = self._count_lower(steps)
        node = MappingNode(steps[0].node.span, ())
        for index, step in enumerate(steps):
            if index == lower:
                node = merged(node, self._defaults(node), history)
            if step.extends:
                from docgen.layouts.inheritance import extended  # noqa: PLC0415 (few sheets do)

                node = extended(node, step.node, findings, history)
            else:
                node = merged(node, _without_verbs(step.node, findings), history)
        if lower == len(steps):
            node = merged(node, self._defaults(node), history)
        files = tuple(step.file for step in steps)
        roots = {display_path(file.path): file.root for file in files}
        languages = self._languages(steps)
        return MergedLayout(node, files, roots, languages, history, findings.diagnostics)

    def _layers(self) -> Layers:
        """The files of each folder, the lowest first."""
        layers = [files_in([folder]) for folder in self._folders]
        for layer in layers[self._first_own :]:
            layer.pop(ORGANIZATION, None)
        return layers

    def _count_lower(self, steps: Sequence[_Step]) -> int:
        """How many of the files, the lowest first, stand before the organization's own."""
        count = len(steps)
        while count and steps[count - 1].layer >= self._first_own:
            count -= 1
        return count

    def _languages(self, steps: Sequence[_Step]) -> dict[str, str]:
        """A file that names no language is in its organization's, or in that of its base."""
        own = tuple(self._organization.languages.values()) if self._organization else ()
        languages: dict[str, str] = {}
        language = ""
        for step in steps:
            named = step.node.get("language")
            if isinstance(named, Scalar) and named.value.strip():
                language = named.value
            elif step.layer >= self._first_own:
                language = own[step.layer - self._first_own] or language
            languages[display_path(step.file.path)] = language
        return languages

    def _defaults(self, layout: MappingNode) -> MappingNode:
        """What the organization says for all of its layouts: the page, and the size of the body
        text, which the theme's would otherwise not reach where a layout gives its own."""
        organization = self._organization
        if organization is None:
            return MappingNode(layout.span, ())
        said = _entries_of_key("page", organization.node)
        if organization.theme and layout.get("body"):
            said += _entries_of_key("body", organization.theme)
        return MappingNode(layout.span, said)


def _entries_of_key(key: str, node: MappingNode) -> Entries:
    return tuple(entry for entry in node.entries if entry[0].value == key)


def files_in(folders: Iterable[Path]) -> dict[str, LayoutFile]:
    """The files of some folders by their names; the first folder wins.

    Raises DocgenError where one of them cannot be read.
    """
    found: dict[str, LayoutFile] = {}
    for folder in folders:
        for path in entries(folder):
            if path.suffix in ENDINGS and NAME.fullmatch(path.stem):
                found.setdefault(path.stem, LayoutFile(path.stem, path, folder))
    return found


def missing_name(
    kind: _Kind, name: str, known: Iterable[str], by: Scalar | None = None
) -> DocgenError:
    """The error for a name that no file has, at the place that names it."""
    names = tuple(known)
    hint = did_you_mean(name, names) or (
        f"there is: {some_of(names)}" if names else f"no folder of layouts holds any {kind}"
    )
    span = by.span if by else None
    return refuse(_MISSING[kind], f"there is no {kind} {name!r}", span, hint)


def _steps(name: str, layers: Layers, findings: Findings) -> list[_Step]:
    """The files of a layout, the lowest first."""
    steps: list[_Step] = []
    below, by = len(layers), None
    while True:
        layer = next((at for at in reversed(range(below)) if name in layers[at]), None)
        if layer is None:
            raise _missing_base(name, by, below, layers)
        if any((step.file.name, step.layer) == (name, layer) for step in steps):
            raise _circle(steps, name, by)
        step = _read_step(layers[layer][name], layer, findings)
        steps.append(step)
        if step.extends is None:
            return steps[::-1]
        below = layer if step.extends.value == name else len(layers)
        name, by = step.extends.value, step.extends


def _missing_base(name: str, by: Scalar | None, below: int, layers: Layers) -> DocgenError:
    names = sorted({known for layer in layers for known in layer})
    if by is None or below == len(layers):
        return missing_name("layout", name, names, by)
    return refuse(
        "missing-layout",
        f"this file extends {quoted(name)}, but there is no other layout of that name below it",
        by.span,
        did_you_mean(name, [known for known in names if known != name])
        or f"name the layout that it starts from, or take '{EXTENDS}' out",
    )


def _read_step(file: LayoutFile, layer: int, findings: Findings) -> _Step:
    node = read_file(file.path)
    if not isinstance(node, MappingNode):
        bind(node, Layout, findings)
        raise DocgenError(findings.diagnostics)
    extends = node.get(EXTENDS)
    if extends is not None and not isinstance(extends, Scalar):
        raise refuse(
            "wrong-type",
            f"'{EXTENDS}' must be the name of one layout",
            extends.span,
            f"write '{EXTENDS}: {file.name}'",
        )
    base = extends if isinstance(extends, Scalar) and extends.value.strip() else None
    _check_id(file, node, base, findings)
    return _Step(file, layer, node, base)


def _check_id(file: LayoutFile, node: MappingNode, base: Scalar | None, findings: Findings) -> None:
    id = node.get("id")
    if isinstance(id, Scalar) and id.value.strip():
        check_named(id.value, file, node.span, findings)
    elif base is not None and base.value != file.name:
        findings.error(
            "missing-field",
            "'id' is missing: a layout that extends one of another name needs it",
            node.span,
            f"write 'id: {file.name}'",
        )


def check_named(id: str, file: LayoutFile, span: Span, findings: Findings) -> None:
    """Tells of an id that is not the name of its file, by which it is found."""
    if id != file.name:
        findings.error(
            "bad-id",
            f"the id {id!r} is not the name of its file",
            span,
            f"write 'id: {file.name}', or rename the file to {id}{file.path.suffix}",
        )


def _without_verbs(node: MappingNode, findings: Findings) -> MappingNode:
    """What a file says that extends none."""
    entries = []
    for key, value in node.entries:
        if key.value in VERBS:
            findings.error(
                "missing-field",
                f"'{key.value}' changes the blocks of another layout, but this file extends none",
                key.span,
                f"write '{EXTENDS}: …' with the name of the layout that it changes",
            )
        elif key.value != EXTENDS:
            entries.append((key, value))
    return MappingNode(node.span, tuple(entries))


def _circle(steps: Sequence[_Step], name: str, by: Scalar | None) -> DocgenError:
    begin = next(index for index, step in enumerate(steps) if step.file.name == name)
    around = steps[begin:]
    files = ", ".join(display_path(step.file.path) for step in around)
    names = " extends ".join([*(step.file.name for step in around), name])
    return refuse(
        "layout-cycle",
        f"{names}: a layout cannot start from itself",
        by.span if by else None,
        f"let one of these files extend another layout, or none: {files}",
    )
