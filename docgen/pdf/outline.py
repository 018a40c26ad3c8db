"""Bookmarks for the headings, nested as their levels are (ISO 32000-1, 12.3.3)."""

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject  # type: ignore[import-untyped]

from docgen.document import Heading, plain_text
from docgen.fonts.streams import add_object
from docgen.pdf.strings import number, text_string


class _Bookmark(PDFObject):  # type: ignore[misc]
    """An outline item; the outline itself is the item above all others, at level 0."""

    __RefOnly__ = 1

    def __init__(self, entries: str, level: int) -> None:
        self.entries = entries
        self.level = level
        self.reference = ""
        self.children: list[_Bookmark] = []

    def count(self) -> int:
        """How many items are below this one."""
        return len(self.children) + sum(child.count() for child in self.children)

    def format(self, document: Any) -> bytes:
        """The dictionary, as ReportLab asks for it when all items are known."""
        entries = self.entries
        if self.children:
            first, last = self.children[0].reference, self.children[-1].reference
            entries += f" /First {first} /Last {last} /Count {self.count()}"
        return f"<< {entries} >>".encode()


class Outline(_Bookmark):
    """The bookmarks of a document, in place of ReportLab's own outline.

    That one takes an object for each bookmark's place and formats every entry by itself.
    """

    def __init__(self, document: Any) -> None:
        super().__init__("/Type /Outlines", 0)
        document.Outlines = document.Catalog.Outlines = self
        self._document = document
        self._open: list[_Bookmark] = [self]
        self._seen: set[int] = set()

    @property
    def ready(self) -> int:
        """Below 0 when there are no bookmarks, as ReportLab asks for it."""
        return 1 if self.children else -1

    def prepare(self, document: Any, canvas: object) -> None:
        """Nothing is left to do when ReportLab comes to write the outline."""

    def add(self, heading: Heading, page: str, top: float) -> None:
        """Marks a heading at its first piece of text; ``top`` counts from the page's bottom."""
        if id(heading) in self._seen:
            return
        self._seen.add(id(heading))
        title = " ".join(plain_text(heading.inlines).split())
        if title:
            place = f"[{page} /XYZ 0 {number(round(top * 100))} null]"
            self._append(f"/Title {text_string(title)} /Dest {place}", heading.level)

    def _append(self, entries: str, level: int) -> None:
        if not self.children:
            self.reference = add_object(self._document, "outline", self)
        while self._open[-1].level >= level:
            self._open.pop()
        parent = self._open[-1]
        bookmark = _Bookmark(f"{entries} /Parent {parent.reference}", level)
        bookmark.reference = add_object(self._document, f"bookmark-{len(self._seen)}", bookmark)
        if parent.children:
            previous = parent.children[-1]
            previous.entries += f" /Next {bookmark.reference}"
            bookmark.entries += f" /Prev {previous.reference}"
        parent.children.append(bookmark)
        self._open.append(bookmark)
