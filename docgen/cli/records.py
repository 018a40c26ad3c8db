"""``docgen records``: what records there are, what they say, and whether they are right."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.options import (
    code_system_option,
    data_option,
    layouts_option,
    open_project,
    organization_option,
)
from docgen.cli.readability_options import ReadabilityRequest, readability_options
from docgen.cli.record_check import MOST
from docgen.cli.records_import import command as import_records
from docgen.cli.reporting import Reporter, json_text, print_result, reports_diagnostics
from docgen.diagnostics import Findings, refuse

if TYPE_CHECKING:
    from docgen.project import Project
    from docgen.records import ProcedureRecord, RecordEntry

_whose = organization_option("Take records as this organization has them.")


@click.group()
def command() -> None:
    """List, show, check and import records."""


command.add_command(import_records)


@command.command("list")
@click.option(
    "--tables",
    is_flag=True,
    help="Print each code of the code tables that has no record, not only how many there are.",
)
@_whose
@data_option
@reports_diagnostics
def list_records(
    reporter: Reporter, *, tables: bool, organization: str | None, data: tuple[Path, ...]
) -> None:
    """Print every record, one a line: code system, code and title.

    A line for each code table follows, of whose codes nothing but a title is on file. Where a code
    table says that a code begins or ends, the day stands behind its title.
    With --format json, each line is an object that also names the file.
    """
    from docgen.cli.record_tables import lines_of_tables, table_entries, with_days

    findings = Findings()
    library = open_project(data, organization=organization).records
    entries = with_days(library, library.list(findings), findings)
    rows = table_entries(library, entries, findings) if tables else ()
    for entry in chain(entries, rows):
        print_result(_json_entry(entry) if reporter.as_json else _line_of_entry(entry))
    if not tables:
        for line in lines_of_tables(library, findings, as_json=reporter.as_json):
            print_result(line)
    findings.raise_if_any()


@command.command("show")
@click.argument("code")
@code_system_option
@click.option(
    "--language",
    metavar="TAG",
    help="Print it in this language, such as es.",
)
@_whose
@data_option
@reports_diagnostics
def show_record(
    reporter: Reporter,
    code: str,
    *,
    code_system: str | None,
    language: str | None,
    organization: str | None,
    data: tuple[Path, ...],
) -> None:
    """Print what the record of a CODE says.

    With --format json, print it as JSON, in the form of a record file.
    """
    record = open_project(data, organization=organization).record(code, code_system)
    if language:
        record = _in_language(record, language)
    if reporter.as_json:
        from docgen.records import record_json

        print_result(record_json(record).decode())
        return
    print_result("\n".join(_lines_of_all(record)))


@command.command("check")
@click.option(
    "--sheets/--no-sheets",
    default=None,
    help="Whether to set the sheets of every record as well, as rendering would.  [default: where "
    f"there are {MOST:,} records or fewer]",
)
@readability_options
@_whose
@data_option
@layouts_option
@reports_diagnostics
def check_records(
    reporter: Reporter,
    *,
    asked: ReadabilityRequest | None,
    created: datetime | None,
    sheets: bool | None,
    organization: str | None,
    data: tuple[Path, ...],
    layout_folders: tuple[Path, ...],
) -> None:
    """Check every record file, misnamed ones among them, every translation, and their sheets.

    The sheets that are made by default are set for proof, in all languages of a record: a section
    that is required and missing, a letter that no font has, a column without room is told here, and
    nothing on when to call for help. In a large library that takes minutes: there, say --sheets.

    With --organization, check what it changes of records as well, in the languages that it offers.

    With --date, tell of records whose review was due before that day, or whose code may not be used
    on it, as sheets of that day would.

    With --readability, tell how the sections for patients read, of the records of all CODEs or of
    those given: a table of grades, long sentences, passive voice, words with plainer ones, numbers
    that need arithmetic, missing actions. Exit 1 where one is over a limit of the organization.
    """
    project = open_project(data, layout_folders, organization)
    if asked:
        if sheets is not None:
            raise click.UsageError("--readability sets no sheets: leave out --sheets.")
        from docgen.cli.readability import tell_readability

        tell_readability(reporter, project, asked, data)
        return
    from docgen.cli.record_check import tell_problems_of_records as checked

    result = checked(project, reporter, sheets)
    if result is None:
        return
    if created:
        _tell_days(reporter, project, created)
    print_result(result)


def _tell_days(reporter: Reporter, project: "Project", created: datetime) -> None:
    """Tells which records a sheet of a day would warn of. Raises DocgenError for those that it
    would refuse."""
    from docgen.project import RenderOptions

    findings, options = Findings(), RenderOptions(created=created)
    for entry in project.records.list():
        record = project.record(entry.code, entry.system.id)
        project.fitness.check_review(record, options, findings)
        project.fitness.check_code(record, options, findings)
    findings.raise_if_any()
    reporter.tell(findings.diagnostics)


def _in_language(record: "ProcedureRecord", language: str) -> "ProcedureRecord":
    from docgen.source import Language

    try:
        tag = Language.parse(language).tag
    except ValueError as error:
        message, hint = error.args
        raise refuse("bad-language", message, hint=hint) from None
    findings = Findings()
    translated = record.in_language(tag, findings)
    findings.raise_if_any()
    return translated


def _line_of_entry(entry: "RecordEntry") -> str:
    days = str(entry.days or "")
    title = f"{entry.title} ({days})" if days else entry.title
    return f"{entry.system.id:<10}  {entry.code:<10}  {title}"


def _json_entry(entry: "RecordEntry") -> str:
    fields = {
        "code_system": entry.system.id,
        "code": entry.code,
        "title": entry.title,
        "begins": entry.days.begins if entry.days else None,
        "ends": entry.days.ends if entry.days else None,
        "path": str(entry.path),
    }
    return json_text(fields)


def _lines_of_all(record: "ProcedureRecord") -> list[str]:
    return [*_head(record), *_sections(record), *_tables(record), *_provenance(record)]


def _head(record: "ProcedureRecord") -> Iterator[str]:
    unlisted = " (unlisted code)" if record.unlisted else ""
    yield f"{record.code_system.name} {record.code}{unlisted}: {record.title}"
    yield f"{record.name}"
    if record.title_only:
        yield "Nothing but this title is on file"
    if record.code_days:
        yield f"The code {record.code_days}, says {record.code_days.span}"
    if record.specialty:
        yield f"Specialty: {record.specialty}"
    if record.licensed_descriptor:
        yield f"Licensed descriptor: {record.licensed_descriptor.text}"
    if record.language:
        yield f"Language: {record.language.tag}"
    yield f"File: {record.span.path}"


def _sections(record: "ProcedureRecord") -> Iterator[str]:
    for _, heading, prose in record.sections():
        yield from ("", heading.upper(), prose.text.value.strip())
    for section in record.further_sections:
        heading = f"{section.title.value.upper()} (for {section.audience})"
        yield from ("", heading, section.text.text.value.strip())
    if record.without and record.without.urgent:
        yield from ("", f"Says nothing on when to call for help: {record.without.urgent}")


def _tables(record: "ProcedureRecord") -> Iterator[str]:
    for policy in record.policies:
        since = f"since {policy.effective}" if policy.effective else None
        until = f"until {policy.expires}" if policy.expires else None
        said = _joined(policy.payer, policy.title, policy.number, since, until)
        yield from ("", f"Policy: {said}")
        if policy.url:
            yield f"{policy.url}"
    for similar in record.similar_codes:
        title = f"{similar.code_system.name} {similar.code} {similar.title}"
        yield from (
            "",
            f"Similar: {title}" + (f". {similar.difference}" if similar.difference else ""),
        )


def _provenance(record: "ProcedureRecord") -> Iterator[str]:
    provenance = record.provenance
    for source in provenance.sources:
        accessed = f"accessed {source.accessed}" if source.accessed else None
        yield from ("", f"Source: {_joined(source.title, source.publisher, accessed)}")
        if source.url:
            yield f"{source.url}"
    yield ""
    yield (
        f"Version {provenance.version}, reviewed {provenance.reviewed_on}, "
        f"review due {provenance.review_due}"
        if provenance.reviewed_on
        else f"Version {provenance.version}, not reviewed yet"
    )
    yield f"Written by {_joined(*provenance.authors)}"
    if record.adapted_by:
        yield f"Adapted by {_joined(*record.adapted_by)}"
    yield from record.adaptation_notes
    if provenance.note:
        yield f"{provenance.note}"


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)
