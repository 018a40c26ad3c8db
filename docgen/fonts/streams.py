"""PDF streams that are compressed once and written into many documents."""

import zlib
from typing import Protocol

_LEAST_WINDOW = 9
"""As powers of two: zlib knows no smaller window."""
_MOST_MEMORY = 7


class ObjectFile(Protocol):
    """A PDF file on its way, which numbers the objects that it is given."""

    def add(self, data: str) -> str:
        """Takes an object that is no stream, written in ASCII; returns how PDF refers to it."""

    def add_stream(self, data: bytes) -> str:
        """Takes a stream, its dictionary included; returns how PDF refers to it."""


def deflated(content: bytes, entries: str = "", level: int = 6) -> bytes:
    """A compressed stream's bytes, with further ``entries`` in its dictionary."""
    return encoded(compressed(content, level), f"/Filter /FlateDecode {entries}")


def compressed(content: bytes, level: int) -> bytes:
    """Content as zlib compresses it, with a window no larger than the content."""
    compressor = compressor_for(len(content), level)
    return compressor.compress(content) + compressor.flush()


def compressor_for(length: int, level: int) -> "zlib._Compress":
    """What compresses content of so many bytes, with a window no larger than the content.

    Most streams of a sheet are short. For its largest window zlib takes a quarter of a megabyte
    afresh from the system each time, which costs more than the work in it.
    """
    window = min(max((length - 1).bit_length(), _LEAST_WINDOW), zlib.MAX_WBITS)
    memory = min(window - _LEAST_WINDOW + 1, _MOST_MEMORY)
    return zlib.compressobj(level, zlib.DEFLATED, window, memory)


def encoded(data: bytes, entries: str) -> bytes:
    """A stream's bytes from data whose filter is among the ``entries`` of its dictionary.

    Entries are written in Latin-1.

    Lines end in CR LF before ``endstream``: compressed data may end in CR, and a lone LF would
    then read as part of it (ISO 19005-2, 6.1.7.1).
    """
    return b"<< %b /Length %d >>\nstream\n%b\r\nendstream\n" % (
        entries.encode("latin-1"),
        len(data),
        data,
    )
