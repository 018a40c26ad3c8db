"""Rows of a table: cells side by side, and rows that a cell joins."""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import Span
from docgen.document import Align, Block, PlacedCell, TableColumn
from docgen.typeset.beside import bands, strips_side_by_side
from docgen.typeset.filling import TOLERANCE
from docgen.typeset.pages import StraightLine
from docgen.typeset.setting import Room, Setting
from docgen.typeset.stack import Stack, stack
from docgen.typeset.strips import Enclosure, Hold, Strip, moved

Flow = Callable[[Sequence[Block], Room, Setting, Align], list[Strip]]
"""Sets blocks in a room, their text aligned as said; given by the dispatcher of blocks."""
PlacedRow = tuple[PlacedCell, ...]
_MOST_WHOLE = 0.4
"""Joined rows that fill more of a page may be divided: half-empty pages look unfinished."""


class TableGrid(Struct, frozen=True, eq=False):
    """Where the columns of one table stand, and how their cells are set."""

    columns: tuple[TableColumn, ...]
    edges: list[float]
    """Left edges of the columns and the right edge of the last one, in points."""
    flow: Flow

    def header(self, rows: Sequence[PlacedRow], setting: Setting) -> list[Strip]:
        """Header rows; a head over several of them stands at their foot, close to its column."""
        joined = self._joined_rows(rows, setting)
        return self._strips(replace(joined, at_foot=True), setting, setting.page_room)

    def rows(self, rows: Sequence[PlacedRow], setting: Setting) -> list[Strip]:
        """A row, or rows that cells join: one strip, unless they fill too much of a page.

        A cell that spans rows stands beside them; what it needs more makes its last row taller.
        Tall rows are divided between them, or else wherever no line of text crosses the cut. A
        cell that goes on over a page can be read there again, as an artifact.
        """
        most = setting.page_room * (1.0 if len(rows) == 1 else _MOST_WHOLE)
        return self._strips(self._joined_rows(rows, setting), setting, most)

    def _joined_rows(self, rows: Sequence[PlacedRow], setting: Setting) -> "_JoinedRows":
        cells = [self._set(placed, setting) for row in rows for placed in row]
        first = rows[0][0].row
        heights = _heights(cells, first, len(rows), setting)
        edges = [0.0, *(round(edge, 3) for edge in accumulate(heights))]
        return _JoinedRows(cells, first, edges, setting)

    def _set(self, placed: PlacedCell, setting: Setting) -> "_SetCell":
        padding = setting.sheet.tables.padding_x
        left, right = self.edges[placed.column], self.edges[placed.columns.stop]
        inside = Room(left + padding, right - left - 2 * padding)
        align = self.columns[placed.column].align
        strips = self.flow(placed.cell.blocks, inside, setting, align)
        return _SetCell(placed, strips, stack(strips))

    def _strips(self, joined: "_JoinedRows", setting: Setting, most: float) -> list[Strip]:
        rules = list(self._rules(joined, setting))
        height = joined.edges[-1]
        if height <= most:
            placed = ((cell, joined.top(cell)) for cell in joined.cells)
            items = [item for cell, top in placed for item in cell.stack.items(top)]
            return [Strip(height, (*items, *rules), origin=joined.origin)]
        columns = [bands(cell.strips, cell.stack, joined.top(cell)) for cell in joined.cells]
        strips = strips_side_by_side(columns, height, joined.origin, joined.edges)
        if len(strips) > 1 and joined.tallest > setting.page_room:
            _report(joined.origin, setting)
        return _read_again(_held_and_ruled(strips, joined.edges, rules), joined)

    def _rules(self, joined: "_JoinedRows", setting: Setting) -> Iterator[StraightLine]:
        """The rules below the cells that end in each row; none crosses a cell."""
        style = setting.sheet.tables
        placed = [cell.placed for cell in joined.cells]
        for number, y in enumerate(joined.edges[1:], joined.first + 1):
            for left, right in _merged([one.columns for one in placed if one.rows.stop == number]):
                x1, x2 = round(self.edges[left], 3), round(self.edges[right], 3)
                yield StraightLine(x1, y, x2, y, style.rule_colour, style.rule_width)


def joined_rows(rows: Sequence[PlacedRow]) -> list[list[PlacedRow]]:
    """The rows of a table, those together that a cell spans."""
    groups: list[list[PlacedRow]] = []
    reach = 0
    for number, row in enumerate(rows):
        if number >= reach:
            groups.append([])
        groups[-1].append(row)
        reach = max(reach, *(placed.rows.stop for placed in row))
    return groups


class _SetCell(Struct, frozen=True, eq=False):
    placed: PlacedCell
    strips: list[Strip]
    stack: Stack


class _JoinedRows(Struct, frozen=True, eq=False):
    """Set rows in their places; heights are counted from the top of the first, in points."""

    cells: list[_SetCell]
    first: int
    """The number of the first row in its table."""
    edges: list[float]
    """The top of the first row, and the bottom of each."""
    setting: Setting
    at_foot: bool = False

    @property
    def tallest(self) -> float:
        return max(below - above for above, below in zip(self.edges, self.edges[1:], strict=False))

    @property
    def origin(self) -> Span | None:
        origins = (cell.placed.cell.origin for cell in self.cells)
        return next((origin for origin in origins if origin), None)

    def top(self, cell: _SetCell) -> float:
        """Where the content of a cell starts."""
        padding = self.setting.sheet.tables.padding_y
        if self.at_foot:
            return self.bottom(cell) - padding - self.setting.on_grid(cell.stack.height)
        return self.edges[cell.placed.row - self.first] + padding

    def bottom(self, cell: _SetCell) -> float:
        """Where a cell ends."""
        return self.edges[cell.placed.rows.stop - self.first]


def _heights(cells: Sequence[_SetCell], first: int, count: int, setting: Setting) -> list[float]:
    """The heights of rows: of the cells in one row alone, then more for those that span several.

    Cells that span rows come in the order in which they end, since what one adds to its last row
    counts for those that reach further. A cell of 60 pt over rows of 20 and 24 pt makes the second
    40 pt tall; one of 90 pt over the same two and a third of 20 pt then needs 10 pt more there.
    """
    padding = 2 * setting.sheet.tables.padding_y
    heights = [0.0] * count
    spanning: list[_SetCell] = []
    for cell in cells:
        row = cell.placed.row - first
        if cell.placed.cell.row_span > 1:
            spanning.append(cell)
        elif cell.stack.height > heights[row]:
            heights[row] = cell.stack.height
    empty = setting.style("table-cell").leading
    heights = [(setting.on_grid(height) or empty) + padding for height in heights]
    for cell in sorted(spanning, key=lambda cell: cell.placed.rows.stop):
        within = slice(cell.placed.row - first, cell.placed.rows.stop - first)
        needed = setting.on_grid(cell.stack.height) + padding
        heights[within.stop - 1] += max(needed - sum(heights[within]), 0.0)
    return heights


def _merged(ranges: Sequence[range]) -> list[tuple[int, int]]:
    """Where ranges start and stop, neighbouring ones as one."""
    merged: list[tuple[int, int]] = []
    for start, stop in sorted((columns.start, columns.stop) for columns in ranges):
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], stop)
        else:
            merged.append((start, stop))
    return merged


def _held_and_ruled(
    strips: Sequence[Strip], edges: Sequence[float], rules: Sequence[StraightLine]
) -> list[Strip]:
    """Strips of divided rows with their rules; where there are several rows, a page would rather
    break between them than within one."""
    ruled: list[Strip] = []
    for strip, top, bottom in zip(strips, *_extents(strips), strict=True):
        below = (moved(rule, -top) for rule in rules if top < rule.y1 <= bottom)
        hold = strip.hold
        if len(edges) > 2 and bottom not in edges:  # noqa: PLR2004 - the edges of one row
            hold = max(hold, Hold.TOGETHER)
        ruled.append(replace(strip, items=(*strip.items, *below), hold=hold))
    return ruled


def _read_again(strips: list[Strip], joined: _JoinedRows) -> list[Strip]:
    """Lets a cell that spans rows be read again on a page that starts below its content, as long
    as there is room for it.

    "Before surgery", 14 pt tall, may span rows from 0 to 200 pt, in strips that begin at 0, 40, 80,
    120 and 190. A page that begins at 40, 80 or 120 shows none of it: there it is repeated. One
    that begins at 0 has the cell itself; below 190 it would reach into the rows of the next one.
    Where a page begins is not known yet. So the words are a head of an enclosure, which
    ``stack`` repeats wherever a page begins with a strip that shares it with the strip before:
    the enclosure must reach one strip further up than the first page may begin.
    """
    padding = joined.setting.sheet.tables.padding_y
    tops, _ = _extents(strips)
    for cell in joined.cells:
        end = joined.top(cell) + cell.stack.height - TOLERANCE
        last = joined.bottom(cell) - padding - cell.stack.height + TOLERANCE
        starts = [index for index, top in enumerate(tops) if end <= top <= last]
        if not starts or cell.placed.cell.row_span == 1 or not cell.stack.placed:
            continue
        content = Strip(0.0, tuple(cell.stack.items(padding)))
        around = Enclosure(0.0, 0.0, 0.0, 0.0, repeated=content)
        for index in range(starts[0] - 1, starts[-1] + 1):
            enclosures = (*strips[index].enclosures, around)
            strips[index] = replace(strips[index], enclosures=enclosures)
    return strips


def _extents(strips: Sequence[Strip]) -> tuple[list[float], list[float]]:
    """The tops and the bottoms of strips one below the other, to a thousandth of a point."""
    bottoms = [round(bottom, 3) for bottom in accumulate(strip.height for strip in strips)]
    return [0.0, *bottoms[:-1]], bottoms


def _report(origin: Span | None, setting: Setting) -> None:
    setting.findings.warning(
        "tall-row",
        "a row of this table is taller than a page and was divided",
        origin,
        "say it in several rows, or make its column wider",
    )
