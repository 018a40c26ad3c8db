"""Pictures of paths: each is drawn once on a ReportLab Canvas, as a form that pages show.

A form XObject (ISO 32000-1, 8.10) is content of its own, so that a logo stands in a file once,
whatever page it is shown on. Pages mark it where they show it; nothing in it is marked.
"""

from functools import lru_cache
from itertools import groupby
from typing import Any

from reportlab.pdfgen.canvas import (  # type: ignore[import-untyped]
    FILL_EVEN_ODD,
    FILL_NON_ZERO,
)

from docgen.document import PaintedPath, PaintedText, Stroke, VectorMark, VectorPath, VectorSource
from docgen.fonts import face, reportlab_name
from docgen.fonts.streams import ObjectFile, deflated
from docgen.pdf.canvas import PageCanvas

_KEPT = 64
"""How many pictures a process remembers as they were drawn."""


def add_drawing(file: ObjectFile, picture: VectorSource, canvas: PageCanvas, fonts: str) -> str:
    """Puts a picture into a file; returns how PDF refers to its form, as large as the picture.

    ``canvas`` is the file's, ``fonts`` how the file refers to its dictionary of fonts.
    """
    if any(isinstance(mark, PaintedText) for mark in picture.marks):
        entries = f"{_entries(picture)} /Resources << /Font {fonts} >>"
        return file.add_stream(deflated(_content(picture, canvas.beside()), entries))
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
                name = face(mark.family, mark.strong, mark.emphasis).name
                canvas.setFont(reportlab_name(name), mark.size)
                canvas.drawString(mark.x, mark.y, mark.text)
            else:
                _paint(canvas, mark)
        canvas.restoreState()


@lru_cache(maxsize=_KEPT)
def _paths_alone(picture: VectorSource) -> bytes:
    return deflated(_content(picture, PageCanvas()), f"{_entries(picture)} /Resources << >>")


def _content(picture: VectorSource, canvas: PageCanvas) -> bytes:
    draw_picture(canvas, picture)
    return canvas.stream()


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
