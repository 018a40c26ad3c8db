"""Dates and numbers in the form of a language, by ICU and its data (CLDR)."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icu4py.messageformat import MessageFormat

ENGLISH = "en"

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_AMERICAN = (ENGLISH, "en-US")
"""What docgen spells by itself: most sheets need no ICU for their dates."""
_GREGORIAN = date(1582, 10, 15)
"""The first day that ICU does not count in the Julian calendar."""


def long_date(value: date, language: str) -> str:
    """A date in words: ``June 1, 2026`` or ``1 de junio de 2026``."""
    if value < _GREGORIAN:
        return value.isoformat()
    if language in _AMERICAN:
        return f"{MONTHS[value.month - 1]} {value.day}, {value.year}"
    return _format("{value, date, long}", language).format({"value": value})


def decimal(value: float, language: str) -> str:
    """A number in digits, ungrouped: a year is no quantity."""
    if language in _AMERICAN or isinstance(value, bool):
        return format(value, "g") if isinstance(value, float) else str(value)
    return _format("{value, number, ::group-off}", language).format({"value": value})


@lru_cache(maxsize=64)
def _format(pattern: str, language: str) -> "MessageFormat":
    from icu4py.messageformat import MessageFormat  # noqa: PLC0415 - American English needs none

    return MessageFormat(pattern, language)
