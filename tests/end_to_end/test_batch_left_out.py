"""Days with visits that do not take place, and days that are not whole, as users run them."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fhir_bundles import appointment, bundle, order, patient
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
)

OPTIONS = ("--organization", "sample", "--workers", "1")
TABLE = """\
Patient Name,CPT,Appt Status,Cancel Date
Ada Example,45378,Booked,
Bea Example,45378,CANCELLED,
Cy Example,45378,Canceled by pt,
Di Example,45378,2 - Intake,
Ed Example,45378,,11/20/2026
Flo Example,45378,odd,
Gus Example,45378,No Show,
Hal Example,45378,Scheduled,11/20/2026
"""
MAP = """\
columns: {status: Appt Status, cancelled: Cancel Date}
values: {status: {Canceled by pt: cancelled, 2 - Intake: arrived}}
"""
SAID = "8 rows in = 2 packets done + 2 rejected + 4 left out (3 cancelled, 1 noshow)"


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A day of eight rows: two packets, two in doubt, four that do not take place."""
    folder = tmp_path_factory.mktemp("day")
    (folder / "day.csv").write_text(TABLE, "utf-8")
    (folder / "worklist-map.yaml").write_text(MAP, "utf-8")
    result = batch(folder, "day.csv", *OPTIONS, "-o", "run")
    assert result.returncode == 3
    assert SAID in result.stderr.decode().splitlines()
    return folder


@pytest.fixture
def meddled(day: Path) -> Iterator[Path]:
    """The day, whose worklist and map a test may change: its run knows them by their place."""
    yield day
    (day / "day.csv").write_text(TABLE, "utf-8")
    (day / "worklist-map.yaml").write_text(MAP, "utf-8")


def test_a_status_that_the_map_does_not_name_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(TABLE, "utf-8")
    result = batch_here(tmp_path, "day.csv", *OPTIONS)
    assert result.returncode == 1
    assert result.stderr.count(b"error[unread-status]") == 2
    assert not (tmp_path / "output").exists()


def test_the_books_add_up(day: Path) -> None:
    run = day / "run"
    assert_adds_up(run)
    numbers = summary(run)
    assert (numbers["rows"], numbers["packets"], numbers["rejected"]) == (8, 2, 2)
    assert numbers["left_out"] == {"cancelled": 3, "noshow": 1}
    assert numbers["incomplete"] is False
    assert numbers["rejected_by_rule"] == {"contradictory-status": 1, "unknown-status": 1}
    assert {line["row"] for line in manifest(run)} == {2, 5, 7, 9}


def test_only_who_will_come_is_printed(day: Path) -> None:
    texts = [
        " ".join(page_texts(path.read_bytes()))
        for path in sorted((day / "run/documents").rglob("*patient-handout.pdf"))
    ]
    names = [set(re.findall(r"(\w+) Example", text)) for text in texts]
    assert names == [{"Ada"}, {"Di"}]


def test_what_a_status_says_of_a_patient_stays_with_the_patient(day: Path) -> None:
    for path, data in all_bytes(day / "run"):
        for value in (b"Bea", b"Canceled by pt", b"11/20/2026"):
            assert value not in data, path


def test_the_status_of_a_run_says_what_was_left_out(day: Path) -> None:
    told = batch_here(day, "status", "run").stdout.decode()
    assert "2 packets done, 2 rejected, 0 left to make, 4 left out (3 cancelled, 1 noshow)" in told
    fields = json.loads(batch_here(day, "status", "run", "--format", "json").stdout)
    assert fields["left_out"] == {"cancelled": 3, "noshow": 1}
    assert fields["incomplete"] is False


def test_rejected_rows_are_corrected_with_their_status(day: Path) -> None:
    rows = rejected(day / "run")
    assert [row["Appt Status"] for row in rows] == ["odd", "Scheduled"]
    text = (day / "run/rejected.csv").read_text("utf-8-sig")
    corrected = text.replace(",odd,", ",Confirmed,").replace(",Scheduled,", ",,")
    (day / "corrected.csv").write_text(corrected, "utf-8")
    result = batch(day, "corrected.csv", *OPTIONS, "-o", "second")
    assert result.returncode == 0, result.stderr.decode()
    assert "2 rows in = 1 packet done + 0 rejected + 1 left out (1 cancelled)" in (
        result.stderr.decode()
    )


def test_a_run_that_goes_on_leaves_out_the_same(day: Path) -> None:
    expected = contents(day / "run")
    shutil.copytree(day / "run", day / "again")
    lost = next((day / "again/documents").rglob("*.pdf"))
    lost.unlink()
    (day / "again/summary.json").unlink()
    result = batch(day, "--resume", "again", "--workers", "1")
    assert SAID in result.stderr.decode()
    assert contents(day / "again") == expected


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Ada Example,45378,Booked", "Ada Example,45378,Cancelled", "missing: row 2"),
        ("Bea Example,45378,CANCELLED", "Bea Example,45378,Booked", "added: row 3"),
        ("Gus Example,45378,No Show", "Gus Example,45378,Cancelled", "in a row that is left out"),
    ],
)
def test_a_status_that_has_changed_since_is_told(
    meddled: Path, old: str, new: str, told: str
) -> None:
    (meddled / "day.csv").write_text(TABLE.replace(old, new), "utf-8")
    result = batch_here(meddled, "--resume", "run")
    assert result.returncode == 1
    assert b"error[worklist-changed]" in result.stderr
    assert told.encode() in result.stderr


def test_a_map_that_says_otherwise_now_is_told(meddled: Path) -> None:
    changed = MAP.replace("2 - Intake: arrived", "2 - Intake: cancelled")
    (meddled / "worklist-map.yaml").write_text(changed, "utf-8")
    result = batch_here(meddled, "--resume", "run")
    assert b"the map of the worklist's columns has changed" in result.stderr


def test_a_day_of_which_nothing_takes_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text("name,codes,Status\nAda,45378,Cancelled\n", "utf-8")
    (tmp_path / "worklist-map.yaml").write_text("columns: {status: Status}\n", "utf-8")
    result = batch(tmp_path, "day.csv", *OPTIONS)
    assert result.returncode == 0
    told = result.stderr.decode()
    assert "1 row in = 0 packets done + 0 rejected + 1 left out (1 cancelled)" in told
    assert "nothing was made: all rows of the worklist were left out" in told


def _incomplete(folder: Path, **changes: Any) -> Path:
    day = bundle(patient(), order(), appointment(), appointment("a2", status="cancelled"))
    path = folder / "day.fhir.json"
    path.write_text(json.dumps(day | {"type": "searchset", "total": 24} | changes), "utf-8")
    return path


def test_a_day_that_is_not_whole_makes_nothing(tmp_path: Path) -> None:
    _incomplete(tmp_path)
    result = batch_here(tmp_path, "day.fhir.json", *OPTIONS)
    assert result.returncode == 1
    assert b"error[fewer-than-total]: the Bundle counts 24 matches" in result.stderr
    assert b"--incomplete" in result.stderr
    assert not (tmp_path / "output").exists()


def test_a_day_that_may_be_incomplete_says_so_each_time(tmp_path: Path) -> None:
    """Also when it goes on: what a run is made of is what it began with."""
    _incomplete(tmp_path)
    options = ("day.fhir.json", "--incomplete", *OPTIONS, "-o", "run")
    told = batch(tmp_path, *options).stderr.decode()
    lost = next((tmp_path / "run/documents").rglob("*.pdf"))
    lost.unlink()
    again = batch(tmp_path, "--resume", "run", "--workers", "1", "--quiet")
    assert again.returncode == 0
    for one in (told, again.stderr.decode()):
        assert "warning[fewer-than-total]" in one
        assert "the day may be incomplete" in one
    assert "2 rows in = 1 packet done + 0 rejected + 1 left out (1 cancelled)" in told
    assert told.splitlines()[-1] == "the day may be incomplete: the worklist says so itself"
    assert lost.is_file()
    assert_adds_up(tmp_path / "run")
    assert summary(tmp_path / "run")["incomplete"] is True
    status = batch_here(tmp_path, "status", "run").stdout
    assert b"the day may be incomplete" in status


def test_whoever_allows_it_need_not_use_it(tmp_path: Path) -> None:
    _incomplete(tmp_path, total=2)
    result = batch(tmp_path, "day.fhir.json", "--incomplete", *OPTIONS, "--quiet", "-o", "run")
    assert result.returncode == 0
    assert "incomplete" not in result.stderr.decode()
    assert summary(tmp_path / "run")["incomplete"] is False


@pytest.mark.parametrize("source", [("--all-codes",), ("--codes-from", "codes.txt")])
def test_codes_are_no_day(tmp_path: Path, source: tuple[str, ...]) -> None:
    result = batch_here(tmp_path, *source, "--incomplete", *OPTIONS)
    assert result.returncode == 2
    assert b"--incomplete needs a WORKLIST" in result.stderr
