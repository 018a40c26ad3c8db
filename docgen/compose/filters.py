"""The filters of the expression language: what each takes, what it gives, what it does."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from docgen.compose.vocabulary import DATE, NUMBER, TEXT, Kind
from docgen.source import Text

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


class Filter(Struct, frozen=True):
    """One filter; ``gives`` answers None to a kind that the filter does not take."""

    takes: str
    gives: Callable[[Kind], Kind | None]
    apply: Callable[..., Any]
    arguments: int = 0


def bare(value: Any) -> Any:
    """A value without its place in a file: what comparisons and filters work on."""
    return value.value if isinstance(value, Text) else value


def printed(value: Any) -> str:
    """A text, number or date as it prints; line breaks count as spaces, as in CommonMark."""
    value = bare(value)
    if isinstance(value, str):
        return " ".join(filter(None, map(str.strip, value.split("\n")))) if "\n" in value else value
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "g") if isinstance(value, float) else str(value)


def long_date(value: date) -> str:
    """A date in English words: ``June 1, 2026``."""
    return f"{MONTHS[value.month - 1]} {value.day}, {value.year}"


def _of_list(kind: Kind) -> Kind | None:
    return kind.item


def _joined(kind: Kind) -> Kind | None:
    return TEXT if kind.item and kind.item.sort in ("text", "number", "date") else None


def _join(values: Sequence[Any], separator: Any) -> str:
    return printed(separator).join(printed(value) for value in values)


FILTERS = {
    "date": Filter("a date", lambda kind: TEXT if kind == DATE else None, long_date),
    "first": Filter("a list", _of_list, lambda values: values[0] if values else None),
    "join": Filter("a list of texts", _joined, _join, arguments=1),
    "last": Filter("a list", _of_list, lambda values: values[-1] if values else None),
    "length": Filter("a list", lambda kind: kind.item and NUMBER, len),
    "lower": Filter(
        "a text", lambda kind: TEXT if kind == TEXT else None, lambda value: printed(value).lower()
    ),
    "upper": Filter(
        "a text", lambda kind: TEXT if kind == TEXT else None, lambda value: printed(value).upper()
    ),
}
