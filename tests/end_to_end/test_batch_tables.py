"""Tables as real systems and hands write them, from the file to the packets: all people made up."""

import csv
import io
from pathlib import Path

import pytest

from tests.pdf_text import page_texts
from tests.runs import assert_adds_up, batch, contents, manifest, rejected, summary

SAMPLE = ("--organization", "sample")
QUIET = ("--workers", "1", "--quiet")

TORN = """\
Name,MRN,DOB,Codes,Location
"Example,
Mina",T-1,1950-02-14,G0121,Desk 2
Otto Example,T-2,1951-02-14,G0121,"Desk 2
Floor 3"
"""
REASONS = """\
Patient Name,DOB,Appointment Date,Appointment Time,Clinic,Department,Reason,Status
Ada Example,02/14/1951,11/24/2026,9:15 AM,Endoscopy,ENDO-1,45378,Booked
Bea Example,02/30/1951,11/24/2026,9:45 AM,Endoscopy,ENDO-1,45378,Booked
"""
REASON_MAP = """\
columns:
  appointment_time: [Appointment Date, Appointment Time]
  codes: Reason
  clinic: Clinic
  status: Status
dates: {birth_date: MM/DD/YYYY, appointment_time: MM/DD/YYYY h:mm AM}
"""


def texts(run: Path) -> dict[int, str]:
    """What the handout of each row says on its first page."""
    return {
        line["row"]: page_texts((run / "documents" / line["file"]).read_bytes())[0]
        for line in manifest(run)
        if line["state"] == "done" and line["audience"] == "patients"
    }


def test_a_line_break_in_quotes_is_in_its_cell(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(TORN)
    result = batch(tmp_path, "day.csv", *SAMPLE, *QUIET, "-o", "run")
    assert result.returncode == 0, result.stderr.decode()
    run = tmp_path / "run"
    assert_adds_up(run)
    said = texts(run)
    assert list(said) == [2, 3]
    assert "Example, Mina" in said[2]
    assert "Desk 2 Floor 3" in said[3]
    assert 'Mina"' not in "".join(said.values())


def test_its_row_has_the_number_that_it_has_in_a_spreadsheet(tmp_path: Path) -> None:
    """Also where the run goes on, and where the row is printed once more."""
    (tmp_path / "day.csv").write_text(TORN)
    assert batch(tmp_path, "day.csv", *SAMPLE, *QUIET, "-o", "run").returncode == 0
    run = tmp_path / "run"
    made = contents(run)
    for line in manifest(run):
        if line["row"] == 3:
            (run / "documents" / line["file"]).unlink()
    assert batch(tmp_path, "--resume", "run", "--quiet").returncode == 0
    assert contents(run) == made
    result = batch(tmp_path, "reprint", "run", "--rows", "3")
    printed = [Path(line) for line in result.stdout.decode().splitlines()]
    (pages,) = (
        page_texts((tmp_path / one).read_bytes()) for one in printed if "patients" in one.name
    )
    assert "Otto Example" in pages[0]
    changed = TORN.replace("Floor 3", "Floor 4")
    (tmp_path / "day.csv").write_text(changed)
    told = batch(tmp_path, "--resume", "run", "--quiet").stderr.decode()
    assert "the worklist has changed since the run began: changed: row 3" in told


@pytest.mark.parametrize("quote", ['"Desk 2', '"Desk" 2" x'])
def test_below_a_quote_that_is_never_closed_nobody_is_printed_and_nobody_lost(
    tmp_path: Path, quote: str
) -> None:
    below = [f"Sample Person{number},S-{number},1950-02-14,G0121,Desk 2" for number in range(30)]
    rows = [below[0], f"Bo Example,T-1,1950-02-14,G0121,{quote}", *below[1:]]
    (tmp_path / "day.csv").write_text("\n".join(["Name,MRN,DOB,Codes,Location", *rows]) + "\n")
    result = batch(tmp_path, "day.csv", *SAMPLE, "--workers", "1", "-o", "run")
    assert result.returncode == 3
    told = result.stderr.decode()
    assert "31 rows in = 1 packet done + 30 rejected" in told
    assert "day.csv:3:33: error[" in told
    assert "day.csv:4:1: error[after-wrong-quote]: a quote is wrong on line 3" in told
    assert "Person" not in told
    run = tmp_path / "run"
    assert_adds_up(run)
    assert list(texts(run)) == [2]
    assert [row["Name"] for row in rejected(run)] == rows[1:]
    # Fed back as they are, they stay rejected, and stay as they are.
    (tmp_path / "again.csv").write_bytes((run / "rejected.csv").read_bytes())
    assert batch(tmp_path, "again.csv", *SAMPLE, *QUIET, "-o", "again").returncode == 1
    assert [row["Name"] for row in rejected(tmp_path / "again")] == rows[1:]
    assert summary(tmp_path / "again")["packets"] == 0


def test_a_column_of_reasons_is_not_lost(tmp_path: Path) -> None:
    """Rejected rows can be fed back twice, and only then be corrected."""
    (tmp_path / "worklist-map.yaml").write_text(REASON_MAP)
    (tmp_path / "day.csv").write_text(REASONS)
    assert batch(tmp_path, "day.csv", *SAMPLE, *QUIET, "-o", "first").returncode == 3
    for last, run in (("first", "second"), ("second", "third")):
        table = (tmp_path / last / "rejected.csv").read_bytes()
        (tmp_path / f"{run}.csv").write_bytes(table)
        assert batch(tmp_path, f"{run}.csv", *SAMPLE, *QUIET, "-o", run).returncode == 1
    headings = [*REASONS.splitlines()[0].split(","), "docgen_reason"]
    for run in ("first", "second", "third"):
        (row,) = rejected(tmp_path / run)
        assert list(row) == headings
        assert list(row.values())[:-1] == REASONS.splitlines()[2].split(",")
        assert "'DOB' is no day of the calendar" in row["docgen_reason"]
        assert_adds_up(tmp_path / run)
    table = (tmp_path / "third/rejected.csv").read_bytes().replace(b"02/30", b"02/28")
    (tmp_path / "corrected.csv").write_bytes(table)
    result = batch(tmp_path, "corrected.csv", *SAMPLE, *QUIET, "-o", "made")
    assert result.returncode == 0, result.stderr.decode()
    assert "Bea Example" in texts(tmp_path / "made")[2]


def test_keys_of_later_lines_stand_in_the_rejected_rows(tmp_path: Path) -> None:
    lines = [
        '{"name": "Ada Example", "codes": "?"}',
        '{"name": "Bo", "codes": "?", "reason": "pain"}',
    ]
    (tmp_path / "day.jsonl").write_text("\n".join(lines))
    assert batch(tmp_path, "day.jsonl", *SAMPLE, *QUIET, "-o", "run").returncode == 1
    first, second = rejected(tmp_path / "run")
    assert (first["reason"], second["reason"]) == ("", "pain")
    text = (tmp_path / "run/rejected.csv").read_text("utf-8-sig")
    assert {len(row) for row in csv.reader(io.StringIO(text, newline=""))} == {14}
