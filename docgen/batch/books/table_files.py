"""Tables that spreadsheets and our own reader read right: RFC 4180 in UTF-8 with its mark."""

import csv
from collections.abc import Iterable
from typing import BinaryIO, Protocol

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Without it, Excel takes UTF-8 for something else."""


class TableWriter(Protocol):
    """Writes a table row by row."""

    def writerow(self, row: Iterable[object], /) -> object: ...


def table_writer(stream: BinaryIO) -> TableWriter:
    """Begins a table on a stream of bytes."""
    stream.write(BYTE_ORDER_MARK)
    return csv.writer(_Encoded(stream))


class _Encoded:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(text.encode("utf-8", "backslashreplace"))
