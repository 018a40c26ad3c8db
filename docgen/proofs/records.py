"""Whether the sheets of records can be made: each set in the layouts that are made by default."""

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from docgen.compose import without_sections
from docgen.diagnostics import Diagnostic, DocgenError, Findings
from docgen.proofs.sheets import problems_of_sheet
from docgen.records import NO_URGENT_SECTION, ProcedureRecord, RecordEntry
from docgen.sheets import RenderOptions, SheetMaker


def problems_of_records(
    project: SheetMaker,
    entries: Collection[RecordEntry],
    languages: Collection[str] | None = None,
) -> tuple[Diagnostic, ...]:
    """What stands against the sheets of some records, in their own language and in those that
    they are translated into; where ``languages`` (BCP 47) are named, in those of them, and where
    these are none, in their own alone.

    What stands against reading a record is left to whoever checks its file.
    """
    findings = Findings()
    for entry in entries:
        try:
            record = project.record(entry.code, entry.system.id)
        except DocgenError:
            continue
        for layout in project.default_layouts:
            findings.extend(_problems_in_layout(project, record, layout, languages))
    return findings.diagnostics


def _problems_in_layout(
    project: SheetMaker,
    record: ProcedureRecord,
    layout: str,
    languages: Collection[str] | None,
) -> Iterator[Diagnostic]:
    try:
        is_for_patients = project.layout(layout).loaded.layout.audience == "patients"
        looks = [_look(project, layout, tag) for tag in _tags(record, languages)]
    except DocgenError as error:
        yield from error.diagnostics
        return
    if is_for_patients and record.same_handout_as:
        return
    if is_for_patients and record.title_only:
        yield replace(without_sections(record), severity="warning")
        return
    alone = replace(record, find_similar=False)
    for options in looks:
        yield from _of_content(project, record, layout, options)
        yield from problems_of_sheet(project, alone, layout, options)


def _of_content(
    project: SheetMaker, record: ProcedureRecord, layout: str, options: RenderOptions
) -> Iterator[Diagnostic]:
    """What stands against the content, or is missing in it; a draft need not be reviewed yet."""
    findings = Findings()
    project.fitness.check_review(record, options, findings)
    project.check_urgency(record, layout, options, findings)
    for told in findings.diagnostics:
        if told.severity == "error" or told.rule == NO_URGENT_SECTION:
            yield told


def _tags(record: ProcedureRecord, languages: Collection[str] | None) -> Iterator[str | None]:
    """The languages of a record that are asked for; None is that of the sheets."""
    own = record.language.tag if record.language else None
    for tag in dict.fromkeys((own, *record.translated_into)):
        if languages is None or tag in (languages or (own,)) or tag is None:
            yield tag


def _look(project: SheetMaker, layout: str, tag: str | None) -> RenderOptions:
    """A sheet in a language; where the layout has no words in it, around those that it has."""
    options = RenderOptions(language=tag)
    try:
        project.layout(layout, options)
    except DocgenError:
        own = project.layout(layout).loaded.own_language
        return RenderOptions(language=tag, fallback_language=own)
    return options
