"""Whose generation is over neither names nor removes a document."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docgen.batch.journal.journal import Journal
from docgen.batch.make import generations
from docgen.batch.make.generations import Generation, end_earlier
from docgen.batch.make.storing import DocumentStore
from docgen.batch.opening import new_run
from docgen.batch.plan.settings import PrintSettings, RunSettings
from docgen.batch.printing.gathering import settings_of
from docgen.diagnostics import DocgenError
from docgen.pdf import RenderedPdf
from tests.runs import visits, write_worklist

WORKER = """
import sys, time
from pathlib import Path
from docgen.batch.make.generations import report_for_work
descriptor = report_for_work(Path(sys.argv[1]))
print("here", flush=True)
time.sleep(60)
"""


def pdf(data: bytes) -> RenderedPdf:
    return RenderedPdf(data, 1, "")


def test_a_document_is_named_by_a_generation_and_its_workshop_goes(tmp_path: Path) -> None:
    with Generation(tmp_path, 1) as generation:
        DocumentStore(generation.workshop).keep(["one/a.pdf"], [pdf(b"first")])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / "one/a.pdf"]
    assert not generation.workshop.exists()


def test_who_is_left_over_can_do_nothing(tmp_path: Path) -> None:
    earlier = Generation(tmp_path, 1)
    earlier.__enter__()
    left_over = DocumentStore(earlier.workshop)
    left_over.keep(["a.pdf"], [pdf(b"first")])
    assert end_earlier(tmp_path) == ()
    with Generation(tmp_path, 2) as generation:
        DocumentStore(generation.workshop).keep(["a.pdf"], [pdf(b"second")])
        with pytest.raises(DocgenError, match="output-unwritable"):
            left_over.keep(["a.pdf", "b.pdf"], [pdf(b"late"), pdf(b"late")])
        left_over.drop(["a.pdf"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.pdf": b"second"}


def test_nobody_removes_what_his_own_call_did_not_name(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").mkdir()  # nothing can be named so
    (tmp_path / "c.pdf").write_bytes(b"somebody else's")
    with Generation(tmp_path, 1) as generation, pytest.raises(DocgenError):
        files = ["a.pdf", "b.pdf", "c.pdf"]
        DocumentStore(generation.workshop).keep(files, [pdf(b"mine")] * 3)
    assert not (tmp_path / "a.pdf").exists()
    assert (tmp_path / "c.pdf").read_bytes() == b"somebody else's"


def test_a_frozen_worker_is_waited_for_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "_PATIENCE", 0.5)
    with Generation(tmp_path, 1) as generation:
        workshop = generation.workshop
        with subprocess.Popen(
            [sys.executable, "-c", WORKER, str(workshop)], stdout=subprocess.PIPE, text=True
        ) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "here\n"
            worker.send_signal(signal.SIGSTOP)
            since = time.monotonic()
            (told,) = end_earlier(tmp_path)
            assert time.monotonic() - since >= 0.5
            worker.kill()
        workshop.mkdir()
    assert (told.rule, told.severity) == ("orphaned-workers", "warning")
    assert f"process {worker.pid}:" in told.message


def test_a_worker_that_ends_is_not_told(tmp_path: Path) -> None:
    Generation(tmp_path, 1).__enter__()
    command = [sys.executable, "-c", WORKER.replace("60", "0.3"), f"{tmp_path}/.generation-1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "here\n"
        assert end_earlier(tmp_path) == ()


def test_what_was_taken_away_by_half_goes_next_time(tmp_path: Path) -> None:
    gone = tmp_path / ".gone-0123456789abcdef"
    gone.mkdir()
    (gone / "4711-3").write_bytes(b"half")
    assert end_earlier(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def test_all_that_was_asked_for_is_in_the_journal_from_its_first_moment(tmp_path: Path) -> None:
    """A kill may come before anything else is written."""
    write_worklist(tmp_path / "day.csv", visits(1))
    asked = PrintSettings(sort=("clinic",), slip_sheets=True)
    settings = RunSettings(file=str(tmp_path / "day.csv"), folder=str(tmp_path))
    with (
        new_run(settings, tmp_path / "RUN", gathered=asked) as run,
        Journal.open(run.folder, read_only=True) as journal,
    ):
        assert settings_of(journal) == asked
        assert journal.generation == 1
