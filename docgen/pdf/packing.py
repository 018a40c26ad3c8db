"""A document written small: objects packed in streams, found by a cross-reference stream.

ISO 32000-1, 7.5.7 and 7.5.8. Tags are hundreds of small objects.
"""

import struct
from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate, chain, count, repeat, starmap
from operator import add

from docgen.fonts.streams import compressed, compressor_for, encoded

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PACKED_OBJECTS = 500
"""How many objects share a stream: a reader unpacks all of them to see one."""
_LEVEL = 1
"""How hard objects are compressed: zlib's usual 6 takes six times as long to save 2 % of a file."""
_Place = tuple[int, int, int]
"""Kind; offset, or number of a stream; generation, or index in that stream."""
_AT_OFFSET, _IN_STREAM = 1, 2
_FREE: _Place = (0, 0, 0xFFFF)
"""Object 0, the head of the list of free objects."""
_NOWHERE: _Place = (0, 0, 0)
"""What the first row of the table adds to."""
_COLUMNS = 7
_ROW = struct.Struct(">xBIH")
"""A row of the table, and before it the place of its filter."""
_UP = b"\x02" + bytes(_COLUMNS)
"""The filter of a row that adds to the one above (PNG)."""


class PackedDocument:
    """The objects of a file by their numbers, which count from 1."""

    def __init__(self) -> None:
        self._count = 0
        self._known: dict[int, str] = {}
        self._streams: list[tuple[int, bytes]] = []
        self._pages: list[str] = []
        self._page_tree = self.reserve()

    @property
    def page_tree(self) -> str:
        """How pages refer to the tree that they are in."""
        return f"{self._page_tree} 0 R"

    def reserve(self, count: int = 1) -> int:
        """Keeps the numbers of so many objects that ``put`` will give; returns the first."""
        first = self._count + 1
        self._count += count
        return first

    def add(self, data: str) -> str:
        """Takes an object that is no stream, written in ASCII; returns how PDF refers to it."""
        number = self.reserve()
        self._known[number] = data
        return f"{number} 0 R"

    def add_stream(self, data: bytes) -> str:
        """Takes a stream, its dictionary included; returns how PDF refers to it."""
        number = self.reserve()
        self._streams.append((number, data))
        return f"{number} 0 R"

    def put(self, number: int, data: str) -> None:
        """Gives the object of a reserved number: no stream, written in ASCII."""
        self._known[number] = data

    def put_all(self, first: int, data: Sequence[str]) -> None:
        """Gives the objects of reserved numbers that follow each other."""
        self._known.update(zip(count(first), data, strict=False))

    def put_page(self, number: int, data: str) -> None:
        """Gives the object of a reserved number, as the next page."""
        self.put(number, data)
        self._pages.append(f"{number} 0 R")

    def packed(self, catalog: str, information: str, later: int = 0) -> "Packed":
        """The file but for its last streams; ``catalog`` and ``information`` are references.

        The streams of the last ``later`` numbers are left out: what comes after them follows from
        them, and nothing that comes before.
        """
        kids = " ".join(self._pages)
        tree = f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>"
        self.put(self._page_tree, tree)
        places = dict.fromkeys(range(self._count + 1), _FREE)
        chunks = [_HEADER]
        offset = len(_HEADER)
        for number, data in self._streams:
            chunks.append(b"%d 0 obj\n%b\nendobj\n" % (number, data))
            places[number] = (_AT_OFFSET, offset, 0)
            offset += len(chunks[-1])
        # In order, neighbours in the table of references differ by one.
        numbers = sorted(self._known)
        unpacked: list[_Place] = []
        for start in range(0, len(numbers), _PACKED_OBJECTS):
            inside = numbers[start : start + _PACKED_OBJECTS]
            stream = len(places) + len(unpacked)
            in_stream = zip(repeat(_IN_STREAM), repeat(stream), range(len(inside)), strict=False)
            places.update(zip(inside, in_stream, strict=True))
            packed = _object_stream(inside, [*map(self._known.__getitem__, inside)])
            chunks.append(b"%d 0 obj\n%b\nendobj\n" % (stream, packed))
            unpacked.append((_AT_OFFSET, offset, 0))
            offset += len(chunks[-1])
        first = len(places) - later
        return Packed(
            b"".join(chunks),
            [*places.values()][:first],
            later,
            unpacked,
            f"/Root {catalog} /Info {information}",
        )


class Packed:
    """A file but for its last streams and its table of references.

    What both are made from is kept as far as it is the same whatever those streams are.
    """

    def __init__(
        self,
        head: bytes,
        places: Sequence[_Place],
        later: int,
        packed: Sequence[_Place],
        entries: str,
    ) -> None:
        self._head = head
        self._first = len(places)
        self._packed = packed
        self._entries = entries
        self._digest = sha256(head)
        self._last_place = places[-1]
        self._number = len(places) + later + len(packed)
        # Rows are compressed in two steps in every file, so that equal rows give equal bytes.
        self._rows = compressor_for((self._number + 1) * _ROW.size, _LEVEL)
        self._compressed = self._rows.compress(_predicted(places, _NOWHERE))

    def finished(self, streams: Sequence[bytes]) -> tuple[bytes, str]:
        """The whole file with its last streams, and its SHA-256 in hexadecimal.

        The file identifier follows the content: the same content gives the same identifier.
        """
        chunks = [self._head]
        offset = len(self._head)
        digest = self._digest.copy()
        places: list[_Place] = []
        for number, data in enumerate(streams, self._first):
            chunk = b"%d 0 obj\n%b\nendobj\n" % (number, data)
            chunks.append(chunk)
            digest.update(chunk)
            places.append((_AT_OFFSET, offset, 0))
            offset += len(chunk)
        end = self._end([*places, *self._packed, (_AT_OFFSET, offset, 0)], digest.hexdigest()[:32])
        chunks.append(end)
        digest.update(end)
        return b"".join(chunks), digest.hexdigest()

    def _end(self, places: Sequence[_Place], identity: str) -> bytes:
        """The table of references, whose last ``places`` are given; the last is its own."""
        rows = self._rows.copy()
        last = rows.compress(_predicted(places, self._last_place)) + rows.flush()
        dictionary = (
            f"/Type /XRef /Size {self._number + 1} /W [1 4 2] {self._entries} "
            f"/ID [<{identity}> <{identity}>] "
            f"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns {_COLUMNS} >>"
        )
        stream = encoded(self._compressed + last, dictionary)
        _, offset, _ = places[-1]
        return b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (self._number, stream, offset)


def _object_stream(numbers: Sequence[int], objects: Sequence[str]) -> bytes:
    # Before each object stand the others and a line end after each of them.
    offsets = map(add, accumulate(map(len, objects), initial=0), count())
    index = map(str, chain.from_iterable(zip(numbers, offsets, strict=False)))
    head = " ".join(index) + "\n"
    body = "\n".join(objects)
    entries = f"/Type /ObjStm /N {len(objects)} /First {len(head)} /Filter /FlateDecode"
    return encoded(compressed((head + body).encode("ascii"), _LEVEL), entries)


def _predicted(places: Sequence[_Place], last: _Place) -> bytes:
    """Rows as what each adds to the row above, byte by byte (ISO 32000-1, 7.4.4.4).

    Neighbours in one stream mostly differ by one: their rows are the same, and take no room.
    All bytes are subtracted at once, as one number: the highest bit of each keeps it from
    borrowing from the next, and is set right afterwards.
    """
    rows = b"".join(starmap(_ROW.pack, places))
    size = len(rows)
    row = int.from_bytes(rows)
    above = int.from_bytes((_ROW.pack(*last) + rows)[:size])
    highest = int.from_bytes(b"\x80" * size)
    added = ((row | highest) - (above & ~highest)) ^ ((row ^ ~above) & highest)
    return (added | int.from_bytes(_UP * len(places))).to_bytes(size)
