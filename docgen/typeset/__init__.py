"""Setting documents on pages: lines, blocks, tables, columns, page breaks. No PDF in it."""

from docgen.typeset.dump import dump
from docgen.typeset.pages import (
    Box,
    LinkArea,
    Page,
    PageItem,
    Pages,
    PlacedCode,
    PlacedDrawing,
    PlacedImage,
    StraightLine,
    TextPiece,
)
from docgen.typeset.typesetting import typeset

__all__ = [
    "Box",
    "LinkArea",
    "Page",
    "PageItem",
    "Pages",
    "PlacedCode",
    "PlacedDrawing",
    "PlacedImage",
    "StraightLine",
    "TextPiece",
    "dump",
    "typeset",
]
