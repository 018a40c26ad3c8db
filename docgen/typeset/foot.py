"""The foot of a page: where a print file may put the small mark of a sheet later on.

Whoever gathers documents for a printer would have to read their pages to find out what is printed
there; here every mark has its place.
"""

from collections.abc import Iterable
from operator import itemgetter

from msgspec import Struct

from docgen.typeset.pages import (
    Box,
    Page,
    PageItem,
    PlacedCode,
    PlacedImage,
    StraightLine,
    TextPiece,
)

_MILLIMETRE = 72 / 25.4
_SIDE = 7 * _MILLIMETRE
"""Of a mark with its quiet zone: its 20 or 22 modules are read from what 300 dots an inch print."""
_EDGE = 11.3
"""Distance from the edges of the paper in points: with the quiet zone it makes a sixth of an inch,
within which most printers print nothing."""
_DESCENT, _ASCENT = 0.35, 1.1
"""How far text may reach below and above its baseline, as shares of its size."""
_STROKE = 2.0
"""How far a stroke may reach beyond its path, in points."""

_Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom."""


class FreePlace(Struct, frozen=True, eq=False, gc=False):
    """A square at the foot of a page that nothing is printed on."""

    x: float
    y: float
    width: float
    height: float


def free_place(page: Page, width: float, height: float) -> FreePlace | None:
    """The free place that is nearest to the right corner, or None where the foot is full.

    ``width`` and ``height`` are those of the page.
    """
    right = width - _EDGE
    inked = _inked(page.marks, height)
    for ink_left, ink_right in sorted(inked, key=itemgetter(1), reverse=True):
        if ink_left <= right and right - _SIDE <= ink_right:
            right = ink_left
    left = right - _SIDE
    return FreePlace(left, height - _EDGE - _SIDE, _SIDE, _SIDE) if left >= _EDGE else None


def reaches_foot(items: Iterable[PageItem], height: float) -> bool:
    """Whether items of a page of some height decide where its free place is."""
    return bool(_inked(items, height))


def _inked(items: Iterable[PageItem], height: float) -> list[tuple[float, float]]:
    """From where to where items print, of those that print at the height of the free place."""
    low, high = height - _EDGE, height - _EDGE - _SIDE
    # Most of the hundreds of items of a sheet are texts that stand higher.
    near = [
        item for item in items if type(item) is not TextPiece or item.baseline > high - item.size
    ]
    inked = filter(None, map(_ink, near))
    return [(left, right) for left, top, right, bottom in inked if top <= low and bottom >= high]


def _ink(item: PageItem) -> _Rectangle | None:
    """Where an item prints; links and fields to fill in print nothing."""
    match item:
        case TextPiece() if item.text:
            top, bottom = item.baseline - _ASCENT * item.size, item.baseline + _DESCENT * item.size
            return item.x, top, item.x + item.width, bottom
        case StraightLine():
            (left, right), (top, bottom) = sorted((item.x1, item.x2)), sorted((item.y1, item.y2))
            return left - _STROKE, top - _STROKE, right + _STROKE, bottom + _STROKE
        case Box() if item.fill is None and item.stroke is None:
            return None
        case Box() | PlacedImage() | PlacedCode():
            right, bottom = item.x + item.width, item.y + item.height
            return item.x - _STROKE, item.y - _STROKE, right + _STROKE, bottom + _STROKE
        case _:
            return None
