"""``docgen render``: codes in, PDFs out."""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from docgen.cli.dates import WRITTEN_INTO_PDFS, date_option, moment_of_environment
from docgen.cli.options import (
    code_system_option,
    complete_layout,
    data_option,
    language_options,
    layouts_option,
    open_project,
    organization_option,
)
from docgen.cli.reporting import Reporter, json_text, print_result, reports_diagnostics
from docgen.cli.streams import STANDARD_STREAM, is_typed, standard_input
from docgen.diagnostics import DocgenError
from docgen.project import BASE_LAYOUTS, Project, RenderOptions
from docgen.rendered import RenderedSheet

_MOST_BYTES = 10_000_000
"""Of codes on standard input: a million of them."""


@click.command(no_args_is_help=True)
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option(
    "--layout",
    "layout_names",
    metavar="NAME",
    multiple=True,
    shell_complete=complete_layout,
    help="Render this layout only; repeat for more.  [default: those that the organization names, "
    f"else {', '.join(BASE_LAYOUTS)}]",
)
@click.option(
    "--output",
    "-o",
    metavar="DIR",
    default="output",
    show_default=True,
    help="Folder for the PDFs, made where it is missing; - writes one PDF to stdout.",
)
@organization_option("Whose name, look and words to print.")
@click.option(
    "--large-print",
    is_flag=True,
    help="Set the sheets anew for readers with low vision: 18 pt or more, in one column. Their "
    "file names end in -large-print.",
)
@click.option(
    "--fillable",
    is_flag=True,
    help="Make fields to fill in on a screen out of lines to write on and boxes to tick. The "
    "file names end in -fillable.",
)
@date_option(WRITTEN_INTO_PDFS)
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="Encrypt the PDFs (AES-256): they open only with the password on the one line of FILE; "
    "- reads it from stdin.",
)
@language_options
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
    large_print: bool,
    fillable: bool,
    created: datetime | None,
    password_file: str | None,
    language: str | None,
    fallback_language: str | None,
    code_system: str | None,
    data: tuple[Path, ...],
    layout_folders: tuple[Path, ...],
) -> None:
    """Render the sheets of procedure codes and print one path a line.

    A CODE of - reads codes from stdin, one a line. A code that cannot be rendered is refused, the
    others are rendered all the same, and the exit code is 3.

    With --format json, each line on stdout is an object that also names the files that the content
    came from: record, translation, changes of organizations, policies.

    \b
      docgen render 77299
      docgen render 77299 45378 --organization sample
      docgen render 77299 --layout patient-handout --output - > handout.pdf
    """
    _check_streams(codes, password_file)
    made = moment_of_environment()
    wanted = _wanted_codes(codes)
    project = open_project(data, layout_folders, organization)
    names = tuple(dict.fromkeys(layout_names or project.default_layouts))
    if output == STANDARD_STREAM:
        _check_one_document(wanted, names)
    options = RenderOptions(
        large_print=large_print,
        fillable=fillable,
        created=created or made,
        password=_password(password_file),
        language=language,
        fallback_language=fallback_language,
    )
    for sheet in _sheets(
        reporter, project, wanted, names=names, code_system=code_system, options=options
    ):
        _deliver(reporter, sheet, output)


def _check_streams(codes: Sequence[str], password_file: str | None) -> None:
    if password_file != STANDARD_STREAM:
        return
    if STANDARD_STREAM in codes:
        raise click.UsageError(
            "codes and the password cannot both come from stdin. Put one of them into a file."
        )
    if is_typed():
        raise click.UsageError(
            "a terminal would show the password. Send it from a file or a program."
        )


def _password(file: str | None) -> str | None:
    if file is None:
        return None
    from docgen.cli.password_files import read_password

    return read_password(file)


def _wanted_codes(arguments: Sequence[str]) -> tuple[str, ...]:
    codes: list[str] = []
    for argument in arguments:
        codes += _codes_from_stdin() if argument == STANDARD_STREAM else [argument]
    return tuple(dict.fromkeys(codes))


def _codes_from_stdin() -> list[str]:
    data = standard_input().read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise click.UsageError("stdin holds too much for codes. Write one CODE a line.")
    lines = data.decode("utf-8-sig", "replace").splitlines()
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
    *,
    names: Sequence[str],
    code_system: str | None,
    options: RenderOptions,
) -> Iterator[RenderedSheet]:
    usable = tuple(name for name in names if _is_usable(reporter, project, name, options))
    for code in codes:
        try:
            records = project.records_for(code, usable, code_system, options)
        except DocgenError as error:
            reporter.report(error)
            continue
        for name, record in records:
            try:
                yield project.render_record(record, name, options)
            except DocgenError as error:
                reporter.report(error)


def _is_usable(reporter: Reporter, project: Project, name: str, options: RenderOptions) -> bool:
    try:
        project.check_layout(name, options)
    except DocgenError as error:
        reporter.report(error)
        return False
    return True


def _deliver(reporter: Reporter, sheet: RenderedSheet, output: str) -> None:
    reporter.tell(sheet.warnings)
    if output == STANDARD_STREAM:
        sheet.write(sys.stdout.buffer)
        reporter.made = True
        return
    try:
        path = sheet.save(output)
    except DocgenError as error:
        reporter.report(error)
        return
    print_result(_json_line(sheet, path) if reporter.as_json else str(path))
    reporter.made = True


def _json_line(sheet: RenderedSheet, path: Path) -> str:

    fields = {
        "path": str(path),
        "code_system": sheet.code_system,
        "code": sheet.code,
        "layout": sheet.layout,
        "pages": sheet.page_count,
        "record_files": [str(file) for file in sheet.files],
        "sample": sheet.is_sample,
    }
    return json_text(fields)
