"""Sheet marks: a Data Matrix (ISO/IEC 16022) at the foot of a sheet's front.

``R:3fa9c2d1 P:120 S:2/5`` is the second of five sheets of packet 120 of run 3fa9c2d1; a packet's
slip is its sheet 0. Copies of a packet bear the same marks.
"""

import re
from collections.abc import Sequence

from docgen.codes import data_matrix
from docgen.printfiles.ink import Area

_MILLIMETRE = 72 / 25.4
_SIDE = 7 * _MILLIMETRE
"""Of a mark with its quiet zone: its 20 or 22 modules are read from what 300 dots an inch print."""
_EDGE = 11.3
"""Distance from the edges of the paper in points: with the quiet zone it makes a sixth of an inch,
within which most printers print nothing."""
FOOT = _EDGE + _SIDE
"""How much of a page's foot must be known to place a mark, in points."""
_DARK_RUN = re.compile(rb"\x01+")


def place_for_mark(width: float, inked: Sequence[Area]) -> Area | None:
    """The empty place at the foot of a page that is nearest to its right corner, or None.

    ``width`` is that of the page.
    """
    place = _place_at(width - _EDGE)
    for area in sorted(inked, key=lambda area: area.right, reverse=True):
        if area.meets(place):
            place = _place_at(area.left)
    return place if place.left >= _EDGE else None


def _place_at(right: float) -> Area:
    return Area(right - _SIDE, _EDGE, right, _EDGE + _SIDE)


def mark(run: str, packet: int, sheet: int, sheets: int, place: Area) -> bytes:
    """The operators that draw the mark of a sheet into its place, quiet zone included."""
    modules = data_matrix(f"R:{run} P:{packet} S:{sheet}/{sheets}")
    scale = (place.right - place.left) / len(modules)
    rectangles = [
        b"%d %d %d 1 re" % (run.start(), row, run.end() - run.start())
        for row, line in enumerate(modules)
        for run in _DARK_RUN.finditer(line)
    ]
    frame = f"q {scale:.4f} 0 0 {-scale:.4f} {place.left:.2f} {place.top:.2f} cm 0 g\n"
    return frame.encode() + b"\n".join(rectangles) + b"\nf Q"
