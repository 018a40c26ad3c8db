"""The blocks and facts of a layout as nodes, before it is bound: finding them and editing lists."""

from collections.abc import Callable, Iterable, Iterator

from docgen.source import Mapping, Node, Scalar, Sequence

Items = tuple[Node, ...]

_LISTS = frozenset({"blocks", "facts", "first", "later"})
"""Keys whose lists hold what has an id."""
_BETWEEN = frozenset({"columns", "header", "footer"})
"""Keys whose values have no id but hold such lists."""


def id_of(node: Node) -> str | None:
    """The id that a block or a fact gives itself."""
    found = node.get("id") if isinstance(node, Mapping) else None
    return found.value if isinstance(found, Scalar) else None


def identified(nodes: Iterable[Node]) -> Iterator[tuple[str, Mapping]]:
    """Everything with an id among some nodes and in them, in reading order."""
    for node in nodes:
        if not isinstance(node, Mapping):
            continue
        id = id_of(node)
        if id is not None:
            yield id, node
        yield from within(node)


def within(holder: Mapping) -> Iterator[tuple[str, Mapping]]:
    """Everything with an id that stands in a layout or a block."""
    for key, value in holder.entries:
        if key.value in _LISTS | _BETWEEN:
            yield from identified(value.items if isinstance(value, Sequence) else (value,))


def with_list_of(holder: Mapping, id: str, edit: Callable[[Items], Items]) -> Mapping | None:
    """The holder with the list edited that an id stands in, or None where it stands nowhere."""
    for index, (key, value) in enumerate(holder.entries):
        edited = _edited(value, key.value, id, edit)
        if edited is not None:
            entries = (*holder.entries[:index], (key, edited), *holder.entries[index + 1 :])
            return Mapping(holder.span, entries)
    return None


def appended(holder: Mapping, blocks: Items) -> Mapping | None:
    """The holder with blocks at the end of its list, or None where it holds none."""
    for index, (key, value) in enumerate(holder.entries):
        if key.value in ("blocks", "facts") and isinstance(value, Sequence):
            longer = Sequence(value.span, (*value.items, *blocks))
            entries = (*holder.entries[:index], (key, longer), *holder.entries[index + 1 :])
            return Mapping(holder.span, entries)
    return None


def _edited(value: Node, key: str, id: str, edit: Callable[[Items], Items]) -> Node | None:
    if key not in _LISTS and key not in _BETWEEN:
        return None
    if isinstance(value, Mapping):
        return with_list_of(value, id, edit)
    if not isinstance(value, Sequence):
        return None
    if key in _LISTS and any(id_of(item) == id for item in value.items):
        return Sequence(value.span, edit(value.items))
    for index, item in enumerate(value.items):
        edited = with_list_of(item, id, edit) if isinstance(item, Mapping) else None
        if edited is not None:
            return Sequence(value.span, (*value.items[:index], edited, *value.items[index + 1 :]))
    return None
