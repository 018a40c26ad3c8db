"""Print jobs: sent, looked at, and followed to their end (RFC 8011, section 4)."""

import time
from collections.abc import Callable, Iterator
from typing import BinaryIO, Literal

from msgspec import Struct

from docgen.diagnostics import DocgenError, refuse
from docgen.printers.messages import Attribute, Attributes, Group, Tag, first_number, first_text
from docgen.printers.options import JobOptions
from docgen.printers.printer import PrinterName, reasons
from docgen.printers.server import Server, ServerUnreachableError, accepted_answer

JobPhase = Literal["waiting", "held", "printing", "stopped", "done", "cancelled", "failed"]
ENDED: frozenset[JobPhase] = frozenset({"done", "cancelled", "failed"})

_CREATE_JOB = 0x0005
_SEND_DOCUMENT = 0x0006
_CANCEL_JOB = 0x0008
_GET_JOB_ATTRIBUTES = 0x0009
_NOT_FOUND = (0x0406, 0x0407)
_PHASES: dict[int | None, JobPhase] = {
    3: "waiting",
    4: "held",
    5: "printing",
    6: "stopped",
    7: "cancelled",
    8: "failed",
    9: "done",
}
_WITH_ERRORS = "job-completed-with-errors"
_LOOKED_AT = (
    "job-id",
    "job-uuid",
    "job-state",
    "job-state-reasons",
    "job-printer-state-message",
    "job-printer-state-reasons",
    "job-impressions-completed",
    "number-of-documents",
)
_OF_CUPS = frozenset(
    {
        "Job aborted because the destination printer/class has gone away.",
        "Job aborted due to backend errors.",
        "Job canceled at printer.",
        "Job held by user.",
        "Job stopped due to filter errors.",
        "Job stopped due to printer being deleted.",
        "Job stopped due to printer being paused.",
        "Print job canceled at printer.",
        "Print job was not accepted.",
        "Printer cannot print supplied content.",
        "Printer cannot print with supplied options.",
        "The printer configuration is incorrect or the printer no longer exists.",
        "The printer did not respond.",
        "The printer is in use.",
        "The printer is not connected.",
        "The printer is not responding.",
        "The printer is unreachable at this time.",
        "The printer may not exist or is unavailable at this time.",
        "Unable to add document to print job.",
        "Unable to locate printer.",
    }
)
"""Sentences of CUPS and its backends; all others may come from a printer or its driver, which
might repeat what stands on the page."""
_SAYS_NOTHING = "processing-to-stop-point"
_INTERVAL_SECONDS = 0.25
_PATIENCE_SECONDS = 3.0
"""How long a server that is started anew may take."""


class JobId(Struct, frozen=True):
    """A job at its server. A server that lost its memory may give a number once more; the UUID
    tells whose it is."""

    number: int
    uuid: str


class JobState(Struct, frozen=True):
    """How a job is."""

    id: JobId
    phase: JobPhase
    reasons: tuple[str, ...] = ()
    """Keywords of the job and of its printer, such as ``media-empty``."""
    message: str = ""
    """The printer's own words. They may come from its driver: for eyes, not for files."""
    impressions: int = 0
    """Sides printed so far, as far as the printer says."""
    has_document: bool = True
    """Whether there is anything to print. A job that ended may have dropped it."""

    @property
    def has_ended(self) -> bool:
        return self.phase in ENDED

    @property
    def answer(self) -> str:
        """What the printer said of it, in words that hold nothing of what is printed."""
        why = tuple(word for word in self.reasons if word != _SAYS_NOTHING)
        said = (self.message,) if self.message in _OF_CUPS else ()
        return "; ".join((*why, *said))


class JobLostError(DocgenError):
    """The server does not know the job, or is gone: what became of it is not known."""


def create_job(server: Server, printer: PrinterName, name: str, options: JobOptions) -> JobId:
    """Announces a job, so that its number is known before anything can be printed.

    Raises DocgenError where the server refuses it, or would print it otherwise than asked.
    """
    about = (
        Attribute("printer-uri", Tag.URI, (printer.uri,)),
        Attribute("job-name", Tag.NAME, (name,)),
        Attribute("ipp-attribute-fidelity", Tag.BOOLEAN, (True,)),
    )
    asked = options.attributes()
    told = server.ask(_CREATE_JOB, about, asked, path=printer.path)
    ignored = {name for group in told.about(Group.UNSUPPORTED) for name in group}
    unmet = sorted(ignored.intersection(attribute.name for attribute in asked))
    created = next(iter(told.about(Group.JOB)), {})
    id = first_number(created, "job-id")
    if unmet:
        if id is not None:
            cancel_job(server, printer, JobId(id, ""))
        raise refuse(
            "printer-cannot",
            f"the printer {printer.name!r} would not do as asked: {', '.join(unmet)}",
            hint="leave out the options that these attributes of IPP stand for",
        )
    accepted_answer(told, "the job")
    if id is None:
        raise refuse("print-server-refused", "the print server gave the job no number")
    return state_of_job(server, printer, JobId(id, first_text(created, "job-uuid"))).id


def send_document(server: Server, printer: PrinterName, job: JobId, document: BinaryIO) -> None:
    """Sends a PDF, from where its file is, as the only document of a job.

    Raises ServerUnreachableError where it is not known whether all of it has arrived.
    """
    about = (
        *_about(printer, job),
        Attribute("document-format", Tag.MIME_TYPE, ("application/pdf",)),
        Attribute("last-document", Tag.BOOLEAN, (True,)),
    )
    told = server.ask(_SEND_DOCUMENT, about, path=printer.path, document=document)
    accepted_answer(told, "the document")


def cancel_job(server: Server, printer: PrinterName, job: JobId) -> None:
    """Has a job cancelled; one that ended, or is not known, stays as it is."""
    server.ask(_CANCEL_JOB, _about(printer, job), path=printer.path)


def state_of_job(server: Server, printer: PrinterName, job: JobId) -> JobState:
    """How a job is. Raises JobLostError where its server knows it no more, or knows another one."""
    about = (*_about(printer, job), Attribute("requested-attributes", Tag.KEYWORD, _LOOKED_AT))
    told = server.ask(_GET_JOB_ATTRIBUTES, about, path=printer.path)
    if told.status in _NOT_FOUND:
        raise _lost(server, job)
    found = next(iter(accepted_answer(told, "to tell how the job is").about(Group.JOB)), {})
    state = _state_of_job(found)
    if job.uuid and state.id.uuid != job.uuid:
        raise _lost(server, job)
    return state


def follow(
    server: Server,
    printer: PrinterName,
    job: JobId,
    *,
    seconds: float | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[JobState]:
    """Gives a job's state now and whenever it changes, up to its end or for so many seconds.

    A server that is gone is asked again for a while; then ServerUnreachableError is raised.
    JobLostError is raised where the server no longer knows the job.
    """
    end = None if seconds is None else time.monotonic() + seconds
    last: JobState | None = None
    while True:
        state = _look_patiently(server, printer, job, wait)
        if state != last:
            yield state
            last = state
        if state.has_ended or (end is not None and time.monotonic() >= end):
            return
        wait(_INTERVAL_SECONDS)


def _look_patiently(
    server: Server, printer: PrinterName, job: JobId, wait: Callable[[float], None]
) -> JobState:
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return state_of_job(server, printer, job)
        except ServerUnreachableError:
            if time.monotonic() >= end:
                raise
        wait(_INTERVAL_SECONDS)


def _about(printer: PrinterName, job: JobId) -> tuple[Attribute, ...]:
    return (
        Attribute("printer-uri", Tag.URI, (printer.uri,)),
        Attribute("job-id", Tag.INTEGER, (job.number,)),
    )


def _state_of_job(found: Attributes) -> JobState:
    why = reasons(found, "job-state-reasons")
    phase = _PHASES.get(first_number(found, "job-state"), "stopped")
    why += tuple(one for one in reasons(found, "job-printer-state-reasons") if one not in why)
    return JobState(
        JobId(first_number(found, "job-id") or 0, first_text(found, "job-uuid")),
        "failed" if phase == "done" and _WITH_ERRORS in why else phase,
        why,
        first_text(found, "job-printer-state-message"),
        first_number(found, "job-impressions-completed") or 0,
        first_number(found, "number-of-documents") != 0,
    )


def _lost(server: Server, job: JobId) -> JobLostError:
    return JobLostError(
        refuse(
            "job-lost",
            f"the print server {server} no longer knows job {job.number}: "
            "whether it was printed is not known",
            hint="look at the printer before you send it again",
        ).diagnostics
    )
