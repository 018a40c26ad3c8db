"""Tables, key facts and columns: widths, then rows of cells side by side."""

from collections.abc import Sequence

import msgspec

from docgen.document import Columns, KeyFacts, Table, placed_cells
from docgen.typeset.beside import beside
from docgen.typeset.pages import Box, PageItem
from docgen.typeset.rows import Flow, PlacedRow, TableGrid, joined_rows
from docgen.typeset.setting import Room, Setting
from docgen.typeset.stacked import stacked_strips
from docgen.typeset.strips import Enclosure, Hold, Strip, enclosed, with_space_around
from docgen.typeset.widths import shared_widths, table_widths

_MOST_WHOLE = 0.4
"""Columns that fill more of a page may be divided: half-empty pages look unfinished."""
_MOST_HEADER = 0.5
"""Header rows that fill more of a page stand on the first one only."""


def column_strips(columns: Columns, room: Room, setting: Setting, flow: Flow) -> list[Strip]:
    """Blocks side by side, as wide as their slots say."""
    if setting.sheet.stacked:
        return [
            strip for slot in columns.slots for strip in flow(slot.blocks, room, setting, "left")
        ]
    gap = setting.sheet.column_gap
    widths = shared_widths([slot.width for slot in columns.slots], room.width, gap)
    flows: list[list[Strip]] = []
    x = room.x
    for slot, width in zip(columns.slots, widths, strict=True):
        flows.append(flow(slot.blocks, Room(x, width), setting, "left"))
        x += width + gap
    before = max((strips[0].before for strips in flows if strips), default=0.0)
    after = max((strips[-1].after for strips in flows if strips), default=0.0)
    return with_space_around(beside(flows, setting, columns.origin, _MOST_WHOLE), before, after)


def fact_strips(facts: KeyFacts, room: Room, setting: Setting, flow: Flow) -> list[Strip]:
    """Labels over values, in rows of ``across`` facts."""
    if setting.sheet.stacked:
        return _stacked_facts(facts, room, setting, flow)
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
        strips.extend(
            with_space_around(beside(flows, setting, facts.origin), body.after, body.after)
        )
    return strips


def _stacked_facts(facts: KeyFacts, room: Room, setting: Setting, flow: Flow) -> list[Strip]:
    after = setting.style("body").after
    strips: list[Strip] = []
    for fact in facts.facts:
        label = [
            msgspec.structs.replace(strip, hold=Hold.HEADING)
            for strip in flow((fact.label,), room, setting, "left")
        ]
        value = flow(fact.blocks, room, setting, "left")
        strips.extend(with_space_around([*label, *value], after, after))
    return strips


def table_strips(table: Table, room: Room, setting: Setting, flow: Flow) -> list[Strip]:
    """A row a strip, or rows that a cell joins; the header rows stand again on every page that the
    table reaches. In large print each row is a record."""
    if setting.sheet.stacked:
        return stacked_strips(table, room, setting, flow)
    style = setting.sheet.tables
    header_rows = placed_cells(table.header, len(table.columns))
    rows = placed_cells(table.rows, len(table.columns))
    cells = [placed for row in (*header_rows, *rows) for placed in row]
    widths = table_widths(table.columns, cells, room.width, setting)
    lefts = [room.x + sum(widths[:index]) for index in range(len(widths))]
    grid = TableGrid(table.columns, [*lefts, room.x + room.width], flow)
    header = _header(grid, header_rows, room, setting)
    again = header[0] if _can_stand_again(header, setting) else None
    left = setting.page_room - (again.height if again else 0.0)
    shorter = msgspec.structs.replace(setting, page_room=left)
    body = [strip for joined in joined_rows(rows) for strip in grid.rows(joined, shorter)]
    around = Enclosure(room.x, room.width, style.before, style.after, repeated=again)
    return enclosed([*header, *body], around)


def _can_stand_again(header: Sequence[Strip], setting: Setting) -> bool:
    """Whether header rows leave room for others on every page."""
    return len(header) == 1 and header[0].height <= _MOST_HEADER * setting.page_room


def _header(
    grid: TableGrid, rows: Sequence[PlacedRow], room: Room, setting: Setting
) -> list[Strip]:
    if not rows:
        return []
    fill = setting.sheet.tables.header_fill
    return [
        msgspec.structs.replace(_shaded(strip, room, fill), hold=Hold.HEADING)
        for strip in grid.header(rows, setting)
    ]


def _shaded(strip: Strip, room: Room, fill: str | None) -> Strip:
    if fill is None:
        return strip
    shade: PageItem = Box(room.x, 0, round(room.width, 3), strip.height, fill=fill)
    return msgspec.structs.replace(strip, items=(shade, *strip.items))
