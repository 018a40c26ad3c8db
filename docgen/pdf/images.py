"""Images as PDF streams, encoded once a process."""

import zlib
from io import BytesIO

from msgspec import Struct
from PIL import Image

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
        return _Encoded(image.data, f"{_entries(picture)} /Filter /DCTDecode")


def _png(image: ImageSource) -> _Encoded:
    with Image.open(BytesIO(image.data)) as file:
        picture = _eight_bit(file)
    if picture.mode == "RGBA":
        alpha = picture.getchannel("A")
        picture = picture.convert("RGB")
        if alpha.getextrema() != _OPAQUE:
            return _deflated(picture, _mask(alpha))
    return _deflated(picture, None)


def _eight_bit(picture: Image.Image) -> Image.Image:
    """The picture in shades of gray, in colours, or in colours with transparency."""
    if picture.mode in _SIXTEEN_BIT_MODES:
        return picture.convert("I").point(lambda shade: shade * _SIXTEEN_TO_EIGHT_BITS).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in {"1", "L"} else "RGB")


def _deflated(picture: Image.Image, mask: bytes | None) -> _Encoded:
    data = zlib.compress(picture.tobytes())
    return _Encoded(data, f"{_entries(picture)} /Filter /FlateDecode", mask)


def _mask(alpha: Image.Image) -> bytes:
    stored = _deflated(alpha, None)
    return encoded(stored.data, stored.entries)


def _entries(picture: Image.Image) -> str:
    space = "/DeviceGray" if picture.mode == "L" else "/DeviceRGB"
    return (
        f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} "
        f"/BitsPerComponent 8 /ColorSpace {space}"
    )
