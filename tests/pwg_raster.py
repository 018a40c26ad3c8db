"""What stands on the sheets that a driverless printer gets: PWG raster (PWG 5102.4), read back."""

import struct
from collections.abc import Iterator
from pathlib import Path

_WORD = b"RaS2"
_HEADER = 1796
_DUPLEX, _HEIGHT, _BITS_PER_PIXEL, _BYTES_PER_LINE = 272, 376, 388, 392
_WHITE = 0xFF


def sides_of(path: Path) -> list[tuple[bool, int]]:
    """Of each side in the order of printing: whether both sides of its sheet are printed, and how
    many black bars cross the middle of it from top to bottom."""
    return list(_sides(path.read_bytes()))


def _sides(data: bytes) -> Iterator[tuple[bool, int]]:
    assert data.startswith(_WORD)
    at = len(_WORD)
    while at < len(data):
        header = data[at : at + _HEADER]
        bits, line = _number(header, _BITS_PER_PIXEL), _number(header, _BYTES_PER_LINE)
        dark, at = _middle(data, at + _HEADER, _number(header, _HEIGHT), line, bits // 8)
        bars = sum(now and not before for before, now in zip([False, *dark], dark, strict=False))
        yield bool(_number(header, _DUPLEX)), bars


def _middle(data: bytes, at: int, height: int, width: int, pixel: int) -> tuple[list[bool], int]:
    """Whether each row is dark in its middle, and where the rows end."""
    dark: list[bool] = []
    while len(dark) < height:
        repeated, at = data[at] + 1, at + 1
        row = bytearray()
        while len(row) < width:
            code, at = data[at], at + 1
            if code == 128:
                row += bytes([_WHITE]) * (width - len(row))
            elif code > 128:
                row += data[at : at + (257 - code) * pixel]
                at += (257 - code) * pixel
            else:
                row += data[at : at + pixel] * (code + 1)
                at += pixel
        dark += [row[width // 2] < _WHITE] * repeated
    return dark, at


def _number(header: bytes, at: int) -> int:
    (number,) = struct.unpack(">I", header[at : at + 4])
    return int(number)
