"""Rows whose visit does not take place are left out and counted; those in doubt are rejected."""

import csv
import io
import json
from pathlib import Path

import pytest

from docgen.worklist import Worklist, WorklistRow
from docgen.worklist.entries import Entry
from tests.worklists import opened, rows_of, rules_of

PRACTICE = """\
appt schdlng prvdr,apptdate,apptstarttime,patientid,patient firstname,patient lastname,patientdob,\
appttype,appt procedure codes,apptstatus,apptcancelleddate
GC_MODEL_P,11/24/2026,09:15 AM,1001,Ada,Example,02/14/1951,COLONOSCOPY,45378,,
GC_MODEL_P,11/24/2026,09:45 AM,1002,Bruno,Placeholder,07/30/1968,COLONOSCOPY,45378,,11/20/2026
GC_MODEL_P,11/24/2026,10:15 AM,,,,,BLOCK,,,
GC_MODEL_P,11/24/2026,10:45 AM,1003,Carmen,Muestra,11/03/1959,COLONOSCOPY,45378,Cancelled,11/21/2026
GC_MODEL_P,11/24/2026,11:15 AM,1004,Dilip,Specimen,05/21/1944,COLONOSCOPY,45378,2 - Intake,
"""
PRACTICE_MAP = """\
columns:
  patient_name: [patient firstname, patient lastname]
  patient_id: patientid
  birth_date: patientdob
  appointment_time: [apptdate, apptstarttime]
  provider: appt schdlng prvdr
  codes: appt procedure codes
  status: apptstatus
  cancelled: apptcancelleddate
dates: {birth_date: MM/DD/YYYY, appointment_time: MM/DD/YYYY hh:mm AM}
"""
OPERATING_ROOM = """\
Case Number,Case Date,Sched Start,OR,Patient,MRN,DOB,Surgeon,CPT,Procedure,Laterality
C-1,11/24/2026,0730,OR 3,"EXAMPLE, ADA Q",0012345,02/14/1951,"MODEL, PAT, MD",27447,KNEE,RIGHT
C-2,11/24/2026,0930,OR 3,"PLACEHOLDER, BRUNO",0012346,07/30/1968,"MODEL, PAT, MD",66984,EYE,LEFT
"""
OPERATING_ROOM_MAP = """\
columns: {appointment_time: [Case Date, Sched Start], location: OR, provider: Surgeon}
dates: {birth_date: MM/DD/YYYY, appointment_time: MM/DD/YYYY HHmm}
"""
MAPPED = "columns: {status: Status}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "day.csv"


def _names(worklist: Worklist | list[WorklistRow]) -> list[str]:
    entries: list[Entry] = [row.entry for row in worklist if row.entry]
    return [entry.visit.patient_name for entry in entries]


def test_who_is_cancelled_is_left_out_and_counted(path: Path) -> None:
    text = (
        "Patient Name,CPT,Status\nAda Example,45378,Booked\nBea Example,45378,CANCELLED\n"
        "Cy Example,45378,No Show\nDi Example,45378,\nBea Example,45378,CANCELLED\n"
    )
    worklist = opened(path, text, MAPPED)
    rows = list(worklist)
    assert _names(rows) == ["Ada Example", "Di Example"]
    assert [row.number for row in rows] == [2, 5]
    assert dict(worklist.left_out) == {"cancelled": 2, "noshow": 1}
    assert _names(worklist) == ["Ada Example", "Di Example"]
    assert dict(worklist.left_out) == {"cancelled": 2, "noshow": 1}


@pytest.mark.parametrize("word", ["Canceled by pt", "2 - Intake", "Active", "x", "Kancelled"])
def test_a_word_that_nobody_knows_rejects_its_row(path: Path, word: str) -> None:
    text = f"name,codes,Status\nAda,77299,Booked\nBo,77299,{word}\n"
    ada, bo = rows_of(path, text, MAPPED)
    assert ada.entry is not None
    assert (bo.entry, rules_of(bo)) == (None, ["unknown-status"])
    (told,) = bo.problems
    assert (str(told.span).rsplit("/", 1)[1], word in str(told)) == ("day.csv:3:10", False)


def test_a_map_says_what_the_words_of_an_ehr_mean(path: Path) -> None:
    column_map = MAPPED + (
        "values:\n  status: {canceled BY pt: cancelled, 2 - Intake: arrived, Completed: booked}\n"
    )
    text = "name,codes,Status\nAda,77299,2 - intake\nBo,77299,Canceled  by pt\nCy,77299,Completed\n"
    worklist = opened(path, text, column_map)
    assert _names(worklist) == ["Ada", "Cy"]
    assert dict(worklist.left_out) == {"cancelled": 1}


def test_a_row_that_is_left_out_may_say_anything_else(path: Path) -> None:
    text = "name,codes,dob,Status\n,,,Blocked\nAda,?,31/31/1950,Cancelled\n"
    worklist = opened(path, text, MAPPED)
    assert list(worklist) == []
    assert dict(worklist.left_out) == {"blocked": 1, "cancelled": 1}


def test_a_row_that_cannot_be_divided_is_rejected_whatever_it_says(path: Path) -> None:
    (row,) = rows_of(path, "name,Status,codes\nAda,Cancelled,77299,45378\n", MAPPED)
    assert rules_of(row) == ["wrong-cell-count"]


def test_an_unknown_status_is_told_with_all_else_that_is_wrong(path: Path) -> None:
    (row,) = rows_of(path, "name,codes,dob,Status\n,?,soon,odd\n", MAPPED)
    assert sorted(rules_of(row)) == ["bad-code", "bad-date", "missing-value", "unknown-status"]


def test_a_practices_report_prints_who_will_come(path: Path) -> None:
    """The first visit that was cancelled has no status, but the date of its cancellation."""
    worklist = opened(path, PRACTICE, PRACTICE_MAP)
    ada, block, dilip = worklist
    assert ada.entry is not None
    assert ada.entry.visit.patient_name == "Ada Example"
    assert rules_of(block) == ["missing-value", "missing-value"]
    assert rules_of(dilip) == ["unknown-status"]
    assert dict(worklist.left_out) == {"cancelled": 2}
    told = PRACTICE_MAP + "values: {status: {2 - Intake: arrived}}\n"
    assert _names(opened(path, PRACTICE, told)) == ["Ada Example", "Dilip Specimen"]


def test_a_list_of_operations_says_no_status(path: Path) -> None:
    worklist = opened(path, OPERATING_ROOM, OPERATING_ROOM_MAP)
    assert _names(worklist) == ["EXAMPLE, ADA Q", "PLACEHOLDER, BRUNO"]
    assert worklist.left_out == {}


def test_two_columns_that_contradict_each_other_reject_their_row(path: Path) -> None:
    text = "name,codes,Status,Cancel Date\nAda,77299,Scheduled,11/20/2026\nBo,77299,Scheduled,\n"
    column_map = "columns: {status: Status, cancelled: Cancel Date}\n"
    ada, bo = rows_of(path, text, column_map)
    assert rules_of(ada) == ["contradictory-status"]
    assert bo.entry is not None


def test_a_cancellation_does_not_settle_what_an_unknown_word_means(path: Path) -> None:
    text = "name,codes,Status,Cancel Date\nAda,77299,odd,11/20/2026\n"
    (row,) = rows_of(path, text, "columns: {status: Status, cancelled: Cancel Date}\n")
    assert rules_of(row) == ["unknown-status"]


def test_of_several_columns_each_is_read_on_its_own(path: Path) -> None:
    text = (
        "name,codes,Appt Status,Confirmation,cancel_ind,delete_ind\n"
        "Ada,77299,Scheduled,Confirmed,N,N\n"
        "Bo,77299,,,N,Y\n"
        "Cy,77299,Canceled,,N,N\n"
        "Di,77299,Completed,Canceled,N,Y\n"
    )
    column_map = (
        "columns: {status: [Appt Status, Confirmation], cancelled: [cancel_ind, delete_ind]}\n"
    )
    worklist = opened(path, text, column_map)
    assert _names(worklist) == ["Ada"]
    assert dict(worklist.left_out) == {"cancelled": 2, "fulfilled": 1}


def test_a_map_says_which_marks_are_no_cancellation(path: Path) -> None:
    column_map = (
        "columns: {cancelled: Cancel Date}\nvalues: {cancelled: {1900-01-01: no, none yet: no}}\n"
    )
    text = "name,codes,Cancel Date\nAda,77299,1900-01-01\nBo,77299,None Yet\nCy,77299,2026-11-01\n"
    assert _names(opened(path, text, column_map)) == ["Ada", "Bo"]


def test_json_lines_say_a_status_as_tables_do(path: Path) -> None:
    lines = [
        {"patient_name": "Ada", "codes": ["77299"], "Appt Status": "booked"},
        {"patient_name": "Bo", "codes": ["77299"], "appt_status": "cancelled"},
        {"patient_name": "Cy", "codes": ["77299"], "cancelled": True},
        {"patient_name": "Di", "codes": ["77299"], "cancelled": False},
        {"patient_name": "Ed", "codes": ["77299"], "Appt Status": "odd"},
    ]
    column_map = "columns: {status: Appt Status, cancelled: cancelled}\n"
    worklist = opened(path, "\n".join(map(json.dumps, lines)), column_map)
    rows = list(worklist)
    assert _names(rows) == ["Ada", "Di"]
    assert [row.number for row in rows] == [1, 4, 5]
    assert rules_of(rows[-1]) == ["unknown-status"]
    assert dict(worklist.left_out) == {"cancelled": 2}
    assert worklist.columns[-2:] == ("Appt Status", "cancelled")


def _fed_back(path: Path, worklist: Worklist, old: str = "", new: str = "") -> Worklist:
    """Its rejected rows as they are written, with a correction, by the map of the first one."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow([*worklist.columns, "docgen_reason"])
    writer.writerows([*row.cells, "why"] for row in worklist if row.entry is None)
    text = table.getvalue().replace(old, new) if old else table.getvalue()
    column_map = path.with_name("map.yaml").read_text("utf-8")
    return opened(path.with_name("rejected.csv"), text, column_map)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_rejected_rows_carry_their_status_along(path: Path, form: str) -> None:
    text = "name,codes,Status\nAda,77299,odd\nBo,?,Booked\n"
    if form == "jsonl":
        keys, *values = (line.split(",") for line in text.splitlines())
        text = "\n".join(json.dumps(dict(zip(keys, line, strict=True))) for line in values)
    worklist = opened(path, text, MAPPED)
    assert [rules_of(row) for row in _fed_back(path, worklist)] == [
        ["unknown-status"],
        ["bad-code"],
    ]
    assert _names(_fed_back(path, worklist, "odd", "Booked")) == ["Ada"]
    again = _fed_back(path, worklist, "odd", "No show")
    assert _names(again) == []
    assert dict(again.left_out) == {"noshow": 1}


@pytest.mark.parametrize("field", ["status", "cancelled"])
def test_what_was_rejected_undivided_is_not_taken_for_left_out(path: Path, field: str) -> None:
    """All its text stands in its first cell, which here is that of a cancellation."""
    text = 'Cancelled,name,codes\n"x" y,Ada,77299\n'
    worklist = opened(path, text, f"columns: {{{field}: Cancelled}}\n")
    again = _fed_back(path, worklist)
    assert [row.entry for row in again] == [None]
    assert again.left_out == {}
