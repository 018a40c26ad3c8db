"""The structure tree: what a document says, for readers who do not see its pages.

Elements are made from the document tree before anything is drawn; drawing tells each of them what
it has on the pages (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from docgen.document import Link
from docgen.pdf.packing import PackedDocument
from docgen.pdf.strings import text_string

_MAY_BE_EMPTY = frozenset({"TD", "TH"})
"""A table needs its empty cells; any other element without content says nothing."""


class Mark(Struct, frozen=True, gc=False):
    """Marked content: the number of its page's object, and its own number on that page."""

    page: int
    number: int


class Attached(Struct, frozen=True, gc=False):
    """An annotation that belongs to an element: numbers of the objects of page and annotation."""

    page: int
    annotation: int


class Element:
    """A structure element. Its kids grow while pages are drawn."""

    __slots__ = (
        "entries",
        "identity",
        "kids",
        "language",
        "link",
        "number",
        "page",
        "parent",
        "role",
    )

    def __init__(
        self,
        role: str,
        parent: Element | None,
        entries: str = "",
        *,
        language: str | None = None,
        link: Link | None = None,
        identity: str | None = None,
    ) -> None:
        self.role = role
        self.parent = parent
        self.entries = entries
        self.language = language
        self.link = link
        self.identity = identity
        self.kids: list[Element | Mark | Attached] = []
        self.page = 0
        """The number of the first page's object; 0 where it is on none."""
        self.number = 0
        if parent is not None:
            parent.kids.append(self)

    def linked(self, link: Link) -> Element:
        """The element of a link inside of this one."""
        last = self.kids[-1] if self.kids else None
        if isinstance(last, Element) and last.link is link:
            return last
        return Element("Link", self, link=link)

    def spoken(self, language: str) -> Element:
        """The element of a passage in another language inside of this one, or this one itself."""
        if self._language() == language:
            return self
        last = self.kids[-1] if self.kids else None
        if isinstance(last, Element) and last.role == "Span" and last.language == language:
            return last
        return Element("Span", self, language=language)

    def _language(self) -> str | None:
        """What says the language here: the element or the nearest one around it."""
        element: Element | None = self
        while element is not None and element.language is None:
            element = element.parent
        return element.language if element else None

    def add(self, kid: Mark | Attached) -> None:
        """Gives the element something on a page."""
        self.kids.append(kid)
        element: Element | None = self
        while element is not None and not element.page:
            element.page = kid.page
            element = element.parent


class ParentTree:
    """Which elements the marks of each page and each annotation belong to, by keys."""

    def __init__(self) -> None:
        self._entries: list[list[Element] | Element] = []

    def add_page(self) -> tuple[int, list[Element]]:
        """A page's key, and the list that takes the element of each mark in order."""
        elements: list[Element] = []
        self._entries.append(elements)
        return len(self._entries) - 1, elements

    def add_annotation(self, element: Element) -> int:
        """An annotation's key."""
        self._entries.append(element)
        return len(self._entries) - 1

    def written(self) -> str:
        """The number tree's dictionary, for elements that have their numbers."""
        numbers = " ".join(
            f"{key} {entry.number} 0 R"
            if isinstance(entry, Element)
            else f"{key} [{' '.join([f'{element.number} 0 R' for element in entry])}]"
            for key, entry in enumerate(self._entries)
        )
        return f"<< /Nums [{numbers}] >>"

    def __len__(self) -> int:
        return len(self._entries)


def write_structure(document: PackedDocument, root: Element, parents: ParentTree) -> str:
    """Puts the elements that have content into a document; returns the root's reference."""
    kept: list[Element] = []
    _keep(root, kept)
    top = document.reserve(len(kept) + 2)
    for number, element in enumerate(kept, start=top + 1):
        element.number = number
    for element in kept:
        document.put(element.number, _written(element, top).encode())
    parent_tree = top + 1 + len(kept)
    document.put(parent_tree, parents.written().encode())
    kids = f"/K {root.number} 0 R " if root.number else ""
    document.put(
        top,
        (
            f"<< /Type /StructTreeRoot {kids}/ParentTree {parent_tree} 0 R "
            f"/ParentTreeNextKey {len(parents)}{_identities(kept)} >>"
        ).encode(),
    )
    return f"{top} 0 R"


def _keep(element: Element, kept: list[Element]) -> bool:
    """Appends an element and all below it that has content; tells whether there is any."""
    at = len(kept)
    kept.append(element)
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or _keep(kid, kept)]
    if element.kids or element.role in _MAY_BE_EMPTY:
        return True
    del kept[at]
    return False


def _written(element: Element, top: int) -> str:
    parent = element.parent.number if element.parent else top
    page = f"/Pg {element.page} 0 R" if element.page else ""
    language = f"/Lang {text_string(element.language)}" if element.language else ""
    identity = f"/ID ({element.identity})" if element.identity else ""
    kids = " ".join([_kid(kid, element.page) for kid in element.kids])
    return (
        f"<</S/{element.role}/P {parent} 0 R{page}{language}{identity}{element.entries}/K[{kids}]>>"
    )


def _kid(kid: Element | Mark | Attached, page: int) -> str:
    if isinstance(kid, Element):
        return f"{kid.number} 0 R"
    if isinstance(kid, Attached):
        return f"<</Type/OBJR/Pg {kid.page} 0 R/Obj {kid.annotation} 0 R>>"
    if kid.page == page:
        return str(kid.number)
    return f"<</Type/MCR/Pg {kid.page} 0 R/MCID {kid.number}>>"


def _identities(elements: list[Element]) -> str:
    """The tree of identifiers, which elements that have one need (ISO 32000-1, table 322)."""
    known = sorted(_identified(elements))
    if not known:
        return ""
    names = " ".join(f"({identity}) {number} 0 R" for identity, number in known)
    return f" /IDTree << /Names [{names}] >>"


def _identified(elements: list[Element]) -> Iterator[tuple[str, int]]:
    for element in elements:
        if element.identity:
            yield element.identity, element.number
