"""The structure tree of a PDF as it stands in the file (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Object, Pdf

ObjectId = tuple[int, int]
"""Number and generation of an object."""


@dataclass(frozen=True)
class Mark:
    """Marked content: the page that it stands on, and its number there."""

    page: ObjectId
    number: int


@dataclass(frozen=True)
class Reference:
    """An annotation that belongs to an element."""

    annotation: ObjectId
    page: ObjectId


@dataclass
class Element:
    """A structure element and what it holds, in the order of reading."""

    role: str
    object: Object
    kids: list[Element | Mark | Reference] = field(default_factory=list)

    @property
    def id(self) -> ObjectId:
        """The element's object."""
        return self.object.objgen

    @property
    def elements(self) -> list[Element]:
        """The elements directly below."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def marks(self) -> list[Mark]:
        """The marked content directly below."""
        return [kid for kid in self.kids if isinstance(kid, Mark)]

    @property
    def references(self) -> list[Reference]:
        """The annotations directly below."""
        return [kid for kid in self.kids if isinstance(kid, Reference)]

    def walk(self) -> Iterator[Element]:
        """The element and all below, in the order of reading."""
        yield self
        for kid in self.elements:
            yield from kid.walk()

    def text(self, key: str) -> str:
        """An entry such as ``/Alt`` as text, empty where it is missing."""
        value = self.object.get(key)
        return "" if value is None else str(value)

    def attribute(self, owner: str, key: str) -> Object | None:
        """An attribute such as ``/Scope`` of the owner ``/Table``."""
        attributes = self.object.get("/A")
        groups = attributes if isinstance(attributes, Array) else [attributes]
        for group in groups:
            if isinstance(group, Dictionary) and group.get("/O") == owner and key in group:
                return group[key]
        return None

    def span(self, key: str) -> int:
        """How many rows (``/RowSpan``) or columns (``/ColSpan``) a cell takes."""
        value = self.attribute("/Table", key)
        return 1 if value is None else int(value)


class Tree:
    """A document's elements below the root, and what kept others from being read."""

    def __init__(self, pdf: Pdf) -> None:
        self.tops: list[Element] = []
        self.problems: list[str] = []
        self._seen: set[ObjectId] = set()
        root = pdf.Root.get("/StructTreeRoot")
        if not isinstance(root, Dictionary):
            self.problems.append("the document has no structure tree")
            return
        for kid in _kids(root):
            found = self._kid(kid, root, (0, 0))
            if isinstance(found, Element):
                self.tops.append(found)

    def walk(self) -> Iterator[Element]:
        """All elements in the order of reading."""
        for top in self.tops:
            yield from top.walk()

    def _kid(
        self, kid: Object | int, parent: Object, page: ObjectId
    ) -> Element | Mark | Reference | None:
        if isinstance(kid, int):
            return Mark(page, kid)
        if not isinstance(kid, Dictionary):
            self.problems.append(f"{_name(parent)} holds something that is no kid")
            return None
        own_page = kid.get("/Pg")
        page = own_page.objgen if own_page is not None else page
        if kid.get("/Type") == "/MCR":
            return Mark(page, int(kid.MCID))
        if kid.get("/Type") == "/OBJR":
            return Reference(kid.Obj.objgen, page)
        return self._element(kid, parent, page)

    def _element(self, found: Object, parent: Object, page: ObjectId) -> Element | None:
        name = _name(found)
        if not found.is_indirect:
            self.problems.append(f"{name} is no object of its own")
        if found.objgen in self._seen:
            self.problems.append(f"{name} stands in the tree twice")
            return None
        self._seen.add(found.objgen)
        above = found.get("/P")
        if above is None or above.objgen != parent.objgen:
            self.problems.append(f"{name} does not name {_name(parent)} as its parent")
        element = Element(str(found.get("/S", "")).lstrip("/"), found)
        kids = (self._kid(kid, found, page) for kid in _kids(found))
        element.kids = [kid for kid in kids if kid is not None]
        return element


def _kids(owner: Object) -> list[Object | int]:
    kids = owner.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _name(owner: Object) -> str:
    return f"{str(owner.get('/S', 'the root')).lstrip('/')} (object {owner.objgen[0]})"
