"""A whole PDF: pages with their tags, links, bookmarks, metadata, and what pages share.

Every file claims PDF/UA-1 and PDF/A-3a and is written to hold to both.
"""

from datetime import datetime
from io import BytesIO

from docgen.pdf import metadata
from docgen.pdf.canvas import PageCanvas
from docgen.pdf.forms import Form
from docgen.pdf.outline import Outline
from docgen.pdf.packing import PackedFile
from docgen.pdf.page import draw_page
from docgen.pdf.page_tree import PageTree
from docgen.pdf.preprint import Preprint, RenderedPdf
from docgen.pdf.resources import Resources
from docgen.pdf.shared import Shared
from docgen.pdf.strings import text_string
from docgen.pdf.structure import ParentTree, write_structure
from docgen.pdf.tagging import Tags
from docgen.typeset import Pages


def write_pdf(
    pages: Pages, *, fillable: bool = False, created: datetime | None = None
) -> RenderedPdf:
    """Writes pages as a PDF: the same pages give the same bytes.

    Where it is ``fillable``, lines to write on and boxes to tick are fields of a form. ``created``
    is the date that the file names as that of its making; without one it names none.

    Raises DocgenError where the installation is damaged.
    """
    return write_preprint(pages, fillable=fillable, created=created).first


def write_preprint(
    pages: Pages, *, fillable: bool = False, created: datetime | None = None
) -> Preprint:
    """Writes pages as a PDF, and keeps of them what other patients' have in common.

    Raises DocgenError where the installation is damaged.
    """
    data = BytesIO()
    file = PackedFile(data)
    shared = _shared(pages, file, fillable=fillable)
    drawn = [draw_page(page, shared) for page in pages.pages]
    catalog = file.add(_catalog(pages, shared, created))
    shared.resources.add_fonts()
    information = metadata.add_information(file, pages.document, created)
    insets = [page.inset for page in drawn if page.inset is not None]
    number = file.reserve(len(insets))
    for page in drawn:
        page.put(number)
        number += page.inset is not None
    beginning = file.beginning(catalog, information, later=len(insets))
    head = data.getvalue()
    paper = pages.document.page
    return Preprint(head, beginning, insets, paper, shared.canvas, page_count=len(drawn))


def _shared(pages: Pages, file: PackedFile, *, fillable: bool) -> Shared:
    document = pages.document
    canvas = PageCanvas()
    parents = ParentTree()
    return Shared(
        file=file,
        tree=PageTree(file),
        paper=document.page,
        canvas=canvas,
        resources=Resources(file, canvas),
        outline=Outline(file),
        tags=Tags(document, fillable=fillable),
        parents=parents,
        form=Form(file, parents, document.styles) if fillable else None,
    )


def _catalog(pages: Pages, shared: Shared, created: datetime | None) -> str:
    document, file = pages.document, shared.file
    entries = [
        f"/Type /Catalog /Pages {shared.tree.finish()} 0 R",
        f"/Lang {text_string(document.language)} /MarkInfo << /Marked true >>",
        "/ViewerPreferences << /DisplayDocTitle true >>",
        f"/StructTreeRoot {write_structure(file, shared.tags.root, shared.parents)}",
        f"/Metadata {metadata.add_xmp(file, document, created)}",
        f"/OutputIntents [{metadata.add_output_intent(file)}]",
    ]
    if shared.form is not None and len(shared.form):
        entries.append(f"/AcroForm {shared.form.written()}")
    outline = shared.outline.put()
    if outline:
        entries.append(f"/Outlines {outline}")
    if document.attachment is not None:
        attached = metadata.add_attachment(file, document.attachment)
        name = text_string(document.attachment.name)
        entries.append(
            f"/AF [{attached}] /Names << /EmbeddedFiles << /Names [{name} {attached}] >> >>"
        )
    return f"<< {' '.join(entries)} >>"
