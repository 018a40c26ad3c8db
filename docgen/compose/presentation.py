"""How a section shows its prose: as written, or its points as bullets, steps or boxes to tick.

Nothing is dropped: what stands around a list stays where it is, and prose without a list becomes
one, an item for each paragraph.
"""

from msgspec.structs import replace

from docgen.diagnostics import Span
from docgen.document import Block, ListBlock, ListItem, ListKind, Paragraph

LIST_KINDS: dict[str, ListKind] = {"bullets": "bullet", "steps": "ordered", "checklist": "check"}


def as_list(blocks: tuple[Block, ...], kind: ListKind, label: str) -> tuple[Block, ...]:
    """The blocks with their lists of the given kind; lists within items stay as they are.

    ``label`` is what a screen reader says for a box to tick.
    """
    if any(isinstance(block, ListBlock) for block in blocks):
        return tuple(_turned(block, kind, label) for block in blocks)
    items = tuple(ListItem((block,), _origin(block)) for block in blocks)
    return (ListBlock(kind, items, origin=items[0].origin, label=label),) if items else ()


def _origin(block: Block) -> Span | None:
    return block.origin if isinstance(block, Paragraph) else None


def _turned(block: Block, kind: ListKind, label: str) -> Block:
    if not isinstance(block, ListBlock):
        return block
    start = block.start if kind == "ordered" else 1
    return replace(block, kind=kind, start=start, label=label)
