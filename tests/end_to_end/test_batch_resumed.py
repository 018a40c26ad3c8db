"""Runs that are killed, interrupted, damaged or meddled with: gone on with, or refused."""

import os
import random
import re
import shutil
import signal
import stat
import time
from collections.abc import Callable
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from docgen.batch.journal.journal import Journal
from docgen.batch.runs.lock import RunLock
from tests.pdf_text import page_texts
from tests.runs import (
    CODES,
    assert_adds_up,
    batch,
    batch_here,
    begun,
    contents,
    killed_after,
    manifest,
    summary,
    visit,
    wait_for_documents,
    write_worklist,
)

ROWS = 30
KILLS = 20
KILLS_OF_ONE_RUN = 7
OPTIONS = ("--organization", "sample", "--workers", "2", "--quiet")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A worklist of 30 rows over 4 codes, of which two cannot be made, and its undisturbed run."""
    folder = tmp_path_factory.mktemp("clinic")
    lines = [visit(number, codes=CODES[number % 4]) for number in range(ROWS - 2)]
    lines += [visit(98, codes="00000"), visit(99, patient_name="")]
    write_worklist(folder / "day.csv", lines)
    assert batch(folder, "day.csv", *OPTIONS, "-o", "undisturbed").returncode == 3
    return folder


def test_the_undisturbed_run_adds_up(clinic: Path) -> None:
    run = clinic / "undisturbed"
    assert_adds_up(run)
    assert summary(run)["rows"] == ROWS
    assert summary(run)["rejected_by_rule"] == {"missing-value": 1, "unknown-code": 1}
    assert summary(run)["documents"] == 2 * (ROWS - 2)


def test_each_document_names_its_own_patient_and_no_other(clinic: Path) -> None:
    """So it is in all the runs that have to be the same as this one."""
    run = clinic / "undisturbed"
    for line in manifest(run):
        if line["state"] != "done" or line["audience"] != "patients":
            continue
        text = " ".join(page_texts((run / "documents" / line["file"]).read_bytes()))
        assert set(re.findall(r"Sample Patient\d+", text)) == {f"Sample Patient{line['row'] - 2}"}


def test_killed_again_and_again_a_run_comes_out_the_same(clinic: Path) -> None:
    moments = random.Random(20261123)
    began = time.monotonic()
    assert batch(clinic, "day.csv", *OPTIONS, "-o", "timed").returncode == 3
    whole = time.monotonic() - began
    kills = attempt = 0
    while kills < KILLS:
        attempt += 1
        run = f"killed-{attempt}"
        begin = ("day.csv", *OPTIONS, "-o", run)
        go_on = ("--resume", run, "--workers", "2", "--quiet")
        for _ in range(KILLS_OF_ONE_RUN):
            has_journal = (clinic / run / "journal.sqlite").is_file()
            moment = moments.uniform(0.2, 1.1) * whole
            if not killed_after(moment, clinic, *(go_on if has_journal else begin)):
                break
            kills += 1
        else:
            assert batch(clinic, *go_on).returncode == 3
        assert contents(clinic / run) == contents(clinic / "undisturbed")
        assert not list((clinic / run).rglob("*.part"))


@pytest.mark.parametrize("send", [os.kill, os.killpg], ids=["the-driver", "everyone"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_says_how_to_go_on(
    clinic: Path, number: signal.Signals, send: Callable[[int, int], None]
) -> None:
    """A terminal interrupts the workers as well, who belong to the same group."""
    run = clinic / f"interrupted-{number}-{send.__name__}"
    process = begun(clinic, "day.csv", *OPTIONS, "-o", run.name, niceness=15)
    wait_for_documents(run, 1)
    send(process.pid, number)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    with pytest.raises(ProcessLookupError):  # No worker is left of the group.
        os.killpg(process.pid, 0)
    assert f"docgen batch --resume {run.name}" in told.decode()
    assert "Traceback" not in told.decode()
    status = batch_here(clinic, "status", run.name)
    assert b"interrupted" in status.stdout
    assert f"go on with: docgen batch --resume {run.name}" in status.stdout.decode()
    resumed = batch(clinic, "--resume", run.name)
    assert (run / "manifest.csv").is_file(), resumed.stderr.decode()
    assert contents(run) == contents(clinic / "undisturbed")


def test_a_run_goes_on_without_a_worker_that_was_killed(clinic: Path) -> None:
    run = clinic / "worker-killed"
    with begun(clinic, "day.csv", *OPTIONS, "-o", run.name, niceness=15) as process:
        wait_for_documents(run, 1)
        psutil.Process(process.pid).children()[0].kill()
        _, told = process.communicate(timeout=30)
    assert process.returncode == 3, told.decode()
    assert contents(run) == contents(clinic / "undisturbed")


def test_of_two_runs_that_begin_in_one_folder_at_once_one_is_refused(clinic: Path) -> None:
    run = clinic / "twice"
    both = [begun(clinic, "day.csv", *OPTIONS, "-o", run.name) for _ in range(2)]
    told = [process.communicate(timeout=60)[1].decode() for process in both]
    refused = [one for one in told if "error[run-busy]" in one or "error[run-exists]" in one]
    assert len(refused) == 1, told
    assert contents(run) == contents(clinic / "undisturbed")


def test_what_is_lost_or_damaged_is_made_again(clinic: Path) -> None:
    run = clinic / "damaged"
    shutil.copytree(clinic / "undisturbed", run)
    documents = sorted(run.glob("documents/*/*.pdf"))
    documents[0].unlink()
    documents[7].write_bytes(documents[8].read_bytes())
    documents[20].write_bytes(b"")
    documents[30].with_name(".000000.pdf.1234.part").write_bytes(b"half of it")
    assert batch(clinic, "--resume", run.name).returncode == 3
    assert contents(run) == contents(clinic / "undisturbed")


def test_a_file_that_is_not_the_runs_own_is_no_packet(clinic: Path) -> None:
    run = clinic / "more"
    shutil.copytree(clinic / "undisturbed", run)
    (run / "documents" / "000" / "of-somebody-else.pdf").write_bytes(b"%PDF")
    result = batch_here(clinic, "--resume", run.name)
    assert result.returncode == 1
    assert "error[unaccounted]: 57 documents lie in documents/" in result.stderr.decode()


def test_a_changed_worklist_is_refused_with_its_rows(clinic: Path) -> None:
    run = clinic / "changed"
    shutil.copytree(clinic / "undisturbed", run)
    day = clinic / "day.csv"
    before = day.read_bytes()
    lines = before.splitlines(keepends=True)
    try:
        day.write_bytes(
            b"".join([*lines[:9], lines[9].replace(b"Sample", b"Simple"), *lines[10:-1]])
        )
        result = batch_here(clinic, "--resume", run.name)
    finally:
        day.write_bytes(before)
    assert result.returncode == 1
    told = result.stderr.decode()
    assert "error[worklist-changed]" in told
    assert "changed: row 10; missing: row 31" in told
    assert "Simple" not in told
    assert contents(run) == contents(clinic / "undisturbed")


def test_a_second_run_in_one_folder_is_refused(clinic: Path) -> None:
    run = clinic / "undisturbed"
    before = contents(run)
    result = batch_here(clinic, "day.csv", *OPTIONS, "-o", run.name)
    assert result.returncode == 1
    assert "error[run-exists]" in result.stderr.decode()
    assert "docgen batch --resume undisturbed" in result.stderr.decode()
    with RunLock(run):
        result = batch_here(clinic, "--resume", run.name)
        assert result.returncode == 1
        assert "error[run-busy]" in result.stderr.decode()
        assert b"working" in batch_here(clinic, "status", run.name).stdout
    assert contents(run) == before


def test_a_changed_record_is_refused(clinic: Path) -> None:
    """Sheets of two states of a record must not be in one run."""
    record = clinic / "data" / "records" / "77299.yaml"
    text = record.read_text("utf-8")
    try:
        record.write_text(text.replace("title: ", "title: New "), "utf-8")
        result = batch_here(clinic, "--resume", "undisturbed")
    finally:
        record.write_text(text, "utf-8")
    assert result.returncode == 1
    told = result.stderr.decode()
    assert "error[input-changed]" in told
    assert "cpt 77299 in clinician-summary, cpt 77299 in patient-handout" in told
    assert not any(code in told for code in CODES if code != "77299")


def test_a_run_can_be_gone_on_with_from_anywhere(tmp_path: Path, clinic: Path) -> None:
    run = clinic / "from-elsewhere"
    shutil.copytree(clinic / "undisturbed", run)
    next(run.glob("documents/*/*.pdf")).unlink()
    assert batch(tmp_path, "--resume", str(run), "--quiet").returncode == 3
    assert contents(run) == contents(clinic / "undisturbed")


def test_everything_in_a_run_is_private(clinic: Path) -> None:
    run = clinic / "undisturbed"
    for path in [run, *run.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_a_document_that_does_not_come_out_as_it_was_is_told(clinic: Path) -> None:
    run = clinic / "differing"
    shutil.copytree(clinic / "undisturbed", run)
    next(run.glob("documents/*/000002-1-*")).unlink()
    with Journal.open(run) as journal:
        journal.connection.execute(
            "UPDATE documents SET sha256 = ? WHERE row = 2 AND sequence = 1", ("0" * 64,)
        )
    result = batch(clinic, "--resume", run.name)
    assert result.returncode == 1
    told = result.stderr.decode()
    assert "day.csv:2:1: error[document-differs]: the lost documents of row 2 cannot be" in told
    assert "go on with: docgen batch --resume differing" in told
    assert b"interrupted" in batch_here(clinic, "status", run.name).stdout


def test_a_run_of_another_docgen_is_refused(clinic: Path) -> None:
    run = clinic / "older"
    shutil.copytree(clinic / "undisturbed", run)
    with Journal.open(run) as journal:
        journal.set_meta("docgen", "0.0.9")
    result = batch_here(clinic, "--resume", run.name)
    assert result.returncode == 1
    told = result.stderr.decode()
    assert "error[version-changed]: docgen 0.0.9 began this run, and this is docgen" in told
