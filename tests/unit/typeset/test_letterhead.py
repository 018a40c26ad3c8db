"""Pre-printed paper: the first page begins below it, the others as ever."""

import pytest
from msgspec.structs import replace

from docgen.document import Document, Furniture, PageBreak
from docgen.typeset import Page, TextPiece, typeset
from tests.sheets import paper, text


def _with_letterhead(document: Document, height: float) -> Document:
    return replace(document, page=replace(document.page, letterhead=height))


def _first_baseline(page: Page) -> float:
    return min(item.baseline for item in page.items if isinstance(item, TextPiece))


@pytest.mark.parametrize(("letterhead", "lower"), [(0.0, 0.0), (20.0, 0.0), (100.0, 70.0)])
def test_the_first_page_begins_below_the_letterhead_or_the_margin(
    letterhead: float, lower: float
) -> None:
    document = paper(text("One"), PageBreak(), text("Two"))
    usual = typeset(document).pages
    pages = typeset(_with_letterhead(document, letterhead)).pages
    assert _first_baseline(pages[0]) - _first_baseline(usual[0]) == pytest.approx(lower)
    assert _first_baseline(pages[1]) == _first_baseline(usual[1])


def test_a_header_higher_than_the_letterhead_pushes_the_text_as_ever() -> None:
    words = tuple(text("Header") for _ in range(8))
    document = paper(text("One"), header=Furniture(first=words))
    usual = _first_baseline(typeset(document).pages[0])
    assert _first_baseline(typeset(_with_letterhead(document, 60.0)).pages[0]) == usual


def test_less_fits_on_the_page_with_the_letterhead() -> None:
    document = paper(*(text("Line") for _ in range(30)))
    counts = [len(page.items) for page in typeset(_with_letterhead(document, 120.0)).pages]
    usual = [len(page.items) for page in typeset(document).pages]
    assert counts[0] < usual[0] == counts[1]
    assert sum(counts) == sum(usual) == 30
