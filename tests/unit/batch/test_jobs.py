"""Print jobs in the journal of a run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.batch.journal.jobs import Destination, JobBook, PlannedJob
from docgen.batch.journal.journal import Journal
from docgen.diagnostics import DocgenError
from docgen.printers import JobId, JobOptions, PrinterName
from tests.printable_run import RUN_ID, printable_run

_FILES = ("patients-001.pdf", "patients-002.pdf")
_TO = Destination("localhost:631", PrinterName("front-desk", "ipp://localhost/printers/front-desk"))
_OPTIONS = JobOptions(sides="two-sided-long-edge", copies=2, ranges=((1, 4), (7, 7)))


def _job(file: str, after: int = 0) -> PlannedJob:
    return PlannedJob(file, "00", _TO, _OPTIONS, after)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return printable_run(tmp_path, _FILES)


@pytest.fixture
def book(run: Path) -> Iterator[JobBook]:
    with Journal.open(run) as journal:
        yield JobBook(journal)


def test_print_files_are_those_of_the_journal(book: JobBook) -> None:
    assert book.run == RUN_ID
    assert [(one.name, one.audience, one.is_duplex) for one in book.print_files()] == [
        ("patients-001.pdf", "patients", True),
        ("patients-002.pdf", "patients", True),
    ]


def test_a_job_is_kept_step_by_step(run: Path, book: JobBook) -> None:
    (job,) = book.plan([_job(_FILES[0])])
    assert (job.state, job.job, job.to, job.options) == ("planned", None, _TO, _OPTIONS)
    record = book.record(job)
    record.announced(JobId(12, "urn:uuid:0"))
    with Journal.open(run, read_only=True) as other:
        (kept,) = JobBook(other).last_jobs().values()
        assert (kept.state, kept.job) == ("sending", JobId(12, "urn:uuid:0"))
    record.is_now("failed", "media-jam")
    (kept,) = book.last_jobs().values()
    assert (kept.state, kept.answer) == ("failed", "media-jam")


def test_the_last_job_of_a_file_counts(book: JobBook) -> None:
    (first,) = book.plan([_job(_FILES[0])])
    (other,) = book.plan([_job(_FILES[1])])
    (second,) = book.plan([_job(_FILES[0], after=first.id)])
    assert {job.id for job in book.last_jobs().values()} == {other.id, second.id}


def test_what_another_sent_in_the_meantime_is_not_sent_again(run: Path, book: JobBook) -> None:
    with Journal.open(run) as journal:
        JobBook(journal).plan([_job(_FILES[1])])
    with pytest.raises(DocgenError, match=f"another docgen has sent {_FILES[1]} in the meantime"):
        book.plan([_job(_FILES[0]), _job(_FILES[1])])
    assert list(book.last_jobs()) == [_FILES[1]], "all are planned, or none"
