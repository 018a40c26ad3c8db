"""``docgen records import``: what people have, made into record files."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.options import FOLDER
from docgen.cli.reporting import Reporter, json_text, print_result, reports_diagnostics
from docgen.cli.streams import STANDARD_STREAM, is_typed, standard_input
from docgen.code_systems import ids_in_words

if TYPE_CHECKING:
    from docgen.imports import Made, Plan

_OUTCOMES = ("new", "changed", "unchanged", "kept", "refused")
_LONGEST_TITLE = 40


@click.command("import", no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True, type=FOLDER, metavar="PATH...")
@click.option(
    "--code-system",
    metavar="SYSTEM",
    help=f"Code system of inputs that do not tell it: {ids_in_words()}. Inputs that "
    "tell another one are refused.",
)
@click.option(
    "--code",
    metavar="CODE",
    help="Code of an input that does not tell it; one that tells another is refused.",
)
@click.option(
    "--codes",
    "codes_file",
    metavar="FILE",
    type=FOLDER,
    help="A table (CSV) that gives files their codes: file,code or file,code,code_system.",
)
@click.option(
    "--output",
    "-o",
    metavar="DIR",
    type=FOLDER,
    default=Path("data/records"),
    show_default=True,
    help="Folder of the record files; code tables go into the folder 'tables' beside it.",
)
@click.option(
    "--map",
    "column_map",
    metavar="FILE",
    type=FOLDER,
    help="Which column of a table is which field, as a YAML file.",
)
@click.option(
    "--author",
    "authors",
    metavar="NAME",
    multiple=True,
    help="Who wrote the texts, for inputs that do not tell it; may be given more than once.",
)
@click.option("--update", is_flag=True, help="Write records again whose input has changed.")
@click.option(
    "--force",
    is_flag=True,
    help="Overwrite records that people have written or edited, too; they are kept as NAME.bak-1.",
)
@click.option(
    "--shrink",
    is_flag=True,
    help="Take a code list although it is not whole, or takes more than 2 % of the codes away from "
    "its table.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
@reports_diagnostics
def command(
    reporter: Reporter,
    *,
    paths: tuple[Path, ...],
    code_system: str | None,
    code: str | None,
    codes_file: Path | None,
    output: Path,
    column_map: Path | None,
    authors: tuple[str, ...],
    update: bool,
    force: bool,
    shrink: bool,
    dry_run: bool,
) -> None:
    """Make record files of saved pages, tables and code lists.

    A PATH is a file, a folder with files, or - for stdin. Pages are those of medical-code
    directories, saved as plain text; tables are CSV, TSV, XLSX, JSON and JSON Lines; code lists are
    those of CMS for HCPCS and ICD-10-PCS. All of a file is imported, or nothing of it.

    stdout says what became of each record, with the differences to what was there; stderr tells
    what was left out, divided or kept unplaced, and why. With --format json, stdout gets one object
    for each record.

    \b
      docgen records import pages/ --dry-run
      docgen records import colonoscopy.txt --code G0121
      docgen records import pages/ --codes codes.csv --update
    """
    if code and codes_file:
        raise click.UsageError("--code and --codes exclude each other.")
    if Path(STANDARD_STREAM) in paths and is_typed():
        raise click.UsageError("stdin is a terminal. Name a file, or send it one: < page.txt")
    from docgen.imports import ImportOptions, asked_code_system, import_files, read_codes_file

    options = ImportOptions(
        output=output,
        code=code,
        code_system=asked_code_system(code_system),
        codes=read_codes_file(codes_file) if codes_file else None,
        authors=authors,
        update=update,
        force=force,
        shrink=shrink,
        dry_run=dry_run,
    )
    named = [path for path in paths if path != Path(STANDARD_STREAM)]
    stream = standard_input() if len(named) < len(paths) else None
    report = import_files(named, options, column_map, stream)
    for line in _json_lines(report.plans) if reporter.as_json else _report(report.plans, dry_run):
        print_result(line)
    reporter.made = report.has_made
    reporter.judge(report.told)


def _report(plans: "tuple[Plan, ...]", dry_run: bool) -> Iterator[str]:
    """The differences, then a line for each record, then how many there are of each kind."""
    for plan in plans:
        for made in plan.made:
            yield from made.diff
    for plan in plans:
        for made in plan.made:
            yield from _lines_of_made(plan, made)
        if plan.refused and not plan.made:
            yield f"{'refused':<9}  {'':<21}  from {plan.source.shown}"
    counts: Counter[str] = Counter(made.outcome for plan in plans for made in plan.made)
    told = ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in _OUTCOMES if counts[outcome])
    inputs = "1 input" if len(plans) == 1 else f"{len(plans):,} inputs"
    tried = "; nothing was written (--dry-run)" if dry_run else ""
    yield f"{told or 'no records'}, from {inputs}{tried}"


def _lines_of_made(plan: "Plan", made: "Made") -> Iterator[str]:
    title = made.title if len(made.title) <= _LONGEST_TITLE else f"{made.title[:_LONGEST_TITLE]}…"
    fields = "1 field" if len(made.taken) == 1 else f"{len(made.taken)} fields"
    taken = fields if made.code else made.title
    unplaced = f", {made.unplaced} unplaced" if made.unplaced else ""
    where = f" -> {made.path}" if made.path and made.outcome != "refused" else ""
    head = f"{made.outcome:<9}  {made.code_system:<10} {made.code or 'table':<10}"
    about = f"  {title} ({taken}{unplaced})" if made.code else f"  {taken}"
    yield f"{head}{about}, from {plan.source.shown}{where}"
    if made.outcome == "kept":
        yield "           edited by hand; its input says nothing new"
    if made.backup:
        yield f"           what was there is kept as {made.backup}"


def _json_lines(plans: "tuple[Plan, ...]") -> Iterator[str]:
    for plan in plans:
        for made in plan.made:
            fields = {
                "outcome": made.outcome,
                "code_system": made.code_system,
                "code": made.code,
                "title": made.title,
                "codes": made.codes,
                "source": plan.source.shown,
                "line": made.place.line or None,
                "path": str(made.path) if made.path else None,
                "backup": str(made.backup) if made.backup else None,
                "fields": made.taken,
                "unplaced": made.unplaced,
                "diff": made.diff,
            }
            yield json_text(fields)
        if plan.refused and not plan.made:
            yield json_text({"outcome": "refused", "source": plan.source.shown})
