"""The cells of a workbook's sheet, row by row, and what each of them says as text.

Numbers keep all their digits, days are written year-month-day, and what a program computed when
somebody last saved the file is not believed.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isinf
from typing import IO, Final, Literal, NamedTuple

from docgen.imports.workbooks.parts import Book, hear_rich_text, unescaped
from docgen.imports.workbooks.xml import (
    Attributes,
    DamagedError,
    PartReader,
    TooMuchError,
    WorkbookLimits,
    is_true,
    number_in,
)

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
"""What a sheet can have (ECMA-376, part 1, 18.3.1.73; the last cell is XFD1048576)."""
_MOST_STYLE: Final = 10_000_000
_PLACE: Final = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_NUMBER: Final = re.compile(
    r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[Ee][+-]?[0-9]{1,3})?"
)
_EAST_ASIAN_DATES: Final = frozenset((*range(27, 37), *range(50, 59)))
"""Forms of dates and times in the programs of East Asia, which files do not define (18.8.30)."""

Fault = Literal["formula", "error", "form"]


class WorkbookCell(NamedTuple):
    """A cell that is not blank, and what it says; or why that is not certain."""

    column: int
    """Counted from 1."""
    text: str
    fault: Fault | None = None


class WorkbookRow(NamedTuple):
    """A row that is not blank: its number, counted from 1, and its cells from left to right."""

    number: int
    cells: list[WorkbookCell]


class Merged(NamedTuple):
    """A range of cells that are one: its name, such as ``B2:C3``, and its first cell."""

    name: str
    row: int
    column: int


class SheetReader:
    """Reads one sheet. What is hidden and merged is known when all rows were read."""

    def __init__(self, book: Book, limits: WorkbookLimits) -> None:
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[str] = []
        self.merged: list[Merged] = []
        self._values = _Values(book)
        self._limits = limits
        self._ready: list[WorkbookRow] = []
        self._row = 0
        self._rows = 0
        self._area = 0
        self._characters = 0
        self._column = 0
        self._cells: dict[int, WorkbookCell] = {}
        self._cell: Attributes = {}
        self._is_formula = False
        self._reader = PartReader(limits)
        self._reader.on("col", self._note_hidden_columns)
        self._reader.on("row", self._begin_row, self._end_row)
        self._reader.on("c", self._begin_cell, self._end_cell)
        self._reader.on("f", self._formula)
        self._reader.on("mergeCell", self._merge)
        self._reader.hear("v")
        hear_rich_text(self._reader)

    def rows(self, stream: IO[bytes]) -> Iterator[WorkbookRow]:
        """Its rows that are not blank. Raises DamagedError and TooMuchError."""
        for _ in self._reader.chunks(stream):
            yield from self._ready
            self._ready.clear()

    def _note_hidden_columns(self, said: Attributes) -> None:
        if is_true(said, "hidden") and len(self.hidden_columns) < MOST_COLUMNS:
            first = column_name(number_in(said, "min", MOST_COLUMNS))
            last = column_name(number_in(said, "max", MOST_COLUMNS))
            self.hidden_columns.append(first if first == last else f"{first}:{last}")

    def _begin_row(self, said: Attributes) -> None:
        number = number_in(said, "r", MOST_ROWS, default=self._row + 1)
        if not self._row < number <= MOST_ROWS:
            raise DamagedError(f"its row {number:,} stands below row {self._row:,}")
        self._row = number
        self._column = 0
        self._rows += 1
        if self._rows > self._limits.rows:
            raise TooMuchError("rows in a sheet", self._limits.rows)
        if is_true(said, "hidden"):
            self.hidden_rows.append(number)

    def _end_row(self) -> None:
        if not self._cells:
            return
        cells = [self._cells[column] for column in sorted(self._cells)]
        self._cells = {}
        self._area += cells[-1].column
        if self._area > self._limits.cells:
            raise TooMuchError("cells in a sheet", self._limits.cells)
        self._ready.append(WorkbookRow(self._row, cells))

    def _begin_cell(self, said: Attributes) -> None:
        place = said.get("r")
        row, self._column = row_and_column(place) if place else (self._row, self._column + 1)
        if row != self._row or self._column > MOST_COLUMNS:
            raise DamagedError(f"it has a cell outside of row {self._row:,}")
        self._cell = said
        self._is_formula = False

    def _formula(self, _: Attributes) -> None:
        self._is_formula = True

    def _end_cell(self) -> None:
        said = self._reader.heard()
        if not said and not self._is_formula:
            return
        style = number_in(self._cell, "s", _MOST_STYLE, default=0)
        fault: Fault | None = "formula"
        text = ""
        if not self._is_formula:
            text, fault = self._values.text(self._cell.get("t", "n"), said, style)
        if self._column in self._cells:
            raise DamagedError(f"it has two cells {column_name(self._column)}{self._row}")
        self._characters += len(text)
        if self._characters > self._limits.characters:
            raise TooMuchError("characters in a sheet", self._limits.characters)
        self._cells[self._column] = WorkbookCell(self._column, text, fault)

    def _merge(self, said: Attributes) -> None:
        name = said.get("ref", "")
        row, column = row_and_column(name.partition(":")[0])
        if len(self.merged) == self._limits.merged:
            raise TooMuchError("merged ranges of cells", self._limits.merged)
        self.merged.append(Merged(name[:30], row, column))


class _Values:
    """What the values of cells say."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def text(self, kind: str, said: str, style: int) -> tuple[str, Fault | None]:
        """A value as text, or why that is not certain. Raises DamagedError."""
        if kind == "n":
            return self._text_of_number(said, style)
        if kind == "s":
            return self._shared(said), None
        if kind == "b":
            return "yes" if said.strip() == "1" else "no", None
        if kind == "e":
            return said, "error"
        if kind in ("str", "inlineStr"):
            return unescaped(said), None
        if kind == "d":
            return _day_of(said), None
        raise DamagedError("it has a cell whose kind nobody knows")

    def _shared(self, said: str) -> str:
        index = number_in({"v": said.strip()}, "v", 10**9)
        if index >= len(self._book.strings):
            raise DamagedError("it has a cell whose text is missing")
        return self._book.strings[index]

    def _text_of_number(self, said: str, style: int) -> tuple[str, Fault | None]:
        said = said.strip()
        if not _NUMBER.fullmatch(said):
            raise DamagedError("it has a number that is none")
        number = float(said) if set(said) & set(".eE") else int(said)
        if isinf(number):
            raise DamagedError("it has a number that is none")
        form = self._form(style)
        if form is None:
            return said, "form"
        kind = kind_of_form(form)
        if kind == "number":
            return _digits(number, form), None
        return _text_of_serial(number, is_span=kind == "span", is_from_1904=self._book.is_from_1904)

    def _form(self, style: int) -> str | None:
        """The form of a style's numbers; None where nobody knows it."""
        from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 - few read workbooks

        styles = self._book.styles
        if style >= len(styles) and (style or styles):
            return None
        id = styles[style] if styles else 0
        form = self._book.forms.get(id) or BUILTIN_FORMATS.get(id)
        return "yyyy-mm-dd" if form is None and id in _EAST_ASIAN_DATES else form


@lru_cache(maxsize=1024)
def kind_of_form(form: str) -> Literal["number", "moment", "span"]:
    """What numbers of a form stand for; ``[h]:mm`` is a span of time."""
    from openpyxl.styles.numbers import (  # noqa: PLC0415 - few imports read workbooks
        is_date_format,
        is_timedelta_format,
    )

    if is_date_format(form):
        return "span" if is_timedelta_format(form) else "moment"
    return "number"


def row_and_column(name: str) -> tuple[int, int]:
    """The row and the column of ``B5``. Raises DamagedError where it names no cell of a sheet."""
    said = _PLACE.fullmatch(name)
    if not said:
        raise DamagedError("it has a cell whose place cannot be read")
    column = 0
    for letter in said[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(said[2])
    if not (0 < row <= MOST_ROWS and column <= MOST_COLUMNS):
        raise DamagedError(f"it has a cell {name}, and the last one of a sheet is XFD{MOST_ROWS}")
    return row, column


def column_name(number: int) -> str:
    """A column, counted from 1, by its letters."""
    name = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _digits(number: float, form: str) -> str:
    """A number with all its digits, and the zeros before it that its form shows."""
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    if isinstance(number, int) and form and set(form) == {"0"}:
        return f"{number:0{len(form)}d}"
    return str(number)


def _text_of_serial(
    number: float, *, is_span: bool, is_from_1904: bool
) -> tuple[str, Fault | None]:
    """The day, time or span of time that a number of days stands for."""
    from openpyxl.utils.datetime import (  # noqa: PLC0415 - few imports read workbooks
        MAC_EPOCH,
        WINDOWS_EPOCH,
        from_excel,
    )

    epoch = MAC_EPOCH if is_from_1904 else WINDOWS_EPOCH
    try:
        return _written_moment(from_excel(number, epoch, timedelta=is_span)), None
    except (OverflowError, ValueError):
        return "", "error"


def _day_of(said: str) -> str:
    """A day or a time that a cell holds as text (ISO 8601)."""
    from openpyxl.utils.datetime import from_ISO8601  # noqa: PLC0415 - few read workbooks

    try:
        return _written_moment(from_ISO8601(said.strip()))
    except (ValueError, OverflowError, TypeError):
        raise DamagedError("it has a day that is none") from None


def _written_moment(value: datetime | date | time | timedelta) -> str:
    """A day as year-month-day, with its time where it has one."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value) if isinstance(value, timedelta) else value.isoformat()
