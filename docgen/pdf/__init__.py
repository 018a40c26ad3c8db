"""Pages written as a PDF."""

from docgen.pdf.writer import RenderedPdf, write_pdf

__all__ = ["RenderedPdf", "write_pdf"]
