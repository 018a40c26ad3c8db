"""``docgen batch reprint``: some rows once more."""

import re
from pathlib import Path
from typing import Final

import click

from docgen.batch.running import print_anew
from docgen.cli.batch_progress import ProgressLine
from docgen.cli.batch_running import ShownRun
from docgen.cli.gathering_options import tell_print_files
from docgen.cli.interrupts import interruptible
from docgen.cli.options import FOLDER
from docgen.cli.reporting import Reporter, reports_diagnostics

_RANGE: Final = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
_MOST_ROWS: Final = 1_000_000


def _rows_option(_: click.Context, __: click.Parameter, value: str) -> tuple[str, tuple[int, ...]]:
    try:
        return value, parsed_rows(value)
    except ValueError as error:
        raise click.BadParameter(f"{error}; write rows such as 120-180,200.") from None


def parsed_rows(text: str) -> tuple[int, ...]:
    """``120-180,200`` as rows, in their order. Raises ValueError for all else."""
    rows: set[int] = set()
    for part in text.split(","):
        found = _RANGE.fullmatch(part.strip())
        if found is None:
            raise ValueError(f"{part.strip()!r} is no row and no range of rows")
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first:
            raise ValueError(f"{part.strip()!r} ends before it begins")
        if last - first > _MOST_ROWS:
            raise ValueError(f"{part.strip()!r} is too long")
        rows.update(range(first, last + 1))
    return tuple(sorted(rows))


@click.command("reprint", no_args_is_help=True)
@click.argument("run", type=FOLDER)
@click.option(
    "--rows",
    metavar="ROWS",
    required=True,
    callback=_rows_option,
    help="Rows of the worklist, as the first column of manifest.csv has them: 120-180,200.",
)
@click.option(
    "--single-sided/--double-sided",
    default=None,
    help="For one side of the paper, without blank backs, or for both.  [default: as the run's "
    "print files are]",
)
@click.option("--quiet", is_flag=True, help="Show no progress.")
@reports_diagnostics
def command(
    reporter: Reporter,
    *,
    run: Path,
    rows: tuple[str, tuple[int, ...]],
    single_sided: bool | None,
    quiet: bool,
) -> None:
    """Gather the packets of some rows of the run in the folder RUN into print files.

    Every document is compared with the digest in the journal. What is lost or damaged is made
    again, to the same bytes, or refused. Rows that were rejected are told. The print files are in
    RUN/print, one for patients and one for clinicians, with slip sheets and marks as those of the
    run; their paths are printed, and 'docgen print' takes them. With --format json, stdout gets
    one JSON object.

    \b
      docgen batch reprint output/run-0001 --rows 120-180
    """
    text, wanted = rows
    duplex = None if single_sided is None else not single_sided
    with interruptible(), ProgressLine(reporter, quiet=quiet) as line:
        shown = ShownRun(reporter, line, run, quiet=quiet)
        files = print_anew(run, wanted, text, shown, duplex)
    reporter.made = bool(files)
    tell_print_files(reporter, run, files)
