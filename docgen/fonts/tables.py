"""What a TrueType file says of itself, before anything else reads it (OpenType 1.9)."""

import struct

_RESTRICTED = 0x0002
_NO_SUBSETTING = 0x0100
_BITMAPS_ONLY = 0x0200
_LICENCES = 0x000F
"""Bits of OS/2's fsType of which one says how a font may be embedded."""
_UNICODE_FORMATS = frozenset({4, 12})


class Tables:
    """The tables of a font file. Raises ValueError or struct.error where the file is cut short."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        (count,) = struct.unpack_from(">H", data, 4)
        self._places: dict[str, int] = {}
        for index in range(count):
            tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
            if offset + length > len(data):
                raise ValueError("cut short")
            self._places[tag.decode("latin-1")] = offset

    def __contains__(self, tag: str) -> bool:
        return tag in self._places

    def may_be_embedded(self) -> bool:
        """Whether the licence bits of OS/2 allow a subset in a file; a font without them does."""
        if "OS/2" not in self._places:
            return True
        (bits,) = struct.unpack_from(">H", self._data, self._places["OS/2"] + 8)
        return bits & _LICENCES != _RESTRICTED and not bits & (_NO_SUBSETTING | _BITMAPS_ONLY)

    def maps_unicode(self) -> bool:
        """Whether its map from characters to glyphs is one of Unicode, as symbol fonts have none.

        ReportLab takes the last subtable for Windows, Unicode or Macintosh Unicode that it meets.
        """
        if "cmap" not in self._places:
            raise ValueError("no cmap")
        start = self._places["cmap"]
        (count,) = struct.unpack_from(">H", self._data, start + 2)
        unicode = False
        for index in range(count):
            platform, encoding, offset = struct.unpack_from(
                ">HHL", self._data, start + 4 + 8 * index
            )
            if platform == 3 or (platform == 0 and encoding != 5):  # noqa: PLR2004
                (kind,) = struct.unpack_from(">H", self._data, start + offset)
                named = platform == 0 or encoding in (1, 10)
                unicode = named and kind in _UNICODE_FORMATS
        return unicode
