"""Inheritance: what an overriding layout file makes of the layout that it starts from, on nodes."""

from collections.abc import Callable, Collection, Iterator
from functools import partial

from docgen.diagnostics import Findings, Span, did_you_mean, quoted, some_of
from docgen.layouts.block_nodes import (
    Items,
    appended,
    id_of,
    identified,
    identified_within,
    with_list_of,
)
from docgen.layouts.keeping import Keeping
from docgen.layouts.merging import EXTENDS, VERBS, BlockAct, History, merged
from docgen.layouts.model import Layout
from docgen.source import MappingNode, Node, Scalar, SequenceNode, fields_of, place_of

_ANCHORS = ("after", "before", "at-end-of")
_LINES = "write each on a line of its own that begins with '- '"
_BELOW = "write what belongs to it on the lines below, indented by spaces"
_ONE_ID = "write one id, such as getting-ready"


def extended(
    base: MappingNode, override: MappingNode, findings: Findings, history: History | None = None
) -> MappingNode:
    """A layout as an overriding file changes it: its properties merged, then its verbs applied.

    What the file says wrongly is told at its place there, and left out.
    """
    return _Extension(base, override, findings, history or History()).layout


class _Extension:
    def __init__(
        self, base: MappingNode, override: MappingNode, findings: Findings, history: History
    ) -> None:
        self._findings = findings
        self._history = history
        self._override = override
        self._keeping = Keeping(base, override, findings)
        self.layout = base
        self._merge_properties()
        self._tell_contradictions()
        self._replace()
        self._change()
        self._remove()
        self._insert()
        self._reorder()

    def _merge_properties(self) -> None:
        known = (*fields_of(Layout), EXTENDS, *VERBS)
        properties = []
        for key, value in self._override.entries:
            if key.value not in known:
                self._tell_unknown(key, "a layout", known)
            elif key.value == EXTENDS or key.value in VERBS:
                continue
            elif self._keeping.keeps_value(key, self.layout, value, "as it is written here"):
                properties.append((key, value))
        change = MappingNode(self._override.span, tuple(properties))
        self.layout = merged(self.layout, change, self._history)

    def _tell_contradictions(self) -> None:
        removed = {id.value for id in self._ids("remove", told=False)}
        for verb in ("replace", "change"):
            node = self._override.get(verb)
            for key, _ in node.entries if isinstance(node, MappingNode) else ():
                if key.value in removed:
                    self._findings.error(
                        "contradiction",
                        f"{quoted(key.value)} is removed by this file, so that nothing of what "
                        f"stands here under '{verb}' would be printed",
                        key.span,
                        "keep one of them",
                    )

    def _replace(self) -> None:
        for key, block in self._entries_of_verb("replace"):
            old = self._found(key)
            if old is None:
                continue
            if id_of(block) != key.value:
                self._findings.error(
                    "bad-id",
                    f"the block in the place of {quoted(key.value)} must keep its id",
                    block.span,
                    f"write 'id: {key.value}' in it",
                )
                continue
            if not self._keeping.may_replace(key, old, block):
                continue
            self._put(key.value, block)
            self._history.acts.append(
                BlockAct("replaced", key.value, key.span, _place_of_block(old))
            )
            kept = {id for id, _ in identified((block,))}
            self._note_removed(old, key.span, kept)

    def _change(self) -> None:
        for key, change in self._entries_of_verb("change"):
            old = self._found(key)
            if old is None:
                continue
            properties = tuple(
                entry for entry in change.entries if self._may_change(key, old, *entry)
            )
            self._put(key.value, merged(old, MappingNode(change.span, properties), self._history))

    def _may_change(self, id: Scalar, block: MappingNode, name: Scalar, value: Node) -> bool:
        """Whether a property can be changed: what others go by cannot."""
        if name.value == "id":
            self._findings.error(
                "bad-id",
                f"the id of {quoted(id.value)} cannot be changed: others find it by its id",
                name.span,
                "leave out 'id' here; a block with another id goes under 'insert'",
            )
            return False
        known = block.get("type")
        same = (
            isinstance(value, Scalar) and isinstance(known, Scalar) and value.value == known.value
        )
        if name.value == "type" and not same:
            self._findings.error(
                "bad-content",
                f"the type of {quoted(id.value)} cannot be changed: its other properties go by it",
                name.span,
                "write the whole block under 'replace'",
            )
            return False
        return self._keeping.may_change(id, block, name, value)

    def _remove(self) -> None:
        for id in self._ids("remove"):
            old = self._found(id)
            if old is None:
                continue
            if not self._keeping.may_remove(id, old):
                continue
            self._edit(id.value, partial(_without, old))
            self._note_removed(old, id.span)

    def _insert(self) -> None:
        node = self._given("insert")
        if node is None:
            return
        if not isinstance(node, SequenceNode):
            self._tell_wrong_type("insert", "a list of places with blocks", node)
            return
        for entry in node.items:
            if isinstance(entry, MappingNode):
                self._insert_entry(entry)
            else:
                self._tell_wrong_type("insert", "a list of places with blocks", entry)

    def _insert_entry(self, entry: MappingNode) -> None:
        for key, _ in entry.entries:
            if key.value not in (*_ANCHORS, "blocks"):
                self._tell_unknown(key, "an insertion", (*_ANCHORS, "blocks"))
        blocks = entry.get("blocks")
        if not isinstance(blocks, SequenceNode):
            self._findings.error(
                "missing-field",
                "'blocks' is missing: an insertion needs it",
                blocks.span if blocks else entry.span,
                "write 'blocks:' and below it the new blocks, each after '- '",
            )
            return
        anchors = [(key, value) for key, value in entry.entries if key.value in _ANCHORS]
        if len(anchors) > 1:
            self._findings.error(
                "bad-content",
                "an insertion has one place, but this names several: "
                + " and ".join(f"'{key.value}'" for key, _ in anchors),
                anchors[1][0].span,
                "keep one of them",
            )
            return
        if self._placed(anchors, blocks.items):
            for block in blocks.items:
                id = id_of(block)
                if id is not None and isinstance(block, MappingNode):
                    self._history.acts.append(BlockAct("inserted", id, _place_of_block(block)))

    def _placed(self, anchors: list[tuple[Scalar, Node]], blocks: Items) -> bool:
        """Puts blocks into the layout, and tells whether their place could be found."""
        if not anchors:
            self.layout = appended(self.layout, blocks) or self.layout
            return True
        where, anchor = anchors[0]
        if not isinstance(anchor, Scalar):
            self._tell_wrong_type(where.value, "the id of a block", anchor, _ONE_ID)
            return False
        found = self._found(anchor)
        if found is None:
            return False
        if where.value != "at-end-of":
            self._edit(
                anchor.value, lambda items: _spliced(items, found, blocks, where.value == "after")
            )
            return True
        longer = appended(found, blocks)
        if longer is None:
            self._findings.error(
                "bad-content",
                f"{quoted(anchor.value)} holds no blocks",
                anchor.span,
                "name a block that has 'blocks' or 'facts', or write 'after' or 'before'",
            )
            return False
        self._put(anchor.value, longer)
        return True

    def _reorder(self) -> None:
        ids = [id for id in self._ids("reorder") if self._found(id) is not None]
        if not ids:
            return
        named: dict[str, Scalar] = {}
        for id in ids:
            if id.value in named:
                self._findings.error(
                    "duplicate-id", f"{quoted(id.value)} stands here twice", id.span, "keep one"
                )
            named.setdefault(id.value, id)
        self._edit(ids[0].value, lambda items: self._reordered(items, named))

    def _reordered(self, items: Items, named: dict[str, Scalar]) -> Items:
        here = {id: item for item in items if (id := id_of(item)) in named}
        for id, scalar in named.items():
            if id in here:
                self._history.acts.append(BlockAct("reordered", id, scalar.span))
                continue
            self._findings.error(
                "reordered-apart",
                f"{quoted(id)} does not stand in one list with {quoted(next(iter(named)))}",
                scalar.span,
                "only blocks that stand side by side in one list can change places",
            )
        first = next(index for index, item in enumerate(items) if id_of(item) in here)
        rest = tuple(item for item in items[first:] if id_of(item) not in here)
        return (*items[:first], *(here[id] for id in named if id in here), *rest)

    def _given(self, verb: str) -> Node | None:
        node = self._override.get(verb)
        return None if node is None or (isinstance(node, Scalar) and node.absent) else node

    def _entries_of_verb(self, verb: str) -> Iterator[tuple[Scalar, MappingNode]]:
        node = self._given(verb)
        if node is None:
            return
        if not isinstance(node, MappingNode):
            self._tell_wrong_type(verb, "blocks by their ids", node, _BELOW)
            return
        for key, value in node.entries:
            if isinstance(value, MappingNode):
                yield key, value
            else:
                self._tell_wrong_type(f"{verb}.{key.value}", "properties of a block", value, _BELOW)

    def _ids(self, verb: str, told: bool = True) -> Iterator[Scalar]:
        node = self._given(verb)
        if node is None:
            return
        items = node.items if isinstance(node, SequenceNode) else (node,)
        for item in items:
            if isinstance(node, SequenceNode) and isinstance(item, Scalar):
                yield item
            elif told:
                self._tell_wrong_type(verb, "a list of ids", item)

    def _found(self, id: Scalar) -> MappingNode | None:
        """The block or fact of an id; where there is none, that is told."""
        blocks = dict(identified_within(self.layout))
        if id.value in blocks:
            return blocks[id.value]
        former = self._former_ids().get(id.value)
        removed = next((act for act in reversed(self._history.acts)
                        if act.act == "removed" and act.id == id.value), None)  # fmt: skip
        if former in blocks:
            self._findings.error(
                "renamed-block",
                f"the block {quoted(id.value)} is now called {quoted(former)}",
                id.span,
                f"write {former}",
            )
        elif removed:
            message = f"the block {quoted(id.value)} is no longer there: {removed.span} removes it"
            self._findings.error("unknown-block", message, id.span, "leave it out")
        else:
            self._findings.error(
                "unknown-block",
                f"the layout has no block {quoted(id.value)}",
                id.span,
                did_you_mean(id.value, blocks) or f"its blocks are {some_of([*blocks])}",
            )
        return None

    def _former_ids(self) -> dict[str, str]:
        node = self.layout.get("former_ids")
        if not isinstance(node, MappingNode):
            return {}
        return {key.value: new.value for key, new in node.entries if isinstance(new, Scalar)}

    def _note_removed(self, block: MappingNode, span: Span, kept: Collection[str] = ()) -> None:
        """Remembers that a block is gone, and all in it that nothing else holds."""
        for id, gone in identified((block,)):
            if id not in kept:
                self._history.acts.append(BlockAct("removed", id, span, _place_of_block(gone)))

    def _put(self, id: str, block: MappingNode) -> None:
        """Puts a block in the place of the one with the id."""
        self._edit(id, lambda items: tuple(block if id_of(i) == id else i for i in items))

    def _edit(self, id: str, edit: Callable[[Items], Items]) -> None:
        self.layout = with_list_of(self.layout, id, edit) or self.layout

    def _tell_unknown(self, key: Scalar, of: str, known: tuple[str, ...]) -> None:
        self._findings.error(
            "unknown-field",
            f"{quoted(key.value)} is not a field of {of}",
            key.span,
            did_you_mean(key.value, known) or f"its fields are {', '.join(known)}",
        )

    def _tell_wrong_type(self, path: str, wanted: str, node: Node, hint: str = _LINES) -> None:
        found = "text"
        if not isinstance(node, Scalar):
            found = "a list" if isinstance(node, SequenceNode) else "a group of named values"
        elif node.absent:
            found = "empty"
        self._findings.error(
            "wrong-type",
            f"'{path}' must be {wanted}, but this is {found}",
            node.span,
            hint,
        )


def _without(block: MappingNode, items: Items) -> Items:
    return tuple(item for item in items if item is not block)


def _spliced(items: Items, anchor: MappingNode, blocks: Items, after: bool) -> Items:
    index = items.index(anchor) + after
    return (*items[:index], *blocks, *items[index:])


def _place_of_block(block: MappingNode) -> Span:
    """Where the block was written, whatever has changed it since."""
    return place_of(block, "id")
