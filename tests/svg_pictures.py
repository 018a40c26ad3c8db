"""SVGs as docgen draws them and as resvg does, which shares no code with it, as pictures."""

from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
import resvg_py
from PIL import Image, ImageChops, ImageFilter
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from docgen.diagnostics import Findings
from docgen.document import VectorSource
from docgen.pdf.drawings import draw_picture
from docgen.vectors import read_svg

ZOOM = 4
"""Pixels of the pictures for a pixel of the SVG."""
_POINTS = 0.75
_SEEN = 60
"""A difference in shade, of 255, that is no matter of how edges are smoothed."""

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60">'


def whole(content: str) -> str:
    """Some elements as an SVG of 60 x 60 pixels."""
    return f"{HEAD}{content}</svg>"


def read(svg: str) -> VectorSource:
    """The picture of an SVG in which nothing is refused."""
    findings = Findings()
    picture = read_svg(svg.encode(), "picture.svg", findings)
    assert picture is not None, "\n".join(map(str, findings.diagnostics))
    return picture


def told(svg: str | bytes) -> str:
    """What is told of an SVG that is refused."""
    findings = Findings()
    data = svg if isinstance(svg, bytes) else svg.encode()
    assert read_svg(data, "picture.svg", findings) is None
    return "\n".join(map(str, findings.diagnostics))


def drawn_by_docgen(picture: VectorSource) -> Image.Image:
    """A picture on a ReportLab Canvas, as PDFium shows it."""
    out = BytesIO()
    canvas = Canvas(out, (picture.width, picture.height))
    draw_picture(canvas, picture)
    canvas.save()
    document = pypdfium2.PdfDocument(out.getvalue())
    page = document[0].render(scale=ZOOM / _POINTS).to_pil().convert("RGB")
    assert isinstance(page, Image.Image)
    return page


def drawn_by_resvg(svg: str) -> Image.Image:
    """The picture that resvg makes of an SVG, on white."""
    data = resvg_py.svg_to_bytes(svg_string=svg, zoom=ZOOM, dpi=96.0, background="#ffffff")
    return Image.open(BytesIO(bytes(data))).convert("RGB")


def share_that_differs(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels in which two pictures differ by more than how edges are smoothed."""
    assert abs(one.width - other.width) <= 1
    assert abs(one.height - other.height) <= 1
    size = min(one.width, other.width), min(one.height, other.height)
    both = (picture.crop((0, 0, *size)) for picture in (one, other))
    # What differs along an edge is a pixel wide; the smallest of nine takes that away.
    difference = ImageChops.difference(*both).convert("L").filter(ImageFilter.MinFilter(3))
    different = sum(difference.histogram()[_SEEN:])
    return different / (size[0] * size[1])
