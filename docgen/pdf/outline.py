"""Bookmarks for the headings, nested as their levels are (ISO 32000-1, 12.3.3)."""

from docgen.document import Heading, plain_text
from docgen.pdf.packing import PackedFile
from docgen.pdf.strings import number, text_string


class _Bookmark:
    """An outline item; the outline itself is the item above all others, at level 0."""

    __slots__ = ("children", "entries", "level", "number")

    def __init__(self, entries: str, level: int, number: int) -> None:
        self.entries = entries
        self.level = level
        self.number = number
        self.children: list[_Bookmark] = []

    def put(self, file: PackedFile) -> int:
        """Puts it and all below it into a file; returns how many are below it."""
        count = sum([1 + child.put(file) for child in self.children])
        entries = self.entries
        if self.children:
            first, last = self.children[0].number, self.children[-1].number
            entries += f" /First {first} 0 R /Last {last} 0 R /Count {count}"
        file.put(self.number, f"<< {entries} >>")
        return count


class Outline:
    """The bookmarks of a document."""

    def __init__(self, file: PackedFile) -> None:
        self._file = file
        self._open: list[_Bookmark] = []
        """The bookmarks that the next one may be below, the outline itself first."""
        self._seen: set[Heading] = set()

    def add(self, heading: Heading, page: str, top: float) -> None:
        """Marks a heading at its first piece of text; ``top`` counts from the page's bottom."""
        if heading in self._seen:
            return
        self._seen.add(heading)
        title = " ".join(plain_text(heading.inlines).split())
        if title:
            place = f"[{page} /XYZ 0 {number(round(top * 100))} null]"
            self._append(f"/Title {text_string(title)} /Dest {place}", heading.level)

    def put(self) -> str:
        """Puts the bookmarks into the file; returns the outline's reference, if there are any."""
        if not self._open:
            return ""
        self._open[0].put(self._file)
        return f"{self._open[0].number} 0 R"

    def _append(self, entries: str, level: int) -> None:
        if not self._open:
            self._open.append(_Bookmark("/Type /Outlines", 0, self._file.reserve()))
        while self._open[-1].level >= level:
            self._open.pop()
        parent = self._open[-1]
        above = f"{entries} /Parent {parent.number} 0 R"
        bookmark = _Bookmark(above, level, self._file.reserve())
        if parent.children:
            previous = parent.children[-1]
            previous.entries += f" /Next {bookmark.number} 0 R"
            bookmark.entries += f" /Prev {previous.number} 0 R"
        parent.children.append(bookmark)
        self._open.append(bookmark)
