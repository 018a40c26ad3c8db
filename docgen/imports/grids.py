"""Rows of cells with their places, whatever kind of file they come from."""

import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from docgen.diagnostics import Findings, Span
from docgen.imports.drafts import ImportSource
from docgen.source.encodings import Encoding, encoding_of
from docgen.source.lines import TextLines
from docgen.source.table_rows import (
    ROW_IN_QUOTES,
    TableRows,
    TextRow,
    lines_like_rows,
    readable,
)

DELIMITERS = ("\t", ",", ";", "|")
_HEAD = 65_536
"""Characters in which the headings end."""


class GridRow(Struct, frozen=True, eq=False):
    """A row: its cells as texts, and the place of each, counted from 0."""

    cells: tuple[str, ...]
    place: Callable[[int], Span]
    lines_like_rows: Callable[[], Iterator[tuple[int, tuple[str, ...]]]] = lambda: iter(())
    """Lines in cells of a text that may be rows: quotes may not be closed."""


def refuse_row_in_quotes(
    row: GridRow, resembles: Callable[[Sequence[str]], bool], findings: Findings
) -> None:
    """Tells of a cell that holds a line whose cells resemble those of a row."""
    for index, cells in row.lines_like_rows():
        if resembles(cells):
            fault = ROW_IN_QUOTES
            findings.error(fault.rule, fault.message, row.place(index), fault.hint)
            return


class CellGrid(Struct, frozen=True, eq=False):
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


def text_grid(source: ImportSource, text: str, delimiter: str, findings: Findings) -> CellGrid:
    """The rows of CSV and its kin; of a row that cannot be divided, findings tell."""

    def rows() -> Iterator[GridRow]:
        for row in readable(_rows_of_text(text, delimiter), source.shown, findings):
            yield GridRow(
                row.cells,
                _places(row, delimiter, source.shown),
                partial(lines_like_rows, row, delimiter),
            )

    return CellGrid(None, rows)


def headings_by_delimiter(text: str) -> dict[str, tuple[str, ...]]:
    """The likely cells of the first row that is not blank, as each delimiter divides it."""
    found = {}
    for delimiter in DELIMITERS:
        first = next((row for row in _rows_of_text(text[:_HEAD], delimiter) if not row.blank), None)
        found[delimiter] = first.likely_cells(delimiter) if first else ()
    return found


def _rows_of_text(text: str, delimiter: str) -> TableRows:
    return TableRows(TextLines(io.StringIO(text, newline=None)), delimiter)


def _places(row: TextRow, delimiter: str, shown: str) -> Callable[[int], Span]:
    return lambda index: row.place_of_cell(index, delimiter, shown)
