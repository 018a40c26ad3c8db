"""A document written small: objects packed in streams, found by a cross-reference stream.

ISO 32000-1, 7.5.7 and 7.5.8. Tags are hundreds of small objects.
"""

import struct
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import accumulate

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
_ROW = struct.Struct(">BIH")
_UP = b"\x02"
"""The filter of a row that adds to the one above (PNG)."""
_NEXT = _UP + bytes(_ROW.size - 1) + b"\x01"


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
        places = [_FREE] * (self._count + 1)
        chunks = [_HEADER]
        offset = len(_HEADER)
        for number, data in self._streams:
            chunks.append(b"%d 0 obj\n%b\nendobj\n" % (number, data))
            places[number] = (_AT_OFFSET, offset, 0)
            offset += len(chunks[-1])
        # In order, neighbours in the table of references differ by one.
        packed = sorted(self._known.items())
        unpacked: list[_Place] = []
        for start in range(0, len(packed), _PACKED_OBJECTS):
            objects = packed[start : start + _PACKED_OBJECTS]
            stream = len(places) + len(unpacked)
            for index, (number, _) in enumerate(objects):
                places[number] = (_IN_STREAM, stream, index)
            chunks.append(b"%d 0 obj\n%b\nendobj\n" % (stream, _object_stream(objects)))
            unpacked.append((_AT_OFFSET, offset, 0))
            offset += len(chunks[-1])
        first = len(places) - later
        return Packed(
            b"".join(chunks),
            places[:first],
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
        self._rows = compressor_for((self._number + 1) * (_ROW.size + 1), _LEVEL)
        self._compressed = self._rows.compress(b"".join(_predicted(places, _NOWHERE)))

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
        last = rows.compress(b"".join(_predicted(places, self._last_place))) + rows.flush()
        dictionary = (
            f"/Type /XRef /Size {self._number + 1} /W [1 4 2] {self._entries} "
            f"/ID [<{identity}> <{identity}>] "
            f"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns {_ROW.size} >>"
        )
        stream = encoded(self._compressed + last, dictionary)
        _, offset, _ = places[-1]
        return b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (self._number, stream, offset)


def _object_stream(objects: Sequence[tuple[int, str]]) -> bytes:
    texts = [data for _, data in objects]
    offsets = accumulate([len(data) + 1 for data in texts], initial=0)
    index = [f"{number} {offset}" for (number, _), offset in zip(objects, offsets, strict=False)]
    head = " ".join(index) + "\n"
    body = "\n".join(texts)
    entries = f"/Type /ObjStm /N {len(objects)} /First {len(head)} /Filter /FlateDecode"
    return encoded(compressed((head + body).encode("ascii"), _LEVEL), entries)


def _predicted(places: Sequence[_Place], last: _Place) -> Iterator[bytes]:
    """Each row as what it adds to the row above, byte by byte (ISO 32000-1, 7.4.4.4).

    Neighbours in one stream mostly differ by one: their rows are the same, and take no room.
    """
    above_kind, above_where, above_index = last
    for kind, where, index in places:
        if (
            index == above_index + 1
            and where == above_where
            and kind == above_kind
            and index & 0xFF  # the last byte did not overflow
        ):
            yield _NEXT
        else:
            row = _ROW.pack(kind, where, index)
            above = _ROW.pack(above_kind, above_where, above_index)
            pairs = zip(row, above, strict=True)
            yield _UP + bytes([(byte - before) & 0xFF for byte, before in pairs])
        above_kind, above_where, above_index = kind, where, index
