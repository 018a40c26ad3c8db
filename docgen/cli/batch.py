"""``docgen batch``: a worklist in, packets out."""

from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from docgen.cli.dates import WRITTEN_INTO_PDFS, date_option, moment_of_environment
from docgen.cli.gathering_options import gathering_options, print_settings
from docgen.cli.options import (
    FOLDER,
    complete_layout,
    data_option,
    language_options,
    layouts_option,
    organization_option,
)
from docgen.cli.printer_options import (
    PRINTER_PARAMETERS,
    check_printer_options,
    printer_options,
)
from docgen.cli.reporting import Reporter, reports_diagnostics
from docgen.cli.streams import STANDARD_STREAM, is_typed, standard_input

if TYPE_CHECKING:
    from docgen.batch.plan.ordering import SortKey
    from docgen.batch.plan.settings import PrintSettings, RunSettings
    from docgen.worklist import Form

_RUN = "run"
_ELSEWHERE = {
    "status": "batch_status",
    "reprint": "batch_reprint",
    "assemble": "batch_assemble",
}
"""Subcommands, each ``command`` in the module of ``docgen.cli`` that it names."""

_OF_THE_WORK = frozenset(
    {
        "resume",
        "workers",
        "cluster",
        "insecure_cluster",
        "limit",
        "print_file",
        "sort",
        "split",
        "slip_sheets",
        "single_sided",
        "no_marks",
        "then_print",
        *PRINTER_PARAMETERS,
        "quiet",
        "format",
    }
)
"""Parameters that may differ when a run goes on: they change no document."""


class BatchCommands(click.Group):
    """A group whose first argument is a worklist, where it is no subcommand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [_RUN, *_ELSEWHERE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE:
            found = import_module(f"docgen.cli.{_ELSEWHERE[cmd_name]}").command
            return found if isinstance(found, click.Command) else None
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.list_commands(ctx), *ctx.help_option_names):
            args = [_RUN, *args]
        return super().parse_args(ctx, args)


@click.group(cls=BatchCommands, no_args_is_help=True)
def command() -> None:
    """Make the packets of a worklist, and account for every row.

    'docgen batch WORKLIST' is short for 'docgen batch run WORKLIST'; 'docgen batch run --help'
    lists its options.

    \b
      docgen batch tomorrow.csv --organization sample
      docgen batch --resume output/run-0001
      docgen batch status output/run-0001
      docgen batch reprint output/run-0001 --rows 120-180
      docgen batch assemble output/run-0001 --sort clinic,time
    """


@command.command(_RUN, no_args_is_help=True)
@click.argument("worklist", required=False)
@organization_option("Whose name, look and words to print.")
@click.option(
    "--output",
    "-o",
    metavar="RUN",
    type=FOLDER,
    help="Folder of the run; it must be new or empty.  [default: output/run-0001, or the next "
    "number that is free]",
)
@click.option(
    "--resume",
    metavar="RUN",
    type=FOLDER,
    help="Go on with the run in this folder: check what is there, make what is missing. Worklist "
    "and options are those that it began with.",
)
@click.option(
    "--codes-from",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="Instead of a WORKLIST: sheets without patients for the codes in FILE, one a line, such "
    "as 77299 or cpt:77299; what follows # is a comment. - reads stdin.",
)
@click.option(
    "--all-codes",
    is_flag=True,
    help="Instead of a WORKLIST: sheets without patients for all codes.",
)
@click.option(
    "--map",
    "column_map",
    metavar="FILE",
    help="A worklist-map.yaml: the headings and the forms of dates that the worklist has.",
)
@click.option(
    "--input-format",
    "form",
    type=click.Choice(["csv", "jsonl", "fhir"]),
    help="What the worklist is, where its content does not tell.",
)
@click.option(
    "--incomplete",
    is_flag=True,
    help="Take a WORKLIST in FHIR as well that says itself that it is not the whole day: a page of "
    "several, fewer matches than it counts, an error of its server.",
)
@click.option(
    "--layout",
    "layout_names",
    metavar="NAME",
    multiple=True,
    shell_complete=complete_layout,
    help="Make this layout only, where a row names none; repeat for more.  [default: those that "
    "the organization names]",
)
@click.option("--large-print", is_flag=True, help="Large print, where a row does not say.")
@language_options
@date_option(WRITTEN_INTO_PDFS)
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many processes make documents.  [default: one for each core]",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Make documents on the workers of a dask scheduler, such as tls://scheduler:8786.",
)
@click.option(
    "--insecure-cluster",
    is_flag=True,
    help="Let patients' data go to a cluster unencrypted, such as tcp://scheduler:8786: for a "
    "network that nobody else can listen to.",
)
@click.option(
    "--limit",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="Reject a packet of which a document takes longer.",
)
@click.option(
    "--print-file",
    is_flag=True,
    help="Gather the packets into print-ready PDFs, RUN/print/patients.pdf and clinicians.pdf.",
)
@gathering_options
@click.option(
    "--then-print",
    metavar="PRINTER",
    help="Gather the packets into print files, and print these on PRINTER once the run is at its "
    "end, without asking; rows that were rejected do not stop it. The options from --server to "
    "--wait belong to it; 'docgen print' has more.",
)
@printer_options
@click.option("--quiet", is_flag=True, help="Show no progress, and no sum at the end.")
@data_option
@layouts_option
@reports_diagnostics
def run(
    reporter: Reporter,
    *,
    worklist: str | None,
    organization: str | None,
    output: Path | None,
    resume: Path | None,
    codes_from: str | None,
    all_codes: bool,
    column_map: str | None,
    form: "Form | None",
    incomplete: bool,
    layout_names: tuple[str, ...],
    large_print: bool,
    language: str | None,
    fallback_language: str | None,
    created: datetime | None,
    workers: int | None,
    cluster: str | None,
    insecure_cluster: bool,
    limit: float,
    print_file: bool,
    sort: "tuple[SortKey, ...]",
    split: str | int | None,
    slip_sheets: bool,
    single_sided: bool,
    no_marks: bool,
    then_print: str | None,
    server: str | None,
    audience: str | None,
    sides: str | None,
    media: str | None,
    copies: int,
    staple: bool,
    seconds: float | None,
    quiet: bool,
    data: tuple[Path, ...],
    layout_folders: tuple[Path, ...],
) -> None:
    """Make a packet for each row of WORKLIST: a table (CSV, TSV), JSON Lines, or FHIR R4.

    Every row ends as a packet in RUN/documents, or with its reason in RUN/rejected.csv, which can
    be corrected and run again, or is left out and counted, since its visit does not take place.
    RUN/manifest.csv lists every document. A WORKLIST of - reads
    stdin. Whatever stops a run, --resume goes on with it.

    Exit codes: 0 all done, 1 nothing was made or the run stopped, 3 some rows were rejected and the
    rest is ready. With --then-print, 1 if nothing was printed, and 3 if some of it was not.

    With --format json, stdout gets the sum of the run as one JSON object.

    \b
      docgen batch tomorrow.csv --organization sample
      docgen batch tomorrow.csv --print-file --sort clinic,provider,time
      docgen batch tomorrow.csv --then-print front-desk --sides two-sided-long-edge
      docgen batch --all-codes --organization sample -o output/library
    """
    _check_source(worklist, codes_from, all_codes=all_codes, resume=resume)
    if incomplete and not worklist and not resume:
        raise click.UsageError("--incomplete needs a WORKLIST.")
    if insecure_cluster and not cluster:
        raise click.UsageError("--insecure-cluster needs --cluster.")
    check_printer_options(then_print)
    gathered = _print_settings(
        print_file,
        then_print,
        sort=sort,
        split=split,
        slip_sheets=slip_sheets,
        single_sided=single_sided,
        no_marks=no_marks,
    )
    from docgen.batch.running import Work
    from docgen.cli.batch_running import NewRun, worked_at

    wish = None
    if then_print is not None:
        from docgen.printing import PrintWish, check_printer

        wish = PrintWish(
            printer=then_print,
            server=server,
            sides=sides,
            media=media,
            copies=copies,
            staple=staple,
        )
        check_printer(wish)
    work = Work(
        workers=workers,
        cluster=cluster,
        insecure_cluster=insecure_cluster,
        limit_seconds=limit,
        gathered=gathered,
        prints=wish is not None,
    )
    run = resume or NewRun(
        _settings(
            worklist,
            codes_from,
            column_map=column_map,
            form=form,
            incomplete=incomplete,
            organization=organization,
            layout_names=layout_names,
            language=language,
            fallback_language=fallback_language,
            large_print=large_print,
            created=created,
            data=data,
            layout_folders=layout_folders,
        ),
        output,
        standard_input() if STANDARD_STREAM in (worklist, codes_from) else None,
    )
    result = worked_at(reporter, run, work, quiet=quiet)
    if wish and result and result.print_files:
        from docgen.cli.then_print import print_at_once

        print_at_once(reporter, result.folder, wish, audience, seconds)


def _settings(
    worklist: str | None,
    codes_from: str | None,
    *,
    column_map: str | None,
    form: "Form | None",
    incomplete: bool,
    organization: str | None,
    layout_names: tuple[str, ...],
    language: str | None,
    fallback_language: str | None,
    large_print: bool,
    created: datetime | None,
    data: tuple[Path, ...],
    layout_folders: tuple[Path, ...],
) -> "RunSettings":
    from docgen.batch.plan.settings import RunSettings
    from docgen.source import current_folder

    named = worklist or codes_from
    return RunSettings(
        source="worklist" if worklist else "codes" if codes_from else "all-codes",
        file=None if named == STANDARD_STREAM else named,
        kept=named == STANDARD_STREAM,
        column_map=column_map,
        form=form,
        incomplete=incomplete,
        folder=str(current_folder()),
        data=tuple(map(str, data)),
        layout_folders=tuple(map(str, layout_folders)),
        organization=organization,
        layouts=layout_names or None,
        language=language,
        fallback_language=fallback_language,
        large_print=large_print,
        created=created or moment_of_environment(),
    )


def _check_source(
    worklist: str | None, codes_from: str | None, *, all_codes: bool, resume: Path | None
) -> None:
    given = [worklist is not None, codes_from is not None, all_codes, resume is not None]
    if sum(given) != 1:
        raise click.UsageError(
            "name one of these: a WORKLIST, --codes-from, --all-codes, or --resume."
        )
    if resume is not None:
        _check_options_of_resume()
    if STANDARD_STREAM in (worklist, codes_from) and is_typed():
        raise click.UsageError("stdin is a terminal. Name a file, or send it one: < tomorrow.csv")


def _check_options_of_resume() -> None:
    """What a run is made of was said when it began."""
    context = click.get_current_context()
    for parameter in context.command.params:
        name = parameter.name or ""
        source = context.get_parameter_source(name)
        if name in _OF_THE_WORK or source is not ParameterSource.COMMANDLINE:
            continue
        raise click.UsageError(
            f"{parameter.opts[0]} cannot be given with --resume: the run goes on with the options "
            "that it began with."
        )


def _print_settings(
    print_file: bool,
    then_print: str | None,
    *,
    sort: "tuple[SortKey, ...]",
    split: str | int | None,
    slip_sheets: bool,
    single_sided: bool,
    no_marks: bool,
) -> "PrintSettings | None":
    """How print files are wanted; None where nothing is said of it."""
    said = sort or split or slip_sheets or single_sided or no_marks
    if said and not print_file and then_print is None:
        raise click.UsageError(
            "--sort, --split, --slip-sheets, --single-sided and --no-marks need --print-file."
        )
    if not said and not print_file:
        return None
    return print_settings(
        sort=sort,
        split=split,
        slip_sheets=slip_sheets,
        single_sided=single_sided,
        no_marks=no_marks,
    )
