"""The layouts of a project, each compiled once for each look that it is wanted in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import DocgenError, Findings, refuse

if TYPE_CHECKING:
    from docgen.compose import CompiledLayout
    from docgen.layouts import LayoutLibrary, LoadedLayout, LoadedOrganization
    from docgen.sheets.options import RenderOptions


class _Look(NamedTuple):
    """What a layout is compiled for."""

    name: str
    large_print: bool
    language: str | None
    fallback_language: str | None


class CompiledLayouts:
    """Layouts as sheets need them, found by their names."""

    def __init__(self, library: LayoutLibrary, organization: LoadedOrganization | None) -> None:
        self._library = library
        self._large = organization is not None and organization.organization.large_print
        self._known: dict[_Look, CompiledLayout] = {}

    def of(self, layout: str | CompiledLayout, options: RenderOptions) -> CompiledLayout:
        """A layout by its name; one that is compiled already stays as it is.

        Raises DocgenError with all that is wrong with it, save for wording that is missing.
        """
        if not isinstance(layout, str):
            return _compiled(layout)
        look = _Look(
            layout,
            options.large_print or self._large,
            options.language,
            options.fallback_language,
        )
        if look not in self._known:
            from docgen.compose import compile_layout

            self._known[look] = compile_layout(self._loaded(look))
        return self._known[look]

    def _loaded(self, look: _Look) -> LoadedLayout:
        """Raises DocgenError with all that is wrong with a layout, its expressions included."""
        try:
            return self._library.find(*look)
        except DocgenError as error:
            from docgen.compose import check_texts

            findings = Findings()
            findings.extend(error.diagnostics)
            findings.extend(check_texts(self._library.merged(look.name).node))
            raise DocgenError(findings.diagnostics) from error


def _compiled(layout: object) -> CompiledLayout:
    from docgen.compose import CompiledLayout

    if isinstance(layout, CompiledLayout):
        return layout
    raise refuse(
        "not-a-layout",
        f"a layout is asked for by its name, which is text, and this is of type "
        f"{type(layout).__name__}",
        hint="give its name, such as 'patient-handout', or what Project.layout returned",
    )
