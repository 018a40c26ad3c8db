"""Strips: what pages are filled with from top to bottom.

A strip is a piece of a block that no page break can divide: a line of text, a row of a table, a
picture. Blocks become strips, and strips become pages. Strips of a callout or a table share an
``Enclosure``, which says what is drawn around them and repeated on each page that they reach.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import Span
from docgen.document import BoxStyle
from docgen.typeset.lines import LaidLine, place_line
from docgen.typeset.pages import FieldArea, LinkArea, PageItem, StraightLine, TextPiece


class Hold(IntEnum):
    """How hard a strip holds on to the next one; a page breaks where the hold is least."""

    FREE = 0
    TOGETHER = 1
    """A block that should stay whole."""
    LINES = 2
    """The first two and the last two lines of a paragraph."""
    HEADING = 3
    """A heading and what it announces."""


class Enclosure(Struct, frozen=True, eq=False):
    """What surrounds neighbouring strips: a box, or the header row of a table. Points."""

    x: float
    width: float
    before: float
    after: float
    padding: float = 0.0
    """Between the box and its content, above and below."""
    box: BoxStyle | None = None
    repeated: "Strip | None" = None
    """What stands again at the top of each page that the enclosure reaches."""


class Strip(Struct, frozen=True, eq=False, gc=False):
    """Marks in a band of the frame; x counts from the page's left, y from the strip's top."""

    height: float
    items: tuple[PageItem, ...] = ()
    text: LaidLine | None = None
    """A line of text, read after the other marks; placed once its page is known."""
    before: float = 0.0
    after: float = 0.0
    hold: Hold = Hold.FREE
    enclosures: tuple[Enclosure, ...] = ()
    columns: "ColumnMarks | None" = None
    """Marks that stand side by side, where the strip is one of several cut from tall columns."""
    flowed: "Flowed | None" = None
    """What it was made of, where a page may take a part of it only."""
    new_page: bool = False
    """Whether it starts a page."""
    origin: Span | None = None
    """Where in the input it comes from, should it be too tall for a page."""


class ColumnMarks(Struct, frozen=True, eq=False):
    """Marks column by column; strips cut from the same columns hold the same ``whole``."""

    whole: object
    items: tuple[tuple[PageItem, ...], ...]


class Flowed(Struct, frozen=True, eq=False):
    """Strips for ``count`` columns, all set for the first one; ``step`` points lead to the next."""

    strips: tuple[Strip, ...]
    count: int
    step: float


def holding_on(strips: Sequence[Strip], hold: Hold) -> list[Strip]:
    """The strips, each holding on to the next one at least so hard."""
    return [
        strip if index == len(strips) - 1 else replace(strip, hold=max(strip.hold, hold))
        for index, strip in enumerate(strips)
    ]


def with_space_around(strips: Sequence[Strip], before: float, after: float) -> list[Strip]:
    """The strips with this space before the first and after the last, whatever they had."""
    if len(strips) < 2:  # noqa: PLR2004 - both ends are the same strip
        return [replace(strip, before=before, after=after) for strip in strips]
    first, *between, last = strips
    return [replace(first, before=before), *between, replace(last, after=after)]


def enclosed(strips: Iterable[Strip], enclosure: Enclosure) -> list[Strip]:
    """The strips with one more enclosure around all that they have."""
    return [replace(strip, enclosures=(enclosure, *strip.enclosures)) for strip in strips]


def gap(above: Strip, below: Strip) -> float:
    """The space between two neighbouring strips: the larger wish wins, boxes add their padding."""
    if above.enclosures == below.enclosures:
        return max(above.after, below.before)
    shared = _shared(above, below)
    closed = above.enclosures[shared:]
    opened = below.enclosures[shared:]
    after = closed[0].after if closed else above.after
    before = opened[0].before if opened else below.before
    inside = sum(enclosure.padding for enclosure in (*closed, *opened))
    return max(after, before) + inside


def space_at_top(strip: Strip, above: Strip | None) -> float:
    """The space above a strip at the top of a page: padding, and repeated header rows.

    ``above`` is the last strip of the page before.
    """
    return space_at_bottom(strip) + sum(again.height for again in repeated(strip, above))


def space_at_bottom(strip: Strip) -> float:
    """The space below a strip at the bottom of a page: the padding of its boxes, in points."""
    return sum([enclosure.padding for enclosure in strip.enclosures]) if strip.enclosures else 0.0


def repeated(strip: Strip, above: Strip | None) -> list[Strip]:
    """The header rows that stand again above a strip that continues a table on a new page."""
    if above is None:
        return []
    shared = strip.enclosures[: _shared(above, strip)]
    return [enclosure.repeated for enclosure in shared if enclosure.repeated is not None]


def moved(item: PageItem, dy: float) -> PageItem:
    """The same mark further down, to a thousandth of a point."""
    if isinstance(item, TextPiece):
        return replace(item, baseline=round(item.baseline + dy, 3))
    if isinstance(item, StraightLine):
        return replace(item, y1=round(item.y1 + dy, 3), y2=round(item.y2 + dy, 3))
    return replace(item, y=round(item.y + dy, 3))


def shifted(item: PageItem, dx: float) -> PageItem:
    """The same mark further right, to a thousandth of a point."""
    if isinstance(item, StraightLine):
        return replace(item, x1=round(item.x1 + dx, 3), x2=round(item.x2 + dx, 3))
    return replace(item, x=round(item.x + dx, 3))


def as_artifact(item: PageItem) -> PageItem | None:
    """The mark without its node: decoration, or the repetition of what was said before."""
    if isinstance(item, LinkArea | FieldArea):
        return None
    if isinstance(item, TextPiece):
        return replace(item, node=None, link=None)
    if isinstance(item, StraightLine):
        return item
    return replace(item, node=None)


def as_artifacts(strip: Strip) -> Strip:
    """The strip where it stands for another time: all its marks are artifacts."""
    text = place_line(strip.text, 0.0) if strip.text else []
    columns, flowed = strip.columns, strip.flowed
    return replace(
        strip,
        items=_artifacts((*strip.items, *text)),
        text=None,
        columns=columns and ColumnMarks(columns.whole, tuple(map(_artifacts, columns.items))),
        flowed=flowed and replace(flowed, strips=tuple(map(as_artifacts, flowed.strips))),
    )


def _artifacts(items: Sequence[PageItem]) -> tuple[PageItem, ...]:
    return tuple(artifact for artifact in map(as_artifact, items) if artifact is not None)


def _shared(above: Strip, below: Strip) -> int:
    count = 0
    for one, other in zip(above.enclosures, below.enclosures, strict=False):
        if one is not other:
            break
        count += 1
    return count
