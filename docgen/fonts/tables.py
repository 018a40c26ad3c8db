"""What a TrueType file says of itself, before anything else reads it (OpenType 1.9)."""

import struct

_RESTRICTED = 0x0002
_NO_SUBSETTING = 0x0100
_BITMAPS_ONLY = 0x0200
_LICENCES = 0x000F
"""Bits of OS/2's fsType of which one says how a font may be embedded."""
_SEGMENTS, _GROUPS = 4, 12
_UNICODE_FORMATS = frozenset({_SEGMENTS, _GROUPS})
_UNICODE, _WINDOWS = 0, 3
_WINDOWS_UNICODE = (1, 10)
_VARIATIONS = (_UNICODE, 5)
_JAPANESE_MACINTOSH = (1, 1)
_LAST_CHARACTER = 0x10FFFF
_MOST_MAPPED = 200_000
"""Characters that a font shows: it has 65,535 glyphs at most, and few of them show several."""


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

        Raises ValueError where the map is none that a font can have, such as one of a few bytes
        that names all characters many times over.
        """
        if "cmap" not in self._places:
            raise ValueError("no cmap")
        start, kind, is_unicode = self._character_map()
        if not is_unicode or kind not in _UNICODE_FORMATS:
            return False
        ranges = self._segments(start) if kind == _SEGMENTS else self._groups(start)
        self._check_ranges(ranges)
        return True

    def _character_map(self) -> tuple[int, int, bool]:
        """The place and the format of the map that is read, and whether it is one of Unicode.

        ReportLab reads the last of those for Windows, Unicode or Japanese Macintoshes, or else that
        for Western Macintoshes.
        """
        table = self._places["cmap"]
        (count,) = struct.unpack_from(">H", self._data, table + 2)
        chosen, is_unicode = None, False
        for index in range(count):
            platform, encoding, offset = struct.unpack_from(
                ">HHL", self._data, table + 4 + 8 * index
            )
            if platform in (_UNICODE, _WINDOWS) and (platform, encoding) != _VARIATIONS:
                chosen = table + offset
                is_unicode = platform == _UNICODE or encoding in _WINDOWS_UNICODE
            elif (platform, encoding) == _JAPANESE_MACINTOSH:
                chosen, is_unicode = table + offset, False
        if chosen is None:
            return table, 0, False
        (kind,) = struct.unpack_from(">H", self._data, chosen)
        return chosen, kind, is_unicode

    def _segments(self, start: int) -> list[tuple[int, int]]:
        """The characters of a map of format 4: the first and the last of each segment."""
        (count,) = struct.unpack_from(">H", self._data, start + 6)
        form = f">{count // 2}H"
        lasts = struct.unpack_from(form, self._data, start + 14)
        firsts = struct.unpack_from(form, self._data, start + 16 + count // 2 * 2)
        return list(zip(firsts, lasts, strict=True))

    def _groups(self, start: int) -> list[tuple[int, int]]:
        """The characters of a map of format 12: the first and the last of each group."""
        (count,) = struct.unpack_from(">L", self._data, start + 12)
        if count > _MOST_MAPPED:
            raise ValueError("too many groups of characters")
        form = ">" + "LL4x" * count
        numbers = struct.unpack_from(form, self._data, start + 16)
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    def _check_ranges(self, ranges: list[tuple[int, int]]) -> None:
        before = -1
        mapped = 0
        for first, last in ranges:
            if not before < first <= last <= _LAST_CHARACTER:
                raise ValueError("characters out of order")
            before = last
            mapped += last - first + 1
        if mapped > _MOST_MAPPED:
            raise ValueError("too many characters")
