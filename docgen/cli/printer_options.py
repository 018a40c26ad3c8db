"""Options that say how files are printed, and where."""

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.core import ParameterSource

C = TypeVar("C", bound=Callable[..., Any])

_SIDES = ("one-sided", "two-sided-long-edge", "two-sided-short-edge")
"""As ``docgen.printers.SIDES``, which a help page need not import; a test compares them."""

_OPTIONS = (
    click.option(
        "--server",
        metavar="ADDRESS",
        help="The print server: HOST, HOST:PORT, ipps://HOST or the path of a socket.  "
        "[default: CUPS_SERVER of the environment, else CUPS on this machine]",
    ),
    click.option(
        "--audience",
        type=click.Choice(["patients", "clinicians"]),
        help="Of a run, print only the files for patients, or only those for clinicians.",
    ),
    click.option(
        "--sides",
        type=click.Choice(_SIDES),
        help="[default: as the print file was made for, else as the printer does by itself]",
    ),
    click.option(
        "--media",
        metavar="NAME",
        help="Paper: a4, letter, or a name such as na_letter_8.5x11in.  [default: of the pages' "
        "size]",
    ),
    click.option(
        "--copies",
        type=click.IntRange(1),
        default=1,
        show_default=True,
        help="How often to print each file.",
    ),
    click.option("--staple", is_flag=True, help="Staple each file; one packet a file only."),
    click.option(
        "--wait",
        "seconds",
        metavar="SECONDS",
        type=click.FloatRange(0),
        help="Follow a job at most so long.  [default: to its end]",
    ),
)

PRINTER_PARAMETERS = ("server", "audience", "sides", "media", "copies", "staple", "seconds")
"""What the options of ``printer_options`` are called in a command."""


def check_printer_options(printer: str | None) -> None:
    """Refuses these options where no ``--then-print`` names a printer: they would do nothing."""
    if printer is not None:
        return
    context = click.get_current_context()
    for parameter in context.command.params:
        name = parameter.name or ""
        source = context.get_parameter_source(name)
        if name in PRINTER_PARAMETERS and source is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{parameter.opts[0]} needs --then-print.")


def printer_options(command: C) -> C:
    """``--server`` to ``--wait``: how files are printed on a printer that is named elsewhere."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
