"""The headings of a document in reading order, checked for gaps."""

from collections.abc import Iterator

from docgen.diagnostics import Findings
from docgen.document import (
    Block,
    Callout,
    Columns,
    FlowedColumns,
    Heading,
    KeepTogether,
    Paragraph,
    Section,
)
from docgen.layouts import NO_HEADING, tell_skipped

_TITLE = 1
_SUBTITLE = "subtitle"
_HOLDERS = (Section, Callout, KeepTogether, FlowedColumns)


def check_heading_order(blocks: tuple[Block, ...], findings: Findings) -> None:
    """Tells of every heading that skips a level in this document."""
    before = NO_HEADING
    for heading in headings_of(blocks):
        if heading.level > before + 1 and heading.origin:
            tell_skipped(heading.level, before, heading.origin, findings)
        before = heading.level


def headings_of(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    """The headings of some blocks in reading order."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, _HOLDERS):
            yield from headings_of(block.blocks)
        elif isinstance(block, Columns):
            for slot in block.slots:
                yield from headings_of(slot.blocks)


def below_title(blocks: tuple[Block, ...]) -> int:
    """Where the blocks below the title and its subtitle begin; the start where there is none."""
    for index, block in enumerate(blocks):
        if any(heading.level == _TITLE for heading in headings_of((block,))):
            below = blocks[index + 1] if index + 1 < len(blocks) else None
            has_subtitle = isinstance(below, Paragraph) and below.style == _SUBTITLE
            return index + 1 + has_subtitle
    return 0
