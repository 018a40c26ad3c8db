"""The outline of a print file: one bookmark a packet."""

from msgspec import Struct

from docgen.pdf import PackedFile, text_string


class _Bookmark(Struct, frozen=True):
    number: int
    title: str
    page: int
    before: int | None


class Bookmarks:
    """A flat outline (ISO 32000-1, 12.3.3), each item written once its successor is known."""

    def __init__(self, file: PackedFile) -> None:
        self._file = file
        self._root = file.reserve()
        self._first = self._count = 0
        self._last: _Bookmark | None = None

    def add(self, title: str, page: int) -> None:
        """Adds a bookmark that leads to a page, given by the number of its object."""
        number = self._file.reserve()
        last = self._last
        if last is None:
            self._first = number
        else:
            self._put(last, number)
        self._last = _Bookmark(number, title, page, last.number if last else None)
        self._count += 1

    def finish(self) -> int:
        """Writes the outline's root; returns its number."""
        entries = "/Type /Outlines"
        if self._last is not None:
            self._put(self._last, None)
            first, last = self._first, self._last.number
            entries += f" /First {first} 0 R /Last {last} 0 R /Count {self._count}"
        self._file.put(self._root, f"<< {entries} >>")
        return self._root

    def _put(self, mark: _Bookmark, after: int | None) -> None:
        entries = f"/Title {text_string(mark.title)} /Parent {self._root} 0 R"
        if mark.before is not None:
            entries += f" /Prev {mark.before} 0 R"
        if after is not None:
            entries += f" /Next {after} 0 R"
        self._file.put(mark.number, f"<< {entries} /Dest [{mark.page} 0 R /Fit] >>")
