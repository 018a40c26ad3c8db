"""The outline of a print file: one bookmark a packet."""

from msgspec import Struct

from docgen.pdf.strings import text_string
from docgen.printfiles.streaming import StreamedPdf


class _Bookmark(Struct, frozen=True):
    number: int
    title: str
    page: int
    before: int | None


class Bookmarks:
    """A flat outline (ISO 32000-1, 12.3.3), each item written once its successor is known."""

    def __init__(self, pdf: StreamedPdf) -> None:
        self._pdf = pdf
        self._root = pdf.reserve()
        self._first = self._count = 0
        self._last: _Bookmark | None = None

    def add(self, title: str, page: int) -> None:
        """Adds a bookmark that leads to a page, given by the number of its object."""
        number = self._pdf.reserve()
        last = self._last
        if last is None:
            self._first = number
        else:
            self._put(last, number)
        self._last = _Bookmark(number, title, page, last.number if last else None)
        self._count += 1

    def finish(self) -> int:
        """Writes the outline's root; returns its number."""
        entries = b"/Type/Outlines"
        if self._last is not None:
            self._put(self._last, None)
            ends = (self._first, self._last.number, self._count)
            entries += b"/First %d 0 R/Last %d 0 R/Count %d" % ends
        self._pdf.put(self._root, b"<<%b>>" % entries)
        return self._root

    def _put(self, mark: _Bookmark, after: int | None) -> None:
        entries = b"/Title %b/Parent %d 0 R" % (text_string(mark.title).encode(), self._root)
        if mark.before is not None:
            entries += b"/Prev %d 0 R" % mark.before
        if after is not None:
            entries += b"/Next %d 0 R" % after
        self._pdf.put(mark.number, b"<<%b/Dest[%d 0 R/Fit]>>" % (entries, mark.page))
