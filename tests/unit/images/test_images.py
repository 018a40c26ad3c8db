"""Images are read whole, or refused with the place that names them and what to do."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from docgen.diagnostics import DocgenError, Findings, Span
from docgen.document import ImageSource
from docgen.images import load_image

SPAN = Span("layouts/sample.yaml", 3, 8)


def encoded(mode: str = "RGB", kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    Image.new(mode, (4, 2)).save(out, kind, **options)
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    def chunk(tag: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(tag + body))
        return struct.pack(">I", len(body)) + tag + body + check

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def loaded(data: bytes, folder: Path) -> ImageSource:
    """An image that is right as it is."""
    image, told = read(data, folder)
    assert told == ""
    return image


def read(data: bytes, folder: Path) -> tuple[ImageSource, str]:
    """An image, and what findings tell of it."""
    (folder / "logo").write_bytes(data)
    findings = Findings()
    image = load_image(Path("logo"), folder, SPAN, findings)
    assert isinstance(image, ImageSource)
    assert all(one.severity == "warning" for one in findings.diagnostics)
    return image, "".join(str(one) for one in findings.diagnostics)


def picture(image: ImageSource) -> Image.Image:
    opened = Image.open(BytesIO(image.data))
    assert opened.size == (image.width, image.height)
    return opened


def colours(image: Image.Image) -> tuple[str, ...]:
    """Names of the colours of a picture of two halves: of its first and of its last pixel."""
    rgb = image.convert("RGB")
    corners = rgb.getpixel((0, 0)), rgb.getpixel((rgb.width - 1, rgb.height - 1))
    return tuple(
        max(
            NAMED, key=lambda name: -sum(abs(a - b) for a, b in zip(NAMED[name], seen, strict=True))
        )
        for seen in corners
        if isinstance(seen, tuple)
    )


NAMED = {"red": (255, 0, 0), "blue": (0, 0, 255), "white": (255, 255, 255), "black": (0, 0, 0)}


def halves(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def refusal(path: Path, root: Path) -> str:
    with pytest.raises(DocgenError) as refused:
        load_image(path, root, SPAN, Findings())
    [diagnostic] = refused.value.diagnostics
    assert diagnostic.span == SPAN
    return str(diagnostic).removeprefix(f"{SPAN}: error")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (encoded(), "png"),
        (encoded("RGBA"), "png"),
        (encoded("P"), "png"),
        (encoded("1"), "png"),
        (encoded(kind="JPEG"), "jpeg"),
        (encoded("L", "JPEG", progressive=True), "jpeg"),
    ],
)
def test_an_image_keeps_its_bytes_and_tells_its_size(
    tmp_path: Path, data: bytes, kind: str
) -> None:
    image = loaded(data, tmp_path)
    assert (image.data, image.width, image.height, image.format) == (data, 4, 2, kind)


def test_a_missing_image_names_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(encoded())
    assert refusal(Path("lgo.png"), tmp_path) == (
        "[image-missing]: there is no image 'lgo.png'\n  hint: did you mean 'logo.png'?"
    )


def test_a_missing_folder_is_a_missing_image(tmp_path: Path) -> None:
    assert refusal(Path("art/logo.png"), tmp_path) == (
        "[image-missing]: there is no image 'art/logo.png'\n"
        f"  hint: its path counts from the folder {str(tmp_path)!r}"
    )


def test_images_outside_the_project_are_refused(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    outside = tmp_path / "logo.png"
    outside.write_bytes(encoded())
    (project / "link.png").symlink_to(outside)
    for path in (Path("../logo.png"), outside, Path("link.png"), Path("/etc/hostname")):
        assert refusal(path, project) == (
            f"[image-outside-project]: image {str(path)!r} lies outside of the folder "
            f"{str(project)!r}\n"
            "  hint: copy it into that folder"
        )


def test_a_folder_is_not_an_image(tmp_path: Path) -> None:
    (tmp_path / "art").mkdir()
    assert refusal(Path("art"), tmp_path) == "[image-missing]: image 'art' is not a file"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (encoded(kind="GIF"), "image 'logo' is a GIF file\n  hint: save it as PNG or JPEG"),
        (encoded(kind="TIFF"), "image 'logo' is a TIFF file\n  hint: save it as PNG or JPEG"),
        (encoded(kind="BMP"), "image 'logo' is a BMP file\n  hint: save it as PNG or JPEG"),
        (encoded(kind="WEBP"), "image 'logo' is a WebP file\n  hint: save it as PNG or JPEG"),
        (
            b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00",
            "image 'logo' is an AVIF file\n  hint: save it as PNG or JPEG",
        ),
        (
            b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
            "image 'logo' is a HEIC file\n  hint: save it as PNG or JPEG",
        ),
        (b"%PDF-1.7\n", "image 'logo' is a PDF file\n  hint: save it as SVG, PNG or JPEG"),
        (
            b"%!PS-Adobe-3.0 EPSF",
            "image 'logo' is an EPS file\n  hint: save it as SVG, PNG or JPEG",
        ),
        (b"8BPS\x00\x01", "image 'logo' is a Photoshop file\n  hint: save it as PNG or JPEG"),
        (b"hello", "'logo' is not an image\n  hint: use a PNG, JPEG or SVG file"),
        (b"", "'logo' is not an image\n  hint: use a PNG, JPEG or SVG file"),
    ],
)
def test_other_formats_are_refused_by_name(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "logo").write_bytes(data)
    assert refusal(Path("logo"), tmp_path) == f"[image-format]: {message}"


def test_cmyk_jpegs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.jpg").write_bytes(encoded("CMYK", "JPEG"))
    assert refusal(Path("logo.jpg"), tmp_path).startswith("[image-colours]: ")


@pytest.mark.parametrize(
    ("turn", "size", "corners"),
    [
        # Where the camera's pixels lie: ISO/JEITA Exif, tag 0x0112.
        (1, (40, 20), ("red", "blue")),
        (2, (40, 20), ("blue", "red")),
        (3, (40, 20), ("blue", "red")),
        (6, (20, 40), ("red", "blue")),
        (8, (20, 40), ("blue", "red")),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_photographs_are_turned_upright(
    tmp_path: Path, kind: str, turn: int, size: tuple[int, int], corners: tuple[str, str]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    image = loaded(saved(halves(40, 20), kind, exif=exif), tmp_path)
    assert (image.width, image.height) == size
    assert colours(picture(image)) == corners
    assert image.format == kind.lower()


def test_animations_are_refused(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (4, 2), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "logo.png", save_all=True, append_images=frames[1:])
    assert refusal(Path("logo.png"), tmp_path).startswith("[image-animated]: ")


@pytest.mark.parametrize(
    ("mode", "kind", "kept"),
    [
        ("RGB", "PNG", "RGB"),
        ("RGBA", "PNG", "RGBA"),
        ("LA", "PNG", "RGBA"),
        ("P", "PNG", "RGB"),
        ("L", "PNG", "L"),
        ("1", "PNG", "L"),
        ("I;16", "PNG", "L"),
        ("RGB", "JPEG", "RGB"),
        ("L", "JPEG", "L"),
    ],
)
def test_what_is_larger_than_print_needs_is_scaled_down_and_told(
    tmp_path: Path, mode: str, kind: str, kept: str
) -> None:
    data = saved(halves(4801, 2000, mode), kind)
    image, told = read(data, tmp_path)
    assert (image.width, image.height, image.format) == (2400, 1000, kind.lower())
    assert picture(image).mode == kept
    assert f"{SPAN}: warning[image-scaled]: image 'logo' is larger than print needs" in told
    assert "its 4801 x 2000 pixels" in told
    assert "became 2400 x 1000 (" in told
    assert read(data, tmp_path) == (image, told)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_scaling_keeps_the_picture(tmp_path: Path, kind: str) -> None:
    image, _ = read(saved(halves(3000, 100), kind), tmp_path)
    assert colours(picture(image)) == ("red", "blue")


def test_sixteen_bits_keep_their_shade(tmp_path: Path) -> None:
    image, _ = read(saved(Image.new("I;16", (4800, 10), 0x8080), "PNG"), tmp_path)
    assert picture(image).getpixel((0, 0)) == 0x80


def test_a_large_photograph_on_its_side_is_turned_and_scaled(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image, told = read(saved(halves(4800, 2400), "JPEG", exif=exif), tmp_path)
    assert (image.width, image.height) == (1200, 2400)
    assert colours(picture(image)) == ("red", "blue")
    assert "its 4800 x 2400 pixels" in told


def test_transparency_survives_scaling(tmp_path: Path) -> None:
    logo = Image.new("RGBA", (4800, 100), (255, 0, 0, 0))
    logo.paste((0, 0, 255, 255), (2400, 0, 4800, 100))
    image, _ = read(saved(logo, "PNG"), tmp_path)
    scaled = picture(image)
    assert scaled.getpixel((0, 0)) == (0, 0, 0, 0)
    assert scaled.getpixel((2399, 0)) == (0, 0, 255, 255)


def test_a_file_of_many_bytes_is_stored_anew(tmp_path: Path) -> None:
    data = saved(Image.new("RGB", (2000, 1900), "red"), "PNG", compress_level=0)
    assert len(data) > 10_000_000
    image, told = read(data, tmp_path)
    assert (image.width, image.height) == (2000, 1900)
    assert len(image.data) < 100_000
    assert "(11.4 MB) became 2000 x 1900 (0.0 MB)" in told


@pytest.mark.parametrize("size", [(10_000, 4_001), (100_000, 100_000)])
def test_images_with_too_many_pixels_are_refused_unread(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    (tmp_path / "big.png").write_bytes(png_header(*size))
    assert refusal(Path("big.png"), tmp_path).startswith(
        "[image-too-large]: image 'big.png' has more than 40 million pixels"
    )


def test_images_with_too_many_bytes_are_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "big.png").open("wb") as file:
        file.truncate(100_000_001)
    assert refusal(Path("big.png"), tmp_path).startswith(
        "[image-too-large]: image 'big.png' is larger than 100 MB"
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_truncated_images_are_refused_wherever_they_end(tmp_path: Path, kind: str) -> None:
    out = BytesIO()
    Image.effect_noise((40, 40), 80).save(out, kind)
    whole = out.getvalue()
    for end in range(20, len(whole) - 20, 50):
        (tmp_path / "cut").write_bytes(whole[:end])
        assert refusal(Path("cut"), tmp_path).startswith("[image-")
