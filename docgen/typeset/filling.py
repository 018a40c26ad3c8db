"""How much goes on a page or into a column: what fits, broken where the hold is least."""

from collections.abc import Sequence

from docgen.typeset.strips import Strip, gap, space_at_bottom, space_at_top

TOLERANCE = 0.01
"""A hundredth of a point: sums of heights may differ by rounding."""


def end_of_page(strips: Sequence[Strip], start: int, above: Strip | None, height: float) -> int:
    """The index of the first strip that a page of ``height`` points leaves to the next one.

    The page starts with the strip at ``start``, whatever its height; ``above`` is the last strip
    of the page before.
    """
    y = space_at_top(strips[start], above) + strips[start].height
    for index in range(start + 1, len(strips)):
        strip = strips[index]
        if strip.new_page:
            return index
        y += gap(strips[index - 1], strip) + strip.height
        if y + space_at_bottom(strip) > height + TOLERANCE:
            return _best_break(strips, start, index)
    return len(strips)


def _best_break(strips: Sequence[Strip], start: int, overflow: int) -> int:
    """The last place with the least hold among those that the page can reach."""
    return min(range(start + 1, overflow + 1), key=lambda index: (strips[index - 1].hold, -index))
