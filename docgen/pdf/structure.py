"""The structure tree: what a document says, for readers who do not see its pages.

Elements are made from the document tree before anything is drawn; drawing tells each of them what
it has on the pages (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7).
"""

from __future__ import annotations

from operator import attrgetter

from msgspec import Struct

from docgen.document import Link
from docgen.pdf.packing import PackedFile
from docgen.pdf.strings import text_string

_MAY_BE_EMPTY = frozenset({"TBody", "TR", "TD", "TH"})
"""A table needs its empty parts; any other element without content says nothing."""


class StructureElement(Struct, eq=False):
    """A structure element. Its kids grow while pages are drawn.

    A kid is another element, or marked content or an annotation as PDF writes them.
    """

    role: str
    parent: StructureElement | None
    entries: str = ""
    language: str | None = None
    link: Link | None = None
    identity: str | None = None
    kids: list[StructureElement | str] = []
    page: int = 0
    """The number of the first page's object; 0 where it is on none."""
    reference: str = ""
    """How PDF refers to it, once it is written."""

    def __post_init__(self) -> None:
        if self.parent is not None:
            self.parent.kids.append(self)

    def linked(self, link: Link) -> StructureElement:
        """The element of a link inside of this one."""
        last = self.kids[-1] if self.kids else None
        if isinstance(last, StructureElement) and last.link is link:
            return last
        element = StructureElement("Link", self)
        element.link = link
        return element

    def spoken(self, language: str) -> StructureElement:
        """The element of a passage in another language inside of this one, or this one itself."""
        if self._language() == language:
            return self
        last = self.kids[-1] if self.kids else None
        if isinstance(last, StructureElement) and last.role == "Span" and last.language == language:
            return last
        return StructureElement("Span", self, language=language)

    def add_mark(self, page: int, number: int) -> None:
        """Gives the element marked content, by its number on a page."""
        if not self.page:
            self._stand_on(page)
        on_first = page == self.page
        self.kids.append(str(number) if on_first else f"<</Type/MCR/Pg {page} 0 R/MCID {number}>>")

    def add_annotation(self, page: int, annotation: int) -> None:
        """Gives the element an annotation, by the number of its object."""
        if not self.page:
            self._stand_on(page)
        self.kids.append(f"<</Type/OBJR/Pg {page} 0 R/Obj {annotation} 0 R>>")

    def _stand_on(self, page: int) -> None:
        element: StructureElement | None = self
        while element is not None and not element.page:
            element.page = page
            element = element.parent

    def _language(self) -> str | None:
        """What says the language here: the element or the nearest one around it."""
        element: StructureElement | None = self
        while element is not None and element.language is None:
            element = element.parent
        return element.language if element else None


_REFERENCE = attrgetter("reference")


class ParentTree:
    """Which elements the marks of each page and each annotation belong to, by keys."""

    def __init__(self) -> None:
        self._entries: list[list[StructureElement] | StructureElement] = []

    def add_page(self) -> tuple[int, list[StructureElement]]:
        """A page's key, and the list that takes the element of each mark in order."""
        elements: list[StructureElement] = []
        self._entries.append(elements)
        return len(self._entries) - 1, elements

    def add_annotation(self, element: StructureElement) -> int:
        """An annotation's key."""
        self._entries.append(element)
        return len(self._entries) - 1

    def written(self) -> str:
        """The number tree's dictionary, for elements that are written."""
        numbers = " ".join(
            f"{key} {entry.reference}"
            if isinstance(entry, StructureElement)
            else f"{key} [{' '.join(map(_REFERENCE, entry))}]"
            for key, entry in enumerate(self._entries)
        )
        return f"<< /Nums [{numbers}] >>"

    def __len__(self) -> int:
        return len(self._entries)


def write_structure(file: PackedFile, root: StructureElement, parents: ParentTree) -> str:
    """Puts the elements that have content into a file; returns the tree's reference."""
    top, parent_tree = file.reserve(), file.reserve()
    written = _Written(parent_tree + 1)
    if root.page:
        written.add(root, f"{top} 0 R")
    file.reserve(len(written.objects))
    file.put_all(parent_tree, [parents.written(), *written.objects])
    kids = f"/K {root.reference} " if root.page else ""
    file.put(
        top,
        f"<< /Type /StructTreeRoot {kids}/ParentTree {parent_tree} 0 R "
        f"/ParentTreeNextKey {len(parents)}{_identities(written.identities)} >>",
    )
    return f"{top} 0 R"


class _Written:
    """The objects of elements that have content, the first of them numbered ``first``."""

    def __init__(self, first: int) -> None:
        self._first = first
        self.objects: list[str] = []
        self.identities: list[tuple[str, str]] = []

    def add(self, element: StructureElement, parent: str) -> str:
        """Adds an element and all inside of it; returns how PDF refers to it."""
        objects = self.objects
        index = len(objects)
        objects.append("")  # kids come after it
        reference = element.reference = f"{self._first + index} 0 R"
        kids = " ".join(
            [
                kid if isinstance(kid, str) else self.add(kid, reference)
                for kid in element.kids
                if isinstance(kid, str) or kid.page or kid.role in _MAY_BE_EMPTY
            ]
        )
        # Parent and kids hold one another: without this, only the collector could free them.
        element.kids.clear()
        entries = element.entries
        if element.page:
            entries += f"/Pg {element.page} 0 R"
        if element.language:
            entries += f"/Lang {text_string(element.language)}"
        if element.identity:
            entries += f"/ID ({element.identity})"
            self.identities.append((element.identity, reference))
        objects[index] = f"<</S/{element.role}/P {parent}{entries}/K[{kids}]>>"
        return reference


def _identities(known: list[tuple[str, str]]) -> str:
    """The tree of identifiers, which elements that have one need (ISO 32000-1, table 322)."""
    if not known:
        return ""
    names = " ".join(f"({identity}) {reference}" for identity, reference in sorted(known))
    return f" /IDTree << /Names [{names}] >>"
