"""A run from its first row to its sum, as the command line shows it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec
from msgspec import Struct

from docgen.batch.books.progress import Progress
from docgen.batch.books.status import resume_command
from docgen.batch.books.summary import Summary, finish
from docgen.batch.make import bugs
from docgen.batch.opening import new_run, resumed_run
from docgen.batch.plan.settings import PrintSettings, RunSettings
from docgen.batch.plan.tasks import Executor
from docgen.batch.printing.gathering import gather_for_run, keep_settings
from docgen.batch.runs.run import Run
from docgen.cli.batch_progress import ProgressLine
from docgen.cli.interrupts import interruptible
from docgen.cli.program import INTERRUPTED
from docgen.cli.reporting import (
    Reporter,
    json_text,
    print_note,
    print_result,
    refusing_names_without_text,
)
from docgen.cli.streams import standard_input
from docgen.diagnostics import DocgenError, Findings, refuse
from docgen.printfiles import PrintFile

_CHECKED_AT_A_TIME = 100


class Work(Struct, frozen=True, kw_only=True):
    """How a run is worked at: nothing of it changes a document."""

    workers: int | None
    cluster: str | None
    insecure_cluster: bool
    limit_seconds: float
    gathered: PrintSettings | None
    quiet: bool


def begin(reporter: Reporter, settings: RunSettings, output: Path | None, work: Work) -> None:
    """Begins a run, and works at it to its end."""
    if work.cluster:
        from docgen.batch.cluster.connection import check_cluster

        check_cluster(work.cluster, insecure=work.insecure_cluster)
    stdin = standard_input() if settings.kept else None
    with (
        without_words_of_bugs(),
        interruptible(),
        new_run(settings, output, stdin, work.gathered) as run,
    ):
        if not (work.quiet or reporter.as_json):
            print_note(f"run {run.journal.meta['run']} in {run.folder}")
        with telling_how_to_resume(run.folder):
            _work(reporter, run, work)


def go_on(reporter: Reporter, folder: Path, work: Work) -> None:
    """Goes on with a run, and works at it to its end."""
    shown = ProgressLine(reporter, quiet=work.quiet)
    seen = 0

    def checked() -> None:
        nonlocal seen
        seen += 1
        if seen % _CHECKED_AT_A_TIME == 0:
            shown.say(f"checking what is there: {seen:,} packets")

    with (
        without_words_of_bugs(),
        interruptible(),
        telling_how_to_resume(folder),
        shown,
        resumed_run(folder, checked) as run,
    ):
        if work.gathered:
            keep_settings(run.journal, work.gathered)
        _work(reporter, run, work)


@contextmanager
def without_words_of_bugs() -> Iterator[None]:
    """Has an exception that nobody foresaw told by its place: its text may be a patient's."""
    try:
        with refusing_names_without_text():
            yield
    except (DocgenError, click.ClickException, click.exceptions.Exit, click.Abort, OSError):
        raise
    except Exception as error:
        bug = bugs.named(error)
    else:
        return
    raise refuse(
        "internal-error",
        f"docgen has a fault: {bug}",
        hint="what was made is kept; please report it with the version of docgen",
    )


@contextmanager
def telling_how_to_resume(run: Path) -> Iterator[None]:
    """Ends the program with 130 where it is interrupted, and tells the way to go on."""
    try:
        yield
    except KeyboardInterrupt:
        print_note(f"docgen: interrupted. Go on with: {resume_command(run)}")
        click.get_current_context().exit(INTERRUPTED)


def executor(run: Run, work: Work) -> Executor:
    """Who makes the documents."""
    generation = run.journal.generation
    if work.cluster:
        from docgen.batch.cluster.executor import ClusterExecutor

        return ClusterExecutor(
            work.cluster,
            run.documents,
            work.limit_seconds,
            generation,
            insecure=work.insecure_cluster,
        )
    from docgen.batch.make.executor import LocalExecutor

    return LocalExecutor(run.documents, work.workers, work.limit_seconds, generation)


def _work(reporter: Reporter, run: Run, work: Work) -> None:
    reporter.tell((*run.warnings, *run.source.problems))
    reporter.refused = any(problem.severity == "error" for problem in run.source.problems)
    try:
        _make(reporter, run, work)
        summary = finish(run)
        warnings = Findings()
        files = gather_for_run(run, warnings)
        reporter.tell(warnings.diagnostics)
    except DocgenError as error:
        reporter.report(error)
        if not reporter.as_json:
            print_note(
                f"docgen: stopped. Once this is mended, go on with: {resume_command(run.folder)}"
            )
        return
    reporter.refused = reporter.refused or summary.rejected > 0
    _tell_sum(reporter, run, summary, files, quiet=work.quiet)


def _make(reporter: Reporter, run: Run, work: Work) -> None:
    before = run.journal.counts().made
    with ProgressLine(reporter, quiet=work.quiet) as shown, executor(run, work) as workers:
        progress = Progress(shown.tell, shown.show, run.source.expected, before)
        run.work(workers, progress)
    if progress.untold and not reporter.as_json:
        print_note(f"and {progress.untold:,} more in {run.folder}/rejected.csv")
    if progress.untold_warnings and not reporter.as_json:
        print_note(f"and {progress.untold_warnings:,} more warnings")


def _tell_sum(
    reporter: Reporter,
    run: Run,
    summary: Summary,
    files: tuple[PrintFile, ...],
    *,
    quiet: bool,
) -> None:
    if reporter.as_json:
        fields = {
            "folder": str(run.folder),
            **msgspec.to_builtins(summary),
            "print_files": [str(file.path) for file in files],
        }
        print_result(json_text(fields))
        return
    print_result(str(run.folder))
    for file in files:
        print_result(str(file.path))
    if quiet:
        return
    sys.stdout.flush()
    for sentence in summary.sentences():
        print_note(sentence)
    if not summary.rows:
        print_note("nothing was made: the worklist has no rows")
    elif summary.rows == sum(summary.left_out.values()):
        print_note("nothing was made: all rows of the worklist were left out")
    if summary.rejected:
        print_note(f"correct {run.folder}/rejected.csv, and run it as a worklist")
