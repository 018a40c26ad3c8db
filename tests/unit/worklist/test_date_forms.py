"""Days and times: only what can mean one moment is read."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.worklist.values.date_forms import DateForm, NotLocalError, read_iso
from tests.worklists import entry_of, rows_of, rules_of


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("2026-11-24 09:30", datetime(2026, 11, 24, 9, 30)),
        ("2026-11-24T09:30:15", datetime(2026, 11, 24, 9, 30, 15)),
        ("2026-11-24T09:30:15.250", datetime(2026, 11, 24, 9, 30, 15)),
        ("2026-11-24T09:30-05:00", datetime(2026, 11, 24, 9, 30)),
        ("2026-11-24T09:30+0100", datetime(2026, 11, 24, 9, 30)),
        ("20261124", None),
        ("11/24/2026", None),
        ("26-11-24", None),
        ("٢٠٢٦-11-24", None),
        ("2026-11-24 9:30", None),
        ("09:30", None),
    ],
)
def test_iso_8601_is_read_with_the_clock_time_that_it_shows(text: str, moment: date | None) -> None:
    assert read_iso(text) == moment
    assert type(read_iso(text)) is type(moment)


@pytest.mark.parametrize("text", ["2026-11-24T09:30Z", "2026-11-24T09:30+00:00"])
def test_a_time_in_utc_is_not_the_clock_of_a_clinic(text: str) -> None:
    with pytest.raises(NotLocalError):
        read_iso(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-24T15:30Z", datetime(2026, 11, 24, 9, 30)),
        ("2026-07-24T14:30+00:00", datetime(2026, 7, 24, 9, 30)),
        ("2026-11-24T10:30-05:00", datetime(2026, 11, 24, 9, 30)),
        ("2026-11-25T04:00:00+12:45", datetime(2026, 11, 24, 9, 15)),
        ("2026-11-24T09:30", datetime(2026, 11, 24, 9, 30)),
    ],
)
def test_a_clock_of_the_clinic_turns_offsets_into_its_time(text: str, moment: datetime) -> None:
    """Chicago is six hours behind UTC, in summer five."""
    assert read_iso(text, ZoneInfo("America/Chicago")) == moment


def test_a_map_names_the_time_zone_of_the_clinic(tmp_path: Path) -> None:
    text = "name,codes,Appt Time\nAda,77299,2026-11-24T15:30Z\n"
    entry = entry_of(tmp_path / "day.csv", text, "time_zone: America/Chicago\n")
    assert entry.visit.appointment == datetime(2026, 11, 24, 9, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-11-24 24:00",
        "0026-01-01",
        "2026-11-24T09:30+24:00",
    ],
)
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        read_iso(text)


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        ("MM/DD/YYYY", "03/04/1950", date(1950, 3, 4)),
        ("DD.MM.YYYY", "03.04.1950", date(1950, 4, 3)),
        ("MM/DD/YYYY", "3/4/1950", None),
        ("M/D/YYYY", "3/14/1950", date(1950, 3, 14)),
        ("MM/DD/YYYY", "03/04/50", None),
        ("DD-MMM-YYYY", "04-mar-1950", date(1950, 3, 4)),
        ("MMM D, YYYY", "Mar 4, 1950", date(1950, 3, 4)),
        ("YYYYMMDD", "19500304", date(1950, 3, 4)),
        ("YYYYMMDDhhmm", "202611240930", datetime(2026, 11, 24, 9, 30)),
        ("MM/DD/YYYY hh:mm AM", "11/24/2026 01:30 PM", datetime(2026, 11, 24, 13, 30)),
        ("MM/DD/YYYY h:mm AM", "11/24/2026 1:30pm", datetime(2026, 11, 24, 13, 30)),
        ("MM/DD/YYYY hh:mm AM", "11/24/2026 12:00 a.m.", datetime(2026, 11, 24, 0, 0)),
        ("MM/DD/YYYY hh:mm AM", "11/24/2026 12:00 PM", datetime(2026, 11, 24, 12, 0)),
        ("MM/DD/YYYY HH:mm:ss", "11/24/2026 13:30:05", datetime(2026, 11, 24, 13, 30, 5)),
        ("MM/DD/YYYY hh:mm AM", "11/24/2026", None),
        ("MM.DD.YYYY", "03x04x1950", None),
    ],
)
def test_a_form_is_read_as_it_says(form: str, text: str, moment: date | None) -> None:
    assert DateForm.parse(form).read(text) == moment


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("MM/DD/YYYY", "13/04/1950"),
        ("MM/DD/YYYY", "02/30/1950"),
        ("MMM D, YYYY", "Foo 4, 1950"),
        ("MM/DD/YYYY hh:mm AM", "11/24/2026 13:30 PM"),
        ("MM/DD/YYYY hh:mm AM", "11/24/2026 00:30 AM"),
        ("MM/DD/YYYY hh:mm", "11/24/2026 09:60"),
    ],
)
def test_a_form_refuses_what_is_no_moment(form: str, text: str) -> None:
    with pytest.raises(ValueError):
        DateForm.parse(form).read(text)


@pytest.mark.parametrize(
    ("form", "hint"),
    [
        ("mm/dd/yyyy", "did you mean 'MM/DD/YYYY'?"),
        ("MM/DD/YY", "years of two digits do not say their century"),
        ("%m/%d/%Y", "write YYYY for the year"),
        ("MM/YYYY", "write YYYY for the year"),
        ("MM/MM/YYYY", "write YYYY for the year"),
        ("MM/MMM/DD/YYYY", "write YYYY for the year"),
        ("MM/DD/YYYY AM", "write YYYY for the year"),
        ("MM/DD/YYYY hh", "write YYYY for the year"),
        ("MM/DD/YYYY :mm", "write YYYY for the year"),
        ("(MM)/DD/YYYY", "write YYYY for the year"),
    ],
)
def test_what_is_no_form_is_refused(form: str, hint: str) -> None:
    with pytest.raises(ValueError, match="form") as refused:
        DateForm.parse(form)
    assert refused.value.args[1].startswith(hint)


@given(st.datetimes(datetime(1870, 1, 1), datetime(2100, 1, 1)))
def test_what_is_written_in_a_form_is_read_again(moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0)
    form = DateForm.parse("MM/DD/YYYY hh:mm AM")
    assert form.read(minute.strftime("%m/%d/%Y %I:%M %p")) == minute
    assert read_iso(minute.isoformat()) == minute
    assert read_iso(minute.date().isoformat()) == minute.date()


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        DateForm.parse(text).read(text)
        read_iso(text)
    except ValueError as refused:
        assert refused.args


def _rules(path: Path, birth: str, moment: str, column_map: str | None = None) -> list[str]:
    text = f"name,codes,DOB,Appt Time\nAda,77299,{birth},{moment}\n"
    (row,) = rows_of(path, text, column_map)
    return rules_of(row)


@pytest.mark.parametrize(
    ("birth", "moment", "rules"),
    [
        ("1950-03-31", "2026-11-24 09:30", []),
        ("2026-11-24", "2026-11-24 09:30", []),
        ("2026-11-25", "2026-11-24 09:30", ["bad-date"]),
        ("03/04/1950", "", ["bad-date"]),
        ("12/31/1950", "", ["bad-date"]),
        ("1950-02-30", "", ["bad-date"]),
        ("50-03-31", "", ["bad-date"]),
        ("1950-03-31 00:00:00", "", []),
        ("1950-03-31 07:00", "", ["bad-date"]),
        ("1750-03-31", "", ["bad-date"]),
        ("", "2026-11-24T09:30Z", ["not-local-time"]),
        ("", "tomorrow", ["bad-date"]),
    ],
)
def test_no_date_is_guessed(tmp_path: Path, birth: str, moment: str, rules: list[str]) -> None:
    assert _rules(tmp_path / "day.csv", birth, moment) == rules


def test_iso_is_read_beside_the_forms_of_a_map(tmp_path: Path) -> None:
    column_map = "dates: {birth_date: MM/DD/YYYY}\n"
    for birth in ("03/04/1950", "1950-03-04"):
        text = f"name,codes,DOB\nAda,77299,{birth}\n"
        entry = entry_of(tmp_path / "day.csv", text, column_map)
        assert entry.visit.birth_date == date(1950, 3, 4)


def test_two_forms_that_mean_different_days_leave_it_open(tmp_path: Path) -> None:
    column_map = "dates: {birth_date: [MM/DD/YYYY, DD/MM/YYYY]}\n"
    path = tmp_path / "day.csv"
    assert _rules(path, "03/04/1950", "", column_map) == ["ambiguous-date"]
    assert _rules(path, "03/31/1950", "", column_map) == []
    assert _rules(path, "03/03/1950", "", column_map) == []


def test_a_day_without_its_hour_stays_a_day(tmp_path: Path) -> None:
    text = "name,codes,Appt Time\nAda,77299,2026-11-24\n"
    appointment = entry_of(tmp_path / "day.csv", text).visit.appointment
    assert type(appointment) is date
