"""Code lists as the Centers for Medicare & Medicaid Services (CMS) publish them.

HCPCS Level II: the alpha-numeric file, in lines of fixed width or as a table with the headings
HCPC, RECID, LONG DESCRIPTION … (HCPCS record layout). A code that was discontinued stays in it with
its last day for four years. ICD-10-PCS: ``icd10pcs_codes``, a code and its title a line, and
``icd10pcs_order``, lines of fixed width, numbered from 1, with headers between the codes.
These are public; CPT codes and the dental codes D… (CDT) are licensed, and are left out.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from msgspec import Struct

from docgen.code_systems import HCPCS, ICD_10_PCS, CodeSystem, is_well_formed
from docgen.columns import plain_heading
from docgen.diagnostics import Findings, Span
from docgen.imports.grids import CellGrid, GridRow, refuse_row_in_quotes

LineReader = Callable[[str, Span, Findings], "ListEntry | None"]
"""Reads a line of a list; None where findings tell why it cannot be read."""

_HCPCS_LINE: Final = re.compile(r"([A-Z0-9]{5}| {3}[A-Z0-9]{2})(\d{5})([3478])(.{80})(.{28})(.*)")
_PCS_LINE: Final = re.compile(r"([0-9A-HJ-NP-Z]{7})\s+(\S.*)")
_ORDER_LINE: Final = re.compile(r"(\d{5}) ([0-9A-Z]{3,7}) +([01]) (.{60}) (\S.*)")
_FIRST: Final = 10
"""Lines that tell what a list is."""
_HEADED: Final = 20
"""Rows of a table that the headings of a list are looked for in: notices stand above them."""
_ADDED: Final = slice(149, 157)
"""Where the day stands on which a code was added (columns 269 to 276), after the short
description; so the next three."""
_EFFECTIVE: Final = slice(157, 165)
"""The day on which the last change of a code takes effect (columns 277 to 284)."""
_TERM: Final = slice(165, 173)
"""The last day of a code (columns 285 to 292)."""
_ACTION: Final = slice(173, 174)
"""What the last change of a code was (column 293)."""
_REACTIVATED: Final = "R"
_CONTINUED: Final = ("4", "8")
_MODIFIERS: Final = ("7", "8")
_RECORD: Final = 320
"""Columns of a line of the HCPCS file; blanks at its end may be cut off."""
_CUT: Final = "was it changed or cut off? Fetch it anew"

MODIFIER: Final = "modifiers"
HEADER: Final = "headings of several codes"
DENTAL: Final = "dental codes (CDT), which the American Dental Association licenses"
CPT_CODE: Final = "CPT codes, which the American Medical Association licenses"


class ListEntry(Struct, frozen=True, kw_only=True):
    """One record of a list: a code, or a further part of the title of the code before it."""

    code: str
    title: str
    place: Span
    short: str = ""
    begins: str = ""
    """Its first day as the list writes it."""
    ended: str = ""
    """Its last day as the list writes it."""
    number: int = 0
    """The number that the list gives the record; 0 where it gives none."""
    continues: bool = False
    left_out: str | None = None
    """What it is, where it is not taken."""


def reader_of_lines(lines: Sequence[str]) -> LineReader | None:
    """What reads the lines of a code list, or None where lines are of none.

    ``lines`` are a text that was split at each end of a line.
    """
    # What follows the last end of a line may be part of one.
    first = list(islice((line for line in lines[:-1] or lines if line.strip()), _FIRST))
    forms = {_HCPCS_LINE: hcpcs_line, _ORDER_LINE: order_line, _PCS_LINE: pcs_line}
    for form, reader in forms.items():
        if first and all(form.fullmatch(line.ljust(_RECORD)) for line in first):
            return reader
    return None


def hcpcs_line(line: str, place: Span, findings: Findings) -> ListEntry | None:
    """A record of the alpha-numeric file: 320 columns, of which the last may be cut as blanks."""
    said = _HCPCS_LINE.fullmatch(line.ljust(_RECORD))
    if said is None:
        _tell_other(HCPCS, place, findings)
        return None
    code, number, kind, title, short, rest = said.groups()
    return ListEntry(
        code=code.strip(),
        title=title,
        place=place,
        short=short.strip(),
        begins=_first_day(rest[_ADDED], rest[_EFFECTIVE], rest[_ACTION]),
        ended=rest[_TERM].strip(),
        number=int(number),
        continues=kind in _CONTINUED,
        left_out=MODIFIER if kind in _MODIFIERS else _licensed(code),
    )


def order_line(line: str, place: Span, findings: Findings) -> ListEntry | None:
    """A line of the order file: number, code, whether it can be reported, short and long title."""
    said = _ORDER_LINE.fullmatch(line)
    if said is None:
        _tell_other(ICD_10_PCS, place, findings)
        return None
    number, code, is_code, short, title = said.groups()
    return ListEntry(
        code=code,
        title=title,
        place=place,
        short=short.strip(),
        number=int(number),
        left_out=None if is_code == "1" else HEADER,
    )


def pcs_line(line: str, place: Span, findings: Findings) -> ListEntry | None:
    """A line of the codes file: code and title."""
    said = _PCS_LINE.fullmatch(line)
    if said is None:
        _tell_other(ICD_10_PCS, place, findings)
        return None
    return ListEntry(code=said[1], title=said[2], place=place)


def _first_day(added: str, effective: str, action: str) -> str:
    """The day on which a code was added, or taken up again after it had ended."""
    return effective.strip() if action == _REACTIVATED else added.strip()


def _tell_other(system: CodeSystem, place: Span, findings: Findings) -> None:
    message = f"this line does not have the form of the {system.name} list that it stands in"
    findings.error("damaged-list", message, place, _CUT)


def _licensed(code: str) -> str | None:
    if code.startswith("D"):
        return DENTAL
    return CPT_CODE if code[:1].isdigit() else None


_HEADINGS: Final = {
    "hcpc": "code",
    "hcpcs": "code",
    "hcpcscode": "code",
    "recid": "kind",
    "longdescription": "title",
    "shortdescription": "short",
    "adddt": "added",
    "addeddate": "added",
    "acteffdt": "effective",
    "actioneffectivedate": "effective",
    "actioncd": "action",
    "actioncode": "action",
    "termdt": "ended",
    "terminationdate": "ended",
}


class ListColumns(Struct, frozen=True):
    """Which cell of a row of the HCPCS table is what."""

    indexes: dict[str, int]

    def entry(self, row: GridRow, last: str) -> ListEntry | None:
        """The record of a row; ``last`` is the code of the row before. None for a blank one."""
        code = self._cell_named(row, "code")
        kind = self._cell_named(row, "kind")
        if not code and not self._cell_named(row, "title"):
            return None
        is_modifier = kind in _MODIFIERS or (not kind and len(code) == len("XX"))
        return ListEntry(
            code=code,
            title=self._cell_named(row, "title"),
            place=row.place(self.indexes["code"]),
            short=self._cell_named(row, "short"),
            begins=_first_day(
                *(self._cell_named(row, one) for one in ("added", "effective", "action"))
            ),
            ended=self._cell_named(row, "ended"),
            continues=kind in _CONTINUED or (not kind and code == last),
            left_out=MODIFIER if is_modifier else _licensed(code),
        )

    def resembles(self, cells: Sequence[str]) -> bool:
        """Whether cells are likely those of a record: a code where codes belong."""
        return is_well_formed(cells[self.indexes["code"]].strip(), HCPCS)

    def _cell_named(self, row: GridRow, name: str) -> str:
        index = self.indexes.get(name)
        return row.cells[index].strip() if index is not None and index < len(row.cells) else ""


def columns_of_list(grid: CellGrid) -> ListColumns | None:
    """The columns of the HCPCS table, or None where a table is none."""
    for row in islice(grid.rows(), _HEADED):
        columns = _columns_named(row)
        if columns:
            return columns
    return None


def entries_of_table(grid: CellGrid, findings: Findings) -> Iterator[ListEntry]:
    """The records of the HCPCS table, below its headings."""
    columns = None
    last = ""
    for row in grid.rows():
        if columns is None:
            columns = _columns_named(row)
            continue
        refuse_row_in_quotes(row, columns.resembles, findings)
        entry = columns.entry(row, last)
        if entry:
            last = entry.code
            yield entry


def _columns_named(row: GridRow) -> ListColumns | None:
    indexes: dict[str, int] = {}
    for index, cell in enumerate(row.cells):
        name = _HEADINGS.get(plain_heading(cell))
        if name:
            indexes.setdefault(name, index)
    return ListColumns(indexes) if {"code", "title"} <= indexes.keys() else None
