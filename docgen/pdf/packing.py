"""A PDF on its way into a sink: small objects packed in streams, found by a table of references.

ISO 32000-1, 7.5.7 and 7.5.8. Documents and print files are written by this one packer. Whatever a
file has to say goes into its sink as it comes, and only the places of objects are kept.
"""

import hashlib
import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, count
from operator import add
from typing import Protocol

from msgspec import Struct

from docgen.fonts.streams import compressed, compressor_for, encoded

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_FREE, _AT_OFFSET, _IN_STREAM = 0, 1, 2
_NO_GENERATION = 0xFFFF
_UP = 2
"""The filter of a row that adds to the one above (PNG)."""
_AT_ONCE = 16_384
"""Rows that are compressed at once, so that a table of millions takes no room besides its own."""


class Sink(Protocol):
    """Takes bytes in order."""

    def write(self, data: bytes, /) -> object: ...


class Packing(Struct, frozen=True):
    """How a file is packed."""

    level: int
    """How hard objects are compressed."""
    together: int
    """How many objects share a stream: a reader unpacks all of them to see one."""
    row: struct.Struct
    """A row of the table: kind; offset, or number of a stream; generation, or index in that stream.
    A byte before it is the place of its filter."""
    widths: str
    """Of what a row holds, in bytes."""


DOCUMENT = Packing(1, 500, struct.Struct(">xBIH"), "1 4 2")
"""Objects of a document: zlib's usual 6 takes six times as long to save 2 % of it."""
LARGE = Packing(6, 200, struct.Struct(">xBQH"), "1 8 2")
"""Of a file that may have more than four gigabytes."""


class PackedFile:
    """The objects of a file by their numbers, which count from 1.

    The same objects in the same order give the same bytes.
    """

    def __init__(self, sink: Sink, packing: Packing = DOCUMENT) -> None:
        self._sink = sink
        self._packing = packing
        self._digest = hashlib.sha256()
        self.size = 0
        """Bytes written so far."""
        self._rows = bytearray(packing.row.pack(_FREE, 0, _NO_GENERATION))
        """One for each number so far. Object 0 is the head of the list of free objects."""
        self._waiting: dict[int, str] = {}
        self._write(_HEADER)

    def reserve(self, count: int = 1) -> int:
        """Keeps the numbers of so many objects that are given later; returns the first."""
        first = len(self._rows) // self._packing.row.size
        self._rows += bytes(count * self._packing.row.size)
        return first

    def add(self, data: str) -> str:
        """Takes an object that is no stream, written in Latin-1; returns how PDF refers to it."""
        number = self.reserve()
        self.put(number, data)
        return f"{number} 0 R"

    def add_stream(self, data: bytes) -> str:
        """Takes a stream, its dictionary included; returns how PDF refers to it."""
        number = self.reserve()
        self.put_stream(number, data)
        return f"{number} 0 R"

    def put(self, number: int, data: str) -> None:
        """Gives the object of a reserved number: no stream, written in Latin-1."""
        self._waiting[number] = data
        if len(self._waiting) == self._packing.together:
            self._pack_waiting()

    def put_all(self, first: int, data: Sequence[str]) -> None:
        """Gives the objects of reserved numbers that follow each other.

        They are in streams of their own: who needs none of them, as print files need no tags,
        unpacks none.
        """
        together = self._packing.together
        for start in range(0, len(data), together):
            objects = data[start : start + together]
            self._pack(range(first + start, first + start + len(objects)), objects)

    def put_stream(self, number: int, data: bytes) -> None:
        """Gives the stream of a reserved number, its dictionary included."""
        row = self._packing.row
        row.pack_into(self._rows, number * row.size, _AT_OFFSET, self.size, 0)
        self._write(_object(number, data))

    def finish(self, catalog: str, information: str) -> str:
        """Writes what readers begin with; returns the SHA-256 (hex) of the whole file.

        ``catalog`` and ``information`` are references.
        """
        end, digest = self.beginning(catalog, information).ended(())
        self._sink.write(end)
        self.size += len(end)
        return digest

    def beginning(self, catalog: str, information: str, later: int = 0) -> "Beginning":
        """Writes all but the file's last streams, and the table of references.

        The streams of the last ``later`` numbers are left out: what comes after them follows from
        them, and nothing that comes before.
        """
        row = self._packing.row.size
        first = len(self._rows) // row - later
        self._pack_waiting()
        entries = f"/W [{self._packing.widths}] /Root {catalog} /Info {information}"
        written = _Written(self._digest.copy(), self.size, bytes(self._rows))
        return Beginning(self._packing, written, first, later, entries)

    def _pack_waiting(self) -> None:
        # In order, neighbours in the table of references differ by one.
        numbers = sorted(self._waiting)
        if numbers:
            self._pack(numbers, [*map(self._waiting.pop, numbers)])

    def _pack(self, numbers: Sequence[int], objects: Sequence[str]) -> None:
        """Writes objects as one object stream."""
        stream = self.reserve()
        rows, place, size = self._rows, self._packing.row.pack_into, self._packing.row.size
        for index, number in enumerate(numbers):
            place(rows, number * size, _IN_STREAM, stream, index)
        self.put_stream(stream, _object_stream(numbers, objects, self._packing.level))

    def _write(self, data: bytes) -> None:
        self._sink.write(data)
        self._digest.update(data)
        self.size += len(data)


class _Written(Struct, frozen=True, eq=False):
    """What a file had in it at one moment."""

    digest: "hashlib._Hash"
    size: int
    rows: bytes


class Beginning:
    """A file but for its last streams and its table of references.

    What both are made from is kept as far as it is the same whatever those streams are.
    """

    def __init__(
        self,
        packing: Packing,
        written: _Written,
        first: int,
        later: int,
        entries: str,
    ) -> None:
        row, rows = packing.row.size, written.rows
        self._row = packing.row
        self._digest = written.digest
        self._size = written.size
        self._entries = entries
        self._first = first
        self._above = rows[(first - 1) * row : first * row]
        self._after = rows[(first + later) * row :]
        self._number = len(rows) // row
        # Rows are compressed in two steps in every file, so that equal rows give equal bytes.
        self._table = compressor_for(len(rows) + row, packing.level)
        self._compressed = b"".join(
            map(self._table.compress, _predicted(rows[: first * row], bytes(row)))
        )

    def ended(self, streams: Sequence[bytes]) -> tuple[bytes, str]:
        """What is left of the file with its last streams, and the whole file's SHA-256 (hex).

        The file identifier follows the content: the same content gives the same identifier.
        """
        chunks: list[bytes] = []
        rows: list[bytes] = []
        digest, offset = self._digest.copy(), self._size
        for number, data in enumerate(streams, self._first):
            chunk = _object(number, data)
            chunks.append(chunk)
            digest.update(chunk)
            rows.append(self._row.pack(_AT_OFFSET, offset, 0))
            offset += len(chunk)
        rows += (self._after, self._row.pack(_AT_OFFSET, offset, 0))
        chunks.append(self._end(b"".join(rows), offset, digest.hexdigest()[:32]))
        digest.update(chunks[-1])
        return b"".join(chunks), digest.hexdigest()

    def _end(self, rows: bytes, offset: int, identity: str) -> bytes:
        """The table of references, whose last ``rows`` are given; the last is its own."""
        table = self._table.copy()
        last = b"".join(map(table.compress, _predicted(rows, self._above))) + table.flush()
        dictionary = (
            f"/Type /XRef /Size {self._number + 1} {self._entries} "
            f"/ID [<{identity}> <{identity}>] "
            f"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns {self._row.size - 1} >>"
        )
        stream = encoded(self._compressed + last, dictionary)
        return b"%b\nstartxref\n%d\n%%%%EOF\n" % (_object(self._number, stream)[:-1], offset)


def _object(number: int, data: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, data)


def _object_stream(numbers: Sequence[int], objects: Sequence[str], level: int) -> bytes:
    # Before each object stand the others and a line end after each of them.
    offsets = map(add, accumulate(map(len, objects), initial=0), count())
    index = map(str, chain.from_iterable(zip(numbers, offsets, strict=False)))
    head = " ".join(index) + "\n"
    body = "\n".join(objects)
    entries = f"/Type /ObjStm /N {len(objects)} /First {len(head)} /Filter /FlateDecode"
    return encoded(compressed((head + body).encode("latin-1"), level), entries)


def _predicted(rows: bytes, above: bytes) -> Iterator[bytes]:
    """Rows as what each adds to the row above, byte by byte (ISO 32000-1, 7.4.4.4).

    Neighbours in one stream mostly differ by one: their rows are the same, and take no room. Say
    objects 12, 13 and 14 are the first three in stream 300, which is 12C in hexadecimal. Before
    each row stands a byte for its filter, still empty; ``above`` is the row of object 11::

        above     00 01 0000A0F1 0000
        object 12 00 02 0000012C 0000   adds   02 01 0000613B 0000
        object 13 00 02 0000012C 0001   adds   02 00 00000000 0001
        object 14 00 02 0000012C 0002   adds   02 00 00000000 0001

    All bytes of all rows are subtracted at once, as one number: the rows, less the same rows moved
    on by one. No byte may borrow from the one to its left, as 2C - F1 would do. So the highest bit
    of each byte is set in the rows (2C becomes AC) and taken away from those above (F1 becomes 71):
    AC - 71 is 3B, and borrows nothing. The highest bit of the result is then right where those of
    the two bytes differ, and is turned where they agree, as in 05 - 06: 85 - 06 is 7F, turned FF,
    which is -1.
    """
    size = len(above)
    rows = above + rows
    filters = bytes([_UP]) + bytes(size - 1)
    for start in range(size, len(rows), _AT_ONCE * size):
        piece = rows[start : start + _AT_ONCE * size]
        row = int.from_bytes(piece)
        upper = int.from_bytes(rows[start - size : start - size + len(piece)])
        highest = int.from_bytes(b"\x80" * len(piece))
        added = ((row | highest) - (upper & ~highest)) ^ ((row ^ ~upper) & highest)
        filtered = added | int.from_bytes(filters * (len(piece) // size))
        yield filtered.to_bytes(len(piece))
