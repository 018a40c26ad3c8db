"""Images as PDF streams, encoded once a process."""

import zlib
from io import BytesIO
from typing import Any

from msgspec import Struct
from PIL import Image
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]

from docgen.document import ImageSource
from docgen.fonts.streams import ObjectFile, encoded

_KEPT_BYTES = 64_000_000
_SIXTEEN_BIT_MODES = frozenset({"I;16", "I;16B", "I;16L", "I"})
_SIXTEEN_TO_EIGHT_BITS = 1 / 257
_OPAQUE = (255, 255)


class _Encoded(Struct, frozen=True):
    """An image's stream data and dictionary entries, and the stream of its transparency."""

    data: bytes
    entries: str
    mask: bytes | None = None


_encoded: dict[ImageSource, _Encoded] = {}


def add_image(file: ObjectFile, image: ImageSource) -> str:
    """Puts an image into a file; returns how PDF refers to it."""
    stored = _encode(image)
    entries = stored.entries
    if stored.mask is not None:
        entries += f" /SMask {file.add_stream(stored.mask)}"
    return file.add_stream(encoded(stored.data, entries))


def _encode(image: ImageSource) -> _Encoded:
    if image not in _encoded:
        stored = _jpeg(image) if image.format == "jpeg" else _png(image)
        if sum(len(kept.data) for kept in _encoded.values()) + len(stored.data) > _KEPT_BYTES:
            _encoded.clear()
        _encoded[image] = stored
    return _encoded[image]


def _jpeg(image: ImageSource) -> _Encoded:
    with Image.open(BytesIO(image.data)) as picture:
        entries = _entries(picture.size, picture.mode)
    return _Encoded(image.data, f"{entries} /Filter /DCTDecode")


def _png(image: ImageSource) -> _Encoded:
    picture = _picture(image)
    mask = None
    if picture.mode == "RGBA":
        stored = _deflated(ImageReader(picture.getchannel("A")), None)
        mask = encoded(stored.data, stored.entries)
    return _deflated(ImageReader(picture), mask)


def _picture(image: ImageSource) -> Image.Image:
    """The picture of a PNG file in eight bits a colour, with transparency only if it has some."""
    with Image.open(BytesIO(image.data)) as file:
        picture = _eight_bit(file)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == _OPAQUE:
        return picture.convert("RGB")
    return picture


def _eight_bit(picture: Image.Image) -> Image.Image:
    """The picture in shades of gray, in colours, or in colours with transparency."""
    if picture.mode in _SIXTEEN_BIT_MODES:
        return picture.convert("I").point(lambda shade: shade * _SIXTEEN_TO_EIGHT_BITS).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in {"1", "L"} else "RGB")


def _deflated(reader: Any, mask: bytes | None) -> _Encoded:
    width, height, shades = reader.getImageData()
    entries = _entries((width, height), reader.mode)
    return _Encoded(zlib.compress(shades), f"{entries} /Filter /FlateDecode", mask)


def _entries(size: tuple[int, int], mode: str) -> str:
    width, height = size
    space = "/DeviceGray" if mode == "L" else "/DeviceRGB"
    return (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} "
        f"/BitsPerComponent 8 /ColorSpace {space}"
    )
