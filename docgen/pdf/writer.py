"""A whole PDF: pages with their tags, links, bookmarks, metadata, and what pages share.

Every file claims PDF/UA-1 and PDF/A-3a and is written to hold to both.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from reportlab.pdfbase.pdfdoc import BasicFonts  # type: ignore[import-untyped]

from docgen.document import Document, Heading, ImageSource
from docgen.fonts.embedding import EmbeddedFace
from docgen.fonts.streams import RawObject, Stream, add_object, deflated
from docgen.pdf import metadata
from docgen.pdf.drawing import Drawing
from docgen.pdf.forms import Form
from docgen.pdf.images import add_image
from docgen.pdf.outline import Outline
from docgen.pdf.packing import PackedDocument
from docgen.pdf.strings import number, text_string, uri
from docgen.pdf.structure import Attached, Element, Mark, ParentTree, write_structure
from docgen.pdf.tagging import Tags, said
from docgen.typeset.pages import (
    Box,
    FieldArea,
    LinkArea,
    Page,
    PageItem,
    Pages,
    PlacedCode,
    PlacedImage,
    TextPiece,
)

_PAGE_LEVEL = 3
"""How hard pages are compressed: zlib's usual 6 takes 1.6 times as long to save 1 % of a file."""


class RenderedPdf(Struct, frozen=True):
    """A finished PDF file."""

    data: bytes
    page_count: int


def write_pdf(
    pages: Pages, *, fillable: bool = False, created: datetime | None = None
) -> RenderedPdf:
    """Writes pages as a PDF: the same pages give the same bytes.

    Where it is ``fillable``, lines to write on and boxes to tick are fields of a form. ``created``
    is the date that the file names as that of its making; without one it names none.
    """
    document = pages.document
    file = PackedDocument()
    writer = _Writer(file, document, fillable=fillable)
    for page in pages.pages:
        writer.write_page(page)
    catalog = _catalog(file, document, writer, created)
    writer.resources.add_faces()
    information = metadata.add_information(file, document, created)
    return RenderedPdf(file.file(catalog, information), len(pages.pages))


def _catalog(
    file: PackedDocument, document: Document, writer: "_Writer", created: datetime | None
) -> str:
    entries = [
        f"/Type /Catalog /Pages {file.page_tree}",
        f"/Lang {text_string(document.language)} /MarkInfo << /Marked true >>",
        "/ViewerPreferences << /DisplayDocTitle true >>",
        f"/StructTreeRoot {write_structure(file, writer.tags.root, writer.parents)}",
        f"/Metadata {metadata.add_xmp(file, document, created)}",
        f"/OutputIntents [{metadata.add_output_intent(file)}]",
    ]
    if writer.form:
        ((font, _),) = writer.resources.encode(writer.form.face, " ")
        entries.append(f"/AcroForm {writer.form.written(writer.resources.fonts, font)}")
    if writer.outline.reference:
        entries.append(f"/Outlines {writer.outline.reference}")
    if document.attachment is not None:
        attached = metadata.add_attachment(file, document.attachment)
        name = text_string(document.attachment.name)
        entries.append(
            f"/AF [{attached}] /Names << /EmbeddedFiles << /Names [{name} {attached}] >> >>"
        )
    return add_object(file, "catalog", RawObject(f"<< {' '.join(entries)} >>".encode()))


class _SharedResources:
    """The faces and images of a document."""

    def __init__(self, file: PackedDocument) -> None:
        self._file = file
        self.fonts = add_object(file, BasicFonts, file.idToObject[BasicFonts])
        self._faces: dict[str, EmbeddedFace] = {}
        self._images: dict[ImageSource, str] = {}
        self._image_references: dict[str, str] = {}

    def encode(self, face: str, text: str) -> Sequence[tuple[str, str]]:
        embedded = self._faces.get(face)
        if embedded is None:
            embedded = self._faces[face] = EmbeddedFace(face, f"F{len(self._faces) + 1}")
        return embedded.encode(text)

    def image(self, image: ImageSource) -> str:
        name = self._images.get(image)
        if name is None:
            name = self._images[image] = f"Im{len(self._images) + 1}"
            self._image_references[name] = add_image(self._file, image, name)
        return name

    def of_page(self, images: set[str]) -> str:
        """The resource dictionary of a page that shows some images, by their names."""
        shown = " ".join(f"/{name} {self._image_references[name]}" for name in sorted(images))
        return f"<< /Font {self.fonts} /XObject << {shown} >> >>"

    def add_faces(self) -> None:
        for embedded in self._faces.values():
            embedded.add_to(self._file)


class _Writer:
    """Writes the pages of one document, and gathers what they have in common."""

    def __init__(self, file: PackedDocument, document: Document, *, fillable: bool) -> None:
        self.file = file
        self.paper = document.page
        self.resources = _SharedResources(file)
        self.outline = Outline(file)
        self.tags = Tags(document, fillable=fillable)
        self.parents = ParentTree()
        self.form = Form(file, self.parents, document.styles) if fillable else None

    def write_page(self, page: Page) -> None:
        written = _WrittenPage(self)
        written.draw_furniture(page.header, "Header")
        for item in page.items:
            written.draw(item)
        written.draw_furniture(page.footer, "Footer")
        written.finish()
        for heading, top in written.headings:
            self.outline.add(heading, f"{written.number} 0 R", top)


class _WrittenPage:
    """One page on its way: its operators, its marks and annotations."""

    def __init__(self, whole: "_Writer") -> None:
        self._whole = whole
        self._height = whole.paper.height
        self._drawing = Drawing(self._height, whole.resources)
        self.number = whole.file.reserve()
        self._key, self._marks = whole.parents.add_page()
        self._open: Element | None = None
        self._in_artifact = False
        self._images: set[str] = set()
        self._annotations: list[str] = []
        self.headings: list[tuple[Heading, float]] = []

    def draw_furniture(self, items: Sequence[PageItem], kind: str) -> None:
        """Draws a header or footer as an artifact (ISO 14289-1, 7.8)."""
        if not items:
            return
        self._close()
        self._drawing.begin_artifact(kind)
        for item in items:
            self._show(item)
        self._drawing.end()

    def draw(self, item: PageItem) -> None:
        """Draws an item, marked as content of its element or as an artifact."""
        match item:
            case TextPiece():
                if not item.text:
                    return
                if isinstance(item.node, Heading):
                    top = self._height - item.baseline + item.size
                    self.headings.append((item.node, top))
                self._mark(self._whole.tags.of_text(item))
            case LinkArea():
                self._add_link(item)
                return
            case FieldArea():
                self._add_field(item)
                return
            case PlacedImage() | PlacedCode():
                self._mark(self._whole.tags.of_figure(item, self._height))
            case Box():
                self._mark(self._whole.tags.of_box(item))
            case _:
                self._mark(None)
        self._show(item)

    def finish(self) -> None:
        """Puts the page into the file."""
        self._close()
        content = Stream(deflated(self._drawing.content(), level=_PAGE_LEVEL))
        stream = add_object(self._whole.file, f"content-{self.number}", content)
        width, height = (
            number(round(side * 100)) for side in (self._whole.paper.width, self._height)
        )
        entries = [
            f"/Type /Page /Parent {self._whole.file.page_tree}",
            f"/MediaBox [0 0 {width} {height}] /Contents {stream}",
            f"/Resources {self._whole.resources.of_page(self._images)} /StructParents {self._key}",
        ]
        if self._annotations:
            entries.append(f"/Tabs /S /Annots [{' '.join(self._annotations)}]")
        self._whole.file.put_page(self.number, f"<< {' '.join(entries)} >>".encode())

    def _show(self, item: PageItem) -> None:
        if isinstance(item, LinkArea | FieldArea):
            return
        if isinstance(item, PlacedImage):
            self._images.add(self._whole.resources.image(item.image))
        self._drawing.draw(item)

    def _mark(self, element: Element | None) -> None:
        """Marks what is drawn next as content of an element, or as an artifact."""
        if element is None:
            if not self._in_artifact:
                self._close()
                self._drawing.begin_artifact("")
                self._in_artifact = True
            return
        if element is self._open:
            return
        self._close()
        self._drawing.begin(element.role, len(self._marks))
        element.add(Mark(self.number, len(self._marks)))
        self._marks.append(element)
        self._open = element

    def _close(self) -> None:
        if self._open is not None or self._in_artifact:
            self._drawing.end()
        self._open = None
        self._in_artifact = False

    def _add_link(self, area: LinkArea) -> None:
        assert area.node is not None  # artifacts have no link areas
        element = self._whole.tags.of_node(area.node)
        annotation = self._whole.file.reserve()
        linked = element.linked(area.link)
        linked.add(Attached(self.number, annotation))
        corners = (
            area.x,
            self._height - area.y - area.height,
            area.x + area.width,
            self._height - area.y,
        )
        rectangle = " ".join(number(round(corner * 100)) for corner in corners)
        key = self._whole.parents.add_annotation(linked)
        entries = (
            f"/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [{rectangle}] "
            f"/Contents {text_string(said(area))} /StructParent {key} "
            f"/A << /S /URI /URI {uri(area.link.href)} >>"
        )
        self._whole.file.put(annotation, f"<< {entries} >>".encode())
        self._annotations.append(f"{annotation} 0 R")

    def _add_field(self, area: FieldArea) -> None:
        form = self._whole.form
        if form is None:
            return
        field = self._whole.tags.of_field(area)
        self._annotations.append(
            form.add(area, field.name, field.element, self.number, self._height)
        )
