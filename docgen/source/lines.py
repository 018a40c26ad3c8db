"""The lines of a text, one after another, however long the file or a line is."""

from collections import deque
from collections.abc import Iterable
from typing import Final, TextIO

from msgspec import Struct

LONGEST: Final = 1_000_000
"""Characters of a line; no row of a table comes near."""


class TextLine(Struct, frozen=True):
    """A line without its end. Of one that is too long, only the beginning is kept."""

    number: int
    text: str
    too_long: bool = False
    odd_quotes: bool = False
    """Whether the quotes of a line that is too long are odd in number, with those of its rest."""

    def __repr__(self) -> str:
        return f"Line(number={self.number}, …)"


class TextLines:
    """Lines of a text, some of which may be put back to be read again."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._ahead: deque[TextLine] = deque()
        self._number = 0

    def next(self) -> TextLine | None:
        """The next line, or None after the last."""
        if self._ahead:
            return self._ahead.popleft()
        read = self._text.readline(LONGEST)
        if not read:
            return None
        self._number += 1
        if len(read) < LONGEST or read.endswith("\n"):
            return TextLine(self._number, read.removesuffix("\n"))
        rest = read
        quotes = rest.count('"')
        while rest and not rest.endswith("\n"):
            rest = self._text.readline(LONGEST)
            quotes += rest.count('"')
        return TextLine(self._number, read[:_KEPT], too_long=True, odd_quotes=quotes % 2 == 1)

    def put_back(self, lines: Iterable[TextLine]) -> None:
        """Lets lines that were read be read again, in the same order."""
        self._ahead.extendleft(reversed(list(lines)))


_KEPT: Final = 1_000
"""Characters that are kept of a line that is too long."""
