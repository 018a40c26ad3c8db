"""What ReportLab's own renderer draws of a Drawing, kept as data.

The renderer draws on a canvas that only takes what may stand on a page: paths in RGB colours, and
text. Whatever else a drawing asks of it (pictures of pixels, gradients, transparency) it does not
have, so that nothing can be drawn that was not thought of here.
"""

from collections.abc import Mapping, Sequence
from math import ceil, isfinite, log10
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace
from reportlab.graphics import shapes  # type: ignore[import-untyped]
from reportlab.graphics.renderbase import (  # type: ignore[import-untyped]
    renderScaledDrawing,
)
from reportlab.graphics.renderPDF import _PDFRenderer  # type: ignore[import-untyped]
from reportlab.lib.colors import CMYKColor, Color, toColor  # type: ignore[import-untyped]
from reportlab.pdfgen.pathobject import PDFPathObject  # type: ignore[import-untyped]

from docgen.document import (
    Matrix,
    PaintedPath,
    PaintedText,
    Stroke,
    VectorMark,
    VectorPath,
    VectorSource,
)

FaceLook = tuple[str, bool, bool]
"""A family, whether it is bold, and whether it is italic."""
NO_FACES: Final[Mapping[str, FaceLook]] = {}
NO_LIMITS: Final[Mapping[str, float]] = {}
MOST_STEPS: Final = 100_000
"""Steps of all paths and letters of all texts together; a detailed map of a country has about as
many."""
_FARTHEST: Final = 1_000_000.0
"""Points from the picture's corner; PDF viewers keep no more (ISO 32000-1, annex C)."""
_PLACES: Final = 4
"""Digits behind the point of a coordinate: no printer shows a ten thousandth of a point."""
_MORE_PLACES: Final = 4
_MATRIX_PLACES: Final = 7
_UNMOVED: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_SHAPES: Final = (
    shapes.Group,
    shapes.Line,
    shapes.Path,
    shapes.String,
    shapes.Rect,
    shapes.Circle,
    shapes.Ellipse,
    shapes.PolyLine,
    shapes.Polygon,
    shapes.Wedge,
    shapes.UserNode,
)
_REASONS: Final = {
    "drawImage": "it holds a picture made of pixels",
    "drawInlineImage": "it holds a picture made of pixels",
    "linearGradient": "it holds a gradient",
    "radialGradient": "it holds a gradient",
    "linkURL": "it holds a link",
}


class UndrawableError(Exception):
    """Why a drawing cannot stand on a page; the message goes on after "it cannot be printed: "."""


class _State(Struct, frozen=True):
    matrix: Matrix = _UNMOVED
    fill: str = "#000000"
    stroke: str = "#000000"
    width: float = 1.0
    cap: Any = 0
    join: Any = 0
    miter_limit: float = 10.0
    dash: tuple[float, ...] = ()
    dash_phase: float = 0.0
    face: str = ""
    size: float = 0.0
    clips: tuple[VectorPath, ...] = ()


class _RecordedPath(PDFPathObject):  # type: ignore[misc]
    """A path that keeps its steps; arcs and ellipses come as curves from ReportLab."""

    def __init__(self) -> None:
        super().__init__()
        self.operators: list[str] = []
        self.points: list[float] = []

    def moveTo(self, x: float, y: float) -> None:
        self._step("m", x, y)

    def lineTo(self, x: float, y: float) -> None:
        self._step("l", x, y)

    def curveTo(self, x1: float, y1: float, x2: float, y2: float, x3: float, y3: float) -> None:
        self._step("c", x1, y1, x2, y2, x3, y3)

    def close(self) -> None:
        self._step("h")

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        self.moveTo(x, y)
        self.lineTo(x + width, y)
        self.lineTo(x + width, y + height)
        self.lineTo(x, y + height)
        self.close()

    def _step(self, operator: str, *points: float) -> None:
        self.operators.append(operator)
        self.points.extend(points)


class RecordingCanvas:
    """A canvas as far as drawings need one; each method does what ReportLab's of its name does."""

    def __init__(self, faces: Mapping[str, FaceLook]) -> None:
        self._faces = faces
        self.marks: list[VectorMark] = []
        self._steps = 0
        self._state = _State()
        self._states: list[_State] = []
        self._fillMode = shapes.FILL_EVEN_ODD  # the renderer sets it

    def __getattr__(self, name: str) -> Any:
        raise UndrawableError(_REASONS.get(name, f"it needs {name!r} of ReportLab's canvas"))

    @property
    def _fontname(self) -> str:
        return self._state.face

    @property
    def _fontsize(self) -> float:
        return self._state.size

    def saveState(self) -> None:
        self._states.append(self._state)

    def restoreState(self) -> None:
        self._state = self._states.pop()

    def transform(self, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
        matrix = combined(self._state.matrix, (a, b, c, d, e, f))
        self._state = replace(self._state, matrix=matrix)

    def setFillColor(self, colour: Any) -> None:
        self._state = replace(self._state, fill=_hex(colour))

    def setStrokeColor(self, colour: Any) -> None:
        self._state = replace(self._state, stroke=_hex(colour))

    def setLineWidth(self, width: float) -> None:
        self._state = replace(self._state, width=float(width))

    def setLineCap(self, cap: int) -> None:
        self._state = replace(self._state, cap=cap)

    def setLineJoin(self, join: int) -> None:
        self._state = replace(self._state, join=join)

    def setMiterLimit(self, limit: float) -> None:
        self._state = replace(self._state, miter_limit=float(limit))

    def setDash(self, array: Sequence[float] | float = (), phase: float = 0.0) -> None:
        lengths = (array,) if isinstance(array, int | float) else tuple(array)
        if any(length < 0 for length in lengths):
            raise UndrawableError("a dash of it is shorter than nothing")
        seen = tuple(map(float, lengths)) if any(lengths) else ()
        self._state = replace(self._state, dash=seen, dash_phase=float(phase))

    def setFillAlpha(self, alpha: float) -> None:
        _refuse_transparent(alpha)

    def setStrokeAlpha(self, alpha: float) -> None:
        _refuse_transparent(alpha)

    def setFillOverprint(self, overprint: bool) -> None:
        _refuse_overprint(overprint)

    def setStrokeOverprint(self, overprint: bool) -> None:
        _refuse_overprint(overprint)

    def setOverprintMask(self, mask: int) -> None:
        _refuse_overprint(mask)

    def setFont(self, face: str, size: float) -> None:
        self._state = replace(self._state, face=face, size=float(size))

    def beginPath(self) -> _RecordedPath:
        return _RecordedPath()

    def drawPath(
        self, path: _RecordedPath, stroke: int = 1, fill: int = 0, fillMode: int | None = None
    ) -> None:
        self._paint(self._kept(path, fillMode), stroke=bool(stroke), fill=bool(fill))

    def clipPath(
        self, path: _RecordedPath, stroke: int = 1, fill: int = 0, fillMode: int | None = None
    ) -> None:
        if fill or stroke:
            self.drawPath(path, stroke, fill, fillMode)
        kept = self._kept(path, fillMode)
        pairs = zip(kept.points[::2], kept.points[1::2], strict=True)
        points = [at for x, y in pairs for at in moved(kept.matrix, x, y)]
        clip = replace(kept, points=_rounded(points, _PLACES), matrix=_UNMOVED)
        self._state = replace(self._state, clips=(*self._state.clips, clip))

    def rect(
        self, x: float, y: float, width: float, height: float, stroke: int = 1, fill: int = 0
    ) -> None:
        path = self.beginPath()
        path.rect(x, y, width, height)
        self.drawPath(path, stroke, fill)

    def roundRect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        radius: float,
        stroke: int = 1,
        fill: int = 0,
    ) -> None:
        path = self.beginPath()
        path.roundRect(x, y, width, height, radius)
        self.drawPath(path, stroke, fill)

    def circle(self, x: float, y: float, radius: float, stroke: int = 1, fill: int = 0) -> None:
        self.ellipse(x - radius, y - radius, x + radius, y + radius, stroke, fill)

    def ellipse(
        self, x1: float, y1: float, x2: float, y2: float, stroke: int = 1, fill: int = 0
    ) -> None:
        path = self.beginPath()
        path.ellipse(x1, y1, x2 - x1, y2 - y1)
        self.drawPath(path, stroke, fill)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        path = self.beginPath()
        path.moveTo(x1, y1)
        path.lineTo(x2, y2)
        self.drawPath(path)

    def drawString(self, x: float, y: float, text: str, mode: int | None = None) -> None:
        if mode:
            raise UndrawableError("it outlines letters (textRenderMode)")
        self._count(len(text))
        state = self._state
        if not text.strip():
            return
        look = self._faces.get(state.face)
        if look is None:
            raise UndrawableError(
                f"it has text in {state.face!r}, which is none of the fonts that it is given"
            )
        x, y, size = _rounded((x, y, state.size), _PLACES)
        matrix = _matrix(state.matrix)
        self.marks.append(PaintedText(text, x, y, *look, size, state.fill, matrix, state.clips))

    def _kept(self, path: _RecordedPath, mode: int | None) -> VectorPath:
        self._count(len(path.operators))
        even_odd = (self._fillMode if mode is None else mode) == shapes.FILL_EVEN_ODD
        matrix = self._state.matrix
        points = _rounded(path.points, _places(matrix))
        return VectorPath("".join(path.operators), points, _matrix(matrix), even_odd)

    def _paint(self, path: VectorPath, *, stroke: bool, fill: bool) -> None:
        state = self._state
        line = None
        if stroke and state.width > 0:
            numbers = state.width, state.miter_limit, state.dash_phase
            width, limit, phase = _rounded(numbers, _PLACES)
            dash = _rounded(state.dash, _PLACES)
            line = Stroke(state.stroke, width, state.cap, state.join, limit, dash, phase)
        if path.operators and (fill or line):
            filled = state.fill if fill else None
            self.marks.append(PaintedPath(path, filled, line, state.clips))

    def _count(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise UndrawableError(f"its paths have more than {MOST_STEPS:,} steps")


class _Recorder(_PDFRenderer):  # type: ignore[misc]
    """ReportLab's renderer for PDF, which prints a line and goes on where it knows no shape."""

    def __init__(self, miter_limits: Mapping[str, float]) -> None:
        super().__init__()
        self._miter_limits = miter_limits

    def drawNode(self, node: Any) -> None:
        limit = self._miter_limits.get(getattr(node, "svgid", ""))
        if limit is not None:
            self._canvas.setMiterLimit(limit)
        if isinstance(node, shapes.Image):
            raise UndrawableError(_REASONS["drawImage"])
        if not isinstance(node, _SHAPES):
            raise UndrawableError(f"it holds a {type(node).__name__}")
        super().drawNode(node)


def recorded(
    drawing: Any,
    *,
    faces: Mapping[str, FaceLook] = NO_FACES,
    miter_limits: Mapping[str, float] = NO_LIMITS,
) -> VectorSource:
    """A ReportLab Drawing as data; what it looks like is ReportLab's renderer's to say.

    ``faces`` are those that text may be in, by the names that ReportLab knows them by.
    ``miter_limits`` are those of nodes from an SVG, by their names: the renderer knows none.
    Raises UndrawableError for what cannot stand on a page, and whatever widgets in it raise.
    """
    if not isinstance(drawing, shapes.Drawing):
        raise UndrawableError(f"it is of type {type(drawing).__name__}, not Drawing")
    scaled = renderScaledDrawing(drawing)
    canvas = RecordingCanvas(faces)
    _Recorder(miter_limits).draw(scaled, canvas, 0, 0, showBoundary=0)
    width, height = _rounded((scaled.width, scaled.height), 3)
    if width <= 0 or height <= 0:
        raise UndrawableError(f"its size is {width:g} x {height:g} points")
    return VectorSource(width, height, tuple(canvas.marks))


def combined(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that does what ``inner`` does, then what ``outer`` does."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * m + e,
        b * k + d * m + f,
    )


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _places(matrix: Matrix) -> int:
    """More digits where a matrix makes much of little: pictures may be one unit wide."""
    return _PLACES + min(max(ceil(log10(max(map(abs, matrix[:4])) or 1)), 0), _MORE_PLACES)


def _matrix(matrix: Matrix) -> Matrix:
    a, b, c, d, e, f = _rounded(matrix, _MATRIX_PLACES)
    return a, b, c, d, e, f


def _rounded(numbers: Sequence[float], places: int) -> tuple[float, ...]:
    """Numbers as they are printed, -0.0 as 0.0."""
    kept = tuple(round(float(number), places) + 0.0 for number in numbers)
    if not all(isfinite(number) and abs(number) <= _FARTHEST for number in kept):
        raise UndrawableError("a number of it is not finite, or farther off than a page can be")
    return kept


def _hex(colour: Any) -> str:
    if isinstance(colour, str):
        colour = toColor(colour)
    if not isinstance(colour, Color) or isinstance(colour, CMYKColor):
        raise UndrawableError("it has a colour that is not RGB, as CMYK and spot colours are")
    _refuse_transparent(colour.alpha)
    parts = (colour.red, colour.green, colour.blue)
    if not all(0 <= part <= 1 for part in parts):
        raise UndrawableError("it has a colour whose parts are not between 0 and 1")
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _refuse_transparent(alpha: float | None) -> None:
    if alpha not in (None, 1):
        raise UndrawableError("part of it is transparent")


def _refuse_overprint(value: float) -> None:
    if value:
        raise UndrawableError("it overprints")
