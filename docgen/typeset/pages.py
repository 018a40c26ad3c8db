"""Pages: every mark with its place, before any PDF.

All lengths are points; x grows to the right and y grows **down** from the page's top left corner.
Each item holds the node of the document tree that it belongs to, or None where it is an artifact:
a rule, a background, a header or footer, a table header that is repeated.

Items are many and point only downwards (``gc=False``): the cyclic collector need not look at them.
"""

from typing import Literal

from msgspec import Struct

from docgen.diagnostics import Diagnostic
from docgen.document import (
    Block,
    Code,
    Document,
    Figure,
    ImageSource,
    Link,
    ListItem,
    RuledLines,
    Signature,
    TableCell,
    VectorSource,
)

Owner = Block | TableCell | ListItem
Part = Literal["content", "label"]


class TextPiece(Struct, frozen=True, eq=False, gc=False):
    """Text in one face, size and colour on a baseline."""

    x: float
    baseline: float
    width: float
    text: str
    face: str
    size: float
    colour: str
    node: Owner | None
    link: Link | None = None
    part: Part = "content"
    """``label`` for the bullet, number or box of a list item, whose node is the item."""
    language: str | None = None
    """Language of the text (BCP 47); None is the document's."""


class Box(Struct, frozen=True, eq=False, gc=False):
    """A rectangle, filled, stroked or both; with a radius its corners are round."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 0.0
    radius: float = 0.0
    node: Owner | None = None
    part: Part = "content"


class StraightLine(Struct, frozen=True, eq=False, gc=False):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float


class PlacedImage(Struct, frozen=True, eq=False, gc=False):
    """An image scaled into a rectangle."""

    x: float
    y: float
    width: float
    height: float
    image: ImageSource
    node: Figure | None


class PlacedDrawing(Struct, frozen=True, eq=False, gc=False):
    """A picture of paths scaled into a rectangle; what reaches out of it is not seen."""

    x: float
    y: float
    width: float
    height: float
    drawing: VectorSource
    node: Figure | None


class PlacedCode(Struct, frozen=True, eq=False, gc=False):
    """A QR code or bar code filling a rectangle, its quiet zone inside of it."""

    x: float
    y: float
    width: float
    height: float
    modules: tuple[bytes, ...]
    """Rows from the top; one byte a module, 1 is dark. A bar code has one row."""
    node: Code | None


class LinkArea(Struct, frozen=True, eq=False, gc=False):
    """A rectangle that opens a link."""

    x: float
    y: float
    width: float
    height: float
    link: Link
    node: Owner | None


class FieldArea(Struct, frozen=True, eq=False, gc=False):
    """A place to write on or to tick: a line of ruled lines or of a signature, or a box.

    ``index`` counts the lines of its node from 0.
    """

    x: float
    y: float
    width: float
    height: float
    node: RuledLines | Signature | ListItem
    index: int = 0


PageItem = (
    TextPiece | Box | StraightLine | PlacedImage | PlacedDrawing | PlacedCode | LinkArea | FieldArea
)


class Inset(Struct, frozen=True, eq=False):
    """Where a page has the part that is a patient's own: items ``start`` to ``end``, without it."""

    start: int
    end: int
    tops: tuple[float, ...] = ()
    """Where each of its strips begins, in points from the top of the page; none where what stands
    side by side was divided."""


class Page(Struct, frozen=True, eq=False):
    """One page: its items in painting order, their logical order kept among those with a node."""

    items: tuple[PageItem, ...]
    header: tuple[PageItem, ...] = ()
    footer: tuple[PageItem, ...] = ()
    inset: Inset | None = None

    @property
    def marks(self) -> tuple[PageItem, ...]:
        """All items, those of header and footer among them, in painting order."""
        return (*self.header, *self.items, *self.footer)


class Pages(Struct, frozen=True, eq=False):
    """A document set on pages."""

    document: Document
    pages: tuple[Page, ...]
    warnings: tuple[Diagnostic, ...] = ()
    """What was set, but perhaps not as its author wishes."""
