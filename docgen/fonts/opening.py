"""Opening a font file: static TrueType outlines that may be embedded, and nothing damaged."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from docgen.diagnostics import DocgenError, Span, refuse
from docgen.fonts.tables import Tables
from docgen.opening import FileTooLargeError, read_whole
from docgen.signatures import FileKind, kind_of
from docgen.system import reason_of

MAX_BYTES = 20_000_000
_OTHER_FORMATS: dict[FileKind | None, str] = {
    FileKind.POSTSCRIPT_FONT: "has PostScript outlines (CFF), which are not embedded",
    FileKind.FONT_COLLECTION: "is a collection of several fonts",
    FileKind.WOFF: "is packed for web pages (WOFF)",
    FileKind.WOFF2: "is packed for web pages (WOFF2)",
}
_HINT = "use a TrueType font (.ttf) with outlines of its own, as its maker gives it out"


def open_font(name: str, path: Path, span: Span | None = None) -> Any:
    """A font file as the font of a face. Raises DocgenError as ``read_font`` does."""
    return parse_font(name, read_font(path, span), path, span)


def read_font(path: Path, span: Span | None = None) -> bytes:
    """The bytes of a font file that can be embedded.

    Raises DocgenError at ``span``, the place that names the file, or without a place for a file of
    docgen's own: for a file that cannot be read, is no static TrueType font, is damaged, or whose
    licence bits (OS/2 fsType) forbid embedding.
    """
    shown = path.name
    try:
        data = read_whole(path, MAX_BYTES)
    except FileTooLargeError as error:
        message = f"font {shown!r} is larger than {MAX_BYTES // 1_000_000} MB"
        raise refuse("font-too-large", message, span, "use a font of fewer scripts") from error
    except OSError as error:
        message = f"cannot read font {shown!r}: {reason_of(error)}"
        raise refuse("font-unreadable", message, span) from error
    except ValueError as error:
        message = f"cannot read font {shown!r}: this is not the name of a file"
        raise refuse("font-unreadable", message, span) from error
    kind = kind_of(data)
    if kind is not FileKind.TRUETYPE:
        what = _OTHER_FORMATS.get(kind, "is not a TrueType font")
        raise refuse("font-format", f"font {shown!r} {what}", span, _HINT)
    try:
        tables = Tables(data)
        _check_tables(tables, shown, span)
    except (ValueError, struct.error) as error:
        raise damaged(shown, span) from error
    return data


def parse_font(name: str, data: bytes, path: Path, span: Span | None = None) -> Any:
    """The bytes of ``read_font`` as the font of a face, which ReportLab's canvases draw with.

    Raises DocgenError where ReportLab cannot make sense of them.
    """
    from docgen.fonts.embedding import EmbeddedFont  # noqa: PLC0415 - ReportLab costs 85 ms

    with telling_damage(path.name, span):
        return EmbeddedFont(name, BytesIO(data))


def _check_tables(tables: Tables, shown: str, span: Span | None) -> None:
    if "fvar" in tables:
        raise refuse(
            "font-variable",
            f"font {shown!r} is a variable font, which holds all weights in one file",
            span,
            "use the static fonts of its family, one file each for regular and bold",
        )
    if not tables.may_be_embedded():
        raise refuse(
            "font-not-embeddable",
            f"the maker of font {shown!r} does not allow it to be embedded in documents "
            "(OS/2 fsType)",
            span,
            "ask its maker for a licence and a file that allow it, or use another font",
        )
    if not tables.maps_unicode():
        raise refuse(
            "font-characters",
            f"font {shown!r} does not say which Unicode characters it shows, as symbol fonts do",
            span,
            _HINT,
        )


@contextmanager
def telling_damage(shown: str, span: Span | None) -> Iterator[None]:
    """Refuses a font of which its reader cannot make sense: ReportLab raises errors of all kinds,
    such as AttributeError where a font has no name."""
    try:
        yield
    except DocgenError:
        raise
    except Exception as error:
        raise damaged(shown, span) from error


def damaged(shown: str, span: Span | None) -> DocgenError:
    """The refusal of a font file that is not what it says it is."""
    message = f"font {shown!r} is damaged, or lacks what every TrueType font has"
    return refuse("font-damaged", message, span, _HINT)
