"""Font files with something about them changed, for whoever has to find it."""

import struct


def place_of(data: bytes, tag: bytes) -> int:
    """Where a table begins, by the directory of the file."""
    (count,) = struct.unpack_from(">H", data, 4)
    for index in range(count):
        at = 12 + 16 * index
        if data[at : at + 4] == tag:
            return int(struct.unpack_from(">L", data, at + 8)[0])
    raise LookupError(tag)


def changed(data: bytes, tag: bytes, offset: int, value: bytes) -> bytes:
    """A font file with some bytes of a table replaced."""
    at = place_of(data, tag) + offset
    return data[:at] + value + data[at + len(value) :]


def renamed(data: bytes, tag: bytes, other: bytes) -> bytes:
    """A font file whose directory calls a table something else."""
    return data.replace(tag, other, 1)


def as_symbols(data: bytes) -> bytes:
    """A font file that does not say which characters of Unicode it shows."""
    (count,) = struct.unpack_from(">H", data, place_of(data, b"cmap") + 2)
    for index in range(count):
        data = changed(data, b"cmap", 4 + 8 * index, b"\x00\x03\x00\x00")
    return data


def with_group(data: bytes, index: int, group: tuple[int, int, int]) -> bytes:
    """Noto Sans with another group in its map: first and last character, first glyph.

    Group 1 holds U+000D, group 2 U+0020 to U+007E from glyph 3 on, group 4 U+0131 (cmap format 12).
    """
    return changed(data, b"cmap", 36 + 16 + 12 * index, struct.pack(">LLL", *group))
