"""Where the foot of a page is printed on, so that a sheet mark finds a place that is empty.

It knows the operators of docgen's own pages: text in simple fonts, paths, and images.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf
from msgspec import Struct

_DESCENT, _ASCENT = 0.35, 1.1
"""How far text may reach below and above its baseline, as shares of its size."""
_STROKE = 2.0
"""How far a stroke may reach beyond its path, in points."""
_PATHS = frozenset(("m", "l", "c"))
_UNPLACED = frozenset(("v", "y", "TJ", "'", '"', "Tm", "TD", "T*", "sh", "BI", "INLINE IMAGE"))
"""What docgen does not write, so that it is not known where it leaves marks."""
_MARKING = _PATHS | _UNPLACED | {"Tj", "Do", "re"}
_CORNERS = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
_STREAMS_KEPT = 4096

_Matrix = tuple[float, float, float, float, float, float]
_UPRIGHT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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


class _State(Struct, frozen=True):
    """Of graphics and text, as one stream of a page leaves it to the next."""

    matrix: _Matrix = _UPRIGHT
    saved: tuple[_Matrix, ...] = ()
    font: str = ""
    size: float = 0.0
    x: float = 0.0
    """Where the line of text begins; ``shown`` is the width of what was shown of it."""
    y: float = 0.0
    shown: float = 0.0


class _Font(Struct, frozen=True):
    first: int
    widths: tuple[float, ...]

    def width(self, codes: bytes) -> float:
        """The width of a text set in one point."""
        return sum([self.widths[code - self.first] for code in codes]) / 1000


class FootInk:
    """What is printed within some points of the foot of pages.

    A stream that several pages share is read once for all of them, as long as it begins alike.
    """

    def __init__(self, height: float) -> None:
        self._height = height
        self._known: dict[tuple[int, int, _State], tuple[tuple[Area, ...], _State]] = {}

    def areas(self, page: pikepdf.Page, contents: Sequence[int], resources: int) -> list[Area]:
        """What is printed at the foot of a page.

        The numbers of its content streams and resources tell whether they are known.
        """
        found: list[Area] = []
        state = _State()
        for number, stream in zip(contents, streams_of(page), strict=True):
            key = (number, resources, state)
            if key not in self._known:
                if len(self._known) == _STREAMS_KEPT:
                    self._known.clear()
                reading = _Reading(_fonts(page), state)
                areas = tuple(one for one in reading.areas(stream) if one.bottom <= self._height)
                self._known[key] = (areas, reading.state())
            areas, state = self._known[key]
            found += areas
        return found


def streams_of(page: pikepdf.Page) -> list[pikepdf.Stream]:
    """The content streams of a page, in their order."""
    contents: Any = page.obj.get("/Contents", ())
    return [contents] if isinstance(contents, pikepdf.Stream) else list(contents)


def _fonts(page: pikepdf.Page) -> Mapping[str, _Font]:
    fonts: Any = page.resources.get("/Font", {})
    return {
        name: _Font(int(font.FirstChar), tuple(map(float, font.Widths)))
        for name, font in fonts.items()
    }


class _Reading:
    """One stream on its way, operator by operator."""

    def __init__(self, fonts: Mapping[str, _Font], state: _State) -> None:
        self._fonts = fonts
        self._matrix, self._saved = state.matrix, list(state.saved)
        self._font, self._size = state.font, state.size
        self._x, self._y, self._shown = state.x, state.y, state.shown
        self._end = (0.0, 0.0)
        """Of the path so far; no path goes on in another stream."""

    def state(self) -> _State:
        return _State(
            self._matrix,
            tuple(self._saved),
            self._font,
            self._size,
            self._x,
            self._y,
            self._shown,
        )

    def areas(self, stream: pikepdf.Stream) -> Iterator[Area]:
        for instruction in pikepdf.parse_content_stream(stream):
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
                a, b, c, d, e, f = map(float, operands)
                self._matrix = _product((a, b, c, d, e, f), self._matrix)
            case "BT":
                self._begin_line(0.0, 0.0)
            case "Td":
                self._begin_line(self._x + float(operands[0]), self._y + float(operands[1]))
            case "Tf":
                self._font, self._size = str(operands[0]), float(operands[1])

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
            return self._around(self._stretch(operator, operands), _STROKE)
        return _EVERYWHERE

    def _stretch(self, operator: str, operands: Any) -> list[tuple[float, float]]:
        """The points of a stretch of a path, from where the one before ended."""
        numbers = list(map(float, operands))
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        before = self._end
        self._end = points[-1]
        return points if operator == "m" else [before, *points]

    def _text(self, codes: bytes) -> Area:
        start = self._x + self._shown
        self._shown += self._fonts[self._font].width(codes) * self._size
        bottom, top = self._y - _DESCENT * self._size, self._y + _ASCENT * self._size
        return self._around([(start, bottom), (self._x + self._shown, top)])

    def _around(self, points: Sequence[tuple[float, float]], beyond: float = 0.0) -> Area:
        a, b, c, d, e, f = self._matrix
        across = [a * x + c * y + e for x, y in points]
        up = [b * x + d * y + f for x, y in points]
        return Area(min(across) - beyond, min(up) - beyond, max(across) + beyond, max(up) + beyond)


def _product(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )
