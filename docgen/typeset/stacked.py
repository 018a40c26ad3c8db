"""Tables in large print: each row a record, its cells one below the other over the full width."""

from collections.abc import Sequence

from msgspec.structs import replace

from docgen.document import PlacedCell, Table, TableCell, placed_cells
from docgen.typeset.pages import StraightLine
from docgen.typeset.rows import Flow, PlacedRow
from docgen.typeset.setting import Room, Setting
from docgen.typeset.stack import stack
from docgen.typeset.strips import (
    Enclosure,
    Hold,
    Strip,
    as_artifacts,
    enclosed,
    holding_on,
    with_space_around,
)

_MOST_WHOLE = 0.4
"""Records that fill more of a page may be divided between their cells: half-empty pages look
unfinished."""


def stacked_strips(table: Table, room: Room, setting: Setting, flow: Flow) -> list[Strip]:
    """Every row from its first cell to its last, each under the heads of its columns.

    A head stands before what it heads: that of a group before those of its columns, and once a
    row. It is said with the first cell under it that is not empty, and stands again, as an
    artifact, in the rows below. An empty cell is left out; a head that has no other cells is said
    in its place of the first row. So is a cell that spans rows: said in the first of them, and an
    artifact in the others, since a record must be complete by itself. A row that goes on over a
    page shows its row header there again. A rule ends each row.
    """
    records = _Records(table, room, setting, flow)
    strips = [strip for number in range(len(table.rows) or 1) for strip in records.record(number)]
    style = setting.sheet.tables
    return enclosed(strips, Enclosure(room.x, room.width, style.before, style.after))


class _Records:
    """The rows of one table; what was said once is an artifact from then on."""

    def __init__(self, table: Table, room: Room, setting: Setting, flow: Flow) -> None:
        sheet = setting.sheet
        count = len(table.columns)
        rows = placed_cells(table.rows, count)
        self._room = room
        self._setting = setting
        self._flow = flow
        # The look of table heads is made for their own background.
        looks = {**sheet.text, "table-head": sheet.text["label"]}
        self._labels = replace(setting, sheet=replace(sheet, text=looks))
        self._heads = [placed for row in placed_cells(table.header, count) for placed in row]
        self._rows = _covered(rows)
        cells = [placed for row in rows for placed in row]
        self._content = {
            placed.cell: flow(placed.cell.blocks, room, setting, "left") for placed in cells
        }
        said = [placed for placed in cells if self._content[placed.cell]]
        self._used = {head.cell for placed in said for head in self._above(placed)}
        self._said: set[TableCell] = set()

    def record(self, number: int) -> list[Strip]:
        """One row; of a table without rows, its heads."""
        strips: list[Strip] = []
        shown: set[TableCell] = set()
        name = slice(0)
        for placed in self._rows[number] if self._rows else self._heads:
            said = self._cell_strips(placed, shown, is_first=number == 0)
            if said and placed.cell.row_header and not name.stop:
                name = slice(len(strips), len(strips) + len(said))
            strips += with_space_around(said, self._setting.sheet.grid, 0.0)
        return self._ruled(_under_row_header(strips, name, self._setting)) if strips else []

    def _cell_strips(
        self, placed: PlacedCell, shown: set[TableCell], *, is_first: bool
    ) -> list[Strip]:
        """A cell below those of its heads that the row did not show yet."""
        content = self._content.get(placed.cell, [])
        heads: list[Strip] = []
        for head in self._above(placed):
            missing = is_first and head.cell not in self._used
            if head.cell not in shown and (content or missing):
                shown.add(head.cell)
                heads += self._head_strips(head.cell)
        return [*heads, *self._once(placed.cell, with_space_around(content, 0.0, 0.0))]

    def _above(self, placed: PlacedCell) -> list[PlacedCell]:
        """The heads of a cell's columns, column by column from the top."""
        over = [head for head in self._heads if _meet(head.columns, placed.columns)]
        return sorted(over, key=lambda head: (max(head.column, placed.column), head.row))

    def _head_strips(self, cell: TableCell) -> list[Strip]:
        strips = self._flow(cell.blocks, self._room, self._labels, "left")
        announcing = [replace(strip, hold=Hold.HEADING) for strip in strips]
        return self._once(cell, with_space_around(announcing, 0.0, 0.0))

    def _once(self, cell: TableCell, strips: list[Strip]) -> list[Strip]:
        if cell in self._said:
            return [as_artifacts(strip) for strip in strips]
        self._said.add(cell)
        return strips

    def _ruled(self, strips: list[Strip]) -> list[Strip]:
        style = self._setting.sheet.tables
        height = self._setting.sheet.grid
        right = round(self._room.x + self._room.width, 3)
        middle = round(height / 2, 3)
        rule = StraightLine(
            self._room.x, middle, right, middle, style.rule_colour, style.rule_width
        )
        *above, last = strips
        above.append(replace(last, hold=max(last.hold, Hold.LINES)))
        record = [*above, Strip(height, (rule,))]
        whole = stack(record).height <= _MOST_WHOLE * self._setting.page_room
        return holding_on(record, Hold.TOGETHER) if whole else record


def _under_row_header(strips: list[Strip], name: slice, setting: Setting) -> list[Strip]:
    """A record with its row header, which stands again on each page that the rest goes over to."""
    grid = setting.sheet.grid
    content = stack(strips[name])
    tallest = max((strip.height for strip in strips), default=0.0)
    if not name.stop or content.height + grid + tallest > setting.page_room:
        return strips
    again = Strip(content.height + grid, tuple(content.items(0.0)))
    start = name.stop - 1
    around = Enclosure(0.0, 0.0, strips[start].before, 0.0, repeated=again)
    # A name at the foot of a page, with nothing that it names, would only be in the way.
    last = replace(strips[start], hold=max(strips[start].hold, Hold.LINES))
    return [*strips[:start], *enclosed([last, *strips[name.stop :]], around)]


def _covered(rows: Sequence[PlacedRow]) -> list[list[PlacedCell]]:
    """The cells that stand in each row, those among them that began above, from left to right."""
    covered: list[list[PlacedCell]] = [[] for _ in rows]
    for row in rows:
        for placed in row:
            for number in placed.rows:
                covered[number].append(placed)
    return [sorted(row, key=lambda placed: placed.column) for row in covered]


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
