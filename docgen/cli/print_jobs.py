"""Sending and following print jobs, with or without the journal of a run."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from shlex import quote
from types import TracebackType
from typing import Self

from msgspec import Struct

from docgen.batch.journal.jobs import Destination, JobBook, KeptJob, PlannedJob
from docgen.batch.journal.journal import Journal
from docgen.batch.printing.sending import (
    JobRecord,
    PrintTask,
    Unrecorded,
    followed,
    send,
    settled,
    sha256_of,
)
from docgen.batch.runs.links import refuse_links
from docgen.batch.runs.lock import RunLock
from docgen.cli.print_plan import (
    Candidate,
    PrintPlan,
    Wish,
    files_of_run,
    planned,
    run_folder,
    single_file,
    to_send,
)
from docgen.cli.print_words import PrintWords
from docgen.cli.reporting import Reporter
from docgen.diagnostics import Diagnostic, DocgenError, Findings, refuse
from docgen.printers import JobId, JobState, ServerUnreachableError

_TITLE_DIGITS = 8


class SentJob(Struct, frozen=True):
    """A job that is followed."""

    plan: PrintPlan
    id: JobId
    record: JobRecord


class PrintSession:
    """What one ``docgen print`` does. A run's journal is open as long as it lasts."""

    def __init__(
        self, reporter: Reporter, words: PrintWords, target: Path, audience: str | None
    ) -> None:
        self._reporter = reporter
        self._words = words
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

    def plans(self, wish: Wish) -> tuple[PrintPlan, ...]:
        """What is to be sent. Raises DocgenError with all that stands against it."""
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
        self._reporter.tell(findings.diagnostics)
        return plans

    def tell_status(self) -> None:
        """Asks what became of jobs that had no end yet, and tells the last one of each file."""
        if self._book is None:
            raise refuse(
                "not-of-a-run",
                f"{self._target.name} belongs to no run, so nothing is kept of its jobs",
                hint="lpstat -W all -o shows what the print server remembers",
            )
        self._words.standing(self._files(reprints=True))

    def send(self, plans: Sequence[PrintPlan], seconds: float | None) -> None:
        """Sends files in their order, then follows their jobs."""
        with self._telling_of_interrupts():
            for job in self._sent(plans):
                self._follow(job, seconds)

    def _files(self, *, reprints: bool) -> tuple[Candidate, ...]:
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
            warnings = (_as_warning(one, job.file) for one in error.diagnostics)
            self._reporter.tell(warnings)

    def _sent(self, plans: Sequence[PrintPlan]) -> list[SentJob]:
        sent: list[SentJob] = []
        with self._lock():
            records = self._records(plans)
            for plan, record in zip(plans, records, strict=True):
                try:
                    id = send(plan.server, plan.printer.name, self._task(plan), record)
                except ServerUnreachableError as error:
                    self._reporter.report(error)
                    break
                except DocgenError as error:
                    self._reporter.report(error)
                    continue
                self._words.sent(plan, id)
                sent.append(SentJob(plan, id, record))
        return sent

    def _lock(self) -> AbstractContextManager[object]:
        return RunLock(self._run) if self._run else nullcontext()

    def _records(self, plans: Sequence[PrintPlan]) -> list[JobRecord]:
        if self._book is None:
            return [Unrecorded() for _ in plans]
        book = self._book
        jobs = [_planned_job(plan) for plan in plans]
        return [book.record(job) for job in book.plan(jobs)]

    def _task(self, plan: PrintPlan) -> PrintTask:
        kept = plan.file.kept
        if kept is None or self._book is None:
            # The name of the file may be a patient's.
            digest = sha256_of(plan.file.path)[:_TITLE_DIGITS]
            return PrintTask(plan.file.path, None, f"docgen {digest}", plan.options)
        title = f"docgen {self._book.run} {plan.file.path.stem}"
        return PrintTask(plan.file.path, kept.sha256, title, plan.options)

    def _follow(self, job: SentJob, seconds: float | None) -> None:
        path = job.plan.file.path
        last: JobState | None = None
        try:
            for state in followed(
                job.plan.server, job.plan.printer.name, job.id, job.record, seconds
            ):
                if last is None or (state.phase, state.answer) != (last.phase, last.answer):
                    self._words.state(path, state)
                last = state
        except DocgenError as error:
            self._reporter.report(error)
            return
        if last is not None and last.phase != "done":
            self._reporter.report(self._unfinished(path, last))

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
            self._reporter.tell((note,))
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
