"""Paragraphs into lines."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import Findings, Span
from docgen.document import Align, Link, TextRun, TextStyle
from docgen.typeset.lines import LaidLine, SetParagraph, break_lines, natural_widths, place_line
from docgen.typeset.pages import LinkArea, TextPiece
from docgen.typeset.pages import StraightLine as Rule
from docgen.typeset.setting import Room, Setting, setting_for
from tests.sheets import plain_sheet

PRINTABLE = st.characters(
    codec="latin-1", exclude_categories=["Cc", "Cf"], exclude_characters="\u00a0\u00ad"
)


@pytest.fixture
def setting() -> Setting:
    return setting_for(plain_sheet(), 240.0, Findings())


def paragraph(style: TextStyle, *runs: TextRun) -> SetParagraph:
    return SetParagraph(runs, style, None, origin=Span("a.yaml", 3, 5))


def set_texts(paragraph: SetParagraph, width: float, setting: Setting) -> list[str]:
    room = Room(0.0, width)
    return [
        "".join(
            item.text
            for item in place_line(LaidLine(line, paragraph, room, setting.descent), 0.0)
            if isinstance(item, TextPiece)
        )
        for line in break_lines(paragraph, width, setting)
    ]


def test_lines_are_filled_greedily_and_keep_their_blank(setting: Setting) -> None:
    body = setting.style("body")
    one = paragraph(body, TextRun("aaa bbb ccc"))
    _, two_words = natural_widths(paragraph(body, TextRun("aaa bbb")), setting)
    assert set_texts(one, two_words, setting) == ["aaa bbb ", "ccc"]


def test_a_look_may_change_inside_a_word(setting: Setting) -> None:
    body = setting.style("body")
    mixed = paragraph(body, TextRun("un"), TextRun("break", strong=True), TextRun("able word"))
    widest, _ = natural_widths(mixed, setting)
    assert set_texts(mixed, widest, setting) == ["unbreakable ", "word"]


def test_mixed_looks_stand_on_one_baseline(setting: Setting) -> None:
    body = setting.style("body")
    mixed = paragraph(body, TextRun("a "), TextRun("b ", strong=True), TextRun("c", scale=0.8))
    (line,) = break_lines(mixed, 100.0, setting)
    items = place_line(LaidLine(line, mixed, Room(0.0, 100.0), setting.descent), 0.0)
    assert len(items) == 3
    assert len({item.baseline for item in items if isinstance(item, TextPiece)}) == 1


def test_a_larger_run_takes_whole_steps_of_the_grid(setting: Setting) -> None:
    body = setting.style("body")
    (line,) = break_lines(paragraph(body, TextRun("big", scale=1.1)), 100.0, setting)
    # 12 points of leading, a tenth larger, is 13.2: the next step of the grid of 6 is 18.
    assert line.height == 18.0


def test_a_word_longer_than_its_line_is_cut_and_reported(setting: Setting) -> None:
    body = setting.style("body")
    word = "a" * 60
    lines = set_texts(paragraph(body, TextRun(word)), 50.0, setting)
    assert len(lines) > 1
    assert "".join(lines) == word
    (warning,) = setting.findings.diagnostics
    assert str(warning) == (
        "a.yaml:3:5: warning[long-word]: a word is wider than its line of 50 points and was cut\n"
        "  hint: put a space, or a hyphen, where it may be divided"
    )


def test_marks_for_line_ends_are_not_shown(setting: Setting) -> None:
    one = paragraph(setting.style("body"), TextRun("long\u200bword hy\u00adphen"))
    assert set_texts(one, 200.0, setting) == ["longword hyphen"]


def test_a_link_is_an_area_on_every_line_that_it_reaches(setting: Setting) -> None:
    body = setting.style("body")
    link = Link("https://example.org/")
    linked = paragraph(body, TextRun("see "), TextRun("our long page", link=link))
    lines = break_lines(linked, 45.0, setting)
    areas = [
        item
        for line in lines
        for item in place_line(LaidLine(line, linked, Room(0.0, 45.0), setting.descent), 0.0)
        if isinstance(item, LinkArea)
    ]
    assert len(lines) == len(areas) == 2
    assert all(area.link is link for area in areas)


def test_a_link_is_underlined(setting: Setting) -> None:
    linked = paragraph(setting.style("body"), TextRun("here", link=Link("https://example.org/")))
    (line,) = break_lines(linked, 45.0, setting)
    text, rule, _ = place_line(LaidLine(line, linked, Room(0.0, 45.0), setting.descent), 0.0)
    assert isinstance(text, TextPiece)
    assert isinstance(rule, Rule)
    assert (rule.x1, rule.x2) == (text.x, text.x + text.width)
    assert rule.y1 > text.baseline


@pytest.mark.parametrize(("align", "left"), [("left", 10.0), ("center", 35.0), ("right", 60.0)])
def test_alignment(setting: Setting, align: Align, left: float) -> None:
    style = msgspec.structs.replace(setting.style("body"), align=align)
    one = paragraph(style, TextRun("aaa"))
    _, width = natural_widths(one, setting)
    (line,) = break_lines(one, width + 50.0, setting)
    (item,) = place_line(LaidLine(line, one, Room(10.0, width + 50.0), setting.descent), 0.0)
    assert isinstance(item, TextPiece)
    assert item.x == pytest.approx(left, abs=0.001)


@given(st.lists(st.text(PRINTABLE, min_size=1), min_size=1, max_size=5), st.floats(20.0, 300.0))
@settings(max_examples=150)
def test_every_character_is_set_and_no_line_is_too_wide(texts: list[str], width: float) -> None:
    setting = setting_for(plain_sheet(), 240.0, Findings())
    runs = [TextRun(text, strong=index % 2 == 1) for index, text in enumerate(texts)]
    one = paragraph(setting.style("body"), *runs)
    assert "".join(set_texts(one, width, setting)) == "".join(texts)
    assert all(line.width <= width + 0.01 for line in break_lines(one, width, setting))
