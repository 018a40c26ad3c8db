"""Paragraphs and headings into strips."""

import msgspec

from docgen.document import Block, Heading, Paragraph, TextRun
from docgen.typeset.lines import LaidLine, SetParagraph, break_lines, natural_widths
from docgen.typeset.setting import Room, Setting, has_room
from docgen.typeset.strips import Hold, Strip


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
    laid = [
        LaidLine(line, paragraph, room, setting.descent)
        for line in break_lines(paragraph, room.width, setting)
    ]
    style = paragraph.style
    if len(laid) == 1:
        return [Strip(laid[0].line.height, (), laid[0], style.before, style.after)]
    last = len(laid) - 1
    return [
        Strip(
            line.line.height,
            text=line,
            before=style.before if index == 0 else 0.0,
            after=style.after if index == last else 0.0,
            hold=Hold.LINES if index in (0, last - 1) else Hold.FREE,
        )
        for index, line in enumerate(laid)
    ]


def heading_strips(heading: Heading, room: Room, setting: Setting) -> list[Strip]:
    """A heading holds together and on to what it announces."""
    strips = paragraph_strips(paragraph_of(heading, setting), room, setting)
    return [msgspec.structs.replace(strip, hold=Hold.HEADING) for strip in strips]


def leads_in(block: Block, *, in_item: bool) -> bool:
    """Whether a block leads into a list below it: a paragraph that ends with a colon, or is itself
    an item of the list around."""
    if not isinstance(block, Paragraph):
        return False
    last = block.inlines[-1] if block.inlines else None
    return in_item or (isinstance(last, TextRun) and last.text.rstrip().endswith(":"))


def lead_in(strips: list[Strip]) -> list[Strip]:
    """The strips of a paragraph that leads into a list: close to its first item, and held there."""
    if not strips:
        return []
    return [*strips[:-1], msgspec.structs.replace(strips[-1], after=0.0, hold=Hold.LINES)]
