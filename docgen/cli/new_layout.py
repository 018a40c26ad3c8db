"""The first file of an organization's own layout, with examples that name blocks of its base."""

from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docgen.cli.new_files import NewFile, scaffold_text

if TYPE_CHECKING:
    from docgen.layouts import Layout
    from docgen.layouts.model import Block, SectionBlock
    from docgen.source import TextNode

_WITHIN = ". "


def layout_file(name: str, organization: str, base: "Layout") -> NewFile:
    """A layout that extends another one and, until it is written in, changes nothing of it."""
    size, leading = _larger_type(base)
    words = {
        "NAME": name,
        "BASE": base.id,
        "ORGANIZATION": organization,
        "SIZE": f"{size:g}",
        "LEADING": f"{leading:g}",
        "BLOCKS": "\n".join(_blocks_listed(base)),
    }
    text = scaffold_text("layout", "layout.yaml")
    for word, value in words.items():
        text = text.replace(f"__{word}__", value)
    return PurePosixPath(f"{name}.yaml"), (text + "".join(_examples(base))).encode()


def _larger_type(base: "Layout") -> tuple[float, float]:
    """Size and leading a point larger than the base has them, in the same proportion."""
    size = base.body.size.value if base.body else 12.0
    leading = base.body.leading.value if base.body else 15.0
    return size + 1, ceil(leading * (size + 1) / size * 2) / 2


def _blocks_listed(base: "Layout") -> Iterator[str]:
    from docgen.layouts import furniture_blocks

    yield from _tree(base.blocks, 0)
    furniture = furniture_blocks(base)
    if furniture:
        yield "#"
        yield "# At the head and the foot of the pages:"
        yield "#"
        yield from _tree(furniture, 0)


def _tree(blocks: "Sequence[Block]", depth: int) -> Iterator[str]:
    from docgen.layouts import children
    from docgen.layouts.model import KeyFactsBlock, PreparedForBlock

    for block in blocks:
        mark = " (needed)" if block.required else " (safety)" if block.safety else ""
        yield _outline_line(depth, f"{block.id}{mark}", getattr(block, "heading", None))
        yield from _tree(children(block), depth + 1)
        if isinstance(block, KeyFactsBlock | PreparedForBlock):
            yield from (_outline_line(depth + 1, fact.id, fact.label) for fact in block.facts)


def _outline_line(depth: int, id: str, words: "TextNode | None") -> str:
    shown = f": {words}" if words and "{{" not in words.value else ""
    return f"# {_WITHIN * depth}{id}{shown}"


def _examples(base: "Layout") -> Iterator[str]:
    """An example of each verb, on blocks that it may be used on. Together they are right, too."""
    sections = _free_sections(base.blocks)
    if not sections:
        return
    first, last = sections[0], sections[-1]
    yield _example(
        "Change words or the look of a block.",
        f"change:\n  {first.id}: {{heading: {first.heading}}}",
    )
    yield _example(
        "Put in blocks of your own: after, before or at-end-of a block.",
        f"insert:\n  - after: {first.id}\n    blocks:\n"
        "      - {id: parking, type: section, heading: Getting here, text: Park at the door.}",
    )
    if len(sections) < _ENOUGH:
        return
    other = sections[-2]
    yield _example("Leave blocks out.", f"remove: [{last.id}]")
    yield _example(
        "Write a block anew.",
        f"replace:\n  {other.id}: {{id: {other.id}, type: section, heading: {other.heading}, "
        "text: Ask us.}",
    )
    yield _example(
        "Print some blocks in another order, at the place of the first of them.",
        f"reorder: [{sections[1].id}, {first.id}]",
    )


_ENOUGH = 3
"""Sections of which one is changed, one written anew and one left out."""


def _free_sections(blocks: Sequence["Block"]) -> list["SectionBlock"]:
    """Sections that may be taken out, with a heading of plain words, outside of any other block."""
    from docgen.layouts.model import SectionBlock

    return [
        block
        for block in blocks
        if isinstance(block, SectionBlock)
        and not _holds_what_stays(block)
        and not block.for_each
        and block.heading.value.replace(" ", "").isalpha()
    ]


def _holds_what_stays(block: "Block") -> bool:
    from docgen.layouts import children

    return block.required or bool(block.safety) or any(map(_holds_what_stays, children(block)))


def _example(note: str, example: str) -> str:
    return f"\n# {note}\n" + "".join(f"#{line}\n" for line in example.splitlines())
