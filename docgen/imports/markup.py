"""Plain text written as CommonMark that means just this text, in lines of a readable length."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from docgen.source import is_broken_by_hand

WIDTH = 112
"""Characters of a line at most, save for longer words."""
_INLINE = re.compile(
    r"[\\`*\[]|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)|(?<![^\W_])_|_(?![^\W_])|!(?=\[)"
)
_FIRST = re.compile(r"#{1,6}(?=\s|$)|>|[-+](?=\s|$)|~~~|[|:=-][-|:=\s]*$|-{2,}(?=\s|$)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


class ProseParagraph(Struct, frozen=True):
    """Words of a paragraph, with single blanks between them."""

    text: str


class Item(Struct, frozen=True):
    """An item of a list: its first paragraph, and what follows in it."""

    text: str
    blocks: "tuple[ProseParagraph | ProseListing, ...]" = ()


class ProseListing(Struct, frozen=True):
    """Bullets, or steps that are counted from a number."""

    items: tuple[Item, ...]
    start: int | None = None
    """The first number; None for bullets."""
    repeated: bool = False
    """Whether every step has the first number, as some pages write them."""


Block = ProseParagraph | ProseListing


def blocks_as_commonmark(blocks: Sequence[Block]) -> str:
    """Blocks of plain text as CommonMark, without a line end behind the last."""
    return "\n".join(_lines_of_blocks(blocks, 0))


def _lines_of_blocks(blocks: Sequence[Block], indent: int) -> Iterable[str]:
    """The lines of blocks; a second list beside a first gets other signs, or both were one."""
    other = False
    for number, block in enumerate(blocks):
        before = blocks[number - 1] if number else None
        if number and not (indent and _interrupts(block)):
            yield ""
        if isinstance(block, ProseParagraph):
            yield from _wrapped(block.text, indent)
            continue
        adjacent = isinstance(before, ProseListing) and (before.start is None) == (
            block.start is None
        )
        other = adjacent and not other
        yield from _items(block, indent, other)


def _items(listing: ProseListing, indent: int, other: bool) -> Iterable[str]:
    margin = " " * indent
    for number, item in enumerate(listing.items):
        if listing.start is None:
            sign = "* " if other else "- "
        else:
            value = listing.start + (0 if listing.repeated else number)
            sign = f"{value}{')' if other else '.'} "
        first, *rest = _wrapped(item.text, indent + len(sign))
        yield f"{margin}{sign}{first.lstrip()}"
        yield from rest
        if item.blocks and not _interrupts(item.blocks[0]):
            yield ""
        yield from _lines_of_blocks(item.blocks, indent + len(sign))


def _interrupts(block: Block) -> bool:
    """Whether a block is told from the words above it without a blank line (CommonMark 5.2)."""
    return isinstance(block, ProseListing) and block.start in (None, 1)


def _wrapped(text: str, indent: int) -> list[str]:
    """The lines of a paragraph; on one line where it has signs that look like a list's."""
    margin = " " * indent
    lines = [""]
    for word in _INLINE.sub(r"\\\g<0>", text).split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > WIDTH - indent:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    if is_broken_by_hand(*lines):
        lines = [" ".join(lines)]
    return [margin + _escaped_beginning(line) for line in lines]


def _escaped_beginning(text: str) -> str:
    """A line that begins with what would make it a heading, an item, a rule or a table."""
    if _FIRST.match(text):
        return f"\\{text}"
    return _NUMBERED.sub(r"\1\\\2", text, count=1) if _NUMBERED.match(text) else text
