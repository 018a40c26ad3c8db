"""Documents for tests of typesetting.

A plain style sheet whose numbers are easy to reckon with: body 10/12 on a grid of 6 points."""

from docgen.document import (
    Block,
    BoxStyle,
    Document,
    Furniture,
    ListStyle,
    PageSetup,
    Paragraph,
    StyleSheet,
    TableStyle,
    TextRun,
    TextStyle,
)

FAMILY = "Atkinson Hyperlegible Next"
BODY = TextStyle(FAMILY, size=10.0, leading=12.0, colour="#000000", after=6.0)
HEADING = TextStyle(FAMILY, size=16.0, leading=18.0, colour="#003366", strong=True, before=12.0)
SMALL = TextStyle(FAMILY, size=8.0, leading=12.0, colour="#333333")


def plain_sheet() -> StyleSheet:
    """The style sheet."""
    box = BoxStyle(
        fill="#eeeeee",
        stroke=None,
        stroke_width=0.0,
        bar=4.0,
        bar_colour="#003366",
        padding_x=10.0,
        padding_y=6.0,
        before=12.0,
        after=12.0,
    )
    text = {f"heading-{level}": HEADING for level in range(1, 7)}
    text |= {"body": BODY, "label": SMALL, "caption": SMALL, "furniture": SMALL}
    text |= {"table-head": SMALL, "table-cell": SMALL}
    return StyleSheet(
        grid=6.0,
        fallback=("Noto Sans",),
        text=text,
        boxes={"note": box},
        lists=ListStyle(indent=18.0, label_colour="#003366", item_gap=0.0, check_size=8.0),
        tables=TableStyle("#dddddd", "#999999", 0.5, 4.0, 6.0, 12.0, 12.0),
        link_colour="#0000cc",
        rule_colour="#999999",
        rule_width=0.5,
        column_gap=18.0,
        writing_line=24.0,
    )


def paper(
    *blocks: Block,
    header: Furniture | None = None,
    footer: Furniture | None = None,
    width: float = 200.0,
    height: float = 300.0,
) -> Document:
    """A document of blocks on a page with margins of 30 points: 140 by 240 are left."""
    return Document(
        title="Test",
        language="en",
        subject="",
        author="",
        page=PageSetup(width, height, 30.0, 30.0, 30.0, 30.0),
        styles=plain_sheet(),
        header=header or Furniture(),
        footer=footer or Furniture(),
        blocks=blocks,
    )


def text(words: str, style: str = "body") -> Paragraph:
    """A paragraph in one look."""
    return Paragraph((TextRun(words),), style)
