"""The peer: a patient handout as one would write it by hand with ReportLab's Platypus.

It prints the words of ``content`` (see ``content.py``) with the same embedded fonts, sizes and
page as docgen, and takes the quicker way wherever Platypus offers two: bullets by ``bulletText``
rather than ``ListFlowable``, a canvas that counts pages rather than a second pass, a QR code by
zxing-cpp drawn as merged rectangles rather than ReportLab's widget.

    python benchmarks/platypus_handout.py content.json handout.pdf
"""

import io
import json
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

import zxingcpp
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

FACES = Path(__file__).resolve().parent.parent / "docgen/fonts/faces/atkinson-hyperlegible-next"
FAMILY = "Peer"
MARGIN_X, MARGIN_Y = 72.0, 28.8
LINE = 14.4
WIDTH = letter[0] - 2 * MARGIN_X
BLUE, INK, MUTED = HexColor("#0b4a6f"), HexColor("#1c1c1c"), HexColor("#4b5560")
BOXES = {
    "summary": (HexColor("#e9f2f8"), BLUE),
    "warning": (HexColor("#fdf1ec"), HexColor("#9b2c14")),
    "note": (HexColor("#f3f4f6"), MUTED),
}

BODY = ParagraphStyle(
    "body", fontName=FAMILY, fontSize=12, leading=LINE, textColor=INK, spaceAfter=LINE / 2
)
STYLES = {
    "body": BODY,
    "subtitle": ParagraphStyle("subtitle", BODY, fontSize=13.2, textColor=MUTED),
    "small": ParagraphStyle("small", BODY, fontSize=9.6, textColor=MUTED, spaceAfter=0),
    "label": ParagraphStyle(
        "label", BODY, fontName=f"{FAMILY}-Bold", fontSize=10.8, textColor=BLUE, spaceAfter=0
    ),
    "item": ParagraphStyle(
        "item", BODY, leftIndent=19, bulletIndent=0, bulletFontName=FAMILY, spaceAfter=0
    ),
    "table-head": ParagraphStyle("table-head", BODY, fontName=f"{FAMILY}-Bold", spaceAfter=0),
    "table-cell": ParagraphStyle("table-cell", BODY, spaceAfter=0),
    "furniture": ParagraphStyle("furniture", BODY, fontSize=9.6, textColor=MUTED, spaceAfter=0),
    "furniture-right": ParagraphStyle(
        "furniture-right", BODY, fontSize=9.6, textColor=MUTED, alignment=TA_RIGHT, spaceAfter=0
    ),
    "heading-1": ParagraphStyle(
        "heading-1",
        BODY,
        fontName=f"{FAMILY}-Bold",
        fontSize=22.8,
        leading=2 * LINE,
        textColor=BLUE,
        spaceAfter=0,
    ),
    "heading-2": ParagraphStyle(
        "heading-2",
        BODY,
        fontName=f"{FAMILY}-Bold",
        fontSize=15,
        textColor=BLUE,
        leading=1.5 * LINE,
        spaceBefore=LINE / 2,
        spaceAfter=0,
        keepWithNext=1,
    ),
    "heading-3": ParagraphStyle(
        "heading-3",
        BODY,
        fontName=f"{FAMILY}-Bold",
        fontSize=13.2,
        spaceBefore=LINE / 2,
        spaceAfter=0,
    ),
}
PLAIN_CELLS = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 12),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
)
DATA_CELLS = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e9f2f8")),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor("#75828e")),
    ]
)

Part = dict[str, Any]
Content = dict[str, Any]


class TickBox(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A box to tick, the height of a line of text."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 10, LINE

    def draw(self) -> None:
        self.canv.rect(0, 3, 9, 9)


class QrCode(Flowable):  # type: ignore[misc]
    """A QR code by zxing-cpp, a rectangle for each run of dark modules."""

    def __init__(self, payload: str, size: float) -> None:
        super().__init__()
        code = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        image: Any = code.to_image(scale=1, add_quiet_zones=True)
        self.side = image.shape[1]
        self.modules = bytes(image)
        self.size = size

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.size, self.size

    def draw(self) -> None:
        module = self.size / self.side
        path = self.canv.beginPath()
        for row in range(self.side):
            at = 0
            line = self.modules[row * self.side : (row + 1) * self.side]
            for value, run in groupby(line):
                length = len(list(run))
                if not value:
                    bottom = self.size - (row + 1) * module
                    path.rect(at * module, bottom, length * module, module)
                at += length
        self.canv.drawPath(path, stroke=0, fill=1)


class CountingCanvas(Canvas):  # type: ignore[misc]
    """Holds the pages back until their number is known."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.held: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802, ReportLab's name
        self.held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for page in self.held:
            self.__dict__.update(page)
            self.setFont(FAMILY, 9.6)
            self.setFillColor(MUTED)
            text = f"Page {self._pageNumber} of {len(self.held)}"
            self.drawRightString(letter[0] - MARGIN_X, MARGIN_Y, text)
            super().showPage()
        super().save()


def register_fonts() -> None:
    """Registers the four styles of the family."""
    for style in ("Regular", "Bold", "Italic", "BoldItalic"):
        name = FAMILY if style == "Regular" else f"{FAMILY}-{style}"
        pdfmetrics.registerFont(TTFont(name, FACES / f"AtkinsonHyperlegibleNext-{style}.ttf"))
    pdfmetrics.registerFontFamily(
        FAMILY, FAMILY, f"{FAMILY}-Bold", f"{FAMILY}-Italic", f"{FAMILY}-BoldItalic"
    )


def build(content: Content) -> bytes:
    """The PDF of some content."""

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont(FAMILY, 9.6)
        canvas.setFillColor(MUTED)
        canvas.drawString(MARGIN_X, MARGIN_Y, content["footers"][document.page > 1])

    output = io.BytesIO()
    frame = Frame(MARGIN_X, MARGIN_Y + 20, WIDTH, letter[1] - 2 * MARGIN_Y - 20, 0, 0, 0, 0)
    document = BaseDocTemplate(
        output,
        pagesize=letter,
        title=content["title"],
        pageTemplates=[PageTemplate("page", frame, onPage=furniture)],
    )
    story = [flowable for part in content["parts"] for flowable in _flowables(part, WIDTH)]
    document.build(story, canvasmaker=CountingCanvas)
    return output.getvalue()


def _flowables(part: Part, width: float) -> list[Any]:
    return list(_MAKERS[part["kind"]](part, width))


def _stack(parts: list[Part], width: float) -> list[Any]:
    return [flowable for part in parts for flowable in _flowables(part, width)]


def _paragraph(part: Part, width: float) -> list[Any]:
    return [Paragraph(part["text"], STYLES.get(part["style"], BODY))]


def _list(part: Part, width: float) -> list[Any]:
    flowables: list[Any] = []
    for number, item in enumerate(part["items"], part["start"]):
        if part["marker"] == "check":
            flowables.append(_ticked(item, width))
            continue
        bullet = "•" if part["marker"] == "bullet" else f"{number}."
        for index, inner in enumerate(item):
            if inner["kind"] == "paragraph":
                text = Paragraph(inner["text"], STYLES["item"], bullet if index == 0 else None)
                flowables.append(text)
            else:
                flowables += _flowables(inner, width - 19)
    return flowables


def _ticked(item: list[Part], width: float) -> Any:
    cells = [[TickBox(), _stack(item, width - 19)]]
    return Table(cells, colWidths=[19, width - 19], style=PLAIN_CELLS)


def _callout(part: Part, width: float) -> list[Any]:
    fill, bar = BOXES.get(part["style"], BOXES["note"])
    style = TableStyle(
        [("BACKGROUND", (0, 0), (-1, -1), fill), ("LINEBEFORE", (0, 0), (0, -1), 4, bar)]
    )
    box = Table([[_stack(part["parts"], width - 24)]], colWidths=[width], style=style)
    return [box]


def _facts(part: Part, width: float) -> list[Any]:
    across = part["across"]
    column = width / across
    cells = [_stack(fact, column - 12) for fact in part["facts"]]
    cells += [[]] * (-len(cells) % across)
    rows = [cells[at : at + across] for at in range(0, len(cells), across)]
    return [Table(rows, colWidths=[column] * across, style=PLAIN_CELLS)]


def _columns(part: Part, width: float) -> list[Any]:
    total = sum(part["weights"])
    widths = [width * weight / total for weight in part["weights"]]
    slots = zip(part["slots"], widths, strict=True)
    cells = [_stack(slot, share - 12) for slot, share in slots]
    return [Table([cells], colWidths=widths, style=PLAIN_CELLS)]


def _table(part: Part, width: float) -> list[Any]:
    count = len(part["rows"][0])
    column = width / count
    rows = [[_stack(cell, column - 12) for cell in row] for row in part["rows"]]
    return [Table(rows, colWidths=[column] * count, style=DATA_CELLS, repeatRows=1)]


def _lines(part: Part, width: float) -> list[Any]:
    return [
        flowable
        for _ in range(part["count"])
        for flowable in (Spacer(0, 2 * LINE), HRFlowable(width="100%", thickness=0.75))
    ]


def _signature(part: Part, width: float) -> list[Any]:
    labels = [Paragraph(label, STYLES["label"]) for label in part["labels"]]
    column = width / len(labels)
    return [
        Spacer(0, 2 * LINE),
        Table([labels], colWidths=[column] * len(labels), style=PLAIN_CELLS),
    ]


def _qr(part: Part, width: float) -> list[Any]:
    return [QrCode(part["payload"], part["size"])]


def _break(part: Part, width: float) -> list[Any]:
    return [CondPageBreak(letter[1])]


_MAKERS = {
    "paragraph": _paragraph,
    "list": _list,
    "callout": _callout,
    "facts": _facts,
    "columns": _columns,
    "table": _table,
    "lines": _lines,
    "signature": _signature,
    "qr": _qr,
    "break": _break,
}


if __name__ == "__main__":
    register_fonts()
    Path(sys.argv[2]).write_bytes(build(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
