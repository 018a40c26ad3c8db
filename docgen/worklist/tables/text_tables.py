"""Worklists that are tables: CSV, TSV and their kin."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import Diagnostic, Findings, Span, refuse
from docgen.source.lines import TextLines
from docgen.source.table_rows import ROW_IN_QUOTES, TableRows, TextRow, lines_like_rows
from docgen.worklist.columns.column_map import WorklistMap
from docgen.worklist.columns.matching import column_called, known_count, match_columns
from docgen.worklist.columns.reason_column import has_reasons
from docgen.worklist.columns.status_columns import tell_unread_statuses
from docgen.worklist.entries import LeftOut, WorklistRow, rows_to_print
from docgen.worklist.rows.reading import RowReader
from docgen.worklist.tables.text_files import open_worklist_text

DELIMITERS: Final = (",", ";", "\t", "|")
_HEAD: Final = 65_536
"""Characters in which the headings end."""


class TableWorklist:
    """A table, read as a stream."""

    left_out: Mapping[str, int]
    incomplete = False

    def __init__(
        self,
        path: Path,
        shown: str,
        encoding: str,
        delimiter: str,
        reader: RowReader,
    ) -> None:
        self.columns = reader.columns.headings
        """Without the one of reasons, where it holds the rejected rows of an earlier run."""
        self._path = path
        self._shown = shown
        self._encoding = encoding
        self._delimiter = delimiter
        self._reader = reader
        self.left_out = {}

    def __iter__(self) -> Iterator[WorklistRow]:
        left_out: Counter[str] = Counter()
        self.left_out = left_out
        rows = _rows_below_headings(self._path, self._encoding, self._delimiter)
        return rows_to_print(map(self._row_of_cells, rows), left_out)

    def _row_of_cells(self, row: TextRow) -> WorklistRow | LeftOut:
        if row.fault is None and "\n" in row.text:
            row = self._without_rows_in_quotes(row)
        cells = row.cells[: len(self.columns)]
        entry, problems = None, self._faults(row)
        if not problems:
            read = self._reader.read(
                cells, lambda index: row.place_of_cell(index, self._delimiter, self._shown)
            )
            if isinstance(read, LeftOut):
                return read
            entry, problems = read
        return WorklistRow(
            number=row.number,
            cells=cells,
            entry=entry,
            span=Span(self._shown, row.line, 1),
            problems=problems,
        )

    def _without_rows_in_quotes(self, row: TextRow) -> TextRow:
        """A row of several lines, with a fault where one of them is a patient's own."""
        for index, cells in lines_like_rows(row, self._delimiter):
            if self._reader.resembles(cells):
                offset = row.offset_of_cell(index, self._delimiter)
                return row.undivided(replace(ROW_IN_QUOTES, offset=offset), len(row.cells))
        return row

    def _faults(self, row: TextRow) -> tuple[Diagnostic, ...]:
        fault = row.fault
        if fault is None:
            return ()
        return (Diagnostic(fault.rule, fault.message, row.place_of_fault(self._shown), fault.hint),)


class _Headings(Struct, frozen=True):
    """Where the headings of a table stand."""

    row: TextRow
    delimiter: str
    shown: str

    def span(self, index: int) -> Span:
        return self.row.place_of_cell(index, self.delimiter, self.shown)

    def called(self, index: int) -> str:
        return column_called(index)


def open_table(
    path: Path, shown: str, encoding: str, column_map: WorklistMap | None, findings: Findings
) -> TableWorklist:
    """A table with its headings read. Raises DocgenError where they cannot be used.

    The delimiter is the one that makes most headings known, the map's where several do: rejected
    rows are written with commas, and go by the map of the worklist that they come from.
    """
    with open_worklist_text(path, encoding) as text:
        head = text.read(_HEAD)
    named = column_map.delimiter if column_map else None
    first = ("\t" if named == "tab" else named,) if named else ()
    found = [(delimiter, _headings(head, delimiter)) for delimiter in (*first, *DELIMITERS)]
    delimiter, row = max(found, key=lambda pair: _fit(pair[1].likely_cells(pair[0]), column_map))
    _refuse_faulty(row, shown)
    told = Findings()
    places = _Headings(row, delimiter, shown)
    headings = row.cells[:-1] if has_reasons(row.cells, column_map) else row.cells
    columns = match_columns(headings, places, column_map, told)
    rows = (
        (one.line, one.cells)
        for one in _rows_below_headings(path, encoding, delimiter)
        if one.fault is None
    )
    if known_count(headings, column_map):  # else the first row may be a patient's
        tell_unread_statuses(headings, places, rows, column_map, told)
    findings.extend(told.diagnostics)
    findings.raise_if_any()
    assert columns is not None  # else there were findings
    return TableWorklist(path, shown, encoding, delimiter, RowReader(columns, column_map))


def _rows_below_headings(path: Path, encoding: str, delimiter: str) -> Iterator[TextRow]:
    """All rows that are not blank, but the first."""
    with open_worklist_text(path, encoding) as text:
        rows = (row for row in TableRows(TextLines(text), delimiter) if not row.blank)
        next(rows, None)
        yield from rows


def _fit(headings: Sequence[str], column_map: WorklistMap | None) -> tuple[int, int]:
    """How well a delimiter divides the headings."""
    return known_count(headings, column_map), len(headings)


def _headings(head: str, delimiter: str) -> TextRow:
    """The first row that is not blank; one at least is not."""
    rows = TableRows(TextLines(StringIO(head)), delimiter)
    return next((row for row in rows if not row.blank), TextRow(1, 1, "", ("",)))


def _refuse_faulty(row: TextRow, shown: str) -> None:
    fault = row.fault
    if fault is not None:
        raise refuse(fault.rule, fault.message, row.place_of_fault(shown), fault.hint)
