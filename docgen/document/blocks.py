"""The semantic tree: what a document says, before anyone knows where it stands on a page.

Nodes are frozen and compared by identity where a page item must name the node that it belongs to.
``origin`` is the place in the input that the node was made from; refusals name it.
Lengths are in points (1/72 inch).
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from docgen.diagnostics import Span
from docgen.document.inline import Inline
from docgen.document.vectors import VectorSource
from docgen.visits import VisitValue

Align = Literal["left", "center", "right"]
ListKind = Literal["bullet", "ordered", "check"]


class Paragraph(Struct, frozen=True, eq=False, gc=False):
    """A paragraph in a named text style."""

    inlines: tuple[Inline, ...]
    style: str = "body"
    origin: Span | None = None


class Heading(Struct, frozen=True, eq=False, gc=False):
    """A heading; level 1 is the document's title. Its style is ``heading-<level>``."""

    level: int
    inlines: tuple[Inline, ...]
    origin: Span | None = None


class ListItem(Struct, frozen=True, eq=False, gc=False):
    """One item of a list."""

    blocks: tuple[Block, ...]
    origin: Span | None = None


class ListBlock(Struct, frozen=True, eq=False, gc=False):
    """Bullets, numbered steps, or boxes to tick. ``start`` is the first number of ordered items."""

    kind: ListKind
    items: tuple[ListItem, ...]
    start: int = 1
    tight: bool = True
    """Whether items follow each other without extra space, as the author wrote them."""
    origin: Span | None = None
    label: str = "☐"
    """What a screen reader says for a box to tick."""


class Fixed(Struct, frozen=True, tag="fixed"):
    """A column as wide as said."""

    points: float


class Share(Struct, frozen=True, tag="share"):
    """A column that takes a share of the width that the others leave."""

    weight: float = 1.0


class ByContent(Struct, frozen=True, tag="content"):
    """A column as wide as its widest content, within what there is."""


Width = Fixed | Share | ByContent


class TableColumn(Struct, frozen=True):
    """How a table column is set."""

    width: Width = Share()
    align: Align = "left"


class TableCell(Struct, frozen=True, eq=False, gc=False):
    """One cell of a table. Spans count columns and rows, as ColSpan and RowSpan of ISO 32000 do."""

    blocks: tuple[Block, ...]
    origin: Span | None = None
    column_span: int = 1
    row_span: int = 1
    row_header: bool = False
    """Whether it names the rows that it stands in: a header cell whose Scope is Row."""


class TableRow(Struct, frozen=True, eq=False, gc=False):
    """One row: the cells that begin in it, from left to right, one at least.

    A cell that spans into it from above belongs to the row where it begins.
    """

    cells: tuple[TableCell, ...]


class Table(Struct, frozen=True, eq=False):
    """A table of data; its header rows, none or several, repeat on every page that it reaches.

    Every cell of the header is a header cell whose Scope is Column. Header and body are grids of
    their own: no cell spans out of the one into the other, and each is filled without holes.
    """

    columns: tuple[TableColumn, ...]
    header: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    origin: Span | None = None


class Fact(Struct, frozen=True, eq=False):
    """A label and what it stands for."""

    label: Paragraph
    blocks: tuple[Block, ...]


class KeyFacts(Struct, frozen=True, eq=False):
    """Facts at a glance, labels over values, in ``across`` columns."""

    facts: tuple[Fact, ...]
    across: int = 2
    origin: Span | None = None


class Callout(Struct, frozen=True, eq=False):
    """A box that stands out, in a named box style."""

    blocks: tuple[Block, ...]
    style: str = "note"
    origin: Span | None = None


class ColumnSlot(Struct, frozen=True, eq=False):
    """One of several columns side by side."""

    blocks: tuple[Block, ...]
    width: Width = Share()


class Columns(Struct, frozen=True, eq=False):
    """Blocks side by side, read column after column."""

    slots: tuple[ColumnSlot, ...]
    origin: Span | None = None


class FlowedColumns(Struct, frozen=True, eq=False):
    """Blocks that run through ``count`` columns of one width, the columns about equally long."""

    blocks: tuple[Block, ...]
    count: int
    origin: Span | None = None


class ImageSource(Struct, frozen=True):
    """A checked raster image: its file's bytes and its size in pixels."""

    data: bytes
    width: int
    height: int
    format: Literal["png", "jpeg"]


Picture = ImageSource | VectorSource
"""What a figure shows: of pixels, each a point wide and high, or of paths, measured in points."""


class Figure(Struct, frozen=True, eq=False):
    """A picture, scaled down to fit its frame and the limits given, never up."""

    image: Picture
    alt: str
    max_width: float | None = None
    max_height: float | None = None
    align: Align = "left"
    origin: Span | None = None
    language: str | None = None
    """Language of ``alt`` (BCP 47); None is the document's."""


class Code(Struct, frozen=True, eq=False):
    """A QR code (``size`` is its side) or a Code 128 bar code (``size`` is its height)."""

    symbology: Literal["qr", "code128"]
    payload: str
    size: float
    alt: str
    caption: str | None = None
    align: Align = "left"
    origin: Span | None = None
    language: str | None = None
    """Language of ``alt`` (BCP 47); None is the document's."""
    caption_language: str | None = None


class RuledLines(Struct, frozen=True, eq=False):
    """Empty lines to write on, after an optional label."""

    count: int
    origin: Span | None = None


class Signature(Struct, frozen=True, eq=False):
    """Lines to sign on, side by side, each with its label below."""

    labels: tuple[Paragraph, ...]
    origin: Span | None = None


class Rule(Struct, frozen=True, eq=False):
    """A line across the frame."""


class PageBreak(Struct, frozen=True, eq=False):
    """What follows starts on a new page."""


class KeepTogether(Struct, frozen=True, eq=False):
    """Blocks that stay on one page where a page can hold them."""

    blocks: tuple[Block, ...]


class Section(Struct, frozen=True, eq=False):
    """A part of the document under its heading, named by the id of its layout block."""

    id: str
    blocks: tuple[Block, ...]
    origin: Span | None = None


class VisitFact(Struct, frozen=True, eq=False):
    """A label and the value of a visit that stands below it."""

    label: Paragraph
    value: VisitValue


class PreparedFor(Struct, frozen=True, eq=False):
    """Whom the sheet is for, in a box of a named style: the one part that is a patient's own.

    Its ``blocks`` are empty, and it prints nothing, until a visit fills it. It stands in a
    document once at most, and in no other block.
    """

    facts: tuple[VisitFact, ...]
    style: str
    across: int
    dated_in: str | None
    """The language that the dates of a visit are spelled in (BCP 47); None where they are digits,
    since none is known for the document's."""
    blocks: tuple[Block, ...] = ()
    origin: Span | None = None


Block = (
    Paragraph
    | Heading
    | ListBlock
    | Table
    | KeyFacts
    | Callout
    | Columns
    | FlowedColumns
    | Figure
    | Code
    | RuledLines
    | Signature
    | Rule
    | PageBreak
    | KeepTogether
    | PreparedFor
    | Section
)
