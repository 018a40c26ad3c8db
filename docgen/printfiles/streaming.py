"""A PDF written as a stream: objects go to the disk as they come, and only their places are kept.

Small objects are packed in object streams, and found by a cross-reference stream (ISO 32000-1,
7.5.7 and 7.5.8). The same objects in the same order give the same bytes.
"""

import struct
import zlib
from array import array
from collections.abc import Iterator
from hashlib import sha256
from typing import Protocol

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PACKED_OBJECTS = 200
_LEVEL = 6
_ROW = struct.Struct(">BQH")
_FREE, _AT_OFFSET, _IN_STREAM = 0, 1, 2
_NO_GENERATION = 0xFFFF


class Output(Protocol):
    """Takes bytes in order."""

    def write(self, data: bytes, /) -> object: ...


class StreamedPdf:
    """One file on its way, from the first byte to the last."""

    def __init__(self, file: Output) -> None:
        self._file = file
        self._digest = sha256()
        self.size = 0
        """Bytes written so far."""
        self._kinds = bytearray([_FREE])
        self._places = array("Q", [0])
        """The offset of an object, or the number of the stream that it is packed in."""
        self._indexes = array("H", [_NO_GENERATION])
        self._packed: list[tuple[int, bytes]] = []
        self._write(_HEADER)

    def reserve(self) -> int:
        """The number of an object that ``put`` or ``put_stream`` will give."""
        self._kinds.append(_FREE)
        self._places.append(0)
        self._indexes.append(0)
        return len(self._kinds) - 1

    def put(self, number: int, data: bytes) -> None:
        """Gives an object that is no stream."""
        self._packed.append((number, data))
        if len(self._packed) == _PACKED_OBJECTS:
            self._pack()

    def put_stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Gives a stream; ``entries`` are those of its dictionary, but for the length."""
        self._kinds[number] = _AT_OFFSET
        self._places[number] = self.size
        self._write(
            b"%d 0 obj\n<<%b/Length %d>>\nstream\n%b\nendstream\nendobj\n"
            % (number, entries, len(data), data)
        )

    def finish(self, catalog: int, information: int) -> str:
        """Writes what readers begin with; returns the SHA-256 (hex) of the whole file.

        The file identifier follows the content.
        """
        self._pack()
        number, offset = self.reserve(), self.size
        self._kinds[number], self._places[number] = _AT_OFFSET, offset
        rows = zlib.compressobj(_LEVEL)
        table = b"".join([*map(rows.compress, self._predicted()), rows.flush()])
        identity = self._digest.hexdigest()[:32].encode()
        self._write(
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 8 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]"
            b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns %d>>/Length %d>>\n"
            b"stream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
            % (
                number,
                len(self._kinds),
                catalog,
                information,
                identity,
                identity,
                _ROW.size,
                len(table),
                table,
                offset,
            )
        )
        return self._digest.hexdigest()

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)

    def _pack(self) -> None:
        """Writes the objects that wait as one object stream."""
        if not self._packed:
            return
        stream = self.reserve()
        head: list[bytes] = []
        offset = 0
        for index, (number, data) in enumerate(self._packed):
            self._kinds[number] = _IN_STREAM
            self._places[number] = stream
            self._indexes[number] = index
            head.append(b"%d %d" % (number, offset))
            offset += len(data) + 1
        start = b" ".join(head) + b"\n"
        body = zlib.compress(start + b"\n".join(data for _, data in self._packed), _LEVEL)
        entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(head), len(start))
        self._packed.clear()
        self.put_stream(stream, entries, body)

    def _predicted(self) -> Iterator[bytes]:
        """Rows of the table of places, each as what it adds to the one above (PNG's filter Up)."""
        above = bytes(_ROW.size)
        for place in zip(self._kinds, self._places, self._indexes, strict=True):
            row = _ROW.pack(*place)
            yield b"\x02" + bytes((a - b) & 0xFF for a, b in zip(row, above, strict=True))
            above = row
