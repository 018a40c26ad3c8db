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
    Section,
)
from docgen.layouts.heading_order import NO_HEADING, tell_skipped


def check_heading_order(blocks: tuple[Block, ...], findings: Findings) -> None:
    """Tells of every heading that skips a level in this document."""
    before = NO_HEADING
    for heading in _headings(blocks):
        if heading.level > before + 1 and heading.origin:
            tell_skipped(heading.level, before, heading.origin, findings)
        before = heading.level


def _headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    for block in blocks:
        match block:
            case Heading():
                yield block
            case Section() | Callout() | KeepTogether() | FlowedColumns():
                yield from _headings(block.blocks)
            case Columns():
                for slot in block.slots:
                    yield from _headings(slot.blocks)
