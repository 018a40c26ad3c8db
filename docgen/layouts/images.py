"""The images that a layout names: found inside of its folder, checked, and read once."""

from io import BytesIO
from pathlib import Path
from typing import Literal

from docgen.diagnostics import DocgenError, refuse
from docgen.document import ImageSource
from docgen.source import Text

LARGEST_FILE = 20_000_000
"""Bytes of the largest image file."""
LARGEST_IMAGE = 50_000_000
"""Pixels of the largest image."""


def read_image(file: Text, folder: Path, root: Path) -> ImageSource:
    """Reads the PNG or JPEG at a path counted from ``folder``; it must lie inside of ``root``."""
    path = _locate(file, folder, root)
    data = _read(file, path)
    format_, width, height = _probe(file, data)
    return ImageSource(data, width, height, format_)


def _locate(file: Text, folder: Path, root: Path) -> Path:
    path = (folder / file.value).resolve()
    if not path.is_relative_to(root.resolve()):
        raise _refusal(
            file,
            "image-outside",
            "is outside of the folder of layouts",
            "copy the image next to the layout and name that copy",
        )
    if not path.is_file():
        raise _refusal(
            file,
            "missing-image",
            "does not exist",
            "paths of images are counted from the folder of the layout file",
        )
    return path


def _read(file: Text, path: Path) -> bytes:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise _refusal(
            file, "unreadable-image", f"cannot be read: {reason}", "check its permissions"
        ) from error
    if size > LARGEST_FILE:
        raise _refusal(
            file,
            "huge-image",
            f"has {size / 1e6:.0f} MB, more than {LARGEST_FILE / 1e6:.0f} MB",
            "save it smaller; 300 pixels an inch are enough for print",
        )
    return data


def _probe(file: Text, data: bytes) -> tuple[Literal["png", "jpeg"], int, int]:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 (only layouts with images pay)

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            width, height = image.size
            if width * height > LARGEST_IMAGE:
                raise _refusal(
                    file,
                    "huge-image",
                    f"has {width} by {height} pixels, more than {LARGEST_IMAGE / 1e6:.0f} million",
                    "save it smaller; 300 pixels an inch are enough for print",
                )
            image.load()
            return ("png" if image.format == "PNG" else "jpeg"), width, height
    except UnidentifiedImageError as error:
        raise _refusal(
            file, "not-an-image", "is not a PNG or JPEG image", "save it as PNG or JPEG"
        ) from error
    except Image.DecompressionBombError as error:
        raise _refusal(file, "huge-image", "has far too many pixels", "save it smaller") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise _refusal(
            file, "not-an-image", "is damaged", "save it again as PNG or JPEG"
        ) from error


def _refusal(file: Text, rule: str, problem: str, hint: str) -> DocgenError:
    return refuse(rule, f"the image {file.value!r} {problem}", file.span, hint)
