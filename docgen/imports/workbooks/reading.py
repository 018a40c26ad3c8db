"""Workbooks of spreadsheet programs (Office Open XML, ``.xlsx``), read as plain cells.

Nothing is computed: what a formula gave when somebody last saved the file may be wrong by now.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from docgen.diagnostics import DocgenError, Findings, Span, quoted, refuse
from docgen.imports.drafts import ImportSource
from docgen.imports.grids import CellGrid, GridRow
from docgen.imports.workbooks.cells import SheetReader, WorkbookCell, WorkbookRow, column_name
from docgen.imports.workbooks.parts import Book, Package, SheetPart
from docgen.imports.workbooks.xml import LIMITS, DamagedError, TooMuchError, WorkbookLimits
from docgen.signatures import FileKind, kind_of

_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SAVE: Final = "save it as an .xlsx workbook, or as CSV in UTF-8"
_PASTE: Final = "put its value in its place (copy, then paste as values)"
_SHOWN: Final = 5
_MOST_TOLD: Final = 20
_LONGEST_ERROR: Final = 20


def is_workbook(source: ImportSource) -> bool:
    """Whether a file is a workbook, an archive or an old document of an office program."""
    return kind_of(source.data) in (FileKind.ZIP, FileKind.OLD_OFFICE)


def open_workbook(
    source: ImportSource, findings: Findings, limits: WorkbookLimits = LIMITS
) -> tuple[CellGrid, ...]:
    """The sheets of a workbook that are not hidden, without the empty ones.

    Findings tell of what is hidden. Raises DocgenError where the file is no such workbook, or holds
    more than ``limits`` allow.
    """
    start = Span.whole_file(source.shown)
    if kind_of(source.data) is FileKind.OLD_OFFICE:
        raise _old(source, start)
    try:
        package = Package(source.data, limits)
        if not package.is_workbook:
            raise _other_archive(start)
        book = package.book()
        sheets = [_Sheet(package, book, part, source.shown, limits) for part in book.sheets]
        return tuple(_grids(sheets, start, findings))
    except DamagedError as error:
        raise _damaged_workbook(error, start) from None
    except TooMuchError as error:
        raise _too_much(error, start) from None


def _grids(sheets: Sequence["_Sheet"], start: Span, findings: Findings) -> Iterator[CellGrid]:
    for sheet in sheets:
        name = quoted(sheet.part.name)
        if not sheet.part.is_visible:
            message = f"the sheet {name} is hidden and was not read"
            findings.warning("hidden-sheet", message, start, "show it if it is to be imported")
            continue
        sheet.read()
        _tell_merged(sheet, findings)
        if sheet.rows:
            _tell_hidden(sheet, start, findings)
            yield CellGrid(sheet.part.name, sheet.grid_rows(findings))


class _Sheet:
    """A sheet whose cells are read once."""

    def __init__(
        self, package: Package, book: Book, part: SheetPart, shown: str, limits: WorkbookLimits
    ) -> None:
        self.part = part
        self.shown = shown
        self.rows: list[WorkbookRow] = []
        self.reader = SheetReader(book, limits)
        self._package = package

    def read(self) -> None:
        with self._package.part(self.part.path) as stream:
            self.rows = list(self.reader.rows(stream))

    def name_of(self, row: int, column: int) -> str:
        """A cell as spreadsheet programs name it: ``Codes!B5``."""
        return f"{self.part.name}!{column_name(column)}{row}"

    def grid_rows(self, findings: Findings) -> Callable[[], Iterator[GridRow]]:
        """The rows as those of a table; of cells that cannot be believed, findings tell."""

        def rows() -> Iterator[GridRow]:
            for row in self.rows:
                cells = [""] * row.cells[-1].column
                for cell in row.cells:
                    cells[cell.column - 1] = self._text_of_cell(row.number, cell, findings)
                if any(cells) or any(cell.fault for cell in row.cells):
                    yield GridRow(tuple(cells), self._places(row.number))

        return rows

    def _places(self, row: int) -> Callable[[int], Span]:
        return lambda index: Span(self.shown, row, index + 1)

    def _text_of_cell(self, row: int, cell: WorkbookCell, findings: Findings) -> str:
        if cell.fault is None:
            return cell.text
        named = self.name_of(row, cell.column)
        place = Span(self.shown, row, cell.column)
        if cell.fault == "formula":
            message = f"the cell {named} is a formula, whose value may be out of date"
            findings.error("formula-cell", message, place, _PASTE)
        elif cell.fault == "error":
            message = f"the cell {named} is an error, {cell.text[:_LONGEST_ERROR] or '#VALUE!'}"
            findings.error("error-cell", message, place, _PASTE)
        else:
            message = f"the cell {named} is a number of a form that is not known: perhaps a date"
            hint = "give the cell a form, such as General or a date, and save the workbook"
            findings.error("unknown-form", message, place, hint)
        return ""


def _tell_merged(sheet: _Sheet, findings: Findings) -> None:
    """A merged cell belongs to several rows or columns: nobody can tell to which of them."""
    ranges = sorted(sheet.reader.merged, key=lambda one: (one.row, one.column))
    for merged in ranges[:_MOST_TOLD]:
        message = f"the cells {sheet.part.name}!{merged.name} are merged"
        place = Span(sheet.shown, merged.row, merged.column)
        findings.error("merged-cells", message, place, "divide them, and fill in each cell")
    if len(ranges) > _MOST_TOLD:
        last = ranges[_MOST_TOLD]
        message = f"here and further on are {len(ranges) - _MOST_TOLD:,} more merged ranges"
        place = Span(sheet.shown, last.row, last.column)
        findings.error("merged-cells", message, place, "divide them, and fill in each cell")


def _tell_hidden(sheet: _Sheet, start: Span, findings: Findings) -> None:
    rows = [str(number) for number in sheet.reader.hidden_rows]
    for kind, hidden in (("rows", rows), ("columns", sheet.reader.hidden_columns)):
        if hidden:
            some = ", ".join(hidden[:_SHOWN])
            more = f" and {len(hidden) - _SHOWN:,} more" if len(hidden) > _SHOWN else ""
            findings.warning(
                "hidden-rows" if kind == "rows" else "hidden-columns",
                f"hidden {kind} of the sheet {quoted(sheet.part.name)} were read: {some}{more}",
                start,
                "delete them if they are not to be imported",
            )


def _old(source: ImportSource, start: Span) -> DocgenError:
    if _ENCRYPTED in source.data:
        hint = "take the password off in the program that it was made with"
        return refuse("encrypted-file", "this workbook has a password", start, hint)
    return refuse("not-text", "this is a document of an old office program", start, _SAVE)


def _other_archive(start: Span) -> DocgenError:
    hint = f"unpack it and name the files in it; of a workbook, {_SAVE}"
    message = "this is an archive, or a document of another office program"
    return refuse("not-text", message, start, hint)


def _damaged_workbook(error: DamagedError, start: Span) -> DocgenError:
    message = f"this workbook is damaged: {error}"
    return refuse("damaged-file", message, start, f"open it in its program, and {_SAVE}")


def _too_much(error: TooMuchError, start: Span) -> DocgenError:
    hint = "divide the workbook, or save the sheet as CSV in UTF-8, which may be larger"
    return refuse("file-too-large", f"this workbook holds {error}", start, hint)
