"""The blocks and facts of a layout as nodes, before it is bound: finding them and editing lists."""

from collections.abc import Callable, Iterable, Iterator

from docgen.source import MappingNode, Node, Scalar, SequenceNode

Items = tuple[Node, ...]

_LISTS = frozenset({"blocks", "facts", "first", "later"})
"""Keys whose lists hold what has an id."""
_BETWEEN = frozenset({"columns", "header", "footer"})
"""Keys whose values have no id but hold such lists."""


def id_of(node: Node) -> str | None:
    """The id that a block or a fact gives itself."""
    found = node.get("id") if isinstance(node, MappingNode) else None
    return found.value if isinstance(found, Scalar) else None


def identified(nodes: Iterable[Node]) -> Iterator[tuple[str, MappingNode]]:
    """Everything with an id among some nodes and in them, in reading order."""
    for node in nodes:
        if not isinstance(node, MappingNode):
            continue
        id = id_of(node)
        if id is not None:
            yield id, node
        yield from identified_within(node)


def identified_within(holder: MappingNode) -> Iterator[tuple[str, MappingNode]]:
    """Everything with an id that stands in a layout or a block."""
    for key, value in holder.entries:
        if key.value in _LISTS | _BETWEEN:
            yield from identified(value.items if isinstance(value, SequenceNode) else (value,))


def with_list_of(
    holder: MappingNode, id: str, edit: Callable[[Items], Items]
) -> MappingNode | None:
    """The holder with the list edited that an id stands in, or None where it stands nowhere."""
    for index, (key, value) in enumerate(holder.entries):
        edited = _edited(value, key.value, id, edit)
        if edited is not None:
            entries = (*holder.entries[:index], (key, edited), *holder.entries[index + 1 :])
            return MappingNode(holder.span, entries)
    return None


def appended(holder: MappingNode, blocks: Items) -> MappingNode | None:
    """The holder with blocks at the end of its list, or None where it holds none."""
    for index, (key, value) in enumerate(holder.entries):
        if key.value in ("blocks", "facts") and isinstance(value, SequenceNode):
            longer = SequenceNode(value.span, (*value.items, *blocks))
            entries = (*holder.entries[:index], (key, longer), *holder.entries[index + 1 :])
            return MappingNode(holder.span, entries)
    return None


def _edited(value: Node, key: str, id: str, edit: Callable[[Items], Items]) -> Node | None:
    """What stands under a key, with the list edited that an id stands in; None where it is not.

    Nodes are never changed: in a section ``top`` that holds ``a`` and ``b``, taking ``a`` out gives
    a new list for ``top``, in a new ``top``, in a new list of blocks. All else is shared. ``edit``
    gets the items of the one list that has ``a`` itself in it, here those of ``top``.
    """
    if key not in _LISTS and key not in _BETWEEN:
        return None
    if isinstance(value, MappingNode):
        return with_list_of(value, id, edit)
    if not isinstance(value, SequenceNode):
        return None
    if key in _LISTS and any(id_of(item) == id for item in value.items):
        return SequenceNode(value.span, edit(value.items))
    for index, item in enumerate(value.items):
        edited = with_list_of(item, id, edit) if isinstance(item, MappingNode) else None
        if edited is not None:
            return SequenceNode(
                value.span, (*value.items[:index], edited, *value.items[index + 1 :])
            )
    return None
