"""A run from its first row to its print files: the one order in which its steps are safe.

Begun or gone on with under its lock, worked at, reconciled, its books written, then gathered for a
printer. Whatever stops it leaves a folder that can be gone on with.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, BinaryIO

from msgspec import Meta, Struct

from docgen.batch.books.progress import Progress
from docgen.batch.books.status import resume_command
from docgen.batch.books.summary import Summary, finish
from docgen.batch.make.bugs import telling_bugs
from docgen.batch.opening import new_run, resumed_run
from docgen.batch.plan.settings import PrintSettings, RunSettings
from docgen.batch.plan.tasks import TaskExecutor
from docgen.batch.printing.gathering import gather_for_run, keep_settings, settings_of
from docgen.batch.printing.reprint import check_rows, make_whole, reprint, reprint_stem
from docgen.batch.runs.run import Run
from docgen.diagnostics import Diagnostic, DocgenError, Findings
from docgen.printfiles import PrintFile


class Work(Struct, frozen=True, kw_only=True):
    """How a run is worked at: nothing of it changes a document."""

    workers: Annotated[int, Meta(ge=1)] | None = None
    """How many processes make documents; None is one for each core."""
    cluster: str | None = None
    """The address of a dask scheduler whose workers make them instead."""
    insecure_cluster: bool = False
    """Whether patients' data may go to that cluster unencrypted."""
    limit_seconds: Annotated[float, Meta(gt=0)] = 60.0
    """What one document may take; a packet of which one takes longer is rejected."""
    gathered: PrintSettings | None = None
    """How packets are gathered into print files; without it, a new run has none, and one that is
    gone on with has them as it began."""
    prints: bool = False
    """Whether there have to be print files, gathered in the usual way where nothing says how."""


class RunObserver:
    """Who is told how a run goes on. This one does not listen."""

    def begun(self, folder: Path, run: str) -> None:
        """A run is there, and whatever stops it from now on, it can be gone on with."""

    def checked(self, packets: int) -> None:
        """So many packets of a run that is gone on with were compared with its journal."""

    def told(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Something is to be said of the run, or of a row: those of rows are few, and the first."""

    def show(self, progress: Progress) -> None:
        """A step was done; this is called for every row."""

    def worked(self, progress: Progress) -> None:
        """Every row has its packet, or the reason why it has none."""


class RunResult(Struct, frozen=True):
    """A run at its end."""

    folder: Path
    summary: Summary
    print_files: tuple[PrintFile, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    """What is wrong with its input, besides rows that were rejected."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of what was asked for was refused."""
        return not self.summary.rejected and all(one.severity != "error" for one in self.problems)


class RunStoppedError(DocgenError):
    """A run that stopped before its end; what was made is kept."""

    def __init__(self, diagnostics: Sequence[Diagnostic], folder: Path) -> None:
        super().__init__(diagnostics)
        self.folder = folder

    @property
    def resume(self) -> str:
        """The command that goes on with it."""
        return resume_command(self.folder)


def begin(
    settings: RunSettings,
    output: Path | None,
    work: Work,
    observer: RunObserver,
    standard_input: BinaryIO | None = None,
) -> RunResult:
    """Begins a run, and works at it to its end.

    Its folder is ``output``, or the next free one below the project's ``output/``. A worklist that
    the settings say is kept comes from ``standard_input``. Raises DocgenError, and leaves nothing
    behind, where it cannot begin; RunStoppedError where it stops later.
    """
    if work.cluster:
        from docgen.batch.cluster.connection import check_cluster

        check_cluster(work.cluster, insecure=work.insecure_cluster)
    gathered = work.gathered or (PrintSettings() if work.prints else None)
    with telling_bugs(), new_run(settings, output, standard_input, gathered) as run:
        observer.begun(run.folder, run.journal.meta["run"])
        return _worked(run, work, observer)


def go_on(folder: Path, work: Work, observer: RunObserver) -> RunResult:
    """Goes on with a run, and works at it to its end.

    Raises DocgenError where there is none, where it is under way, or where docgen, its worklist,
    records or layouts are not what they were; RunStoppedError where it stops later.
    """
    with telling_bugs(), resumed_run(folder, _packet_counter(observer)) as run:
        if work.gathered or (work.prints and not settings_of(run.journal)):
            keep_settings(run.journal, work.gathered or PrintSettings())
        return _worked(run, work, observer)


def assemble(
    folder: Path, wanted: PrintSettings | None, observer: RunObserver
) -> tuple[PrintFile, ...]:
    """Gathers the packets of a run at its end into print files anew: as is ``wanted``, or else as
    they were gathered before, or else in the order of the worklist.

    Raises DocgenError where the run is not at its end, or its documents are not what it made.
    """
    with telling_bugs(), resumed_run(folder, rows=frozenset()) as run:
        if wanted or not settings_of(run.journal):
            keep_settings(run.journal, wanted or PrintSettings())
        return _gathered(run, observer)


def print_anew(
    folder: Path,
    rows: Sequence[int],
    name: str,
    observer: RunObserver,
    duplex: bool | None = None,
) -> tuple[PrintFile, ...]:
    """Gathers the packets of some rows into print files of their own, which ``name`` is part of the
    name of; a document that was lost is made again, to the same bytes.

    ``duplex`` says otherwise than the run's print files whether they are for both sides. The
    observer is told of rows that have no packet. Raises DocgenError where none has one, and where a
    document does not come out as it was.
    """
    with telling_bugs(), resumed_run(folder, rows=frozenset(rows)) as run:
        _tell_observer(run.warnings, observer)
        findings = Findings()
        made = check_rows(run, rows, findings)
        _tell_observer(findings.diagnostics, observer)
        with _executor(run, Work()) as workers:
            make_whole(run, made, workers, Progress(observer.told, observer.show, None))
        warnings = Findings()
        files = reprint(run, made, reprint_stem(name), warnings, duplex)
        _tell_observer(warnings.diagnostics, observer)
        return tuple(files)


def _packet_counter(observer: RunObserver) -> Callable[[], None]:
    packets = 0

    def checked() -> None:
        nonlocal packets
        packets += 1
        observer.checked(packets)

    return checked


def _worked(run: Run, work: Work, observer: RunObserver) -> RunResult:
    _tell_observer((*run.warnings, *run.source.problems), observer)
    try:
        _make(run, work, observer)
        summary = finish(run)
        files = _gathered(run, observer)
    except DocgenError as error:
        raise RunStoppedError(error.diagnostics, run.folder) from error
    return RunResult(run.folder, summary, files, run.source.problems)


def _make(run: Run, work: Work, observer: RunObserver) -> None:
    before = run.journal.counts().made
    progress = Progress(observer.told, observer.show, run.source.expected, before)
    with _executor(run, work) as workers:
        run.work(workers, progress)
    observer.worked(progress)


def _gathered(run: Run, observer: RunObserver) -> tuple[PrintFile, ...]:
    warnings = Findings()
    files = gather_for_run(run, warnings)
    _tell_observer(warnings.diagnostics, observer)
    return files


def _tell_observer(diagnostics: tuple[Diagnostic, ...], observer: RunObserver) -> None:
    if diagnostics:
        observer.told(diagnostics)


def _executor(run: Run, work: Work) -> TaskExecutor:
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
