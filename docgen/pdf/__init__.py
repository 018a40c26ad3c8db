"""Pages written as a PDF."""

from docgen.pdf.preprint import Preprint, RenderedPdf
from docgen.pdf.writer import write_pdf, write_preprint

__all__ = ["Preprint", "RenderedPdf", "write_pdf", "write_preprint"]
