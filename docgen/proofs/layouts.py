"""Whether a layout that is right by itself can print: proven on records made up for it."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from docgen.compose import check_letters
from docgen.diagnostics import Diagnostic, DocgenError, Findings, Rule
from docgen.layouts import LoadedLayout
from docgen.proofs.probe import PATH, draft_record, whole_organization, whole_record
from docgen.proofs.sheets import problems_of_sheet
from docgen.prose import lines_run_together
from docgen.sheets import RenderOptions, SheetMaker

_OF_CONTENT: Final[frozenset[Rule]] = frozenset(
    {"empty-value", "empty-link", "missing-alt", "required-block"}
)
"""What is told of a value that is missing."""
_OF_A_RECORD: Final[frozenset[Rule]] = frozenset({"drawing-raises"})
"""What a record made up for proof may bring about, and the records of a project do not: a drawing
of a package may want a number where all that is made up is words. Checking records finds it."""
_WAIVED = {
    "urgent": "sheets of this layout do not say when to call for help",
    "phones": "sheets of this layout have neither numbers to call nor lines to write them on",
    "patient": "sheets of this layout do not say in packets whom they are for",
}


def problems_of_layout(project: SheetMaker, name: str) -> tuple[Diagnostic, ...]:
    """All that is wrong with a layout, and what refuses every sheet of it; warnings among it.

    Proven in each language that the organization offers, or else that there are words for; in the
    ordinary look and in large print; on a record that says everything, and on a draft.
    """
    findings = Findings()
    offered = project.organization.offered if project.organization else ()
    languages: tuple[str | None, ...] = offered or (None, *project.layouts.languages)
    for language in languages:
        try:
            findings.extend(_problems_in(project, name, language))
        except DocgenError as error:
            # Nobody has to write a layout in every language that docgen knows words of.
            if offered or language is None:
                findings.extend(error.diagnostics)
    return findings.diagnostics


def _problems_in(project: SheetMaker, name: str, language: str | None) -> Iterator[Diagnostic]:
    plain = project.layout(name, RenderOptions(language=language))
    loaded = plain.loaded
    yield from (*plain.warnings, *_waivers(loaded))
    if loaded.organization:
        yield from lines_run_together(loaded.organization.organization)
    for large in (False,) if loaded.styles.stacked else (False, True):
        options = RenderOptions(language=language, large_print=large)
        compiled = project.layout(name, options)
        own = compiled.loaded.organization
        said = own.organization if own else whole_organization()
        yield from check_letters(compiled, whole_record(), said)
        for told in _proven(project, name, options):
            yield _placed(told, loaded)


def _proven(project: SheetMaker, name: str, options: RenderOptions) -> Iterator[Diagnostic]:
    for record in (whole_record(), draft_record()):
        for told in problems_of_sheet(project, record, name, options):
            # A layout may need what some records, or no organization, do not have.
            is_whole = record is whole_record() and project.organization is not None
            if told.rule not in _OF_A_RECORD and (is_whole or told.rule not in _OF_CONTENT):
                yield told
    for told in problems_of_sheet(project, whole_record(), name, options, first_in_packet=False):
        if told.rule not in _OF_CONTENT | _OF_A_RECORD:
            yield told


def _waivers(loaded: LoadedLayout) -> Iterator[Diagnostic]:
    """The reasons that a layout gives for what its sheets lack."""
    without = loaded.layout.without
    for need, sentence in _WAIVED.items():
        reason = getattr(without, need) if without else None
        if reason:
            yield Diagnostic(
                "without-safety",
                f"{sentence}: {' '.join(reason.value.split())}",
                reason.span,
                "take the reason out once they do",
                "warning",
            )


def _placed(told: Diagnostic, loaded: LoadedLayout) -> Diagnostic:
    """A finding at its own place, or, where that is in the record for proof, at the layout's."""
    if told.span is not None and told.span.path != PATH:
        return told
    return replace(told, span=loaded.layout.span)
