"""``docgen render``: codes in, PDFs out."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from docgen.cli.options import code_system_option, data_option, layouts_option, open_project
from docgen.cli.reporting import Reporter, print_result, reports_diagnostics
from docgen.diagnostics import DocgenError
from docgen.project import BASE_LAYOUTS, Project, RenderedSheet

STANDARD_STREAM = "-"


@click.command(no_args_is_help=True)
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option(
    "--layout",
    "layout_names",
    metavar="NAME",
    multiple=True,
    help=f"Render this layout only; repeat for more.  [default: {', '.join(BASE_LAYOUTS)}]",
)
@click.option(
    "--output",
    metavar="DIR",
    default="output",
    show_default=True,
    help="Folder for the PDFs, made where it is missing; - writes one PDF to stdout.",
)
@click.option("--organization", metavar="ID", help="Whose name and phone numbers to print.")
@code_system_option
@data_option
@layouts_option
@reports_diagnostics
def command(
    reporter: Reporter,
    *,
    codes: tuple[str, ...],
    layout_names: tuple[str, ...],
    output: str,
    organization: str | None,
    code_system: str | None,
    data: tuple[Path, ...],
    layout_folders: tuple[Path, ...],
) -> None:
    """Render the sheets of procedure codes and print one path a line.

    A CODE of - reads codes from stdin, one a line. A code that cannot be rendered is refused, the
    others are rendered all the same.

    \b
      docgen render 77299
      docgen render 77299 45378 --organization sample
      docgen render 77299 --layout patient-handout --output - > handout.pdf
    """
    wanted = _wanted_codes(codes)
    names = tuple(dict.fromkeys(layout_names)) or BASE_LAYOUTS
    if output == STANDARD_STREAM:
        _check_one_document(wanted, names)
    project = open_project(data, layout_folders, organization)
    for sheet in _sheets(reporter, project, wanted, names, code_system):
        _deliver(reporter, sheet, output)


def _wanted_codes(arguments: Sequence[str]) -> tuple[str, ...]:
    codes: list[str] = []
    for argument in arguments:
        codes += _codes_from_stdin() if argument == STANDARD_STREAM else [argument]
    return tuple(dict.fromkeys(codes))


def _codes_from_stdin() -> list[str]:
    lines = sys.stdin.buffer.read().decode("utf-8-sig", "replace").splitlines()
    codes = [line.strip() for line in lines if line.strip()]
    if not codes:
        raise click.UsageError("stdin holds no code. Write one CODE a line.")
    return codes


def _check_one_document(codes: Sequence[str], names: Sequence[str]) -> None:
    count = len(codes) * len(names)
    if count != 1:
        raise click.UsageError(
            f"--output - writes one PDF, and this would be {count}. "
            "Name one CODE and one --layout, or give --output a folder."
        )
    if sys.stdout.isatty():
        raise click.UsageError(
            "a PDF is not for a terminal. Send it to a file (> sheet.pdf) or a program."
        )


def _sheets(
    reporter: Reporter,
    project: Project,
    codes: Sequence[str],
    names: Sequence[str],
    code_system: str | None,
) -> Iterator[RenderedSheet]:
    usable = tuple(name for name in names if _is_usable(reporter, project, name))
    for code in codes:
        try:
            record = project.record(code, code_system)
        except DocgenError as error:
            reporter.report(error)
            continue
        for name in usable:
            try:
                yield project.render_record(record, name)
            except DocgenError as error:
                reporter.report(error)


def _is_usable(reporter: Reporter, project: Project, name: str) -> bool:
    try:
        project.layout(name)
    except DocgenError as error:
        reporter.report(error)
        return False
    return True


def _deliver(reporter: Reporter, sheet: RenderedSheet, output: str) -> None:
    reporter.tell(sheet.warnings)
    if output == STANDARD_STREAM:
        sheet.write(sys.stdout.buffer)
        return
    try:
        path = sheet.save(output)
    except DocgenError as error:
        reporter.report(error)
        return
    print_result(str(path))
