"""Pages written as a PDF."""

from docgen.pdf.foot import FREE_PLACE
from docgen.pdf.packing import LARGE as LARGE_PACKING
from docgen.pdf.packing import PackedFile
from docgen.pdf.page_tree import PageTree
from docgen.pdf.painter import CodeContents
from docgen.pdf.preprint import Preprint, RenderedPdf
from docgen.pdf.strings import text_string
from docgen.pdf.writer import write_pdf, write_preprint

__all__ = [
    "FREE_PLACE",
    "LARGE_PACKING",
    "CodeContents",
    "PackedFile",
    "PageTree",
    "Preprint",
    "RenderedPdf",
    "text_string",
    "write_pdf",
    "write_preprint",
]
