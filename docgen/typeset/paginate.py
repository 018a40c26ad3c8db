"""Strips into pages: each page takes what fits and breaks where the hold is least."""

from collections.abc import Callable, Iterator, Sequence

from docgen.diagnostics import Findings
from docgen.typeset.stack import Stack, stack
from docgen.typeset.strips import Strip, foot, gap, head

PageRoom = Callable[[int], float]
"""The height that page number n (from 1) has for strips, in points."""


def paginate(strips: Sequence[Strip], room: PageRoom, findings: Findings) -> Iterator[Stack]:
    """The stacks that pages hold, in order. Every page takes at least one strip."""
    start = 0
    number = 1
    while start < len(strips):
        above = strips[start - 1] if start else None
        height = room(number)
        end = _end_of_page(strips, start, above, height)
        page = stack(strips[start:end], above)
        if page.height > height + 0.01:
            _report(strips[start], findings)
        yield page
        start = end
        number += 1


def _end_of_page(strips: Sequence[Strip], start: int, above: Strip | None, height: float) -> int:
    """The index of the first strip that the page leaves to the next one."""
    y = head(strips[start], above) + strips[start].height
    for index in range(start + 1, len(strips)):
        strip = strips[index]
        if strip.new_page:
            return index
        y += gap(strips[index - 1], strip) + strip.height
        if y + foot(strip) > height + 0.01:
            return _best_break(strips, start, index)
    return len(strips)


def _best_break(strips: Sequence[Strip], start: int, overflow: int) -> int:
    """The last place with the least hold among those that the page can reach."""
    return min(range(start + 1, overflow + 1), key=lambda index: (strips[index - 1].hold, -index))


def _report(strip: Strip, findings: Findings) -> None:
    findings.error(
        "too-tall",
        "a block is taller than a page and cannot be divided",
        strip.origin,
        "make it shorter, or divide it into several blocks",
    )
