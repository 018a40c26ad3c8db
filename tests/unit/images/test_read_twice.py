"""An image is read twice, by docgen's check and by ReportLab: whatever is let through, both see the
same of it, or it was made anew so that they do."""

import struct
from base64 import a85decode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfdoc import PDFImageXObject  # type: ignore[import-untyped]

from docgen.diagnostics import DocgenError, Findings
from docgen.document import ImageSource
from docgen.images import load_image

SIZE = (8, 4)


def picture(mode: str) -> Image.Image:
    """Dark on the left, light on the right."""
    image = Image.new("RGB", SIZE, (200, 40, 40))
    image.paste((240, 240, 80), (4, 0, 8, 4))
    if mode == "I;16":
        made = Image.new("I;16", SIZE, 0x4040)
        made.paste(0xC0C0, (4, 0, 8, 4))
        return made
    return image.convert(mode)


def saved(mode: str, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    picture(mode).save(out, kind, **options)
    return out.getvalue()


def jpeg(*segments: bytes, without_jfif: bool = False) -> bytes:
    """A JPEG with more segments before its own; what Pillow makes begins with JFIF's."""
    data = saved("RGB", "JPEG", quality=95, subsampling=0)
    length = struct.unpack(">H", data[4:6])[0]
    rest = data[4 + length :] if without_jfif else data[2:]
    return data[:2] + b"".join(segments) + rest


def segment(kind: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body


FILES = {
    "RGB": saved("RGB", "PNG"),
    "gray": saved("L", "PNG"),
    "one bit": saved("1", "PNG"),
    "palette": saved("P", "PNG"),
    "palette, one colour clear": saved("P", "PNG", transparency=0),
    "gray with alpha": saved("LA", "PNG"),
    "RGBA": saved("RGBA", "PNG"),
    "16 bits of gray": saved("I;16", "PNG"),
    "RGB, one colour clear": saved("RGB", "PNG", transparency=(200, 40, 40)),
    "gray, one shade clear": saved("L", "PNG", transparency=60),
    "with a profile": saved("RGB", "PNG", icc_profile=b"not a profile"),
    "JPEG": jpeg(),
    "gray JPEG": saved("L", "JPEG"),
    "progressive JPEG": saved("RGB", "JPEG", progressive=True),
    "Exif without JFIF": jpeg(segment(0xE1, b"Exif\0\0"), without_jfif=True),
    "padding before a marker": jpeg(b"\xff\xff", segment(0xFE, b"note")),
    "APP0 of a camera's video": jpeg(segment(0xE0, b"AVI1"), without_jfif=True),
    "short APP0": jpeg(segment(0xE0, b"JFXX\0"), without_jfif=False),
    "a thumbnail of another size": jpeg(
        segment(0xE1, b"Exif\0\0" + saved("RGB", "JPEG")), without_jfif=True
    ),
    "RGB as Adobe writes it": saved("RGB", "JPEG", keep_rgb=True),
}


def loaded(data: bytes, folder: Path) -> ImageSource:
    (folder / "picture").write_bytes(data)
    image = load_image(Path("picture"), folder, None, Findings())
    assert isinstance(image, ImageSource)
    return image


def seen_by_reportlab(image: ImageSource) -> Image.Image:
    """What ReportLab puts into a PDF, on white."""
    reader = ImageReader(BytesIO(image.data))
    placed = PDFImageXObject("picture", reader, mask="auto")
    assert (placed.width, placed.height) == (image.width, image.height)
    if image.format == "jpeg":
        assert a85decode(placed.streamContent.removesuffix("~>")) == image.data
        assert placed.colorSpace in ("DeviceGray", "DeviceRGB")
        return Image.open(BytesIO(image.data)).convert("RGB")
    seen = Image.frombytes(reader.mode, reader.getSize(), reader.getRGBData()).convert("RGB")
    if reader._dataA is None:
        assert placed.mask is None
        return seen
    alpha = Image.frombytes("L", reader.getSize(), reader._dataA.getRGBData())
    return Image.composite(seen, Image.new("RGB", seen.size, "white"), alpha)


def on_white(data: bytes) -> Image.Image:
    """What Pillow sees in a file."""
    opened = Image.open(BytesIO(data))
    if opened.mode == "I;16":
        return opened.convert("I").point(lambda shade: shade / 257).convert("L").convert("RGB")
    clear = opened.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")


def shades(band: Image.Image) -> list[int]:
    """Those that it has."""
    return [shade for shade, count in enumerate(band.histogram()) if count]


@pytest.mark.parametrize("name", FILES)
def test_reportlab_sees_what_the_check_saw(name: str, tmp_path: Path) -> None:
    image = loaded(FILES[name], tmp_path)
    difference = ImageChops.difference(seen_by_reportlab(image), on_white(FILES[name]))
    most = max(max(shades(band)) for band in difference.split())
    assert most <= (12 if image.format == "jpeg" else 1)


@pytest.mark.parametrize(
    "name",
    [
        "16 bits of gray",
        "RGB, one colour clear",
        "padding before a marker",
        "APP0 of a camera's video",
        "RGB as Adobe writes it",
    ],
)
def test_what_would_be_seen_otherwise_is_made_anew(name: str, tmp_path: Path) -> None:
    assert loaded(FILES[name], tmp_path).data != FILES[name]


@pytest.mark.parametrize("name", ["RGB", "palette", "RGBA", "JPEG", "Exif without JFIF"])
def test_what_is_seen_alike_is_kept_as_it_is(name: str, tmp_path: Path) -> None:
    assert loaded(FILES[name], tmp_path).data == FILES[name]


def test_a_photograph_on_its_side_is_upright_for_both(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = loaded(saved("RGB", "JPEG", exif=exif), tmp_path)
    assert (image.width, image.height) == (4, 8)
    assert seen_by_reportlab(image).size == (4, 8)


def test_colours_of_print_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocgenError, match="image-colours"):
        loaded(saved("CMYK", "JPEG"), tmp_path)
