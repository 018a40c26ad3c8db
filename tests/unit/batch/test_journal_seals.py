"""The seals of a journal: whatever is other than it was written is found as it is opened."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from docgen.batch.journal.jobs import Destination, JobBook, PlannedJob
from docgen.batch.journal.journal import (
    JOURNAL,
    Journal,
    KitFacts,
    KitKey,
    PlannedDocument,
)
from docgen.batch.journal.tables import SCHEMA_VERSION
from docgen.batch.plan.ordering import RowNumbers
from docgen.batch.plan.tasks import MadeSheet
from docgen.diagnostics import DocgenError
from docgen.printers import JobId, JobOptions, PrinterName

KEY = KitKey("cpt", "77299", "patient-handout", "en-US", False, True)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A journal in which every table has rows that were added and changed."""
    with Journal.create(tmp_path, {"run": "0123abcd", "organization": ""}) as journal:
        kit = journal.add_kit(KEY, KitFacts("ab" * 32, "patients", "3", "0123456789ab"), 1)
        for row in (1, 2, 3):
            document = PlannedDocument(1, kit, "cpt:77299", f"0001/{row}.pdf")
            journal.plan(row, b"digest", RowNumbers(clinic=1), 2, [document])
        journal.made(1, [(1, MadeSheet("0001/1.pdf", 3, 4711, "cd" * 32))])
        journal.rejected(2, "too-slow", "it took longer than 60 seconds")
        journal.made(3, [(1, MadeSheet("0001/3.pdf", 3, 4711, "cd" * 32))])
        journal.lost(3)
        journal.set_meta("left-out", "0")
        journal.set_meta("left-out", "1")
        journal.commit()
        journal.connection.execute(
            "INSERT INTO print_files VALUES (1, 'print/a.pdf', 'patients', 1, 2, 3, 4, 'ef')"
        )
        book = JobBook(journal)
        to = Destination("localhost:631", PrinterName("desk", "ipp://localhost/printers/desk"))
        (job,) = book.plan([PlannedJob("a.pdf", "ef", to, JobOptions(), 0)])
        book.announced(job, JobId(7, "urn:uuid:7"))
        book.is_now(job, "done")
    return tmp_path


def change(run: Path, statement: str) -> None:
    """Changes the file past the triggers, which need a function that only docgen has."""
    with closing(sqlite3.connect(run / JOURNAL, isolation_level=None)) as journal:
        kept = journal.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        triggers = kept.fetchall()
        for name, _ in triggers:
            journal.execute(f"DROP TRIGGER {name}")
        journal.execute(statement)
        for _, sql in triggers:
            journal.execute(sql)


def is_refused(run: Path, rule: str = "journal-damaged") -> bool:
    refused = []
    for read_only in (True, False):
        try:
            Journal.open(run, read_only=read_only).close()
        except DocgenError as error:
            refused.append([one.rule for one in error.diagnostics])
    assert refused in ([], [[rule]] * 2)
    return bool(refused)


def test_what_was_written_is_read(run: Path) -> None:
    assert not is_refused(run)
    change(run, "SELECT 1")
    assert not is_refused(run)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rows SET copies = 3 WHERE row = 1",
        "UPDATE rows SET copies = '2x' WHERE row = 1",
        "UPDATE rows SET state = 'planned' WHERE row = 1",
        "UPDATE rows SET clinic = NULL WHERE row = 1",
        "UPDATE rows SET row = 9 WHERE row = 1",
        "UPDATE rows SET digest = 'digest' WHERE row = 1",
        "DELETE FROM rows WHERE row = 1",
        "INSERT INTO rows SELECT 9, digest, state, rule, reason, clinic, provider, time, copies"
        " FROM rows WHERE row = 1",
        "UPDATE documents SET file = '0001/9.pdf' WHERE row = 1",
        "UPDATE documents SET sha256 = NULL WHERE row = 1",
        "DELETE FROM documents WHERE row = 1",
        "UPDATE kits SET audience = 'clinicians'",
        "UPDATE meta SET value = 'x' WHERE name = 'organization'",
        "UPDATE meta SET name = 'left-ouu' WHERE name = 'left-out'",
        "DELETE FROM meta WHERE name = 'left-out'",
        "UPDATE print_files SET pages = 4",
        "DELETE FROM print_files",
        "UPDATE jobs SET state = 'failed'",
        "DELETE FROM jobs",
        "UPDATE seals SET seal = seal + 1 WHERE name = 'jobs'",
        "UPDATE seals SET rows = rows + 1 WHERE name = 'jobs'",
        "DELETE FROM seals WHERE name = 'jobs'",
        "ALTER TABLE rows RENAME COLUMN copies TO copiez",
        "CREATE INDEX other ON rows (state)",
        "CREATE TRIGGER other AFTER INSERT ON rows BEGIN DELETE FROM rows; END",
    ],
)
def test_what_is_otherwise_is_refused(run: Path, statement: str) -> None:
    change(run, statement)
    assert is_refused(run)


@pytest.mark.parametrize("missing", ["TRIGGER rows_added", "TABLE jobs"])
def test_what_is_missing_is_found(run: Path, missing: str) -> None:
    """Without a trigger, a later change would not be sealed."""
    with closing(sqlite3.connect(run / JOURNAL, isolation_level=None)) as journal:
        journal.execute(f"DROP {missing}")
    assert is_refused(run)


def test_an_index_that_leads_astray_is_found(run: Path) -> None:
    """The names of print files are read from it, and files of those names removed."""
    with closing(sqlite3.connect(run / JOURNAL, isolation_level=None)) as journal:
        journal.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = (run / JOURNAL).read_bytes()
    name = b"print/a.pdf"
    assert data.count(name) == 2, "once in the table, once in its index"
    for at in (data.index(name), data.rindex(name)):
        (run / JOURNAL).write_bytes(data[:at] + b"print/b.pdf" + data[at + len(name) :])
        assert is_refused(run)


@pytest.mark.parametrize("version", [1, 2, SCHEMA_VERSION + 1])
def test_other_formats_are_refused_by_name(run: Path, version: int) -> None:
    with closing(sqlite3.connect(run / JOURNAL)) as journal:
        journal.execute(f"PRAGMA user_version = {version}")
    assert is_refused(run, "journal-version")


def test_what_was_rolled_back_is_not_sealed(run: Path) -> None:
    with Journal.open(run) as journal:
        journal.connection.execute("BEGIN")
        journal.connection.execute("DELETE FROM documents")
        journal.connection.execute("ROLLBACK")
    assert not is_refused(run)


def test_a_journal_is_read_while_another_writes(run: Path) -> None:
    with Journal.open(run) as journal:
        journal.connection.execute("BEGIN IMMEDIATE")
        journal.connection.execute("UPDATE rows SET copies = 7")
        with Journal.open(run, read_only=True) as seen:
            assert seen.state(1) == "made"
        journal.connection.execute("COMMIT")
    assert not is_refused(run)


@pytest.mark.parametrize("at_once", [False, True])
def test_what_is_made_again_is_sealed_as_it_is_now(run: Path, *, at_once: bool) -> None:
    """Whether its plan was written before it was settled, or with it."""
    with Journal.open(run) as journal:
        for row in (2, 3):
            document = PlannedDocument(1, 1, "cpt:77299", f"0001/{row}.pdf")
            journal.plan(row, b"digest", RowNumbers(clinic=1), 2, [document])
        if not at_once:
            journal.commit()
            assert (journal.state(2), journal.state(3)) == ("rejected", "again")
        journal.made(3, [(1, MadeSheet("0001/3.pdf", 5, 4712, "ef" * 32))])
    with Journal.open(run) as journal:
        assert (journal.state(2), journal.state(3)) == ("rejected", "made")
        assert journal.reason(2) == "it took longer than 60 seconds"
        assert [one.sha256 for one in journal.documents(3)] == ["ef" * 32]
        assert [one.sha256 for one in journal.documents(2)] == [None]
    assert not is_refused(run)
