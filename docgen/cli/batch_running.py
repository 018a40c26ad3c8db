"""A run as the command line shows it."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
import msgspec
from msgspec import Struct

from docgen.batch.books import Progress, Summary, resume_command
from docgen.batch.plan.settings import RunSettings
from docgen.batch.running import RunObserver, RunResult, RunStoppedError, Work, begin, go_on
from docgen.cli.batch_progress import ProgressLine
from docgen.cli.interrupts import interruptible
from docgen.cli.program import INTERRUPTED
from docgen.cli.reporting import Reporter, json_text, print_note, print_result
from docgen.diagnostics import Diagnostic

_CHECKED_AT_A_TIME = 100


class NewRun(Struct, frozen=True):
    """What a run that begins is made of, and where."""

    settings: RunSettings
    output: Path | None
    standard_input: BinaryIO | None
    """The worklist, where it comes from there."""


class ShownRun(RunObserver):
    """Shows how a run goes on."""

    def __init__(
        self,
        reporter: Reporter,
        line: ProgressLine,
        folder: Path | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """``folder`` is that of a run which is there already."""
        self.folder = folder
        self._reporter = reporter
        self._line = line
        self._is_quiet = quiet or reporter.as_json

    def begun(self, folder: Path, run: str) -> None:
        self.folder = folder
        if not self._is_quiet:
            print_note(f"run {run} in {folder}")

    def checked(self, packets: int) -> None:
        if packets % _CHECKED_AT_A_TIME == 0:
            self._line.say(f"checking what is there: {packets:,} packets")

    def told(self, diagnostics: Iterable[Diagnostic]) -> None:
        self._line.judge(tuple(diagnostics))

    def show(self, progress: Progress) -> None:
        self._line.show(progress)

    def worked(self, progress: Progress) -> None:
        self._line.erase()
        if progress.untold and not self._reporter.as_json:
            print_note(f"and {progress.untold:,} more in {self.folder}/rejected.csv")
        if progress.untold_warnings and not self._reporter.as_json:
            print_note(f"and {progress.untold_warnings:,} more warnings")


def worked_at(
    reporter: Reporter, run: NewRun | Path, work: Work, *, quiet: bool
) -> RunResult | None:
    """Begins a run, or goes on with the one in a folder, and tells its sum at its end.

    None is what stopped before; that was reported.
    """
    line = ProgressLine(reporter, quiet=quiet)
    shown = ShownRun(reporter, line, run if isinstance(run, Path) else None, quiet=quiet)
    try:
        with _telling_how_to_resume(shown), interruptible(), line:
            if isinstance(run, Path):
                result = go_on(run, work, shown)
            else:
                result = begin(run.settings, run.output, work, shown, run.standard_input)
    except RunStoppedError as error:
        reporter.report(error)
        if not reporter.as_json:
            print_note(f"docgen: stopped. Once this is mended, go on with: {error.resume}")
        return None
    reporter.refused = reporter.refused or not result.is_whole
    reporter.made = result.summary.packets > 0
    _tell_sum(reporter, result, quiet=quiet)
    return result


@contextmanager
def _telling_how_to_resume(shown: ShownRun) -> Iterator[None]:
    """Ends the program with 130 where a run is interrupted, and tells the way to go on with it."""
    try:
        yield
    except KeyboardInterrupt:
        if shown.folder is None:
            raise
        print_note(f"docgen: interrupted. Go on with: {resume_command(shown.folder)}")
        click.get_current_context().exit(INTERRUPTED)


def _tell_sum(reporter: Reporter, result: RunResult, *, quiet: bool) -> None:
    folder, summary = result.folder, result.summary
    if reporter.as_json:
        fields = {
            "folder": str(folder),
            **msgspec.to_builtins(summary),
            "print_files": [str(file.path) for file in result.print_files],
        }
        print_result(json_text(fields))
        return
    print_result(str(folder))
    for file in result.print_files:
        print_result(str(file.path))
    if quiet:
        return
    sys.stdout.flush()
    for sentence in summary.sentences():
        print_note(sentence)
    _tell_what_to_do(folder, summary)


def _tell_what_to_do(folder: Path, summary: Summary) -> None:
    if not summary.rows:
        print_note("nothing was made: the worklist has no rows")
    elif summary.rows == sum(summary.left_out.values()):
        print_note("nothing was made: all rows of the worklist were left out")
    if summary.rejected:
        print_note(f"correct {folder}/rejected.csv, and run it as a worklist")
