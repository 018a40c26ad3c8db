"""Layouts, themes and organizations by name, out of several folders of which the first wins."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from docgen.diagnostics import DocgenError, Findings, Span, did_you_mean, refuse
from docgen.document import ImageSource, PageSetup, StyleSheet
from docgen.images import load_image
from docgen.layouts.blocks import all_blocks
from docgen.layouts.layout_checks import check_layout
from docgen.layouts.model import ImageBlock, Layout
from docgen.layouts.organization_chain import LoadedOrganization, load_organization
from docgen.layouts.styles import resolve_page, resolve_styles
from docgen.layouts.theme import Theme
from docgen.layouts.theme_checks import check_legible, check_theme
from docgen.source import bind, read_file

_ENDINGS = (".yaml", ".yml", ".json")
M = TypeVar("M", bound=Struct)
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class LoadedLayout(Struct, frozen=True, eq=False):
    """A checked layout with all that it names: its theme, resolved, and its images."""

    layout: Layout
    theme: Theme
    styles: StyleSheet
    page: PageSetup
    images: dict[str, ImageSource]
    """By the path that the layout writes, counted from its folder of layouts."""
    path: Path


class LayoutFile(Struct, frozen=True):
    """A layout that can be found: its name and its file, not yet read."""

    name: str
    path: Path
    root: Path
    """The folder of layouts that the file was found in; its images lie inside."""


class LayoutLibrary:
    """The layouts of some folders; a name found in several is taken from the first of them."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._themes: dict[str, Theme] = {}

    def list(self) -> tuple[LayoutFile, ...]:
        """Every layout by name, without reading it."""
        return tuple(file for _, file in sorted(_files(self._folders).items()))

    def themes(self) -> tuple[str, ...]:
        """The names of all themes."""
        return tuple(sorted(_files(folder / "themes" for folder in self._folders)))

    def organizations(self) -> tuple[str, ...]:
        """The ids of all organizations."""
        return tuple(sorted(self._organization_files()))

    def find(self, name: str, large_print: bool = False) -> LoadedLayout:
        """Reads and checks a layout. Raises DocgenError with all that is wrong with it.

        ``large_print`` gives it the look of large print, which a layout may also have by itself.
        """
        file = _named(name, "layout", _files(self._folders))
        findings = Findings()
        layout = _bound(file, Layout, findings)
        _check_id(layout.id, file, layout.span, findings)
        theme = self._theme_of(layout, findings)
        check_layout(layout, theme, findings)
        if theme and layout.body:
            check_legible(theme, layout.body, findings, layout.body.span)
        images = _images(layout, file, findings)
        findings.raise_if_any()
        assert theme is not None
        large_print = large_print or layout.large_print
        return LoadedLayout(
            layout=layout,
            theme=theme,
            styles=resolve_styles(theme, layout.body, large_print=large_print),
            page=resolve_page(layout.page, large_print=large_print),
            images=images,
            path=file.path,
        )

    def theme(self, name: str) -> Theme:
        """Reads and checks a theme. Raises DocgenError with all that is wrong with it."""
        if name not in self._themes:
            self._themes[name] = self._read_theme(name)
        return self._themes[name]

    def organization(self, id: str) -> LoadedOrganization:
        """Reads and checks an organization. Raises DocgenError with all that is wrong with it."""
        files = self._organization_files()
        _named(id, "organization", files)
        return load_organization(id, {name: file.path for name, file in files.items()})

    def _read_theme(self, name: str) -> Theme:
        file = _named(name, "theme", _files(folder / "themes" for folder in self._folders))
        findings = Findings()
        theme = _bound(file, Theme, findings)
        _check_id(theme.id, file, theme.span, findings)
        check_theme(theme, findings)
        findings.raise_if_any()
        return theme

    def _theme_of(self, layout: Layout, findings: Findings) -> Theme | None:
        name = layout.theme.value
        if name not in self.themes():
            findings.error(
                "missing-theme",
                f"there is no theme {name!r}",
                layout.theme.span,
                _nearest(name, "theme", self.themes()),
            )
            return None
        try:
            return self.theme(name)
        except DocgenError as error:
            findings.extend(error.diagnostics)
            return None

    def _organization_files(self) -> dict[str, LayoutFile]:
        found: dict[str, LayoutFile] = {}
        for root in self._folders:
            for folder in _entries(root / "organizations"):
                file = _files([folder]).get("organization")
                if file:
                    found.setdefault(folder.name, file)
        return found


def _files(folders: Iterable[Path]) -> dict[str, LayoutFile]:
    found: dict[str, LayoutFile] = {}
    for folder in folders:
        for path in _entries(folder):
            if path.suffix in _ENDINGS and _NAME.fullmatch(path.stem):
                found.setdefault(path.stem, LayoutFile(path.stem, path, folder))
    return found


def _entries(folder: Path) -> Sequence[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else ()


def _named(name: str, kind: str, files: dict[str, LayoutFile]) -> LayoutFile:
    file = files.get(name)
    if file is None:
        raise refuse(
            f"missing-{kind}", f"there is no {kind} {name!r}", None, _nearest(name, kind, files)
        )
    return file


def _bound(file: LayoutFile, model: type[M], findings: Findings) -> M:
    """The model that a file holds. Raises DocgenError with all that keeps it from being one."""
    bound = bind(read_file(file.path), model, findings)
    if bound is None:
        raise DocgenError(findings.diagnostics)
    return bound


def _nearest(name: str, kind: str, known: Iterable[str]) -> str:
    names = tuple(known)
    if not names:
        return f"no folder of layouts holds any {kind}"
    return did_you_mean(name, names) or f"there is: {', '.join(names)}"


def _check_id(id: str, file: LayoutFile, span: Span, findings: Findings) -> None:
    if id != file.name:
        findings.error(
            "bad-id",
            f"the id {id!r} is not the name of its file",
            span,
            f"write 'id: {file.name}', or rename the file to {id}{file.path.suffix}",
        )


def _images(layout: Layout, file: LayoutFile, findings: Findings) -> dict[str, ImageSource]:
    images: dict[str, ImageSource] = {}
    for block in all_blocks(layout):
        if isinstance(block, ImageBlock) and block.file.value not in images:
            try:
                images[block.file.value] = load_image(
                    Path(block.file.value), file.root, block.file.span, findings
                )
            except DocgenError as error:
                findings.extend(error.diagnostics)
    return images
