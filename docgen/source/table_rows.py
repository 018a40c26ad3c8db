"""The rows of CSV (RFC 4180) and its kin, with the place of every cell.

Python's csv module tells no places, and reads a quote that is never closed to the end of the file.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import accumulate
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import ErrorRule, Findings, Span
from docgen.source.lines import LONGEST, TextLine, TextLines
from docgen.source.quotes import (
    LONGEST_CELL,
    Doubt,
    LongCellError,
    LongRowError,
    QuoteError,
    TextAfterQuoteError,
    UnclosedError,
    cells_of,
    closing_quote,
)

_DAMAGED: Final = re.compile("[\0\ufffd]")
_AFTER_WRONG_QUOTE: Final = "after-wrong-quote"


class Fault(Struct, frozen=True):
    """Why a row of a table cannot be divided into its cells."""

    rule: ErrorRule
    message: str
    hint: str
    offset: int = 0
    """Where, in the text of the row."""
    below: int = 0
    """Where its text is the first of several lines, how many below that; then ``offset`` counts in
    that line."""


class TextRow(Struct, frozen=True):
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

    def likely_cells(self, delimiter: str) -> tuple[str, ...]:
        """Its cells; what stands between the delimiters where it cannot be divided."""
        return self.cells if self.fault is None else tuple(self.text.split(delimiter))

    def place_of(self, offset: int, path: str) -> Span:
        """The place of a character of its text."""
        starts = _line_starts(self.text)
        below = bisect_right(starts, offset) - 1
        return Span(path, self.line + below, offset - starts[below] + 1)

    def place_of_fault(self, path: str) -> Span:
        """The place of what is wrong with it."""
        assert self.fault
        place = self.place_of(self.fault.offset, path)
        return Span(path, place.line + self.fault.below, place.column)

    def place_of_cell(self, index: int, delimiter: str, path: str) -> Span:
        """The place where a cell begins, counted from 0."""
        return self.place_of(self.offset_of_cell(index, delimiter), path)

    def offset_of_cell(self, index: int, delimiter: str) -> int:
        """Where a cell begins in its text, counted from 0."""
        offsets = _offsets(self.text, delimiter)
        return offsets[index] if index < len(offsets) else len(self.text)

    def undivided(self, fault: Fault, width: int) -> "TextRow":
        """The row as one that a fault stands against: as many cells, and all of it in the first."""
        return replace(self, cells=(self.text, *("",) * (width - 1)), fault=fault)


@lru_cache(maxsize=16)
def _line_starts(text: str) -> tuple[int, ...]:
    """Where the lines of a row begin."""
    return (0, *(found.end() for found in re.finditer("\n", text)))


@lru_cache(maxsize=16)
def _offsets(text: str, delimiter: str) -> tuple[int, ...]:
    """Where the cells of a row begin; kept, as each of 30,000 headings may be told of."""
    if '"' not in text:
        widths = (len(cell) + len(delimiter) for cell in text.split(delimiter)[:-1])
        return tuple(accumulate(widths, initial=0))
    offsets: list[int] = []
    with suppress(QuoteError):
        for start, _ in cells_of(text, delimiter):
            offsets.append(start)  # up to a wrong quote
    return tuple(offsets)


class TableRows:
    """All rows of a table in turn, the one of the headings and blank ones among them.

    Line breaks in quotes belong to their cell. Where a quote is wrong, nothing that may stand
    within it becomes a row: each line is one with a fault, until a row begins again for certain.
    A row of too few cells is wrong as well, unless blank ones may be left out at its end.
    """

    def __init__(self, lines: TextLines, delimiter: str, *, may_be_short: bool = False) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._may_be_short = may_be_short
        self._width = 0
        """Cells of the first row that is not blank, which holds the headings."""
        self._doubt: Doubt | None = None
        self._wrong_line = 0
        """Where a quote was wrong last."""

    def __iter__(self) -> Iterator[TextRow]:
        number = 0
        while (first := self._lines.next()) is not None:
            number += 1
            row = self._in_doubt(number, first) if self._doubt else self._row_from(number, first)
            if self._width == 0 and not row.blank:
                self._width = len(row.cells)
            yield row

    def _row_from(self, number: int, first: TextLine) -> TextRow:
        if first.too_long:
            if first.odd_quotes:
                self._begin_doubt(first, first.number)
            return self._faulty(number, first, _LONG_ROW)
        if '"' not in first.text:
            cells = tuple(first.text.split(self._delimiter))
            return self._checked(TextRow(number, first.number, first.text, cells))
        return self._quoted(number, first)

    def _quoted(self, number: int, first: TextLine) -> TextRow:
        """A row with quoted cells, which may go on over further lines.

        Where its quotes are wrong, it is its first line alone, and the others are in doubt.
        """
        lines = [first]
        try:
            divided = cells_of(first.text, self._delimiter, self._further(lines))
            cells = tuple(cell for _, cell in divided)
        except QuoteError as error:
            fault = _wrong_quote(error, lines)
            self._lines.put_back(lines[1:])
            self._begin_doubt(first, first.number + fault.below)
            return self._faulty(number, first, fault)
        text = first.text if len(lines) == 1 else "\n".join(line.text for line in lines)
        row = TextRow(number, first.number, text, cells)
        stray = closing_quote(text, cells[0])
        if stray is not None:
            return row.undivided(replace(_STRAY_QUOTE, offset=stray), self._width)
        return self._checked(row)

    def _further(self, lines: list[TextLine]) -> Iterator[str]:
        """The lines below a row's first one, as long as they may belong to it."""
        length = len(lines[0].text)
        while (line := self._lines.next()) is not None:
            lines.append(line)
            length += len(line.text) + 1
            if line.too_long or length > LONGEST:
                raise LongRowError(0)
            yield line.text

    def _begin_doubt(self, line: TextLine, wrong_line: int) -> None:
        """The first line of a row with a wrong quote tells whether the next one may be a row."""
        self._wrong_line = wrong_line
        doubt = Doubt(self._delimiter, self._width)
        _read_line(doubt, line)
        self._doubt = None if doubt.is_over else doubt

    def _in_doubt(self, number: int, line: TextLine) -> TextRow:
        assert self._doubt
        _read_line(self._doubt, line)
        if self._doubt.is_over:
            self._doubt = None
        if not line.text.strip():
            return TextRow(number, line.number, line.text, (line.text,))
        fault = _LONG_ROW if line.too_long else _after_wrong_quote(self._wrong_line)
        return self._faulty(number, line, fault)

    def _faulty(self, number: int, line: TextLine, fault: Fault) -> TextRow:
        return TextRow(number, line.number, line.text, ()).undivided(fault, self._width)

    def _checked(self, row: TextRow) -> TextRow:
        """The row with as many cells as there are headings, or with a fault."""
        if row.blank:
            return row
        cells = row.cells
        while len(cells) > max(self._width, 1) and not cells[-1].strip():
            cells = cells[:-1]
        if self._may_be_short and len(cells) < self._width:
            cells = (*cells, *("",) * (self._width - len(cells)))
        fault = damage_to_letters(row.text) or _wrong_size(row, cells, self._width)
        if fault is None:
            return row if cells is row.cells else replace(row, cells=cells)
        if len(cells) == self._width:
            return replace(row, cells=cells, fault=fault)
        return row.undivided(fault, self._width)


def readable(rows: Iterable[TextRow], shown: str, findings: Findings) -> Iterator[TextRow]:
    """The rows that can be read, blank ones left out. Of all others findings tell: of lines below a
    wrong quote together, and of nothing after headings that cannot be read."""
    doubted: tuple[TextRow, TextRow] | None = None
    headed = False
    for row in rows:
        if row.blank:
            continue
        fault = row.fault
        if fault and fault.rule == _AFTER_WRONG_QUOTE:
            doubted = (doubted[0] if doubted else row, row)
            continue
        if doubted:
            _tell_doubted(*doubted, shown, findings)
            doubted = None
        if fault:
            findings.error(fault.rule, fault.message, row.place_of_fault(shown), fault.hint)
            if not headed:
                return
            continue
        headed = True
        yield row
    if doubted:
        _tell_doubted(*doubted, shown, findings)


def _tell_doubted(first: TextRow, last: TextRow, shown: str, findings: Findings) -> None:
    assert first.fault
    message = f"nothing is read from here to line {last.line}: {first.fault.message}"
    findings.error(first.fault.rule, message, first.place_of_fault(shown), first.fault.hint)


def lines_like_rows(row: TextRow, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Lines within cells that would make as many cells as their row has: the column of the cell,
    counted from 0, and what would be the cells.

    Where a quote that is not closed meets another one, all between them is one cell. Whoever knows
    what the columns are for can tell such a line from a row.
    """
    width = len(row.cells)
    for index, cell in enumerate(row.cells):
        for line in cell.split("\n")[1:]:
            cells = tuple(_trimmed(line.split(delimiter), width))
            if len(cells) == width:
                yield index, cells


def _trimmed(cells: list[str], width: int) -> list[str]:
    """Cells without those beyond a width that are blank."""
    end = len(cells)
    while end > width and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _read_line(doubt: Doubt, line: TextLine) -> None:
    if line.too_long:
        doubt.read_cut(odd=line.odd_quotes)
    else:
        doubt.read(line.text)


def _wrong_quote(error: QuoteError, lines: Sequence[TextLine]) -> Fault:
    offset, below = error.offset, 0
    while offset > len(lines[below].text):
        offset -= len(lines[below].text) + 1
        below += 1
    return replace(_FAULTS[type(error)], offset=offset, below=below)


def _after_wrong_quote(line: int) -> Fault:
    message = f"a quote is wrong on line {line}, so that this line may be no row of its own"
    return Fault(
        _AFTER_WRONG_QUOTE, message, "correct that line, and read the file from there on again"
    )


def damage_to_letters(text: str) -> Fault | None:
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


def _wrong_size(row: TextRow, cells: tuple[str, ...], width: int) -> Fault | None:
    if width and len(cells) != width:
        count = f"{len(cells)} cell{'' if len(cells) == 1 else 's'}"
        return Fault(
            "wrong-cell-count",
            f"this row has {count}, but there are {width} headings",
            "put a cell that holds the delimiter in quotes, and leave no cell out",
        )
    if len(row.text) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in cells):
        return _LONG_CELL
    return None


_QUOTES: Final = 'close it; a quote that is meant as such is written "" in a quoted cell'
ROW_IN_QUOTES: Final = Fault(
    "row-in-quotes",
    "this cell holds a line that looks like a row of its own: a quote may not be closed",
    "close the quote where the cell ends; write a cell that is meant so on one line",
)
_LONG_ROW: Final = Fault(
    "line-too-long",
    f"this row has more than {LONGEST:,} characters",
    "is it a row of this file?",
)
_LONG_CELL: Final = Fault(
    "cell-too-long",
    f"a cell has more than {LONGEST_CELL:,} characters",
    "is a quote missing, or is it of another file?",
)
_STRAY_QUOTE: Final = Fault(
    "stray-quote",
    "the first cell ends with a quote that nothing opens: it may have begun on a line above",
    'close it where it begins; a quote that is meant as such is written "" in a quoted cell',
)
_FAULTS: Final[dict[type[QuoteError], Fault]] = {
    LongRowError: _LONG_ROW,
    LongCellError: _LONG_CELL,
    UnclosedError: Fault(
        "unclosed-quote", "a cell begins with a quote that is not closed", _QUOTES
    ),
    TextAfterQuoteError: Fault(
        "text-after-quote",
        "text follows the quote that closes a cell, or a quote is not closed",
        _QUOTES,
    ),
}
