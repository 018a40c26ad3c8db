"""Laying one mapping over another, on nodes, before they are bound.

Every node of the result is one that a file wrote, so that diagnostics name that file's line.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from docgen.diagnostics import Span
from docgen.source import MappingNode, Node, are_languages

EXTENDS = "extends"
VERBS = ("replace", "change", "remove", "insert", "reorder")
"""What an overriding file does to blocks, in the order in which it is done."""

Act = Literal["replaced", "removed", "inserted", "reordered"]


class BlockAct(Struct, frozen=True):
    """What a file did to a block or a fact as a whole, and where it says so."""

    act: Act
    id: str
    span: Span
    was: Span | None = None
    """Where the block stood that was replaced or removed."""


class History:
    """What a merge did away with, for whoever asks where a value comes from."""

    def __init__(self) -> None:
        self.acts: list[BlockAct] = []
        self._replaced: dict[Node, Node] = {}

    def replace(self, new: Node, old: Node) -> None:
        """Remembers that a value stands in the place of an earlier one."""
        if new is not old:
            self._replaced[new] = old

    def replaced_by(self, node: Node) -> Iterator[Node]:
        """The values that a value stands in the place of, the latest first."""
        while node in self._replaced:
            node = self._replaced[node]
            yield node


def merged(base: MappingNode, change: MappingNode, history: History | None = None) -> MappingNode:
    """A mapping with another one laid over it: mappings merge key by key, all else is replaced.

    A key without a value (null) replaces as well: the key then counts as not written. A text in
    several languages is replaced in all of them: what its old wording says in another language
    may no longer be what the new one says.
    """
    if not change.entries:
        return base
    entries = {key.value: (key, value) for key, value in base.entries}
    for key, value in change.entries:
        earlier = entries.get(key.value)
        over = _over(earlier[1], value, history) if earlier else value
        entries[key.value] = (key, over)
    return MappingNode(change.span, tuple(entries.values()))


def _over(old: Node, new: Node, history: History | None) -> Node:
    if (
        isinstance(old, MappingNode)
        and isinstance(new, MappingNode)
        and not _are_wordings(old, new)
    ):
        return merged(old, new, history)
    if history:
        history.replace(new, old)
    return new


def _are_wordings(*mappings: MappingNode) -> bool:
    return all(
        mapping.entries and are_languages(key.value for key, _ in mapping.entries)
        for mapping in mappings
    )
