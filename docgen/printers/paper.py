"""Sizes of paper by the names that PWG 5101.1 gives them, such as ``na_letter_8.5x11in``."""

import re
from collections.abc import Iterable

from docgen.diagnostics import Findings, quoted
from docgen.printers.printer import Printer

Size = tuple[float, float]
"""Width and height in points."""

_NAME = re.compile(r"_([0-9]+(?:\.[0-9]+)?)x([0-9]+(?:\.[0-9]+)?)(mm|in)$")
_POINTS = {"mm": 72 / 25.4, "in": 72.0}
_TOLERANCE = 3.0
"""Points, about 1 mm: names and page sizes are rounded in different places."""


def media_size(name: str) -> Size | None:
    """How large a paper is, or None where its name does not say."""
    found = _NAME.search(name)
    if found is None:
        return None
    unit = _POINTS[found[3]]
    return float(found[1]) * unit, float(found[2]) * unit


def fitting_media(pages: Size, known: Iterable[str]) -> str | None:
    """The paper of which pages of a size fill the whole, upright or turned."""
    return next((name for name in known if _is_alike(pages, media_size(name))), None)


def check_paper(pages: Size, media: str | None, printer: Printer, findings: Findings) -> None:
    """Tells where pages are of another size than the paper: they are never scaled."""
    if media is None:
        if printer.media:
            findings.error(
                "paper-differs",
                f"the printer {quoted(printer.name.name)} knows no paper of the size of these "
                f"pages, {_in_words(pages)}",
                hint="choose another printer, or say with --media on what paper to print them",
            )
        return
    size = media_size(media)
    if size is not None and not _is_alike(pages, size):
        findings.warning(
            "paper-differs",
            f"the pages are {_in_words(pages)}, the paper {media}: edges may be cut off",
            hint="pages are printed at full size, so that type keeps the size it was set in",
        )


def _is_alike(pages: Size, paper: Size | None) -> bool:
    if paper is None:
        return False
    one, other = sorted(pages), sorted(paper)
    return all(abs(a - b) <= _TOLERANCE for a, b in zip(one, other, strict=True))


def _in_words(size: Size) -> str:
    width, height = (round(side / _POINTS["mm"]) for side in size)
    return f"{width} × {height} mm"
