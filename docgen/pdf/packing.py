"""A document written small: objects packed in streams, found by a cross-reference stream.

ISO 32000-1, 7.5.7 and 7.5.8. ReportLab keeps the register of objects; it would write each of them
by itself, uncompressed, and tags are many small objects.
"""

import struct
import zlib
from collections.abc import Sequence
from hashlib import sha256

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject  # type: ignore[import-untyped]

from docgen.fonts.streams import Stream, encoded

_VERSION = (1, 7)
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PACKED_OBJECTS = 200
"""How many objects share a stream: a reader unpacks all of them to see one."""
_LEVEL = 6
_PLACE = struct.Struct(">BIH")
"""A row of the cross-reference stream: kind, offset or stream, generation or index."""


class PackedDocument(PDFDocument):  # type: ignore[misc]
    """ReportLab's document with objects of known bytes, and a file that holds them packed."""

    def __init__(self) -> None:
        super().__init__(invariant=1, pdfVersion=_VERSION)
        self._known: dict[int, bytes] = {}
        self._pages: list[str] = []
        self.page_tree = f"{self.reserve()} 0 R"

    def reserve(self, count: int = 1) -> int:
        """Keeps the numbers of so many objects that ``put`` will give; returns the first."""
        first: int = self.objectcounter + 1
        self.objectcounter += count
        return first

    def put(self, number: int, data: bytes) -> None:
        """Gives the object of a reserved number; its bytes are no stream."""
        self._known[number] = data

    def put_page(self, number: int, data: bytes) -> None:
        """Gives the object of a reserved number, as the next page."""
        self.put(number, data)
        self._pages.append(f"{number} 0 R")

    def written(self, catalog: str, information: str) -> bytes:
        """The whole file; ``catalog`` and ``information`` are references.

        The file identifier follows the content: the same content gives the same identifier.
        """
        kids = " ".join(self._pages)
        tree = f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>"
        self.put(int(self.page_tree.split()[0]), tree.encode())
        chunks = [_HEADER]
        places: list[tuple[int, int, int]] = [(0, 0, 0xFFFF)]
        packed: list[tuple[int, bytes]] = []
        offset = len(_HEADER)
        for number in range(1, self.objectcounter + 1):
            known = self._known.get(number)
            item = None if known is not None else self._registered(number)
            data = known if item is None else _bytes(item.format(self))
            assert data is not None  # a reserved number was never given its object
            if isinstance(item, Stream):
                chunk = b"%d 0 obj\n%b\nendobj\n" % (number, data)
                chunks.append(chunk)
                places.append((1, offset, 0))
                offset += len(chunk)
            else:
                stream = self.objectcounter + 1 + len(packed) // _PACKED_OBJECTS
                places.append((2, stream, len(packed) % _PACKED_OBJECTS))
                packed.append((number, data))
        for start in range(0, len(packed), _PACKED_OBJECTS):
            chunk = b"%d 0 obj\n%b\nendobj\n" % (
                len(places),
                _object_stream(packed[start : start + _PACKED_OBJECTS]),
            )
            chunks.append(chunk)
            places.append((1, offset, 0))
            offset += len(chunk)
        identity = sha256(b"".join(chunks)).hexdigest()[:32]
        entries = f"/Root {catalog} /Info {information} /ID [<{identity}> <{identity}>]"
        chunks.append(_cross_references(places, offset, entries))
        return b"".join(chunks)

    def _registered(self, number: int) -> PDFObject:
        return self.idToObject[self.numberToId[number]]


def _bytes(formatted: bytes | str) -> bytes:
    return formatted if isinstance(formatted, bytes) else formatted.encode("latin-1")


def _object_stream(objects: Sequence[tuple[int, bytes]]) -> bytes:
    index: list[str] = []
    offset = 0
    for number, data in objects:
        index.append(f"{number} {offset}")
        offset += len(data) + 1
    head = " ".join(index).encode() + b"\n"
    body = b"\n".join([data for _, data in objects])
    entries = f"/Type /ObjStm /N {len(objects)} /First {len(head)} /Filter /FlateDecode"
    return encoded(zlib.compress(head + body, _LEVEL), entries)


def _cross_references(places: Sequence[tuple[int, int, int]], offset: int, entries: str) -> bytes:
    number = len(places)
    rows = b"".join([_PLACE.pack(*place) for place in (*places, (1, offset, 0))])
    dictionary = f"/Type /XRef /Size {number + 1} /W [1 4 2] {entries} /Filter /FlateDecode"
    stream = encoded(zlib.compress(rows, _LEVEL), dictionary)
    return b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, stream, offset)
