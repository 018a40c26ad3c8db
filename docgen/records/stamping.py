"""Digests written into the text of a YAML file, line by line: comments and all else in it stay as
they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from docgen.diagnostics import DocgenError, Span, refuse
from docgen.records.wordings import at
from docgen.source import MappingNode as Group
from docgen.source import Node, Scalar, read_text

Keys = tuple[str, ...]
Values = Mapping[str, str | tuple[str, str]]
"""Digests, or those of a source and its translation, by the names of texts."""
Edit = tuple[int, int, str]
"""Where a stretch of a text begins and ends, and what stands in its place."""

_STEP = 2


def with_digests(text: str, path: str, keys: Keys, values: Values, keep: Collection[str]) -> str:
    """The text of a YAML file with digests under some keys, each on a line of its own.

    Digests that are there, and are neither given nor to be kept, go. What is not there yet is
    written at the end of the file, or, of a group within it, at the group's start. Raises
    DocgenError where the file is not written in lines there.
    """
    root = read_text(text, path)
    text = text if text.endswith("\n") else text + _line_break(text)
    edited = text
    if isinstance(root, Group) and not path.lower().endswith(".json"):
        for begin, end, new in sorted(_edits(text, root, keys, values, keep), reverse=True):
            edited = edited[:begin] + new + edited[end:]
    if not _says(edited, path, _stamped_mapping(_without_places(root), keys, values, keep)):
        lines = " ".join(line.strip() for line in _yaml_lines(keys, values, 0))
        raise refuse(
            "not-in-lines",
            "docgen cannot write digests here and leave all else as it is",
            Span(path, 1, 1),
            f"write each value of the file on a line of its own, or write them yourself: {lines}",
        )
    return edited


def _edits(
    text: str, root: Group, keys: Keys, values: Values, keep: Collection[str]
) -> Iterator[Edit]:
    """What to cut out of a text, from where to where, and what to put there.

    With the digest 9 for ``title`` and 7 for ``summary`` under ``made_from``, and none to keep,
    this becomes three edits::

        title: A
        made_from:
          title: "1"
          risks: "2"

    The value ``"1"`` (29 to 32) becomes ``"9"``, the line of ``risks`` (33 to 46) goes, and a line
    with ``summary: "7"`` is put at 46. In a file without ``made_from`` all of it is one edit at the
    end. Whoever makes them begins with the last: places before it stay what they were.
    """
    group, missing = root, keys
    while missing and isinstance(inner := group.get(missing[0]), Group):
        group, missing = inner, missing[1:]
    if missing and values:
        yield from _inserted(text, group, missing, values, at_end=group is root)
    if missing:
        return
    there = {key.value: (key, value) for key, value in group.entries}
    for name, (key, value) in there.items():
        end = _line_end(text, _last(value).end)
        if name in values:
            yield from _changed(value, values[name])
        elif name not in keep:
            yield _line_start(text, key.start), end, ""
    added = {name: value for name, value in values.items() if name not in there}
    yield _added(text, _line_end(text, _last(group).end), (), added, group.span.column - 1)


def _changed(old: Node, new: str | tuple[str, str]) -> Iterator[Edit]:
    """Digests in the place of those that are there, whatever stands beside them."""
    places: tuple[Node | None, ...] = (old,)
    if not isinstance(new, str):
        places = tuple(at(old, (key,)) for key in ("source", "translation"))
    for node, digest in zip(places, (new,) if isinstance(new, str) else new, strict=True):
        if isinstance(node, Scalar):
            yield node.start, node.end, f'"{digest}"'


def _inserted(
    text: str, group: Group, missing: Keys, values: Values, *, at_end: bool
) -> Iterator[Edit]:
    first = group.entries[0][0]
    place = len(text) if at_end else _line_start(text, first.start)
    yield _added(text, place, missing, values, first.span.column - 1, apart=at_end)
    for key, value in group.entries:
        if key.value == missing[0] and isinstance(value, Scalar):
            yield _line_start(text, key.start), _line_end(text, key.end), ""


def _added(
    text: str, place: int, keys: Keys, values: Values, indent: int, *, apart: bool = False
) -> Edit:
    """The lines of new values, ``apart`` from what is above them by a blank one."""
    lines = (*([""] if apart else ()), *_yaml_lines(keys, values, indent), "")
    return place, place, _line_break(text).join(lines) if values else ""


def _yaml_lines(keys: Keys, values: Values, indent: int) -> Iterator[str]:
    for key in keys:
        yield f"{' ' * indent}{key}:"
        indent += _STEP
    for name, value in values.items():
        yield f"{' ' * indent}{_yaml_line(name, value)}"


def _yaml_line(name: str, value: str | tuple[str, str]) -> str:
    """Digests are in quotes: one of digits only would be a number to other readers of YAML."""
    if isinstance(value, str):
        return f'{name}: "{value}"'
    return f'{name}: {{source: "{value[0]}", translation: "{value[1]}"}}'


def _last(node: Node) -> Scalar:
    """The value that stands last in a node."""
    while not isinstance(node, Scalar):
        node = node.entries[-1][1] if isinstance(node, Group) else node.items[-1]
    return node


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _line_end(text: str, place: int) -> int:
    """Where the next line begins."""
    return text.find("\n", place) + 1 or len(text)


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _says(text: str, path: str, wanted: object) -> bool:
    try:
        return bool(_without_places(read_text(text, path)) == wanted)
    except DocgenError:
        return False


def _without_places(node: Node) -> Any:
    """What a node says, without its places; a key without a value says nothing."""
    match node:
        case Scalar():
            return node.value.rstrip("\n")
        case Group():
            said = {key.value: _without_places(value) for key, value in node.entries}
            return {key: value for key, value in said.items() if value not in ("", {})}
    return [_without_places(item) for item in node.items]


def _stamped_mapping(said: Any, keys: Keys, values: Values, keep: Collection[str]) -> Any:
    """What the file is to say."""
    if keys:
        inner = _stamped_mapping(said.get(keys[0], {}), keys[1:], values, keep)
        said = {**said, keys[0]: inner}
        return said if inner else {key: value for key, value in said.items() if key != keys[0]}
    new = {
        name: value if isinstance(value, str) else {"source": value[0], "translation": value[1]}
        for name, value in values.items()
    }
    return {name: value for name, value in said.items() if name in keep} | new
