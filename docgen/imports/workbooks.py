"""Workbooks of spreadsheet programs (Office Open XML, ``.xlsx``), read as plain cells.

Nothing is computed: what a formula gave when somebody last saved the file may be wrong by now.
"""

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from docgen.diagnostics import DocgenError, Findings, Span, quoted, refuse
from docgen.imports.drafts import ImportSource
from docgen.imports.grids import Grid, GridRow

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0"

_MOST_BYTES: Final = 100_000_000
"""Bytes of all parts together, unpacked: a workbook of half a million cells has a third of it."""
_MOST_PARTS: Final = 2_000
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SHEETS: Final = "xl/workbook.xml"
_HEAD: Final = 4_096
_SAVE: Final = "save it as an .xlsx workbook, or as CSV in UTF-8"
_PASTE: Final = "put its value in its place (copy, then paste as values)"
_SHOWN: Final = 5


def is_workbook(source: ImportSource) -> bool:
    """Whether a file is a workbook, an archive or an old document of an office program."""
    return source.data.startswith((ZIP, OLE))


def open_workbook(source: ImportSource, findings: Findings) -> tuple[Grid, ...]:
    """The sheets of a workbook that are not hidden, without the empty ones.

    Findings tell of what is hidden. Raises DocgenError where the file is no such workbook.
    """
    start = Span.whole_file(source.shown)
    if source.data.startswith(OLE):
        raise _old(source, start)
    _check_archive(source, start)
    book = _loaded(source, start)
    _check_merged(book, source, findings)
    grids = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            message = f"the sheet {quoted(sheet.title)} is hidden and was not read"
            findings.warning("hidden-sheet", message, start, "show it if it is to be imported")
        elif sheet.max_row > 1 or sheet["A1"].value is not None:
            _tell_hidden(sheet, start, findings)
            grids.append(_grid(sheet, source.shown, findings))
    return tuple(grids)


def _old(source: ImportSource, start: Span) -> DocgenError:
    if _ENCRYPTED in source.data:
        hint = "take the password off in the program that it was made with"
        return refuse("encrypted-file", "this workbook has a password", start, hint)
    return refuse("not-text", "this is a document of an old office program", start, _SAVE)


def _check_archive(source: ImportSource, start: Span) -> None:
    """Refuses what is no workbook, and what would fill the memory, before any of it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            refusal = _refusal(archive, start)
    except Exception as error:  # damaged archives raise errors of all kinds
        raise _damaged(type(error).__name__, start) from None
    if refusal:
        raise refusal


def _refusal(archive: zipfile.ZipFile, start: Span) -> DocgenError | None:
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
        return refuse(
            "file-too-large",
            f"unpacked, this file has more than {_MOST_BYTES // 1_000_000} MB",
            start,
            "divide the workbook, or save the sheet as CSV in UTF-8",
        )
    if _SHEETS not in archive.namelist():
        hint = f"unpack it and name the files in it; of a workbook, {_SAVE}"
        message = "this is an archive, or a document of another office program"
        return refuse("not-text", message, start, hint)
    for part in parts:
        with archive.open(part) as stream:
            if b"<!DOCTYPE" in stream.read(_HEAD):
                return _damaged("a part of it has a document type of its own", start)
    return None


def _damaged(reason: str, start: Span) -> DocgenError:
    message = f"this workbook is damaged: {reason}"
    return refuse("damaged-file", message, start, f"open it in its program, and {_SAVE}")


def _loaded(source: ImportSource, start: Span) -> "Workbook":
    from openpyxl import load_workbook  # noqa: PLC0415 - few imports read workbooks

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that are not read
            return load_workbook(io.BytesIO(source.data), keep_links=False)
    except Exception as error:
        raise _damaged(type(error).__name__, start) from None


def _check_merged(book: "Workbook", source: ImportSource, findings: Findings) -> None:
    """A merged cell belongs to several rows or columns: nobody can tell to which of them."""
    for sheet in book.worksheets:
        ranges = sorted(sheet.merged_cells.ranges, key=lambda one: (one.min_row, one.min_col))
        if sheet.sheet_state != "visible":
            continue
        for merged in ranges:
            message = f"the cells {_named(sheet, merged.coord)} are merged"
            place = Span(source.shown, merged.min_row, merged.min_col)
            findings.error("merged-cells", message, place, "divide them, and fill in each cell")


def _tell_hidden(sheet: "Worksheet", start: Span, findings: Findings) -> None:
    rows = [number for number, row in sorted(sheet.row_dimensions.items()) if row.hidden]
    columns = [name for name, column in sheet.column_dimensions.items() if column.hidden]
    for kind, hidden in (("rows", rows), ("columns", columns)):
        if hidden:
            some = ", ".join(map(str, hidden[:_SHOWN]))
            more = f" and {len(hidden) - _SHOWN} more" if len(hidden) > _SHOWN else ""
            findings.warning(
                f"hidden-{kind}",
                f"hidden {kind} of the sheet {quoted(sheet.title)} were read: {some}{more}",
                start,
                "delete them if they are not to be imported",
            )


def _grid(sheet: "Worksheet", shown: str, findings: Findings) -> Grid:
    def rows() -> Iterator[GridRow]:
        for row in sheet.iter_rows():
            if all(cell.value is None for cell in row):
                continue
            cells = tuple(_text(sheet, cell, shown, findings) for cell in row)
            yield GridRow(cells, _places(shown, row[0].row))

    return Grid(sheet.title, rows)


def _places(shown: str, row: int) -> Callable[[int], Span]:
    return lambda index: Span(shown, row, index + 1)


def _named(sheet: "Worksheet", coordinate: str) -> str:
    """A cell as spreadsheet programs name it: ``Codes!B5``."""
    return f"{sheet.title}!{coordinate}"


def _text(sheet: "Worksheet", cell: "Cell", shown: str, findings: Findings) -> str:
    """What a cell says. Of formulas and errors, findings tell."""
    kind, value = cell.data_type, cell.value
    if kind in ("f", "e"):
        named = _named(sheet, cell.coordinate)
        what = "a formula, whose value may be out of date" if kind == "f" else f"an error, {value}"
        place = Span(shown, cell.row, cell.column)
        rule = "formula-cell" if kind == "f" else "error-cell"
        findings.error(rule, f"the cell {named} is {what}", place, _PASTE)
        return ""
    return _written(value, cell.number_format)


def _written(value: Any, form: str) -> str:
    """A value as text: numbers with all their digits, days as year-month-day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and form and set(form) == {"0"}:
        return f"{value:0{len(form)}d}"
    return str(value)
