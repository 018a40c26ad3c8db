"""Dates and numbers in the form of a language."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.compose.filters import printed
from docgen.compose.regional import decimal, long_date

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "March 5, 2026"),
        ("en-US", "March 5, 2026"),
        ("en-GB", "5 March 2026"),
        ("es", "5 de marzo de 2026"),
        ("es-MX", "5 de marzo de 2026"),
        ("fr", "5 mars 2026"),
        ("vi", "5 tháng 3, 2026"),
    ],
)
def test_a_date_is_spelled_as_in_its_language(language: str, expected: str) -> None:
    assert long_date(DAY, language) == expected


@given(st.dates(min_value=date(1583, 1, 1)))
def test_what_docgen_spells_by_itself_is_what_icu_says(day: date) -> None:
    assert long_date(day, "en") == long_date(day, "en-PR")


@pytest.mark.parametrize("language", ["en", "es"])
def test_days_before_the_gregorian_calendar_keep_their_digits(language: str) -> None:
    assert long_date(date(1582, 10, 4), language) == "1582-10-04"


@pytest.mark.parametrize(
    ("number", "language", "expected"),
    [
        (2026, "en", "2026"),
        (2026, "es", "2026"),
        (20260, "es-MX", "20260"),
        (1.5, "en", "1.5"),
        (1.5, "es", "1,5"),
        (1.5, "es-MX", "1.5"),
    ],
)
def test_a_number_is_never_grouped(number: float, language: str, expected: str) -> None:
    assert decimal(number, language) == expected


def test_dates_in_digits_are_the_same_in_every_language() -> None:
    assert printed(DAY, "es") == printed(DAY) == "2026-03-05"
