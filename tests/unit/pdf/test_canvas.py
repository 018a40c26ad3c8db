"""What is drawn, ReportLab draws: an unmodified Canvas of its own gives the same pages."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageChops
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from docgen import Project, RenderOptions
from docgen.compose.visits import filled
from docgen.diagnostics import Findings
from docgen.document import ImageSource, PaintedText, VectorSource, Visit
from docgen.fonts import FAMILIES, face
from docgen.images import load_image
from docgen.pdf import write_pdf
from docgen.pdf.drawings import draw_picture
from docgen.pdf.painter import Painter
from docgen.typeset import (
    Box,
    FieldArea,
    LinkArea,
    Page,
    PageItem,
    Pages,
    PlacedCode,
    PlacedDrawing,
    PlacedImage,
    StraightLine,
    TextPiece,
    typeset,
)
from tests.commands import ROOT
from tests.sheets import paper
from tests.svg_pictures import read, whole

DPI = 100


def image_of(mode: str, left: Any, right: Any, kind: Literal["png", "jpeg"] = "png") -> ImageSource:
    """A picture of 100 by 50 pixels in two flat halves."""
    picture = Image.new(mode, (100, 50), left)
    picture.paste(right, (50, 0, 100, 50))
    data = BytesIO()
    picture.save(data, kind)
    return ImageSource(data.getvalue(), 100, 50, kind)


SHEETS = [
    ("77299", "patient-handout", RenderOptions()),
    ("77299", "clinician-summary", RenderOptions()),
    ("45378", "patient-handout", RenderOptions(language="es")),
    ("70551", "patient-handout", RenderOptions(large_print=True, language="es")),
    ("G0121", "clinician-summary", RenderOptions()),
    ("Q0091", "patient-handout", RenderOptions()),
]
MARKS = {"BMC", "BDC", "EMC"}
PREAMBLE = ["cm", "BT", "Tf", "TL", "ET"]
"""What a page of ReportLab's begins with: its axes, and Helvetica, which nothing is drawn with."""
IMAGES = {
    "rgb": image_of("RGB", (255, 0, 0), (0, 0, 255)),
    "gray": image_of("L", 51, 204),
    "sixteen": image_of("I;16", 0x3333, 0xCCCC),
    "transparent": image_of("RGBA", (255, 0, 0, 255), (0, 0, 255, 128)),
    "gray-alpha": image_of("LA", (51, 255), (0, 0)),
    "jpeg": image_of("RGB", (255, 0, 0), (0, 0, 255), "jpeg"),
    "gray-jpeg": image_of("L", 51, 204, "jpeg"),
}
Instruction = tuple[str, tuple[object, ...]]


def sheet(code: str, layout: str, options: RenderOptions) -> Pages:
    """The pages of a sample for a patient: a logo, a code to scan, tables, lists and callouts."""
    project = Project.open(ROOT, organization="sample")
    document = project.compose(project.record(code), layout, options)
    return typeset(filled(document, Visit(patient_name="Zoë Ejemplo Ω")))


def streams_of(page: Page) -> Iterator[tuple[tuple[PageItem, ...], ...]]:
    """The items of a page by its content streams, header and footer apart."""
    if page.inset is None:
        yield page.header, page.items, page.footer
    else:
        yield page.header, page.items[: page.inset.start]
        yield (page.items[page.inset.start : page.inset.end],)
        yield page.items[page.inset.end :], page.footer


class PlainPictures:
    """Pictures as ReportLab itself reads and draws them."""

    def image(self, image: ImageSource) -> ImageReader:
        return ImageReader(BytesIO(image.data))

    def show(self, drawing: VectorSource, canvas: Any) -> None:
        draw_picture(canvas, drawing)


def on_a_plain_canvas(pages: Pages) -> bytes:
    """A file of the pages drawn on ReportLab's own Canvas, and saved by that."""
    setup = pages.document.page
    data = BytesIO()
    canvas = Canvas(data, pagesize=(setup.width, setup.height), pageCompression=0)
    for page in pages.pages:
        for stream in streams_of(page):
            painter = Painter(canvas, setup.height, PlainPictures())
            for items in stream:
                for item in items:
                    if not isinstance(item, LinkArea | FieldArea):
                        painter.draw(item)
                painter.end_text()
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def pictures(data: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in pdf]


def instructions(data: bytes) -> list[list[Instruction]]:
    """The operators of each page with their operands, without the names of images."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [
            [
                (str(one.operator), ("an image",) if str(one.operator) == "Do" else spelled(one))
                for one in pikepdf.parse_content_stream(page)
                if isinstance(one, pikepdf.ContentStreamInstruction)
            ]
            for page in pdf.pages
        ]


def spelled(instruction: pikepdf.ContentStreamInstruction) -> tuple[object, ...]:
    return tuple(
        bytes(operand) if isinstance(operand, pikepdf.String) else str(operand)
        for operand in instruction.operands
    )


@pytest.mark.parametrize(("code", "layout", "options"), SHEETS)
def test_an_unmodified_canvas_gives_the_same_pictures(
    code: str, layout: str, options: RenderOptions
) -> None:
    pages = sheet(code, layout, options)
    own, plain = pictures(write_pdf(pages).data), pictures(on_a_plain_canvas(pages))
    assert len(own) == len(plain) == len(pages.pages)
    assert [ImageChops.difference(*pair).getbbox() for pair in zip(own, plain, strict=True)] == [
        None for _ in own
    ]


def test_the_sheets_have_every_kind_of_item_but_images_and_several_subsets() -> None:
    items = [item for one in SHEETS for page in sheet(*one).pages for item in page.marks]
    kinds = {TextPiece, Box, StraightLine, PlacedCode, LinkArea, FieldArea}
    assert {type(item) for item in items} == kinds
    assert any(item.radius for item in items if isinstance(item, Box))
    with pikepdf.open(BytesIO(write_pdf(sheet(*SHEETS[0])).data)) as pdf:
        assert len(pdf.pages[0].Resources.Font) > len({"/F1_0", "/F2_0"})


@pytest.mark.parametrize("source", IMAGES.values(), ids=IMAGES.keys())
def test_images_look_the_same_on_an_unmodified_canvas(source: ImageSource, tmp_path: Path) -> None:
    (tmp_path / "image").write_bytes(source.data)
    image = load_image(Path("image"), tmp_path, None, Findings())
    assert isinstance(image, ImageSource)
    tint = Box(0, 0, 300, 200, fill="#336699")
    placed = PlacedImage(20.5, 30.3, 100, 50, image, None)
    pages = Pages(paper(width=300, height=200), (Page((tint, placed, placed)),))
    [own], [plain] = pictures(write_pdf(pages).data), pictures(on_a_plain_canvas(pages))
    assert ImageChops.difference(own, plain).getbbox() is None
    assert len(own.getcolors(maxcolors=100_000) or ()) > 2


def test_drawings_look_the_same_on_an_unmodified_canvas() -> None:
    curve = read(whole('<path d="M0 0H30L60 60zM10 5a9 9 0 0 1 20 20" fill="#369" stroke="#000"/>'))
    upright = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    said = PaintedText("Zoë Ω", 5, 5, FAMILIES[0], True, False, 14, "#9b2c14", upright)
    drawing = VectorSource(curve.width, curve.height, (*curve.marks, said))
    placed = tuple(PlacedDrawing(x, 40.25, 80, 90, drawing, None) for x in (10.5, 150))
    text = TextPiece(10, 20, 100, "Zoë", face(FAMILIES[0], True, False).name, 12, "#000000", None)
    pages = Pages(paper(width=300, height=200), (Page((*placed, text)),))
    [own], [plain] = pictures(write_pdf(pages).data), pictures(on_a_plain_canvas(pages))
    assert ImageChops.difference(own, plain).getbbox() is None
    assert len(own.getcolors(maxcolors=100_000) or ()) > 10


@pytest.mark.parametrize(("code", "layout", "options"), SHEETS)
def test_besides_marks_docgen_writes_no_operator_by_itself(
    code: str, layout: str, options: RenderOptions
) -> None:
    pages = sheet(code, layout, options)
    own = instructions(write_pdf(pages).data)
    plain = instructions(on_a_plain_canvas(pages))
    unmarked = [[one for one in page if one[0] not in MARKS] for page in own]
    # ReportLab's own file begins each page with what nothing depends on.
    begun = [page[len(PREAMBLE) :] for page in plain]
    heads = [[operator for operator, _ in page[: len(PREAMBLE)]] for page in plain]
    assert heads == [PREAMBLE] * len(plain)
    written_by_docgen = Counter(one for page in unmarked for one in page) - Counter(
        one for page in begun for one in page
    )
    assert written_by_docgen.total() == 0
    assert unmarked == begun
    assert sum(map(len, own)) - sum(map(len, unmarked)) > 100  # the marks


def test_fonts_of_the_program_around_are_left_alone() -> None:
    """A program may have its own font by the name of a face, or one of the same PostScript name."""
    script = """
import sys
from pathlib import Path
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
import docgen.fonts
faces = Path(docgen.fonts.__file__).parent / "faces"
name = "AtkinsonHyperlegibleNext-Regular"
if sys.argv[1:] == ["taken"]:
    registerFont(TTFont(name, faces / "noto-sans" / "NotoSans-Bold.ttf"))
    registerFont(TTFont("other", faces / "atkinson-hyperlegible-next" / f"{name}.ttf"))
from docgen.images import load_image
from docgen.pdf import write_pdf
from docgen.typeset import typeset
from tests.sheets import paper, text
sys.stdout.buffer.write(write_pdf(typeset(paper(text("Zoë’s Ω and ж")))).data)
"""
    assert run(script) == run(script, "taken")


def test_settings_of_reportlab_change_no_byte() -> None:
    """ReportLab reads its settings from the environment."""
    script = """
import sys
from docgen.images import load_image
from docgen.pdf import write_pdf
from docgen.typeset.pages import Box, Page, Pages, PlacedImage
from tests.sheets import paper
from tests.svg_pictures import read, whole
from tests.unit.pdf.test_canvas import IMAGES, SHEETS, sheet
images = tuple(PlacedImage(10, 10, 90, 50, image, None) for image in IMAGES.values())
sys.stdout.buffer.write(write_pdf(sheet(*SHEETS[0])).data)
sys.stdout.buffer.write(write_pdf(Pages(paper(width=300, height=200), (Page(images),))).data)
"""
    settings = {
        "RL_canvas_baseColor": "red",
        "RL_canvas_basefontname": "Courier",
        "RL_pageCompression": "0",
        "RL_useA85": "0",
        "RL_ttfAsciiReadable": "0",
        "RL_invariant": "0",
        "RL_verbose": "0",
    }
    assert run(script) == run(script, **settings)


def test_without_the_accelerator_the_bytes_are_the_same() -> None:
    """ReportLab formats numbers and strings in C where ``rl_accel`` is installed."""
    script = """
import sys
if sys.argv[1:] == ["slow"]:
    sys.modules["_rl_accel"] = None
from docgen.images import load_image
from docgen.pdf import write_pdf
from tests.unit.pdf.test_canvas import SHEETS, sheet
for one in SHEETS:
    sys.stdout.buffer.write(write_pdf(sheet(*one)).data)
from reportlab.lib.rl_accel import fp_str
assert isinstance(fp_str, type(lambda: 0)) is (sys.argv[1:] == ["slow"])
"""
    assert run(script) == run(script, "slow")


def run(script: str, *arguments: str, **environment: str) -> bytes:
    """What a Python script writes, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment,
    ).stdout
