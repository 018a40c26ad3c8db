"""One page: its content, whose it is, its links and fields."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from docgen.document import Heading
from docgen.fonts.streams import deflated
from docgen.pdf.foot import told
from docgen.pdf.painter import MarkingPainter
from docgen.pdf.shared import Shared
from docgen.pdf.strings import number, rectangle, text_string, uri
from docgen.pdf.structure import StructureElement
from docgen.pdf.tagging import said
from docgen.typeset import (
    Box,
    FieldArea,
    FreePlace,
    Inset,
    LinkArea,
    Owner,
    Page,
    PageItem,
    PlacedCode,
    PlacedDrawing,
    PlacedImage,
    StraightLine,
    TextPiece,
    free_place,
)

_ARTIFACT = "/Artifact BMC"
_PAGE_LEVEL = 3
"""How hard pages are compressed: zlib's usual 6 takes 1.6 times as long to save 1 % of a file."""


class DrawnInset(Struct, frozen=True, eq=False):
    """What is a patient's own on a page: its stream, and how that of the next one is marked."""

    stream: bytes
    tops: tuple[float, ...]
    tags: tuple[str | None, ...]
    """What begins each of its texts, in their order; None where the mark before goes on."""


class DrawnPage:
    """One page on its way: its content, its marks and annotations.

    A page with an inset has its content in three streams: what comes before, the inset, what
    comes after. Each of them says all that it draws with, so that none depends on another.
    """

    def __init__(self, shared: Shared, free: FreePlace | None) -> None:
        self._shared = shared
        self._free = free
        self._tags = shared.tags
        self._height = shared.paper.height
        self._painter = self._new_stream()
        self._number = shared.file.reserve()
        self._parent = shared.tree.add(self._number)
        self._key, self._marks = shared.parents.add_page()
        self._opened: tuple[StructureElement | None, bool] | None = None
        """Whose content is marked now, None for an artifact's, and whether it is text."""
        self._tag = ""
        """The operator that began the mark."""
        self._pictures: set[str] = set()
        self._annotations: list[str] = []
        self._headings: list[tuple[Heading, float]] = []
        self._contents: list[str] = []
        self.inset: DrawnInset | None = None

    def draw_inset(self, items: Sequence[PageItem], tops: tuple[float, ...]) -> None:
        """Draws what is a patient's own, in a stream of its own."""
        self._end_stream()
        self._painter = self._new_stream()
        tags: list[str | None] = []
        for text in in_texts(items):
            opened = self._opened
            for item in text:
                self.draw(item)
            tags.append(None if self._opened is opened else self._tag)
        self._close()
        self.inset = DrawnInset(page_stream(self._painter.content()), tops, tuple(tags))
        self._painter = self._new_stream()

    def draw_furniture(self, items: Sequence[PageItem], kind: str) -> None:
        """Draws a header or footer as an artifact (ISO 14289-1, 7.8)."""
        if not items:
            return
        self._opened = None
        self._painter.begin(f"/Artifact <</Type/Pagination/Subtype/{kind}>> BDC", text=False)
        for item in items:
            self._show(item)
        self._painter.end()

    def draw(self, item: PageItem) -> None:
        """Draws an item, marked as content of its element or as an artifact."""
        match item:
            case TextPiece():
                if item.text:
                    self._draw_text(item)
            case LinkArea():
                self._add_link(item)
            case FieldArea():
                self._add_field(item)
            case PlacedImage() | PlacedDrawing() | PlacedCode():
                self._mark(self._tags.of_figure(item, self._height))
                self._show(item)
            case Box():
                self._mark(self._tags.of_box(item))
                self._show(item)
            case StraightLine():
                self._mark(None)
                self._show(item)

    def _draw_text(self, piece: TextPiece) -> None:
        self._mark(self._tags.of_text(piece), text=True)
        if isinstance(piece.node, Heading):
            self._headings.append((piece.node, self._height - piece.baseline + piece.size))
        self._painter.draw_text(piece)

    def finish(self) -> None:
        """Puts all of the page into the file but its own object, which ``put`` does."""
        self._end_stream()
        for heading, top in self._headings:
            self._shared.outline.add(heading, f"{self._number} 0 R", top)

    def put(self, inset: int) -> None:
        """Puts the page into its file; ``inset`` is the number of the stream of its inset."""
        width, height = (
            number(round(side * 100)) for side in (self._shared.paper.width, self._height)
        )
        contents = self._contents[0]
        if self.inset is not None:
            before, after = self._contents
            contents = f"[{before} {inset} 0 R {after}]"
        resources = self._shared.resources.of_page(self._pictures)
        entries = [
            f"/Type /Page /Parent {self._parent} 0 R",
            f"/MediaBox [0 0 {width} {height}] /Contents {contents}",
            f"/Resources {resources} /StructParents {self._key}",
            told(self._free, self._height),
        ]
        if self._annotations:
            entries.append(f"/Tabs /S /Annots [{' '.join(self._annotations)}]")
        self._shared.file.put(self._number, f"<< {' '.join(entries)} >>")

    def _end_stream(self) -> None:
        self._close()
        self._contents.append(self._shared.file.add_stream(page_stream(self._painter.content())))

    def _new_stream(self) -> MarkingPainter:
        return MarkingPainter(self._shared.canvas, self._height, self._shared.resources)

    def _show(self, item: PageItem) -> None:
        if isinstance(item, PlacedImage):
            self._pictures.add(self._shared.resources.image(item.image))
        if isinstance(item, PlacedDrawing):
            self._pictures.add(self._shared.resources.drawing(item.drawing))
        if not isinstance(item, LinkArea | FieldArea):
            self._painter.draw(item)

    def _mark(self, element: StructureElement | None, *, text: bool = False) -> None:
        """Marks what is drawn next as content of an element, or as an artifact."""
        opened = (element, text)
        if self._opened == opened:
            return
        if element is None:
            self._tag = _ARTIFACT
        else:
            number = len(self._marks)
            self._tag = f"/{element.role} <</MCID {number}>> BDC"
            element.add_mark(self._number, number)
            self._marks.append(element)
        self._painter.begin(self._tag, text=text)
        self._opened = opened

    def _close(self) -> None:
        self._painter.end()
        self._opened = None

    def _add_link(self, area: LinkArea) -> None:
        assert area.node is not None  # artifacts have no link areas
        element = self._tags.of_node(area.node)
        annotation = self._shared.file.reserve()
        linked = element.linked(area.link)
        linked.add_annotation(self._number, annotation)
        key = self._shared.parents.add_annotation(linked)
        entries = (
            f"/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] "
            f"/Rect {rectangle(area, self._height)} "
            f"/Contents {text_string(said(area))} /StructParent {key} "
            f"/A << /S /URI /URI {uri(area.link.href)} >>"
        )
        self._shared.file.put(annotation, f"<< {entries} >>")
        self._annotations.append(f"{annotation} 0 R")

    def _add_field(self, area: FieldArea) -> None:
        form = self._shared.form
        if form is None:
            return
        field = self._tags.of_field(area)
        self._annotations.append(
            form.add(area, field.name, field.element, self._number, self._height)
        )


def draw_page(page: Page, shared: Shared) -> DrawnPage:
    """Draws a page of a file: items in painting order, header and footer as artifacts."""
    drawn = DrawnPage(shared, free_place(page, shared.paper.width, shared.paper.height))
    drawn.draw_furniture(page.header, "Header")
    inset = page.inset or Inset(len(page.items), len(page.items))
    for item in page.items[: inset.start]:
        drawn.draw(item)
    if page.inset is not None:
        drawn.draw_inset(page.items[inset.start : inset.end], inset.tops)
    for item in page.items[inset.end :]:
        drawn.draw(item)
    drawn.draw_furniture(page.footer, "Footer")
    drawn.finish()
    return drawn


def page_stream(content: bytes) -> bytes:
    """The stream of a page's content, or of a part of it."""
    return deflated(content, level=_PAGE_LEVEL)


def in_texts(items: Iterable[PageItem]) -> Iterator[list[PageItem]]:
    """The items of an inset that are seen, those together that are of one text and language."""
    seen = (item for item in items if not isinstance(item, TextPiece) or item.text)
    return (list(together) for _, together in groupby(seen, _text_of))


def _text_of(item: PageItem) -> tuple[Owner | None, str | None]:
    return getattr(item, "node", None), getattr(item, "language", None)
