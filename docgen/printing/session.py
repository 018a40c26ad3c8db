"""Printing from its plan to the end of its jobs, with or without the journal of a run."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from shlex import quote
from types import TracebackType
from typing import Self

from msgspec import Struct

from docgen.batch.journal import Journal
from docgen.batch.journal.jobs import Destination, JobBook, KeptJob, PlannedJob
from docgen.batch.runs import RunLock, refuse_links
from docgen.diagnostics import Diagnostic, DocgenError, Findings, refuse
from docgen.printers import JobId, JobState, ServerUnreachableError
from docgen.printing.candidates import PrintCandidate, files_of_run, run_folder, single_file
from docgen.printing.plan import PrintPlan, PrintWish, check_wish, planned
from docgen.printing.repeats import to_send
from docgen.printing.sending import (
    JobRecord,
    PrintTask,
    Unrecorded,
    followed,
    send,
    settled,
    sha256_of,
)

_TITLE_DIGITS = 8


class PrintObserver:
    """Who is told how printing goes on. This one does not listen."""

    def told(self, warnings: Iterable[Diagnostic]) -> None:
        """Something is to be said, and stands against nothing."""

    def sent(self, plan: PrintPlan, id: JobId) -> None:
        """A file has left."""

    def state(self, path: Path, state: JobState) -> None:
        """A job is in another state than before."""

    def refused(self, path: Path, error: DocgenError) -> None:
        """A file was not sent, or not printed, or nobody knows."""


class PrintedFile(Struct, frozen=True):
    """A file whose job came to its end, and came out of the printer as far as that can tell."""

    path: Path
    job: int
    """The number of its job at the print server."""
    printer: str
    sheets: int
    """How many sheets of paper, in all copies."""


class PrintReport(Struct, frozen=True):
    """What became of the files that were to be printed."""

    printed: tuple[PrintedFile, ...]
    refused: tuple[Diagnostic, ...]
    """Why others were not, or are not known to be."""
    warnings: tuple[Diagnostic, ...] = ()


class SentJob(Struct, frozen=True):
    """A job that is followed."""

    plan: PrintPlan
    id: JobId
    record: JobRecord


class PrintSession:
    """Printing of a run, or of a file. A run's journal is open as long as it lasts."""

    def __init__(
        self,
        target: Path,
        audience: str | None = None,
        observer: PrintObserver | None = None,
    ) -> None:
        """``target`` is the folder of a run, a print file of one, or any PDF file; of a run,
        ``audience`` chooses the files for ``patients`` or for ``clinicians``.

        Raises DocgenError where the run cannot be opened.
        """
        self._observer = observer or PrintObserver()
        self._target = target
        self._audience = audience
        self._run = run_folder(target)
        if self._run:
            refuse_links(self._run)
        self._journal = Journal.open(self._run) if self._run else None
        self._book = JobBook(self._journal) if self._journal else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._journal:
            self._journal.close()

    def plans(self, wish: PrintWish) -> tuple[PrintPlan, ...]:
        """What is to be sent. Raises DocgenError with all that stands against it."""
        check_wish(wish)
        files = to_send(self._files(reprints=wish.again), wish, self._run)
        if wish.ranges and len(files) > 1:
            raise refuse(
                "range-of-several",
                f"--range counts the pages of one file, and these are {len(files)}",
                hint=f"name one of them, such as {files[0].path}",
            )
        findings = Findings()
        plans = planned(files, wish, findings)
        findings.raise_if_any()
        self._observer.told(findings.diagnostics)
        return plans

    def standing(self) -> tuple[PrintCandidate, ...]:
        """Each file of the run with its last job, after servers were asked what became of those
        that had no end yet. Raises DocgenError for a file that belongs to no run."""
        if self._book is None:
            raise refuse(
                "not-of-a-run",
                f"{self._target.name} belongs to no run, so nothing is kept of its jobs",
                hint="lpstat -W all -o shows what the print server remembers",
            )
        return self._files(reprints=True)

    def send(
        self, plans: Sequence[PrintPlan], seconds: float | None = None
    ) -> tuple[PrintedFile, ...]:
        """Sends files in their order, then follows their jobs, each at most some ``seconds``.

        Gives those that were printed; the observer is told of the others.

        Raises DocgenError where another docgen is at work in the folder of the run, or has sent one
        of the files in the meantime.
        """
        with self._telling_of_interrupts():
            ended = [self._follow(job, seconds) for job in self._sent(plans)]
        return tuple(filter(None, ended))

    def _files(self, *, reprints: bool) -> tuple[PrintCandidate, ...]:
        """The files that are meant, after their servers were asked about them."""
        if self._book is None or self._run is None:
            return (single_file(self._target),)
        with RunLock(self._run):
            for job in self._book.last_jobs().values():
                self._settle(self._book, job)
        return files_of_run(self._book, self._run, self._target, self._audience, reprints=reprints)

    def _settle(self, book: JobBook, job: KeptJob) -> None:
        try:
            settled(job, book.record(job))
        except DocgenError as error:
            self._observer.told([_as_warning(one, job.file) for one in error.diagnostics])

    def _sent(self, plans: Sequence[PrintPlan]) -> list[SentJob]:
        sent: list[SentJob] = []
        with self._lock():
            records = self._job_records(plans)
            for plan, record in zip(plans, records, strict=True):
                try:
                    id = send(plan.server, plan.printer.name, self._print_task(plan), record)
                except ServerUnreachableError as error:
                    self._observer.refused(plan.file.path, error)
                    break
                except DocgenError as error:
                    self._observer.refused(plan.file.path, error)
                    continue
                self._observer.sent(plan, id)
                sent.append(SentJob(plan, id, record))
        return sent

    def _lock(self) -> AbstractContextManager[object]:
        return RunLock(self._run) if self._run else nullcontext()

    def _job_records(self, plans: Sequence[PrintPlan]) -> list[JobRecord]:
        if self._book is None:
            return [Unrecorded() for _ in plans]
        book = self._book
        jobs = [_planned_job(plan) for plan in plans]
        return [book.record(job) for job in book.plan(jobs)]

    def _print_task(self, plan: PrintPlan) -> PrintTask:
        kept = plan.file.kept
        if kept is None or self._book is None:
            # The name of the file may be a patient's.
            digest = sha256_of(plan.file.path)[:_TITLE_DIGITS]
            return PrintTask(plan.file.path, None, f"docgen {digest}", plan.options)
        title = f"docgen {self._book.run} {plan.file.path.stem}"
        return PrintTask(plan.file.path, kept.sha256, title, plan.options)

    def _follow(self, job: SentJob, seconds: float | None) -> PrintedFile | None:
        path = job.plan.file.path
        last: JobState | None = None
        try:
            for state in followed(
                job.plan.server, job.plan.printer.name, job.id, job.record, seconds
            ):
                if last is None or (state.phase, state.answer) != (last.phase, last.answer):
                    self._observer.state(path, state)
                last = state
        except DocgenError as error:
            self._observer.refused(path, error)
            return None
        if last is None:
            return None
        if last.phase != "done":
            self._observer.refused(path, self._unfinished(path, last))
            return None
        return PrintedFile(path, job.id.number, job.plan.printer.name.name, job.plan.sheets)

    def _unfinished(self, path: Path, state: JobState) -> DocgenError:
        again = (
            f"docgen print {quote(str(self._run))} --again sends it again" if self._run else None
        )
        number = state.id.number
        if not state.has_ended:
            return refuse(
                "job-not-ended",
                f"job {number} ({path.name}) has not ended yet: {state.phase}",
                hint=f"it goes on; {self._how_to_look} tells what becomes of it",
            )
        why = state.answer or "the printer does not say why"
        if state.phase == "cancelled":
            message = f"job {number} ({path.name}) was cancelled: {why}"
            return refuse("job-cancelled", message, hint=again)
        return refuse("job-failed", f"job {number} ({path.name}) failed: {why}", hint=again)

    @property
    def _how_to_look(self) -> str:
        if self._run is None:
            return "lpstat -W all -o"
        return f"docgen print {quote(str(self._run))} --status"

    @contextmanager
    def _telling_of_interrupts(self) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            note = Diagnostic(
                "no-longer-followed",
                "what was sent goes on at the printer",
                hint=f"{self._how_to_look} tells what becomes of it, cancel ends it",
                severity="warning",
            )
            self._observer.told((note,))
            raise


def _planned_job(plan: PrintPlan) -> PlannedJob:
    file = plan.file
    return PlannedJob(
        file.path.name,
        file.kept.sha256 if file.kept else "",
        Destination(str(plan.server), plan.printer.name),
        plan.options,
        file.last.id if file.last else 0,
    )


def _as_warning(told: Diagnostic, file: str) -> Diagnostic:
    return Diagnostic(told.rule, f"{file}: {told.message}", None, told.hint, "warning")


class _Reported(PrintObserver):
    """Passes on how printing goes on, and keeps what is to be told of it."""

    def __init__(self, observer: PrintObserver) -> None:
        self._observer = observer
        self.warnings = Findings()
        self.refusals = Findings()

    def told(self, warnings: Iterable[Diagnostic]) -> None:
        found = tuple(warnings)
        self.warnings.extend(found)
        self._observer.told(found)

    def sent(self, plan: PrintPlan, id: JobId) -> None:
        self._observer.sent(plan, id)

    def state(self, path: Path, state: JobState) -> None:
        self._observer.state(path, state)

    def refused(self, path: Path, error: DocgenError) -> None:
        self.refusals.extend(error.diagnostics)
        self._observer.refused(path, error)


def print_files(
    target: Path,
    wish: PrintWish,
    audience: str | None = None,
    seconds: float | None = None,
    observer: PrintObserver | None = None,
) -> PrintReport:
    """Prints a run or a file, and follows each job to its end, or at most some ``seconds``.

    Raises DocgenError, and sends nothing, with all that stands against the plan.
    """
    reported = _Reported(observer or PrintObserver())
    with PrintSession(target, audience, reported) as session:
        printed = session.send(session.plans(wish), seconds)
    return PrintReport(printed, reported.refusals.diagnostics, reported.warnings.diagnostics)
