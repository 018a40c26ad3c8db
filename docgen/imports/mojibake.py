"""Letters that were read in another encoding than the one that they were written in."""

import re
from typing import Final

MOJIBAKE: Final = re.compile(
    "\u00e2\u20ac[\u2122\u0153\u009d\u02dc\u201c\u201d\u00a2\u00a6]?|\u00e2\u0080[\u0080-\u00bf]"
    "|\u00c3[\u0080-\u00bf\u2018-\u201e\u2020-\u2022\u0192\u0152\u0153\u02c6\u2039\u203a]"
    "|\u00c2[\u00a0\u00a9\u00ab\u00ae\u00b0\u00b1\u00b5\u00b7\u00bb]|\u00ef\u00bb\u00bf"
)
"""UTF-8 that somebody read as Latin-1 or Windows-1252: ``â€™`` for an apostrophe, ``Ã©`` for é."""


def mojibake_message(found: re.Match[str]) -> str:
    """What is wrong with letters that were found."""
    return f"'{found[0]}' is what UTF-8 looks like when it is read as another encoding"
