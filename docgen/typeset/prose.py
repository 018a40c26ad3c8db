"""Paragraphs, headings and lists into strips."""

import msgspec

from docgen.document import Heading, ListBlock, ListItem, Paragraph, Run
from docgen.typeset.lines import Paragraph as SetParagraph
from docgen.typeset.lines import break_lines, natural_widths, place_line
from docgen.typeset.pages import Box, PageItem
from docgen.typeset.setting import Room, Setting, has_room
from docgen.typeset.strips import Hold, Strip, spaced

_BULLETS = ("•", "–")


def paragraph_of(block: Paragraph | Heading, setting: Setting) -> SetParagraph:
    """What is set for a paragraph or a heading."""
    name = block.style if isinstance(block, Paragraph) else f"heading-{block.level}"
    return SetParagraph(block.inlines, setting.style(name), block, origin=block.origin)


def paragraph_strips(paragraph: SetParagraph, room: Room, setting: Setting) -> list[Strip]:
    """One strip a line; two lines at least stay together on either side of a page break."""
    if room.width < 4 * paragraph.style.size:
        _, needed = natural_widths(paragraph, setting)
        if not has_room(room, needed - 0.01, setting, paragraph.origin):
            return []
    lines = break_lines(paragraph, room.width, setting)
    last = len(lines) - 1
    strips = [
        Strip(
            line.height,
            tuple(place_line(line, paragraph, room, 0, setting)),
            hold=Hold.LINES if index in (0, last - 1) and index != last else Hold.FREE,
        )
        for index, line in enumerate(lines)
    ]
    return spaced(strips, paragraph.style.before, paragraph.style.after)


def heading_strips(heading: Heading, room: Room, setting: Setting) -> list[Strip]:
    """A heading holds together and on to what it announces."""
    strips = paragraph_strips(paragraph_of(heading, setting), room, setting)
    return [msgspec.structs.replace(strip, hold=Hold.HEADING) for strip in strips]


def announces(block: object) -> bool:
    """Whether a paragraph leads into what follows it, as one that ends with a colon does."""
    if not isinstance(block, Paragraph) or not block.inlines:
        return False
    last = block.inlines[-1]
    return isinstance(last, Run) and last.text.rstrip().endswith(":")


def label_paragraph(
    block: ListBlock, index: int, depth: int, setting: Setting
) -> SetParagraph | None:
    """The bullet or the number of an item; a box to tick has none, it is drawn."""
    if block.kind == "check":
        return None
    body = setting.style("body")
    ordered = block.kind == "ordered"
    text = f"{block.start + index}." if ordered else _BULLETS[min(depth, len(_BULLETS) - 1)]
    style = msgspec.structs.replace(
        body,
        colour=setting.sheet.lists.label_colour,
        strong=ordered,
        align="right" if ordered else "left",
    )
    return SetParagraph((Run(text),), style, block.items[index], part="label")


def list_indent(block: ListBlock, depth: int, setting: Setting) -> float:
    """How far the text of a list stands in: room for its widest label, hanging. Points."""
    # Figures differ in width: the last number need not be the widest.
    indexes = range(len(block.items)) if block.kind == "ordered" else range(1)
    labels = [label_paragraph(block, index, depth, setting) for index in indexes]
    widths = [natural_widths(label, setting)[1] for label in labels if label is not None]
    widest = max(widths, default=0.0) + _label_gap(setting)
    return round(max(setting.sheet.lists.indent, widest), 3)


def label_marks(
    label: SetParagraph | None, item: ListItem, room: Room, height: float, setting: Setting
) -> list[PageItem]:
    """The label of an item, in the room left of its text, on the baseline of its first line,
    which is ``height`` points high."""
    if label is None:
        return [_tick_box(item, room, height, setting)]
    narrow = room.indented(0, _label_gap(setting))
    line = break_lines(label, narrow.width, setting)[0]
    return place_line(line, label, narrow, height - line.height, setting)


def _label_gap(setting: Setting) -> float:
    return setting.style("body").size * 0.45


def _tick_box(item: ListItem, room: Room, height: float, setting: Setting) -> Box:
    side = setting.sheet.lists.check_size
    body = setting.style("body")
    baseline = height - setting.descent
    # Centred on the height of capitals, about 0.67 em in a text face.
    top = baseline - 0.335 * body.size - side / 2
    return Box(
        room.x,
        round(top, 3),
        side,
        side,
        stroke=body.colour,
        stroke_width=round(body.size / 14, 3),
        radius=round(side / 8, 3),
        node=item,
        part="label",
    )


def item_gap(block: ListBlock, setting: Setting) -> float:
    """The space between two items, in points."""
    body = setting.style("body")
    return setting.sheet.lists.item_gap if block.tight else max(body.after, body.before)


def first_lines_hold(strips: list[Strip]) -> list[Strip]:
    """A list's introduction keeps its first item: the last strip holds on to the next."""
    return [*strips[:-1], msgspec.structs.replace(strips[-1], hold=Hold.LINES)] if strips else []
