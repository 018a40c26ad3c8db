"""``docgen batch`` as its users type it."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest

from docgen.batch.journal.journal import Journal
from tests.pdf_text import page_texts
from tests.runs import (
    all_bytes,
    assert_adds_up,
    batch,
    batch_here,
    contents,
    manifest,
    rejected,
    summary,
    visit,
    visits,
    write_worklist,
)
from tests.sample_records import but_for_reviews

SAMPLE = ("--organization", "sample")
QUIET = ("--workers", "1", "--quiet")


class Day(NamedTuple):
    """A clinic's day, made once for many tests: they only look at it."""

    folder: Path
    run: Path
    result: "subprocess.CompletedProcess[bytes]"


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Three visits, and one whose code nobody knows, with print files."""
    folder = tmp_path_factory.mktemp("day")
    write_worklist(folder / "day.csv", [*visits(3), visit(3, codes="00000")])
    result = batch(folder, "day.csv", *SAMPLE, "--workers", "1", "--print-file")
    return Day(folder, folder / "output/run-0001", result)


def test_a_day_in_one_run(day: Day) -> None:
    assert day.result.returncode == 3
    assert day.result.stdout.decode().splitlines() == [
        "output/run-0001",
        "output/run-0001/print/patients.pdf",
        "output/run-0001/print/clinicians.pdf",
    ]
    told = day.result.stderr.decode()
    assert "day.csv:5:" in told
    assert "error[unknown-code]: there is no record of this code" in told
    assert "4 rows in = 3 packets done + 1 rejected\n6 documents, " in told
    assert_adds_up(day.run)
    first = manifest(day.run)[0]
    assert (first["row"], first["sequence"], first["code"]) == (2, 1, "77299")
    assert first["codes"] == "cpt:77299"
    assert first["file"] == "000/000002-1-cpt-77299-patient-handout.pdf"


def test_each_packet_is_its_patients(day: Day) -> None:
    for line in manifest(day.run):
        if line["state"] != "done" or line["audience"] != "patients":
            continue
        text = page_texts((day.run / "documents" / line["file"]).read_bytes())[0]
        own = f"Sample Patient{line['row'] - 2}"
        assert own in text
        assert text.count("Sample Patient") == 1


def test_nothing_of_a_patient_is_told(day: Day) -> None:
    """Neither in messages, nor in the journal and its log, nor in books or names of files."""
    told = {"stdout": day.result.stdout, "stderr": day.result.stderr}
    told |= {str(path): data for path, data in all_bytes(day.run)}
    assert any(name.endswith("journal.sqlite") for name in told)
    for where, data in told.items():
        for value in (b"Patient0", b"Patient3", b"MRN0000", b"1910-02-03", b"02/03/1910"):
            assert value not in data, where
    names = "\n".join(str(path) for path in day.run.rglob("*"))
    assert "Patient" not in names
    assert "MRN" not in names


def test_rejected_rows_can_be_corrected_and_run(tmp_path: Path, day: Day) -> None:
    assert [row["patient_id"] for row in rejected(day.run)] == ["MRN00003"]
    text = (day.run / "rejected.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfpatient_name,")
    assert text.splitlines()[0].endswith(b",clinic,docgen_reason")
    (tmp_path / "corrected.csv").write_bytes(text.replace(b",00000,", b",93306,"))
    result = batch(tmp_path, "corrected.csv", *SAMPLE, *QUIET, "-o", "second")
    assert result.returncode == 0, result.stderr.decode()
    assert summary(tmp_path / "second")["packets"] == 1
    # Fed back as it is, it is rejected again, and its reason stands there once, with its place.
    batch(tmp_path, str(day.run / "rejected.csv"), *SAMPLE, *QUIET, "-o", "third")
    assert text.count(b"day.csv:5:75: there is no record of this code") == 1
    expected = text.replace(b"day.csv:5:75: ", b"rejected.csv:2:75: ")
    assert (tmp_path / "third/rejected.csv").read_bytes() == expected


def test_rejected_lines_of_json_come_back_as_a_table(tmp_path: Path) -> None:
    lines = [
        {"patient_name": "Sample One", "codes": ["00000"], "clinic": "North"},
        {"patient_name": "Sample Two", "codes": "77299"},
    ]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (tmp_path / "day.jsonl").write_text(text, "utf-8")
    assert batch(tmp_path, "day.jsonl", *SAMPLE, *QUIET, "-o", "run").returncode == 3
    assert_adds_up(tmp_path / "run")
    table = (tmp_path / "run/rejected.csv").read_bytes().replace(b"00000", b"45378")
    (tmp_path / "again.csv").write_bytes(table)
    assert batch(tmp_path, "again.csv", *SAMPLE, *QUIET, "-o", "again").returncode == 0


def test_no_rejected_row_leaves_headings_alone(tmp_path: Path) -> None:
    write_worklist(tmp_path / "day.csv", visits(1))
    result = batch(tmp_path, "day.csv", *SAMPLE, *QUIET, "-o", "run")
    assert (result.returncode, but_for_reviews(result.stderr)) == (0, "")
    assert len((tmp_path / "run/rejected.csv").read_bytes().splitlines()) == 1


def test_a_worklist_comes_from_standard_input(tmp_path: Path, day: Day) -> None:
    worklist = (day.folder / "day.csv").read_bytes()
    result = batch(tmp_path, "-", *SAMPLE, *QUIET, "-o", "run", stdin=worklist)
    assert result.returncode == 3
    made = contents(tmp_path / "run")
    assert documents_of(made) == documents_of(contents(day.run))
    (row,) = rejected(tmp_path / "run")
    assert row["docgen_reason"].startswith("worklist:5:75: there is no record of this code")
    assert (tmp_path / "run/worklist").read_bytes() == worklist
    next((tmp_path / "run").glob("documents/*/*.pdf")).unlink()
    assert batch(tmp_path, "--resume", "run", "--quiet").returncode == 3
    assert contents(tmp_path / "run") == made


def documents_of(contents: dict[str, str]) -> dict[str, str]:
    return {path: digest for path, digest in contents.items() if path.endswith(".pdf")}


def test_a_library_without_patients(tmp_path: Path) -> None:
    codes = b"# for the cupboard\n77299\ncpt:45378  # colonoscopy\n\n00000\n"
    (tmp_path / "codes.txt").write_bytes(codes)
    result = batch(tmp_path, "--codes-from", "codes.txt", *SAMPLE, *QUIET, "-o", "run")
    assert result.returncode == 3
    assert "codes.txt:5:1: error[unknown-code]" in result.stderr.decode()
    run = tmp_path / "run"
    assert_adds_up(run)
    assert [line["row"] for line in manifest(run)] == [2, 2, 3, 3, 5]
    assert rejected(run)[0]["code"] == "00000"
    from_stdin = batch(tmp_path, "--codes-from", "-", *SAMPLE, *QUIET, "-o", "b", stdin=codes)
    assert from_stdin.returncode == 3
    assert contents(tmp_path / "b").items() >= {
        (name, digest) for name, digest in contents(run).items() if name.endswith(".pdf")
    }


def test_all_codes(tmp_path: Path) -> None:
    result = batch(tmp_path, "--all-codes", *SAMPLE, *QUIET, "-o", "run", "--format", "json")
    numbers = json.loads(result.stdout)
    assert result.returncode == 0
    assert numbers["folder"] == "run"
    assert numbers["packets"] == numbers["rows"] == 14
    assert_adds_up(tmp_path / "run")


def test_rows_are_printed_once_more(tmp_path: Path, day: Day) -> None:
    run = tmp_path / "run"
    shutil.copytree(day.run, run)
    (run / "documents" / manifest(run)[2]["file"]).unlink()
    result = batch(day.folder, "reprint", str(run), "--rows", "2-3")
    assert result.returncode == 0, result.stderr.decode()
    paths = [Path(line) for line in result.stdout.decode().splitlines()]
    assert [path.name for path in paths] == [
        "reprint-2-3-patients.pdf",
        "reprint-2-3-clinicians.pdf",
    ]
    assert contents(run) == contents(day.run)
    with pikepdf.open(paths[1]) as pdf, pdf.open_outline() as outline:
        assert len(outline.root) == 2
    assert b"done" in batch(day.folder, "status", str(run)).stdout


def test_a_row_is_named_whose_record_is_at_fault(tmp_path: Path) -> None:
    """What is wrong with a record is told once, and then which rows have no packet of it."""
    write_worklist(tmp_path / "day.csv", visits(2, codes="G0121", language="es"))
    result = batch(tmp_path, "day.csv", *SAMPLE, *QUIET)
    told = result.stderr.decode()
    assert told.count("error[missing-translation]: this record has no Spanish (es)") == 1
    for line in (2, 3):
        assert f"day.csv:{line}:1: error[row-rejected]: this row has no packet: see " in told
    assert "G0121.yaml:4:11" in told
    (run,) = (tmp_path / "output").iterdir()
    reasons = [row["docgen_reason"] for row in rejected(run)]
    for line, reason in zip((2, 3), reasons, strict=True):
        assert reason.startswith(f"day.csv:{line}:1: G0121.yaml:4:11: this record has no Spanish")
    assert not any("this row" in reason for reason in reasons)


def test_a_worklist_without_rows_is_told(tmp_path: Path) -> None:
    write_worklist(tmp_path / "day.csv", [])
    result = batch(tmp_path, "day.csv", *SAMPLE, "--workers", "1")
    assert result.returncode == 0
    told = result.stderr.decode()
    assert "0 rows in = 0 packets done + 0 rejected" in told
    assert "nothing was made: the worklist has no rows" in told


@pytest.fixture(scope="module")
def one_sided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run whose print files are for one side, with slip sheets."""
    folder = tmp_path_factory.mktemp("one-sided")
    write_worklist(folder / "day.csv", visits(1))
    asked = ("--print-file", "--single-sided", "--slip-sheets")
    assert batch(folder, "day.csv", *SAMPLE, *QUIET, *asked, "-o", "run").returncode == 0
    return folder / "run"


@pytest.mark.parametrize(("asked", "is_like"), [((), True), (("--double-sided",), False)])
def test_a_reprint_is_made_as_the_print_files_are(
    one_sided: Path, asked: tuple[str, ...], is_like: bool
) -> None:
    rows = ("reprint", "run", "--rows", "2", "--format", "json")
    result = batch(one_sided.parent, *rows, *asked)
    assert result.returncode == 0, result.stderr.decode()
    made = json.loads(result.stdout)["print_files"]
    assert [Path(path).name for path in made][:1] == ["reprint-2-patients.pdf"]
    again = page_texts((one_sided.parent / made[0]).read_bytes())
    first = page_texts((one_sided / "print/patients.pdf").read_bytes())
    assert (again == first) is is_like
    handouts = ([text for text in texts[1:] if text.strip()] for texts in (again, first))
    assert next(handouts) == next(handouts)


@pytest.mark.parametrize(
    ("rows", "code", "told"),
    [
        ("5", 1, "error[row-rejected]: row 5 has no packet: day.csv:5:75: there is no record"),
        ("900-950", 1, "error[no-such-row]"),
        ("3-2", 2, "ends before it begins"),
        ("two", 2, "is no row and no range of rows"),
    ],
)
def test_rows_that_cannot_be_printed_again(day: Day, rows: str, code: int, told: str) -> None:
    result = batch_here(day.folder, "reprint", str(day.run), "--rows", rows)
    assert result.returncode == code
    assert told in result.stderr.decode()


def test_rejected_rows_are_told_and_the_rest_of_a_range_is_printed(day: Day) -> None:
    result = batch(day.folder, "reprint", str(day.run), "--rows", "4-5", "--quiet")
    assert result.returncode == 3
    assert b"error[row-rejected]: row 5 has no packet: " in result.stderr
    assert len(result.stdout.splitlines()) == 2


def test_what_is_made_can_be_printed_when_all_else_is_gone(tmp_path: Path) -> None:
    """A jam in the evening: the worklist was deleted, and docgen upgraded, in the afternoon."""
    worklist = write_worklist(tmp_path / "day.csv", visits(2))
    assert batch(tmp_path, "day.csv", *SAMPLE, *QUIET, "--print-file", "-o", "run").returncode == 0
    first = (tmp_path / "run/print/patients.pdf").read_bytes()
    with Journal.open(tmp_path / "run") as journal:
        journal.set_meta("docgen", "0.0.1")
    worklist.unlink()
    for command in (("reprint", "run", "--rows", "2-3"), ("assemble", "run")):
        result = batch_here(tmp_path, *command)
        assert result.returncode == 0, result.stderr.decode()
    assert (tmp_path / "run/print/reprint-2-3-patients.pdf").read_bytes() == first
    assert (tmp_path / "run/print/patients.pdf").read_bytes() == first
    (tmp_path / "run/documents" / manifest(tmp_path / "run")[0]["file"]).unlink()
    result = batch_here(tmp_path, "reprint", "run", "--rows", "2")
    assert result.returncode == 1
    assert b"error[version-changed]" in result.stderr


def test_machines_get_objects_alone(tmp_path: Path) -> None:
    write_worklist(tmp_path / "day.csv", [*visits(1), *visits(30, codes="00000")])
    result = batch(tmp_path, "day.csv", *SAMPLE, "--workers", "1", "--format", "json", "-o", "run")
    assert result.returncode == 3
    assert json.loads(result.stdout)["rejected"] == 30
    told = [json.loads(line) for line in result.stderr.splitlines()]
    lines = [one["line"] for one in told if one["rule"] != "not-reviewed"]
    assert lines == list(range(3, 23))


def test_the_status_for_machines(day: Day) -> None:
    status = json.loads(batch_here(day.folder, "status", str(day.run), "--format", "json").stdout)
    assert status["condition"] == "done"
    assert (status["packets"], status["rejected"], status["under_way"]) == (3, 1, 0)
    assert status["resume"] is None


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("day.csv", "--all-codes"), "name one of these"),
        (("--organization", "sample"), "name one of these"),
        (("day.csv", "--sort", "clinic"), "need --print-file"),
        (("day.csv", "--print-file", "--sort", "name"), "'name' is none of clinic"),
        (("day.csv", "--print-file", "--split", "0"), "neither 'clinic' nor a number"),
        (("--resume", "run", "--organization", "sample"), "--organization cannot be given"),
        (("--resume", "run", "-o", "other"), "--output cannot be given with --resume"),
        (("day.csv", "--workers", "0"), "0 is not in the range"),
        (("day.csv", "--limit", "0"), "0.0 is not in the range"),
    ],
)
def test_what_is_not_understood(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    result = batch_here(tmp_path, *arguments)
    assert result.returncode == 2
    assert told in result.stderr.decode()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        (("missing.csv",), "missing-file"),
        (("day.csv", "--organization", "nobody"), "missing-organization"),
        (("--codes-from", "missing.txt"), "missing-file"),
        (("--resume", "nowhere"), "no-run"),
        (("status", "nowhere"), "no-run"),
        (("reprint", "nowhere", "--rows", "1"), "no-run"),
        (("day.csv", "-o", "full"), "output-not-empty"),
        (("day.csv", "-o", "day.csv"), "output-not-folder"),
        (("day.csv", "-o", "day.csv/run"), "output-not-folder"),
    ],
)
def test_a_run_that_cannot_begin_leaves_nothing(
    tmp_path: Path, arguments: tuple[str, ...], rule: str
) -> None:
    write_worklist(tmp_path / "day.csv", visits(1))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine", "utf-8")
    result = batch_here(tmp_path, *arguments)
    assert result.returncode == 1
    assert f"error[{rule}]" in result.stderr.decode()
    assert not (tmp_path / "output").exists() or not list((tmp_path / "output").iterdir())
    assert (tmp_path / "full" / "notes.txt").read_text("utf-8") == "mine"
