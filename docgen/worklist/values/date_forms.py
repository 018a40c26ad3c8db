"""The forms in which worklists write days and times. None is guessed."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import ClassVar, Final, Self

from msgspec import Struct

_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS: Final = {
    "YYYY": ("year", "[0-9]{4}"),
    "MMM": ("name", "[A-Za-z]{3}"),
    "MM": ("month", "[0-9]{2}"),
    "M": ("month", "[0-9]{1,2}"),
    "DD": ("day", "[0-9]{2}"),
    "D": ("day", "[0-9]{1,2}"),
    "hh": ("hour", "[0-9]{2}"),
    "HH": ("hour", "[0-9]{2}"),
    "h": ("hour", "[0-9]{1,2}"),
    "H": ("hour", "[0-9]{1,2}"),
    "mm": ("minute", "[0-9]{2}"),
    "ss": ("second", "[0-9]{2}"),
    "AM": ("half", "[AaPp][Mm]|[AaPp]\\.[Mm]\\."),
}
_TOKEN: Final = re.compile("YYYY|MMM|MM|M|DD|D|hh|h|HH|H|mm|ss|AM|[ /.,:T-]")
_USE: Final = (
    "write YYYY for the year, MM or M for the month in digits, MMM for Jan, DD or D for the day, "
    "hh or h for the hour, mm, ss, and AM, such as MM/DD/YYYY hh:mm AM"
)
_NOON: Final = 12
EARLIEST_YEAR: Final = 1870
"""Of years before it, none is meant: a birth date or an appointment that names one is a slip."""


class DateForm(Struct, frozen=True):
    """A form of days and times: ``YYYY``, ``MM`` or ``M``, ``MMM`` (Jan), ``DD`` or ``D``, ``hh``
    or ``h``, ``mm``, ``ss``, ``AM``, such as ``MM/DD/YYYY hh:mm AM``.
    """

    called: ClassVar[str] = "form of dates"

    text: str
    pattern: "re.Pattern[str]"

    @classmethod
    def parse(cls, text: str) -> Self:
        text = " ".join(text.split())
        tokens = _TOKEN.findall(text)
        if "".join(tokens) != text:
            raise ValueError(f"{text!r} is not a form of dates", _hint(text))
        parts = [_PARTS[token][0] for token in tokens if token in _PARTS]
        _check_parts(parts)
        pattern = "".join(_pattern_of(token) for token in tokens)
        return cls(text, re.compile(pattern.replace(" (?P<half>", " ?(?P<half>")))

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        return {"type": "string", "examples": ["MM/DD/YYYY", "MM/DD/YYYY hh:mm AM"]}

    def read(self, text: str) -> date | datetime | None:
        """What a text says in this form, or None where it is not in it.

        Raises ValueError where it is, but names no day of the calendar or no time of a day.
        """
        match = self.pattern.fullmatch(text)
        return None if match is None else _moment_of_parts(match.groupdict())


def _hint(text: str) -> str:
    upper = text.upper()
    if "".join(_TOKEN.findall(upper)) == upper and "YYYY" in upper and "H" not in upper:
        return f"did you mean {upper!r}? {_USE}"
    if "YY" in upper and "YYYY" not in upper:
        return "years of two digits do not say their century; export them with four"
    return _USE


def _check_parts(parts: list[str]) -> None:
    if len(parts) != len(set(parts)):
        raise ValueError("a form names each part of a date once", _USE)
    if not {"year", "day"} <= set(parts) or ("month" in parts) == ("name" in parts):
        raise ValueError("a form of dates names the year, the month and the day", _USE)
    if not {"hour"} <= set(parts) and {"minute", "second", "half"} & set(parts):
        raise ValueError("a form of times names the hour", _USE)
    if "hour" in parts and not {"minute", "half"} & set(parts):
        raise ValueError("a form of times names the minute", _USE)


def _pattern_of(token: str) -> str:
    if token not in _PARTS:
        return token.replace(".", "\\.")
    name, pattern = _PARTS[token]
    return f"(?P<{name}>{pattern})"


def _moment_of_parts(parts: dict[str, str | None]) -> date | datetime:
    name = parts.get("name")
    month = _NAMES.index(name.lower()) + 1 if name else int(parts["month"] or "")
    day = date(int(parts["year"] or ""), month, int(parts["day"] or ""))
    if day.year < EARLIEST_YEAR:
        raise ValueError("no year before it is meant")
    if parts.get("hour") is None:
        return day
    hour, minute = _hour(int(parts["hour"] or ""), parts.get("half")), parts.get("minute") or "0"
    return datetime(day.year, day.month, day.day, hour, int(minute), int(parts.get("second") or 0))


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= _NOON:
        raise ValueError("a clock of twelve hours has no such hour")
    return hour % _NOON + (_NOON if half[0] in "Pp" else 0)


_ISO: Final = re.compile(
    "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    "(?:[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\\.[0-9]+)?)?"
    "(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


class NotLocalError(ValueError):
    """A time in UTC: what the clock of the clinic shows then is not known."""


def read_iso(text: str, clock: tzinfo | None = None) -> date | datetime | None:
    """What a text says in ISO 8601, or None where it is not in it.

    ``clock`` is that of the clinic: a time with an offset is put to it. Without one, a clock time
    with an offset stands for itself, since it is local (RFC 3339); a time in UTC is not.
    Raises NotLocalError for that, and ValueError for no day or no time of a day.
    """
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    moment = _moment_of_parts(match.groupdict())
    if match["zone"] is None or not isinstance(moment, datetime):
        return moment
    offset = _offset(match["zone"])
    if clock is not None:
        return moment.replace(tzinfo=offset).astimezone(clock).replace(tzinfo=None)
    if offset == UTC:
        raise NotLocalError
    return moment


def _offset(text: str) -> timezone:
    digits = text.strip("Z+-").replace(":", "")
    minutes = int(digits[:2] or 0) * 60 + int(digits[2:] or 0)
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
