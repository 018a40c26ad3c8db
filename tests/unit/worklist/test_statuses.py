"""The words in which worklists say whether a visit takes place."""

from typing import get_args

import pytest

from docgen.columns import plain_heading
from docgen.worklist.values.statuses import (
    R4_LEFT_OUT,
    TAKES_PLACE,
    WORDS,
    Status,
    cancellation,
    speaks_of_status,
    status_meant,
)

R4 = [
    "proposed",
    "pending",
    "booked",
    "arrived",
    "fulfilled",
    "cancelled",
    "noshow",
    "entered-in-error",
    "checked-in",
    "waitlist",
]
"""http://hl7.org/fhir/R4/codesystem-appointmentstatus.html"""
TABLE_0278 = {
    "Pending": True,
    "Waitlist": False,
    "Booked": True,
    "Started": True,
    "Complete": False,
    "Cancelled": False,
    "Dc": False,
    "Deleted": False,
    "Blocked": False,
    "Overbook": True,
    "Noshow": False,
}
"""Filler status codes of HL7 v2 (2.5.1, chapter 10), and whether such a visit is still to come."""


def test_the_codes_of_fhir_are_all_told_apart() -> None:
    assert sorted((*TAKES_PLACE, *R4_LEFT_OUT)) == sorted(R4)
    assert [status_meant(code) for code in R4] == R4


@pytest.mark.parametrize(("code", "takes_place"), TABLE_0278.items())
def test_the_codes_of_table_0278_are_known(code: str, takes_place: bool) -> None:
    for text in (code, code.upper(), f" {code.lower()} "):
        status = status_meant(text)
        assert status is not None
        assert (status in TAKES_PLACE) == takes_place


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Scheduled", "booked"),
        ("CONFIRMED", "booked"),
        ("Checked-In", "checked-in"),
        ("Checked Out", "fulfilled"),
        ("Canceled", "cancelled"),
        ("CANCELLED BY PATIENT", "cancelled"),
        ("No Show", "noshow"),
        ("no-show", "noshow"),
        ("Did not attend", "noshow"),
        ("Rescheduled", "rescheduled"),
        ("Left without being seen", "left-without-being-seen"),
        ("LWBS", "left-without-being-seen"),
        ("Entered in error", "entered-in-error"),
        ("Deceased", "deceased"),
        ("Cancelada", "cancelled"),
        ("Confirmado", "booked"),
        ("No asistió", "noshow"),
        ("Reprogramada", "rescheduled"),
        ("Canceled by pt", None),
        ("2 - Intake", None),
        ("Active", None),
        ("X", None),
        ("3", None),
        ("not cancelled", None),
        ("", None),
    ],
)
def test_what_ehrs_print_is_known_only_where_it_means_one_thing(
    text: str, status: str | None
) -> None:
    assert status_meant(text) == status


def test_each_word_means_one_status_and_each_status_has_words() -> None:
    words = {status: written.split(",") for status, written in WORDS.items()}
    assert set(words) == set(get_args(Status))
    plain = [plain_heading(word) for of_one in words.values() for word in of_one]
    assert len(plain) == len(set(plain))
    assert "" not in plain


@pytest.mark.parametrize(
    "text", ["11/20/2026", "2026-11-20 08:15", "Patient request", "Y", "yes", "1", "X", "Canceled"]
)
def test_whatever_stands_where_a_cancellation_would_is_one(text: str) -> None:
    assert cancellation(text) == "cancelled"


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "N", "no", "0", "false", "None", "N/A", "null", "00/00/0000",
     "0000-00-00 00:00:00", "Not cancelled", "Scheduled", "confirmed"],
)  # fmt: skip
def test_a_no_is_no_cancellation(text: str) -> None:
    assert cancellation(text) is None


def test_a_reason_may_name_another_status() -> None:
    assert cancellation("No Show") == "noshow"
    assert cancellation("Resched") == "rescheduled"


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Canceled by pt", True),
        ("Appt. confirmed by SMS", True),
        ("Pt no-show x2", True),
        ("left without being seen (ED)", True),
        ("Married", False),
        ("Blue Shield", False),
        ("TX", False),
        ("", False),
    ],
)
def test_a_status_may_be_among_other_words(text: str, speaks: bool) -> None:
    assert speaks_of_status(text) is speaks
