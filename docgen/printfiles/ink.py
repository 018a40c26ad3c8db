"""Where the foot of a page is printed on, so that a sheet mark finds a place that is empty.

It knows the operators of docgen's own pages: text in simple fonts, paths, and images.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf
from msgspec import Struct
from msgspec.structs import replace

_DESCENT, _ASCENT = 0.35, 1.1
"""How far text may reach below and above its baseline, as shares of its size."""
_STROKE = 2.0
"""How far a stroke may reach beyond its path, in points."""
_PATHS = frozenset(("m", "l", "c"))
_MARKING = _PATHS | {
    "Tj",
    "Do",
    "re",
    "v",
    "y",
    "TJ",
    "'",
    '"',
    "Tm",
    "TD",
    "T*",
    "sh",
    "BI",
    "INLINE IMAGE",
}
"""What leaves marks. Of those beyond what docgen writes, it is not known where."""
_CORNERS = ((0, 0), (1, 0), (0, 1), (1, 1))


class Area(Struct, frozen=True):
    """A rectangle of a page in points, from the page's bottom left."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "Area") -> bool:
        """Whether two areas have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.bottom <= other.top
            and other.bottom <= self.top
        )


_EVERYWHERE = Area(float("-inf"), float("-inf"), float("inf"), float("inf"))


class _Font(Struct, frozen=True):
    first: int
    widths: tuple[float, ...]

    def width(self, codes: bytes) -> float:
        """The width of a text set in one point."""
        return sum(self.widths[code - self.first] for code in codes) / 1000


def inked_areas(page: pikepdf.Page, height: float) -> tuple[Area, ...]:
    """What is printed within ``height`` points of the foot of a page."""
    foot = replace(_EVERYWHERE, top=height)
    reading = _Reading(_fonts(page))
    return tuple(area for area in reading.areas(page) if area.meets(foot))


def _fonts(page: pikepdf.Page) -> Mapping[str, _Font]:
    fonts: Any = page.obj.Resources.get("/Font", {})
    return {
        name: _Font(int(font.FirstChar), tuple(map(float, font.Widths)))
        for name, font in fonts.items()
    }


class _Reading:
    """The state of graphics and text while a page's operators are read."""

    def __init__(self, fonts: Mapping[str, _Font]) -> None:
        self._fonts = fonts
        self._matrix = pikepdf.Matrix()
        self._saved: list[pikepdf.Matrix] = []
        self._font = _Font(0, ())
        self._size = 0.0
        self._x = self._y = 0.0
        self._shown = 0.0
        """Width of what was shown since the line began."""

    def areas(self, page: pikepdf.Page) -> Iterator[Area]:
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in _MARKING:
                yield self._marked(operator, instruction.operands)
            else:
                self._follow(operator, instruction.operands)

    def _follow(self, operator: str, operands: Any) -> None:
        match operator:
            case "q":
                self._saved.append(self._matrix)
            case "Q":
                self._matrix = self._saved.pop()
            case "cm":
                self._matrix = pikepdf.Matrix(*map(float, operands)) @ self._matrix
            case "BT":
                self._begin_line(0.0, 0.0)
            case "Td":
                self._begin_line(self._x + float(operands[0]), self._y + float(operands[1]))
            case "Tf":
                self._font, self._size = self._fonts[str(operands[0])], float(operands[1])

    def _begin_line(self, x: float, y: float) -> None:
        self._x, self._y, self._shown = x, y, 0.0

    def _marked(self, operator: str, operands: Any) -> Area:
        if operator == "Tj":
            return self._text(bytes(operands[0]))
        if operator == "Do":
            return self._around(_CORNERS)
        if operator == "re":
            x, y, width, height = map(float, operands)
            return self._around([(x + a * width, y + b * height) for a, b in _CORNERS], _STROKE)
        if operator in _PATHS:
            numbers = list(map(float, operands))
            return self._around(list(zip(numbers[::2], numbers[1::2], strict=True)), _STROKE)
        return _EVERYWHERE

    def _text(self, codes: bytes) -> Area:
        start = self._x + self._shown
        self._shown += self._font.width(codes) * self._size
        bottom, top = self._y - _DESCENT * self._size, self._y + _ASCENT * self._size
        return self._around([(start, bottom), (self._x + self._shown, top)])

    def _around(self, points: Sequence[tuple[float, float]], beyond: float = 0.0) -> Area:
        on_page = [self._matrix.transform(point) for point in points]
        across, up = zip(*on_page, strict=True)
        return Area(min(across) - beyond, min(up) - beyond, max(across) + beyond, max(up) + beyond)
