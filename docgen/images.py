"""Image files, checked before anything is drawn: PNG and JPEG of a sensible size."""

import stat
import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from docgen.diagnostics import DocgenError, Span, did_you_mean, refuse
from docgen.document import ImageSource
from docgen.source import display_path

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 30_000_000
MAX_BYTES = 10_000_000

_ORIENTATION = 0x0112
"""The EXIF tag that tells a viewer how to turn a photograph."""
_UPRIGHT = 1
_JPEG_MODES = frozenset({"L", "RGB"})
_OTHER_FORMATS = {
    b"GIF8": "a GIF",
    b"II*\x00": "a TIFF",
    b"MM\x00*": "a TIFF",
    b"BM": "a BMP",
    b"RIFF": "a WebP",
    b"%PDF": "a PDF",
    b"<svg": "an SVG",
    b"<?xml": "an SVG",
}
_SAVE_AS = "save it as PNG or JPEG"


def load_image(path: Path, root: Path, span: Span | None) -> ImageSource:
    """Reads and checks an image file that lies in the folder ``root``.

    A relative path counts from ``root``. Whatever cannot be printed right is refused at ``span``,
    the place that names the file.
    """
    data = _read(path, root, span)
    name = path.name
    with warnings.catch_warnings(action="ignore"):
        image = _open(data, name, span)
        if image.width * image.height > MAX_PIXELS:
            raise _too_many_pixels(name, span)
        kind: Literal["png", "jpeg"] = "jpeg" if image.format == "JPEG" else "png"
        _check_look(image, kind, name, span)
        try:
            image.load()
        except (OSError, SyntaxError, ValueError) as error:
            raise _damaged(name, span) from error
    return ImageSource(data, image.width, image.height, kind)


def _read(path: Path, root: Path, span: Span | None) -> bytes:
    named = str(path)
    if "\0" in named:
        raise refuse("image-missing", "an image path cannot hold a NUL character", span)
    folder = root.resolve()
    file = (folder / path).resolve()
    if not file.is_relative_to(folder):
        raise refuse(
            "image-outside-project",
            f"image {named!r} lies outside of the folder {display_path(root)!r}",
            span,
            "copy it into that folder",
        )
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise refuse("image-missing", f"image {named!r} is not a file", span)
        if status.st_size > MAX_BYTES:
            raise refuse(
                "image-too-large",
                f"image {named!r} is larger than {MAX_BYTES // 1_000_000} MB",
                span,
                "scale it down: 300 pixels an inch are enough for print",
            )
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _missing(named, file, root, span) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise refuse("image-unreadable", f"cannot read image {named!r}: {reason}", span) from error


def _missing(named: str, file: Path, root: Path, span: Span | None) -> DocgenError:
    siblings = [other.name for other in file.parent.iterdir()] if file.parent.is_dir() else []
    hint = (
        did_you_mean(file.name, siblings)
        or f"its path counts from the folder {display_path(root)!r}"
    )
    return refuse("image-missing", f"there is no image {named!r}", span, hint)


def _open(data: bytes, name: str, span: Span | None) -> "Image":
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only images pay for it

    try:
        return Image.open(BytesIO(data), formats=("PNG", "JPEG"))
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(name, span) from error
    except UnidentifiedImageError as error:
        raise _not_accepted(data, name, span) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise _damaged(name, span) from error


def _damaged(name: str, span: Span | None) -> DocgenError:
    return refuse(
        "image-damaged", f"image {name!r} is damaged or cut short", span, "export it again"
    )


def _not_accepted(data: bytes, name: str, span: Span | None) -> DocgenError:
    start = data.lstrip()[:5]
    kind = next((kind for magic, kind in _OTHER_FORMATS.items() if start.startswith(magic)), None)
    if kind is None:
        return refuse("image-format", f"{name!r} is not an image", span, "use a PNG or JPEG file")
    return refuse("image-format", f"image {name!r} is {kind} file", span, _SAVE_AS)


def _too_many_pixels(name: str, span: Span | None) -> DocgenError:
    return refuse(
        "image-too-large",
        f"image {name!r} has more than {MAX_PIXELS // 1_000_000} million pixels",
        span,
        "scale it down: 300 pixels an inch are enough for print",
    )


def _check_look(image: "Image", kind: Literal["png", "jpeg"], name: str, span: Span | None) -> None:
    if kind == "jpeg" and image.mode not in _JPEG_MODES:
        raise refuse(
            "image-colours",
            f"image {name!r} is a JPEG in CMYK colours, which look different on every device",
            span,
            "save it as RGB",
        )
    if getattr(image, "is_animated", False):
        raise refuse("image-animated", f"image {name!r} is animated", span, "save one picture")
    if kind == "jpeg" and image.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT:
        raise refuse(
            "image-turned",
            f"image {name!r} is stored turned on its side or mirrored",
            span,
            "open it in an image editor and save it upright",
        )
