"""``docgen print``: print files to a printer, and what became of them."""

from collections.abc import Sequence
from pathlib import Path

import click

from docgen.cli.options import FOLDER
from docgen.cli.print_ranges import parsed_ranges
from docgen.cli.print_words import PrintWords, ToldPrinting
from docgen.cli.printer_options import printer_options
from docgen.cli.reporting import Reporter, reports_diagnostics
from docgen.cli.streams import is_typed
from docgen.diagnostics import counted, refuse
from docgen.printers import is_printer_address
from docgen.printing import PrintPlan, PrintSession, PrintWish


@click.command(no_args_is_help=True)
@click.argument("target", metavar="RUN|FILE", type=FOLDER)
@click.option(
    "--printer",
    metavar="NAME",
    help="The printer, by the name that CUPS gives it, or by its own address, such as "
    "ipp://HOST/ipp/print.",
)
@click.option(
    "--range",
    "ranges",
    metavar="PAGES",
    callback=parsed_ranges,
    help="Print these pages of one file only, such as 1-4,7-8: whole sheets where both sides of "
    "them are printed, whole packets where there are several.",
)
@printer_options
@click.option("--dry-run", is_flag=True, help="Show what would be sent, and send nothing.")
@click.option("--yes", is_flag=True, help="Send without asking.")
@click.option(
    "--again",
    is_flag=True,
    help="Send again, as before, the files of a run whose last job failed or was cancelled.",
)
@click.option(
    "--twice",
    is_flag=True,
    help="Send also what was printed before, or may have been.",
)
@click.option(
    "--status", is_flag=True, help="Ask what became of the jobs of a run, and send nothing."
)
@reports_diagnostics
def command(
    reporter: Reporter,
    *,
    target: Path,
    printer: str | None,
    server: str | None,
    audience: str | None,
    sides: str | None,
    media: str | None,
    copies: int,
    staple: bool,
    ranges: tuple[tuple[int, int], ...],
    dry_run: bool,
    yes: bool,
    again: bool,
    twice: bool,
    status: bool,
    seconds: float | None,
) -> None:
    """Print a run, or a PDF file, on a printer.

    It shows what it will send and where, asks, sends, and follows each job to its end, by way of
    CUPS. Of a run, each step is kept in the journal, so that nothing is printed twice by accident
    and what failed can be sent again. With --format json, each line on stdout is an object.

    \b
      docgen print output/run-0001 --printer front-desk
      docgen print output/run-0001 --again
    """
    wish = PrintWish(
        server=server,
        printer=printer,
        sides=sides,
        media=media,
        copies=copies,
        staple=staple,
        ranges=ranges,
        again=again,
        twice=twice,
    )
    _check_usage(wish, status=status)
    words = PrintWords(as_json=reporter.as_json)
    with PrintSession(target, audience, ToldPrinting(reporter, words)) as session:
        if status:
            words.standing(session.standing())
            return
        plans = session.plans(wish)
        words.plans(plans)
        if plans and not dry_run and _is_agreed(plans, yes=yes):
            reporter.made = bool(session.send(plans, seconds))


def _check_usage(wish: PrintWish, *, status: bool) -> None:
    if wish.again and wish.describes:
        raise click.UsageError(
            "--again sends files as they were sent before. Give it no options but --printer."
        )
    if wish.server and wish.printer and is_printer_address(wish.printer):
        raise click.UsageError(
            "a printer that is named by its own address is its own server: give no --server."
        )
    if status and (wish.again or wish.printer or wish.describes):
        raise click.UsageError("--status sends nothing: give it a RUN and nothing else.")


def _is_agreed(plans: Sequence[PrintPlan], *, yes: bool) -> bool:
    if yes:
        return True
    if not is_typed():
        raise refuse(
            "not-agreed",
            "nobody is there to be asked; nothing was sent",
            hint="--yes sends without asking, --dry-run only shows",
        )
    sheets = sum(plan.sheets for plan in plans)
    if click.confirm(f"Print {counted(sheets, 'sheet')}?", err=True):
        return True
    click.echo("Nothing was sent.", err=True)
    return False
