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
    queue = list(strips)
    start = 0
    number = 1
    while start < len(queue):
        above = queue[start - 1] if start else None
        height = room(number)
        end = end_of_page(queue, start, above, height)
        end = _begin_columns(queue, start, end, height, setting)
        page = stack(queue[start:end], above)
        if page.height > height + TOLERANCE:
            _report(queue[start], setting)
        yield page
        start = end
        number += 1


def _begin_columns(
    queue: list[Strip], start: int, end: int, height: float, setting: Setting
) -> int:
    """Divides columns that do not fit on the page; returns where the page ends then."""
    above = queue[start - 1] if start else None
    y = head(queue[start], above)
    at = start
    if end > start + 1 or queue[start].flowed is None or y + queue[start].height <= height:
        if end == len(queue) or queue[end].flowed is None or queue[end].new_page:
            return end
        at = end
        y = stack(queue[start:end], above).height + gap(queue[end - 1], queue[end])
    strip = queue[at]
    spare = height - y - foot(strip)
    if strip.flowed is None or spare < _LEAST_LINES * setting.style("body").leading:
        return end
    parts = divided(strip, strip.flowed, spare, setting.sheet.grid)
    if parts is None:
        return end
    queue[at : at + 1] = parts
    return at + 1


def _report(strip: Strip, setting: Setting) -> None:
    setting.findings.error(
        "too-tall",
        "a block is taller than a page and cannot be divided",
        strip.origin,
        "make it shorter, or divide it into several blocks",
    )
