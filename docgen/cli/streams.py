"""Standard input and output as the commands name and use them."""

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

STANDARD_STREAM = "-"
"""What stands for standard input or output in the place of a file."""


def open_missing_streams() -> None:
    """Has something stand where whoever started docgen has closed a standard stream.

    Else the next file that is opened would be taken for it. Results that nobody can get are no
    results: to write any to a closed standard output fails.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(cast(BinaryIO, _Closed()), write_through=True)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - to the end


class _Closed(io.RawIOBase):
    """Standard output that is closed."""

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


def write_utf_8() -> None:
    """Has results and diagnostics written in UTF-8, whatever the machine's locale would have.

    Names of files that are no UTF-8 leave as the bytes that they are; errors show them escaped.
    """
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def standard_input() -> BinaryIO:
    """The bytes of standard input: none where whoever started docgen has closed it."""
    return sys.stdin.buffer if sys.stdin else io.BytesIO()


def is_typed() -> bool:
    """Whether standard input is a person at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()
