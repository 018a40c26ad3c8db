"""Print files sent to a printer and followed to their end, each step in the journal before it."""

from collections.abc import Iterator
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from docgen.batch.journal.jobs import NOT_PRINTED, KeptJob, KeptState
from docgen.diagnostics import DocgenError, Span, refuse
from docgen.opening import open_file
from docgen.printers import (
    JobId,
    JobLostError,
    JobOptions,
    JobState,
    PrinterName,
    Server,
    ServerUnreachableError,
    cancel_job,
    create_job,
    follow,
    print_server,
    send_document,
    state_of_job,
)
from docgen.system import reason_of

_FINAL: frozenset[KeptState] = NOT_PRINTED | {"done"}


class JobRecord(Protocol):
    """Where the steps of one job are taken down."""

    def announced(self, id: JobId) -> None:
        """It has a number at its server; its document comes next."""

    def is_now(self, state: KeptState, answer: str = "") -> None:
        """How it is, and why."""


class Unrecorded:
    """A job of which nothing is kept: its file belongs to no run."""

    def announced(self, id: JobId) -> None:
        """Is forgotten."""

    def is_now(self, state: KeptState, answer: str = "") -> None:
        """Is forgotten."""


class PrintTask(Struct, frozen=True):
    """A file on its way to a printer."""

    path: Path
    sha256: str | None
    """What the file's bytes must have (hex); None for a file that no run knows."""
    title: str
    """The name of its job, which printers show and servers keep: no patient's data."""
    options: JobOptions


def send(server: Server, printer: PrinterName, task: PrintTask, record: JobRecord) -> JobId:
    """Sends a file. Raises DocgenError where it was not sent, or may not have been: the record
    tells which."""
    with open_print_file(task.path, task.sha256) as document:
        try:
            id = create_job(server, printer, task.title, task.options)
        except DocgenError as error:
            # Nothing is printed of a job that has no document.
            record.is_now("failed", _rules(error))
            raise
        record.announced(id)
        try:
            send_document(server, printer, id, document)
        except ServerUnreachableError as error:
            record.is_now("unknown", _rules(error))
            raise
        except DocgenError as error:
            cancel_job(server, printer, id)
            record.is_now("failed", _rules(error))
            raise
    record.is_now("waiting")
    return id


def followed(
    server: Server,
    printer: PrinterName,
    id: JobId,
    record: JobRecord,
    seconds: float | None = None,
) -> Iterator[JobState]:
    """Gives a job's states up to its end, each recorded. Raises DocgenError where its server no
    longer answers, or no longer knows it: what became of it is then recorded as unknown."""
    try:
        for state in follow(server, printer, id, seconds=seconds):
            record.is_now(state.phase, state.answer)
            yield state
    except (ServerUnreachableError, JobLostError) as error:
        record.is_now("unknown", _rules(error))
        raise


def settled(job: KeptJob, record: JobRecord) -> JobState | None:
    """Asks the server of a job that had no end yet what became of it, and takes the answer down.

    None stands for a job that ended before, or was never announced. Raises DocgenError where the
    server cannot tell.
    """
    if job.state in _FINAL or job.job is None:
        return None
    server, printer = print_server(job.to.server), job.to.printer
    try:
        state = state_of_job(server, printer, job.job)
        if not state.has_ended and not state.has_document:
            # Whoever announced it died before its document was there: nothing was printed.
            cancel_job(server, printer, job.job)
            record.is_now("failed", "document-not-sent")
            return None
    except JobLostError as error:
        record.is_now("unknown", _rules(error))
        raise
    record.is_now(state.phase, state.answer)
    return state


def open_print_file(path: Path, sha256: str | None) -> BufferedReader:
    """A file opened at its start. Raises DocgenError where it is not what the run made."""
    place = Span.whole_file(str(path))
    try:
        file = open_file(path)
        if sha256 is not None and file_digest(file, "sha256").hexdigest() != sha256:
            file.close()
            raise refuse(
                "print-file-changed",
                "this print file is not what the run made",
                place,
                "make it anew: docgen batch assemble RUN",
            )
        file.seek(0)
    except OSError as error:
        raise refuse(
            "unreadable-file",
            f"cannot read this print file: {reason_of(error)}",
            place,
            "make it anew: docgen batch assemble RUN",
        ) from error
    return file


def sha256_of(path: Path) -> str:
    """SHA-256 (hex) of a print file of which no run keeps it.

    Raises DocgenError where it cannot be read.
    """
    with open_print_file(path, None) as file:
        return file_digest(file, "sha256").hexdigest()


def _rules(error: DocgenError) -> str:
    return "; ".join(diagnostic.rule for diagnostic in error.diagnostics)
