"""The place at a page's foot that is free: as near to the right corner as what is printed lets it.

Pages are 612 points wide and 792 high, y grows down: the place lies between 760.86 and 780.7.
"""

import pytest
from msgspec.structs import replace

from docgen.document import Link, Paragraph, Signature, TextRun
from docgen.typeset.foot import free_place, reaches_foot
from docgen.typeset.pages import (
    Box,
    FieldArea,
    LinkArea,
    Page,
    PageItem,
    PlacedCode,
    StraightLine,
    TextPiece,
)

EDGE, SIDE = 11.3, 7 * 72 / 25.4
FACE = "AtkinsonHyperlegibleNext-Regular"
WORDS = TextPiece(560, 770, 40, "page 1", FACE, 10, "#000000", None)
DARK = Box(560, 765, 40, 5, fill="#000000")


def left_of(*items: PageItem) -> float | None:
    """Where the free place of a page with some items begins."""
    place = free_place(Page((), footer=items), 612, 792)
    return None if place is None else place.x


def test_an_empty_corner_is_free() -> None:
    head = Box(0, 0, 612, 758, fill="#000000")

    place = free_place(Page((head,)), 612, 792)

    assert place is not None
    assert place.width == place.height == pytest.approx(SIDE)
    assert place.x + place.width == pytest.approx(612 - EDGE)
    assert place.y + place.height == pytest.approx(792 - EDGE)


@pytest.mark.parametrize(
    "item",
    [
        WORDS,
        replace(WORDS, baseline=757.5),  # 3.5 points of a g reach down to 761
        replace(WORDS, baseline=791.0),  # 11 of an accent up to 780
    ],
)
def test_it_keeps_left_of_text(item: PageItem) -> None:
    assert left_of(item) == pytest.approx(560 - SIDE)


@pytest.mark.parametrize(
    "item",
    [
        DARK,
        replace(DARK, fill=None, stroke="#000000"),
        StraightLine(560, 770, 600, 770, "#000000", 1),
        StraightLine(600, 759, 560, 759, "#000000", 1),  # drawn from the right, and just above
        PlacedCode(560, 765, 40, 5, (b"\x01\x00",), None),
    ],
)
def test_it_keeps_two_points_off_what_is_drawn(item: PageItem) -> None:
    assert left_of(item) == pytest.approx(558 - SIDE)


@pytest.mark.parametrize(
    "item",
    [
        replace(WORDS, text=""),
        replace(WORDS, baseline=757.0),  # 3.5 points below it end above the place
        replace(WORDS, baseline=792.0),
        replace(DARK, fill=None),
        LinkArea(560, 765, 40, 5, Link("https://example.org"), Paragraph((TextRun("here"),))),
        FieldArea(560, 765, 40, 5, Signature((Paragraph((TextRun("Name"),)),))),
    ],
)
def test_what_prints_nothing_there_takes_no_room(item: PageItem) -> None:
    assert left_of(item) == pytest.approx(612 - EDGE - SIDE)
    assert not reaches_foot([item], 792)


def test_it_takes_the_next_gap_that_is_wide_enough() -> None:
    narrow = replace(WORDS, x=530, width=15)  # 15 points lie between the two

    assert left_of(narrow, WORDS) == left_of(WORDS, narrow) == pytest.approx(530 - SIDE)


def test_a_full_foot_has_none() -> None:
    assert left_of(replace(WORDS, x=EDGE + SIDE - 1, width=590)) is None
    assert left_of(replace(WORDS, x=EDGE + SIDE + 1, width=590)) == pytest.approx(EDGE + 1)


def test_what_decides_is_known() -> None:
    assert reaches_foot([replace(WORDS, baseline=20.0), WORDS], 792)
