"""An SVG file as a picture of paths: checked, written out, converted by svglib, and recorded."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from docgen.diagnostics import Findings, quoted
from docgen.document import VectorSource
from docgen.vectors.recording import UndrawableError, recorded
from docgen.vectors.svg.checking import checked
from docgen.vectors.svg.drawn import PictureForSvglib, written_out
from docgen.vectors.svg.tree import SvgFile, decoded, parsed

_CONVERTER: Final = "svglib"
_AS_PNG: Final = "save the picture as PNG"


def read_svg(data: bytes, path: str, findings: Findings) -> VectorSource | None:
    """The picture of an SVG file, as large as it says, 96 pixels an inch.

    ``path`` is what messages call the file. None where findings tell, each at its line and column
    in the file, what is not drawn: whatever is on none of the lists of ``svg.allowed``.
    """
    file = decoded(data, path, findings)
    root = parsed(file, findings) if file else None
    picture = checked(file, root, findings) if file and root else None
    written = written_out(file, picture, findings) if file and picture else None
    if file is None or written is None:
        return None
    try:
        drawn = _converted(written)
    except UndrawableError as error:
        _tell(file, str(error), findings)
        return None
    except Exception as error:  # the converter's errors are of all kinds
        _tell(file, quoted(str(error) or type(error).__name__), findings)
        return None
    if not drawn.marks:
        findings.error("svg-damaged", "nothing is to be seen of this SVG", file.span(0), _AS_PNG)
        return None
    return drawn


def _converted(picture: PictureForSvglib) -> VectorSource:
    from svglib.svglib import SvgRenderer  # noqa: PLC0415 - costs 175 ms

    with _heard() as told:
        drawing = SvgRenderer("").render(picture.root)
    if told:
        raise UndrawableError("; ".join(map(quoted, told[:3])))
    return recorded(drawing, miter_limits=picture.miter_limits)


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What svglib leaves out it only tells its log, which nobody would read."""
    told: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    log, ear = logging.getLogger(_CONVERTER), Ear(logging.WARNING)
    before: Any = log.propagate
    log.addHandler(ear)
    log.propagate = False
    try:
        yield told
    finally:
        log.removeHandler(ear)
        log.propagate = before


def _tell(file: SvgFile, reason: str, findings: Findings) -> None:
    findings.error("svg-not-allowed", f"this SVG cannot be drawn: {reason}", file.span(0), _AS_PNG)
