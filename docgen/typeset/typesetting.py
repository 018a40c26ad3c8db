"""A document onto pages, with header and footer."""

from collections.abc import Iterator, Sequence

import msgspec

from docgen.diagnostics import Findings
from docgen.document import Document
from docgen.typeset.blocks import flow
from docgen.typeset.furniture import Furnishing
from docgen.typeset.inset import body_room, inset_in, texts_of_visit
from docgen.typeset.pages import Page, Pages
from docgen.typeset.paginate import paginate
from docgen.typeset.setting import Room, Setting, setting_for
from docgen.typeset.stack import Stack

_USUAL_PAGES = 2
_LEAST_LINES = 4
"""Lines of the body that a page must hold: a heading keeps to the two lines that follow it."""
_MOST_PAGES = 9999
"""Room is kept for the page numbers of a usual document first, then for the widest."""


def typeset(document: Document) -> Pages:
    """The document on pages. Raises DocgenError with everything that cannot be set."""
    findings = Findings()
    page = document.page
    room = body_room(page)
    setting = setting_for(document.styles, page.height - page.top - page.bottom, findings)
    furnishing = Furnishing(document, room, setting, _USUAL_PAGES)
    _check_height(furnishing, setting)
    findings.raise_if_any()
    stacks = _stacks(document, room, furnishing, setting)
    if not furnishing.holds(len(stacks)):
        furnishing = Furnishing(document, room, setting, _MOST_PAGES)
        stacks = _stacks(document, room, furnishing, setting)
    pages = tuple(_pages(document, stacks, furnishing))
    findings.raise_if_any()
    return Pages(document, pages, findings.diagnostics)


def _check_height(furnishing: Furnishing, setting: Setting) -> None:
    """Tells of pages whose header and footer leave no room for text between them."""
    for number in (1, 2):
        height = furnishing.body_height(number)
        if height < _LEAST_LINES * setting.style("body").leading:
            which = "the first page" if number == 1 else "later pages"
            setting.findings.error(
                "no-room",
                f"the header and footer of {which} leave {max(height, 0) / 72:.2f} in for text",
                furnishing.tallest_origin(number),
                "make them shorter: give images in them a smaller width, or texts fewer lines",
            )


def _stacks(
    document: Document, room: Room, furnishing: Furnishing, setting: Setting
) -> Sequence[Stack]:
    least = min(furnishing.body_height(number) for number in (1, 2))
    setting = msgspec.structs.replace(setting, page_room=least)
    strips = flow(document.blocks, room, setting)
    return list(paginate(strips, furnishing.body_height, setting)) or [Stack((), 0.0)]


def _pages(document: Document, stacks: Sequence[Stack], furnishing: Furnishing) -> Iterator[Page]:
    count = len(stacks)
    texts = texts_of_visit(document.blocks)
    for number, placed in enumerate(stacks, start=1):
        top = furnishing.body_top(number)
        items = tuple(placed.items(top))
        yield Page(
            items,
            header=tuple(furnishing.header_items(number, count)),
            footer=tuple(furnishing.footer_items(number, count)),
            inset=inset_in(items, placed, top, texts) if texts else None,
        )
