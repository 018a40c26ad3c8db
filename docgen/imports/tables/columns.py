"""Which column of somebody's table is which field of a record."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from docgen.columns import Asked, ColumnsOfFields, Vocabulary, match_headings, plain_heading
from docgen.diagnostics import Findings, Span, did_you_mean, quoted, some_of
from docgen.imports.code_lines import code_line
from docgen.imports.pages.headings import heading_of
from docgen.imports.tables.column_map import FIELDS, MARKED, OWN, ImportMap


class Further(Struct, frozen=True):
    """A column that becomes a section of its own."""

    index: int
    heading: str
    audience: str


class RecordTable(Struct, frozen=True):
    """What the columns of a table of records hold."""

    columns: ColumnsOfFields
    further: tuple[Further, ...]
    code_system: str | None
    """The code system that the heading of the codes names, such as ``CPT code``."""


def _by_form(heading: str) -> str | None:
    """The field under a heading of pages, or under one that names a code system."""
    known = heading_of(heading)
    if known in FIELDS:
        return known
    return "code" if _system_in(heading) else None


def _usual_headings() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in FIELDS:
        field = MARKED[name]
        yield name, (field.title.casefold(),) if field.title else field.headings


VOCABULARY: Final = Vocabulary(dict(_usual_headings()), _by_form)
"""The headings of each field that need no map; those of pages serve as well."""


def known_count(headings: Sequence[str], column_map: ImportMap | None) -> int:
    """How many of some headings name a field, usual ones and those of a map."""
    asked = column_map.asked if column_map else ()
    return VOCABULARY.known_count(headings, {plain_heading(one.heading) for one in asked})


def match_columns(
    headings: Sequence[str],
    place: Callable[[int], Span],
    column_map: ImportMap | None,
    findings: Findings,
) -> RecordTable | None:
    """The column of each field, or None where findings tell why not.

    Columns that no field is made for are warned of: what they hold is kept as unplaced.
    """
    told = Findings()
    asked = column_map.asked if column_map else ()
    tells = _Tells(headings, place, told)
    columns = match_headings(headings, asked, frozenset(), VOCABULARY, tells)
    if "title" not in columns.indexes:
        _tell_untitled(headings, columns.unknown, place, told)
    findings.extend(told.diagnostics)
    if told:
        return None
    _tell_unknown(headings, columns.unknown, place, findings)
    codes = columns.indexes.get("code", ())
    system = _system_in(headings[codes[0]]) if len(codes) == 1 else None
    further = _further(columns.indexes.get(OWN, ()), column_map)
    return RecordTable(columns, further, system)


def _further(indexes: Sequence[int], column_map: ImportMap | None) -> tuple[Further, ...]:
    """The columns that become sections, in the order of the map that names them."""
    named = column_map.further.items() if column_map else ()
    return tuple(
        Further(index, column.title_under(name), column.audience)
        for index, (name, column) in zip(indexes, named, strict=True)
    )


class _Tells:
    """Repeats headings: nobody is named by those of a table of records."""

    def __init__(
        self, headings: Sequence[str], place: Callable[[int], Span], findings: Findings
    ) -> None:
        self._headings = headings
        self._place = place
        self._findings = findings

    def missing(self, asked: Asked) -> None:
        self._findings.error(
            "missing-column",
            f"the table {self._place(0).path} has no column {quoted(asked.heading)}",
            asked.span,
            did_you_mean(asked.heading, self._headings) or "write the heading as the table has it",
        )

    def same_heading(self, asked: Asked, there: Sequence[int]) -> None:
        message = f"several columns have the heading {quoted(asked.heading)}"
        hint = "give each its own heading"
        self._findings.error("duplicate-column", message, self._place(there[1]), hint)

    def same_field(self, field: str, there: Sequence[int]) -> None:
        first, *others = there
        for index in others:
            names = " and ".join(quoted(self._headings[one]) for one in (first, index))
            self._findings.error(
                "duplicate-column",
                f"several columns are for '{field}': {names}",
                self._place(index),
                "say in a map (--map) which one counts, or in which order they are joined",
            )


def _tell_untitled(
    headings: Sequence[str],
    unknown: Sequence[int],
    place: Callable[[int], Span],
    findings: Findings,
) -> None:
    near = (did_you_mean(headings[at].casefold(), ("title", "procedure title")) for at in unknown)
    meant = next((headings[at] for at, hint in zip(unknown, near, strict=True) if hint), None)
    findings.error(
        "missing-column",
        "no column is for 'title', which every record needs",
        place(0),
        (f"is it {quoted(meant)}? " if meant else "")
        + "name the column title, or say in a map (--map) which it is: columns: {title: …}",
    )


def _tell_unknown(
    headings: Sequence[str],
    unknown: Sequence[int],
    place: Callable[[int], Span],
    findings: Findings,
) -> None:
    named = [index for index in unknown if headings[index].strip()]
    if not named:
        return
    names = [quoted(headings[index]) for index in named]
    near = next(filter(None, (_near(headings[index]) for index in named)), None)
    findings.warning(
        "unknown-column",
        f"columns that no field is made for, kept under 'unplaced': {some_of(names)}",
        place(named[0]),
        near or "say in a map (--map) what they are, under columns or further_sections",
    )


def _near(heading: str) -> str | None:
    meant = did_you_mean(heading.casefold().replace(" ", "_"), FIELDS)
    return f"{quoted(heading)}: {meant} Say so in a map (--map)" if meant else None


def _system_in(heading: str) -> str | None:
    said = code_line(heading) or code_line(f"{heading} code")
    return said.system.id if said and said.system and not said.code else None
