"""What a document says, without its look: for whoever has to know whether something was said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from docgen.document.blocks import (
    Block,
    Callout,
    Code,
    Columns,
    FlowedColumns,
    Heading,
    KeepTogether,
    KeyFacts,
    ListBlock,
    Paragraph,
    Section,
    Signature,
    Table,
)
from docgen.document.inline import plain_text


def words_of(blocks: Iterable[Block]) -> str:
    """The text of some blocks in reading order, a paragraph a line, its blanks run together.

    Pictures have none, and a patient's own part is left out.
    """
    said: list[str] = []
    _add_blocks(blocks, said)
    return "\n".join(said)


def spaced(text: str) -> str:
    """A text as it stands in ``words_of``: on one line, with single blanks."""
    return " ".join(text.split())


def _add_blocks(blocks: Iterable[Block], said: list[str]) -> None:
    for block in blocks:
        read = _READERS.get(type(block))
        if read:
            read(block, said)


def _add_text(block: Paragraph | Heading, said: list[str]) -> None:
    said.append(spaced(plain_text(block.inlines)))


def _add_held(block: Section | Callout | KeepTogether | FlowedColumns, said: list[str]) -> None:
    _add_blocks(block.blocks, said)


def _add_list(block: ListBlock, said: list[str]) -> None:
    for item in block.items:
        _add_blocks(item.blocks, said)


def _add_columns(block: Columns, said: list[str]) -> None:
    for slot in block.slots:
        _add_blocks(slot.blocks, said)


def _add_table(block: Table, said: list[str]) -> None:
    for row in (*block.header, *block.rows):
        for cell in row.cells:
            _add_blocks(cell.blocks, said)


def _add_facts(block: KeyFacts, said: list[str]) -> None:
    for fact in block.facts:
        _add_text(fact.label, said)
        _add_blocks(fact.blocks, said)


def _add_labels(block: Signature, said: list[str]) -> None:
    _add_blocks(block.labels, said)


def _add_caption(block: Code, said: list[str]) -> None:
    said.append(spaced(block.caption or ""))


_READERS: dict[type[Block], Callable[[Any, list[str]], None]] = {
    Paragraph: _add_text,
    Heading: _add_text,
    Section: _add_held,
    Callout: _add_held,
    KeepTogether: _add_held,
    FlowedColumns: _add_held,
    ListBlock: _add_list,
    Columns: _add_columns,
    Table: _add_table,
    KeyFacts: _add_facts,
    Signature: _add_labels,
    Code: _add_caption,
}
