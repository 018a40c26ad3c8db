"""The peer of the tagged benchmark: the same pages, links and bookmarks, and nothing else.

No tags, no metadata stream, no colour profile, no attachment; packed as small as a tagged file.
"""

from io import BytesIO

from docgen.document import Heading
from docgen.fonts.streams import deflated
from docgen.pdf.canvas import PageCanvas
from docgen.pdf.outline import Outline
from docgen.pdf.packing import PackedFile
from docgen.pdf.page_tree import PageTree
from docgen.pdf.painter import MarkingPainter
from docgen.pdf.resources import Resources
from docgen.pdf.strings import number, rectangle, text_string, uri
from docgen.typeset.pages import FieldArea, LinkArea, Page, Pages, PlacedImage, TextPiece


def write_untagged(pages: Pages) -> bytes:
    """The file of some pages for eyes alone."""
    data = BytesIO()
    file = PackedFile(data)
    tree = PageTree(file)
    canvas = PageCanvas()
    resources = Resources(file, canvas)
    outline = Outline(file)
    for page in pages.pages:
        _write(page, pages, tree, canvas, file=file, resources=resources, outline=outline)
    resources.add_fonts()
    entries = f"/Type /Catalog /Pages {tree.finish()} 0 R"
    bookmarks = outline.put()
    if bookmarks:
        entries += f" /Outlines {bookmarks}"
    catalog = file.add(f"<< {entries} >>")
    title = f"<< /Title {text_string(pages.document.title)} >>"
    information = file.add(title)
    file.finish(catalog, information)
    return data.getvalue()


def _write(
    page: Page,
    pages: Pages,
    tree: PageTree,
    canvas: PageCanvas,
    *,
    file: PackedFile,
    resources: Resources,
    outline: Outline,
) -> None:
    paper = pages.document.page
    painter = MarkingPainter(canvas, paper.height, resources)
    reference = file.reserve()
    images: set[str] = set()
    annotations: list[str] = []
    for item in page.marks:
        match item:
            case LinkArea():
                annotations.append(_link(item, paper.height, file))
            case FieldArea():
                pass
            case _:
                painter.draw(item)
        if isinstance(item, PlacedImage):
            images.add(resources.image(item.image))
        if isinstance(item, TextPiece) and isinstance(item.node, Heading):
            top = paper.height - item.baseline + item.size
            outline.add(item.node, f"{reference} 0 R", top)
    content = file.add_stream(deflated(painter.content(), level=3))
    entries = [
        f"/Type /Page /Parent {tree.add(reference)} 0 R",
        f"/MediaBox [0 0 {number(round(paper.width * 100))} {number(round(paper.height * 100))}]",
        f"/Contents {content}",
        f"/Resources {resources.of_page(images)} /Annots [{' '.join(annotations)}]",
    ]
    file.put(reference, f"<< {' '.join(entries)} >>")


def _link(area: LinkArea, height: float, file: PackedFile) -> str:
    annotation = file.reserve()
    entries = (
        f"/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect {rectangle(area, height)} "
        f"/A << /S /URI /URI {uri(area.link.href)} >>"
    )
    file.put(annotation, f"<< {entries} >>")
    return f"{annotation} 0 R"
