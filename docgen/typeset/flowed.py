"""Columns that text runs through: filled one after the other, about equally long."""

from collections.abc import Sequence

from msgspec.structs import replace

from docgen.diagnostics import Span
from docgen.typeset.filling import TOLERANCE, end_of_page
from docgen.typeset.setting import Setting
from docgen.typeset.stack import Stack, stack
from docgen.typeset.strips import Flowed, Strip, shifted


def flowed_strip(flowed: Flowed, setting: Setting, origin: Span | None) -> Strip:
    """The columns as one strip, as tall as it takes for all."""
    return _side_by_side(flowed, _balanced(flowed, setting), setting, origin)


def split_at_height(
    strip: Strip, flowed: Flowed, height: float, setting: Setting
) -> tuple[Strip, Strip] | None:
    """What of a strip goes into ``height`` points, and the rest; None where no column fits.

    The columns of the part are full, those of the rest are level.
    """
    columns = _columns_filled(flowed, height)
    taken = _taken(columns)
    if taken == len(flowed.strips) or not _fit(columns, height):
        return None
    rest = replace(flowed, strips=flowed.strips[taken:])
    above = _side_by_side(flowed, columns, setting, strip.origin)
    below = _side_by_side(rest, _balanced(rest, setting), setting, strip.origin)
    return (
        replace(above, before=strip.before, enclosures=strip.enclosures, flowed=None),
        replace(below, after=strip.after, hold=strip.hold, enclosures=strip.enclosures),
    )


def _columns_filled(flowed: Flowed, height: float) -> list[Stack]:
    """The columns, none taller than ``height`` where their strips allow it."""
    columns: list[Stack] = []
    start = 0
    while start < len(flowed.strips) and len(columns) < flowed.count:
        above = flowed.strips[start - 1] if start else None
        end = end_of_page(flowed.strips, start, above, height)
        columns.append(stack(flowed.strips[start:end], above))
        start = end
    return columns


def _balanced(flowed: Flowed, setting: Setting) -> list[Stack]:
    """The columns at the least height at which all strips find room, to a step of the grid."""
    grid = setting.sheet.grid
    whole = stack(flowed.strips).height
    least = int(whole / flowed.count / grid)
    most = int(whole / grid) + 1
    while least < most:
        middle = (least + most) // 2
        columns = _columns_filled(flowed, middle * grid)
        if _taken(columns) == len(flowed.strips) and _fit(columns, middle * grid):
            most = middle
        else:
            least = middle + 1
    return _columns_filled(flowed, most * grid)


def _taken(columns: Sequence[Stack]) -> int:
    """How many strips stand in the columns."""
    return sum(len(column.placed) for column in columns)


def _fit(columns: Sequence[Stack], height: float) -> bool:
    return all(column.height <= height + TOLERANCE for column in columns)


def _side_by_side(
    flowed: Flowed, columns: Sequence[Stack], setting: Setting, origin: Span | None
) -> Strip:
    height = setting.on_grid(max(column.height for column in columns))
    items = tuple(
        shifted(item, index * flowed.step)
        for index, column in enumerate(columns)
        for item in column.items(0.0)
    )
    return Strip(height, items, flowed=flowed, origin=origin)
