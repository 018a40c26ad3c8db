"""A whole PDF: pages, links, bookmarks, metadata, and the resources that pages share."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from msgspec import Struct
from reportlab.pdfbase.pdfdoc import BasicFonts, PDFInfo  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from docgen.document import Document, Heading, ImageSource, PageSetup
from docgen.fonts import FAMILIES, face
from docgen.fonts.embedding import EmbeddedFace
from docgen.fonts.streams import RawObject, Stream, add_object, deflated
from docgen.pdf.drawing import Drawing
from docgen.pdf.images import add_image
from docgen.pdf.outline import Outline
from docgen.pdf.strings import number, text_string, uri
from docgen.typeset.pages import (
    Box,
    Line,
    LinkArea,
    Page,
    Pages,
    PlacedCode,
    PlacedImage,
    TextPiece,
)

PRODUCER = "docgen"
_PDF_VERSION = (1, 7)
_PAGE_LEVEL = 3
"""How hard pages are compressed: zlib's usual 6 takes 1.6 times as long to save 1 % of a file."""


class RenderedPdf(Struct, frozen=True):
    """A finished PDF file."""

    data: bytes
    page_count: int


def write_pdf(pages: Pages) -> RenderedPdf:
    """Writes pages as a PDF: the same pages give the same bytes."""
    document = pages.document
    canvas = Canvas(
        BytesIO(),
        pagesize=(document.page.width, document.page.height),
        invariant=1,
        pageCompression=1,
        pdfVersion=_PDF_VERSION,
        initialFontName=face(FAMILIES[0], strong=False, emphasis=False).name,
        lang=document.language,
    )
    _describe(canvas, document)
    resources = _SharedResources(canvas._doc)
    outline = Outline(canvas._doc)
    for page in pages.pages:
        _write_page(canvas._doc, page, document.page, resources, outline)
    resources.add_faces()
    return RenderedPdf(canvas.getpdfdata(), len(pages.pages))


class _SharedResources:
    """The faces and images of a document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._fonts = add_object(document, BasicFonts, document.idToObject[BasicFonts])
        self._faces: dict[str, EmbeddedFace] = {}
        self._images: dict[ImageSource, str] = {}
        self.image_references: dict[str, str] = {}

    def encode(self, face: str, text: str) -> Sequence[tuple[str, str]]:
        embedded = self._faces.get(face)
        if embedded is None:
            embedded = self._faces[face] = EmbeddedFace(face, f"F{len(self._faces) + 1}")
        return embedded.encode(text)

    def image(self, image: ImageSource) -> str:
        name = self._images.get(image)
        if name is None:
            name = self._images[image] = f"Im{len(self._images) + 1}"
            self.image_references[name] = add_image(self._document, image, name)
            self._document.updateSignature(image.data)
        return name

    def of_page(self, images: set[str]) -> str:
        """The resource dictionary of a page that shows some images, by their names."""
        shown = " ".join(f"/{name} {self.image_references[name]}" for name in sorted(images))
        return f"<< /Font {self._fonts} /XObject << {shown} >> >>"

    def add_faces(self) -> None:
        for embedded in self._faces.values():
            embedded.add_to(self._document)


class _Information(PDFInfo):  # type: ignore[misc]
    """Document information without dates: a date would make the same input differ."""

    def format(self, document: Any) -> bytes:
        entries = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Producer": PRODUCER,
        }
        lines = [f"/{key} {text_string(value)}" for key, value in entries.items() if value]
        return f"<< {' '.join(lines)} >>".encode()


def _describe(canvas: Canvas, document: Document) -> None:
    information = _Information()
    information.title = document.title
    information.author = document.author
    information.subject = document.subject
    canvas._doc.info = information
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _write_page(
    document: Any, page: Page, paper: PageSetup, resources: _SharedResources, outline: Outline
) -> None:
    drawing = Drawing(paper.height, resources)
    images: set[str] = set()
    annotations: list[str] = []
    headings: list[tuple[Heading, float]] = []
    for item in page.marks:
        match item:
            case TextPiece():
                drawing.draw_text(item)
                if isinstance(item.node, Heading):
                    headings.append((item.node, paper.height - item.baseline + item.size))
            case Box():
                drawing.draw_box(item)
            case Line():
                drawing.draw_line(item)
            case PlacedCode():
                drawing.draw_code(item)
            case PlacedImage():
                images.add(resources.image(item.image))
                drawing.draw_image(item)
            case LinkArea():
                annotations.append(_add_link(document, item, paper.height))
    content = drawing.content()
    document.updateSignature(content)
    stream = add_object(
        document, f"content-{document.pageCounter}", Stream(deflated(content, level=_PAGE_LEVEL))
    )
    entries = f"/Contents {stream} /Resources {resources.of_page(images)}"
    if annotations:
        entries += f" /Annots [{' '.join(annotations)}]"
    reference = _add_page(document, entries, paper)
    for heading, top in headings:
        outline.add(heading, reference, top)


def _add_page(document: Any, entries: str, paper: PageSetup) -> str:
    """Adds a page with these dictionary entries; returns how PDF refers to it."""
    parent = add_object(document, "pages", document.Pages)
    width, height = number(round(paper.width * 100)), number(round(paper.height * 100))
    page = RawObject(
        f"<< /Type /Page /Parent {parent} /MediaBox [0 0 {width} {height}] {entries} >>".encode()
    )
    name = document.thisPageName()
    document.addPage(page)
    return add_object(document, name, page)


def _add_link(document: Any, area: LinkArea, height: float) -> str:
    """Adds the annotation of a link; returns how PDF refers to it."""
    corners = (area.x, height - area.y - area.height, area.x + area.width, height - area.y)
    rectangle = " ".join(number(round(corner * 100)) for corner in corners)
    annotation = (
        f"<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [{rectangle}] "
        f"/A << /S /URI /URI {uri(area.link.href)} >> >>"
    ).encode()
    document.updateSignature(annotation)
    return add_object(document, f"link-{document.objectcounter}", RawObject(annotation))
