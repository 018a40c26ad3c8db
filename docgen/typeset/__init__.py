"""Setting documents on pages: lines, blocks, tables, columns, page breaks. No PDF in it."""

from docgen.typeset.dump import dump
from docgen.typeset.foot import FreePlace, free_place, reaches_foot
from docgen.typeset.inset import Shape, placed_at, set_apart
from docgen.typeset.pages import (
    Box,
    FieldArea,
    Inset,
    LinkArea,
    Owner,
    Page,
    PageItem,
    Pages,
    PlacedCode,
    PlacedDrawing,
    PlacedImage,
    StraightLine,
    TextPiece,
)
from docgen.typeset.strips import Strip
from docgen.typeset.typesetting import typeset

__all__ = [
    "Box",
    "FieldArea",
    "FreePlace",
    "Inset",
    "LinkArea",
    "Owner",
    "Page",
    "PageItem",
    "Pages",
    "PlacedCode",
    "PlacedDrawing",
    "PlacedImage",
    "Shape",
    "StraightLine",
    "Strip",
    "TextPiece",
    "dump",
    "free_place",
    "placed_at",
    "reaches_foot",
    "set_apart",
    "typeset",
]
