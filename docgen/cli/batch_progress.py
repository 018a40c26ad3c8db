"""How a run is shown: one line that changes at a terminal, a line now and then elsewhere."""

import os
import sys
import time
from collections.abc import Sequence
from typing import Self

import click

from docgen.batch.books import Progress
from docgen.cli.reporting import Reporter
from docgen.diagnostics import Diagnostic

_TERMINAL_SECONDS = 0.1
_LINE_SECONDS = 5.0
_USUAL_WIDTH = 80
_ERASE = "\r\x1b[K"


class ProgressLine:
    """Shows progress on stderr, between diagnostics; says nothing where ``quiet``."""

    def __init__(self, reporter: Reporter, *, quiet: bool) -> None:
        self._reporter = reporter
        # Who reads objects, one a line, wants nothing else between them.
        self._quiet = quiet or reporter.as_json
        self._rewrites = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._pause = _TERMINAL_SECONDS if self._rewrites else _LINE_SECONDS
        self._next = time.monotonic() + self._pause
        self._is_shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.erase()

    def judge(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Tells diagnostics, each on lines of its own; an error among them is a refusal."""
        self.erase()
        self._reporter.judge(diagnostics)

    def show(self, progress: Progress) -> None:
        """Shows how far a run is, not too often."""
        if self._quiet or time.monotonic() < self._next:
            return
        self.say(progress.line())

    def say(self, line: str) -> None:
        """Shows a line now."""
        self._next = time.monotonic() + self._pause
        if self._quiet:
            return
        if not self._rewrites:
            click.echo(line, err=True)
            return
        # Some terminals do not know their width, and say 0.
        width = os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_WIDTH
        click.echo(f"{_ERASE}{line[: width - 1]}", nl=False, err=True, color=True)
        self._is_shown = True

    def erase(self) -> None:
        """Takes the line away, for others that are to stay."""
        if self._is_shown:
            click.echo(_ERASE, nl=False, err=True, color=True)
            self._is_shown = False
