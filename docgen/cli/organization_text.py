"""What there is of an organization, as the command line tells it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.records import RECORDS
from docgen.source import (
    SUFFIXES,
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    display_path,
    entries,
    fields_of,
    files_below,
    is_file,
    read_file,
)

if TYPE_CHECKING:
    from docgen.layouts import LoadedOrganization

_ACTS = {
    "replace": "writes anew",
    "change": "changes",
    "remove": "takes out",
    "insert": "puts in",
    "reorder": "puts in another order",
}


def organization_lines(organization: "LoadedOrganization") -> Iterator[str]:
    """All that holds for an organization: what its files and those of its parents say."""
    yield organization.organization.name.value
    yield f"Id: {organization.id}"
    *parents, _ = organization.chain
    if parents:
        yield f"Part of: {' > '.join(parents)}"
    homes = {
        str(display_path(folder)): id
        for id, folder in zip(organization.chain, organization.folders, strict=True)
    }
    lined = {
        key
        for key, field in fields_of(type(organization.organization)).items()
        if field.shape.lined
    }
    for key, value in _values_said(organization.node):
        home = homes.get(str(Path(value.span.path).parent), organization.id)
        origin = f"  (from {home})" if home != organization.id else ""
        words = _on_one_line(value) if key in lined else _words(value)
        yield f"{key}: {words}{origin}"
    for id, folder in reversed(list(zip(organization.chain, organization.folders, strict=True))):
        yield from _files_of(folder, f" of {id}" if id != organization.id else "")


def layout_files(folder: Path) -> tuple[Path, ...]:
    """The layouts of an organization's own folder."""
    named = (path for path in entries(folder) if path.suffix in SUFFIXES)
    return tuple(path for path in named if path.stem != "organization" and is_file(path))


def record_files(folder: Path) -> tuple[Path, ...]:
    """The records of an organization's own folder."""
    return tuple(files_below(folder / RECORDS, SUFFIXES))


def _values_said(node: MappingNode, prefix: str = "") -> Iterator[tuple[str, Node]]:
    for key, value in node.entries:
        if isinstance(value, MappingNode):
            yield from _values_said(value, f"{prefix}{key.value}.")
        elif prefix or key.value not in ("name", "parent"):
            yield f"{prefix}{key.value}", value


def _on_one_line(node: Node) -> str:
    """The lines of an address with commas between them."""
    lines = node.value.strip().split("\n") if isinstance(node, Scalar) else []
    return ", ".join(line.strip().rstrip(",") for line in lines)


def _words(node: Node) -> str:
    """A value on one line."""
    if isinstance(node, Scalar):
        return " ".join(node.value.split())
    if isinstance(node, SequenceNode):
        joint = "; " if any(isinstance(item, MappingNode) for item in node.items) else ", "
        return joint.join(_words(item) for item in node.items)
    return ", ".join(_words(value) for _, value in node.entries)


def _files_of(folder: Path, owner: str) -> Iterator[str]:
    for kind, paths in (("Layout", layout_files(folder)), ("Record", record_files(folder))):
        for path in paths:
            yield ""
            yield f"{kind}{owner}: {path.stem} ({display_path(path)})"
            yield from _changes(read_file(path))


def _changes(node: Node) -> Iterator[str]:
    base = node.get("extends") if isinstance(node, MappingNode) else None
    if not isinstance(node, MappingNode) or base is None:
        yield "  stands alone"
        yield from _waivers(node)
        return
    yield f"  starts from {_words(base)}"
    yield from _waivers(node)
    for verb, act in _ACTS.items():
        value = node.get(verb)
        if value is not None:
            yield f"  {act}: {', '.join(_names_within(value))}"


def _waivers(node: Node) -> Iterator[str]:
    """What a layout or a record does without that keeps patients safe, and why."""
    without = node.get("without") if isinstance(node, MappingNode) else None
    for need, reason in without.entries if isinstance(without, MappingNode) else ():
        yield f"  does without {need.value}: {_words(reason)}"


def _names_within(value: Node) -> Iterator[str]:
    """The names of the blocks or fields that a verb is about."""
    if isinstance(value, MappingNode):
        yield from (key.value for key, _ in value.entries)
        return
    for item in value.items if isinstance(value, SequenceNode) else (value,):
        yield from _inserted(item) if isinstance(item, MappingNode) else (_words(item),)


def _inserted(insertion: MappingNode) -> Iterator[str]:
    section = insertion.get("section")
    if isinstance(section, MappingNode):
        yield _words(section.get("title") or section)
    blocks = insertion.get("blocks")
    for block in blocks.items if isinstance(blocks, SequenceNode) else ():
        id = block.get("id") if isinstance(block, MappingNode) else None
        yield _words(id or block)
