"""Opening a font file: TrueType outlines that may be embedded, and nothing damaged."""

import struct
from pathlib import Path
from typing import Any

from docgen.diagnostics import Span, refuse

_CFF = b"OTTO"
_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_HINT = "use a TrueType font (.ttf) with outlines of its own, as its maker gives it out"


def open_font(name: str, path: Path, span: Span | None = None) -> Any:
    """A font file as ReportLab's font of a name.

    Raises DocgenError at ``span``, the place that names the file, or without a place for a file of
    docgen's own: for a file that cannot be read, is no TrueType font, or is damaged.
    """
    from reportlab.pdfbase.ttfonts import (  # type: ignore[import-untyped]  # noqa: PLC0415 - costs 85 ms
        TTFError,
        TTFont,
    )

    shown = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise refuse("font-unreadable", f"cannot read font {shown!r}: {reason}", span) from error
    if data.startswith(_CFF):
        message = f"font {shown!r} has PostScript outlines (CFF), which are not embedded"
        raise refuse("font-format", message, span, _HINT)
    if not data.startswith(_TRUETYPE):
        raise refuse("font-format", f"{shown!r} is not a TrueType font", span, _HINT)
    try:
        if _length_told(data) > len(data):
            raise ValueError("cut short")  # noqa: TRY301 - ReportLab would not notice
        return TTFont(name, str(path), shapable=False)
    except (TTFError, struct.error, LookupError, ValueError) as error:
        message = f"font {shown!r} is damaged, or may not be embedded"
        raise refuse("font-damaged", message, span, _HINT) from error


def _length_told(data: bytes) -> int:
    """How long the file is by its own table directory (OpenType 1.9)."""
    (tables,) = struct.unpack_from(">H", data, 4)
    places = (struct.unpack_from(">LL", data, 12 + 16 * index + 8) for index in range(tables))
    return max((offset + length for offset, length in places), default=0)
