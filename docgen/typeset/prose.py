"""Paragraphs and headings into strips."""

import msgspec

from docgen.document import Heading, Paragraph, Run
from docgen.typeset.lines import Paragraph as SetParagraph
from docgen.typeset.lines import break_lines, natural_widths, place_line
from docgen.typeset.setting import Room, Setting, has_room
from docgen.typeset.strips import Hold, Strip, spaced


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


def first_lines_hold(strips: list[Strip]) -> list[Strip]:
    """A list's introduction keeps its first item: the last strip holds on to the next."""
    return [*strips[:-1], msgspec.structs.replace(strips[-1], hold=Hold.LINES)] if strips else []
