"""Link targets of layout texts, filled with values."""

import re
from collections.abc import Callable
from urllib.parse import quote

from docgen.compose.templates import FIRST_STAND_IN, STAND_INS

_URL_CHARACTERS = ":/?#[]@!$&'()*+,;=%"
_QUERY = re.compile(r"[?#]")
_BLANKS = re.compile(r"\s+|%20")


def filled_target(href: str, value_of: Callable[[int], str | None]) -> str | None:
    """A target with the values of its stand-ins, by their number; None where one has no value.

    A value before the query may be a whole address and keeps its punctuation; in the query or
    fragment it is encoded whole (RFC 3986). Telephone numbers have no blanks (RFC 3966).
    """
    filled: list[str] = []
    at = 0
    for match in STAND_INS.finditer(href):
        value = value_of(ord(match[1]) - FIRST_STAND_IN)
        if value is None:
            return None
        filled.append(href[at : match.start()])
        in_query = _QUERY.search(href, 0, match.start())
        filled.append(quote(value, safe="" if in_query else _URL_CHARACTERS))
        at = match.end()
    filled.append(href[at:])
    target = "".join(filled)
    return _BLANKS.sub("", target) if target.lower().startswith("tel:") else target
