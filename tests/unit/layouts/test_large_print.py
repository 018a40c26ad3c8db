"""Large print: 18 pt or more on one and a half lines, flush left, lines of at most 6 inches."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.diagnostics import Span
from docgen.document import PageSetup, StyleSheet
from docgen.layouts import LayoutLibrary, resolve_styles
from docgen.layouts.large_print import large_page
from docgen.layouts.leaves import Multiple, Points
from docgen.layouts.paper import Body
from docgen.shipped import layouts_folder

LIBRARY = LayoutLibrary([layouts_folder()])
THEME = LIBRARY.theme("base")
NAMES = ("patient-handout", "clinician-summary")
LAYOUT = """\
id: sheet
title: Sheet
description: A sheet
audience: patients
language: en
theme: base
large_print: {large}
body: {{size: {size}, leading: 15}}
page: {{size: letter, margins: {{top: 1in, right: 1in, bottom: 1in, left: 1in}}}}
blocks:
  - {{id: words, type: text, text: Words}}
"""

every_name = pytest.mark.parametrize("name", NAMES)
bodies = st.builds(
    lambda size, ratio, dense: body(size, size * ratio, dense=dense),
    st.floats(6, 40),
    st.floats(1, 2.5),
    st.booleans(),
)
sides = st.floats(144, 1200)
margins = st.floats(0, 70)


def body(size: float, leading: float, *, dense: bool = False) -> Body:
    span = Span("test.yaml", 1, 1)
    return Body(span=span, size=Points(size), leading=Points(leading), dense=dense)


def large(own: Body) -> StyleSheet:
    return resolve_styles(THEME, own, large_print=True)


@every_name
def test_nothing_is_smaller_than_18_points(name: str) -> None:
    sheet = LIBRARY.find(name, large_print=True).styles
    assert sheet.text["body"].size == 18
    assert min(style.size for style in sheet.text.values()) == 18
    assert sheet.text["furniture-right"].size == 18


@every_name
def test_running_text_stands_on_one_and_a_half_lines(name: str) -> None:
    sheet = LIBRARY.find(name, large_print=True).styles
    assert (sheet.text["body"].leading, sheet.grid) == (27, 13.5)
    for style, text in sheet.text.items():
        ratio = 1.2 if style.startswith("heading-") else 1.5
        assert text.leading >= ratio * text.size


@every_name
def test_everything_is_flush_left_and_stacked(name: str) -> None:
    sheet = LIBRARY.find(name, large_print=True).styles
    assert {style.align for style in sheet.text.values()} == {"left"}
    assert sheet.stacked
    assert not LIBRARY.find(name).styles.stacked


@every_name
def test_the_shipped_layouts_have_lines_of_6_inches_in_the_middle_of_the_paper(name: str) -> None:
    page = LIBRARY.find(name, large_print=True).page
    assert page == PageSetup(612, 792, top=54, right=90, bottom=54, left=90)


def test_headings_stay_a_hierarchy_without_filling_the_page() -> None:
    text = large(body(12, 15)).text
    sizes = [text[f"heading-{level}"].size for level in range(1, 7)]
    # The theme has 1.9, 1.2, 1.1, 1, 1, 1; above the body half of that is left.
    assert sizes == pytest.approx([26.1, 19.8, 18.9, 18, 18, 18])


def test_a_larger_body_and_a_looser_leading_are_kept() -> None:
    sheet = large(body(20, 40))
    assert (sheet.text["body"].size, sheet.text["body"].leading) == (20, 40)
    assert min(style.size for style in sheet.text.values()) == 20


def test_a_dense_body_gets_its_space_back() -> None:
    # The theme asks for one line above headings of level 2, and half a line below paragraphs.
    sheet = large(body(8, 9.6, dense=True))
    assert (sheet.text["heading-2"].before, sheet.text["body"].after) == (27, 13.5)


def test_items_paragraphs_and_tables_stand_apart_by_half_a_line() -> None:
    # The theme gives none of them any space; a label stays close to what it names.
    sheet = large(body(12, 15))
    assert (sheet.lists.item_gap, sheet.tables.before) == (13.5, 13.5)
    assert (sheet.text["small"].after, sheet.text["label"].after) == (13.5, 0)


def test_slightly_larger_text_stays_on_the_lines_of_the_body() -> None:
    # 1.1 in the theme: 18.9 pt would need 28.35 points, and the next step of the grid is 40.5.
    subtitle = large(body(12, 15)).text["subtitle"]
    assert (subtitle.size, subtitle.leading) == (18, 27)


def test_text_follows_a_body_style_that_is_not_of_the_bodys_size() -> None:
    look = msgspec.structs.replace(THEME.text["body"], size=Multiple(0.8))
    theme = msgspec.structs.replace(THEME, text={**THEME.text, "body": look})
    sheet = resolve_styles(theme, body(12, 15), large_print=True)
    assert sheet.text["body"].size == 18


@given(bodies)
def test_sizes_and_leading_hold_for_every_body(own: Body) -> None:
    sheet = large(own)
    least = sheet.text["body"].size
    assert least >= 18
    for style, text in sheet.text.items():
        assert text.size >= least
        if not style.startswith("heading-"):
            assert text.leading >= 1.5 * text.size - 1e-6
        assert text.leading >= text.size
        steps = text.leading / sheet.grid
        assert steps == pytest.approx(round(steps), abs=1e-6)


@given(st.builds(PageSetup, sides, sides, margins, margins, margins, margins))
def test_margins_only_grow_and_lines_stay_short(page: PageSetup) -> None:
    wide = large_page(page)
    assert wide.width - wide.left - wide.right <= 432 + 0.001
    for side in ("top", "right", "bottom", "left"):
        assert getattr(wide, side) >= getattr(page, side)
    assert wide.left >= min(54, 0.1 * page.width)
    assert wide.top >= min(54, 0.1 * page.height)


def test_wide_margins_stay_as_they_are() -> None:
    page = PageSetup(612, 792, 72, 120, 72, 90)
    assert large_page(page) == page


@pytest.mark.parametrize("size", [12, 9])
def test_a_layout_may_be_in_large_print_by_itself(tmp_path: Path, size: int) -> None:
    (tmp_path / "sheet.yaml").write_text(LAYOUT.format(large="true", size=size), encoding="utf-8")
    loaded = LayoutLibrary([tmp_path, layouts_folder()]).find("sheet")
    assert loaded.layout.large_print
    assert loaded.styles.text["body"].size == 18
    assert loaded.page.left == 90


def test_a_layout_without_a_word_about_it_is_not_in_large_print(tmp_path: Path) -> None:
    (tmp_path / "sheet.yaml").write_text(LAYOUT.format(large="false", size=12), encoding="utf-8")
    loaded = LayoutLibrary([tmp_path, layouts_folder()]).find("sheet")
    assert loaded.styles.text["body"].size == 12


def test_an_organization_may_ask_for_large_print(tmp_path: Path) -> None:
    folder = tmp_path / "organizations" / "eyes"
    folder.mkdir(parents=True)
    (folder / "organization.yaml").write_text(
        "name: Eye Clinic\ndefaults: {large_print: true}\n", "utf-8"
    )
    assert LayoutLibrary([tmp_path]).organization("eyes").organization.large_print
    assert not LIBRARY.organization("sample").organization.large_print
