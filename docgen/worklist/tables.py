"""Worklists that are tables: CSV, TSV and their kin."""

from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Final

from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span, refuse
from docgen.source.lines import Lines
from docgen.source.table_rows import TableRow, TableRows
from docgen.worklist.column_map import WorklistMap
from docgen.worklist.columns import known_count, match_columns
from docgen.worklist.entries import Row
from docgen.worklist.row_reading import RowReader
from docgen.worklist.text_files import open_text

DELIMITERS: Final = (",", ";", "\t", "|")
_HEAD: Final = 65_536
"""Characters in which the headings end."""


class TableWorklist:
    """A table, read as a stream."""

    left_out: Mapping[str, int] = MappingProxyType({})

    def __init__(
        self,
        path: Path,
        shown: str,
        encoding: str,
        delimiter: str,
        reader: RowReader,
    ) -> None:
        self.columns = reader.columns.headings
        self._path = path
        self._shown = shown
        self._encoding = encoding
        self._delimiter = delimiter
        self._reader = reader

    def __iter__(self) -> Iterator[Row]:
        with open_text(self._path, self._encoding) as text:
            rows = (row for row in TableRows(Lines(text), self._delimiter) if not row.blank)
            next(rows, None)  # the headings
            for row in rows:
                yield self._read(row)

    def _read(self, row: TableRow) -> Row:
        entry, problems = None, self._faults(row)
        if not problems:
            entry, problems = self._reader.read(
                row.cells, lambda index: row.place_of_cell(index, self._delimiter, self._shown)
            )
        return Row(
            number=row.number,
            cells=row.cells,
            entry=entry,
            span=Span(self._shown, row.line, 1),
            problems=problems,
        )

    def _faults(self, row: TableRow) -> tuple[Diagnostic, ...]:
        fault = row.fault
        if fault is None:
            return ()
        span = row.place_of(fault.offset, self._shown)
        return (Diagnostic(fault.rule, fault.message, span, fault.hint),)


def open_table(
    path: Path, shown: str, encoding: str, column_map: WorklistMap | None, findings: Findings
) -> TableWorklist:
    """A table with its headings read. Raises DocgenError where they cannot be used.

    The delimiter is the one that makes most headings known, the map's where several do: rejected
    rows are written with commas, and go by the map of the worklist that they come from.
    """
    with open_text(path, encoding) as text:
        head = text.read(_HEAD)
    named = column_map.delimiter if column_map else None
    first = ("\t" if named == "tab" else named,) if named else ()
    found = [(delimiter, _headings(head, delimiter)) for delimiter in (*first, *DELIMITERS)]
    delimiter, row = max(
        found, key=lambda pair: (known_count(pair[1].cells, column_map), len(pair[1].cells))
    )
    _refuse_faulty(row, shown)
    told = Findings()
    columns = match_columns(
        row.cells, lambda index: row.place_of_cell(index, delimiter, shown), column_map, told
    )
    if columns is None:
        raise DocgenError((*findings.diagnostics, *told.diagnostics))
    findings.extend(told.diagnostics)
    return TableWorklist(path, shown, encoding, delimiter, RowReader(columns, column_map))


def _headings(head: str, delimiter: str) -> TableRow:
    """The first row that is not blank; one at least is not."""
    rows = TableRows(Lines(StringIO(head)), delimiter)
    return next((row for row in rows if not row.blank), TableRow(1, 1, "", ("",)))


def _refuse_faulty(row: TableRow, shown: str) -> None:
    fault = row.fault
    if fault is not None:
        raise refuse(fault.rule, fault.message, row.place_of(fault.offset, shown), fault.hint)
