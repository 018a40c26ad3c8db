"""Dates and numbers in the form of a language, by ICU and its data (CLDR)."""

from datetime import date, datetime
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
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NOON = 12
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


def appointment(value: datetime | date, language: str) -> str:
    """A day with its weekday and, where it is known, the hour on the clock of the place."""
    # Days are counted as days: an hour cannot be compared with a day.
    day = _day(date(value.year, value.month, value.day), language)
    return f"{day}, {_hour(value, language)}" if isinstance(value, datetime) else day


def _day(value: date, language: str) -> str:
    if language in _AMERICAN:
        return f"{_WEEKDAYS[value.weekday()]}, {long_date(value, language)}"
    return _format("{value, date, ::yMMMMEEEEd}", language).format({"value": value})


def _hour(value: datetime, language: str) -> str:
    if language in _AMERICAN:
        half = "AM" if value.hour < _NOON else "PM"
        return f"{value.hour % _NOON or _NOON}:{value.minute:02} {half}"
    # No clock is put forward on New Year's Day, so that every hour of that day exists in any zone.
    hour = datetime(2000, 1, 1, value.hour, value.minute)
    return _format("{value, time, ::jm}", language).format({"value": hour})


def decimal(value: float, language: str) -> str:
    """A number in digits, ungrouped: a year is no quantity."""
    if language in _AMERICAN or isinstance(value, bool):
        return format(value, "g") if isinstance(value, float) else str(value)
    return _format("{value, number, ::group-off}", language).format({"value": value})


@lru_cache(maxsize=64)
def _format(pattern: str, language: str) -> "MessageFormat":
    from icu4py.messageformat import MessageFormat  # noqa: PLC0415 - American English needs none

    return MessageFormat(pattern, language)
