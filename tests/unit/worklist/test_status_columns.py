"""Columns and keys that seem to be a status: read as the map says, or the worklist is refused."""

import json
from pathlib import Path

import pytest

from docgen.diagnostics import Diagnostic, DocgenError, Findings
from docgen.worklist import open_worklist
from docgen.worklist.columns.fields import USUAL, USUAL_HEADINGS
from docgen.worklist.columns.status_columns import may_be_status
from tests.worklists import opened, rows_of, rules_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "day.csv"


def _table(heading: str, *values: str) -> str:
    lines = [f"Patient {number},77299,{value}" for number, value in enumerate(values)]
    return "\n".join([f"patient_name,codes,{heading}", *lines])


def _lines(key: str, *values: object) -> str:
    return "\n".join(
        json.dumps(
            {"patient_name": "Ada", "codes": "77299"} | ({} if value is None else {key: value})
        )
        for value in values
    )


def _refused(path: Path, text: str, column_map: str | None = None) -> tuple[Diagnostic, ...]:
    with pytest.raises(DocgenError) as refused:
        opened(path, text, column_map)
    return tuple(one for one in refused.value.diagnostics if one.severity == "error")


@pytest.mark.parametrize(
    ("heading", "value", "field"),
    [
        ("Status", "CANCELLED", "status"),
        ("status", "Booked", "status"),
        ("Appt Status", "Canceled", "status"),
        ("Appt Status", "2 - Intake", "status"),
        ("APPT_STATUS_C", "3", "status"),
        ("APPT_STATUS_NAME", "Left without seen", "status"),
        ("apptstatus", "x", "status"),
        ("Visit Status", "Scheduled", "status"),
        ("Appointment Status", "Bumped", "status"),
        ("SCH_STATE_MEANING", "NOSHOW", "status"),
        ("Case Status", "Posted", "status"),
        ("OR Case Status", "Scheduled", "status"),
        ("Sched Status", "Voided", "status"),
        ("Confirmation", "Left message - not confirmed", "status"),
        ("Attendance", "Did not attend", "status"),
        ("Estado", "Cancelada", "status"),
        ("Estado de la cita", "Confirmada", "status"),
        ("Situación", "Anulada", "status"),
        ("Patient Status", "Deceased", "status"),
        ("Cancelled", "Y", "cancelled"),
        ("Canceled?", "true", "cancelled"),
        ("Cancel Reason", "Patient request", "cancelled"),
        ("apptcancelleddate", "11/20/2026", "cancelled"),
        ("APPT_CANCEL_DTTM", "2026-11-20", "cancelled"),
        ("CXL_REASON", "Weather", "cancelled"),
        ("noshow_ind", "1", "cancelled"),
        ("Rescheduled To", "12/01/2026", "cancelled"),
        ("Fecha de cancelación", "20/11/2026", "cancelled"),
    ],
)
def test_a_column_like_a_status_refuses_the_whole_table(
    path: Path, heading: str, value: str, field: str
) -> None:
    """Wherever its first word stands: the last row is as good as the first."""
    (told,) = _refused(path, _table(heading, *[""] * 50, value))
    assert told.rule == "unread-status"
    assert told.span is not None
    assert (told.span.line, told.span.column) == (1, 20)
    assert told.message.startswith("column 3 (C) seems to say ")
    assert "(see line 52)" in told.message
    assert told.hint is not None
    assert f"columns: {{{field}: …}}" in told.hint
    assert "ignore_columns: […]" in told.hint


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("Status", "Active"),
        ("Status", ""),
        ("Marital Status", "Married"),
        ("State", "TX"),
        ("Insurance Status", "Verified"),
        ("Appt Status", " "),
        ("Cancelled", "N"),
        ("Cancel Date", "00/00/0000"),
        ("Notes", "Cancelled"),
        ("Laterality", "Left"),
        ("Case Number", "C-1"),
        ("Statement", "Confirmed"),
    ],
)
def test_other_columns_are_only_told_of(path: Path, heading: str, value: str) -> None:
    path.write_text(_table(heading, value), "utf-8")
    findings = Findings()
    (row,) = open_worklist(path, findings)
    assert row.entry is not None
    assert [one.rule for one in findings.diagnostics] == ["unknown-column"]


def test_all_such_columns_are_told_at_once(path: Path) -> None:
    text = "patient_name,codes,Appt Status,Cancel Date\nAda,77299,Booked,\nBo,77299,,11/20/2026\n"
    told = _refused(path, text)
    assert [one.rule for one in told] == ["unread-status", "unread-status"]
    assert ["line 2" in told[0].message, "line 3" in told[1].message] == [True, True]


def test_what_else_is_wrong_with_the_headings_is_told_as_well(path: Path) -> None:
    told = _refused(path, "Pateint Name,codes,Status\nAda,77299,Cancelled\n")
    assert [one.rule for one in told] == ["missing-column", "unread-status"]


@pytest.mark.parametrize(
    "column_map",
    [
        "ignore_columns: Status\n",
        "ignore_columns: [plan, STATUS]\n",
        "columns: {location: Status}\n",
    ],
)
def test_a_map_may_say_that_a_column_is_no_status(path: Path, column_map: str) -> None:
    (row,) = rows_of(path, _table("Status", "Cancelled"), column_map)
    assert row.entry is not None
    assert row.cells[2] == "Cancelled"


def test_a_column_that_is_ignored_is_not_told_of_and_not_read(path: Path) -> None:
    text = "patient_name,codes,DOB,Plan\nAda,77299,soon,A\n"
    path.write_text(text, "utf-8")
    column_map = path.with_name("map.yaml")
    column_map.write_text("ignore_columns: [dob, plan]\n", "utf-8")
    findings = Findings()
    (row,) = open_worklist(path, findings, column_map)
    assert row.entry is not None
    assert row.entry.visit.birth_date is None
    assert findings.diagnostics == ()


def test_a_table_without_headings_repeats_nothing_of_its_first_patient(path: Path) -> None:
    text = "Ada Example,77299,Cancelled by Ada\nBo Example,77299,Cancelled by Bo\n"
    (told,) = _refused(path, text)
    assert told.rule == "missing-headings"
    assert "Ada" not in str(told)


def test_rows_that_cannot_be_divided_say_nothing(path: Path) -> None:
    (first, second) = rows_of(path, _table("Status", "Active", "Cancelled,x"))
    assert first.entry is not None
    assert rules_of(second) == ["wrong-cell-count"]


@pytest.mark.parametrize("value", ["Cancelled", ["Booked"], {"code": {"text": "No show"}}])
@pytest.mark.parametrize("key", ["status", "Appt Status"])
def test_a_key_like_a_status_refuses_json_lines(path: Path, key: str, value: object) -> None:
    """Those who are not cancelled may lack the key; the first of them was the first line."""
    (told,) = _refused(path, _lines(key, None, None, value))
    assert told.rule == "unread-status"
    assert told.span is not None
    assert (told.span.line, told.span.column) == (3, 43)


def test_a_key_that_is_written_with_escapes_is_the_same(path: Path) -> None:
    line = '{"patient_name": "Ada", "codes": "77299", "st\\u0061tus": "cancelled"}'
    (told,) = _refused(path, line)
    assert told.message.startswith("the key at character 43 seems to say ")


def test_a_cancelled_key_that_says_no_is_told_of_only(path: Path) -> None:
    rows = rows_of(path, _lines("cancelled", False, None, False))
    assert [row.entry is not None for row in rows] == [True, True, True]
    (told,) = _refused(path, _lines("cancelled", False, True))
    assert told.hint is not None
    assert "columns: {cancelled: …}" in told.hint


def test_a_key_that_looks_like_one_within_a_text_is_none(path: Path) -> None:
    line = {"patient_name": "Ada", "codes": "77299", "note": '"status": "cancelled"'}
    (row,) = rows_of(path, json.dumps(line))
    assert row.entry is not None


@pytest.mark.parametrize("text", ['\\"' * 400_000, '"' * 400_000, '"a":' * 200_000])
def test_lines_of_quotes_take_no_longer_than_others(path: Path, text: str) -> None:
    """A search that went back at each quote would take hours."""
    good, bad = rows_of(path, _lines("x", 1) + "\n{" + text)
    assert good.entry is not None
    assert rules_of(bad) == ["bad-json"]


def test_keys_that_a_map_ignores_are_not_read(path: Path) -> None:
    lines = [
        {"patient_name": "Ada", "codes": "77299", "dob": "soon", "status": "Cancelled"},
        {"patient_name": "Bo", "codes": "77299", "clinic": "West", "Plan": "A"},
    ]
    text = "\n".join(map(json.dumps, lines))
    ada, bo = rows_of(path, text, "ignore_columns: [status, DOB, clinic, plan]\n")
    assert ada.entry is not None
    assert ada.entry.visit.birth_date is None
    assert bo.entry is not None
    assert bo.entry.clinic is None
    assert (ada.problems, bo.problems) == ((), ())
    assert "soon" in ada.cells


def test_another_key_may_stand_for_a_field_whose_own_is_ignored(path: Path) -> None:
    line = {"patient_name": "Ada", "codes": "77299", "clinic": "old", "Department": "West"}
    (row,) = rows_of(path, json.dumps(line), "ignore_columns: clinic\n")
    assert row.entry is not None
    assert row.entry.clinic == "West"


def test_no_usual_heading_seems_to_be_a_status() -> None:
    headings = [heading for headings in USUAL_HEADINGS.values() for heading in headings]
    assert [one for one in (*USUAL, *headings, "reason") if may_be_status(one, set())] == []
