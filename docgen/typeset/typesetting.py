"""A document onto pages, with header and footer."""

from collections.abc import Iterator, Sequence

import msgspec

from docgen.diagnostics import Findings
from docgen.document import Block, Document
from docgen.typeset.blocks import flow
from docgen.typeset.furniture import Furnishing, furnish
from docgen.typeset.pages import Page, PageItem, Pages
from docgen.typeset.paginate import paginate
from docgen.typeset.setting import Room, Setting, setting_for


def typeset(document: Document) -> Pages:
    """The document on pages. Raises DocgenError with everything that cannot be set."""
    findings = Findings()
    page = document.page
    room = Room(page.left, page.width - page.left - page.right)
    whole = page.height - page.top - page.bottom
    setting = setting_for(document.styles, whole, findings)
    furnishing = furnish(document, room, setting)
    least = min(furnishing.body_height(number) for number in (1, 2))
    setting = msgspec.structs.replace(setting, page_room=least)
    pages = tuple(_pages(document.blocks, room, furnishing, setting))
    findings.raise_if_any()
    return Pages(document, pages, findings.diagnostics)


def _pages(
    blocks: Sequence[Block], room: Room, furnishing: Furnishing, setting: Setting
) -> Iterator[Page]:
    strips = flow(blocks, room, setting)
    stacks = list(paginate(strips, furnishing.body_height, setting))
    count = max(len(stacks), 1)
    for number in range(1, count + 1):
        items: list[PageItem] = [*furnishing.header_items(number, count)]
        if stacks:
            items.extend(stacks[number - 1].items(furnishing.body_top(number)))
        items.extend(furnishing.footer_items(number, count))
        yield Page(tuple(items))
