"""Lists into strips: bullets, hanging numbers, boxes to tick."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from docgen.document import ListBlock, ListItem, TextRun, TextStyle
from docgen.typeset.lines import LaidLine, SetLine, SetParagraph, break_lines, place_line
from docgen.typeset.pages import Box, FieldArea, PageItem
from docgen.typeset.setting import Room, Setting
from docgen.typeset.strips import Strip, with_space_around

_BULLETS = ("•", "–")
"""By how many lists are around; the last one serves all deeper lists."""
_GAP = 0.45
"""Between label and text, in ems."""
_CAPITALS = 0.67
"""Height of capitals in a text face, in ems: a box to tick is centred on it."""
_WIDE = 1000.0

Inside = Callable[[ListItem, Room], list[Strip]]
"""Sets the blocks of an item in a room; given by the dispatcher of blocks."""


def list_strips(
    block: ListBlock, room: Room, setting: Setting, depth: int, inside: Inside
) -> list[Strip]:
    """The items one below the other, ``depth`` lists around them."""
    body = setting.style("body")
    labels = _labels(block, depth, setting)
    gap = setting.sheet.lists.item_gap if block.tight else max(body.after, body.before)
    strips: list[Strip] = []
    for index, item in enumerate(block.items):
        made = inside(item, room.indented(labels.indent)) or [Strip(body.leading)]
        marks = labels.marks(index, item, room, made[0].height, setting)
        made[0] = replace(made[0], items=(*marks, *made[0].items))
        strips.extend(with_space_around(made, gap, gap))
    return with_space_around(strips, max(gap, body.before), max(gap, body.after))


class _Labels(Struct, frozen=True):
    """What stands before the items of one list. ``indent`` is where their text starts."""

    style: TextStyle
    lines: tuple[SetLine, ...]
    """One for each number, one for all bullets, none for boxes to tick."""
    indent: float

    def marks(
        self, index: int, item: ListItem, room: Room, height: float, setting: Setting
    ) -> list[PageItem]:
        """The label on the baseline of the item's first line, which is ``height`` points high."""
        if not self.lines:
            box = _tick_box(item, room, height, setting)
            return [box, FieldArea(box.x, box.y, box.width, box.height, item)]
        line = self.lines[index % len(self.lines)]
        narrow = Room(room.x, self.indent - _GAP * self.style.size)
        paragraph = SetParagraph((), self.style, item, part="label")
        return place_line(LaidLine(line, paragraph, narrow, setting.descent), height - line.height)


def _labels(block: ListBlock, depth: int, setting: Setting) -> _Labels:
    ordered = block.kind == "ordered"
    style = replace(
        setting.style("body"),
        colour=setting.sheet.lists.label_colour,
        strong=ordered,
        align="right" if ordered else "left",
    )
    lines = tuple(
        break_lines(SetParagraph((TextRun(text),), style, None), _WIDE, setting)[0]
        for text in _label_texts(block, depth)
    )
    # Figures differ in width: the last number need not be the widest.
    widest = max((line.width for line in lines), default=0.0)
    indent = max(setting.sheet.lists.indent, widest + _GAP * style.size)
    return _Labels(style, lines, round(indent, 3))


def _label_texts(block: ListBlock, depth: int) -> tuple[str, ...]:
    if block.kind == "check":
        return ()
    if block.kind == "bullet":
        return (_BULLETS[min(depth, len(_BULLETS) - 1)],)
    return tuple(f"{block.start + index}." for index in range(len(block.items)))


def _tick_box(item: ListItem, room: Room, height: float, setting: Setting) -> Box:
    side = setting.sheet.lists.check_size
    body = setting.style("body")
    baseline = height - setting.descent
    return Box(
        room.x,
        round(baseline - (_CAPITALS * body.size + side) / 2, 3),
        side,
        side,
        stroke=body.colour,
        stroke_width=round(body.size / 14, 3),
        radius=round(side / 8, 3),
        node=item,
        part="label",
    )
