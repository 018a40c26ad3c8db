"""``docgen batch assemble``: the print files of a run, made anew."""

from pathlib import Path

import click

from docgen.batch.plan.ordering import SortKey
from docgen.batch.plan.settings import PrintSettings
from docgen.batch.running import assemble
from docgen.cli.batch_progress import ProgressLine
from docgen.cli.batch_running import ShownRun
from docgen.cli.gathering_options import gathering_options, print_settings, tell_print_files
from docgen.cli.interrupts import interruptible
from docgen.cli.options import FOLDER
from docgen.cli.reporting import Reporter, reports_diagnostics


@click.command("assemble", no_args_is_help=True)
@click.argument("run", type=FOLDER)
@gathering_options
@reports_diagnostics
def command(
    reporter: Reporter,
    *,
    run: Path,
    sort: tuple[SortKey, ...],
    split: str | int | None,
    slip_sheets: bool,
    single_sided: bool,
    no_marks: bool,
) -> None:
    """Gather the packets of the run in the folder RUN into print files, in RUN/print.

    They take the place of those that the run had. Without any option, they are gathered as they
    were before, or else in the worklist's order. Every document is compared with the journal first.
    With --format json, stdout gets one JSON object.

    \b
      docgen batch assemble output/run-0001 --sort clinic,provider,time --slip-sheets
      docgen batch assemble output/run-0001 --split 250
    """
    asked = print_settings(
        sort=sort,
        split=split,
        slip_sheets=slip_sheets,
        single_sided=single_sided,
        no_marks=no_marks,
    )
    wanted = None if asked == PrintSettings() else asked
    with interruptible(), ProgressLine(reporter, quiet=True) as line:
        files = assemble(run, wanted, ShownRun(reporter, line, run))
    tell_print_files(reporter, run, files)
