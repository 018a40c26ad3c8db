"""Pictures made of paths and text, which print sharp at any size.

They are data alone, so that a document can be sent to another process and compared with another.
Lengths are points; y grows **up** from the lower left corner of the picture, as in PDF.
"""

from typing import Literal

from msgspec import Struct

Matrix = tuple[float, float, float, float, float, float]
"""``a b c d e f`` of ISO 32000-1, 8.3.4: x' = a·x + c·y + e, y' = b·x + d·y + f."""
Cap = Literal[0, 1, 2]
"""Of a line's ends: butt, round, square."""
Join = Literal[0, 1, 2]
"""Of two lines: miter, round, bevel."""


class VectorPath(Struct, frozen=True, gc=False):
    """Lines and curves in coordinates of their own.

    ``operators`` has a letter for each step: ``m`` to a point, ``l`` a line, ``c`` a Bézier curve,
    ``h`` back to where it began; ``points`` are their coordinates, x and y in turn.
    """

    operators: str
    points: tuple[float, ...]
    matrix: Matrix
    """From its own coordinates to those of the picture."""
    even_odd: bool = False
    """Whether what it crosses twice is outside."""


class Stroke(Struct, frozen=True, gc=False):
    """How a line is drawn, measured in the coordinates of its path."""

    colour: str
    width: float
    cap: Cap = 0
    join: Join = 0
    miter_limit: float = 10.0
    dash: tuple[float, ...] = ()
    dash_phase: float = 0.0


class PaintedPath(Struct, frozen=True, gc=False):
    """A path that is filled, stroked or both; colours are ``#rrggbb``."""

    path: VectorPath
    fill: str | None
    stroke: Stroke | None
    clips: tuple[VectorPath, ...] = ()
    """Only what lies within all of them is seen; they are in coordinates of the picture."""


class PaintedText(Struct, frozen=True, gc=False):
    """Text in a look of a font family from its baseline's left end."""

    text: str
    x: float
    y: float
    family: str
    strong: bool
    emphasis: bool
    size: float
    colour: str
    matrix: Matrix
    clips: tuple[VectorPath, ...] = ()


VectorMark = PaintedPath | PaintedText


class VectorSource(Struct, frozen=True, cache_hash=True):
    """A checked picture and its size in points; nothing is seen beyond its edges."""

    width: float
    height: float
    marks: tuple[VectorMark, ...]
