"""Numbers, names and strings as PDF writes them (ISO 32000-1, 7.3)."""

from functools import lru_cache
from urllib.parse import quote

from docgen.typeset import (
    FieldArea,
    FreePlace,
    LinkArea,
    PlacedCode,
    PlacedDrawing,
    PlacedImage,
)

Area = LinkArea | FieldArea | PlacedImage | PlacedDrawing | PlacedCode | FreePlace

_URI_MARKS = "%/:?#[]@!$&'()*+,;=~-._"


@lru_cache(maxsize=8192)
def number(hundredths: int) -> str:
    """A length given in hundredths of a point."""
    return repr(hundredths / 100) if hundredths % 100 else str(hundredths // 100)


def rectangle(area: Area, page_height: float) -> str:
    """The corners of an area that is measured from the page's top left (ISO 32000-1, 7.9.5)."""
    corners = (
        area.x,
        page_height - area.y - area.height,
        area.x + area.width,
        page_height - area.y,
    )
    return f"[{' '.join([number(round(corner * 100)) for corner in corners])}]"


def literal(text: str) -> str:
    """A string of bytes without line ends, given and to be written as Latin-1."""
    return f"({escaped(text)})"


def escaped(text: str) -> str:
    """What stands between the brackets of a literal string."""
    if "(" in text or ")" in text or "\\" in text:
        return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return text


def text_string(text: str) -> str:
    """A string for people to read; beyond ASCII in UTF-16, written in hexadecimal."""
    if text.isascii() and text.isprintable():
        return literal(text)
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def uri(href: str) -> str:
    """A link target as a string of ASCII characters, others percent-encoded (RFC 3987, 3.1)."""
    return literal(quote(href, safe=_URI_MARKS))
