"""Rows of cells with their places, whatever kind of file they come from."""

import io
from collections.abc import Callable, Iterator

from msgspec import Struct

from docgen.diagnostics import Findings, Span
from docgen.imports.drafts import ImportSource
from docgen.source.encodings import Encoding, encoding_of
from docgen.source.lines import Lines
from docgen.source.table_rows import TableRow, TableRows

DELIMITERS = ("\t", ",", ";", "|")
_HEAD = 65_536
"""Characters in which the headings end."""


class GridRow(Struct, frozen=True, eq=False):
    """A row: its cells as texts, and the place of each, counted from 0."""

    cells: tuple[str, ...]
    place: Callable[[int], Span]


class Grid(Struct, frozen=True, eq=False):
    """A table, or one sheet of a workbook. Its first row that is not blank holds the headings."""

    name: str | None
    """The name of the sheet; a text table has none."""
    rows: Callable[[], Iterator[GridRow]]
    """Rows that are not blank, the headings first. Of rows that cannot be read, findings tell."""


def text_of(source: ImportSource, named: Encoding | None, findings: Findings) -> str:
    """A file as text, whose lines end in LF; bytes that are no text become U+FFFD.

    Raises DocgenError where it is no text.
    """
    encoding = encoding_of(io.BytesIO(source.data), source.shown, named, findings)
    reader = io.TextIOWrapper(io.BytesIO(source.data), encoding, errors="replace", newline=None)
    return reader.read()


def text_grid(source: ImportSource, text: str, delimiter: str, findings: Findings) -> Grid:
    """The rows of CSV and its kin; of a row that cannot be divided, findings tell."""

    def rows() -> Iterator[GridRow]:
        for row in TableRows(Lines(io.StringIO(text)), delimiter, prose=True):
            fault = row.fault
            if fault:
                place = row.place_of(fault.offset, source.shown)
                findings.error(fault.rule, fault.message, place, fault.hint)
            elif not row.blank:
                yield GridRow(row.cells, _places(row, delimiter, source.shown))

    return Grid(None, rows)


def headings_by_delimiter(text: str) -> dict[str, tuple[str, ...]]:
    """The cells of the first row that is not blank, as each delimiter divides it."""
    head = text[:_HEAD]
    found = {}
    for delimiter in DELIMITERS:
        rows = (
            row
            for row in TableRows(Lines(io.StringIO(head)), delimiter, prose=True)
            if not row.blank
        )
        first = next(rows, None)
        found[delimiter] = first.cells if first and not first.fault else ()
    return found


def _places(row: TableRow, delimiter: str, shown: str) -> Callable[[int], Span]:
    return lambda index: row.place_of_cell(index, delimiter, shown)
