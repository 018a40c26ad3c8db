"""Quotes in tables (RFC 4180): what cells say in them, and where rows begin once one is wrong."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

LONGEST_CELL: Final = 32_767
"""Characters of a cell, as many as spreadsheets take."""
_OPENING: Final = re.compile(' *"')
_CLOSING: Final = re.compile('[^"]*+(?:""[^"]*+)*+"')


class QuoteError(Exception):
    """The quotes of a row are wrong; ``offset`` is where the cell begins that shows it."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class UnclosedError(QuoteError):
    """A quote is opened and not closed."""


class TextAfterQuoteError(QuoteError):
    """Something other than a delimiter follows the quote that closes a cell."""


class LongCellError(QuoteError):
    """A cell goes on over more lines than it may have characters for."""


class LongRowError(QuoteError):
    """A row goes on over more lines than it may have characters for."""


def cells_of(text: str, delimiter: str, further: Iterable[str] = ()) -> Iterator[tuple[int, str]]:
    """The cells of a row with the offsets where they begin; ``further`` gives the lines that it
    goes on over, an iterator that is asked for one at a time.

    A quote that does not begin a cell stands for itself, such as that of ``12" pipe``.
    Raises QuoteError.

    ``7,"two ""and""`` with the line ``three",12" pipe`` below it has the cells ``7``, ``two "and"``
    above ``three``, and ``12" pipe``. They begin at 0, 2 and 22: offsets count in the row, whose
    lines are joined by one character each, while ``at`` counts in the line at hand, and ``line`` is
    where that begins in the row. Behind the last quote of a line nothing needs to be looked at:
    its cells are split at once, which most rows of most tables are as a whole.
    """
    line, at = 0, 0  # offsets: of the text at hand in the row, and of a cell in that
    last = text.rfind('"')
    while True:
        begin = line + at
        opening = _OPENING.match(text, at)
        if opening is None:
            if at > last:
                for cell in text[at:].split(delimiter):
                    yield begin, cell
                    begin += len(cell) + 1
                return
            end = text.find(delimiter, at)
            end = len(text) if end < 0 else end
            cell = text[at:end]
        else:
            quote = line + opening.end() - 1
            closed = _CLOSING.match(text, opening.end())
            if closed is None:
                above = text[opening.end() :]
                line, text, closed, above = _closed(quote, above, line + len(text) + 1, further)
                last = text.rfind('"')
                cell = f"{above}\n{closed.group()[:-1]}"
            else:
                cell = closed.group()[:-1]
            cell = cell.replace('""', '"')
            end = closed.end()
            while text.startswith(" ", end):
                end += 1
            if end < len(text) and text[end] != delimiter:
                raise TextAfterQuoteError(quote)
        yield begin, cell
        if end == len(text):
            return
        at = end + 1


def _closed(
    quote: int, begun: str, line: int, further: Iterable[str]
) -> tuple[int, str, re.Match[str], str]:
    """Where the line begins that closes a cell, its text, what is closed there, and what of the
    cell stands above it. ``quote`` is where the cell was opened, ``begun`` what it says there."""
    lines = [begun]
    length = len(begun)
    for text in further:
        closed = _CLOSING.match(text)
        if closed:
            return line, text, closed, "\n".join(lines)
        lines.append(text)
        length += len(text) + 1
        line += len(text) + 1
        if length > LONGEST_CELL:
            raise LongCellError(quote)
    raise UnclosedError(quote)


def closing_quote(text: str, first: str) -> int | None:
    """Where the quote is that closes the first cell of a row, but is opened nowhere in it: the row
    may be the end of a cell that goes on over lines, ``Mina",T-1,77299``. ``first`` is the cell."""
    said = first.rstrip()
    if not said.endswith('"') or said.count('"') % 2 == 0 or _OPENING.match(text):
        return None
    return len(said) - 1


class Doubt:
    """Where rows may begin again once a quote is wrong.

    Nobody knows how a wrong quote was meant. A line is a row for certain only where it stands
    outside of quotes in every way that the lines above can be read:

    1. as spreadsheets do: the first quote that is not doubled closes a cell, and what follows up to
       the delimiter is text, quotes included;
    2. as programs write that double no quote in a cell: only a quote before a delimiter, or at the
       end of a line, closes it;
    3. by number: quotes come in pairs.

    Only a line that has all its cells is a whole row where one of these says otherwise:
    ``"Ada" Example,77299,Room 2`` by the first way and the third, ``"12" pipe",77299,Room 2`` by
    the first two.
    """

    def __init__(self, delimiter: str, width: int) -> None:
        self._delimiter = delimiter
        self._width = width
        self._before_delimiter = re.compile(f'.*?"(?= *(?:{re.escape(delimiter)}|$))')
        self._is_first = True
        self._whole = False
        self._within = (False, False)
        self._odd = False

    def read(self, text: str) -> None:
        """The next line, of which the first is the one that has the wrong quote."""
        self._odd ^= text.count('"') % 2 == 1
        doubled, plain = self._within
        doubled, cells = _after(text, self._delimiter, _CLOSING, within=doubled)
        plain, plain_cells = _after(text, self._delimiter, self._before_delimiter, within=plain)
        self._within = (doubled, plain)
        if self._is_first and not doubled:
            by_first = cells == self._width and not self._odd
            self._whole = by_first or (plain_cells == self._width and not plain)
        else:
            self._whole = False
        self._is_first = False

    def read_cut(self, *, odd: bool) -> None:
        """The next line, of which no more is known than whether its quotes are odd in number."""
        self._odd ^= odd
        self._within = (self._odd, self._odd)
        self._whole = self._is_first = False

    @property
    def is_over(self) -> bool:
        """Whether the next line begins a row for certain."""
        return self._whole or not (self._odd or any(self._within))


def _after(
    text: str, delimiter: str, closing: re.Pattern[str], *, within: bool
) -> tuple[bool, int]:
    """Whether a quoted cell goes on after a line, and how many cells there are in the line."""
    at, cells = 0, 0
    while True:
        cells += 1
        if not within:
            opening = _OPENING.match(text, at)
            at, within = (opening.end(), True) if opening else (at, False)
        if within:
            closed = closing.match(text, at)
            if closed is None:
                return True, cells
            at, within = closed.end(), False
        at = text.find(delimiter, at)
        if at < 0:
            return False, cells
        at += 1
