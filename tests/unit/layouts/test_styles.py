"""Themes resolved: multiples become points, and every vertical measure stands on the grid."""

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.diagnostics import Span
from docgen.document import StyleSheet
from docgen.layouts import LayoutLibrary, resolve_styles
from docgen.layouts.leaves import Points
from docgen.layouts.paper import Body
from docgen.shipped import layouts_folder

THEME = LayoutLibrary([layouts_folder()]).theme("base")


def body(size: float, leading: float) -> Body:
    return Body(span=Span("test.yaml", 1, 1), size=Points(size), leading=Points(leading))


def vertical_lengths(sheet: StyleSheet) -> Iterator[float]:
    for text in sheet.text.values():
        yield from (text.leading, text.before, text.after)
    for box in sheet.boxes.values():
        yield from (box.padding_y, box.before, box.after)
    tables = sheet.tables
    yield from (tables.padding_y, tables.before, tables.after)
    yield from (sheet.lists.item_gap, sheet.writing_line)


def test_sizes_follow_the_body() -> None:
    sheet = resolve_styles(THEME, body(10, 14))
    assert sheet.grid == 7
    assert (sheet.text["body"].size, sheet.text["body"].leading) == (10, 14)
    heading = sheet.text["heading-1"]
    assert heading.size == pytest.approx(10 * THEME.text["heading-1"].size.factor)
    assert heading.leading == 14 * THEME.text["heading-1"].lines.count
    assert sheet.lists.indent == pytest.approx(10 * THEME.lists.indent.factor)


def test_without_a_body_the_themes_own_counts() -> None:
    assert resolve_styles(THEME) == resolve_styles(THEME, THEME.body)


@given(st.floats(6, 30), st.floats(6, 60))
def test_every_vertical_length_is_a_whole_number_of_grid_steps(size: float, leading: float) -> None:
    sheet = resolve_styles(THEME, body(size, leading))
    for length in vertical_lengths(sheet):
        steps = length / sheet.grid
        assert steps == pytest.approx(round(steps), abs=1e-6)


def test_a_dense_body_halves_the_space_between_blocks_to_half_lines() -> None:
    dense = msgspec.structs.replace(body(10, 14), dense=True)
    sheet = resolve_styles(THEME, dense)
    # The theme asks for one line above headings of level 2, and half a line below paragraphs.
    assert sheet.text["heading-2"].before == 7
    assert sheet.text["body"].after == 7
    assert sheet.text["heading-2"].leading == 14


def test_colours_are_those_of_the_palette() -> None:
    sheet = resolve_styles(THEME)
    known = {colour.code for colour in THEME.palette.values()}
    assert {text.colour for text in sheet.text.values()} <= known
    assert sheet.link_colour in known
    assert sheet.boxes["plain"].fill is None
    assert sheet.boxes["note"].stroke_width == 0
