"""Strips into pages."""

from collections.abc import Callable, Iterator, Sequence

from docgen.typeset.filling import TOLERANCE, end_of_page
from docgen.typeset.flowed import split_at_height
from docgen.typeset.setting import Setting
from docgen.typeset.stack import Stack, stack
from docgen.typeset.strips import Strip, gap, space_at_bottom, space_at_top

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
    """Divides columns that do not fit on the page; returns where the page ends then.

    The page was to hold the strips from ``start`` to ``end``. Columns are divided where they are
    the strip that found no room (``end``): of 500 pt, 300 may go below a text of 400 pt on a page
    of 700. They are divided as well where they stand first and are taller than a page, which took
    them nevertheless, since each page takes a strip. The queue then holds two strips in the place
    of one, and the second, the rest, may be divided anew on the next page.
    """
    above = queue[start - 1] if start else None
    too_tall = space_at_top(queue[start], above) + queue[start].height > height
    at = start if too_tall else end
    if at == len(queue) or (at == end and queue[at].new_page):
        return end
    strip = queue[at]
    if strip.flowed is None:
        return end
    spare = height - _top(queue, start, at) - space_at_bottom(strip)
    if spare < _LEAST_LINES * setting.style("body").leading:
        return end
    parts = split_at_height(strip, strip.flowed, spare, setting)
    if parts is None:
        return end
    queue[at : at + 1] = parts
    return at + 1


def _top(queue: Sequence[Strip], start: int, at: int) -> float:
    """Where a strip stands on the page that starts with another, or with itself. Points."""
    above = queue[start - 1] if start else None
    if at == start:
        return space_at_top(queue[at], above)
    last = stack(queue[start:at], above).placed[-1]
    return last.bottom + gap(queue[at - 1], queue[at])


def _report(strip: Strip, setting: Setting) -> None:
    setting.findings.error(
        "too-tall",
        "a block is taller than a page and cannot be divided",
        strip.origin,
        "make it shorter, or divide it into several blocks",
    )
