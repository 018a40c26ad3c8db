"""Tables, key facts and columns: widths, then rows of cells side by side."""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct

from docgen.diagnostics import Span
from docgen.document import (
    Align,
    Block,
    Columns,
    KeyFacts,
    PlacedCell,
    Row,
    Table,
    placed_cells,
)
from docgen.typeset.beside import beside
from docgen.typeset.pages import Box, Line, PageItem
from docgen.typeset.setting import Room, Setting
from docgen.typeset.strips import Enclosure, Hold, Strip, enclosed, moved_strip, spaced
from docgen.typeset.widths import shared_widths, table_widths

_MOST_WHOLE = 0.4
"""Columns that fill more of a page may be divided: half-empty pages look unfinished."""
Flow = Callable[[Sequence[Block], Room, Setting, Align], list[Strip]]
"""Sets blocks in a room, their text aligned as said; given by the dispatcher of blocks."""


def column_strips(columns: Columns, room: Room, setting: Setting, flow: Flow) -> list[Strip]:
    """Blocks side by side, as wide as their slots say."""
    gap = setting.sheet.column_gap
    widths = shared_widths([slot.width for slot in columns.slots], room.width, gap, setting)
    flows: list[list[Strip]] = []
    x = room.x
    for slot, width in zip(columns.slots, widths, strict=True):
        flows.append(flow(slot.blocks, Room(x, width), setting, "left"))
        x += width + gap
    before = max((strips[0].before for strips in flows if strips), default=0.0)
    after = max((strips[-1].after for strips in flows if strips), default=0.0)
    return spaced(beside(flows, setting, columns.origin, _MOST_WHOLE), before, after)


def fact_strips(facts: KeyFacts, room: Room, setting: Setting, flow: Flow) -> list[Strip]:
    """Labels over values, in rows of ``across`` facts."""
    gap = setting.sheet.column_gap
    across = min(facts.across, len(facts.facts)) or 1
    width = (room.width - gap * (across - 1)) / across
    body = setting.style("body")
    strips: list[Strip] = []
    for first in range(0, len(facts.facts), across):
        flows = [
            flow(
                (fact.label, *fact.blocks),
                Room(room.x + column * (width + gap), width),
                setting,
                "left",
            )
            for column, fact in enumerate(facts.facts[first : first + across])
        ]
        strips.extend(spaced(beside(flows, setting, facts.origin), body.after, body.after))
    return strips


def table_strips(table: Table, room: Room, setting: Setting, flow: Flow) -> list[Strip]:
    """A row a strip; the header row stands again on every page that the table reaches."""
    style = setting.sheet.tables
    rows = _Rows(table, table_widths(table.columns, _cells(table), room.width, setting), room, flow)
    header = rows.header(setting)
    enclosure = Enclosure(
        room.x, room.width, style.before, style.after, repeated=header[0] if header else None
    )
    below = sum(strip.height for strip in header)
    shorter = msgspec.structs.replace(setting, page_room=setting.page_room - below)
    body = [strip for row in table.rows for strip in rows.row(row, shorter)]
    return enclosed([*header, *body], enclosure)


class _Rows(Struct, frozen=True):
    """Sets the rows of one table, whose columns are ``widths`` points wide."""

    table: Table
    widths: list[float]
    room: Room
    flow: Flow

    def header(self, setting: Setting) -> list[Strip]:
        fill = setting.sheet.tables.header_fill
        return [
            msgspec.structs.replace(_shaded(strip, self.room, fill), hold=Hold.HEADING)
            for row in self.table.header
            for strip in self.row(row, setting)
        ]

    def row(self, row: Row, setting: Setting) -> list[Strip]:
        style = setting.sheet.tables
        flows: list[list[Strip]] = []
        x = self.room.x
        for cell, column, width in zip(row.cells, self.table.columns, self.widths, strict=True):
            inside = Room(x + style.padding_x, width - 2 * style.padding_x)
            flows.append(self.flow(cell.blocks, inside, setting, column.align))
            x += width
        inner = msgspec.structs.replace(setting, page_room=setting.page_room - 2 * style.padding_y)
        strips = beside(flows, inner, _origin(row)) or [Strip(setting.style("table-cell").leading)]
        if len(strips) > 1:
            setting.findings.warning(
                "tall-row",
                "a row of this table is taller than a page and was divided",
                _origin(row),
                "say it in several rows, or make its column wider",
            )
        return _ruled(_padded(strips, style.padding_y), self.room, setting)


def _origin(row: Row) -> Span | None:
    return next((cell.origin for cell in row.cells if cell.origin), None)


def _padded(strips: list[Strip], padding: float) -> list[Strip]:
    first = moved_strip(strips[0], padding)
    first = msgspec.structs.replace(first, height=first.height + padding)
    strips = [first, *strips[1:]]
    last = strips[-1]
    return [*strips[:-1], msgspec.structs.replace(last, height=last.height + padding)]


def _ruled(strips: list[Strip], room: Room, setting: Setting) -> list[Strip]:
    style = setting.sheet.tables
    last = strips[-1]
    right = round(room.x + room.width, 3)
    rule = Line(room.x, last.height, right, last.height, style.rule_colour, style.rule_width)
    return [*strips[:-1], msgspec.structs.replace(last, items=(*last.items, rule))]


def _shaded(strip: Strip, room: Room, fill: str | None) -> Strip:
    if fill is None:
        return strip
    shade: PageItem = Box(room.x, 0, round(room.width, 3), strip.height, fill=fill)
    return msgspec.structs.replace(strip, items=(shade, *strip.items))


def _cells(table: Table) -> list[PlacedCell]:
    grids = (placed_cells(rows, len(table.columns)) for rows in (table.header, table.rows))
    return [placed for grid in grids for row in grid for placed in row]
