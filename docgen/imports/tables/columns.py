"""Which column of somebody's table is which field of a record."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from docgen.code_systems import PUBLISHED
from docgen.diagnostics import Findings, Span, did_you_mean, quoted, some_of
from docgen.imports.code_lines import code_line
from docgen.imports.pages.headings import heading_of
from docgen.imports.tables.column_map import FIELDS, ImportMap
from docgen.records import SECTION_TITLES
from docgen.source.headings import plain_heading

_LISTED: Final = 12
"""Headings that a message lists."""
_USUAL: Final = {
    "code": ("code", "procedure code", "proc code", *(one.id for one in PUBLISHED), "billing code"),
    "code_system": ("code system", "coding system", "code type", "vocabulary"),
    "title": ("title", "procedure title", "procedure"),
    "name": ("name", "common name", "patient-friendly name"),
    "language": ("language", "lang"),
    "specialty": ("specialty", "speciality", "medical specialty"),
    "authors": ("author", "authors", "written by"),
}


class Further(Struct, frozen=True):
    """A column that becomes a section of its own."""

    index: int
    heading: str
    audience: str


class Columns(Struct, frozen=True):
    """The columns of a table by the field that they hold, counted from 0."""

    headings: tuple[str, ...]
    fields: dict[str, tuple[int, ...]]
    further: tuple[Further, ...]
    unknown: tuple[int, ...]
    code_system: str | None
    """The code system that the heading of the codes names, such as ``CPT code``."""


def usual_headings() -> dict[str, tuple[str, ...]]:
    """The headings of each field that need no map, besides the field's own name."""
    sections = {id: (title.casefold(),) for id, title in SECTION_TITLES.items()}
    return {field: (*_USUAL.get(field, ()), *sections.get(field, ())) for field in FIELDS}


_KNOWN: Final = {
    plain_heading(word): field
    for field, words in usual_headings().items()
    for word in (field, *words)
}


def field_under(heading: str) -> str | None:
    """The field that stands under a usual heading, or None where the heading is not known."""
    known = _KNOWN.get(plain_heading(heading)) or heading_of(heading)
    if known in FIELDS:
        return known
    return "code" if _system_in(heading) else None


def known_count(headings: Sequence[str], column_map: ImportMap | None) -> int:
    """How many of some headings name a field, usual ones and those of a map."""
    mapped = _of_map(column_map)
    return sum(plain_heading(one) in mapped or field_under(one) is not None for one in headings)


def match_columns(
    headings: Sequence[str],
    place: Callable[[int], Span],
    column_map: ImportMap | None,
    findings: Findings,
) -> Columns | None:
    """The column of each field, or None where findings tell why not.

    Columns that no field is made for are warned of: what they hold is kept as unplaced.
    """
    told = Findings()
    fields: dict[str, list[int]] = {}
    taken: set[int] = set()
    further = _mapped(headings, place, column_map, fields, told)
    taken |= {one.index for one in further}
    taken |= {index for indexes in fields.values() for index in indexes}
    unknown = _usual(headings, place, taken, fields, told)
    if "title" not in fields:
        _tell_untitled(headings, unknown, place, told)
    findings.extend(told.diagnostics)
    if told:
        return None
    _tell_unknown(headings, unknown, place, findings)
    system = _system_in(headings[fields["code"][0]]) if len(fields.get("code", ())) == 1 else None
    indexes = {field: tuple(found) for field, found in fields.items()}
    return Columns(tuple(headings), indexes, further, unknown, system)


def _of_map(column_map: ImportMap | None) -> set[str]:
    if column_map is None:
        return set()
    named = (heading.value for _, heading in column_map.headings())
    return {plain_heading(heading) for heading in (*named, *column_map.further)}


def _mapped(
    headings: Sequence[str],
    place: Callable[[int], Span],
    column_map: ImportMap | None,
    fields: dict[str, list[int]],
    findings: Findings,
) -> tuple[Further, ...]:
    """The columns that a map names: each must be there, once."""
    if column_map is None:
        return ()
    for field, heading in column_map.headings():
        index = _only(heading.value, heading.span, headings, place, findings)
        if index is not None:
            fields.setdefault(field, []).append(index)
    further = []
    for name, column in column_map.further.items():
        index = _only(name, column.span, headings, place, findings)
        if index is not None:
            further.append(Further(index, column.title_under(name), column.audience))
    return tuple(further)


def _only(
    name: str,
    named_at: Span,
    headings: Sequence[str],
    place: Callable[[int], Span],
    findings: Findings,
) -> int | None:
    found = [at for at, one in enumerate(headings) if plain_heading(one) == plain_heading(name)]
    if len(found) == 1:
        return found[0]
    if found:
        message = f"several columns have the heading {quoted(name)}"
        findings.error("duplicate-column", message, place(found[1]), "give each its own heading")
    else:
        findings.error(
            "missing-column",
            f"the table {place(0).path} has no column {quoted(name)}",
            named_at,
            did_you_mean(name, headings) or "write the heading as the table has it",
        )
    return None


def _usual(
    headings: Sequence[str],
    place: Callable[[int], Span],
    taken: set[int],
    fields: dict[str, list[int]],
    findings: Findings,
) -> tuple[int, ...]:
    """Fields that no map names go by the usual headings; what is left over is returned."""
    mapped = set(fields)
    unknown = []
    for index, heading in enumerate(headings):
        if index in taken:
            continue
        field = field_under(heading)
        if field is None or field in mapped:
            unknown.append(index)
            continue
        fields.setdefault(field, []).append(index)
        if len(fields[field]) > 1:
            names = " and ".join(quoted(headings[one]) for one in (fields[field][0], index))
            findings.error(
                "duplicate-column",
                f"several columns are for '{field}': {names}",
                place(index),
                "say in a map (--map) which one counts, or in which order they are joined",
            )
    return tuple(unknown)


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
