"""The typed tree of a layout: pages, furniture and blocks, as a layout file writes them.

A template holds ``{{ expressions }}`` of Jinja2 over CommonMark; an expression is one of Jinja2 by
itself, such as ``record.summary``. Each text says which it is (``layouts.uses``). This room keeps
both as text with its place; composing evaluates them.
"""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from docgen.document import Align, VisitValue
from docgen.layouts.leaves import ColumnWidth, Length
from docgen.layouts.paper import Body, PaperSetup
from docgen.layouts.safety import Need, Waiver
from docgen.layouts.uses import (
    ON_PAGES,
    BlocksTemplate,
    CellTemplate,
    CodedTemplate,
    Condition,
    FieldExpression,
    Items,
    LineTemplate,
    PlainTemplate,
    RowItems,
    Verbatim,
)
from docgen.source import Language, Positioned, if_missing

Presentation = Literal["as-written", "bullets", "steps", "checklist", "callout"]
Audience = Literal["patients", "clinicians"]


class LayoutBlock(Positioned, frozen=True, kw_only=True, eq=False, tag_field="type"):
    """What every block of a layout has."""

    called: ClassVar[str] = "{tag} block"

    id: Annotated[
        str, Meta(description="Name of the block, used once in the layout: words-with-hyphens.")
    ]
    when: Annotated[
        Condition | None,
        Meta(description="Expression; the block is printed only where it is true or not empty."),
    ] = None
    for_each: Annotated[
        Items | None,
        Meta(
            description="Prints the block once for every item, written NAME in EXPRESSION: "
            "policy in record.policies."
        ),
    ] = None
    required: Annotated[
        bool,
        Meta(
            description="The block cannot be removed, nor hidden by 'when', 'for_each' or "
            "'once_per_packet' in a file that changes the layout, and a document in which it would "
            "be empty is refused."
        ),
    ] = False
    safety: Annotated[
        Need | None,
        Meta(
            description="What of a patient's safety the block is for: urgent (when to call for "
            "help), phones (numbers to call, or lines to write them on) or patient (whom the sheet "
            "is for). It cannot be removed, unless the layout says under 'without' why."
        ),
    ] = None
    once_per_packet: Annotated[
        bool,
        Meta(
            description="A notice that a patient needs to read once: of the sheets that one packet "
            "holds for a patient, the first prints the block, and the others leave it out."
        ),
    ] = False


class SectionBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="section"):
    """A heading and what stands under it; without content it leaves no heading behind.

    Exactly one of ``field``, ``text`` and ``blocks`` gives the content.
    """

    heading: Annotated[LineTemplate, Meta(description="Template of the heading.")]
    level: Annotated[
        Literal[2, 3, 4, 5, 6], Meta(description="Level of the heading; the title is level 1.")
    ] = 2
    field: Annotated[
        FieldExpression | None,
        Meta(description="Expression that gives prose, such as record.summary."),
    ] = None
    text: Annotated[
        BlocksTemplate | None, Meta(description="Template of the section's own text.")
    ] = None
    blocks: Annotated[
        tuple["Block", ...] | None,
        Meta(description="Blocks that stand under the heading.", min_length=1),
    ] = None
    presentation: Annotated[
        Presentation,
        Meta(
            description="How the content is shown: as its author wrote it, or its points as "
            "bullets, numbered steps, boxes to tick, or all of it in a callout."
        ),
    ] = "as-written"
    style: Annotated[
        str | None, Meta(description="Box style of the theme, for the presentation callout.")
    ] = None


class TextBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="text"):
    """Text of the layout's own."""

    text: Annotated[BlocksTemplate, Meta(description="Template of the text.")]
    style: Annotated[str, Meta(description="Text style of the theme for its paragraphs.")] = "body"


class TitleBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="title"):
    """The title of the document, its one heading of level 1, and a line under it."""

    text: Annotated[LineTemplate, Meta(description="Template of the title.")]
    subtitle: Annotated[
        LineTemplate | None, Meta(description="Template of the line under the title.")
    ] = None


class FactEntry(Positioned, frozen=True, kw_only=True, eq=False):
    """One fact: a label and exactly one of ``field`` and ``text``; an empty field leaves it out."""

    called: ClassVar[str] = "fact"

    id: Annotated[
        str, Meta(description="Name of the fact, used once in the layout: words-with-hyphens.")
    ]
    label: Annotated[LineTemplate, Meta(description="Template of the label.")]
    field: Annotated[
        FieldExpression | None,
        Meta(description="Expression that gives prose, such as record.duration."),
    ] = None
    text: Annotated[BlocksTemplate | None, Meta(description="Template of the fact's text.")] = None
    when: Annotated[
        Condition | None,
        Meta(description="Expression; the fact is printed only where it is true or not empty."),
    ] = None


class KeyFactsBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="key-facts"):
    """Facts at a glance, labels over values."""

    facts: Annotated[
        tuple[FactEntry, ...], Meta(description="The facts in reading order.", min_length=1)
    ]
    across: Annotated[
        Literal[1, 2, 3, 4, 5, 6], Meta(description="How many facts stand side by side.")
    ] = 2


class VisitFactEntry(Positioned, frozen=True, kw_only=True, eq=False):
    """A label and the value of a visit below it; a visit without the value leaves it out."""

    called: ClassVar[str] = "fact of a visit"

    id: Annotated[
        str, Meta(description="Name of the fact, used once in the layout: words-with-hyphens.")
    ]
    label: Annotated[LineTemplate, Meta(description="Template of the label.")]
    value: Annotated[VisitValue, Meta(description="What of the visit stands below the label.")]


class PreparedForBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="prepared-for"):
    """Whom the sheet is for, in a box. Sheets that are made for no patient leave it out.

    It is the only place of a sheet where a patient's data can stand.
    """

    facts: Annotated[
        tuple[VisitFactEntry, ...], Meta(description="The facts in reading order.", min_length=1)
    ]
    across: Annotated[
        Literal[1, 2, 3, 4, 5], Meta(description="How many facts stand side by side.")
    ] = 2
    style: Annotated[str, Meta(description="Box style of the theme.")] = "note"


class CalloutBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="callout"):
    """A box that stands out, holding exactly one of ``text`` and ``blocks``."""

    style: Annotated[str, Meta(description="Box style of the theme.")] = "note"
    heading: Annotated[
        LineTemplate | None, Meta(description="Template of a heading in the box.")
    ] = None
    level: Annotated[
        Literal[2, 3, 4, 5, 6], Meta(description="Level of the heading; the title is level 1.")
    ] = 2
    text: Annotated[BlocksTemplate | None, Meta(description="Template of the box's text.")] = None
    blocks: Annotated[
        tuple["Block", ...] | None, Meta(description="Blocks that stand in the box.", min_length=1)
    ] = None


class ColumnEntry(Positioned, frozen=True, kw_only=True, eq=False):
    """One column of a table."""

    called: ClassVar[str] = "column of a table"

    heading: Annotated[LineTemplate, Meta(description="Template of the column's head.")]
    text: Annotated[
        CellTemplate,
        Meta(description="Template of a cell; it may be empty and knows the row's name."),
    ]
    width: Annotated[
        ColumnWidth | None,
        Meta(description="A length such as 2in, a share such as 1, or content; a share of 1."),
    ] = None
    align: Annotated[Align, Meta(description="Where the text of the column stands.")] = "left"
    group: Annotated[
        LineTemplate | None,
        Meta(
            description="Template of a head above those of all neighbouring columns that say the "
            "same here."
        ),
    ] = None
    merge: Annotated[
        bool,
        Meta(description="A cell that says the same as the one above it becomes one with it."),
    ] = False
    row_header: Annotated[
        bool,
        Meta(
            description="The cells name their rows: screen readers announce them with the others."
        ),
    ] = False


class TableBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="table"):
    """A table with a row for every item of a list; without items it is not printed."""

    rows: Annotated[
        RowItems,
        Meta(description="What the rows are, written NAME in EXPRESSION: code in codes."),
    ]
    columns: Annotated[
        tuple[ColumnEntry, ...], Meta(description="The columns from left to right.", min_length=1)
    ]


class SlotEntry(Positioned, frozen=True, kw_only=True, eq=False):
    """One of several columns side by side."""

    called: ClassVar[str] = "column"

    blocks: Annotated[
        tuple["Block", ...], Meta(description="Blocks that stand in the column.", min_length=1)
    ]
    width: Annotated[
        ColumnWidth | None,
        Meta(description="A length such as 2in or a share such as 1; a share of 1."),
    ] = None


class ColumnsBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="columns"):
    """Blocks side by side, read column after column; a column without content is left out."""

    columns: Annotated[
        tuple[SlotEntry, ...], Meta(description="The columns from left to right.", min_length=1)
    ]


class FlowedColumnsBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="flowed-columns"):
    """Blocks that run through columns of one width, one column after the other."""

    count: Annotated[int, Meta(description="How many columns there are.", ge=2, le=4)]
    blocks: Annotated[
        tuple["Block", ...], Meta(description="Blocks in reading order.", min_length=1)
    ]


class ImageBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="image"):
    """A PNG, JPEG or SVG image, scaled down to fit, never up."""

    file: Annotated[
        Verbatim,
        Meta(description="Path of a PNG, JPEG or SVG file, counted from the folder of layouts."),
    ]
    alt: Annotated[
        PlainTemplate,
        Meta(
            description="Template of what the image shows, for those who cannot see it: say it as "
            "you would to someone on the phone.",
            extra=if_missing("missing-alt"),
        ),
    ]
    width: Annotated[Length | None, Meta(description="Greatest width.")] = None
    height: Annotated[Length | None, Meta(description="Greatest height.")] = None
    align: Annotated[Align, Meta(description="Where the image stands.")] = "left"


class DrawingValueEntry(Positioned, frozen=True, kw_only=True, eq=False):
    """One of the values that a drawing shows."""

    called: ClassVar[str] = "value of a drawing"

    value: Annotated[CodedTemplate, Meta(description="Template of the value; plain text.")]
    label: Annotated[
        PlainTemplate | None, Meta(description="Template of what the value is called.")
    ] = None


class DrawingBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="drawing"):
    """A drawing that a function of an installed package makes, scaled down to fit, never up."""

    drawing: Annotated[
        Verbatim,
        Meta(
            description="Name of an entry point of the group docgen.drawings, such as "
            "hours-of-a-day, which comes with docgen."
        ),
    ]
    alt: Annotated[
        PlainTemplate,
        Meta(
            description="Template of what the drawing shows, for those who cannot see it: say it "
            "as you would to someone on the phone.",
            extra=if_missing("missing-alt"),
        ),
    ]
    values: Annotated[
        tuple[DrawingValueEntry, ...],
        Meta(description="What the function is given as values, in this order."),
    ] = ()
    width: Annotated[
        Length | None, Meta(description="Width that it is made in, if not all of the text's.")
    ] = None
    align: Annotated[Align, Meta(description="Where the drawing stands.")] = "left"


class LogoBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="logo"):
    """The organization's logo; nothing where it has none, and on a page with its letterhead."""

    width: Annotated[
        Length | None, Meta(description="Greatest width, if not the organization's.")
    ] = None
    height: Annotated[
        Length | None, Meta(description="Greatest height, if not the organization's.")
    ] = None
    align: Annotated[Align, Meta(description="Where the logo stands.")] = "left"


class QrCodeBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="qr-code"):
    """A QR code (ISO/IEC 18004), which tells readers that text beyond ASCII is UTF-8."""

    value: Annotated[
        CodedTemplate, Meta(description="Template of what the code holds; plain text.")
    ]
    alt: Annotated[
        PlainTemplate,
        Meta(
            description="Template of what the code is for, such as Link to our website.",
            extra=if_missing("missing-alt"),
        ),
    ]
    size: Annotated[Length, Meta(description="Side of the code, its quiet zone included.")] = (
        Length(72.0)
    )
    caption: Annotated[
        PlainTemplate | None, Meta(description="Template of a line of plain text under the code.")
    ] = None
    align: Annotated[Align, Meta(description="Where the code stands.")] = "left"


class BarcodeBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="barcode"):
    """A Code 128 bar code (ISO/IEC 15417)."""

    value: Annotated[
        CodedTemplate, Meta(description="Template of what the code holds; plain text.")
    ]
    alt: Annotated[
        PlainTemplate,
        Meta(
            description="Template of what the code is for, such as Bar code of {{ record.code }}.",
            extra=if_missing("missing-alt"),
        ),
    ]
    height: Annotated[Length, Meta(description="Height of the bars.")] = Length(36.0)
    caption: Annotated[
        PlainTemplate | None, Meta(description="Template of a line of plain text under the code.")
    ] = None
    align: Annotated[Align, Meta(description="Where the code stands.")] = "left"


class RuledLinesBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="ruled-lines"):
    """Empty lines to write on."""

    count: Annotated[int, Meta(description="How many lines, 1 to 40.", ge=1, le=40)]
    label: Annotated[
        LineTemplate | None, Meta(description="Template of the label above the lines.")
    ] = None


class SignatureBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="signature"):
    """Lines to sign on, side by side."""

    lines: Annotated[
        tuple[LineTemplate, ...],
        Meta(description="Templates of the labels under the lines.", min_length=1, max_length=4),
    ]


class ChecklistBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="checklist"):
    """Boxes to tick."""

    items: Annotated[
        tuple[BlocksTemplate, ...],
        Meta(description="Templates of what is to be ticked.", min_length=1),
    ]


class KeepTogetherBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="keep-together"):
    """Blocks that stay on one page where a page can hold them."""

    blocks: Annotated[tuple["Block", ...], Meta(description="The blocks.", min_length=1)]


class PageBreakBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="page-break"):
    """What follows starts on a new page."""


class RuleBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="rule"):
    """A line from margin to margin."""


Block = (
    SectionBlock
    | TextBlock
    | TitleBlock
    | KeyFactsBlock
    | PreparedForBlock
    | CalloutBlock
    | TableBlock
    | ColumnsBlock
    | FlowedColumnsBlock
    | ImageBlock
    | DrawingBlock
    | LogoBlock
    | QrCodeBlock
    | BarcodeBlock
    | RuledLinesBlock
    | SignatureBlock
    | ChecklistBlock
    | KeepTogetherBlock
    | PageBreakBlock
    | RuleBlock
)


class PageFurniture(Positioned, frozen=True, kw_only=True, eq=False):
    """A header or a footer. Its texts may hold {{ page.number }} and {{ page.count }}."""

    called: ClassVar[str] = "header or footer"

    first: Annotated[
        tuple[Block, ...], ON_PAGES, Meta(description="Blocks on the first page.")
    ] = ()
    later: Annotated[
        tuple[Block, ...], ON_PAGES, Meta(description="Blocks on all later pages.")
    ] = ()


class Layout(Positioned, frozen=True, kw_only=True, eq=False):
    """A layout file."""

    called: ClassVar[str] = "layout"

    id: Annotated[str, Meta(description="Name of the layout, the same as its file's.")]
    title: Annotated[
        PlainTemplate, Meta(description="Template of the document's title; plain text.")
    ]
    description: Annotated[str, Meta(description="What the layout is for, in one sentence.")]
    audience: Annotated[Audience, Meta(description="Who reads the document.")]
    language: Annotated[
        Language,
        Meta(description="Language of the layout's own texts (BCP 47), such as en or es-MX."),
    ]
    theme: Annotated[Verbatim, Meta(description="Name of a theme, a file in the folder themes.")]
    page: Annotated[PaperSetup, Meta(description="The paper and its margins.")]
    body: Annotated[
        Body | None, Meta(description="Size and leading of the body text, if not the theme's.")
    ] = None
    large_print: Annotated[
        bool,
        Meta(
            description="Always in large print: 18 pt or more, one column, lines of at most 6 in."
        ),
    ] = False
    without: Annotated[
        Waiver | None,
        Meta(
            description="What its sheets do without although it keeps patients safe, each with the "
            "reason."
        ),
    ] = None
    header: Annotated[
        PageFurniture | None, Meta(description="What stands at the head of pages.")
    ] = None
    footer: Annotated[
        PageFurniture | None, Meta(description="What stands at the foot of pages.")
    ] = None
    blocks: Annotated[
        tuple[Block, ...], Meta(description="The content in reading order.", min_length=1)
    ]
    former_ids: Annotated[
        dict[str, str] | None,
        Meta(
            description="New ids of blocks and facts by those that they had in earlier versions, "
            "for whoever still names them so."
        ),
    ] = None
