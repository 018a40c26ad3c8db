"""Headers and footers: artifacts, with the number of their page filled in."""

import msgspec

from docgen.diagnostics import Span
from docgen.document import (
    Block,
    Callout,
    Columns,
    ColumnSlot,
    Document,
    Furniture,
    Heading,
    Inline,
    KeepTogether,
    PageField,
    Paragraph,
    TextRun,
)
from docgen.typeset.blocks import flow
from docgen.typeset.pages import PageItem
from docgen.typeset.setting import Room, Setting
from docgen.typeset.stack import Stack, stack
from docgen.typeset.strips import as_artifact


class Furnishing:
    """The header and footer of each page, and the room that they leave between them.

    Room is kept for the page number ``widest``.
    """

    def __init__(self, document: Document, room: Room, setting: Setting, widest: int) -> None:
        self._document = document
        self._room = room
        self._setting = setting
        self._widest = widest
        self._stacks: dict[tuple[bool, int, int], Stack] = {}
        self._header_heights = self._heights(document.header)
        self._footer_heights = self._heights(document.footer)

    def body_top(self, number: int) -> float:
        """Where the body of a page starts, in points from the top of the page."""
        page = self._document.page
        top = page.top + self._header_heights[number > 1]
        return top if number > 1 else max(top, page.letterhead)

    def body_height(self, number: int) -> float:
        """The height of the body of a page, in points."""
        page = self._document.page
        bottom = page.height - page.bottom - self._footer_heights[number > 1]
        return bottom - self.body_top(number)

    def tallest_origin(self, number: int) -> Span | None:
        """The place of the block that takes the most room in a page's header and footer."""
        tallest: tuple[float, Span | None] = (0.0, None)
        for furniture in (self._document.header, self._document.footer):
            for block in furniture.first if number == 1 else furniture.later:
                strips = flow([_numbered(block, number, self._widest)], self._room, self._setting)
                height = stack(strips).height
                if height > tallest[0]:
                    tallest = height, getattr(block, "origin", None)
        return tallest[1]

    def holds(self, count: int) -> bool:
        """Whether the headers and footers of so many pages keep to the room kept for them."""
        return all(
            self._stack(furniture, number, count).height
            <= self._stack(furniture, min(number, self._widest), self._widest).height
            for furniture in (self._document.header, self._document.footer)
            for number in range(1, count + 1)
        )

    def header_items(self, number: int, count: int) -> list[PageItem]:
        """The marks of a page's header."""
        header = self._stack(self._document.header, number, count)
        return _artifacts(header, self._document.page.top)

    def footer_items(self, number: int, count: int) -> list[PageItem]:
        """The marks of a page's footer; its last line stands on the bottom margin."""
        page = self._document.page
        footer = self._stack(self._document.footer, number, count)
        return _artifacts(footer, page.height - page.bottom - footer.height)

    def _heights(self, furniture: Furniture) -> tuple[float, float]:
        """Heights on the first and on later pages, with the space towards the body."""
        leading = self._setting.style("body").leading
        first, later = (
            self._stack(furniture, number, self._widest).height for number in (1, self._widest)
        )
        on_grid = self._setting.on_grid
        return (
            on_grid(first) + leading if first else 0.0,
            on_grid(later) + leading if later else 0.0,
        )

    def _stack(self, furniture: Furniture, number: int, count: int) -> Stack:
        key = (furniture is self._document.header, number, count)
        if key not in self._stacks:
            blocks = furniture.first if number == 1 else furniture.later
            numbered = [_numbered(block, number, count) for block in blocks]
            self._stacks[key] = stack(flow(numbered, self._room, self._setting))
        return self._stacks[key]


def _artifacts(placed: Stack, top: float) -> list[PageItem]:
    artifacts = (as_artifact(item) for item in placed.items(top))
    return [artifact for artifact in artifacts if artifact is not None]


def _numbered(block: Block, number: int, count: int) -> Block:
    """The block with its page fields filled."""
    if isinstance(block, Paragraph | Heading):
        inlines = tuple(_run_of_page_number(inline, number, count) for inline in block.inlines)
        return msgspec.structs.replace(block, inlines=inlines)
    if isinstance(block, Columns):
        slots = tuple(
            ColumnSlot(tuple(_numbered(b, number, count) for b in slot.blocks), slot.width)
            for slot in block.slots
        )
        return msgspec.structs.replace(block, slots=slots)
    if isinstance(block, KeepTogether | Callout):
        blocks = tuple(_numbered(inner, number, count) for inner in block.blocks)
        return msgspec.structs.replace(block, blocks=blocks)
    return block


def _run_of_page_number(inline: Inline, number: int, count: int) -> TextRun:
    if not isinstance(inline, PageField):
        return inline
    value = number if inline.kind == "number" else count
    return TextRun(str(value), strong=inline.strong, emphasis=inline.emphasis)
