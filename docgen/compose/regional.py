"""Dates and numbers in the form of a language, by ICU and its data (CLDR).

Nothing of the machine has a say: ICU is asked for languages that it knows only, and counts in the
Gregorian calendar and in UTC. Its own time zone may be another than Python's, as with
``TZ=EST5EDT,M3.2.0,M11.1.0``, and would print 14:05 as 19:05.
"""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from docgen.compose.dated_languages import has_dates

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
_FIXED = "@calendar=gregorian;timezone=utc"


def dated_in(*languages: str | None) -> str | None:
    """The first of some languages (BCP 47) in which dates can be spelled, if there is one.

    Without one, dates are digits, the same for all readers (ISO 8601).
    """
    return next((one for one in languages if one in _AMERICAN or (one and has_dates(one))), None)


def long_date(value: date, language: str | None) -> str:
    """A date in words: ``June 1, 2026`` or ``1 de junio de 2026``; in no language ``2026-06-01``.

    Languages are those that ``dated_in`` gives, here and below.
    """
    if language is None or value < _GREGORIAN:
        return value.isoformat()
    if language in _AMERICAN:
        return f"{MONTHS[value.month - 1]} {value.day}, {value.year}"
    return _spelled_by_icu(value, "date, long", language)


def appointment(value: datetime | date, language: str | None) -> str:
    """A day with its weekday and, where it is known, the hour on the clock of the place."""
    # Days are counted as days: an hour cannot be compared with a day.
    day = _day_with_weekday(date(value.year, value.month, value.day), language)
    return f"{day}, {_hour(value, language)}" if isinstance(value, datetime) else day


def _day_with_weekday(value: date, language: str | None) -> str:
    if language is None or value < _GREGORIAN:
        return value.isoformat()
    if language in _AMERICAN:
        return f"{_WEEKDAYS[value.weekday()]}, {long_date(value, language)}"
    return _spelled_by_icu(value, "date, ::yMMMMEEEEd", language)


def _hour(value: datetime, language: str | None) -> str:
    if language is None:
        return f"{value:%H:%M}"
    if language in _AMERICAN:
        half = "AM" if value.hour < _NOON else "PM"
        return f"{value.hour % _NOON or _NOON}:{value.minute:02} {half}"
    return _spelled_by_icu(value, "time, ::jm", language)


def decimal(value: float, language: str | None) -> str:
    """A number in digits, ungrouped: a year is no quantity. In no language it has a point."""
    if language is None or language in _AMERICAN or isinstance(value, bool):
        return format(value, "g") if isinstance(value, float) else str(value)
    return _format("{value, number, ::group-off}", language).format({"value": value})


def _spelled_by_icu(value: date, form: str, language: str) -> str:
    clock = (value.hour, value.minute) if isinstance(value, datetime) else (0, 0)
    moment = datetime(value.year, value.month, value.day, *clock, tzinfo=UTC)
    return _format(f"{{value, {form}}}", language).format({"value": moment})


@lru_cache(maxsize=64)
def _format(pattern: str, language: str) -> "MessageFormat":
    from icu4py.messageformat import MessageFormat  # noqa: PLC0415 - American English needs none

    return MessageFormat(pattern, f"{language}{_FIXED}")
