"""On which days a code may be used, as code tables say. All codes and titles are made up."""

import json
from datetime import date
from pathlib import Path

import pytest

from docgen.diagnostics import Findings, Span
from docgen.records import (
    CodeDays,
    OrganizationRecords,
    RecordLibrary,
    check_code_days,
    record_json,
)
from tests.translated import read_in

PLACE = Span("data/tables/hcpcs.tsv", 9, 1)
DAYS = CodeDays(date(2026, 4, 1), date(2026, 9, 30), PLACE)
RECORD = """\
code: A0010
code_system: {system}
language: en
title: A record of its own
name: a ride
summary: It takes you there.
provenance: {{version: "1.0", authors: [Ada Sample]}}
"""


def write_table(folder: Path, *rows: str, name: str = "hcpcs", system: str = "hcpcs") -> None:
    path = folder / f"tables/{name}.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"# docgen code table 2\n# code_system: {system}\n# version: 2026-01\n"
        "# authors: Ada Sample\n# language: en\n# source: made-up.txt\n# sha256: 00\n"
        f"# rows: {len(rows)}\n" + "".join(f"{row}\n" for row in rows)
    )


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a record, and a table that says that its code ends."""
    monkeypatch.chdir(tmp_path)
    folder = Path("data")
    (folder / "records").mkdir(parents=True)
    (folder / "records/A0010.yaml").write_text(RECORD.format(system="hcpcs"))
    write_table(folder, "A0010\tRide\t\t2026-04-01\t2026-09-30")
    return folder


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (None, None),
        (date(2026, 3, 31), "not-yet-valid"),
        (date(2026, 4, 1), None),
        (date(2026, 9, 30), None),
        (date(2026, 10, 1), "ended"),
    ],
)
def test_a_code_may_be_used_from_its_first_to_its_last_day(
    day: date | None, state: str | None
) -> None:
    assert DAYS.state(day) == state
    findings = Findings()
    check_code_days("HCPCS A0010", DAYS, day, findings)
    rules = {"ended": "ended-code", "not-yet-valid": "code-not-yet-valid", None: None}
    assert [one.rule for one in findings.diagnostics] == [rules[state]] * bool(state)


def told(day: date, **how: object) -> str:
    findings = Findings()
    check_code_days("HCPCS A0010", DAYS, day, findings, **how)  # type: ignore[arg-type]
    (one,) = findings.diagnostics
    return str(one).partition("\n")[0]


def test_the_table_is_the_place_unless_a_row_asks_for_the_code() -> None:
    day, row = date(2026, 10, 1), Span("day.csv", 3, 1)
    assert told(day) == (
        "data/tables/hcpcs.tsv:9:1: warning[ended-code]: HCPCS A0010 ended on 2026-09-30, and the "
        "sheet is made on 2026-10-01"
    )
    assert told(day, refused=True, row=row) == (
        "day.csv:3:1: error[ended-code]: HCPCS A0010 ended on 2026-09-30 (hcpcs.tsv:9:1), and the "
        "sheet is made on 2026-10-01"
    )


def test_the_day_of_a_visit_is_not_repeated() -> None:
    row = Span("day.csv", 3, 1)
    assert told(date(2026, 10, 1), row=row, is_visit=True) == (
        "day.csv:3:1: warning[ended-code]: HCPCS A0010 ended on 2026-09-30 (hcpcs.tsv:9:1), before "
        "the day of the visit"
    )
    assert told(date(2026, 3, 31), row=row, is_visit=True) == (
        "day.csv:3:1: warning[code-not-yet-valid]: HCPCS A0010 begins on 2026-04-01 "
        "(hcpcs.tsv:9:1), after the day of the visit"
    )


def days_of(library: RecordLibrary) -> CodeDays | None:
    return library.find("A0010", "hcpcs").code_days


def test_a_record_beside_a_table_knows_what_the_table_says(data: Path) -> None:
    record = RecordLibrary([data]).find("A0010")
    assert str(record.title) == "A record of its own"
    assert record.code_days == DAYS


def test_so_does_its_translation_and_an_adapted_one(data: Path, tmp_path: Path) -> None:
    translation = (
        "translation_of: A0010\nlanguage: es\ntitle: Un registro\nname: un viaje\n"
        "summary: Lo lleva.\n"
    )
    source = (data / "records/A0010.yaml").read_text()
    (data / "records/A0010.es.yaml").write_text(read_in(source, translation))
    findings = Findings()
    spanish = RecordLibrary([data]).find("A0010").in_language("es", findings)
    assert (str(spanish.title), spanish.code_days) == ("Un registro", DAYS)
    records = tmp_path / "org/records"
    records.mkdir(parents=True)
    (records / "A0010.yaml").write_text(
        "extends: A0010\ncode_system: hcpcs\nchange:\n  name: a ride to us\n"
    )
    library = RecordLibrary([data], [OrganizationRecords(tmp_path / "org", "Clinic", "en")])
    record = library.find("A0010")
    assert (str(record.name), record.code_days) == ("a ride to us", DAYS)
    assert not findings


def test_a_table_of_another_system_says_nothing_of_it(data: Path) -> None:
    (data / "records/local-A0010.yaml").write_text(RECORD.format(system="local"))
    assert RecordLibrary([data]).find("A0010", "local").code_days is None


def test_the_table_of_an_earlier_folder_counts(data: Path, tmp_path: Path) -> None:
    write_table(tmp_path / "own", "A0010\tRide\t\t\t")
    assert days_of(RecordLibrary([tmp_path / "own", data])) is None
    assert days_of(RecordLibrary([data, tmp_path / "own"])) == DAYS


def test_of_two_tables_in_a_folder_the_shorter_time_counts(data: Path) -> None:
    write_table(data, "A0010\tRide\t\t2026-02-01\t2026-06-30", name="other")
    days = days_of(RecordLibrary([data]))
    assert days
    assert (days.begins, days.ends) == (date(2026, 4, 1), date(2026, 6, 30))
    assert days.span.path == "data/tables/other.tsv"


def test_the_json_of_a_record_has_its_days(data: Path) -> None:
    said = json.loads(record_json(RecordLibrary([data]).find("A0010")))
    assert said["code_days"] == {"begins": "2026-04-01", "ends": "2026-09-30"}
    write_table(data, "A0010\tRide\t\t\t2026-09-30")
    said = json.loads(record_json(RecordLibrary([data]).find("A0010")))
    assert said["code_days"] == {"ends": "2026-09-30"}
    write_table(data, "A0010\tRide\t\t\t")
    assert "code_days" not in json.loads(record_json(RecordLibrary([data]).find("A0010")))
