"""Pictures of paths: each is drawn once on a ReportLab Canvas, as a form that pages show.

A form XObject (ISO 32000-1, 8.10) is content of its own, so that a logo stands in a file once,
whatever page it is shown on. Pages mark it where they show it; nothing in it is marked.
"""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Any, Protocol

from reportlab.pdfgen.canvas import (  # type: ignore[import-untyped]
    FILL_EVEN_ODD,
    FILL_NON_ZERO,
    Canvas,
)

from docgen.document import PaintedPath, PaintedText, Stroke, VectorMark, VectorPath, VectorSource
from docgen.fonts import face
from docgen.fonts.streams import ObjectFile, deflated
from docgen.pdf.strings import literal

_KEPT = 64
"""How many pictures a process remembers as they were drawn."""


class FaceLookup(Protocol):
    """The faces of a document."""

    def encode(self, face: str, text: str) -> Sequence[tuple[str, str]]:
        """The text in stretches of one font resource, character codes written as Latin-1."""


def add_drawing(file: ObjectFile, picture: VectorSource, faces: FaceLookup, fonts: str) -> str:
    """Puts a picture into a file; returns how PDF refers to its form, as large as the picture.

    ``fonts`` is how the file refers to its dictionary of fonts.
    """
    if any(isinstance(mark, PaintedText) for mark in picture.marks):
        entries = f"{_entries(picture)} /Resources << /Font {fonts} >>"
        return file.add_stream(deflated(_content(picture, faces), entries))
    return file.add_stream(_paths_alone(picture))


def draw_picture(canvas: Any, picture: VectorSource) -> None:
    """Draws a picture on a ReportLab Canvas, its lower left corner at the origin."""
    edges = canvas.beginPath()
    edges.rect(0, 0, picture.width, picture.height)
    canvas.clipPath(edges, stroke=0, fill=0)
    for (matrix, clips), marks in groupby(picture.marks, _surroundings):
        canvas.saveState()
        for clip in clips:
            canvas.clipPath(_path(canvas, clip), stroke=0, fill=0, fillMode=_mode(clip))
        canvas.transform(*matrix)
        for mark in marks:
            if isinstance(mark, PaintedText):
                canvas.setFillColor(mark.colour)
                canvas.setFont(face(mark.family, mark.strong, mark.emphasis).name, mark.size)
                canvas.drawString(mark.x, mark.y, mark.text)
            else:
                _paint(canvas, mark)
        canvas.restoreState()


class _FormCanvas(Canvas):  # type: ignore[misc]
    """A Canvas whose content becomes a form, its text in the faces of a document."""

    def __init__(self, faces: FaceLookup | None) -> None:
        super().__init__(BytesIO(), pageCompression=0, invariant=1)
        self._faces = faces

    def setFont(self, name: str, size: float) -> None:  # noqa: N802 - ReportLab's name
        self._chosen = name, size

    def drawString(self, x: float, y: float, text: str) -> None:  # noqa: N802
        assert self._faces is not None  # pictures with text are drawn for a document
        name, size = self._chosen
        shown = [
            f"/{resource} {size:g} Tf {literal(codes)} Tj"
            for resource, codes in self._faces.encode(name, text)
        ]
        self._code.append(f"BT 1 0 0 1 {x:g} {y:g} Tm {' '.join(shown)} ET")

    def content(self) -> bytes:
        """The operators of what was drawn."""
        return "\n".join(self._code).encode("latin-1")


@lru_cache(maxsize=_KEPT)
def _paths_alone(picture: VectorSource) -> bytes:
    return deflated(_content(picture, None), f"{_entries(picture)} /Resources << >>")


def _content(picture: VectorSource, faces: FaceLookup | None) -> bytes:
    canvas = _FormCanvas(faces)
    draw_picture(canvas, picture)
    return canvas.content()


def _entries(picture: VectorSource) -> str:
    box = f"[0 0 {picture.width:g} {picture.height:g}]"
    return f"/Type /XObject /Subtype /Form /BBox {box}"


def _surroundings(mark: VectorMark) -> tuple[Any, tuple[VectorPath, ...]]:
    return (mark.matrix if isinstance(mark, PaintedText) else mark.path.matrix), mark.clips


def _paint(canvas: Any, mark: PaintedPath) -> None:
    if mark.fill is not None:
        canvas.setFillColor(mark.fill)
    if mark.stroke is not None:
        _set_stroke(canvas, mark.stroke)
    canvas.drawPath(
        _path(canvas, mark.path),
        stroke=mark.stroke is not None,
        fill=mark.fill is not None,
        fillMode=_mode(mark.path),
    )


def _set_stroke(canvas: Any, stroke: Stroke) -> None:
    canvas.setStrokeColor(stroke.colour)
    canvas.setLineWidth(stroke.width)
    canvas.setLineCap(stroke.cap)
    canvas.setLineJoin(stroke.join)
    canvas.setMiterLimit(stroke.miter_limit)
    canvas.setDash(list(stroke.dash), stroke.dash_phase)


def _path(canvas: Any, path: VectorPath) -> Any:
    drawn = canvas.beginPath()
    step = {"m": drawn.moveTo, "l": drawn.lineTo, "c": drawn.curveTo, "h": drawn.close}
    points = iter(path.points)
    for operator in path.operators:
        count = {"c": 6, "h": 0}.get(operator, 2)
        step[operator](*(next(points) for _ in range(count)))
    return drawn


def _mode(path: VectorPath) -> Any:
    return FILL_EVEN_ODD if path.even_odd else FILL_NON_ZERO
