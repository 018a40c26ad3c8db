"""The XML parts of a workbook, read element by element, and no more of them than a limit says.

A workbook is packed: a file of a few kilobytes may hold a hundred million cells, a part may be one
element with a million attributes, and a cell may name a row that no sheet has. So nothing is kept
here but what a reader asked for, and everything is counted before it is kept.
"""

import re
from collections.abc import Callable, Iterator
from typing import IO, Final
from xml.parsers import expat

from msgspec import Struct

Attributes = dict[str, str]
Begin = Callable[[Attributes], None]
End = Callable[[], None]

_MAIN: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespaces of workbooks: the one in use, and that of strict files (ISO/IEC 29500-1)."""
RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHUNK: Final = 65_536
_LONGEST_TAG: Final = 1_000_000
"""Bytes of one tag or comment."""
_WHOLE: Final = re.compile("[0-9]{1,12}")
_MOST_NAMES: Final = 10_000
"""Different names of elements and attributes in a part: workbooks have a few hundred."""


class WorkbookLimits(Struct, frozen=True, kw_only=True):
    """How much of a workbook is read. Spreadsheet programs themselves read at most 16,384 columns,
    1,048,576 rows and 32,767 characters in a cell."""

    bytes: int = 100_000_000
    """Of all parts together, unpacked."""
    parts: int = 2_000
    elements: int = 2_500_000
    """Of one part."""
    rows: int = 150_000
    """Of one sheet, blank ones that have a format included; all of ICD-10-PCS has 80,000."""
    cells: int = 500_000
    """Of one sheet, in its rows that are not blank, up to the last cell of each that is not."""
    merged: int = 10_000
    strings: int = 500_000
    styles: int = 65_536
    characters: int = 10_000_000
    """Of all cells of a sheet together."""
    in_a_cell: int = 100_000
    """Characters of one cell: as many as a section of a record may have."""


LIMITS: Final = WorkbookLimits()


class DamagedError(Exception):
    """Why a part is none of a workbook; the message goes on after "this workbook is damaged"."""


class TooMuchError(Exception):
    """What there is more of than is read: ``rows``, with the limit."""

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(f"more than {limit:,} {what}")


class PartReader:
    """Reads one part, and tells of those of its elements that were asked for."""

    def __init__(self, limits: WorkbookLimits, namespaces: tuple[str, ...] = _MAIN) -> None:
        self._limits = limits
        self._namespaces = namespaces
        self._begins: dict[str, Begin] = {}
        self._ends: dict[str, End] = {}
        self._elements = 0
        self._text: list[str] = []
        self._characters = 0
        self._skipping = False
        self._names: dict[str, str] = {}
        self._parser = expat.ParserCreate(namespace_separator=" ", intern=self._names)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def on(self, name: str, begin: Begin | None = None, end: End | None = None) -> None:
        """Has the beginning and the end of each element of a name told."""
        for space in self._namespaces:
            if begin:
                self._begins[f"{space} {name}"] = begin
            if end:
                self._ends[f"{space} {name}"] = end

    def hear(self, *names: str) -> None:
        """Keeps the text in elements of some names, for ``heard``."""
        for name in names:
            self.on(name, lambda _: self._listen(True), lambda: self._listen(False))

    def skip(self, name: str) -> None:
        """Keeps no text in elements of a name, whatever stands in them."""
        self.on(name, lambda _: self._skip(True), lambda: self._skip(False))

    def heard(self) -> str:
        """The text that was kept since this was last asked."""
        text = "".join(self._text)
        self._text.clear()
        self._characters = 0
        return text

    def chunks(self, stream: IO[bytes]) -> Iterator[None]:
        """Reads a part to its end, and yields now and then, so that what was read can be taken.

        Raises DamagedError where it is no XML of a workbook, and TooMuchError.
        """
        fed = 0
        try:
            while data := stream.read(_CHUNK):
                self._parser.Parse(data)
                fed += len(data)
                self._check_sizes(fed)
                yield
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise DamagedError(f"line {error.lineno} of a part is no XML ({reason})") from None
        yield

    def read(self, stream: IO[bytes]) -> None:
        """Reads a part to its end at once."""
        for _ in self.chunks(stream):
            pass

    def _listen(self, listening: bool) -> None:
        heard = listening and not self._skipping
        self._parser.CharacterDataHandler = self._take if heard else None

    def _skip(self, skipping: bool) -> None:
        self._skipping = skipping

    def _check_sizes(self, fed: int) -> None:
        if fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            raise DamagedError(f"a tag or a comment in it has more than {_LONGEST_TAG:,} bytes")
        if len(self._names) > _MOST_NAMES:
            raise DamagedError("its elements have too many different names")

    def _begin(self, name: str, attributes: Attributes) -> None:
        self._elements += 1
        if self._elements > self._limits.elements:
            raise TooMuchError("elements", self._limits.elements)
        begin = self._begins.get(name)
        if begin:
            begin(attributes)

    def _end(self, name: str) -> None:
        end = self._ends.get(name)
        if end:
            end()

    def _take(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > self._limits.in_a_cell:
            raise TooMuchError("characters in one cell", self._limits.in_a_cell)
        self._text.append(text)


def number_in(attributes: Attributes, name: str, most: int, default: int | None = None) -> int:
    """A whole number from 0 to ``most``. Raises DamagedError where it is none."""
    text = attributes.get(name)
    if text is None and default is not None:
        return default
    if text is None or not _WHOLE.fullmatch(text):
        raise DamagedError(f"{name!r} is no number where one belongs")
    number = int(text)
    if number > most:
        raise DamagedError(f"{name!r} is {number:,}, and at most {most:,} is possible")
    return number


def is_true(attributes: Attributes, name: str) -> bool:
    """Whether an attribute says yes."""
    return attributes.get(name) in ("1", "true", "on")


def _refuse_doctype(*_: object) -> None:
    raise DamagedError("a part of it has a document type of its own")
