"""The rows of CSV (RFC 4180) and its kin, with the place of every cell.

Python's csv module tells no places, and reads a quote that is never closed to the end of the file.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import Span
from docgen.source.lines import LONGEST, Line, Lines

LONGEST_CELL: Final = 32_767
"""Characters of a cell, as many as spreadsheets take."""
_MOST_LINES: Final = 100
"""Lines that a quoted cell may go over."""
_OPENING: Final = re.compile(' *"')
_QUOTED: Final = re.compile('[^"]*(?:""[^"]*)*"(?!")')
_DAMAGED: Final = re.compile("[\0\ufffd]")
_ENOUGH_CELLS: Final = 3
"""Lines with fewer cells may well stand within a cell; with more, they look like rows."""


class Fault(Struct, frozen=True):
    """Why a row of a table cannot be divided into its cells; ``offset`` is where, in its text."""

    rule: str
    message: str
    hint: str
    offset: int = 0


class TableRow(Struct, frozen=True):
    """A row as it stands: its number, its first line, its text, and its cells.

    A row with a fault has all its text in the first cell, so that it cannot be taken for a row
    that is right before it was corrected.
    """

    number: int
    line: int
    text: str
    cells: tuple[str, ...]
    fault: Fault | None = None

    def __repr__(self) -> str:
        return f"TableRow(number={self.number}, …)"

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)

    def place_of(self, offset: int, path: str) -> Span:
        """The place of a character of its text."""
        line = self.line + self.text.count("\n", 0, offset)
        return Span(path, line, offset - self.text.rfind("\n", 0, offset))

    def place_of_cell(self, index: int, delimiter: str, path: str) -> Span:
        """The place where a cell begins, counted from 0."""
        if '"' not in self.text:
            before = self.text.split(delimiter, index)[:index]
            return Span(path, self.line, sum(map(len, before)) + index * len(delimiter) + 1)
        start, _ = next(islice(_cells(self.text, delimiter), index, None))
        return self.place_of(start, path)


class _UnclosedError(Exception):
    """A quote is opened at an offset and not closed in the text."""


class _TextAfterQuoteError(Exception):
    """Something other than a delimiter follows a cell whose quote is opened at an offset."""


class TableRows:
    """All rows of a table in turn, the one of the headings and blank ones among them.

    A line within quotes that looks like a row is a sign that a quote is not closed, and its row has
    a fault; but not in tables of ``prose``, whose cells may go over many lines with many commas.
    """

    def __init__(self, lines: Lines, delimiter: str, *, prose: bool = False) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._prose = prose
        self._width = 0
        """Cells of the first row that is not blank, which holds the headings."""

    def __iter__(self) -> Iterator[TableRow]:
        number = 0
        while (first := self._lines.next()) is not None:
            number += 1
            row = self._row(number, first)
            if self._width == 0 and not row.blank:
                self._width = len(row.cells)
            yield row

    def _row(self, number: int, first: Line) -> TableRow:
        if first.too_long:
            return self._faulty(number, first, _too_long())
        if '"' not in first.text:
            cells = tuple(first.text.split(self._delimiter))
            return self._checked(TableRow(number, first.number, first.text, cells))
        return self._quoted(number, first)

    def _quoted(self, number: int, first: Line) -> TableRow:
        """A row with quoted cells, which may go over several lines.

        Where its quotes are wrong, only its first line is rejected: the next lines may be rows.
        """
        lines = [first]
        text = first.text
        while True:
            try:
                cells = tuple(cell for _, cell in _cells(text, self._delimiter))
            except _UnclosedError as error:
                if self._read_to_quote(lines):
                    text = "\n".join(line.text for line in lines)
                    continue
                fault = _unclosed(error.args[0])
            except _TextAfterQuoteError as error:
                fault = _text_after_quote(error.args[0])
            else:
                if not any(self._looks_like_row(line) for line in lines[1:]):
                    return self._checked(TableRow(number, first.number, text, cells))
                fault = _row_in_quotes()
            self._lines.put_back(lines[1:])
            return self._faulty(number, first, fault)

    def _read_to_quote(self, lines: list[Line]) -> bool:
        """Reads on to the next line with a quote, or says that there is none in reach."""
        length = sum(len(line.text) for line in lines)
        while len(lines) < _MOST_LINES and length < LONGEST:
            line = self._lines.next()
            if line is None:
                return False
            lines.append(line)
            length += len(line.text)
            if '"' in line.text:
                return True
        return False

    def _looks_like_row(self, line: Line) -> bool:
        if self._prose:
            return line.too_long
        cells = line.text.count(self._delimiter) + 1
        return line.too_long or (cells == self._width and cells >= _ENOUGH_CELLS)

    def _faulty(self, number: int, first: Line, fault: Fault) -> TableRow:
        cells = (first.text, *("",) * (self._width - 1))
        return TableRow(number, first.number, first.text, cells, fault)

    def _checked(self, row: TableRow) -> TableRow:
        """The row with as many cells as there are headings, or with a fault."""
        if row.blank:
            return row
        cells = row.cells
        while len(cells) > max(self._width, 1) and not cells[-1].strip():
            cells = cells[:-1]
        fault = damage(row.text) or _wrong_size(cells, self._width)
        if fault is None:
            return replace(row, cells=cells)
        if len(cells) == self._width:
            return replace(row, cells=cells, fault=fault)
        return replace(row, cells=(row.text, *("",) * (self._width - 1)), fault=fault)


def _cells(text: str, delimiter: str) -> Iterator[tuple[int, str]]:
    """The cells of a row with the offsets where they begin.

    Raises _UnclosedError, _TextAfterQuoteError.
    """
    start = 0
    while True:
        opening = _OPENING.match(text, start)
        if opening:
            end, cell = _quoted_cell(text, opening.end(), delimiter)
        else:
            end = text.find(delimiter, start)
            end = len(text) if end < 0 else end
            cell = text[start:end]
        yield start, cell
        if end == len(text):
            return
        start = end + 1


def _quoted_cell(text: str, begin: int, delimiter: str) -> tuple[int, str]:
    """Where a quoted cell ends, and what it says."""
    closed = _QUOTED.match(text, begin)
    if closed is None:
        raise _UnclosedError(begin - 1)
    end = closed.end()
    while text.startswith(" ", end):
        end += 1
    if end < len(text) and text[end] != delimiter:
        raise _TextAfterQuoteError(begin - 1)
    return end, closed.group()[:-1].replace('""', '"')


def _too_long() -> Fault:
    message = f"this line has more than {LONGEST:,} characters"
    return Fault("line-too-long", message, "is it a row of this file?")


def _unclosed(offset: int) -> Fault:
    return Fault(
        "unclosed-quote",
        f"a cell begins with a quote that is not closed within {_MOST_LINES} lines",
        _QUOTES,
        offset,
    )


def _text_after_quote(offset: int) -> Fault:
    message = "text follows the quote that closes a cell, or a quote is not closed"
    return Fault("text-after-quote", message, _QUOTES, offset)


def _row_in_quotes() -> Fault:
    message = "a quoted cell goes on over a line that looks like a row of its own"
    return Fault("unclosed-quote", message, _QUOTES)


def damage(text: str) -> Fault | None:
    """What tells that letters of a text were lost, if anything does."""
    damaged = _DAMAGED.search(text)
    if damaged is None:
        return None
    if damaged.group() == "\0":
        hint = "delete it, or export the file anew"
        return Fault("unprintable-character", "this is U+0000, no text", hint, damaged.start())
    return Fault(
        "undecodable",
        "a letter was lost here: it is not in the encoding of the rest",
        "save the file as CSV in UTF-8, or name its 'encoding' in the column map",
        damaged.start(),
    )


def _wrong_size(cells: tuple[str, ...], width: int) -> Fault | None:
    if width and len(cells) != width:
        count = f"{len(cells)} cell{'' if len(cells) == 1 else 's'}"
        return Fault(
            "wrong-cell-count",
            f"this row has {count}, but there are {width} headings",
            "put a cell that holds the delimiter in quotes, and leave no cell out",
        )
    if any(len(cell) > LONGEST_CELL for cell in cells):
        message = f"a cell has more than {LONGEST_CELL:,} characters"
        return Fault("cell-too-long", message, "is a quote missing, or is it of another file?")
    return None


_QUOTES: Final = 'close it; a quote that is meant as such is written "" in a quoted cell'
