"""``docgen search``: which code is meant by what people type."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.options import data_option, open_project, organization_option
from docgen.cli.reporting import REFUSED, Reporter, print_result
from docgen.code_systems import ids_in_words
from docgen.diagnostics import DocgenError, Findings, quoted, refuse

if TYPE_CHECKING:
    from docgen.cli.search_results import Days
    from docgen.project import Project
    from docgen.search.index import Index
    from docgen.search.texts import SearchResult

MAX_HITS = 1000


@click.command(no_args_is_help=True)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option(
    "--code-system",
    metavar="SYSTEM",
    help=f"Only codes of this system: {ids_in_words()}.",
)
@click.option("--specialty", metavar="WORDS", help="Only records whose specialty has these words.")
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_HITS),
    default=20,
    show_default=True,
    metavar="N",
    help="How many codes to print at most.",
)
@click.option(
    "--format",
    type=click.Choice(["table", "csv", "json"]),
    help="How codes are printed; json is one object a line, for diagnostics too.  [default: table "
    "at a terminal, else csv]",
)
@organization_option("Search records as this organization has them.")
@data_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    words: tuple[str, ...],
    code_system: str | None,
    specialty: str | None,
    limit: int,
    format: str | None,
    organization: str | None,
    data: tuple[Path, ...],
) -> None:
    """Find codes by code, the beginning of one, or words of their records; the best first.

    Misspelled words find what is spelled nearly so. Exit code 1 where nothing is found.

    \b
      docgen search radiation planning
      docgen search 0DTJ
      docgen search colonoscpy --code-system hcpcs --format json
    """
    chosen = format or ("table" if sys.stdout.isatty() else "csv")
    reporter = Reporter(as_json=chosen == "json")
    query = " ".join(words)
    try:
        _refuse_no_words(query)
        project = open_project(data, organization=organization)
        index = _opened(project, reporter)
        result = index.search(
            query, code_system=_system(code_system), specialty=specialty, limit=limit
        )
        _tell_corrections(result, reporter)
        findings = Findings()
        days = _days(result, project, findings)
        for line in _lines(result, days, chosen):
            print_result(line, is_styled=chosen == "table")
        if findings:
            reporter.report(DocgenError(findings.diagnostics))
        if not result.hits:
            narrowed = code_system is not None or specialty is not None
            raise _nothing_found(query, project, index, narrowed=narrowed)
    except DocgenError as error:
        reporter.report(error)
    reporter.finish()
    if reporter.refused:
        ctx.exit(REFUSED)


def _opened(project: "Project", reporter: Reporter) -> "Index":
    from docgen.search.index import Index

    findings = Findings()
    index = Index.open(project.records, findings)
    reporter.tell(findings.diagnostics)
    return index


def _system(code_system: str | None) -> str | None:
    if code_system is None:
        return None
    from docgen.code_systems import asked_system

    system = asked_system(code_system)
    return system.id if system else None


def _tell_corrections(result: "SearchResult", reporter: Reporter) -> None:
    findings = Findings()
    for word, near in result.corrections.items():
        findings.warning(
            "unknown-word",
            f"no record has the word {quoted(word)}; looked for {_either(near)} instead",
        )
    reporter.tell(findings.diagnostics)


def _refuse_no_words(query: str) -> None:
    if any(character.isalnum() for character in query):
        return
    raise refuse(
        "no-words",
        f"there is no letter and no digit to look for in {quoted(query)}",
        hint="name a code, the beginning of one, or words",
    )


def _nothing_found(
    query: str, project: "Project", index: "Index", *, narrowed: bool
) -> DocgenError:
    near = project.records.near_codes(query)
    words = index.like_spelled(query)
    if near:
        hint = f"known codes like it: {', '.join(near)}"
    elif words:
        hint = f"words of records like it: {', '.join(words)}"
    elif narrowed:
        hint = "use fewer or other words, or search without --code-system and --specialty"
    else:
        hint = "use fewer or other words"
    return refuse("nothing-found", f"nothing was found for {quoted(query)}", hint=hint)


def _either(words: Iterable[str]) -> str:
    return " or ".join(quoted(word) for word in words)


def _days(result: "SearchResult", project: "Project", findings: Findings) -> "Days":
    """On which days the codes may be used; of damaged code tables, findings tell."""
    from docgen.code_systems import CODE_SYSTEMS

    codes = ((CODE_SYSTEMS[hit.code_system], hit.code) for hit in result.hits)
    days = project.records.tables.days_of(codes, findings)
    return {(system.id, code): one for (system, code), one in days.items()}


def _lines(result: "SearchResult", days: "Days", format: str) -> Iterator[str]:
    from docgen.cli import search_results

    if format == "json":
        return search_results.json_lines(result, days)
    if format == "csv":
        return search_results.csv_lines(result, days)
    return search_results.table_lines(result, days)
