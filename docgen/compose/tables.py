"""Tables of a document: heads, rows, and the cells that stand for several of them."""

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from docgen.compose.filling import Filling
from docgen.document import (
    Block,
    Inline,
    ListBlock,
    Paragraph,
    Share,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    TextRun,
    Width,
)
from docgen.layouts import ColumnWidth
from docgen.layouts.model import ColumnEntry, TableBlock
from docgen.source import TextNode

Content = tuple[object, ...]


def compose_table(filling: Filling, block: TableBlock) -> tuple[Block, ...]:
    """A table with a row for every item, or nothing where there are none."""
    cells = [
        [_body_cell(item, entry) for entry in block.columns] for item in filling.items(block.rows)
    ]
    if not cells:
        return ()
    columns = tuple(TableColumn(width_of(entry.width), entry.align) for entry in block.columns)
    return (Table(columns, _header(filling, block), _merged(cells, block), block.span),)


def width_of(width: ColumnWidth | None) -> Width:
    """The width of a column that a layout asks for: a share where it says nothing."""
    return width.width if width else Share()


def _body_cell(filling: Filling, entry: ColumnEntry) -> TableCell:
    blocks = filling.blocks(entry.text, "table-cell")
    # What says nothing names nothing.
    return TableCell(blocks, entry.text.span, row_header=entry.row_header and bool(blocks))


def _header(filling: Filling, block: TableBlock) -> tuple[TableRow, ...]:
    """The heads of the columns; those of groups, where there are any, in a row above."""
    grouped = any(entry.group for entry in block.columns)
    heads = [
        _head_cell(filling, entry.heading, row_span=2 if grouped and not entry.group else 1)
        for entry in block.columns
    ]
    if not grouped:
        return (TableRow(tuple(heads)),)
    upper: list[TableCell] = []
    for _, members in groupby(zip(block.columns, heads, strict=True), _group_name):
        columns = list(members)
        group = columns[0][0].group
        if group is None:
            upper += [head for _, head in columns]
        else:
            upper.append(_head_cell(filling, group, column_span=len(columns)))
    lower = (head for head, entry in zip(heads, block.columns, strict=True) if entry.group)
    return TableRow(tuple(upper)), TableRow(tuple(lower))


def _group_name(column: tuple[ColumnEntry, TableCell]) -> str | None:
    return column[0].group.value if column[0].group else None


def _head_cell(
    filling: Filling, text: TextNode, *, column_span: int = 1, row_span: int = 1
) -> TableCell:
    head = Paragraph(filling.line(text, "table-head"), "table-head", text.span)
    return TableCell((head,), text.span, column_span, row_span)


def _merged(cells: list[list[TableCell]], block: TableBlock) -> tuple[TableRow, ...]:
    """Rows of cells, from the last to the first: what says the same as the cell above it goes
    up into that one.

    From below, since only at its uppermost cell is it known how many rows a cell spans. In a
    column that says Day 1, Day 1, Day 2 the last row has a cell of one row and leaves 1; the middle
    one has none, and leaves 2 to the row above it, whose cell spans 2. An empty cell goes up into
    none: nothing said twice is not the same thing.
    """
    merging = [entry.merge for entry in block.columns]
    said = [
        [
            _said_by_blocks(cell.blocks) if merge else ()
            for cell, merge in zip(row, merging, strict=True)
        ]
        for row in cells
    ]
    nothing: list[Content] = [()] * len(merging)
    goes_up = [
        [bool(here) and here == above for here, above in zip(row, row_above, strict=True)]
        for row, row_above in zip(said, [nothing, *said], strict=False)
    ]
    spans = [1] * len(block.columns)
    rows: list[TableRow] = []
    for row, up in zip(reversed(cells), reversed(goes_up), strict=True):
        begin = [
            replace(cell, row_span=span)
            for cell, span, joined in zip(row, spans, up, strict=True)
            if not joined
        ]
        rows.append(TableRow(tuple(begin)))
        spans = [span + 1 if joined else 1 for span, joined in zip(spans, up, strict=True)]
    return tuple(reversed(rows))


def _said_by_blocks(blocks: tuple[Block, ...]) -> Content:
    """What blocks say and how they look, to compare: nodes themselves differ by identity."""
    return tuple(_block_said(block) for block in blocks)


def _block_said(block: Block) -> Content:
    if isinstance(block, ListBlock):
        return (block.kind, block.start, *(_said_by_blocks(item.blocks) for item in block.items))
    assert isinstance(block, Paragraph)  # a cell holds prose
    return tuple(_inlines_said(block.inlines))


def _inlines_said(inlines: tuple[Inline, ...]) -> Iterator[Content]:
    for inline in inlines:
        link = inline.link if isinstance(inline, TextRun) else None
        yield (replace(inline, link=None) if link else inline, link and link.href)
