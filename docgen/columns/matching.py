"""The headings of a table, each given to the field that its column holds.

What is wrong with them is told in the words of whoever reads the table: a heading of a worklist may
be a patient's name, which no message repeats.
"""

from collections.abc import Iterable, Sequence, Set
from typing import Protocol

from msgspec import Struct

from docgen.columns.headings import plain_heading
from docgen.columns.maps import Asked
from docgen.columns.vocabulary import Vocabulary
from docgen.diagnostics import quoted, some_of


class ColumnsOfFields(Struct, frozen=True):
    """The headings of a table, and the columns of each field, counted from 0."""

    headings: tuple[str, ...]
    indexes: dict[str, tuple[int, ...]]
    """Of several columns, the cells are joined in their order."""
    unknown: tuple[int, ...] = ()
    """Columns that are no field's."""

    def heading(self, field: str) -> str:
        """The headings of a field, as messages quote them."""
        return some_of([quoted(self.headings[index]) for index in self.indexes[field]], " and ")


class Tells(Protocol):
    """Says what is wrong with the headings of a table."""

    def missing(self, asked: Asked) -> None:
        """The table has no column of a heading that a map names."""

    def same_heading(self, asked: Asked, there: Sequence[int]) -> None:
        """Several columns have a heading that a map names."""

    def same_field(self, field: str, there: Sequence[int]) -> None:
        """Several columns have usual headings of one field."""


def match_headings(
    headings: Sequence[str],
    asked: Iterable[Asked],
    passed_over: Set[str],
    vocabulary: Vocabulary,
    tells: Tells,
) -> ColumnsOfFields:
    """The columns of each field: those that a map asks for, and usual ones for all other fields.

    ``passed_over`` are headings that are not read, as headings are compared.
    """
    by_name: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        by_name.setdefault(plain_heading(heading), []).append(index)
    found: dict[str, list[int]] = {}
    for one in asked:
        there = by_name.get(plain_heading(one.heading), [])
        if not there:
            tells.missing(one)
            continue
        if len(there) > 1:
            tells.same_heading(one, there)
        found.setdefault(one.field, []).extend(there)
    taken = {index for there in found.values() for index in there}
    taken |= {index for name in passed_over for index in by_name.get(name, ())}
    unknown: list[int] = []
    usual: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        field = None if index in taken else vocabulary.field_under(heading)
        if field is not None and field not in found:
            usual.setdefault(field, []).append(index)
        elif index not in taken:
            unknown.append(index)
    for field, there in usual.items():
        if len(there) > 1:
            tells.same_field(field, there)
    indexes = {field: tuple(there) for field, there in (found | usual).items()}
    return ColumnsOfFields(tuple(headings), indexes, tuple(unknown))
