"""Which column of a worklist holds which field.


A heading that is not known may be a patient's name, in a table without headings or among the keys
of an object: messages say where it stands, and never repeat it.
"""

from collections.abc import Sequence, Set
from string import ascii_uppercase
from typing import Protocol

from msgspec import Struct

from docgen.diagnostics import Findings, Span, nearest, quoted, some_of
from docgen.source import Text
from docgen.source.headings import plain_heading
from docgen.worklist.columns.column_map import NAME, WorklistMap
from docgen.worklist.columns.fields import (
    FIELDS,
    REQUIRED,
    USUAL_HEADINGS,
    field_under,
)


class Places(Protocol):
    """Where headings stand, by their column, counted from 0."""

    def span(self, index: int) -> Span: ...

    def called(self, index: int) -> str:
        """How a sentence names a heading that it may not repeat: ``column 3 (C)``."""


class Columns(Struct, frozen=True):
    """The headings of a worklist and the columns that each field is joined from."""

    headings: tuple[str, ...]
    indexes: dict[str, tuple[int, ...]]

    def heading(self, field: str) -> str:
        """The headings of a field, as messages quote them."""
        return some_of([quoted(self.headings[index]) for index in self.indexes[field]], " and ")


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
) -> Columns | None:
    """The columns of each field, or None where findings tell why not; others are warned of."""
    told = Findings()
    by_name: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        by_name.setdefault(plain_heading(heading), []).append(index)
    indexes = _mapped(by_name, headings, places, column_map, told)
    ignored = column_map.ignored if column_map else frozenset()
    passed = {index for name in ignored for index in by_name.get(name, ())}
    unknown = _add_usual(indexes, passed, headings, places, told)
    _tell_missing(indexes, headings, unknown, places, told)
    if indexes and not told:
        _tell_unknown(unknown, headings, places, findings)
    findings.extend(told.diagnostics)
    return None if told else Columns(tuple(headings), indexes)


def known_count(headings: Sequence[str], column_map: WorklistMap | None) -> int:
    """How many of some headings name a field, usual ones and those of a map."""
    mapped = column_map.named if column_map else frozenset()
    return sum(
        plain_heading(heading) in mapped or field_under(heading) is not None for heading in headings
    )


def _mapped(
    by_name: dict[str, list[int]],
    headings: Sequence[str],
    places: Places,
    column_map: WorklistMap | None,
    findings: Findings,
) -> dict[str, tuple[int, ...]]:
    """The columns that a map names: each must be there, once."""
    if column_map is None:
        return {}
    indexes: dict[str, tuple[int, ...]] = {}
    for field in FIELDS:
        found: list[int] = []
        for heading in column_map.headings(field):
            there = by_name.get(plain_heading(heading.value), [])
            if not there:
                _tell_not_there(heading, headings, places, findings)
            elif len(there) > 1:
                _tell_twice(field, headings, there, places, findings)
            found += there
        if found:
            indexes[field] = tuple(found)
    return indexes


def _tell_not_there(
    heading: Text, headings: Sequence[str], places: Places, findings: Findings
) -> None:
    near = nearest(heading.value, headings)
    guess = f"did you mean {places.called(headings.index(near))}? " if near else ""
    findings.error(
        "missing-column",
        f"the worklist {places.span(0).path} has no column {quoted(heading.value)}",
        heading.span,
        f"{guess}write the heading as the worklist has it",
    )


def _tell_twice(
    field: str,
    headings: Sequence[str],
    there: Sequence[int],
    places: Places,
    findings: Findings,
) -> None:
    names = [headings[index] for index in there]
    joined = f", or join them there, such as {field}: [{some_of(names)}]"
    findings.error(
        "duplicate-column",
        f"several columns are for '{field}': {some_of([*map(quoted, names)])}",
        places.span(there[1]),
        f"say in {NAME}.yaml which one counts{joined if len(set(names)) == len(names) else ''}",
    )


def _add_usual(
    indexes: dict[str, tuple[int, ...]],
    ignored: Set[int],
    headings: Sequence[str],
    places: Places,
    findings: Findings,
) -> list[int]:
    """Fields that no map names go by the usual headings; what is left over is returned."""
    taken = {index for found in indexes.values() for index in found} | ignored
    usual: dict[str, list[int]] = {}
    unknown = []
    for index, heading in enumerate(headings):
        field = field_under(heading)
        if index in taken:
            continue
        if field is None or field in indexes:
            unknown.append(index)
        else:
            usual.setdefault(field, []).append(index)
    for field, there in usual.items():
        if len(there) > 1:
            _tell_twice(field, headings, there, places, findings)
        indexes[field] = tuple(there)
    return unknown


def _tell_missing(
    indexes: dict[str, tuple[int, ...]],
    headings: Sequence[str],
    unknown: Sequence[int],
    places: Places,
    findings: Findings,
) -> None:
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
        near = next((index for index in unknown if _is_near(field, headings[index])), None)
        guess = "" if near is None else f"is it {places.called(near)}? "
        findings.error(
            "missing-column",
            f"no column is for '{field}', which every row needs",
            places.span(0),
            f"{guess}name the column {field}, or say in {NAME}.yaml which it is",
        )


def _is_near(field: str, heading: str) -> bool:
    """Whether a heading is likely a misspelled one of a field."""
    usual = (field, *USUAL_HEADINGS[field])
    return nearest(heading.casefold(), [word.casefold() for word in usual]) is not None


def _tell_unknown(
    unknown: Sequence[int], headings: Sequence[str], places: Places, findings: Findings
) -> None:
    named = [index for index in unknown if headings[index].strip()]
    if not named:
        return
    findings.warning(
        "unknown-column",
        f"not read: {some_of([*map(places.called, named)])}",
        places.span(named[0]),
        f"if one of them is needed, say in {NAME}.yaml what it is",
    )
