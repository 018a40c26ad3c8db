"""Results on stdout; diagnostics on stderr, for people or as one JSON object a line.

What comes out of files, file names and printers may hold what a terminal acts on. It is made
visible here, whoever wrote the line.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import update_wrapper
from typing import Any

import click
import msgspec

from docgen.diagnostics import Diagnostic, DocgenError, refuse, visible, visible_lines
from docgen.system import reason_of

REFUSED = 1
"""Exit code where something was refused, and nothing was made."""
PARTLY = 3
"""Exit code where something was refused, and the rest was made."""

_MOST_ALIKE = 100
_NO_TEXT = "".join(map(chr, range(0xDC80, 0xDD00)))
"""Bytes of names that are no UTF-8 (PEP 383)."""
_SEVERITY_COLOURS = {"error": "red", "warning": "yellow"}


class Reporter:
    """Prints every diagnostic once; remembers whether anything was refused, and anything made."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.refused = False
        self.made = False
        """Whether anything came of what was asked for: a file, a run, a sheet of paper."""
        self._colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
        self._told: set[Diagnostic] = set()
        self._alike: Counter[tuple[str, str, str]] = Counter()
        """How many were told of a severity, a rule and a file."""

    @property
    def exit_code(self) -> int:
        """What the program ends with."""
        if not self.refused:
            return 0
        return PARTLY if self.made else REFUSED

    def report(self, error: DocgenError) -> None:
        """Prints what an error carries, unless an earlier one said the same."""
        self.refused = True
        self.tell(error.diagnostics)

    def judge(self, diagnostics: Sequence[Diagnostic]) -> bool:
        """Prints what a check found, and returns whether it was nothing but warnings."""
        is_right = all(told.severity != "error" for told in diagnostics)
        self.refused = self.refused or not is_right
        self.tell(diagnostics)
        return is_right

    def tell(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Prints diagnostics that have not been told yet. To people, of those of one rule in one
        file only so many as anybody reads: a table may have 80,000 rows without a title."""
        for diagnostic in diagnostics:
            if diagnostic in self._told:
                continue
            self._told.add(diagnostic)
            if self.as_json:
                click.echo(_json_line(diagnostic), err=True)
                continue
            path = diagnostic.span.path if diagnostic.span else ""
            alike = (path, diagnostic.severity, diagnostic.rule)
            self._alike[alike] += 1
            if self._alike[alike] <= _MOST_ALIKE:
                click.echo(self._text_of_diagnostic(diagnostic), err=True, color=self._colour)

    def finish(self) -> None:
        """Says how many diagnostics were not printed, if any were not."""
        for (path, severity, rule), count in self._alike.items():
            if count > _MOST_ALIKE:
                place = f"{visible(path)}: " if path else ""
                more = f"{count - _MOST_ALIKE:,} more like these; --format json tells each of them"
                click.echo(f"{place}{severity}[{rule}]: {more}", err=True)

    def _text_of_diagnostic(self, diagnostic: Diagnostic) -> str:
        if not self._colour:
            return visible_lines(str(diagnostic))
        span = visible(str(diagnostic.span)) if diagnostic.span else ""
        place = click.style(f"{span}: ", bold=True) if span else ""
        colour = _SEVERITY_COLOURS[diagnostic.severity]
        label = click.style(f"{diagnostic.severity}[{diagnostic.rule}]", fg=colour, bold=True)
        hint = visible_lines(diagnostic.hint or "")
        told = f"\n  {click.style('hint:', fg='cyan')} {hint}" if hint else ""
        return f"{place}{label}: {visible_lines(diagnostic.message)}{told}"


def json_text(value: object) -> str:
    """A value as JSON on one line. Bytes of names that are no text stand as ``\\udcff``, which
    Python reads back (PEP 383)."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        import json

        return json.dumps(msgspec.to_builtins(value))


def reports_diagnostics(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command a reporter and ``--format``; it exits with 1 where it refused something, and
    with 3 where it made the rest."""

    def run(format: str, **options: Any) -> None:
        reporter = Reporter(as_json=format == "json")
        try:
            command(reporter, **options)
        except DocgenError as error:
            reporter.report(error)
        finally:
            reporter.finish()
        if reporter.refused:
            click.get_current_context().exit(reporter.exit_code)

    option = click.option(
        "--format",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How diagnostics are told on stderr: as text, or as JSON Lines, one object each.",
    )
    return option(update_wrapper(run, command))


def print_result(line: str, *, is_styled: bool = False) -> None:
    """Prints one line of results; in a styled one, what comes from elsewhere is visible already.

    Raises DocgenError where stdout takes no more, save for a pipe that its reader has closed, which
    ends the program quietly."""
    try:
        # A program that reads results needs names as they are, those that are no text as well.
        kept = "\n\t" if sys.stdout.isatty() else f"\n\t{_NO_TEXT}"
        click.echo(line if is_styled else visible(line, kept))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise refuse("output-unwritable", f"cannot write to stdout: {reason_of(error)}") from error


def print_note(line: str) -> None:
    """Prints a line for people on stderr, such as how a run can be gone on with."""
    click.echo(visible_lines(line), err=True)


def _json_line(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    fields = {
        "severity": diagnostic.severity,
        "rule": diagnostic.rule,
        "message": diagnostic.message,
        "path": span.path if span else None,
        "line": span.line or None if span else None,
        "column": span.column or None if span else None,
        "hint": diagnostic.hint,
    }
    return visible(json_text(fields))
