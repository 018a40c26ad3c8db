"""The marks of a page as PDF operators (ISO 32000-1, 8 and 9).

Pages measure from the top left corner; here, and only here, they are turned to PDF's bottom left.
Lengths are rounded to hundredths of a point and kept as whole numbers of them.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from struct import Struct
from typing import Protocol

from docgen.document import ImageSource, VectorSource
from docgen.pdf.strings import colour, literal, number
from docgen.typeset import (
    Box,
    PlacedCode,
    PlacedDrawing,
    PlacedImage,
    StraightLine,
    TextPiece,
)

_ROUND = 0.5522847498
"""How far the handles of a quarter circle's Bézier curve reach, as a share of its radius."""
_DARK_RUN = re.compile(rb"\x01+")
_AT_ONCE = 8
"""Modules next to each other that are drawn from memory: there are 256 kinds of so many."""


class Lookup(Protocol):
    """What a page draws with, under the names that the document gives it."""

    def encode(self, face: str, text: str) -> Sequence[tuple[str, str]]:
        """The text in stretches of one font resource, character codes written as Latin-1."""

    def image(self, image: ImageSource) -> str:
        """The name of an image resource."""

    def drawing(self, drawing: VectorSource) -> str:
        """The name of a form, as large as the drawing."""


class Drawing:
    """The operators of one page, in the order in which its items are drawn."""

    def __init__(self, height: float, resources: Lookup) -> None:
        self._height = height
        self._resources = resources
        self._operators: list[str] = []
        self._in_text = False
        self._marked: bool | None = None
        """Whether what is marked now is text; None where nothing is."""
        self._text_x = self._text_y = 0
        self._font = self._fill = self._stroke = self._line_width = ""
        self._size = 0.0

    def content(self) -> bytes:
        """The page's content stream."""
        self._end_text()
        return "\n".join(self._operators).encode("latin-1")

    def begin(self, tag: str, *, text: bool) -> None:
        """Begins marked content (ISO 32000-1, 14.6), all of it text or none of it.

        What was begun before ends. Marks and text objects nest: marked text stands inside of its
        text object, which goes on.
        """
        if text and self._marked:
            self._operators += ("EMC", tag)
            return
        self.end()
        if text:
            self._begin_text()
        else:
            self._end_text()
        self._operators.append(tag)
        self._marked = text

    def end(self) -> None:
        """Ends what was begun last, where it goes on."""
        if self._marked is None:
            return
        if not self._marked:
            self._end_text()
        self._operators.append("EMC")
        self._marked = None

    def draw(
        self, item: TextPiece | Box | StraightLine | PlacedImage | PlacedDrawing | PlacedCode
    ) -> None:
        """Draws a mark."""
        match item:
            case TextPiece():
                self.draw_text(item)
            case Box():
                self._draw_box(item)
            case StraightLine():
                self._draw_line(item)
            case PlacedImage():
                self._draw_image(item)
            case PlacedDrawing():
                self._draw_form(item)
            case PlacedCode():
                self._draw_code(item)

    def draw_text(self, piece: TextPiece) -> None:
        """Shows text from its baseline's left end."""
        if not piece.text:
            return
        if not self._in_text:
            self._begin_text()
        if piece.colour != self._fill:
            self._set_fill(piece.colour)
        show = self._operators.append
        x, y = round(piece.x * 100), round((self._height - piece.baseline) * 100)
        show(f"{number(x - self._text_x)} {number(y - self._text_y)} Td")
        self._text_x, self._text_y = x, y
        size = piece.size
        for resource, codes in self._resources.encode(piece.face, piece.text):
            if resource != self._font or size != self._size:
                show(f"/{resource} {size:g} Tf")
                self._font, self._size = resource, size
            show(f"{literal(codes)} Tj")

    def _draw_box(self, box: Box) -> None:
        """Fills a rectangle, strokes it, or both."""
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
            (box.fill is not None, box.stroke is not None)
        )
        if paint is None:
            return
        self._end_text()
        if box.fill is not None:
            self._set_fill(box.fill)
        if box.stroke is not None:
            self._set_stroke(box.stroke, box.stroke_width)
        x, y = round(box.x * 100), round((self._height - box.y - box.height) * 100)
        width, height = round(box.width * 100), round(box.height * 100)
        radius = min(round(box.radius * 100), width // 2, height // 2)
        if radius:
            path = _rounded(width, height, radius)
            self._operators.append(f"q 1 0 0 1 {_numbers(x, y)} cm {path} {paint} Q")
        else:
            self._operators.append(f"{_numbers(x, y, width, height)} re {paint}")

    def _draw_line(self, line: StraightLine) -> None:
        """Draws a straight line."""
        self._end_text()
        self._set_stroke(line.colour, line.width)
        x1, y1 = round(line.x1 * 100), round((self._height - line.y1) * 100)
        x2, y2 = round(line.x2 * 100), round((self._height - line.y2) * 100)
        self._operators.append(f"{_numbers(x1, y1)} m {_numbers(x2, y2)} l S")

    def _draw_image(self, placed: PlacedImage) -> None:
        """Shows an image in its rectangle."""
        self._end_text()
        x, y = round(placed.x * 100), round((self._height - placed.y - placed.height) * 100)
        width, height = number(round(placed.width * 100)), number(round(placed.height * 100))
        name = self._resources.image(placed.image)
        self._operators.append(f"q {width} 0 0 {height} {_numbers(x, y)} cm /{name} Do Q")

    def _draw_form(self, placed: PlacedDrawing) -> None:
        """Shows a drawing in its rectangle."""
        self._end_text()
        x, y = round(placed.x * 100), round((self._height - placed.y - placed.height) * 100)
        across, up = placed.width / placed.drawing.width, placed.height / placed.drawing.height
        name = self._resources.drawing(placed.drawing)
        self._operators.append(f"q {across:.5f} 0 0 {up:.5f} {_numbers(x, y)} cm /{name} Do Q")

    def _draw_code(self, code: PlacedCode) -> None:
        """Fills the dark modules of a code on white, all in one path so that no seams show."""
        self._end_text()
        across = code.width / len(code.modules[0])
        down = code.height / len(code.modules)
        place = _numbers(round(code.x * 100), round((self._height - code.y) * 100))
        paper = f"1 g 0 0 {len(code.modules[0])} {len(code.modules)} re f"
        self._operators.append(
            f"q {across:.5f} 0 0 {-down:.5f} {place} cm\n"
            f"{paper}\n0 g\n{_dark_rectangles(code.modules)}f Q"
        )

    def _begin_text(self) -> None:
        if not self._in_text:
            self._operators.append("BT")
            self._in_text = True
            self._text_x = self._text_y = 0

    def _end_text(self) -> None:
        if self._in_text:
            self._operators.append("ET")
            self._in_text = False

    def _set_fill(self, value: str) -> None:
        if value != self._fill:
            self._operators.append(f"{colour(value)} rg")
            self._fill = value

    def _set_stroke(self, value: str, width: float) -> None:
        if value != self._stroke:
            self._operators.append(f"{colour(value)} RG")
            self._stroke = value
        line_width = f"{number(round(width * 100))} w"
        if line_width != self._line_width:
            self._operators.append(line_width)
            self._line_width = line_width


def _numbers(*hundredths: int) -> str:
    return " ".join(map(number, hundredths))


@lru_cache(maxsize=256)
def _rounded(right: int, top: int, radius: int) -> str:
    """The path of a rectangle with round corners, its lower left one at the origin."""
    reach = round(radius * (1 - _ROUND))
    corners = [
        (right - radius, 0, right - reach, 0, right, reach, right, radius),
        (right, top - radius, right, top - reach, right - reach, top, right - radius, top),
        (radius, top, reach, top, 0, top - reach, 0, top - radius),
        (0, radius, 0, reach, reach, 0, radius, 0),
    ]
    sides = [f"{_numbers(*corner[:2])} l {_numbers(*corner[2:])} c" for corner in corners]
    return f"{_numbers(radius, 0)} m {' '.join(sides)} h"


@lru_cache(maxsize=256)
def _dark_rectangles(modules: tuple[bytes, ...]) -> str:
    """The dark modules of each row as rectangles; x counts modules to the right, y downwards."""
    width = len(modules[0])
    starts = range(0, width, _AT_ONCE)
    parts = Struct(f"{_AT_ONCE}s" * (width // _AT_ONCE) + f"{width % _AT_ONCE}s")
    rows = [
        "".join(map(_dark_runs, starts, parts.unpack(row))).replace("y", str(y))
        for y, row in enumerate(modules)
    ]
    return "".join(rows)


@lru_cache(maxsize=8192)
def _dark_runs(start: int, modules: bytes) -> str:
    """Runs of dark modules in a part of a row that begins at ``start``; the row stands as y."""
    return "".join(
        f"{start + run.start()} y {run.end() - run.start()} 1 re\n"
        for run in _DARK_RUN.finditer(modules)
    )
