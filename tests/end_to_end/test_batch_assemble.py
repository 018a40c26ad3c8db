"""The print files of a run on the command line: made with it, and anew in another order."""

import json
import re
from pathlib import Path

import pytest

from tests.pdf_text import page_texts
from tests.runs import batch, visits, write_worklist

ORDER = "South Clinic", "North Clinic", "South Clinic"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a finished run, RUN, whose print files were made with it."""
    folder = tmp_path_factory.mktemp("project")
    lines = [dict(line, clinic=clinic) for line, clinic in zip(visits(3), ORDER, strict=True)]
    write_worklist(folder / "day.csv", lines)
    made = batch(
        folder, "day.csv", "-o", "RUN", "--print-file", "--sort", "clinic", "--slip-sheets"
    )
    assert made.returncode == 0, made.stderr
    return folder


def slips(path: Path) -> list[str]:
    """The packets in the order of their slips."""
    texts = [text.split() for text in page_texts(path.read_bytes())]
    return [words[1] for words in texts if words[:1] == ["Packet"]]


def test_print_files_are_made_with_the_run(folder: Path) -> None:
    printed = folder / "RUN/print/patients.pdf"
    assert slips(printed) == ["3", "2", "4"]
    texts = " ".join(" ".join(page_texts(printed.read_bytes())).split())
    assert re.findall(r"Place in the pile ([0-9]+)", texts) == ["1", "2", "3"]


def test_they_are_made_anew_as_they_were(folder: Path) -> None:
    path = folder / "RUN/print/patients.pdf"
    before = path.read_bytes()
    path.unlink()

    made = batch(folder, "assemble", "RUN")

    assert made.returncode == 0, made.stderr
    assert made.stdout.decode().splitlines()[0] == "RUN/print/patients.pdf"
    assert path.read_bytes() == before


def test_they_are_made_anew_as_asked(folder: Path) -> None:
    made = batch(folder, "assemble", "RUN", "--split", "clinic", "--format", "json")

    assert made.returncode == 0, made.stderr
    files = json.loads(made.stdout)["print_files"]
    assert {path.rpartition("/")[2] for path in files if "patients" in path} == {
        "patients-clinic-01.pdf",
        "patients-clinic-02.pdf",
    }
    assert sorted(str(path.relative_to(folder)) for path in (folder / "RUN/print").iterdir()) == (
        sorted(files)
    )
    again = batch(folder, "assemble", "RUN", "--sort", "clinic", "--slip-sheets")
    assert again.returncode == 0, again.stderr


def test_a_document_that_was_changed_is_named(folder: Path) -> None:
    path = next((folder / "RUN/documents").rglob("000003-1-*.pdf"))
    before = path.read_bytes()
    path.write_bytes(before + b"%")
    try:
        made = batch(folder, "assemble", "RUN")
    finally:
        path.write_bytes(before)

    assert made.returncode == 1
    assert f"row 3: its document '{path.name}' is not what the run made" in made.stderr.decode()


@pytest.mark.parametrize("option", ["--sort=name", "--split=0", "--split=room"])
def test_what_cannot_be_meant_is_refused(folder: Path, option: str) -> None:
    made = batch(folder, "assemble", "RUN", option)

    assert made.returncode == 2
    assert "is n" in made.stderr.decode()
