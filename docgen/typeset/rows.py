"""Rows of a table: cells side by side, and rows that a cell joins."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import Span
from docgen.document import Align, Block, PlacedCell, TableColumn
from docgen.typeset.beside import bands, divided
from docgen.typeset.pages import Line
from docgen.typeset.setting import Room, Setting
from docgen.typeset.stack import Stack, stack
from docgen.typeset.strips import Hold, Strip, moved

Flow = Callable[[Sequence[Block], Room, Setting, Align], list[Strip]]
"""Sets blocks in a room, their text aligned as said; given by the dispatcher of blocks."""
PlacedRow = tuple[PlacedCell, ...]


class SetCell(Struct, frozen=True, eq=False):
    """A cell whose content is set, one piece below the other."""

    placed: PlacedCell
    strips: list[Strip]
    stack: Stack


class Grid(Struct, frozen=True, eq=False):
    """Where the columns of one table stand, and how their cells are set."""

    columns: tuple[TableColumn, ...]
    edges: list[float]
    """Left edges of the columns and the right edge of the last one, in points."""
    flow: Flow

    def strips(self, rows: Sequence[PlacedRow], setting: Setting) -> list[Strip]:
        """Rows that stay together: one strip, or several where they are taller than a page.

        A cell that spans rows stands beside them; what it needs more makes its last row taller.
        Rows that are too tall together are divided between rows, or else wherever no line of text
        crosses the cut; what a cell says stays as near to its top as it can be.
        """
        cells = [self._set(placed, setting) for row in rows for placed in row]
        heights = _heights(rows, cells, setting)
        edges = _sums(heights)
        first = rows[0][0].row
        padding = setting.sheet.tables.padding_y
        tops = [edges[cell.placed.row - first] + padding for cell in cells]
        rules = list(self._rules(cells, edges, first, setting))
        origin = _origin(rows)
        if edges[-1] <= setting.page_room:
            tops_of_cells = zip(cells, tops, strict=True)
            items = [item for cell, top in tops_of_cells for item in cell.stack.items(top)]
            return [Strip(edges[-1], (*items, *rules), origin=origin)]
        columns = [
            bands(cell.strips, cell.stack, top) for cell, top in zip(cells, tops, strict=True)
        ]
        strips = divided(columns, edges[-1], origin, edges)
        if len(strips) > 1 and max(heights) > setting.page_room:
            _report(origin, setting)
        return _held_and_ruled(strips, edges, rules)

    def _set(self, placed: PlacedCell, setting: Setting) -> SetCell:
        padding = setting.sheet.tables.padding_x
        left, right = self.edges[placed.column], self.edges[placed.columns.stop]
        inside = Room(left + padding, right - left - 2 * padding)
        align = self.columns[placed.column].align
        strips = self.flow(placed.cell.blocks, inside, setting, align)
        return SetCell(placed, strips, stack(strips))

    def _rules(
        self, cells: Sequence[SetCell], edges: Sequence[float], first: int, setting: Setting
    ) -> Iterator[Line]:
        """The rules below the cells that end in each row; none crosses a cell."""
        style = setting.sheet.tables
        for number, y in enumerate(edges[1:], first + 1):
            ending = [cell.placed.columns for cell in cells if cell.placed.rows.stop == number]
            for left, right in _joined(sorted(ending, key=lambda columns: columns.start)):
                x1, x2 = round(self.edges[left], 3), round(self.edges[right], 3)
                yield Line(x1, y, x2, y, style.rule_colour, style.rule_width)


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


def _heights(rows: Sequence[PlacedRow], cells: Sequence[SetCell], setting: Setting) -> list[float]:
    first = rows[0][0].row
    padding = 2 * setting.sheet.tables.padding_y
    heights = [0.0] * len(rows)
    spanning: list[SetCell] = []
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


def _sums(heights: Sequence[float]) -> list[float]:
    """The edges of bands that stand one below the other, to a thousandth of a point."""
    edges = [0.0]
    for height in heights:
        edges.append(round(edges[-1] + height, 3))
    return edges


def _joined(ranges: Sequence[range]) -> list[tuple[int, int]]:
    """Ranges in order, neighbouring ones as one: where each starts and stops."""
    joined: list[tuple[int, int]] = []
    for columns in ranges:
        if joined and joined[-1][1] == columns.start:
            joined[-1] = (joined[-1][0], columns.stop)
        else:
            joined.append((columns.start, columns.stop))
    return joined


def _held_and_ruled(
    strips: Sequence[Strip], edges: Sequence[float], rules: Sequence[Line]
) -> list[Strip]:
    """Strips of divided rows with their rules; where there are several rows, a page would rather
    break between them than within one."""
    ruled: list[Strip] = []
    top = 0.0
    for strip in strips:
        bottom = round(top + strip.height, 3)
        below = (moved(rule, -top) for rule in rules if top < rule.y1 <= bottom)
        hold = strip.hold
        if len(edges) > 2 and bottom not in edges:  # noqa: PLR2004 - the edges of one row
            hold = max(hold, Hold.TOGETHER)
        ruled.append(replace(strip, items=(*strip.items, *below), hold=hold))
        top = bottom
    return ruled


def _origin(rows: Sequence[PlacedRow]) -> Span | None:
    origins = (placed.cell.origin for row in rows for placed in row)
    return next((origin for origin in origins if origin), None)


def _report(origin: Span | None, setting: Setting) -> None:
    setting.findings.warning(
        "tall-row",
        "a row of this table is taller than a page and was divided",
        origin,
        "say it in several rows, or make its column wider",
    )
