"""Marks look as the pages say: seen in rendered pictures."""

from collections.abc import Callable
from io import BytesIO
from typing import Literal

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from docgen.codes import encode_code
from docgen.document import Code, Figure, ImageSource
from docgen.pdf import write_pdf
from docgen.typeset.pages import Box, Pages, PlacedCode, PlacedImage, StraightLine

MakePages = Callable[..., Pages]
TakePicture = Callable[..., Image.Image]

WHITE = (255, 255, 255)
BLACK = (0, 0, 0)
BLUE = (0, 0, 255)
RED = (255, 0, 0)
FIRST = "/FormXob.Im1"
"""The first image, by the name that ReportLab's operators call it."""


def source(picture: Image.Image, kind: Literal["png", "jpeg"] = "png", **more: int) -> ImageSource:
    out = BytesIO()
    picture.save(out, kind, **more)
    return ImageSource(out.getvalue(), picture.width, picture.height, kind)


def placed(image: ImageSource) -> PlacedImage:
    """An image 100 points wide and 50 high, 20 from the left and 30 from the top."""
    return PlacedImage(20, 30, 100, 50, image, Figure(image, "a picture"))


def halves(mode: str, left: object, right: object) -> Image.Image:
    """A picture of 100 by 50 pixels in two flat halves."""
    picture = Image.new(mode, (100, 50), left)  # type: ignore[arg-type]
    picture.paste(right, (50, 0, 100, 50))  # type: ignore[arg-type]
    return picture


def test_a_box_is_filled_and_stroked(pages_of: MakePages, picture_of: TakePicture) -> None:
    box = Box(20, 30, 100, 50, fill="#ff0000", stroke="#0000ff", stroke_width=4)
    picture = picture_of(write_pdf(pages_of([box])).data)
    assert picture.getpixel((70, 55)) == RED
    assert [picture.getpixel(at) for at in ((20, 55), (120, 55), (70, 30), (70, 80))] == [BLUE] * 4
    assert picture.getpixel((15, 55)) == picture.getpixel((70, 85)) == WHITE


def test_a_box_without_fill_or_stroke_leaves_no_mark(
    pages_of: MakePages, picture_of: TakePicture
) -> None:
    picture = picture_of(write_pdf(pages_of([Box(20, 30, 100, 50)])).data)
    assert picture.getcolors() == [(300 * 200, WHITE)]


def test_round_corners_are_round(pages_of: MakePages, picture_of: TakePicture) -> None:
    box = Box(0, 0, 100, 100, fill="#ff0000", radius=50)
    picture = picture_of(write_pdf(pages_of([box])).data)
    # a circle of radius 50: 0.7071 x 50 = 35.4 from its middle to each side on the diagonal
    assert picture.getpixel((50, 50)) == picture.getpixel((16, 16)) == picture.getpixel((83, 83))
    assert picture.getpixel((50, 50)) == RED
    assert picture.getpixel((12, 12)) == picture.getpixel((87, 12)) == WHITE


def test_a_line_is_drawn_from_end_to_end(pages_of: MakePages, picture_of: TakePicture) -> None:
    picture = picture_of(write_pdf(pages_of([StraightLine(20, 40, 120, 40, "#0000ff", 2)])).data)
    assert picture.getpixel((20, 40)) == picture.getpixel((119, 39)) == BLUE
    assert picture.getpixel((18, 40)) == picture.getpixel((121, 40)) == WHITE
    assert picture.getpixel((70, 36)) == picture.getpixel((70, 43)) == WHITE


@pytest.mark.parametrize(
    ("code", "width"),
    [
        (Code("qr", "https://example.org/77299?a=(b)", 90, "a code"), 90),
        (Code("code128", "77299", 30, "a code"), 150),
        (Code("code128", "0DJ08ZZ", 30, "a code"), 170),
    ],
)
def test_codes_are_read_from_the_page_even_on_a_tint(
    pages_of: MakePages, picture_of: TakePicture, code: Code, width: float
) -> None:
    tint = Box(0, 0, 300, 200, fill="#336699")
    mark = PlacedCode(60.3, 40.7, width, code.size, encode_code(code), code)
    picture = picture_of(write_pdf(pages_of([tint, mark])).data, scale=3)
    [found] = zxingcpp.read_barcodes(picture)
    assert found.text == code.payload


def test_a_code_covers_its_rectangle_and_no_more(
    pages_of: MakePages, picture_of: TakePicture
) -> None:
    modules = (b"\x01\x00\x01", b"\x01\x01\x00", b"\x00\x01\x01")
    tint = Box(0, 0, 300, 200, fill="#0000ff")
    mark = PlacedCode(20, 30, 90, 60, modules, Code("qr", "x", 90, "a code"))
    picture = picture_of(write_pdf(pages_of([tint, mark])).data)
    seen = [
        [picture.getpixel((20 + 15 + 30 * x, 30 + 10 + 20 * y)) for x in range(3)] for y in range(3)
    ]
    assert seen == [[BLACK if dark else WHITE for dark in row] for row in modules]
    assert picture.getpixel((19, 31)) == picture.getpixel((21, 29)) == BLUE


@pytest.mark.parametrize(
    ("picture", "left", "right"),
    [
        (halves("RGB", RED, BLUE), RED, BLUE),
        (halves("L", 51, 204), (51, 51, 51), (204, 204, 204)),
        (halves("1", 0, 1), (0, 0, 0), WHITE),
        (halves("I;16", 0x3333, 0xCCCC), (51, 51, 51), (204, 204, 204)),
        (halves("RGB", RED, BLUE).quantize(4), RED, BLUE),
        (halves("RGBA", (255, 0, 0, 255), (0, 0, 255, 0)), RED, WHITE),
        (halves("RGBA", (255, 0, 0, 255), (0, 0, 255, 255)), RED, BLUE),
        (halves("LA", (51, 255), (0, 0)), (51, 51, 51), WHITE),
    ],
    ids=["rgb", "gray", "black", "sixteen", "palette", "transparent", "opaque", "gray-alpha"],
)
def test_png_images_keep_their_colours(
    pages_of: MakePages,
    picture_of: TakePicture,
    picture: Image.Image,
    left: tuple[int, int, int],
    right: tuple[int, int, int],
) -> None:
    page = picture_of(write_pdf(pages_of([placed(source(picture))])).data)
    assert page.getpixel((25, 35)) == page.getpixel((60, 75)) == left
    assert page.getpixel((80, 35)) == page.getpixel((115, 75)) == right
    assert page.getpixel((18, 50)) == page.getpixel((122, 50)) == WHITE


def test_a_transparent_colour_of_a_png_is_transparent(
    pages_of: MakePages, picture_of: TakePicture
) -> None:
    image = source(halves("P", 0, 1), transparency=0)
    assert picture_of(write_pdf(pages_of([placed(image)])).data).getpixel((25, 35)) == WHITE


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_jpeg_is_embedded_as_it_is(pages_of: MakePages, mode: str) -> None:
    image = source(Image.effect_noise((100, 50), 80).convert(mode), "jpeg", quality=90)
    with pikepdf.open(BytesIO(write_pdf(pages_of([placed(image)])).data)) as pdf:
        [embedded] = pdf.pages[0].Resources.XObject.values()
        assert embedded.read_raw_bytes() == image.data
        assert embedded.ColorSpace == {"RGB": "/DeviceRGB", "L": "/DeviceGray"}[mode]


def test_an_image_in_use_twice_is_embedded_once(pages_of: MakePages) -> None:
    logo, other = source(halves("RGB", RED, BLUE)), source(halves("L", 51, 204))
    again = ImageSource(bytes(bytearray(logo.data)), logo.width, logo.height, logo.format)
    pages = pages_of([placed(logo), placed(logo)], [placed(again)], [placed(other)], [])
    with pikepdf.open(BytesIO(write_pdf(pages).data)) as pdf:
        used = [page.Resources.get("/XObject", pikepdf.Dictionary()) for page in pdf.pages]
        assert [sorted(images.keys()) for images in used] == [
            [FIRST],
            [FIRST],
            ["/FormXob.Im2"],
            [],
        ]
        first, second = (images[FIRST] for images in used[:2])
        assert first.objgen == second.objgen
        assert pdf.check_pdf_syntax() == []
