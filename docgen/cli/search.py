"""``docgen search``: which code is meant by what people type."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.options import data_option, open_project, organization_option
from docgen.cli.reporting import REFUSED, Reporter, print_result
from docgen.code_systems import ids_in_words
from docgen.diagnostics import DocgenError
from docgen.search import MAX_HITS

if TYPE_CHECKING:
    from docgen.search import FoundCodes


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
        project = open_project(data, organization=organization)
        found = project.search(query, code_system=code_system, specialty=specialty, limit=limit)
        reporter.judge(found.told)
        for line in _result_lines(found, chosen):
            print_result(line, is_styled=chosen == "table")
        reporter.judge(found.nothing)
    except DocgenError as error:
        reporter.report(error)
    reporter.finish()
    if reporter.refused:
        ctx.exit(REFUSED)


def _result_lines(found: "FoundCodes", format: str) -> Iterator[str]:
    from docgen.cli import search_results

    if format == "json":
        return search_results.json_lines(found.result, found.days)
    if format == "csv":
        return search_results.csv_lines(found.result, found.days)
    return search_results.table_lines(found.result, found.days)
