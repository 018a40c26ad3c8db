"""Folders that ``--data`` and ``--layouts`` name: read, or refused with what was looked for."""

import shutil
from pathlib import Path

import pytest

from tests.commands import ROOT, invoke_docgen
from tests.indexed import code_table, record

LOOKED = (
    "error[nothing-to-read]: nothing in {folder!r} is read for --data: looked for records in "
    "records/, code tables in tables/, policies in policies/, and a glossary.yaml\n  hint: {hint}\n"
)
MOUNTED = "check the path; if it is on a share, see to it that the share is mounted"


def told(folder: Path, *arguments: str) -> str:
    run = invoke_docgen("render", "T1", *arguments, cwd=folder)
    assert (run.returncode, run.stdout) == (1, b"")
    return run.stderr.decode()


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine/T1.yaml"
    path.parent.mkdir()
    path.write_text(record("T1"))
    return tmp_path


def test_record_files_that_lie_in_the_folder_itself(mine: Path) -> None:
    hint = "if its files are records, move them into mine/records"
    assert told(mine, "--data", "mine") == LOOKED.format(folder="mine", hint=hint)
    (mine / "mine/records").mkdir()
    (mine / "mine/T1.yaml").rename(mine / "mine/records/T1.yaml")
    assert invoke_docgen("records", "show", "T1", "--data", "mine", cwd=mine).returncode == 0


@pytest.mark.parametrize(
    ("folder", "hint"),
    [
        ("mine/records", "name the folder above it: --data mine"),
        (".", "if it is a project, name its data: --data data"),
        ("empty", MOUNTED),
        ("only-empty-ones", MOUNTED),
    ],
)
def test_another_folder_than_was_meant(mine: Path, folder: str, hint: str) -> None:
    (mine / "mine/records").mkdir()
    (mine / "mine/T1.yaml").rename(mine / "mine/records/T1.yaml")
    for name in ("data", "empty", "only-empty-ones/records", "only-empty-ones/tables"):
        (mine / name).mkdir(parents=True)
    assert told(mine, "--data", folder) == LOOKED.format(folder=folder, hint=hint)


@pytest.mark.parametrize("what", ["records", "tables", "policies", "glossary.yaml"])
def test_anything_that_is_read_is_enough(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "mine"
    match what:
        case "records":
            (folder / "records/deep").mkdir(parents=True)
            (folder / "records/deep/T1.yaml").write_text(record("T1"))
        case "tables":
            code_table(folder, {"A0425": "Ride"})
        case "policies":
            shutil.copytree(ROOT / "data/policies", folder / "policies")
        case _:
            folder.mkdir()
            shutil.copy(ROOT / "docgen/readability/glossary.yaml", folder)
    run = invoke_docgen("records", "show", "77299", "--data", "mine", cwd=tmp_path)
    assert run.returncode == 0, run.stderr


def test_every_folder_is_told_at_once(mine: Path) -> None:
    (mine / "looks").mkdir()
    said = told(mine, "--data", "mine", "--data", "none", "--layouts", "looks", "--layouts", "file")
    assert said.count("error[nothing-to-read]") == 2
    assert said.count("error[missing-folder]: there is no folder") == 2
    assert "check the path that --data gives" in said
    assert "check the path that --layouts gives" in said


@pytest.mark.parametrize(
    ("folder", "hint"),
    [
        ("empty", MOUNTED),
        ("none-of-them", MOUNTED),
        (".", "if it is a project, name its layouts: --layouts layouts"),
        ("layouts/organizations", "name the folder above it: --layouts layouts"),
        (
            "layouts/organizations/own",
            "it is one organization's folder; --layouts layouts has them all",
        ),
    ],
)
def test_layouts_that_are_not_there(tmp_path: Path, folder: str, hint: str) -> None:
    own = tmp_path / "layouts/organizations/own/organization.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("name: Our Clinic\n")
    for name in ("empty", "none-of-them/themes"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "none-of-them/notes.txt").touch()
    for command in (("layouts", "list"), ("render", "77299"), ("explain", "patient-handout")):
        run = invoke_docgen(*command, "--layouts", folder, cwd=tmp_path)
        assert (run.returncode, run.stdout) == (1, b"")
        assert run.stderr.decode() == (
            f"error[nothing-to-read]: nothing in {folder!r} is read for --layouts: looked for "
            "layouts, NAME.yaml, and for files in themes/, organizations/ and locale/\n"
            f"  hint: {hint}\n"
        )
    run = invoke_docgen("organizations", "show", "own", "--layouts", "layouts", cwd=tmp_path)
    assert run.returncode == 0
