"""Sheets of procedure codes: records and layouts in, PDFs out."""

from docgen.sheets.maker import SheetMaker
from docgen.sheets.options import BASE_LAYOUTS, PLAIN, RenderOptions

__all__ = ["BASE_LAYOUTS", "PLAIN", "RenderOptions", "SheetMaker"]
