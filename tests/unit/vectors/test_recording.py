"""A ReportLab Drawing as data looks as ReportLab draws it; what cannot be printed is refused."""

from io import BytesIO
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image
from reportlab.graphics import renderPDF, shapes  # type: ignore[import-untyped]
from reportlab.graphics.charts.barcharts import (  # type: ignore[import-untyped]
    VerticalBarChart,
)
from reportlab.lib import colors  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from docgen.document import PaintedText
from docgen.vectors import UndrawableError, extent_of, recorded
from tests.svg_pictures import ZOOM, drawn_by_docgen, share_that_differs

HELVETICA = {"Helvetica": ("Helvetica", False, False)}


def drawing(*parts: Any) -> Any:
    return shapes.Drawing(60, 60, *parts)


def drawn_by_reportlab(made: Any) -> Image.Image:
    out = BytesIO()
    canvas = Canvas(out, (made.width, made.height))
    renderPDF.draw(made, canvas, 0, 0)
    canvas.save()
    page = pypdfium2.PdfDocument(out.getvalue())[0].render(scale=ZOOM / 0.75)
    picture = page.to_pil().convert("RGB")
    assert isinstance(picture, Image.Image)
    return picture


def turned(*parts: Any) -> Any:
    group = shapes.Group(*parts)
    group.rotate(20)
    group.scale(1.2, 0.8)
    return group


def star(**look: Any) -> Any:
    path = shapes.Path(**look)
    path.moveTo(30, 55)
    for x, y in ((45, 5), (5, 38), (55, 38), (15, 5)):
        path.lineTo(x, y)
    path.closePath()
    return path


def clipped() -> Any:
    return shapes.Group(
        star(isClipPath=1, fillColor=None, strokeColor=None),
        shapes.Rect(0, 0, 60, 40, fillColor=colors.red),
    )


SHAPES = {
    "rect": shapes.Rect(5, 5, 40, 30, fillColor=colors.teal, strokeWidth=3),
    "round rect": shapes.Rect(5, 5, 40, 30, rx=6, ry=6, fillColor=colors.teal),
    "circle": shapes.Circle(30, 30, 20, fillColor=None, strokeWidth=4),
    "ellipse": shapes.Ellipse(30, 30, 25, 10, fillColor=colors.gold),
    "line": shapes.Line(5, 5, 50, 40, strokeWidth=5, strokeDashArray=[6, 3], strokeLineCap=1),
    "polyline": shapes.PolyLine([5, 5, 50, 10, 30, 50], strokeWidth=4, strokeLineJoin=1),
    "polygon": shapes.Polygon([5, 5, 50, 10, 30, 50], fillColor=colors.navy),
    "wedge": shapes.Wedge(30, 30, 25, 10, 130, fillColor=colors.green),
    "ring": shapes.Wedge(30, 30, 25, 10, 130, radius1=12, fillColor=colors.green),
    "star": star(fillColor=colors.red),
    "star, filled": star(fillColor=colors.red, fillMode=shapes.FILL_NON_ZERO),
    "open path": shapes.Path([5, 5, 50, 50, 5, 50], [0, 1, 1], fillColor=colors.red),
    "turned": turned(shapes.Rect(10, 10, 20, 20, strokeWidth=4, fillColor=colors.pink)),
    "clipped": clipped(),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_looks_as_reportlab_draws_it(name: str) -> None:
    made = drawing(SHAPES[name])
    assert share_that_differs(drawn_by_docgen(recorded(made)), drawn_by_reportlab(made)) < 0.0005


def test_a_chart_of_reportlab_looks_as_reportlab_draws_it() -> None:
    chart = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 5, 5, 50, 50
    chart.data = [(3, 1, 2)]
    chart.valueAxis.visibleLabels = chart.categoryAxis.visibleLabels = 0
    made = drawing(chart)
    assert share_that_differs(drawn_by_docgen(recorded(made)), drawn_by_reportlab(made)) < 0.0005


def test_text_is_kept_as_text_in_its_look() -> None:
    made = drawing(
        shapes.String(30, 20, "Aa", fontName="Helvetica", fontSize=10, textAnchor="middle")
    )
    [mark] = recorded(made, faces=HELVETICA).marks
    assert isinstance(mark, PaintedText)
    # Helvetica's A is 667 thousandths wide, its a 556 (Adobe's metrics of the standard fonts).
    assert (mark.text, mark.x, mark.y) == ("Aa", round(30 - 12.23 / 2, 4), 20)
    assert (mark.family, mark.size, mark.colour) == ("Helvetica", 10, "#000000")


class Surprise(shapes.Shape):  # type: ignore[misc]
    """A shape that ReportLab does not know."""


class Direct(shapes.DirectDraw):  # type: ignore[misc]
    def drawDirectly(self, renderer: Any) -> None:  # noqa: N802 - ReportLab's name
        renderer._canvas.rect(0, 0, 5, 5)


class Painter(shapes.UserNode):  # type: ignore[misc]
    def provideNode(self) -> Any:  # noqa: N802 - ReportLab's name
        self._canvas.linearGradient(0, 0, 5, 5, (colors.red, colors.blue))


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (shapes.Image(0, 0, 9, 9, "photo.png"), "it holds a picture made of pixels"),
        (shapes.String(5, 5, "A"), "it has text in 'Helvetica', which is none of the fonts"),
        (shapes.Rect(0, 0, 9, 9, fillColor=colors.CMYKColor(1, 0, 0, 0)), "not RGB"),
        (
            shapes.Rect(0, 0, 9, 9, fillColor=colors.Color(1, 0, 0, 0.5)),
            "part of it is transparent",
        ),
        (shapes.Rect(0, 0, 9, 9, fillOpacity=0.5), "part of it is transparent"),
        (shapes.Rect(0, 0, 9, 9, strokeOpacity=0.5), "part of it is transparent"),
        (shapes.Rect(0, 0, 9, 9, fillOverprint=True), "it overprints"),
        (shapes.Rect(0, 0, float("nan"), 9), "not finite"),
        (Direct(), "it holds a Direct"),
        (Surprise(), "it holds a Surprise"),
        (Painter(), "it holds a gradient"),
    ],
)
def test_what_cannot_be_printed_is_refused(part: Any, reason: str) -> None:
    with pytest.raises(UndrawableError) as refused:
        recorded(drawing(shapes.Group(part)))
    assert reason in str(refused.value)


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(UndrawableError, match="of type Group, not Drawing"):
        recorded(shapes.Group())


def test_how_far_marks_reach() -> None:
    # A quarter turn moves (x, y) to (-y, x); a line of 2 points reaches 1 point to each side.
    group = shapes.Group(shapes.Rect(10, 20, 20, 10, strokeWidth=2, strokeColor=colors.black))
    group.translate(50, 5)
    group.rotate(90)
    assert extent_of(recorded(drawing(group)), lambda _: (0, 0, 0)) == (19, 14, 31, 36)


def test_curves_reach_as_far_as_they_do_and_not_as_their_handles() -> None:
    # B(1/2) of a curve with handles at 40 is 3/4 of 40.
    path = shapes.Path(
        [0, 0, 0, 40, 40, 40, 40, 0], [0, 2], strokeColor=colors.black, strokeWidth=1
    )
    assert extent_of(recorded(drawing(path)), lambda _: (0, 0, 0)) == (-0.5, -0.5, 40.5, 30.5)


def test_what_is_clipped_away_reaches_nowhere() -> None:
    part = shapes.Group(
        shapes.Path(
            [0, 0, 9, 0, 9, 9, 0, 9],
            [0, 1, 1, 1, 3],
            isClipPath=1,
            fillColor=None,
            strokeColor=None,
        ),
        shapes.Rect(-50, -50, 200, 200, strokeColor=None),
    )
    assert extent_of(recorded(drawing(part)), lambda _: (0, 0, 0)) == (0, 0, 9, 9)
