"""Objects of documents copied into a print file, equal ones once.

An object is named by the digest of its bytes, in which references are those of the print file
already: what two documents share, down to the last font, gets the same bytes and so one copy.
"""

import re
from collections import OrderedDict
from hashlib import blake2b

import pikepdf

from docgen.fonts.streams import encoded
from docgen.pdf import PackedFile

_KNOWN = 32_768
"""How many objects are remembered: those that were not met for longest are forgotten, so that what
differs between patients does not fill the memory. One that comes again is stored again."""
_DIGEST_BYTES = 16
_REFERENCE = b" R"
_TOKEN = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9a-fA-F]*>|\b(\d+) (\d+) R\b", re.S)
"""A string, or a reference; strings are matched so that what they say is not read."""


class SharedObjects:
    """The objects that a print file holds for its documents."""

    def __init__(self, file: PackedFile) -> None:
        self._file = file
        self._known: OrderedDict[bytes, int] = OrderedDict()

    def copy(self, source: pikepdf.Pdf) -> "DocumentCopy":
        """A document whose objects will be asked for."""
        return DocumentCopy(source, self)

    def add(self, data: bytes) -> int:
        """The number of an object that is no stream, stored where it is new."""
        number, is_new = self._numbered(data)
        if is_new:
            self._file.put(number, data.decode("latin-1"))
        return number

    def add_stream(self, entries: bytes, data: bytes) -> int:
        """The number of a stream, stored where it is new."""
        number, is_new = self._numbered(entries, data)
        if is_new:
            self._file.put_stream(number, encoded(data, entries.decode("latin-1")))
        return number

    def _numbered(self, *parts: bytes) -> tuple[int, bool]:
        digest = blake2b(digest_size=_DIGEST_BYTES)
        for part in parts:
            digest.update(b"%d " % len(part))
            digest.update(part)
        name = digest.digest()
        number = self._known.get(name)
        if number is not None:
            self._known.move_to_end(name)
            return number, False
        if len(self._known) == _KNOWN:
            self._known.popitem(last=False)
        number = self._known[name] = self._file.reserve()
        return number, True


class DocumentCopy:
    """Copies the objects of one document that its pages need, and no others."""

    def __init__(self, source: pikepdf.Pdf, shared: SharedObjects) -> None:
        self._source = source
        self._shared = shared
        self._copied: dict[tuple[int, int], int] = {}

    def number_of(self, item: pikepdf.Object) -> int:
        """The number that an object, indirect or not, has in the print file."""
        if not item.is_indirect:
            return self._shared.add(self._rewritten(item))
        place = item.objgen
        if place not in self._copied:
            self._copied[place] = self._add_object(item)
        return self._copied[place]

    def _add_object(self, item: pikepdf.Object) -> int:
        if not isinstance(item, pikepdf.Stream):
            return self._shared.add(self._rewritten(item))
        entries = item.stream_dict
        del entries["/Length"]
        dictionary = self._rewritten(entries).strip()[2:-2].strip()
        return self._shared.add_stream(dictionary, item.read_raw_bytes())

    def _rewritten(self, item: pikepdf.Object) -> bytes:
        """An object's bytes, its references those of the print file."""
        written = item.unparse(resolved=True)
        if _REFERENCE not in written:  # as in most
            return written
        return _TOKEN.sub(self._reference, written)

    def _reference(self, token: re.Match[bytes]) -> bytes:
        if token[1] is None:
            return token[0]
        place = (int(token[1]), int(token[2]))
        return b"%d 0 R" % self.number_of(self._source.get_object(place))
