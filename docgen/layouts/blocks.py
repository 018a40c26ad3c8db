"""Walking the blocks of a layout."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.layouts.model import (
    Block,
    CalloutBlock,
    ColumnsBlock,
    FlowedColumnsBlock,
    KeepTogetherBlock,
    Layout,
    PageFurniture,
    SectionBlock,
)

Placed = tuple[Block, tuple[Block, ...]]
"""A block and the blocks that it stands in, the outermost first."""


def children(block: Block) -> tuple[Block, ...]:
    """The blocks that stand directly in a block."""
    if isinstance(block, SectionBlock | CalloutBlock | FlowedColumnsBlock | KeepTogetherBlock):
        return block.blocks or ()
    if isinstance(block, ColumnsBlock):
        return tuple(child for slot in block.columns for child in slot.blocks)
    return ()


def placed_blocks(blocks: tuple[Block, ...], within: tuple[Block, ...] = ()) -> Iterator[Placed]:
    """Some blocks and all that stand in them, in reading order."""
    for block in blocks:
        yield block, within
        yield from placed_blocks(children(block), (*within, block))


def furniture_blocks(layout: Layout) -> tuple[Block, ...]:
    """The blocks of all headers and footers."""
    parts: list[PageFurniture] = [part for part in (layout.header, layout.footer) if part]
    return tuple(block for part in parts for block in (*part.first, *part.later))


def all_blocks(layout: Layout) -> Iterator[Block]:
    """Every block of a layout, its headers and footers first."""
    for block, _ in placed_blocks((*furniture_blocks(layout), *layout.blocks)):
        yield block
