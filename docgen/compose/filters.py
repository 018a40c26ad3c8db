"""The filters of the expression language: what each takes, what it gives, what it does."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from docgen.compose.regional import ENGLISH, decimal, long_date
from docgen.compose.vocabulary import DATE, NUMBER, TEXT, Kind
from docgen.source import TextNode, WrittenLines


class ExpressionFilter(Struct, frozen=True):
    """One filter; ``gives`` answers None to a kind that the filter does not take.

    ``apply`` takes the language that dates and numbers are in, the value and the arguments.
    """

    takes: str
    gives: Callable[[Kind], Kind | None]
    apply: Callable[..., Any]
    arguments: int = 0


def bare(value: Any) -> Any:
    """A value without its place in a file: what comparisons and filters work on."""
    return value.value if isinstance(value, TextNode) else value


def printed(value: Any, language: str | None = ENGLISH) -> str:
    """A text, number or date as it prints; line breaks count as spaces, as in CommonMark, save for
    those of a text that keeps its lines.

    ``language`` is the one that numbers are in, as ``dated_in`` gives it.
    """
    if isinstance(value, TextNode):
        return _printed_text(value)
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return decimal(value, language) if isinstance(value, int | float) else str(value)


def _printed_text(text: TextNode) -> str:
    if text.keeps_lines:
        return "\n".join(WrittenLines(text, text.value).lines())
    value = text.value
    return " ".join(filter(None, map(str.strip, value.split("\n")))) if "\n" in value else value


def on_one_line(text: str) -> str:
    """What is printed as it is heard where there is but one line: an address with commas."""
    if "\n" not in text:
        return text
    return ", ".join(line.strip().rstrip(",") for line in text.split("\n") if line.strip())


def _date_in_words(language: str | None, value: date) -> str:
    return long_date(value, language)


def _of_list(kind: Kind) -> Kind | None:
    return kind.item


def _kind_of_joined(kind: Kind) -> Kind | None:
    return TEXT if kind.item and kind.item.sort in ("text", "number", "date") else None


def _join(language: str | None, values: Sequence[Any], separator: Any) -> str:
    return printed(separator).join(printed(value, language) for value in values)


def _first(_: str | None, values: Sequence[Any]) -> Any:
    return values[0] if values else None


def _last(_: str | None, values: Sequence[Any]) -> Any:
    return values[-1] if values else None


def _length(_: str | None, values: Sequence[Any]) -> int:
    return len(values)


def _lower(_: str | None, value: Any) -> str:
    return printed(value).lower()


def _upper(_: str | None, value: Any) -> str:
    return printed(value).upper()


def _of_text(kind: Kind) -> Kind | None:
    return TEXT if kind == TEXT else None


FILTERS = {
    "date": ExpressionFilter("a date", lambda kind: TEXT if kind == DATE else None, _date_in_words),
    "first": ExpressionFilter("a list", _of_list, _first),
    "join": ExpressionFilter("a list of texts", _kind_of_joined, _join, arguments=1),
    "last": ExpressionFilter("a list", _of_list, _last),
    "length": ExpressionFilter("a list", lambda kind: kind.item and NUMBER, _length),
    "lower": ExpressionFilter("a text", _of_text, _lower),
    "upper": ExpressionFilter("a text", _of_text, _upper),
}
