"""Headings without gaps (ISO 14289-1, 7.4.2): who listens to a document goes from one to the next.

The first heading is of level 1, and none is more than one level below the one before it.
"""

from docgen.diagnostics import Findings, Span
from docgen.layouts.blocks import children
from docgen.layouts.model import (
    BarcodeBlock,
    Block,
    CalloutBlock,
    DrawingBlock,
    ImageBlock,
    Layout,
    QrCodeBlock,
    RuledLinesBlock,
    SectionBlock,
    SignatureBlock,
    TextBlock,
    TitleBlock,
)
from docgen.source import TextNode

NO_HEADING = 0
"""Stands for the level of a heading before the first one."""

_NEVER_EMPTY = (
    TitleBlock,
    DrawingBlock,
    ImageBlock,
    QrCodeBlock,
    BarcodeBlock,
    RuledLinesBlock,
    SignatureBlock,
)

Levels = frozenset[int]
"""The levels that the last heading may have, depending on which blocks a record fills."""


def check_headings_of_layout(layout: Layout, findings: Findings) -> None:
    """Tells of every heading that skips a level in whatever document the layout makes."""
    _levels_after(layout.blocks, frozenset({NO_HEADING}), findings)


def tell_skipped(level: int, before: int, span: Span, findings: Findings) -> None:
    """Tells of a heading that skips levels after one of the level ``before``."""
    if before == NO_HEADING:
        message = f"the first heading is of level {level}, but a document begins with level 1"
        hint = "put a block of the type title before it"
    else:
        message = f"a heading of level {level} follows one of level {before}"
        hint = f"give it 'level: {before + 1}', or let a heading of that level stand before it"
    findings.error("skipped-heading", message, span, hint)


def _levels_after(blocks: tuple[Block, ...], levels: Levels, findings: Findings) -> Levels:
    for block in blocks:
        printed = _levels_after_one(block, levels, findings)
        levels = printed if _always_prints(block) else levels | printed
    return levels


def _levels_after_one(block: Block, levels: Levels, findings: Findings) -> Levels:
    level, text = _heading_of_block(block)
    if text:
        if level > max(levels) + 1:
            tell_skipped(level, max(levels), text.span, findings)
        levels = frozenset({level})
    return _levels_after(children(block), levels, findings)


def _heading_of_block(block: Block) -> tuple[int, TextNode | None]:
    if isinstance(block, TitleBlock):
        return 1, block.text
    if isinstance(block, SectionBlock | CalloutBlock):
        return block.level, block.heading
    return NO_HEADING, None


def _always_prints(block: Block) -> bool:
    """Whether a block has a place in every document that is not refused for other reasons."""
    if block.when or block.for_each:
        return False
    if block.required or isinstance(block, _NEVER_EMPTY):
        return True
    if isinstance(block, TextBlock | SectionBlock | CalloutBlock) and block.text:
        return "{{" not in block.text.value
    return any(_always_prints(child) for child in children(block))
