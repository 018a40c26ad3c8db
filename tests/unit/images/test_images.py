"""Images are read whole, or refused with the place that names them and what to do."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from docgen.diagnostics import DocgenError, Span
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


def refusal(path: Path, root: Path) -> str:
    with pytest.raises(DocgenError) as refused:
        load_image(path, root, SPAN)
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
        (encoded("I;16"), "png"),
        (encoded(kind="JPEG"), "jpeg"),
        (encoded("L", "JPEG", progressive=True), "jpeg"),
    ],
)
def test_an_image_keeps_its_bytes_and_tells_its_size(
    tmp_path: Path, data: bytes, kind: str
) -> None:
    (tmp_path / "logo").write_bytes(data)
    image = load_image(Path("logo"), tmp_path, SPAN)
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
        (b"\n<svg/>", "image 'logo' is an SVG file\n  hint: save it as PNG or JPEG"),
        (b"hello", "'logo' is not an image\n  hint: use a PNG or JPEG file"),
        (b"", "'logo' is not an image\n  hint: use a PNG or JPEG file"),
    ],
)
def test_other_formats_are_refused_by_name(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "logo").write_bytes(data)
    assert refusal(Path("logo"), tmp_path) == f"[image-format]: {message}"


def test_cmyk_jpegs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.jpg").write_bytes(encoded("CMYK", "JPEG"))
    assert refusal(Path("logo.jpg"), tmp_path).startswith("[image-colours]: ")


def test_photographs_that_rely_on_being_turned_are_refused(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (tmp_path / "photo.jpg").write_bytes(encoded(kind="JPEG", exif=exif))
    assert refusal(Path("photo.jpg"), tmp_path).startswith("[image-turned]: ")


def test_animations_are_refused(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (4, 2), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "logo.png", save_all=True, append_images=frames[1:])
    assert refusal(Path("logo.png"), tmp_path).startswith("[image-animated]: ")


@pytest.mark.parametrize("size", [(6000, 5001), (10_000, 10_000), (100_000, 100_000)])
def test_images_with_too_many_pixels_are_refused_unread(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    (tmp_path / "big.png").write_bytes(png_header(*size))
    assert refusal(Path("big.png"), tmp_path).startswith(
        "[image-too-large]: image 'big.png' has more than 30 million pixels"
    )


def test_images_with_too_many_bytes_are_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "big.png").open("wb") as file:
        file.truncate(10_000_001)
    assert refusal(Path("big.png"), tmp_path).startswith(
        "[image-too-large]: image 'big.png' is larger than 10 MB"
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_truncated_images_are_refused_wherever_they_end(tmp_path: Path, kind: str) -> None:
    out = BytesIO()
    Image.effect_noise((40, 40), 80).save(out, kind)
    whole = out.getvalue()
    for end in range(20, len(whole) - 20, 50):
        (tmp_path / "cut").write_bytes(whole[:end])
        assert refusal(Path("cut"), tmp_path).startswith("[image-")
