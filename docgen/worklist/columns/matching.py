"""Which column of a worklist holds which field.


A heading that is not known may be a patient's name, in a table without headings or among the keys
of an object: messages say where it stands, and never repeat it.
"""

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Protocol

from docgen.columns import Asked, ColumnsOfFields, match_headings
from docgen.diagnostics import Findings, Span, nearest, quoted, some_of
from docgen.worklist.columns.column_map import NAME, WorklistMap
from docgen.worklist.columns.fields import REQUIRED, VOCABULARY


class Places(Protocol):
    """Where headings stand, by their column, counted from 0."""

    def span(self, index: int) -> Span: ...

    def called(self, index: int) -> str:
        """How a sentence names a heading that it may not repeat: ``column 3 (C)``."""


def column_called(index: int) -> str:
    """A column of a table, counted from 0, by its number and its letters in a spreadsheet."""
    letters, left = "", index + 1
    while left:
        left, digit = divmod(left - 1, len(ascii_uppercase))
        letters = ascii_uppercase[digit] + letters
    return f"column {index + 1} ({letters})"


def match_columns(
    headings: Sequence[str],
    places: Places,
    column_map: WorklistMap | None,
    findings: Findings,
) -> ColumnsOfFields | None:
    """The columns of each field, or None where findings tell why not; others are warned of."""
    told = Findings()
    asked = column_map.asked if column_map else ()
    ignored = column_map.ignored if column_map else frozenset()
    tells = _Tells(headings, places, told)
    columns = match_headings(headings, asked, ignored, VOCABULARY, tells)
    _tell_missing(columns, places, told)
    if columns.indexes and not told:
        _tell_unknown(columns, places, findings)
    findings.extend(told.diagnostics)
    return None if told else columns


def known_count(headings: Sequence[str], column_map: WorklistMap | None) -> int:
    """How many of some headings name a field, usual ones and those of a map."""
    return VOCABULARY.known_count(headings, column_map.named if column_map else frozenset())


class _Tells:
    """Repeats headings that are known, and tells the places of all others."""

    def __init__(self, headings: Sequence[str], places: Places, findings: Findings) -> None:
        self._headings = headings
        self._places = places
        self._findings = findings

    def missing(self, asked: Asked) -> None:
        near = nearest(asked.heading, self._headings)
        called = self._places.called(self._headings.index(near)) if near else ""
        self._findings.error(
            "missing-column",
            f"the worklist {self._places.span(0).path} has no column {quoted(asked.heading)}",
            asked.span,
            f"{f'did you mean {called}? ' if near else ''}write the heading as the worklist has it",
        )

    def same_heading(self, asked: Asked, there: Sequence[int]) -> None:
        self.same_field(asked.field, there)

    def same_field(self, field: str, there: Sequence[int]) -> None:
        names = [self._headings[index] for index in there]
        joined = f", or join them there, such as {field}: [{some_of(names)}]"
        self._findings.error(
            "duplicate-column",
            f"several columns are for '{field}': {some_of([*map(quoted, names)])}",
            self._places.span(there[1]),
            f"say in {NAME}.yaml which one counts{joined if len(set(names)) == len(names) else ''}",
        )


def _tell_missing(columns: ColumnsOfFields, places: Places, findings: Findings) -> None:
    headings, indexes = columns.headings, columns.indexes
    missing = [field for field in REQUIRED if field not in indexes]
    if not missing or findings:
        return
    if not indexes:
        findings.error(
            "missing-headings",
            "none of the columns has a heading that is known",
            places.span(0),
            "the first row must hold the headings, such as patient_name and codes; "
            f"{NAME}.yaml can name others",
        )
        return
    for field in missing:
        near = next((index for index in columns.unknown if _is_near(field, headings[index])), None)
        guess = "" if near is None else f"is it {places.called(near)}? "
        findings.error(
            "missing-column",
            f"no column is for '{field}', which every row needs",
            places.span(0),
            f"{guess}name the column {field}, or say in {NAME}.yaml which it is",
        )


def _is_near(field: str, heading: str) -> bool:
    """Whether a heading is likely a misspelled one of a field."""
    usual = (field, *VOCABULARY.headings[field])
    return nearest(heading.casefold(), [word.casefold() for word in usual]) is not None


def _tell_unknown(columns: ColumnsOfFields, places: Places, findings: Findings) -> None:
    named = [index for index in columns.unknown if columns.headings[index].strip()]
    if not named:
        return
    findings.warning(
        "unknown-column",
        f"not read: {some_of([*map(places.called, named)])}",
        places.span(named[0]),
        f"if one of them is needed, say in {NAME}.yaml what it is",
    )
