"""Layouts, themes and organizations by name, out of several folders of which the first wins."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span
from docgen.document import PageSetup, Picture, StyleSheet
from docgen.images import load_image
from docgen.layouts.blocks import all_blocks
from docgen.layouts.catalogs import FOLDER as LOCALE
from docgen.layouts.catalogs import languages_in
from docgen.layouts.fixed_words import (
    FixedWords,
    NoticeWords,
    SlipWords,
    fixed_words,
    notice_words,
    slip_words,
)
from docgen.layouts.layers import (
    ORGANIZATION,
    LayoutFile,
    LayoutLayers,
    MergedLayout,
    check_named,
    files_in,
    missing_name,
)
from docgen.layouts.layout_checks import check_layout
from docgen.layouts.merging import History, merged
from docgen.layouts.model import ImageBlock, Layout
from docgen.layouts.organization_chain import LoadedOrganization, load_organization
from docgen.layouts.styles import resolve_page, resolve_styles
from docgen.layouts.theme import Theme
from docgen.layouts.theme_checks import check_legible, check_theme
from docgen.layouts.wording import SheetLanguage, in_language, sheet_language
from docgen.source import (
    MappingNode,
    Scalar,
    TextNode,
    bind,
    entries,
    is_folder,
    read_file,
    word_of,
)

THEMES: Final = "themes"
ORGANIZATIONS: Final = "organizations"
"""Folders in a folder of layouts."""


class MergedTheme(Struct, frozen=True, eq=False):
    """A theme with the changes of an organization, not yet bound."""

    node: MappingNode
    file: LayoutFile
    history: History


class LoadedLayout(Struct, frozen=True, eq=False):
    """A checked layout with all that it names: its theme, resolved, and its images."""

    layout: Layout
    theme: Theme
    styles: StyleSheet
    page: PageSetup
    images: dict[TextNode, Picture]
    """By the text that names the file, which counts from the folder of the file that says so."""
    path: Path
    """The file that counts most."""
    language: str
    """Of the sheet (BCP 47)."""
    own_language: str
    """The layout's own, that of texts which do not say theirs."""
    fallback_language: str | None
    """What stands in where there is no wording in the sheet's language."""
    organization: LoadedOrganization | None
    """With its wording in the sheet's language."""
    words: FixedWords
    notices: NoticeWords
    untranslated: tuple[Diagnostic, ...]
    """What has no wording in the sheet's language: with any of it, no sheet can be made."""
    falls_back: bool
    """Whether some wording is in the fallback language."""
    sources: tuple[Path, ...]
    """Every file that it was made from."""
    warnings: tuple[Diagnostic, ...]


class LayoutLibrary:
    """The layouts of some folders, of which the first wins, as an organization has them."""

    def __init__(
        self, folders: Sequence[Path], organization: LoadedOrganization | None = None
    ) -> None:
        self._folders = tuple(folders)
        self._organization = organization
        self._layers = LayoutLayers(self._folders, organization)
        self._themes: dict[str, Theme] = {}

    def of(self, organization: LoadedOrganization) -> "LayoutLibrary":
        """The same folders as an organization has them."""
        return LayoutLibrary(self._folders, organization)

    def list(self) -> tuple[LayoutFile, ...]:
        """Every layout by name, without reading it."""
        return tuple(file for _, file in sorted(self._layers.files().items()))

    def themes(self) -> tuple[str, ...]:
        """The names of all themes. Raises DocgenError where a folder cannot be read."""
        return tuple(sorted(self._theme_files()))

    def organizations(self) -> tuple[str, ...]:
        """The ids of all organizations. Raises DocgenError where a folder cannot be read."""
        return tuple(sorted(self._organization_files()))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that catalogs have wording in, by their tags.

        Raises DocgenError where a folder cannot be read.
        """
        return languages_in(self._wording_folders)

    def find(
        self,
        name: str,
        large_print: bool = False,
        language: str | None = None,
        fallback_language: str | None = None,
    ) -> LoadedLayout:
        """Reads and checks a layout. Raises DocgenError with all that is wrong with it.

        ``large_print`` gives it the look of large print, which a layout may also have by itself.
        ``language`` is the sheet's where it is not the organization's, or else the layout's own.
        """
        found = self.merged(name)
        findings = Findings()
        findings.extend(found.problems)
        own = word_of(found.node, "language")
        sheet = self._sheet(language or self._own_language or own, fallback_language)
        organization = self._organization and self._organization.in_language(sheet, own, findings)
        node = in_language(found.node, Layout, found.languages, sheet, findings)
        layout = bind(_named_in(node, sheet.tag, own), Layout, findings)
        if layout is None:
            findings.extend(self._theme_problems(word_of(found.node, "theme")))
            raise DocgenError(findings.diagnostics)
        theme = self._theme_of(layout, findings)
        check_layout(layout, theme, findings)
        if theme and layout.body:
            check_legible(theme, layout.body, findings, layout.body.span)
        images = _Images(found.roots, findings)
        pictures = images.of(layout)
        findings.raise_if_any()
        assert theme is not None
        large_print = large_print or layout.large_print
        return LoadedLayout(
            layout=layout,
            theme=theme,
            styles=resolve_styles(theme, layout.body, large_print=large_print),
            page=resolve_page(layout.page, large_print=large_print),
            images=pictures,
            path=found.file.path,
            language=sheet.tag,
            own_language=own,
            fallback_language=fallback_language,
            organization=organization,
            words=fixed_words(sheet.catalog),
            notices=notice_words(sheet.catalog),
            untranslated=sheet.missing.diagnostics,
            falls_back=bool(sheet.fallen_back),
            sources=(*self._sources(found, layout.theme.value, images), *sheet.sources),
            warnings=findings.diagnostics,
        )

    def slip_words(self, language: str) -> SlipWords:
        """The words of slip sheets in a language."""
        return slip_words(self._sheet(language, None).catalog)

    def merged(self, name: str) -> MergedLayout:
        """What all files of a layout say together, before it is checked.

        Raises DocgenError where a file cannot be read, or what it extends is not there.
        """
        return self._layers.merged(name)

    def theme(self, name: str) -> Theme:
        """Reads and checks a theme. Raises DocgenError with all that is wrong with it."""
        if name not in self._themes:
            self._themes[name] = self._read_theme(name)
        return self._themes[name]

    def merged_theme(self, name: str) -> MergedTheme:
        """What a theme says with the changes of the organization, before it is checked.

        Raises DocgenError where there is no such theme, or its file cannot be read.
        """
        file = self._theme_files().get(name)
        if file is None:
            raise missing_name("theme", name, self.themes())
        node = read_file(file.path)
        history = History()
        if not isinstance(node, MappingNode):
            findings = Findings()
            bind(node, Theme, findings)
            raise DocgenError(findings.diagnostics)
        if self._organization and self._organization.theme:
            node = merged(node, self._organization.theme, history)
        return MergedTheme(node, file, history)

    def merged_theme_of(self, layout: MergedLayout) -> MergedTheme:
        """The theme that a layout names.

        Raises DocgenError where it names none, or one that is not there or cannot be read.
        """
        name = layout.node.get("theme")
        if not isinstance(name, Scalar):
            raise missing_name("theme", "", self.themes())
        return self.merged_theme(name.value)

    def organization(self, id: str) -> LoadedOrganization:
        """Reads and checks an organization. Raises DocgenError with all that is wrong with it."""
        files = self._organization_files()
        if id not in files:
            raise missing_name("organization", id, files)
        found = load_organization(id, {name: file.path for name, file in files.items()})
        self._check_default_layouts(found)
        return found

    def _check_default_layouts(self, organization: LoadedOrganization) -> None:
        defaults = organization.organization.defaults
        if defaults is None or defaults.layouts is None:
            return
        known = [file.name for file in self.of(organization).list()]
        findings = Findings()
        for layout in defaults.layouts:
            if layout.value not in known:
                error = missing_name("layout", layout.value, known, layout.scalar)
                findings.extend(error.diagnostics)
        findings.raise_if_any()

    @property
    def _own_language(self) -> str | None:
        own = self._organization.organization.language if self._organization else None
        return own.tag if own else None

    def _sheet(self, tag: str, fallback: str | None) -> SheetLanguage:
        return sheet_language(tag, fallback, self._wording_folders)

    @property
    def _wording_folders(self) -> tuple[Path, ...]:
        own = self._organization.folders if self._organization else ()
        return (*reversed(own), *self._folders)

    def _sources(self, found: MergedLayout, theme: str, images: "_Images") -> tuple[Path, ...]:
        organization = self._organization.sources if self._organization else ()
        layouts = tuple(file.path for file in found.files)
        return (*layouts, self._theme_files()[theme].path, *organization, *images.read)

    def _read_theme(self, name: str) -> Theme:
        found = self.merged_theme(name)
        findings = Findings()
        theme = bind(found.node, Theme, findings)
        if theme is None:
            raise DocgenError(findings.diagnostics)
        check_named(theme.id, found.file, theme.span, findings)
        check_theme(theme, findings, self._painted())
        findings.raise_if_any()
        return theme

    def _painted(self) -> dict[str, Span]:
        """Where the organization gives colours of its own, by their names."""
        theme = self._organization.theme if self._organization else None
        palette = theme.get("palette") if theme else None
        entries = palette.entries if isinstance(palette, MappingNode) else ()
        return {name.value: colour.span for name, colour in entries}

    def _theme_problems(self, name: str) -> tuple[Diagnostic, ...]:
        """What is wrong with the theme of a layout that is refused for other reasons."""
        if name not in self.themes():
            return ()
        try:
            self.theme(name)
        except DocgenError as error:
            return error.diagnostics
        return ()

    def _theme_of(self, layout: Layout, findings: Findings) -> Theme | None:
        name = layout.theme.value
        if name not in self.themes():
            findings.extend(
                missing_name("theme", name, self.themes(), layout.theme.scalar).diagnostics
            )
            return None
        try:
            return self.theme(name)
        except DocgenError as error:
            findings.extend(error.diagnostics)
            return None

    def _theme_files(self) -> dict[str, LayoutFile]:
        return files_in(folder / THEMES for folder in self._folders)

    def _organization_files(self) -> dict[str, LayoutFile]:
        found: dict[str, LayoutFile] = {}
        for root in self._folders:
            for folder in entries(root / ORGANIZATIONS):
                file = _organization_file(folder)
                if file:
                    found.setdefault(folder.name, file)
        return found


def is_layouts_folder(folder: Path) -> bool:
    """Whether a folder holds layouts, or a folder of what goes with them that is not empty.

    Raises DocgenError where that cannot be told.
    """
    layouts = files_in([folder]).keys() - {ORGANIZATION}
    return bool(layouts) or any(entries(folder / name) for name in (THEMES, ORGANIZATIONS, LOCALE))


def _organization_file(folder: Path) -> LayoutFile | None:
    """The file of the organization in a folder, or None where there is none.

    Of a folder that cannot be read, whoever reads its file is told: departments that may not look
    into each other's folders can work side by side.
    """
    try:
        if not is_folder(folder):
            return None
        return files_in([folder]).get(ORGANIZATION)
    except DocgenError:
        return LayoutFile(ORGANIZATION, folder / f"{ORGANIZATION}.yaml", folder)


def _named_in(node: MappingNode, tag: str, own: str) -> MappingNode:
    """A layout that says a sheet's language in the place of its own."""
    if tag == own:
        return node
    entries = (
        (key, Scalar(value.span, tag) if key.value == "language" else value)
        for key, value in node.entries
    )
    return MappingNode(node.span, tuple(entries))


class _Images:
    """The images of a layout, each read once from the folder that its path counts from."""

    def __init__(self, roots: dict[str, Path], findings: Findings) -> None:
        self._roots = roots
        self._findings = findings
        self._found: dict[Path, Picture] = {}

    @property
    def read(self) -> tuple[Path, ...]:
        """Their files."""
        return tuple(self._found)

    def of(self, layout: Layout) -> dict[TextNode, Picture]:
        """By the text that names each; findings tell of those that cannot be printed."""
        named = [block.file for block in all_blocks(layout) if isinstance(block, ImageBlock)]
        found = {text: self._image(text) for text in named}
        return {text: image for text, image in found.items() if image}

    def _image(self, text: TextNode) -> Picture | None:
        root = self._roots[text.span.path]
        path = root / text.value
        if path in self._found:
            return self._found[path]
        try:
            image = load_image(Path(text.value), root, text.span, self._findings)
        except DocgenError as error:
            self._findings.extend(error.diagnostics)
            return None
        self._found[path] = image
        return image
