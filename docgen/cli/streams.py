"""Standard input and output as the commands name and use them."""

import io
import sys
from typing import BinaryIO

STANDARD_STREAM = "-"
"""What stands for standard input or output in the place of a file."""


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
