"""Large print: the measures of a real reflow for readers with low vision.

At least 18 pt (APH, Guidelines for the Development of Documents in Large Print), lines one and a
half times as high as their type, no longer than 6 inches and flush left. Type grows and lines get
shorter together, so everything is set anew; nothing is enlarged as a picture.
"""

from collections.abc import Mapping
from math import ceil

from msgspec.structs import replace

from docgen.document import ListStyle, PageSetup, TableStyle, TextStyle
from docgen.layouts.leaves import Points
from docgen.layouts.paper import Body

LEAST_SIZE = 18.0
"""Smallest type in points."""
LEADING = 1.5
"""Distance of the baselines of running text, as a multiple of its size."""
LONGEST_LINE = 6 * 72.0
"""Longest line in points."""
_HEADING_LEADING = 1.2
_LEAST_MARGIN = 0.75 * 72
_MARGIN_SHARE = 0.1
"""On paper smaller than a sheet, margins need not be wider than this share of its side."""
_GROWTH = 0.5
"""What is larger than the body stands out by half as much: titles would fill the page."""
_CLOSE = ("label", "caption", "table-", "furniture")
"""Starts of the names of styles whose text belongs to what is next to it."""


def large_body(body: Body) -> Body:
    """Size and leading of the body in large print; space between blocks is never halved."""
    size = max(body.size.value, LEAST_SIZE)
    ratio = max(body.leading.value / body.size.value, LEADING)
    return replace(body, size=Points(size), leading=Points(ratio * size), dense=False)


def large_text(styles: Mapping[str, TextStyle], body: Body) -> dict[str, TextStyle]:
    """Text styles, resolved at the large ``body``, of which none is smaller than its text."""
    least = _running(styles["body"], body.size.value, body.leading.value, body)
    large: dict[str, TextStyle] = {}
    for name, style in styles.items():
        if name.startswith("heading-"):
            large[name] = _enlarged_heading(style, least.size, body)
            continue
        running = _running(style, least.size, least.leading, body)
        large[name] = running if name.startswith(_CLOSE) else _apart(running, body)
    return large


def large_lists(lists: ListStyle, body: Body) -> ListStyle:
    """Lists whose items stand apart: with so much leading, they would read as one paragraph."""
    return replace(lists, item_gap=max(lists.item_gap, body.leading.value / 2))


def large_tables(tables: TableStyle, body: Body) -> TableStyle:
    """Tables that stand apart from their heading: their column heads are as bold as it is."""
    return replace(tables, before=max(tables.before, body.leading.value / 2))


def large_page(page: PageSetup) -> PageSetup:
    """The page with margins that are calm and keep lines short; none gets narrower."""
    across = min(_LEAST_MARGIN, _MARGIN_SHARE * page.width)
    down = min(_LEAST_MARGIN, _MARGIN_SHARE * page.height)
    left, right = max(page.left, across), max(page.right, across)
    spare = max(page.width - left - right - LONGEST_LINE, 0.0)
    return replace(
        page,
        top=max(page.top, down),
        right=right + spare / 2,
        bottom=max(page.bottom, down),
        left=left + spare / 2,
    )


def _running(style: TextStyle, least: float, leading: float, body: Body) -> TextStyle:
    """Its size gives way to its leading: half a line more for a little larger type is too loose."""
    leading = max(style.leading, leading)
    size = min(_damped(style.size, body.size.value), leading / LEADING)
    return replace(style, size=max(size, least), leading=leading, align="left")


def _enlarged_heading(style: TextStyle, least: float, body: Body) -> TextStyle:
    size = max(_damped(style.size, body.size.value), least)
    grid = body.leading.value / 2
    steps = max(ceil(size * _HEADING_LEADING / grid - 0.001), 2)
    return replace(style, size=size, leading=steps * grid, align="left")


def _apart(style: TextStyle, body: Body) -> TextStyle:
    """Paragraphs of no space between them get half a line: they would read as one."""
    if style.before or style.after:
        return style
    return replace(style, after=body.leading.value / 2)


def _damped(size: float, body_size: float) -> float:
    return size if size < body_size else body_size + _GROWTH * (size - body_size)
