"""Dates and numbers in the form of a language."""

import json
import subprocess
import sys
from datetime import date, datetime
from itertools import product
from string import ascii_lowercase

import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from docgen.compose.filters import printed
from docgen.compose.regional import appointment, dated_in, decimal, long_date
from docgen.source import Language
from tests.commands import environment
from tests.machines import MACHINES

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


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        (("en", None), "en"),
        (("en-US", "es"), "en-US"),
        (("es-MX", "en"), "es-MX"),
        (("spa", "en"), "spa"),
        (("zh-Hant-TW", "en"), "zh-Hant-TW"),
        (("hmn", "en"), "en"),
        (("hmn", "es"), "es"),
        (("hmn", "prs"), None),
        (("hmn", None), None),
        (("ru-Latn", None), None),
        (("ku-AM", None), None),
    ],
)
def test_dates_are_spelled_in_a_language_that_has_months(
    languages: tuple[str | None, ...], expected: str | None
) -> None:
    assert dated_in(*languages) == expected


def test_haitian_creole_is_not_dated_in_french() -> None:
    """Which is what ICU would do."""
    assert dated_in("ht") is None


def test_without_a_language_dates_are_digits() -> None:
    assert long_date(DAY, None) == "2026-03-05"
    assert appointment(DAY, None) == "2026-03-05"
    assert appointment(datetime(2026, 3, 5, 9, 5), None) == "2026-03-05, 09:05"
    assert decimal(1.5, None) == "1.5"
    assert decimal(20260, None) == "20260"


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_appointment_before_the_gregorian_calendar_keeps_its_digits(language: str) -> None:
    assert appointment(date(1582, 10, 4), language) == "1582-10-04"


@pytest.mark.parametrize("language", ["th", "fa", "en-TH", "es-TH"])
def test_years_are_those_of_the_gregorian_calendar(language: str) -> None:
    """Thailand counts the year 2569, Iran 1404."""
    said = long_date(DAY, language)
    assert "".join(str(int(sign)) for sign in said if sign.isdecimal()).endswith("2026")


_EVERY_LANGUAGE = """
import json, sys
from datetime import UTC, date, datetime
from icu4py.messageformat import MessageFormat
from docgen.compose.regional import appointment, dated_in, decimal, long_date

def said(tag):
    language = dated_in(tag)
    settings = "@calendar=gregorian;numbers=latn;timezone=utc"
    icu = MessageFormat("{day, date, ::yMMMMEEEEd}", tag + settings)
    return {
        "icu": icu.format({"day": datetime(2026, 11, 24, tzinfo=UTC)}),
        "language": language,
        "dates": [
            long_date(date(2011, 12, 30), language),
            appointment(datetime(2026, 7, 1, 0, 5), language),
            appointment(date(1994, 12, 31), language),
            decimal(1234.5, language),
        ],
    }

print(json.dumps([said(tag) for tag in json.load(sys.stdin)]))
"""
_ICU_HAS_ANOTHERS = {"ht", "kkj", "lrc", "mzn"}


def _is_tag(text: str) -> bool:
    try:
        Language.parse(text)
    except ValueError:
        return False
    return True


def test_no_machine_has_a_say_in_the_dates_of_any_language() -> None:
    """Every language that has two letters, all that Babel knows, and some that ICU lacks."""
    codes = ["".join(letters) for letters in product(ascii_lowercase, repeat=2)]
    known = [name.replace("_", "-") for name in locale_identifiers()]
    lacking = ["hmn", "mww", "prs", "ku-AM", "ms-CC"]
    tags = sorted(set(filter(_is_tag, [*codes, *known, *lacking])))
    first, second = (_in_every_language(tags, machine) for machine in MACHINES[1:3])
    for tag, one, other in zip(tags, first, second, strict=True):
        assert (one["language"], one["dates"]) == (other["language"], other["dates"]), tag
        digits = "M11" in str(one["icu"]) or tag.split("-")[0] in _ICU_HAS_ANOTHERS
        spelled = one["icu"] == other["icu"] and not digits
        assert one["language"] == (tag if spelled or tag == "en-US" else None), tag


def _in_every_language(tags: list[str], machine: dict[str, str]) -> list[dict[str, object]]:
    run = subprocess.run(
        [sys.executable, "-c", _EVERY_LANGUAGE],
        input=json.dumps(tags).encode(),
        env=environment(**machine),
        capture_output=True,
        check=True,
    )
    found: list[dict[str, object]] = json.loads(run.stdout)
    return found


def test_dates_in_digits_are_the_same_in_every_language() -> None:
    assert printed(DAY, "es") == printed(DAY) == "2026-03-05"
