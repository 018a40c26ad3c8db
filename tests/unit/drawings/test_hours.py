"""The sample drawing: parts as wide as their hours, in words that fit."""

from itertools import pairwise

import pytest
from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]

from docgen.document import PaintedPath, PaintedText, VectorSource
from docgen.drawings import DrawingTheme, DrawingValue
from docgen.drawings.hours import hours_of_a_day
from docgen.fonts import face, reportlab_name
from docgen.vectors import recorded

FAMILY = "Noto Sans"
LOOKS = {
    reportlab_name(face(FAMILY, strong, emphasis).name): (FAMILY, strong, emphasis)
    for strong in (False, True)
    for emphasis in (False, True)
}
REGULAR, ITALIC, BOLD, _ = sorted(LOOKS, key=lambda name: LOOKS[name][1:])
THEME = DrawingTheme(
    font=REGULAR,
    bold_font=BOLD,
    italic_font=ITALIC,
    heading_font=BOLD,
    size=10,
    leading=12,
    ink=HexColor("#000000"),
    accent=HexColor("#0000ff"),
    rule=HexColor("#999999"),
    paper=HexColor("#ffffff"),
    colours={},
    language="en",
)


def drawn(width: float, *values: tuple[str, str]) -> VectorSource:
    given = [DrawingValue(value, label) for value, label in values]
    return recorded(hours_of_a_day({}, width, THEME, given), faces=LOOKS)


def texts_of(picture: VectorSource) -> list[str]:
    return [mark.text for mark in picture.marks if isinstance(mark, PaintedText)]


def test_parts_are_as_wide_as_their_hours() -> None:
    picture = drawn(240.75, ("8", "Sleep"), ("4", "Work"), ("12", "Rest"))
    assert (picture.width, picture.height) == (240.75, 24 + 6 + 12)
    boxes = [mark.path for mark in picture.marks if isinstance(mark, PaintedPath)][:3]
    edges = [(box.points[0], box.points[2]) for box in boxes]
    assert edges == [(0.375, 80.375), (80.375, 120.375), (120.375, 240.375)]


def test_each_part_is_named() -> None:
    assert texts_of(drawn(240, ("8", "Sleep"), ("16", ""))) == ["8", "16", "Sleep: 8", "16"]


def test_a_part_too_narrow_for_its_hours_is_told_by_the_key_alone() -> None:
    told = texts_of(drawn(240, ("0.5", "A"), ("23.5", "B")))
    assert told == ["23.5", "A: 0.5", "B: 23.5"]


def test_neighbours_are_told_apart_in_gray() -> None:
    picture = drawn(240, *(("6", "A"),) * 4)
    fills = [mark.fill for mark in picture.marks if isinstance(mark, PaintedPath)][:4]
    shades = [sum(int((fill or "")[at : at + 2], 16) for at in (1, 3, 5)) / 3 for fill in fills]
    assert all(abs(one - other) > 40 for one, other in pairwise(shades))


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        (("8", "8"), "the hours add up to 16, and a day has 24"),
        (("x", "24"), "'x' is no number of hours"),
        (("nan", "24"), "'nan' is no number of hours above 0"),
        (("0", "24"), "'0' is no number of hours above 0"),
    ],
)
def test_what_is_no_day_is_an_error(hours: tuple[str, ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        drawn(240, *((hour, "A") for hour in hours))
