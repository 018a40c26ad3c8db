"""The print jobs of a run, in its journal: what was sent where, and what became of it.

What a printer says is kept in keywords and in sentences of CUPS only: a driver's own words may
repeat what is on the page.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import msgspec
from msgspec import Struct

from docgen.batch.journal.journal import Journal
from docgen.batch.journal.print_files import KeptPrintFile, kept_print_files
from docgen.batch.journal.tables import telling
from docgen.diagnostics import refuse
from docgen.printers import JobId, JobOptions, JobPhase, PrinterName

KeptState = Literal["planned", "sending", "unknown"] | JobPhase
"""``planned``: nothing was sent; ``sending``: the document may have been sent, in part or whole;
``unknown``: it was sent, and its server cannot tell what became of it."""

NOT_PRINTED: frozenset[KeptState] = frozenset({"planned", "cancelled", "failed"})
"""Known to have come to no good end; whatever came out of the printer is not all of it."""
UNCERTAIN: frozenset[KeptState] = frozenset({"sending", "unknown"})
DONE: KeptState = "done"


class Destination(Struct, frozen=True):
    """Where jobs go."""

    server: str
    """As ``--server`` takes it."""
    printer: PrinterName


class KeptJob(Struct, frozen=True):
    """A job as the journal keeps it."""

    id: int
    """In the journal; later ones are larger."""
    file: str
    sha256: str
    to: Destination
    options: JobOptions
    job: JobId | None
    """At its server; None where it was not announced there."""
    state: KeptState
    answer: str
    """Why: as the printer said, or as the rule of a diagnostic."""


class PlannedJob(Struct, frozen=True):
    """A job that is about to be sent."""

    file: str
    sha256: str
    to: Destination
    options: JobOptions
    after: int
    """The last job of the file that whoever planned this one knew of; 0 for none."""


class JobBook:
    """The jobs in a run's journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        # What was sent has to be known after a power cut as well.
        journal.connection.execute("PRAGMA synchronous = FULL")

    @property
    def run(self) -> str:
        """The id of the run."""
        return self._journal.meta["run"]

    def print_files(self) -> tuple[KeptPrintFile, ...]:
        """The print files of the run, in their order.

        Raises DocgenError where the journal cannot be read.
        """
        with telling(self._journal.path):
            return kept_print_files(self._journal)

    def last_jobs(self) -> dict[str, KeptJob]:
        """The last job of each file that has one.

        Raises DocgenError where the journal cannot be read.
        """
        with telling(self._journal.path):
            found = self._journal.connection.execute(
                "SELECT * FROM jobs"
                " WHERE id IN (SELECT max(id) FROM jobs GROUP BY file) ORDER BY id"
            ).fetchall()
        return {job.file: job for job in map(_job_of_row, found)}

    def plan(self, jobs: Sequence[PlannedJob]) -> tuple[KeptJob, ...]:
        """Takes jobs down before anything is sent: all of them or none.

        Raises DocgenError where another docgen sent one of the files in the meantime.
        """
        with self._writing():
            known = self.last_jobs()
            late = [
                one.file for one in jobs if one.file in known and known[one.file].id > one.after
            ]
            if late:
                raise refuse(
                    "sent-meanwhile",
                    f"another docgen has sent {', '.join(late)} in the meantime; nothing was sent",
                    hint="docgen print RUN --status shows what became of it",
                )
            return tuple(self._add_job(one) for one in jobs)

    def announced(self, job: KeptJob, id: JobId) -> None:
        """Takes down that a job has a number at its server, and that its document comes next.

        Raises DocgenError where the journal cannot be written.
        """
        self._write(
            "UPDATE jobs SET job = ?, uuid = ?, state = 'sending' WHERE id = ?",
            (id.number, id.uuid, job.id),
        )

    def is_now(self, job: KeptJob, state: KeptState, answer: str = "") -> None:
        """Takes down how a job is, and why.

        Raises DocgenError where the journal cannot be written.
        """
        self._write("UPDATE jobs SET state = ?, answer = ? WHERE id = ?", (state, answer, job.id))

    def _add_job(self, job: PlannedJob) -> KeptJob:
        options, to = msgspec.json.encode(job.options).decode(), job.to
        added = self._journal.connection.execute(
            "INSERT INTO jobs (file, sha256, server, printer, uri, options, state, answer)"
            " VALUES (?, ?, ?, ?, ?, ?, 'planned', '') RETURNING *",
            (job.file, job.sha256, to.server, to.printer.name, to.printer.uri, options),
        )
        return _job_of_row(added.fetchone())

    def record(self, job: KeptJob) -> "BookedJob":
        """Where the steps of a job are taken down."""
        return BookedJob(self, job)

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        with self._writing():
            self._journal.connection.execute(statement, values)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        connection = self._journal.connection
        with telling(self._journal.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


class BookedJob(Struct, frozen=True, eq=False):
    """One job of a book, to which what happens to it is told."""

    book: JobBook
    job: KeptJob

    def announced(self, id: JobId) -> None:
        self.book.announced(self.job, id)

    def is_now(self, state: KeptState, answer: str = "") -> None:
        self.book.is_now(self.job, state, answer)


def _job_of_row(row: tuple[object, ...]) -> KeptJob:
    """A row of the table ``jobs``."""
    id, file, digest, server, printer, uri, options, job, uuid, state, answer = row
    return msgspec.convert(
        {
            "id": id,
            "file": file,
            "sha256": digest,
            "to": {"server": server, "printer": {"name": printer, "uri": uri}},
            "options": msgspec.json.decode(str(options)),
            "job": None if job is None else {"number": job, "uuid": uuid},
            "state": state,
            "answer": answer,
        },
        KeptJob,
    )
