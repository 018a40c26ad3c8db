"""Leaves of layouts: what they accept, what they mean in points, what they refuse."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.document import ByContent, Fixed, Share, Width
from docgen.layouts.leaves import (
    Colour,
    ColumnWidth,
    Length,
    Lines,
    Multiple,
    PaperSize,
    Points,
)


@pytest.mark.parametrize(
    ("text", "points"),
    [("1in", 72.0), ("0.75in", 54.0), ("25.4mm", 72.0), ("2.54cm", 72.0), ("54pt", 54.0)],
)
def test_a_length_is_points(text: str, points: float) -> None:
    assert Length.parse(text).points == pytest.approx(points)


@pytest.mark.parametrize("text", ["1", "in", "-1in", "1 inch", "1e3pt", ".5in", "1in ", "１in"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a length"):
        Length.parse(text)


@pytest.mark.parametrize("text", ["0.3", "-1", "one", "", "1.25", "inf", "nan"])
def test_lines_come_in_halves(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number of lines"):
        Lines.parse(text)


def test_lines_may_be_none_or_halves() -> None:
    assert [Lines.parse(text).count for text in ("0", "0.5", "1.50", "3")] == [0.0, 0.5, 1.5, 3.0]


@pytest.mark.parametrize("text", ["0", "0.0", "-1", "1/2", "x", "nan"])
def test_a_multiple_and_a_size_are_above_zero(text: str) -> None:
    with pytest.raises(ValueError, match="is not a multiple"):
        Multiple.parse(text)
    with pytest.raises(ValueError, match="is not a size in points"):
        Points.parse(text)


@pytest.mark.parametrize("text", ["red", "#fff", "123456", "#12345g", "#1234567"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        Colour.parse(text)


@given(st.integers(0, 0xFFFFFF))
def test_a_colour_does_not_depend_on_case(number: int) -> None:
    text = f"#{number:06x}"
    assert Colour.parse(text.upper()) == Colour.parse(text) == Colour(text)


@pytest.mark.parametrize(
    ("text", "width"),
    [("2in", Fixed(144.0)), ("3", Share(3.0)), ("1.5", Share(1.5)), ("content", ByContent())],
)
def test_a_column_width_is_a_length_a_share_or_content(text: str, width: Width) -> None:
    assert ColumnWidth.parse(text).width == width


@pytest.mark.parametrize("text", ["0", "0in", "wide", "50%"])
def test_what_is_no_column_width_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a column width"):
        ColumnWidth.parse(text)


@pytest.mark.parametrize(
    ("text", "width", "height"),
    [
        ("letter", 612.0, 792.0),
        ("legal", 612.0, 1008.0),
        ("half-letter", 396.0, 612.0),
        ("a4", 595.2756, 841.8898),
        ("a5", 419.5276, 595.2756),
        ("5in x 8in", 360.0, 576.0),
        ("100mm x 148mm", 283.4646, 419.5276),
    ],
)
def test_paper_has_the_size_that_its_standard_says(text: str, width: float, height: float) -> None:
    paper = PaperSize.parse(text)
    assert paper.width == pytest.approx(width, abs=0.001)
    assert paper.height == pytest.approx(height, abs=0.001)


@pytest.mark.parametrize("text", ["Letter", "tabloid", "5in", "5 x 8", "1in x 2in x 3in"])
def test_what_is_no_paper_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a paper size"):
        PaperSize.parse(text)


@given(st.text(max_size=12))
def test_the_schema_of_a_length_accepts_what_the_parser_accepts(text: str) -> None:
    matches = re.search(str(Length.json_schema()["pattern"]), text) is not None
    try:
        Length.parse(text)
    except ValueError:
        assert not matches or text.endswith("\n")
    else:
        assert matches


SUGGESTED = [
    (Length, "12 pts", "12pt"),
    (Length, "2 inches", "2in"),
    (Length, '2"', "2in"),
    (Length, "2IN", "2in"),
    (Length, "1,6in", "1.6in"),
    (Length, "2\u00a0cm", "2cm"),
    (Length, ".5in", "0.5in"),
    (Multiple, "110%", "1.1"),
    (Multiple, "1,25", "1.25"),
    (Points, "12pt", "12"),
    (Points, "10,5", "10.5"),
    (Colour, "blue", "#0000ff"),
    (Colour, "Navy", "#000080"),
    (Colour, "#fff", "#ffffff"),
    (Colour, "1b4f72", "#1b4f72"),
    (Colour, "0x1B4F72", "#1b4f72"),
    (Colour, "rgb(27, 79, 114)", "#1b4f72"),
    (Colour, "“#1b4f72”", "#1b4f72"),
    (PaperSize, "A4", "a4"),
    (PaperSize, "Half Letter", "half-letter"),
    (PaperSize, "8.5x11", "8.5in x 11in"),
    (PaperSize, "210 × 297 mm", "210mm x 297mm"),
]


@pytest.mark.parametrize(("leaf", "written", "meant"), SUGGESTED)
def test_what_is_meant_is_suggested_and_can_be_read(
    leaf: type[Length | Multiple | Points | Colour | PaperSize], written: str, meant: str
) -> None:
    with pytest.raises(ValueError) as refused:
        leaf.parse(written)
    hint = refused.value.args[1]
    assert re.match(r'write "?([^,"]+)"?(?:, without a unit)?$', hint)[1] == meant  # type: ignore[index]
    leaf.parse(meant)


@pytest.mark.parametrize(
    ("leaf", "written"),
    [
        (Length, "20%"),
        (Length, "100px"),
        (Length, "-2in"),
        (Length, "1 1/2 in"),
        (Multiple, "12pt"),
        (Points, "110%"),
        (Colour, "transparent"),
        (Colour, "rgb(300, 0, 0)"),
        (Colour, "#12345"),
        (PaperSize, "A3"),
        (PaperSize, "8.5 x 11 px"),
    ],
)
def test_nothing_is_guessed_where_it_is_not_clear(
    leaf: type[Length | Multiple | Points | Colour | PaperSize], written: str
) -> None:
    with pytest.raises(ValueError) as refused:
        leaf.parse(written)
    assert "such as" in refused.value.args[1]


def test_a_number_alone_asks_for_its_unit() -> None:
    with pytest.raises(ValueError) as refused:
        Length.parse("2")
    assert refused.value.args[1] == (
        "write its unit, such as 2in or 2mm; in, mm, cm and pt are known"
    )
