"""Column maps: what they have in common, whatever the fields of the tables are."""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from docgen.columns.headings import plain_heading, values_for_field
from docgen.diagnostics import Findings, Span
from docgen.source import TextNode
from docgen.source.encodings import Encoding

Headings = TextNode | tuple[TextNode, ...]
"""What a map gives for a field: the heading of its column, or several, which are joined."""

TableEncoding = Annotated[
    Encoding | None, Meta(description="Encoding of the file, such as windows-1252.")
]
Delimiter = Annotated[
    Literal[",", ";", "|", "tab"] | None,
    Meta(description="What separates the cells of a row, if the headings do not tell."),
]


class Asked(Struct, frozen=True, eq=False):
    """A heading that a map names, and for what."""

    field: str
    heading: str
    span: Span
    """Where the map says so."""


def in_order(fields: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
    """The names of fields as tables and maps have them: each behind the one that it names, if any.

    Columns of one model stand between those of another: a patient's number behind the name.
    """
    after = dict(fields)
    names = list(after)
    for name, before in after.items():
        if before is not None:
            names.remove(name)
            names.insert(names.index(before) + 1, name)
    return tuple(names)


def column_fields(fields: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Any]]:
    """The fields of a model that takes headings for each of some fields: names, descriptions."""
    for name, description in fields:
        yield name, Annotated[Headings | None, Meta(description=description, min_length=1)]


def asked_by(section: object, fields: Iterable[str]) -> Iterator[Asked]:
    """The headings that a part of a map names, field by field."""
    for field in fields:
        given: Headings | None = getattr(section, field, None)
        for heading in values_for_field(given):
            yield Asked(field, heading.value, heading.span)


def tell_given_twice(
    asked: Iterable[Asked], sentence: Callable[[Asked, Asked], str], findings: Findings
) -> None:
    """Tells of each heading that is given to two fields, and so would be read for both.

    ``sentence`` says so of the first that it is given to and of another one.
    """
    first: dict[str, Asked] = {}
    for one in asked:
        there = first.setdefault(plain_heading(one.heading), one)
        if there is not one:
            message = sentence(there, one)
            hint = "give each heading to one field"
            findings.error("duplicate-column", message, one.span, hint)
