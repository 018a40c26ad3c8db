"""Sheet marks: a Data Matrix (ISO/IEC 16022) at the foot of a sheet's front.

``R:3fa9c2d1 P:120 S:2/5`` is the second of five sheets of packet 120 of run 3fa9c2d1; a packet's
slip is its sheet 0. Copies of a packet bear the same marks.
"""

import pikepdf
from msgspec import Struct

from docgen.codes import data_matrix
from docgen.diagnostics import refuse
from docgen.pdf import FREE_PLACE
from docgen.typeset import PlacedCode


class MarkPlace(Struct, frozen=True):
    """A square of a page in points, from the page's bottom left."""

    left: float
    top: float
    side: float


def place_for_mark(page: pikepdf.Page, packet: int) -> MarkPlace:
    """The free place at the foot of a page, as docgen told it when it wrote the page.

    Raises DocgenError, with the packet's row, where there is none or it is not told.
    """
    told = page.obj.get(FREE_PLACE)
    if not isinstance(told, pikepdf.Array):
        raise refuse(
            "place-for-mark-unknown",
            f"row {packet}: an earlier docgen made its documents, which do not say where a sheet's "
            "mark would be printed over nothing",
            hint="leave the marks out with --no-marks, or run the worklist again in another folder",
        )
    if not len(told):
        raise refuse(
            "no-room-for-mark",
            f"row {packet}: a page is printed on all over its foot, so that there is no room for "
            "the sheet's mark",
            hint="give the layout a wider bottom or side margin, or leave the marks out with "
            "--no-marks",
        )
    left, _, right, top = map(float, told)
    return MarkPlace(left, top, right - left)


def mark_text(run: str, packet: int, sheet: int, sheets: int) -> str:
    """What the mark of a sheet says."""
    return f"R:{run} P:{packet} S:{sheet}/{sheets}"


def mark(text: str, place: MarkPlace) -> PlacedCode:
    """A mark in its place, quiet zone included, on a page that ends at the top of it."""
    return PlacedCode(place.left, 0, place.side, place.side, data_matrix(text), None)
