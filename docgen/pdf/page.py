"""One page: its operators, what they belong to, its links and fields."""

from collections.abc import Sequence

from docgen.document import Heading
from docgen.fonts.streams import Stream, add_object, deflated
from docgen.pdf.drawing import Drawing
from docgen.pdf.shared import Shared
from docgen.pdf.strings import number, rectangle, text_string, uri
from docgen.pdf.structure import Element
from docgen.pdf.tagging import said
from docgen.typeset.pages import (
    Box,
    FieldArea,
    Line,
    LinkArea,
    Page,
    PageItem,
    PlacedCode,
    PlacedImage,
    TextPiece,
)

_ARTIFACT = "/Artifact BMC"
_PAGE_LEVEL = 3
"""How hard pages are compressed: zlib's usual 6 takes 1.6 times as long to save 1 % of a file."""


def write_page(page: Page, shared: Shared) -> None:
    """Adds a page to its file: items in painting order, header and footer as artifacts."""
    written = _Page(shared)
    written.draw_furniture(page.header, "Header")
    for item in page.items:
        written.draw(item)
    written.draw_furniture(page.footer, "Footer")
    written.finish()


class _Page:
    """One page on its way: its operators, its marks and annotations."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._tags = shared.tags
        self._height = shared.paper.height
        self._drawing = Drawing(self._height, shared.resources)
        self._number = shared.file.reserve()
        self._key, self._marks = shared.parents.add_page()
        self._opened: tuple[Element | None, bool] | None = None
        """Whose content is marked now, None for an artifact's, and whether it is text."""
        self._images: set[str] = set()
        self._annotations: list[str] = []
        self._headings: list[tuple[Heading, float]] = []

    def draw_furniture(self, items: Sequence[PageItem], kind: str) -> None:
        """Draws a header or footer as an artifact (ISO 14289-1, 7.8)."""
        if not items:
            return
        self._close()
        self._drawing.begin(f"/Artifact <</Type/Pagination/Subtype/{kind}>> BDC", text=False)
        for item in items:
            self._show(item)
        self._drawing.end()

    def draw(self, item: PageItem) -> None:
        """Draws an item, marked as content of its element or as an artifact."""
        match item:
            case TextPiece():
                self._draw_text(item)
            case LinkArea():
                self._add_link(item)
            case FieldArea():
                self._add_field(item)
            case PlacedImage() | PlacedCode():
                self._mark(self._tags.of_figure(item, self._height))
                self._show(item)
            case Box():
                self._mark(self._tags.of_box(item))
                self._show(item)
            case Line():
                self._mark(None)
                self._show(item)

    def _draw_text(self, piece: TextPiece) -> None:
        if not piece.text:
            return
        self._mark(self._tags.of_text(piece), text=True)
        if isinstance(piece.node, Heading):
            self._headings.append((piece.node, self._height - piece.baseline + piece.size))
        self._drawing.draw_text(piece)

    def finish(self) -> None:
        """Puts the page into the file."""
        self._close()
        content = Stream(deflated(self._drawing.content(), level=_PAGE_LEVEL))
        stream = add_object(self._shared.file, f"content-{self._number}", content)
        width, height = (
            number(round(side * 100)) for side in (self._shared.paper.width, self._height)
        )
        entries = [
            f"/Type /Page /Parent {self._shared.file.page_tree}",
            f"/MediaBox [0 0 {width} {height}] /Contents {stream}",
            f"/Resources {self._shared.resources.of_page(self._images)} /StructParents {self._key}",
        ]
        if self._annotations:
            entries.append(f"/Tabs /S /Annots [{' '.join(self._annotations)}]")
        self._shared.file.put_page(self._number, f"<< {' '.join(entries)} >>")
        for heading, top in self._headings:
            self._shared.outline.add(heading, f"{self._number} 0 R", top)

    def _show(self, item: PageItem) -> None:
        if isinstance(item, PlacedImage):
            self._images.add(self._shared.resources.image(item.image))
        if not isinstance(item, LinkArea | FieldArea):
            self._drawing.draw(item)

    def _mark(self, element: Element | None, *, text: bool = False) -> None:
        """Marks what is drawn next as content of an element, or as an artifact."""
        opened = (element, text)
        if opened == self._opened:
            return
        self._close()
        if element is None:
            self._drawing.begin(_ARTIFACT, text=text)
        else:
            number = len(self._marks)
            self._drawing.begin(f"/{element.role} <</MCID {number}>> BDC", text=text)
            element.add_mark(self._number, number)
            self._marks.append(element)
        self._opened = opened

    def _close(self) -> None:
        if self._opened is not None:
            self._drawing.end()
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
