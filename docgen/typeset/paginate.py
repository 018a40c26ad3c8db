"""Strips into pages."""

from collections.abc import Callable, Iterator, Sequence

from docgen.typeset.filling import TOLERANCE, end_of_page
from docgen.typeset.flowed import divided
from docgen.typeset.setting import Setting
from docgen.typeset.stack import Stack, stack
from docgen.typeset.strips import Strip, foot, gap, head

PageRoom = Callable[[int], float]
"""The height that page number n (from 1) has for strips, in points."""
_LEAST_LINES = 6
"""Columns that text runs through are begun on a page only where they get so many lines."""


def paginate(strips: Sequence[Strip], room: PageRoom, setting: Setting) -> Iterator[Stack]:
    """The stacks that pages hold, in order. Every page takes at least one strip."""
    left = list(strips)
    above: Strip | None = None
    number = 1
    while left:
        height = room(number)
        end = _begin_columns(left, end_of_page(left, 0, above, height), above, height, setting)
        page = stack(left[:end], above)
        if page.height > height + TOLERANCE:
            _report(left[0], setting)
        yield page
        above = left[end - 1]
        left = left[end:]
        number += 1


def _begin_columns(
    left: list[Strip], end: int, above: Strip | None, height: float, setting: Setting
) -> int:
    """Divides columns that do not fit on the page; returns where the page ends then."""
    if end == 1 and left[0].flowed and head(left[0], above) + left[0].height > height:
        at, y = 0, head(left[0], above)
    elif end < len(left) and left[end].flowed and not left[end].new_page:
        at, y = end, stack(left[:end], above).height + gap(left[end - 1], left[end])
    else:
        return end
    strip = left[at]
    spare = height - y - foot(strip)
    if strip.flowed is None or spare < _LEAST_LINES * setting.style("body").leading:
        return end
    parts = divided(strip, strip.flowed, spare, setting.sheet.grid)
    if parts is None:
        return end
    left[at : at + 1] = parts
    return at + 1


def _report(strip: Strip, setting: Setting) -> None:
    setting.findings.error(
        "too-tall",
        "a block is taller than a page and cannot be divided",
        strip.origin,
        "make it shorter, or divide it into several blocks",
    )
