"""Side by side: columns, cells of a row, facts. Strips of several stacks become common strips."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from docgen.diagnostics import Span
from docgen.typeset.pages import PageItem
from docgen.typeset.setting import Setting
from docgen.typeset.stack import Stack, stack
from docgen.typeset.strips import ColumnMarks, Hold, Strip, moved, space_at_bottom


class Band(Struct, frozen=True, gc=False):
    """A part of one stack that cannot be divided: from ``top`` to ``bottom``, in points."""

    top: float
    bottom: float
    items: tuple[PageItem, ...]
    hold: Hold
    """How hard it holds on to the next one of its stack."""


def beside(
    flows: Sequence[Sequence[Strip]], setting: Setting, origin: Span | None, most: float = 1.0
) -> list[Strip]:
    """The flows next to each other, their tops level.

    They make one strip where that fills no more than ``most`` of a page. Taller ones are divided
    wherever no flow has anything that crosses the cut.
    """
    stacks = [stack(flow) for flow in flows]
    height = setting.on_grid(max((one.height for one in stacks), default=0.0))
    if height <= most * setting.page_room:
        items = [item for one in stacks for item in one.items(0.0)]
        return [Strip(height, tuple(items), origin=origin)] if height else []
    columns = [bands(flow, one) for flow, one in zip(flows, stacks, strict=True)]
    return strips_side_by_side(columns, height, origin)


def strips_side_by_side(
    columns: Sequence[Sequence[Band]],
    height: float,
    origin: Span | None,
    edges: Sequence[float] = (),
) -> list[Strip]:
    """Bands side by side in as many strips as can be; they are read column after column.

    A cut that may be made at several heights is made at the first of the ``edges`` among them.
    """
    whole = object()
    strips: list[Strip] = []
    positions = [0] * len(columns)
    for top, bottom in pairwise(_cuts(columns, height, edges)):
        sides: list[tuple[PageItem, ...]] = []
        hold = Hold.FREE
        for column, parts in enumerate(columns):
            end = positions[column]
            while end < len(parts) and parts[end].top < bottom:
                end += 1
            within = parts[positions[column] : end]
            sides.append(tuple(moved(item, -top) for band in within for item in band.items))
            positions[column] = end
            if 0 < end < len(parts):
                hold = max(hold, parts[end - 1].hold)
        side_by_side = ColumnMarks(whole, tuple(sides))
        strips.append(Strip(bottom - top, columns=side_by_side, hold=hold, origin=origin))
    return strips


def _cuts(columns: Sequence[Sequence[Band]], height: float, edges: Sequence[float]) -> list[float]:
    """The heights at which nothing is cut in two, in order, both ends included.

    Bands are gone through by their tops, whatever column they stand in; ``reach`` is how far those
    above go down. Where the next begins no higher than that, nothing crosses. Columns with bands
    at 0-12 and 12-24, and at 0-24 and 30-42, can be cut between 24 and 30 only: at 12 the second
    column is in the midst of a band. The cut is at 24, or at 26 where a row has its edge there.
    """
    extents = sorted((band.top, band.bottom) for parts in columns for band in parts)
    cuts = [0.0]
    reach = 0.0
    for top, bottom in extents:
        if top >= reach > cuts[-1]:
            cuts.append(next((edge for edge in edges if reach <= edge <= top), reach))
        reach = max(reach, bottom)
    return [*cuts, height]


def bands(flow: Sequence[Strip], placed: Stack, top: float = 0.0) -> list[Band]:
    """Strips of a stack as bands, its top at ``top``; those that share a box make one."""
    groups: list[list[int]] = []
    for index, strip in enumerate(flow):
        if index and _same_box(flow[index - 1], strip):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [_band(flow, placed, group, top) for group in groups]


def _same_box(above: Strip, below: Strip) -> bool:
    return any(enclosure.box and enclosure in below.enclosures for enclosure in above.enclosures)


def _band(flow: Sequence[Strip], placed: Stack, group: list[int], dy: float) -> Band:
    part = Stack(placed.placed[group[0] : group[-1] + 1], 0.0)
    first, last = part.placed[0], part.placed[-1]
    # Rounded, since what ends where its neighbour begins does not cross a cut there.
    top = round(dy + first.top - space_at_bottom(first.strip), 3)
    bottom = round(dy + last.bottom + space_at_bottom(last.strip), 3)
    return Band(top, bottom, tuple(part.items(dy)), flow[group[-1]].hold)
