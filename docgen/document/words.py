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
    _read(blocks, said)
    return "\n".join(said)


def spaced(text: str) -> str:
    """A text as it stands in ``words_of``: on one line, with single blanks."""
    return " ".join(text.split())


def _read(blocks: Iterable[Block], said: list[str]) -> None:
    for block in blocks:
        read = _READERS.get(type(block))
        if read:
            read(block, said)


def _text(block: Paragraph | Heading, said: list[str]) -> None:
    said.append(spaced(plain_text(block.inlines)))


def _held(block: Section | Callout | KeepTogether | FlowedColumns, said: list[str]) -> None:
    _read(block.blocks, said)


def _list(block: ListBlock, said: list[str]) -> None:
    for item in block.items:
        _read(item.blocks, said)


def _columns(block: Columns, said: list[str]) -> None:
    for slot in block.slots:
        _read(slot.blocks, said)


def _table(block: Table, said: list[str]) -> None:
    for row in (*block.header, *block.rows):
        for cell in row.cells:
            _read(cell.blocks, said)


def _facts(block: KeyFacts, said: list[str]) -> None:
    for fact in block.facts:
        _text(fact.label, said)
        _read(fact.blocks, said)


def _labels(block: Signature, said: list[str]) -> None:
    _read(block.labels, said)


def _caption(block: Code, said: list[str]) -> None:
    said.append(spaced(block.caption or ""))


_READERS: dict[type[Block], Callable[[Any, list[str]], None]] = {
    Paragraph: _text,
    Heading: _text,
    Section: _held,
    Callout: _held,
    KeepTogether: _held,
    FlowedColumns: _held,
    ListBlock: _list,
    Columns: _columns,
    Table: _table,
    KeyFacts: _facts,
    Signature: _labels,
    Code: _caption,
}
