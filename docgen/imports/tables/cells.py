"""What stands in a cell, as the CommonMark of a section."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from docgen.imports.markers import Marker, markers_of_lines
from docgen.imports.markup import Block, Item, ProseListing, ProseParagraph, blocks_as_commonmark
from docgen.source import is_broken_by_hand


class CellText(NamedTuple):
    """The CommonMark of some cells, and the signs of lists in them, which are no words of it."""

    text: str
    signs: tuple[str, ...] = ()


def cell_prose(cells: Iterable[str], separator: str | None = None) -> CellText:
    """The plain text of some cells as CommonMark that says the same.

    Lines that begin with a bullet or a number are a list, and so is what stands between the
    separators of a list; a blank line ends a paragraph.
    """
    blocks: list[Block] = []
    signs: list[str] = []
    for cell in cells:
        if separator and separator in cell:
            items = [" ".join(item.split()) for item in cell.split(separator)]
            blocks.append(ProseListing(tuple(Item(item) for item in items if item)))
            signs += [separator] * (len(items) - 1)
        else:
            blocks += _blocks(cell, signs)
    return CellText(blocks_as_commonmark(blocks), tuple(signs))


def list_prose(items: Sequence[str]) -> str:
    """Some plain texts as a list."""
    return blocks_as_commonmark(
        [ProseListing(tuple(Item(" ".join(item.split())) for item in items))]
    )


def _blocks(cell: str, signs: list[str]) -> list[Block]:
    """The paragraphs and lists of a cell; the signs of its items go to ``signs``."""
    blocks: list[Block] = []
    above = ""
    words = [line.split() for line in cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    going_on = False
    for line, marker in zip(words, markers_of_lines(words), strict=True):
        text = " ".join(line)
        if marker and not marker.is_lettered and text != marker.text:
            _add_item(blocks, marker, text.removeprefix(marker.text).strip())
            signs.append(marker.text)
        elif text and going_on and is_broken_by_hand(above, text, narrow=True):
            _begin_below(blocks, text)
        elif text and going_on:
            _go_on(blocks, text)
        elif text:
            blocks.append(ProseParagraph(text))
        going_on, above = bool(text), text
    return blocks


def _add_item(blocks: list[Block], marker: Marker, text: str) -> None:
    """An item of the list right above, where it goes on with that, or of a new list."""
    last = blocks[-1] if blocks else None
    if isinstance(last, ProseListing) and _goes_on(last, marker):
        blocks[-1] = ProseListing((*last.items, Item(text)), last.start)
    else:
        blocks.append(ProseListing((Item(text),), marker.numbers[0] if marker.numbers else None))


def _goes_on(last: ProseListing, marker: Marker) -> bool:
    if last.start is None:
        return not marker.numbers
    return last.start + len(last.items) in marker.numbers


def _begin_below(blocks: list[Block], text: str) -> None:
    """A line that was broken by hand is a paragraph, in the item that it stands in."""
    last = blocks[-1]
    if isinstance(last, ProseParagraph):
        blocks.append(ProseParagraph(text))
        return
    *items, item = last.items
    below = (*item.blocks, ProseParagraph(text))
    blocks[-1] = ProseListing((*items, Item(item.text, below)), last.start)


def _go_on(blocks: list[Block], text: str) -> None:
    """A line below another belongs to its paragraph or item."""
    last = blocks[-1]
    if isinstance(last, ProseParagraph):
        blocks[-1] = ProseParagraph(f"{last.text} {text}")
        return
    *items, item = last.items
    if item.blocks:
        *others, lowest = item.blocks
        assert isinstance(lowest, ProseParagraph)  # no list stands in an item of a cell
        gone_on = Item(item.text, (*others, ProseParagraph(f"{lowest.text} {text}")))
    else:
        gone_on = Item(f"{item.text} {text}")
    blocks[-1] = ProseListing((*items, gone_on), last.start)
