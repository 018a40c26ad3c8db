"""Where each value of a layout or theme comes from, and what it stands in the place of."""

from collections.abc import Iterator

from msgspec import Struct

from docgen.diagnostics import DocgenError, Span, did_you_mean, quoted, refuse, some_of
from docgen.layouts.block_nodes import id_of, identified, identified_within
from docgen.layouts.merging import Act, History
from docgen.source import MappingNode, Node, Scalar, SequenceNode


class Earlier(Struct, frozen=True):
    """A value that another one stands in the place of."""

    value: str | None
    """None for a list or a group of values."""
    span: Span


class Origin(Struct, frozen=True):
    """Where a value comes from, or what a file did to a block as a whole."""

    path: str
    """Keys with dots between them; within a block they begin with its id."""
    value: str | None
    """None where the value was taken out, and for what was done to a block."""
    span: Span
    act: Act | None = None
    """What was done to the block; None for a value."""
    replaced: tuple[Earlier, ...] = ()
    """What stood here before, the latest first."""


def origins(node: MappingNode, history: History, block: str | None = None) -> Iterator[Origin]:
    """Where all values of a merged file come from, or those of one block or fact of a layout.

    Raises DocgenError where there never was a block of that id.
    """
    explanation = _Explanation(history)
    if block is None:
        yield from explanation.of(node, "", ())
        yield from explanation.removed({act.id for act in history.acts})
        return
    found = dict(identified_within(node)).get(block)
    removed = {act.id for act in history.acts if act.act == "removed"}
    if found is None and block not in removed:
        raise _unknown_block(block, node, removed)
    if found is not None:
        yield from explanation.of_block(found, block)
    inside = {id for id, _ in identified((found,))} if found else set()
    yield from explanation.removed({block, *inside})


class _Explanation:
    def __init__(self, history: History) -> None:
        self._history = history

    def of(self, node: Node, path: str, replaced: tuple[Earlier, ...]) -> Iterator[Origin]:
        """The values of a node; all that stands in a list took the place of what it replaced."""
        replaced = tuple(map(_earlier, self._history.replaced_by(node))) or replaced
        if isinstance(node, Scalar):
            if not node.absent:
                yield Origin(path, node.value, node.span, replaced=replaced)
            elif replaced:
                yield Origin(path, None, node.span, replaced=replaced)
        elif isinstance(node, MappingNode):
            for key, value in node.entries:
                yield from self.of(value, f"{path}.{key.value}" if path else key.value, replaced)
        else:
            yield from self._of_items(node, path, replaced)

    def of_block(
        self, block: MappingNode, id: str, replaced: tuple[Earlier, ...] = ()
    ) -> Iterator[Origin]:
        """What was done to a block, and where its values come from."""
        for act in self._history.acts:
            if act.id == id and act.act != "removed":
                earlier = (Earlier(None, act.was),) if act.was else ()
                yield Origin(id, None, act.span, act.act, earlier)
        properties = tuple(entry for entry in block.entries if entry[0].value != "id")
        yield from self.of(MappingNode(block.span, properties), id, replaced)

    def removed(self, ids: set[str]) -> Iterator[Origin]:
        """The blocks of some ids that are gone."""
        for act in self._history.acts:
            if act.act == "removed" and act.id in ids:
                earlier = (Earlier(None, act.was),) if act.was else ()
                yield Origin(act.id, None, act.span, act.act, earlier)

    def _of_items(
        self, node: SequenceNode, path: str, replaced: tuple[Earlier, ...]
    ) -> Iterator[Origin]:
        for index, item in enumerate(node.items):
            id = id_of(item)
            if id is not None and isinstance(item, MappingNode):
                yield from self.of_block(item, id, replaced)
            else:
                yield from self.of(item, f"{path}[{index}]", replaced)


def _earlier(node: Node) -> Earlier:
    return Earlier(node.value if isinstance(node, Scalar) else None, node.span)


def _unknown_block(block: str, layout: MappingNode, removed: set[str]) -> DocgenError:
    known = [*(id for id, _ in identified_within(layout)), *sorted(removed)]
    renamed = layout.get("former_ids")
    new = renamed.get(block) if isinstance(renamed, MappingNode) else None
    if isinstance(new, Scalar):
        message = f"the block {quoted(block)} is now called {quoted(new.value)}"
        return refuse("renamed-block", message, new.span, f"ask for {new.value}")
    return refuse(
        "unknown-block",
        f"the layout has no block {quoted(block)}",
        None,
        did_you_mean(block, known) or f"its blocks are {some_of([*known])}",
    )
