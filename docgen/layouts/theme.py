"""The typed tree of a theme: palette, fonts, and the look of text, boxes, lists and tables.

Sizes and horizontal measures are multiples of the body size and vertical measures are lines of the
body in halves, so that one theme serves every body size and its baseline grid always holds.
"""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from docgen.document import Align
from docgen.layouts.leaves import Colour, Length, Lines, Multiple
from docgen.layouts.paper import Body
from docgen.source import Positioned, TextNode


class Fonts(Positioned, frozen=True, kw_only=True, eq=False):
    """The font families of a theme, by the names of the fonts that docgen carries."""

    called: ClassVar[str] = "the fonts"

    text: Annotated[TextNode, Meta(description="Family of running text.")]
    headings: Annotated[TextNode, Meta(description="Family of headings.")]
    fallback: Annotated[
        tuple[TextNode, ...],
        Meta(description="Families that stand in for characters that the others lack, in turn."),
    ] = ()


class TextLook(Positioned, frozen=True, kw_only=True, eq=False):
    """How the text of a paragraph is set."""

    called: ClassVar[str] = "text style"

    family: Annotated[
        Literal["text", "headings"], Meta(description="Which of the theme's fonts.")
    ] = "text"
    size: Annotated[Multiple, Meta(description="Size as a multiple of the body size.")] = Multiple(
        1.0
    )
    lines: Annotated[
        Lines, Meta(description="Leading in lines of the body, a multiple of 0.5.")
    ] = Lines(1.0)
    before: Annotated[Lines, Meta(description="Space before, in lines.")] = Lines(0.0)
    after: Annotated[Lines, Meta(description="Space after, in lines.")] = Lines(0.0)
    colour: Annotated[TextNode, Meta(description="Name of a colour of the palette.")]
    strong: Annotated[bool, Meta(description="Whether all of it is bold.")] = False
    emphasis: Annotated[bool, Meta(description="Whether all of it is italic.")] = False
    align: Annotated[Align, Meta(description="Where the lines stand.")] = "left"


class BoxLook(Positioned, frozen=True, kw_only=True, eq=False):
    """How a callout is drawn."""

    called: ClassVar[str] = "box style"

    fill: Annotated[
        TextNode | None, Meta(description="Colour of the background, a name of the palette.")
    ] = None
    border: Annotated[
        TextNode | None, Meta(description="Colour of the border, a name of the palette.")
    ] = None
    border_width: Annotated[Length, Meta(description="Width of the border.")] = Length(0.75)
    bar: Annotated[Length, Meta(description="Width of the bar along the left side.")] = Length(0.0)
    bar_colour: Annotated[
        TextNode | None, Meta(description="Colour of the bar, a name of the palette.")
    ] = None
    radius: Annotated[Length, Meta(description="Radius of the corners.")] = Length(0.0)
    padding_x: Annotated[
        Multiple, Meta(description="Space inside left and right, a multiple of the body size.")
    ] = Multiple(1.0)
    padding_y: Annotated[Lines, Meta(description="Space inside above and below, in lines.")] = (
        Lines(0.5)
    )
    before: Annotated[Lines, Meta(description="Space before the box, in lines.")] = Lines(0.5)
    after: Annotated[Lines, Meta(description="Space after the box, in lines.")] = Lines(0.5)


class ListLook(Positioned, frozen=True, kw_only=True, eq=False):
    """How lists are set."""

    called: ClassVar[str] = "the look of lists"

    indent: Annotated[
        Multiple, Meta(description="Indent of the items, a multiple of the body size.")
    ]
    label_colour: Annotated[
        TextNode, Meta(description="Colour of bullets, numbers and boxes to tick.")
    ]
    item_gap: Annotated[Lines, Meta(description="Space between the items, in lines.")]
    check_size: Annotated[
        Multiple, Meta(description="Side of the boxes to tick, a multiple of the body size.")
    ]


class TableLook(Positioned, frozen=True, kw_only=True, eq=False):
    """How tables are drawn."""

    called: ClassVar[str] = "the look of tables"

    header_fill: Annotated[
        TextNode | None, Meta(description="Background of the header row, a name of the palette.")
    ] = None
    rule_colour: Annotated[TextNode, Meta(description="Colour of the rules between rows.")]
    rule_width: Annotated[Length, Meta(description="Width of the rules between rows.")]
    padding_x: Annotated[
        Multiple, Meta(description="Space inside cells left and right, times the body size.")
    ]
    padding_y: Annotated[Lines, Meta(description="Space inside cells above and below, in lines.")]
    before: Annotated[Lines, Meta(description="Space before a table, in lines.")]
    after: Annotated[Lines, Meta(description="Space after a table, in lines.")]


class RuleLook(Positioned, frozen=True, kw_only=True, eq=False):
    """How rules are drawn."""

    called: ClassVar[str] = "the look of rules"

    colour: Annotated[TextNode, Meta(description="Colour of rules, a name of the palette.")]
    width: Annotated[Length, Meta(description="Width of rules.")]


class Theme(Positioned, frozen=True, kw_only=True, eq=False):
    """A theme file."""

    called: ClassVar[str] = "theme"

    id: Annotated[str, Meta(description="Name of the theme, the same as its file's.")]
    description: Annotated[str, Meta(description="What the theme is for, in one sentence.")]
    palette: Annotated[
        dict[str, Colour], Meta(description='Colours by name, each written "#rrggbb".')
    ]
    paper: Annotated[
        TextNode, Meta(description="Colour of the paper, for contrast; a name of the palette.")
    ]
    fonts: Annotated[Fonts, Meta(description="The font families.")]
    body: Annotated[Body, Meta(description="Body text where a layout gives no size of its own.")]
    text: Annotated[
        dict[str, TextLook],
        Meta(
            description="Text styles by name: at least body, heading-1 to heading-6, label, "
            "caption, table-head, table-cell, furniture, subtitle."
        ),
    ]
    boxes: Annotated[dict[str, BoxLook], Meta(description="Box styles by name: at least note.")]
    lists: Annotated[ListLook, Meta(description="The look of lists.")]
    tables: Annotated[TableLook, Meta(description="The look of tables.")]
    link_colour: Annotated[TextNode, Meta(description="Colour of links, a name of the palette.")]
    rule: Annotated[RuleLook, Meta(description="The look of rules and of lines to write on.")]
    column_gap: Annotated[
        Multiple, Meta(description="Space between columns, a multiple of the body size.")
    ]
    writing_line: Annotated[
        Lines, Meta(description="Distance of the lines that a hand writes on, in lines.")
    ]
