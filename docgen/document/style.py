"""Resolved style: every length in points, every colour ``#rrggbb``.

The baseline grid: every vertical length (leading, space before and after, padding) is a whole
multiple of ``StyleSheet.grid``, so that baselines of neighbouring columns meet.
"""

from msgspec import Struct

from docgen.document.blocks import Align


class TextStyle(Struct, frozen=True):
    """How the text of a paragraph is set."""

    family: str
    size: float
    leading: float
    colour: str
    strong: bool = False
    emphasis: bool = False
    before: float = 0.0
    after: float = 0.0
    align: Align = "left"


class BoxStyle(Struct, frozen=True):
    """How a callout is drawn. ``bar`` is the width of an accent along its left side."""

    fill: str | None
    stroke: str | None
    stroke_width: float
    bar: float
    bar_colour: str
    padding_x: float
    padding_y: float
    before: float
    after: float
    radius: float = 0.0


class ListStyle(Struct, frozen=True):
    """How lists are set: the indent of their text and the space between their items."""

    indent: float
    label_colour: str
    item_gap: float
    check_size: float


class TableStyle(Struct, frozen=True):
    """How tables are drawn."""

    header_fill: str | None
    rule_colour: str
    rule_width: float
    padding_x: float
    padding_y: float
    before: float
    after: float


class StyleSheet(Struct, frozen=True):
    """The whole look of a document.

    ``text`` holds at least: body, heading-1 … heading-6, label, caption, table-head, table-cell,
    furniture. ``boxes`` holds every style that a callout names.
    """

    grid: float
    fallback: tuple[str, ...]
    """Font families that stand in for characters that a style's own family lacks."""
    text: dict[str, TextStyle]
    boxes: dict[str, BoxStyle]
    lists: ListStyle
    tables: TableStyle
    link_colour: str
    rule_colour: str
    rule_width: float
    column_gap: float
    writing_line: float
    """Distance of the lines that a hand writes on."""
    stacked: bool = False
    """Whether what would stand side by side stands one below the other, as in large print."""
