"""Standard input and output as the commands name and use them."""

import io
import sys
from typing import BinaryIO

STANDARD_STREAM = "-"
"""What stands for standard input or output in the place of a file."""


def standard_input() -> BinaryIO:
    """The bytes of standard input: none where whoever started docgen has closed it."""
    return sys.stdin.buffer if sys.stdin else io.BytesIO()


def is_typed() -> bool:
    """Whether standard input is a person at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()
