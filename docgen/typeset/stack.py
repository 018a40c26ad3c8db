"""Strips set one below the other, with the boxes that surround them."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from docgen.document import BoxStyle
from docgen.typeset.lines import place_line
from docgen.typeset.pages import Box, PageItem
from docgen.typeset.strips import (
    Enclosure,
    Strip,
    as_artifact,
    gap,
    moved,
    repeated,
    space_at_bottom,
    space_at_top,
)


class Placed(Struct, frozen=True, gc=False):
    """A strip with the distance of its top from the top of the stack."""

    strip: Strip
    top: float

    @property
    def bottom(self) -> float:
        return self.top + self.strip.height


class Stack(Struct, frozen=True, gc=False):
    """Strips in their places; ``height`` counts the padding of boxes at both ends. Points."""

    placed: tuple[Placed, ...]
    height: float
    above: Strip | None = None
    """The last strip of the page before, whose table may continue here."""

    def items(self, top: float) -> list[PageItem]:
        """All marks, boxes first, the stack's top at ``top``."""
        items = [*_boxes(self.placed, top)]
        if self.placed:
            items.extend(_again(self.placed[0], self.above, top))
        whole: object = None
        for placed in self.placed:
            strip, dy = placed.strip, top + placed.top
            if strip.columns and strip.columns.whole is not whole:
                whole = strip.columns.whole
                items.extend(_column_by_column(self.placed, whole, top))
            if strip.items:
                items.extend([moved(item, dy) for item in strip.items])
            if strip.text:
                items.extend(place_line(strip.text, dy))
        return items


def _column_by_column(placed: Sequence[Placed], whole: object, top: float) -> Iterator[PageItem]:
    """Columns are read one after the other, however many strips they were cut into."""
    cut = [
        (one.top + top, one.strip.columns)
        for one in placed
        if one.strip.columns and one.strip.columns.whole is whole
    ]
    for index in range(max(len(columns.items) for _, columns in cut)):
        for dy, columns in cut:
            yield from (moved(item, dy) for item in columns.items[index])


def stack(strips: Sequence[Strip], above: Strip | None = None) -> Stack:
    """The strips one below the other; ``above`` is the last strip of the page before."""
    placed: list[Placed] = []
    y = 0.0
    for index, strip in enumerate(strips):
        y += gap(strips[index - 1], strip) if index else space_at_top(strip, above)
        placed.append(Placed(strip, y))
        y += strip.height
    height = y + space_at_bottom(strips[-1]) if strips else 0.0
    return Stack(tuple(placed), height, above)


def _again(first: Placed, above: Strip | None, top: float) -> list[PageItem]:
    rows = repeated(first.strip, above)
    y = top + first.top - sum(row.height for row in rows)
    items: list[PageItem] = []
    for row in rows:
        for item in row.items:
            artifact = as_artifact(item)
            if artifact is not None:
                items.append(moved(artifact, y))
        y += row.height
    return items


def _boxes(placed: Sequence[Placed], top: float) -> list[PageItem]:
    """The boxes of callouts, outer ones first, each as tall as its strips in this stack.

    A strip at 100 in a callout with 8 pt of padding, which stands in one with 6 pt, has 14 pt of
    padding around it in all: the outer box begins at 86, the inner one, by the outer padding less,
    at 92. A box reaches from the highest of its strips to the lowest, and is painted first if it is
    the outer one, so that it does not cover the other.
    """
    extents: dict[Enclosure, tuple[int, float, float]] = {}
    for one in placed:
        if not one.strip.enclosures:
            continue
        inner = space_at_bottom(one.strip)
        for depth, enclosure in enumerate(one.strip.enclosures):
            upper = one.top - inner
            lower = one.bottom + inner
            inner -= enclosure.padding
            if enclosure.box is None:
                continue
            _, first, last = extents.get(enclosure, (depth, upper, lower))
            extents[enclosure] = (depth, min(first, upper), max(last, lower))
    outer_first = sorted(extents.items(), key=lambda extent: extent[1][0])
    items: list[PageItem] = []
    for enclosure, (_, first, last) in outer_first:
        if enclosure.box is not None:
            items.extend(_box(enclosure, enclosure.box, top + first, last - first))
    return items


def _box(enclosure: Enclosure, style: BoxStyle, top: float, height: float) -> list[PageItem]:
    items: list[PageItem] = []
    if style.fill or style.stroke:
        items.append(
            Box(
                x=enclosure.x,
                y=round(top, 3),
                width=enclosure.width,
                height=round(height, 3),
                fill=style.fill,
                stroke=style.stroke,
                stroke_width=style.stroke_width,
                radius=style.radius,
            )
        )
    if style.bar:
        items.append(
            Box(enclosure.x, round(top, 3), style.bar, round(height, 3), fill=style.bar_colour)
        )
    return items
