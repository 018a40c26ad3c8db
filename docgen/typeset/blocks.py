"""Every kind of block into strips."""

from collections.abc import Sequence
from itertools import zip_longest

import msgspec

from docgen.document import (
    Align,
    Block,
    Callout,
    Code,
    Columns,
    Figure,
    FlowedColumns,
    Heading,
    KeepTogether,
    KeyFacts,
    ListBlock,
    PageBreak,
    Paragraph,
    PreparedFor,
    Rule,
    RuledLines,
    Section,
    Signature,
    Table,
)
from docgen.typeset.flowed import flowed_strip
from docgen.typeset.lists import list_strips
from docgen.typeset.marks import (
    code_strips,
    figure_strips,
    rule_strips,
    ruled_lines_strips,
    signature_strips,
)
from docgen.typeset.prose import (
    heading_strips,
    lead_in,
    leads_in,
    paragraph_of,
    paragraph_strips,
)
from docgen.typeset.setting import Room, Setting
from docgen.typeset.stack import stack
from docgen.typeset.strips import (
    Enclosure,
    Flowed,
    Hold,
    Strip,
    enclosed,
    holding_on,
    with_space_around,
)
from docgen.typeset.tables import column_strips, fact_strips, table_strips


def flow(blocks: Sequence[Block], room: Room, setting: Setting) -> list[Strip]:
    """The strips of some blocks, one after the other."""
    return _Flow(setting).blocks(blocks, room)


class _Flow:
    """Sets blocks in one setting; ``depth`` counts the lists around them."""

    def __init__(self, setting: Setting, depth: int = 0, align: Align = "left") -> None:
        self._setting = setting
        self._depth = depth
        self._align = align

    def blocks(self, blocks: Sequence[Block], room: Room) -> list[Strip]:
        strips: list[Strip] = []
        new_page = False
        for block, below in zip_longest(blocks, blocks[1:]):
            if isinstance(block, PageBreak):
                new_page = True
                continue
            made = self._block(block, room)
            if new_page and made:
                made[0] = msgspec.structs.replace(made[0], new_page=True)
                new_page = False
            if isinstance(below, ListBlock) and leads_in(block, in_item=self._depth > 0):
                made = lead_in(made)
            strips.extend(made)
        return strips

    def _block(self, block: Block, room: Room) -> list[Strip]:  # noqa: PLR0911, PLR0912 - a case a kind
        setting = self._setting
        match block:
            case Paragraph():
                return self._paragraph(block, room)
            case Heading():
                return heading_strips(block, room, setting)
            case ListBlock():
                return self._list_strips(block, room)
            case Section():
                return self.blocks(block.blocks, room)
            case KeepTogether():
                return self._together(block, room)
            case Callout():
                return self._callout(block, room)
            case PreparedFor():
                return self._callout(block, room) if block.blocks else []
            case Columns():
                return column_strips(block, room, setting, self._aligned)
            case FlowedColumns():
                return self._flowed(block, room)
            case KeyFacts():
                return fact_strips(block, room, setting, self._aligned)
            case Table():
                return table_strips(block, room, setting, self._aligned)
            case Figure():
                return figure_strips(block, room, setting)
            case Code():
                return code_strips(block, room, setting)
            case RuledLines():
                return ruled_lines_strips(block, room, setting)
            case Signature():
                return signature_strips(block, room, setting)
            case Rule():
                return rule_strips(room, setting)
            case PageBreak():
                return []

    def _aligned(
        self, blocks: Sequence[Block], room: Room, setting: Setting, align: Align
    ) -> list[Strip]:
        return _Flow(setting, self._depth, align).blocks(blocks, room)

    def _paragraph(self, block: Paragraph, room: Room) -> list[Strip]:
        paragraph = paragraph_of(block, self._setting)
        if self._align != "left" and not self._setting.sheet.stacked:
            style = msgspec.structs.replace(paragraph.style, align=self._align)
            paragraph = msgspec.structs.replace(paragraph, style=style)
        return paragraph_strips(paragraph, room, self._setting)

    def _list_strips(self, block: ListBlock, room: Room) -> list[Strip]:
        inside = _Flow(self._setting, self._depth + 1, self._align)
        return list_strips(
            block,
            room,
            self._setting,
            self._depth,
            lambda item, indented: inside.blocks(item.blocks, indented),
        )

    def _together(self, block: KeepTogether, room: Room) -> list[Strip]:
        strips = self.blocks(block.blocks, room)
        if stack(strips).height > self._setting.page_room:
            return strips
        return holding_on(strips, Hold.TOGETHER)

    def _flowed(self, block: FlowedColumns, room: Room) -> list[Strip]:
        if self._setting.sheet.stacked:
            return self.blocks(block.blocks, room)
        gap = self._setting.sheet.column_gap
        width = (room.width - gap * (block.count - 1)) / block.count
        strips = self.blocks(block.blocks, Room(room.x, width))
        if not strips:
            return []
        flowed = Flowed(tuple(strips), block.count, width + gap)
        strip = flowed_strip(flowed, self._setting, block.origin)
        return with_space_around([strip], strips[0].before, strips[-1].after)

    def _callout(self, block: Callout | PreparedFor, room: Room) -> list[Strip]:
        setting = self._setting
        style = setting.sheet.boxes[block.style]
        inside = room.indented(style.bar + style.padding_x, style.padding_x)
        shorter = msgspec.structs.replace(
            setting, page_room=setting.page_room - 2 * style.padding_y
        )
        strips = _Flow(shorter, self._depth).blocks(block.blocks, inside)
        box = Enclosure(
            room.x, room.width, style.before, style.after, padding=style.padding_y, box=style
        )
        return enclosed(with_space_around(strips, 0.0, 0.0), box)
