"""The marks of a page drawn on a canvas of ReportLab's, by its own methods alone.

Pages measure from the top left corner; here, and only here, they are turned to PDF's bottom left.
Lengths are rounded to hundredths of a point.
"""

import re
from functools import lru_cache
from operator import methodcaller
from typing import Any, Protocol

from reportlab.pdfgen.pathobject import PDFPathObject  # type: ignore[import-untyped]

from docgen.document import ImageSource, VectorSource
from docgen.fonts import reportlab_name
from docgen.pdf.canvas import PageCanvas
from docgen.typeset import (
    Box,
    PlacedCode,
    PlacedDrawing,
    PlacedImage,
    StraightLine,
    TextPiece,
)

_DARK_RUN = re.compile(rb"\x01+")
_SPAN = methodcaller("span")


class Pictures(Protocol):
    """The pictures of a document, as a canvas of it shows them."""

    def image(self, image: ImageSource) -> object:
        """What ``drawImage`` of the canvas takes for an image."""

    def show(self, drawing: VectorSource, canvas: Any) -> None:
        """Shows a drawing in its own size where the origin of the canvas is."""


class Painter:
    """Draws items on a canvas, in their order.

    ``canvas`` is any Canvas of ReportLab's, ``height`` that of the page. Without ``pictures``,
    there are none to draw.
    """

    def __init__(self, canvas: Any, height: float, pictures: Pictures | None = None) -> None:
        self._canvas = canvas
        self._height = height
        self._pictures = pictures
        self._text: Any = None
        """The text object that is open: texts that follow each other share one."""
        self._face = ""
        self._size = 0.0
        self._fill = self._stroke = ""
        self._line_width = 0.0

    def draw(
        self, item: TextPiece | Box | StraightLine | PlacedImage | PlacedDrawing | PlacedCode
    ) -> None:
        """Draws a mark."""
        match item:
            case TextPiece():
                self.draw_text(item)
            case Box():
                self.draw_box(item)
            case StraightLine():
                self.draw_line(item)
            case PlacedImage():
                self.draw_image(item)
            case PlacedDrawing():
                self.draw_drawing(item)
            case PlacedCode():
                self.draw_code(item)

    def draw_text(self, piece: TextPiece) -> None:
        """Shows text from its baseline's left end."""
        if not piece.text:
            return
        text = self._text or self._begin_text()
        if piece.colour != self._fill:
            text.setFillColor(_colour(piece.colour))
            self._fill = piece.colour
        if piece.face != self._face or piece.size != self._size:
            self._face, self._size = piece.face, piece.size
            text.setFont(reportlab_name(piece.face), piece.size, 0)
        x, y = round(piece.x * 100), round((self._height - piece.baseline) * 100)
        text.setTextOrigin(x / 100, y / 100)
        text.textLine(piece.text)  # as ``textOut``, which measures the text besides

    def draw_box(self, box: Box) -> None:
        """Fills a rectangle, strokes it, or both."""
        fill, stroke = box.fill is not None, box.stroke is not None
        if not fill and not stroke:
            return
        self.end_text()
        if box.fill is not None:
            self._set_fill(box.fill)
        if box.stroke is not None:
            self._set_stroke(box.stroke, box.stroke_width)
        x, y = _rounded(box.x), _rounded(self._height - box.y - box.height)
        width, height = _rounded(box.width), _rounded(box.height)
        radius = _rounded(min(box.radius, width / 2, height / 2))
        if radius:
            self._canvas.saveState()
            self._canvas.translate(x, y)
            self._canvas.drawPath(_round_rectangle(width, height, radius), stroke, fill)
            self._canvas.restoreState()
        else:
            self._canvas.rect(x, y, width, height, stroke, fill)

    def draw_line(self, line: StraightLine) -> None:
        """Draws a straight line."""
        self.end_text()
        self._set_stroke(line.colour, line.width)
        self._canvas.line(
            _rounded(line.x1),
            _rounded(self._height - line.y1),
            _rounded(line.x2),
            _rounded(self._height - line.y2),
        )

    def draw_image(self, placed: PlacedImage) -> None:
        """Shows an image in its rectangle."""
        self.end_text()
        x, y = _rounded(placed.x), _rounded(self._height - placed.y - placed.height)
        width, height = _rounded(placed.width), _rounded(placed.height)
        assert self._pictures is not None
        picture = self._pictures.image(placed.image)
        self._canvas.drawImage(picture, x, y, width, height, mask="auto")

    def draw_drawing(self, placed: PlacedDrawing) -> None:
        """Shows a drawing in its rectangle."""
        self.end_text()
        assert self._pictures is not None
        x, y = _rounded(placed.x), _rounded(self._height - placed.y - placed.height)
        across, up = placed.width / placed.drawing.width, placed.height / placed.drawing.height
        self._canvas.saveState()
        self._canvas.transform(across, 0, 0, up, x, y)
        self._pictures.show(placed.drawing, self._canvas)
        self._canvas.restoreState()

    def draw_code(self, code: PlacedCode) -> None:
        """Fills the dark modules of a code on white, all in one path so that no seams show."""
        self.end_text()
        canvas = self._canvas
        columns, rows = len(code.modules[0]), len(code.modules)
        canvas.saveState()
        canvas.transform(
            code.width / columns,
            0,
            0,
            -code.height / rows,
            _rounded(code.x),
            _rounded(self._height - code.y),
        )
        canvas.setFillGray(1)
        canvas.rect(0, 0, columns, rows, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawPath(_dark_modules(code.modules), stroke=0, fill=1)
        canvas.restoreState()

    def end_text(self) -> None:
        """Ends the text object, where one is open."""
        if self._text is not None:
            self._canvas.drawText(self._text)
            self._text = None

    def _begin_text(self) -> Any:
        self._text = self._canvas.beginText()
        self._face = ""  # ReportLab's text objects know no font of those before them
        return self._text

    def _set_fill(self, value: str) -> None:
        if value != self._fill:
            self._canvas.setFillColor(_colour(value))
            self._fill = value

    def _set_stroke(self, value: str, width: float) -> None:
        if value != self._stroke:
            self._canvas.setStrokeColor(_colour(value))
            self._stroke = value
        if width != self._line_width:
            self._canvas.setLineWidth(_rounded(width))
            self._line_width = width


class MarkingPainter(Painter):
    """Draws a stream of a tagged page: what it draws is marked as somebody's content."""

    def __init__(self, canvas: PageCanvas, height: float, pictures: Pictures | None = None) -> None:
        super().__init__(canvas, height, pictures)
        canvas.begin_stream()
        self._page: PageCanvas = canvas
        self._marked: bool | None = None
        """Whether what is marked now is text; None where nothing is."""

    def begin(self, tag: str, *, text: bool) -> None:
        """Begins marked content (ISO 32000-1, 14.6), all of it text or none of it.

        What was begun before ends. Marks and text objects nest: marked text stands inside of its
        text object, which goes on.
        """
        if text and self._marked:
            self._text.addLiteral(f"EMC {tag}")
            return
        self.end()
        if text:
            (self._text or self._begin_text()).addLiteral(tag)
        else:
            self.end_text()
            self._page.addLiteral(tag)
        self._marked = text

    def end(self) -> None:
        """Ends what was begun last, where it goes on."""
        if self._marked:
            self._text.addLiteral("EMC")
        elif self._marked is not None:
            self.end_text()
            self._page.addLiteral("EMC")
        self._marked = None

    def content(self) -> bytes:
        """The content stream of what was drawn."""
        self.end_text()
        return self._page.stream()


class CodeContents:
    """Codes by themselves, each as the content of a stream of its own."""

    def __init__(self) -> None:
        self._canvas = PageCanvas()

    def content(self, code: PlacedCode, height: float) -> bytes:
        """The content that draws a code on a page of some height."""
        self._canvas.begin_stream()
        Painter(self._canvas, height).draw_code(code)
        return self._canvas.stream()


def _rounded(points: float) -> float:
    """A length in hundredths of a point, some times quicker than to round it in decimal digits."""
    return round(points * 100) / 100


@lru_cache(maxsize=256)
def _colour(value: str) -> tuple[float, ...]:
    """Red, green and blue of a colour written ``#rrggbb``."""
    return tuple(round(int(value[at : at + 2], 16) / 255, 4) for at in (1, 3, 5))


class _Path:
    """A path as ``drawPath`` takes it, drawn before."""

    def __init__(self, code: str) -> None:
        self._code = code

    def getCode(self) -> str:  # noqa: N802 - ReportLab calls it so
        return self._code


@lru_cache(maxsize=256)
def _round_rectangle(width: float, height: float, radius: float) -> _Path:
    """A rectangle with round corners, its lower left one at the origin."""
    path = PDFPathObject()
    path.roundRect(0, 0, width, height, radius)
    return _Path(path.getCode())


@lru_cache(maxsize=256)
def _dark_modules(modules: tuple[bytes, ...]) -> _Path:
    """The dark modules of each row as rectangles; x counts modules to the right, y downwards."""
    runs = map(_SPAN, _DARK_RUN.finditer(b"\0".join(modules)))
    return _Path(f"n {' '.join(map(_runs_of(len(modules[0])).__getitem__, runs))}")


class _Runs(dict[tuple[int, int], str]):
    """Runs of dark modules in codes of some width, each drawn when it is first asked for.

    A code has hundreds of them, most of which other codes have as well. They are told by where
    they start and end, with one module between the rows.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self._stride = width + 1

    def __missing__(self, run: tuple[int, int]) -> str:
        start, end = run
        y, x = divmod(start, self._stride)
        path = PDFPathObject()
        path.rect(x, y, end - start, 1)
        code: str = path.getCode()
        part = self[run] = code.removeprefix("n ")  # a path begins with that
        return part


@lru_cache(maxsize=4)
def _runs_of(width: int) -> _Runs:
    return _Runs(width)
