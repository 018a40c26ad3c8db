"""Runs that were damaged, or lead elsewhere by links: refused in a sentence, or made whole."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.batch.journal.journal import JOURNAL
from tests.commands import invoke_docgen
from tests.fire.flips import flipped
from tests.fire.kills import outcome
from tests.runs import batch, visits, write_worklist

FLIPS = 200
COMMANDS = (
    ("batch", "status", "run"),
    ("print", "run", "--status"),
    ("batch", "reprint", "run", "--rows", "2-3"),
    ("batch", "assemble", "run"),
    ("batch", "--resume", "run"),
)


def test_a_bit_that_flipped_is_told_or_does_no_harm(tmp_path: Path) -> None:
    counts = flipped(FLIPS, tmp_path)
    assert counts.wrong == []
    assert counts.refused > FLIPS / 3
    assert counts.harmless


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    write_worklist(folder / "day.csv", visits(2))
    (folder / "docgen.yaml").write_text("samples: yes\n", "utf-8")
    done = batch(folder, "day.csv", "--workers", "1", "--print-file", "--quiet", "-o", "run")
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "day")
    return tmp_path / "day"


def moved(folder: Path, name: str) -> Path:
    """Moves a part of the run elsewhere, and puts a link in its place."""
    elsewhere = folder / "elsewhere"
    (folder / "run" / name).rename(elsewhere)
    (folder / "run" / name).symlink_to(elsewhere)
    return elsewhere


def hard_linked(folder: Path, name: str) -> Path:
    elsewhere = folder / "elsewhere"
    os.link(folder / "run" / name, elsewhere)
    return elsewhere


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("documents", moved),
        ("documents/0000", moved),
        ("print", moved),
        ("lock", moved),
        (JOURNAL, moved),
        (JOURNAL, hard_linked),
    ],
)
def test_a_part_that_stands_elsewhere_is_refused(
    folder: Path, name: str, link: Callable[[Path, str], Path]
) -> None:
    if name.startswith("documents/"):
        name = f"documents/{next((folder / 'run/documents').iterdir()).name}"
    elsewhere = link(folder, name)
    before = _contents(elsewhere)
    for command in COMMANDS:
        done = invoke_docgen(*command, cwd=folder)
        assert done.returncode == 1
        assert f"run/{name}: error[linked-elsewhere]: ".encode() in done.stderr
    assert _contents(elsewhere) == before


@pytest.mark.parametrize("name", ["documents", "lock", f"{JOURNAL}-wal"])
def test_a_new_run_writes_through_no_link(folder: Path, name: str) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    (folder / "new").mkdir()
    (folder / "new" / name).symlink_to(elsewhere if name == "documents" else elsewhere / "file")
    done = invoke_docgen("batch", "day.csv", "--workers", "1", "-o", "new", cwd=folder)
    assert done.returncode == 1
    assert f"new/{name}: error[linked-elsewhere]: ".encode() in done.stderr
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("kind", ["other", "same", "nowhere", "pipe", "folder"])
def test_a_document_that_is_none_is_made_again_in_its_place(folder: Path, kind: str) -> None:
    run = folder / "run"
    before = outcome(run)
    document = next(run.glob("documents/*/*.pdf"))
    elsewhere = folder / "elsewhere.pdf"
    shutil.copy(document, elsewhere)
    if kind == "other":
        elsewhere.write_bytes(b"mine")
    document.unlink()
    if kind == "pipe":
        os.mkfifo(document)
    elif kind == "folder":
        document.mkdir()
    else:
        document.symlink_to(folder / "none" if kind == "nowhere" else elsewhere)
    kept = elsewhere.read_bytes()
    done = batch(folder, "--resume", "run", "--workers", "1")
    assert elsewhere.read_bytes() == kept
    if kind == "folder":
        assert b"error[output-" in done.stderr
        return
    assert done.returncode == 0, done.stderr.decode()
    assert not document.is_symlink()
    assert outcome(run) == before


def test_a_run_that_is_linked_as_a_whole_is_gone_on_with(folder: Path) -> None:
    (folder / "link").symlink_to("run")
    before = outcome(folder / "run")
    done = batch(folder, "--resume", "link", "--workers", "1", "--quiet")
    assert done.returncode == 0, done.stderr.decode()
    assert outcome(folder / "run") == before


def _contents(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else sorted(path.rglob("*"))
    return {str(one): one.read_bytes() for one in files if one.is_file()}
