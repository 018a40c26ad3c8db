"""Image files as people have them: PNG and JPEG, turned upright, no larger than print needs."""

import stat
import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from docgen.diagnostics import DocgenError, Findings, Span, did_you_mean, refuse
from docgen.document import ImageSource
from docgen.source import display_path, names_beside, real_path

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 100_000_000
MOST_BYTES = 100_000_000
"""Beyond these a file is refused unread: it may be made to fill the memory."""
ENOUGH_BYTES = 10_000_000
ENOUGH_SIDE = 2400
"""The longer side in pixels that print needs: 8 inches at 300 pixels an inch."""

Kind = Literal["png", "jpeg"]

_ORIENTATION = 0x0112
"""The EXIF tag that tells a viewer how to turn a photograph."""
_UPRIGHT = 1
_ON_ITS_SIDE = range(5, 9)
_QUALITY = 92
_JPEG_MODES = frozenset({"L", "RGB"})
_SCALABLE_MODES = frozenset({"L", "I;16"})
_OTHER_FORMATS = {
    b"GIF8": "a GIF",
    b"II*\x00": "a TIFF",
    b"MM\x00*": "a TIFF",
    b"BM": "a BMP",
    b"RIFF": "a WebP",
    b"%PDF": "a PDF",
    b"%!PS": "an EPS",
    b"8BPS": "a Photoshop",
}
_BOX = b"ftyp"
_AVIF = b"avi"
"""Files of boxes (ISO/IEC 14496-12) name their kind after ``ftyp``; those that phones make are
HEIC."""
_SVG = b"<svg"
_SVG_WITHIN = 1000
_SAVE_AS = "save it as PNG or JPEG"


def load_image(path: Path, root: Path, span: Span | None, findings: Findings) -> ImageSource:
    """Reads and checks an image file that lies in the folder ``root``.

    A relative path counts from ``root``. Raises DocgenError at ``span``, the place that names the
    file, for whatever cannot be printed right. A photograph stored on its side is turned upright;
    an image of more pixels or bytes than print needs is scaled down, of which a warning tells.
    """
    data = _read(path, root, span)
    name = path.name
    with warnings.catch_warnings(action="ignore"):
        image = _open(data, name, span)
        size = image.size
        if size[0] * size[1] > MOST_PIXELS:
            raise _too_many_pixels(name, span)
        kind: Kind = "jpeg" if image.format == "JPEG" else "png"
        _check_look(image, kind, name, span)
        enough = _enough(size)
        if enough != size:
            image.draft(None, enough)
        try:
            image.load()
            turn = image.getexif().get(_ORIENTATION, _UPRIGHT)
        except (OSError, SyntaxError, ValueError) as error:
            raise _damaged(name, span) from error
    too_large = enough != size or len(data) > ENOUGH_BYTES
    if turn == _UPRIGHT and not too_large:
        return ImageSource(data, *size, kind)
    made = _made_anew(image, kind, enough[::-1] if turn in _ON_ITS_SIDE else enough)
    if too_large:
        _tell_scaled(name, (size, len(data)), made, span, findings)
    return made


def _enough(size: tuple[int, int]) -> tuple[int, int]:
    """A size in pixels, scaled down to what print needs."""
    scale = min(ENOUGH_SIDE / max(size), 1.0)
    return max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)


def _made_anew(image: "Image", kind: Kind, size: tuple[int, int]) -> ImageSource:
    """The picture upright and of a size, without what else its file says."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only images pay for it

    picture = ImageOps.exif_transpose(image)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
    elif picture.mode not in _SCALABLE_MODES:
        picture = picture.convert("L" if picture.mode == "1" else "RGB")
    picture = picture.resize(size, Image.Resampling.LANCZOS)
    picture.info.clear()
    out = BytesIO()
    if kind == "jpeg":
        picture.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    else:
        picture.save(out, "PNG")
    return ImageSource(out.getvalue(), *size, kind)


def _tell_scaled(
    name: str,
    before: tuple[tuple[int, int], int],
    made: ImageSource,
    span: Span | None,
    findings: Findings,
) -> None:
    (width, height), size = before
    findings.warning(
        "image-scaled",
        f"image {name!r} is larger than print needs: its {width} x {height} pixels "
        f"({_megabytes(size)}) became {made.width} x {made.height} ({_megabytes(len(made.data))})",
        span,
        f"save it at most {ENOUGH_SIDE} pixels wide and high, enough for 8 inches in print",
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _read(path: Path, root: Path, span: Span | None) -> bytes:
    named = str(path)
    if "\0" in named:
        raise refuse("image-missing", "an image path cannot hold a NUL character", span)
    folder = real_path(root)
    file = real_path(folder / path)
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
        if status.st_size > MOST_BYTES:
            raise refuse(
                "image-too-large",
                f"image {named!r} is larger than {MOST_BYTES // 1_000_000} MB",
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
    hint = (
        did_you_mean(file.name, names_beside(file))
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
    kind = _other_format(data)
    if kind is None:
        return refuse("image-format", f"{name!r} is not an image", span, "use a PNG or JPEG file")
    return refuse("image-format", f"image {name!r} is {kind} file", span, _SAVE_AS)


def _other_format(data: bytes) -> str | None:
    if data[4:8] == _BOX:
        return "an AVIF" if data[8:].startswith(_AVIF) else "a HEIC"
    if _SVG in data[:_SVG_WITHIN].lower():
        return "an SVG"
    return next((kind for magic, kind in _OTHER_FORMATS.items() if data.startswith(magic)), None)


def _too_many_pixels(name: str, span: Span | None) -> DocgenError:
    return refuse(
        "image-too-large",
        f"image {name!r} has more than {MOST_PIXELS // 1_000_000} million pixels",
        span,
        "scale it down: 300 pixels an inch are enough for print",
    )


def _check_look(image: "Image", kind: Kind, name: str, span: Span | None) -> None:
    if kind == "jpeg" and image.mode not in _JPEG_MODES:
        raise refuse(
            "image-colours",
            f"image {name!r} is a JPEG in CMYK colours, which look different on every device",
            span,
            "save it as PNG, or as JPEG in RGB",
        )
    if getattr(image, "is_animated", False):
        raise refuse("image-animated", f"image {name!r} is animated", span, "save one picture")
