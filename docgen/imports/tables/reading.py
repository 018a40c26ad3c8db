"""Tables of records and code lists: CSV and its kin, workbooks, JSON, JSON Lines."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.code_systems import HCPCS, ICD_10_PCS
from docgen.diagnostics import Findings, Span, quoted, refuse, some_of
from docgen.imports.drafts import Draft, ImportSource, TableDraft
from docgen.imports.grids import CellGrid, headings_by_delimiter, text_grid, text_of
from docgen.imports.lists.code_lists import (
    LineReader,
    ListEntry,
    columns_of_list,
    entries_of_table,
    hcpcs_line,
    order_line,
    reader_of_lines,
)
from docgen.imports.lists.listed_codes import table_of
from docgen.imports.lists.whole_lists import doubts, lines_of, without_torn_title
from docgen.imports.tables.column_map import ImportMap, read_import_map
from docgen.imports.tables.columns import known_count
from docgen.imports.tables.json_records import is_json, json_drafts
from docgen.imports.tables.records import drafts_of
from docgen.imports.workbooks.reading import is_workbook, open_workbook

_JSON: Final = (".json", ".jsonl", ".ndjson")
SUFFIXES: Final = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", *_JSON)
_DELIMITERS: Final = {"tab": "\t"}
_HEAD: Final = 65_536
_ENOUGH: Final = 2
"""Known headings that make a file a table, whatever its name."""


def is_table(source: ImportSource) -> bool:
    """Whether a file is read here: by its name, or by what it begins with.

    Raises DocgenError where its column map is wrong.
    """
    if source.name.lower().endswith(SUFFIXES) or is_workbook(source):
        return True
    text = source.data[:_HEAD].decode("utf-8-sig", errors="replace")
    if is_json(text) or reader_of_lines(re.split("\r\n?|\n", text)):
        return True
    column_map = read_import_map(source.column_map) if source.column_map else None
    return known_count(_divided(text, column_map)[1], column_map) >= _ENOUGH


def read_table(source: ImportSource, findings: Findings) -> Iterator[Draft | TableDraft]:
    """The drafts of a table of records, or the one table of a code list.

    Rows that cannot be used are told to findings; raises DocgenError where the whole file is
    unusable.
    """
    column_map = read_import_map(source.column_map) if source.column_map else None
    if is_workbook(source):
        yield from _workbook(source, column_map, findings)
        return
    text = text_of(source, column_map.encoding if column_map else None, findings)
    if is_json(text) or source.name.lower().endswith(_JSON):
        yield from json_drafts(text, source.shown, column_map, findings)
        return
    reader = reader_of_lines(text.split("\n"))
    if reader:
        yield _list(source, text, reader, findings)
        return
    delimiter, _ = _divided(text, column_map)
    if columns_of_list(text_grid(source, text, delimiter, Findings())):
        yield _list_in_cells(source, text, delimiter, findings)
        return
    yield from drafts_of(text_grid(source, text, delimiter, findings), column_map, findings)


def _list(source: ImportSource, text: str, reader: LineReader, findings: Findings) -> TableDraft:
    """The table of a code list, a record a line."""
    lines = lines_of(text)
    entries: Sequence[ListEntry] = list(_entries_of_lines(source, lines.whole, reader, findings))
    numbered = entries if reader is order_line else ()
    doubted = doubts(lines, source.shown, numbered)
    if reader is not hcpcs_line:
        return table_of(source, ICD_10_PCS, entries, findings, doubted)
    entries = without_torn_title(entries, lines.torn)
    return table_of(source, HCPCS, entries, findings, doubted)


def _list_in_cells(
    source: ImportSource, text: str, delimiter: str, findings: Findings
) -> TableDraft:
    """The table of a code list in CSV and its kin."""
    lines = lines_of(text)
    grid = text_grid(source, "".join(f"{line}\n" for line in lines.whole), delimiter, findings)
    entries = without_torn_title(list(entries_of_table(grid, findings)), lines.torn)
    return table_of(source, HCPCS, entries, findings, doubts(lines, source.shown))


def _entries_of_lines(
    source: ImportSource, lines: Sequence[str], reader: LineReader, findings: Findings
) -> Iterator[ListEntry]:
    for number, line in enumerate(lines, 1):
        if line.strip(" \t\x1a"):
            entry = reader(line, Span(source.shown, number, 1), findings)
            if entry:
                yield entry


def _divided(text: str, column_map: ImportMap | None) -> tuple[str, tuple[str, ...]]:
    """The delimiter that makes most headings known, and the headings."""
    found = headings_by_delimiter(text)
    named = column_map.delimiter if column_map else None
    if named:
        delimiter = _DELIMITERS.get(named, named)
        return delimiter, found[delimiter]
    return max(found.items(), key=lambda one: (known_count(one[1], column_map), len(one[1])))


def _workbook(
    source: ImportSource, column_map: ImportMap | None, findings: Findings
) -> Iterator[Draft | TableDraft]:
    grids = _grids_to_read(source, open_workbook(source, findings), column_map)
    lists = [grid for grid in grids if columns_of_list(grid)]
    if lists:
        entries = (entry for grid in lists for entry in entries_of_table(grid, findings))
        yield table_of(source, HCPCS, entries, findings)
        return
    read = [grid for grid in grids if _known(grid, column_map)] or grids[:1]
    for grid in grids:
        if grid in read:
            yield from drafts_of(grid, column_map, findings)
        else:
            findings.warning(
                "unread-sheet",
                f"the sheet {quoted(grid.name or '')} has no heading that is known, and was not "
                "read",
                Span.whole_file(source.shown),
                "say in a map (--map) what its headings mean",
            )


def _known(grid: CellGrid, column_map: ImportMap | None) -> bool:
    first = next(iter(grid.rows()), None)
    return first is not None and known_count(first.cells, column_map) > 0


def _grids_to_read(
    source: ImportSource, grids: tuple[CellGrid, ...], column_map: ImportMap | None
) -> tuple[CellGrid, ...]:
    """The sheets to read. Raises DocgenError where there is none."""
    named = column_map.sheet if column_map else None
    found = tuple(grid for grid in grids if named is None or grid.name == named.value)
    if found:
        return found
    if named:
        names = some_of([quoted(grid.name or "") for grid in grids])
        raise refuse(
            "missing-sheet",
            f"the workbook {source.shown} has no sheet {quoted(named.value)} that can be read",
            named.span,
            f"it has {names}",
        )
    start = Span.whole_file(source.shown)
    raise refuse("empty-file", "no sheet of this workbook holds anything", start, None)
