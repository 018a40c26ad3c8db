"""The program: its commands, each imported when it is called, and how it ends."""

import gc
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from docgen.cli.reporting import REFUSED, Reporter
from docgen.cli.streams import open_missing_streams, write_utf_8
from docgen.diagnostics import DocgenError, refuse
from docgen.source import current_folder, refusing_names_without_text
from docgen.system import reason_of
from docgen.version import __version__

COMMANDS = (
    "render",
    "batch",
    "print",
    "preview",
    "records",
    "translations",
    "search",
    "policies",
    "layouts",
    "organizations",
    "explain",
    "validate",
    "init",
    "schema",
    "completion",
)
"""In the order of the help page; each is ``command`` in the module of ``docgen.cli`` it names."""

INTERRUPTED = 130


class LazyCommands(click.Group):
    """A group that imports the module of a command only when the command is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"docgen.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="docgen")
def program() -> None:
    """Turn medical procedure codes into patient handouts and clinician summaries.

    Exit codes: 0 all done, 1 something was refused and nothing made, 2 the command was not
    understood, 3 something was refused and the rest made.
    """


def run() -> NoReturn:
    """Runs the program and exits: 0 done, 1 refused, 2 usage, 3 partly refused, 130 interrupted."""
    open_missing_streams()
    write_utf_8()
    try:
        with refusing_names_without_text():
            status = program.main(prog_name="docgen", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except DocgenError as error:
        Reporter(as_json=False).report(error)
        status = REFUSED
    except OSError as error:
        # Whatever has no refusal of its own: nobody is helped by a trace of our own lines.
        Reporter(as_json=False).report(_system_refusal(error))
        status = REFUSED
    except click.Abort:
        click.echo("docgen: interrupted", err=True)
        status = INTERRUPTED
    if not _flush_stdout():
        status = status or REFUSED
    # What is left goes with the process; the last collection need not look through it.
    gc.freeze()
    sys.exit(status if isinstance(status, int) else 0)


def _system_refusal(error: OSError) -> DocgenError:
    """The refusal of a file or folder that the system does not give, whatever it was wanted for.

    Some libraries look for the current folder as they are imported.
    """
    try:
        current_folder()
    except DocgenError as gone:
        return gone
    named = f"{str(error.filename)!r}: " if error.filename else ""
    return refuse(
        "system-error",
        f"docgen could not go on: {named}{reason_of(error)}",
        hint="check that the file or folder is there, and who may read and write it",
    )


def _flush_stdout() -> bool:
    """Whether all results have left. If not, the interpreter's own flush is kept quiet."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True
