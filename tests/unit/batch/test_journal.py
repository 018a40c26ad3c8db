"""The journal: what it keeps, what it refuses, and that it knows no patient."""

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.batch.journal.journal import (
    JOURNAL,
    Counts,
    Journal,
    KeptDocument,
    KitFacts,
    KitKey,
    KnownKit,
    PlannedDocument,
)
from docgen.batch.journal.tables import SCHEMA_VERSION
from docgen.batch.plan.ordering import RowNumbers
from docgen.batch.plan.tasks import MadeSheet
from docgen.diagnostics import DocgenError

KEY = KitKey("cpt", "77299", "patient-handout", "en-US", False, True)
FACTS = KitFacts("ab" * 32, "patient", "3", "0123456789ab")
FILE = "000/000002-1-cpt-77299-patient-handout.pdf"


def planned(journal: Journal, row: int) -> None:
    kit = journal.kit_id(KEY) or journal.add_kit(KEY, FACTS, row)
    documents = [PlannedDocument(1, kit, "cpt:77299", FILE)]
    journal.plan(row, journal.row_digest(("A", "B")), RowNumbers(1, 1, 3), 2, documents)


def test_a_made_row_is_found_again(tmp_path: Path) -> None:
    with Journal.create(tmp_path, {"organization": "sample"}) as journal:
        planned(journal, 2)
        journal.made(2, [(1, MadeSheet(FILE, 3, 4711, "cd" * 32))])
    with Journal.open(tmp_path) as journal:
        assert journal.meta["organization"] == "sample"
        assert journal.state(2) == "made"
        assert journal.state(3) is None
        assert journal.counts() == Counts(made=1)
        assert list(journal.made_documents()) == [KeptDocument(2, 1, FILE, 3, 4711, "cd" * 32)]
        assert journal.known_kits() == [KnownKit(KEY, FACTS.digest, 2)]


def test_a_planned_row_is_no_made_one(tmp_path: Path) -> None:
    with Journal.create(tmp_path, {}) as journal:
        planned(journal, 2)
        journal.commit()
        assert journal.counts() == Counts(planned=1)
        assert list(journal.made_documents()) == []
        assert journal.documents(2) == [KeptDocument(2, 1, FILE, None, None, None)]


def test_a_rejected_row_has_its_reason(tmp_path: Path) -> None:
    with Journal.create(tmp_path, {}) as journal:
        planned(journal, 2)
        journal.rejected(2, "too-slow", "it took longer than 60 seconds")
        journal.commit()
        found = journal.connection.execute("SELECT state, rule, reason FROM rows").fetchall()
    assert found == [("rejected", "too-slow", "it took longer than 60 seconds")]


def test_what_was_lost_keeps_its_digest_until_it_is_made_again(tmp_path: Path) -> None:
    with Journal.create(tmp_path, {}) as journal:
        planned(journal, 2)
        journal.made(2, [(1, MadeSheet(FILE, 3, 4711, "cd" * 32))])
        journal.lost(2)
        journal.commit()
        planned(journal, 2)
        journal.commit()
        assert journal.state(2) == "again"
        assert journal.documents(2)[0].sha256 == "cd" * 32


def test_every_commit_keeps_what_came_before_it(tmp_path: Path) -> None:
    """A process that dies leaves the connection as this one is left: open, with open buffers."""
    journal = Journal.create(tmp_path, {})
    for row in range(1, 1201):
        planned(journal, row)
        journal.rejected(row, "unknown-code", "no record")
    with Journal.open(tmp_path, read_only=True) as seen:
        assert seen.counts().rejected >= 1000
    journal.close()


def test_the_journal_is_private(tmp_path: Path) -> None:
    with Journal.create(tmp_path, {}) as journal:
        planned(journal, 2)
        journal.commit()
        modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {0o600}


def test_row_digests_of_two_runs_cannot_be_compared(tmp_path: Path) -> None:
    """Else a list of known names and birth dates would tell who was in the run."""
    digests = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with Journal.create(tmp_path / name, {}) as journal:
            digests.add(journal.row_digest(("A", "B")))
            digests.add(journal.row_digest(("A", "B")))
            digests.add(journal.row_digest(("AB", "")))
    assert len(digests) == 4


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but long enough" * 40])
def test_a_damaged_journal_is_refused(tmp_path: Path, damage: bytes) -> None:
    Journal.create(tmp_path, {}).close()
    (tmp_path / JOURNAL).write_bytes(damage)
    with pytest.raises(DocgenError) as caught:
        Journal.open(tmp_path)
    assert caught.value.diagnostics[0].rule == "journal-damaged"


def test_a_page_that_was_overwritten_is_found(tmp_path: Path) -> None:
    with Journal.create(tmp_path, {}) as journal:
        for row in range(1, 2001):
            planned(journal, row)
    data = bytearray((tmp_path / JOURNAL).read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = b"\xff" * 4096
    (tmp_path / JOURNAL).write_bytes(data)
    with pytest.raises(DocgenError) as caught:
        Journal.open(tmp_path)
    assert caught.value.diagnostics[0].rule == "journal-damaged"


def test_a_later_format_is_refused(tmp_path: Path) -> None:
    with Journal.create(tmp_path, {}) as journal:
        journal.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(DocgenError) as caught:
        Journal.open(tmp_path)
    assert caught.value.diagnostics[0].rule == "journal-version"


def test_a_folder_without_a_journal_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        Journal.open(tmp_path)
    assert caught.value.diagnostics[0].rule == "no-run"


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from docgen.batch.journal.tables import create

class Facts(dict):
    def items(self):
        yield "organization", "sample"
        os.kill(os.getpid(), signal.SIGKILL)

create(Path(sys.argv[1]), Facts())
"""


def test_a_journal_that_was_killed_in_the_making_leaves_nothing_that_bars_the_folder(
    tmp_path: Path,
) -> None:
    path = tmp_path / JOURNAL
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [left.suffix for left in tmp_path.iterdir()] == [".part"]
    with Journal.create(tmp_path, {"organization": "sample"}) as journal:
        assert journal.meta["organization"] == "sample"
    assert not list(tmp_path.glob("*.part"))
