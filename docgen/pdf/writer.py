"""A whole PDF: pages, links, bookmarks, metadata, and the resources that pages share."""

from io import BytesIO
from itertools import count
from typing import Any

from msgspec import Struct
from reportlab.pdfbase.pdfdoc import (  # type: ignore[import-untyped]
    PDFDictionary,
    PDFInfo,
)
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from docgen.document import Document, Heading, ImageSource, plain_text
from docgen.fonts import FAMILIES, face
from docgen.fonts.embedding import EmbeddedFace
from docgen.fonts.streams import RawObject, Stream, deflated
from docgen.pdf.drawing import Drawing
from docgen.pdf.images import add_image
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
    outline = _Outline(canvas)
    for page in pages.pages:
        _write_page(canvas, page, document.page.height, resources, outline)
    resources.add_faces()
    return RenderedPdf(canvas.getpdfdata(), len(pages.pages))


class _SharedResources:
    """The faces and images of a document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._faces: dict[str, EmbeddedFace] = {}
        self._images: dict[ImageSource, str] = {}
        self.image_references: dict[str, Any] = {}

    def encode(self, face: str, text: str) -> list[tuple[str, bytes]]:
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


class _Outline:
    """Bookmarks for the headings, nested as their levels are."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._keys = map("heading-{}".format, count(1))
        self._levels: list[int] = []
        self._seen: set[int] = set()

    def add(self, heading: Heading, top: float) -> None:
        """Marks a heading at its first piece of text; ``top`` counts from the page's bottom."""
        title = " ".join(plain_text(heading.inlines).split())
        if id(heading) in self._seen or not title:
            return
        self._seen.add(id(heading))
        while self._levels and self._levels[-1] >= heading.level:
            self._levels.pop()
        key = next(self._keys)
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=round(top, 2))
        self._canvas.addOutlineEntry(title, key, level=len(self._levels))
        self._levels.append(heading.level)


def _describe(canvas: Canvas, document: Document) -> None:
    information = _Information()
    information.title = document.title
    information.author = document.author
    information.subject = document.subject
    canvas._doc.info = information
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _write_page(
    canvas: Canvas, page: Page, height: float, resources: _SharedResources, outline: _Outline
) -> None:
    drawing = Drawing(height, resources)
    images: set[str] = set()
    for item in page.items:
        match item:
            case TextPiece():
                drawing.draw_text(item)
                if isinstance(item.node, Heading):
                    outline.add(item.node, height - item.baseline + item.size)
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
                _add_link(canvas, item, height)
    content = drawing.content()
    canvas._doc.updateSignature(content)
    canvas.showPage()
    written = canvas._doc.Pages.pages[-1]
    written.Contents = Stream(deflated(content))
    if images:
        references = {name: resources.image_references[name] for name in sorted(images)}
        written.XObjects = PDFDictionary(references)


def _add_link(canvas: Canvas, area: LinkArea, height: float) -> None:
    corners = (area.x, height - area.y - area.height, area.x + area.width, height - area.y)
    rectangle = " ".join(number(round(corner * 100)) for corner in corners)
    target = uri(area.link.href)
    annotation = (
        f"<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [{rectangle}] "
        f"/A << /S /URI /URI {target} >> >>"
    ).encode("latin-1")
    canvas._doc.updateSignature(annotation)
    canvas._addAnnotation(RawObject(annotation))
