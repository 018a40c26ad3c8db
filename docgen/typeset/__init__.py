"""Setting documents on pages: lines, blocks, tables, columns, page breaks. No PDF in it."""

from docgen.typeset.dump import dump
from docgen.typeset.pages import (
    Box,
    Line,
    LinkArea,
    Page,
    PageItem,
    Pages,
    PlacedCode,
    PlacedImage,
    TextPiece,
)
from docgen.typeset.typesetting import typeset

__all__ = [
    "Box",
    "Line",
    "LinkArea",
    "Page",
    "PageItem",
    "Pages",
    "PlacedCode",
    "PlacedImage",
    "TextPiece",
    "dump",
    "typeset",
]
