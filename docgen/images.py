"""Image files as people have them: PNG and JPEG, upright and no larger than print needs; SVG."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from docgen.diagnostics import DocgenError, Findings, Span, did_you_mean, refuse
from docgen.document import ImageSource, Picture, VectorSource
from docgen.opening import FileTooLargeError, NotAFileError, read_whole
from docgen.signatures import IMAGES, FileKind, kind_of
from docgen.source import display_path, names_beside, real_path
from docgen.system import reason_of

if TYPE_CHECKING:
    from PIL.Image import Image

Kind = Literal["png", "jpeg"]

MOST_BYTES = 100_000_000
MOST_PIXELS: dict[Kind, int] = {"png": 40_000_000, "jpeg": 65_000_000}
"""Beyond these a file is refused unread: a few kilobytes may be made to fill the memory. A JPEG is
scaled down while it is read, a PNG afterwards."""
ENOUGH_BYTES = 10_000_000
ENOUGH_SIDE = 2400
"""The longer side in pixels that print needs: 8 inches at 300 pixels an inch."""

_ORIENTATION = 0x0112
"""The EXIF tag that tells a viewer how to turn a photograph."""
_TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
"""What turns a picture upright, by the value of the tag, in Pillow's words."""
_QUALITY = 92
_SIXTEEN_BIT_MODES = frozenset({"I;16", "I;16B", "I;16L", "I"})
_SIXTEEN_TO_EIGHT_BITS = 1 / 257
_MARKER = 0xFF
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended sequential, progressive: all with Huffman codes."""
_TABLES = frozenset({0xC4, 0xDB, 0xDD, 0xFE})
_APP0, _APP14, _APP15 = 0xE0, 0xEE, 0xEF
_JFIF_BYTES = 14
_BITS = 8
_YCBCR = (1, 2, 3)
"""What the three components of a JPEG are called that has colours as JFIF and Exif have them."""
_JPEG_MODES = frozenset({"L", "RGB"})
_SCALABLE_MODES = frozenset({"L", "I;16"})
_NAMED = IMAGES - {FileKind.PNG, FileKind.JPEG} | {FileKind.PDF, FileKind.EPS}
"""Other kinds that hold pictures."""
_SVG = b"<svg"
_SVG_NAME = ".svg"
_SVG_WITHIN = 1000


def load_image(path: Path, root: Path, span: Span | None, findings: Findings) -> Picture:
    """Reads and checks an image file that lies in the folder ``root``.

    A relative path counts from ``root``. Raises DocgenError at ``span``, the place that names the
    file, for whatever cannot be printed right. A photograph stored on its side is turned upright;
    an image of more pixels or bytes than print needs is scaled down, of which a warning tells. What
    is not drawn of an SVG is told at its place in that file.
    """
    data = _read(path, root, span)
    name = path.name
    if _is_svg(data, path):
        return _drawn(data, path, root, span)
    with warnings.catch_warnings(action="ignore"):
        image = _open(data, name, span)
        size = image.size
        kind = _kind(data)
        if size[0] * size[1] > MOST_PIXELS[kind]:
            raise _too_many_pixels(name, kind, span)
        _check_look(image, kind, name, span)
        enough = _enough(size)
        if enough != size:
            image.draft(None, enough)
        too_large = enough != size or len(data) > ENOUGH_BYTES
        try:
            image.load()
            turn = _TURNS.get(image.getexif().get(_ORIENTATION, 0))
            if turn is None and not too_large and _is_plain(image, data, kind):
                return ImageSource(data, *size, kind)
            made = _made_anew(image, kind, enough, turn)
        except Exception as error:  # readers raise errors of all kinds of what is damaged
            raise _damaged(name, span) from error
    if too_large:
        _tell_scaled(name, (size, len(data)), made, span, findings)
    return made


def _is_svg(data: bytes, path: Path) -> bool:
    """Whether a file is called an SVG or begins like one, and is no other image."""
    if kind_of(data) is not None:
        return False
    return path.suffix.lower() == _SVG_NAME or _SVG in data[:_SVG_WITHIN].lower()


def _drawn(data: bytes, path: Path, root: Path, span: Span | None) -> VectorSource:
    """The picture of an SVG file. Raises DocgenError with all of it that is not drawn."""
    from docgen.vectors import MOST_BYTES as MOST_OF_SVG  # noqa: PLC0415 - only SVGs pay for it
    from docgen.vectors import read_svg  # noqa: PLC0415

    if len(data) > MOST_OF_SVG:
        raise refuse(
            "svg-too-large",
            f"SVG {path.name!r} is larger than {MOST_OF_SVG / 1_000_000:g} MB",
            span,
            "simplify it: Path > Simplify in Inkscape, Object > Path > Simplify in Illustrator",
        )
    findings = Findings()
    drawn = read_svg(data, display_path(root / path), findings)
    findings.raise_if_any()
    assert drawn is not None  # else there were findings
    return drawn


def _enough(size: tuple[int, int]) -> tuple[int, int]:
    """A size in pixels, scaled down to what print needs."""
    scale = min(ENOUGH_SIDE / max(size), 1.0)
    return max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)


def _is_plain(image: "Image", data: bytes, kind: Kind) -> bool:
    """Whether ReportLab, which reads the file once more, sees what Pillow sees.

    It makes 16 bits of gray white, forgets which colour is transparent, and puts a picture of its
    own, without a word, in the place of a JPEG whose markers it does not know.
    """
    if kind == "jpeg":
        return _is_plain_jpeg(data, image.size)
    colour_is_clear = "transparency" in image.info and image.mode != "P"
    return image.mode not in _SIXTEEN_BIT_MODES and not colour_is_clear


def _is_plain_jpeg(data: bytes, size: tuple[int, int]) -> bool:
    """Whether a JPEG is compressed as PDF knows it, and all that read its header agree on it.

    Walks over its markers (ITU-T T.81, B.1) up to the frame, which says how large it is. Padding
    between markers, arithmetic coding, other APP0 than JFIF's, and colours that are RGB or named in
    no way are all right for Pillow, and not for each reader of PDFs.
    """
    at, is_jfif = 2, False
    while at + 4 <= len(data) and data[at] == _MARKER:
        kind, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4])
        body = data[at + 4 : end]
        if kind in _FRAMES:
            height, width = int.from_bytes(body[1:3]), int.from_bytes(body[3:5])
            gray, named = body[5] == 1, is_jfif or tuple(body[6::3]) == _YCBCR
            return body[0] == _BITS and (width, height) == size and (gray or named)
        if kind == _APP0 and body.startswith(b"JFIF\0") and len(body) >= _JFIF_BYTES:
            is_jfif = True
        elif kind == _APP14 and body.startswith(b"Adobe"):
            if body[-1:] == b"\0":
                return False
        elif kind == _APP0 or (kind not in _TABLES and not _APP0 < kind <= _APP15):
            return False
        at = end
    return False


def _eight_bit(picture: "Image") -> "Image":
    """The picture in 256 shades of gray or of red, green and blue."""
    if picture.mode in _SIXTEEN_BIT_MODES:
        return picture.convert("I").point(lambda shade: shade * _SIXTEEN_TO_EIGHT_BITS).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in {"1", "L"} else "RGB")


def _made_anew(image: "Image", kind: Kind, size: tuple[int, int], turn: str | None) -> ImageSource:
    """The picture of a size, then upright, without what else its file says."""
    from PIL import Image  # noqa: PLC0415 - only images pay for it

    picture: Image.Image = image
    if picture.has_transparency_data:
        picture = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    elif picture.mode not in _SCALABLE_MODES:
        picture = picture.convert("L" if picture.mode == "1" else "RGB")
    picture = picture.resize(size, Image.Resampling.LANCZOS)
    if turn is not None:
        picture = picture.transpose(Image.Transpose[turn])
    if kind == "png":
        picture = _eight_bit(picture)
    picture.info.clear()
    out = BytesIO()
    if kind == "jpeg":
        picture.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    else:
        picture.save(out, "PNG")
    return ImageSource(out.getvalue(), *picture.size, kind)


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
        return read_whole(file, MOST_BYTES)
    except (IsADirectoryError, NotAFileError) as error:
        raise refuse("image-missing", f"image {named!r} is not a file", span) from error
    except FileTooLargeError as error:
        raise refuse(
            "image-too-large",
            f"image {named!r} is larger than {MOST_BYTES // 1_000_000} MB",
            span,
            "scale it down: 300 pixels an inch are enough for print",
        ) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _missing(named, file, root, span) from error
    except OSError as error:
        message = f"cannot read image {named!r}: {reason_of(error)}"
        raise refuse("image-unreadable", message, span) from error


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
        raise _too_many_pixels(name, _kind(data), span) from error
    except UnidentifiedImageError as error:
        raise _not_accepted(data, name, span) from error
    except Exception as error:
        raise _damaged(name, span) from error


def _kind(data: bytes) -> Kind:
    """What an image is that its reader has opened, or found too large."""
    return "png" if kind_of(data) is FileKind.PNG else "jpeg"


def _damaged(name: str, span: Span | None) -> DocgenError:
    return refuse(
        "image-damaged", f"image {name!r} is damaged or cut short", span, "export it again"
    )


def _not_accepted(data: bytes, name: str, span: Span | None) -> DocgenError:
    kind = _other_format(data)
    if kind is None:
        return refuse(
            "image-format", f"{name!r} is not an image", span, "use a PNG, JPEG or SVG file"
        )
    return refuse("image-format", f"image {name!r} is {kind.value} file", span, _save_as(kind))


def _save_as(kind: FileKind) -> str:
    """Drawing programs that make pages can save what they drew as it is."""
    of_paths = kind in {FileKind.PDF, FileKind.EPS}
    return "save it as SVG, PNG or JPEG" if of_paths else "save it as PNG or JPEG"


def _other_format(data: bytes) -> FileKind | None:
    kind = kind_of(data)
    return kind if kind in _NAMED else None


def _too_many_pixels(name: str, kind: Kind, span: Span | None) -> DocgenError:
    return refuse(
        "image-too-large",
        f"image {name!r} has more than {MOST_PIXELS[kind] // 1_000_000} million pixels",
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
