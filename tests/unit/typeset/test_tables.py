"""Tables whose cells span columns and rows."""

from collections import Counter
from collections.abc import Iterator
from typing import TypeGuard

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import Span
from docgen.document import (
    ByContent,
    Document,
    Fixed,
    Paragraph,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    TextRun,
)
from docgen.typeset import Box, Page, PageItem, Pages, StraightLine, TextPiece, typeset
from tests.sheets import paper, text

THREE = (TableColumn(Fixed(40.0)), TableColumn(Fixed(40.0)), TableColumn(Fixed(60.0)))


def cell(words: str, wide: int = 1, high: int = 1) -> TableCell:
    return TableCell((text(words, "table-cell"),), column_span=wide, row_span=high)


def row(*cells: TableCell | str) -> TableRow:
    return TableRow(tuple(cell(one) if isinstance(one, str) else one for one in cells))


GROUPED = (row(cell("Code", 1, 2), cell("Plan", 2)), row("From", "To"))
"""A header of two rows: the heading of the first column stands in both."""


def pieces(page: Page) -> dict[str, TextPiece]:
    """The texts of a page that belong to the document."""
    return {
        item.text.strip(): item
        for item in page.items
        if isinstance(item, TextPiece) and item.node is not None
    }


def rules(page: Page) -> list[tuple[float, float, float]]:
    """Height, left and right end of every line."""
    return [(item.y1, item.x1, item.x2) for item in page.items if isinstance(item, StraightLine)]


def test_a_heading_over_two_columns_stands_above_both() -> None:
    (page,) = typeset(paper(Table(THREE, GROUPED, (row("a", "b", "c"),)))).pages
    found = pieces(page)
    assert list(found) == ["Code", "Plan", "From", "To", "a", "b", "c"]
    assert [found[word].x for word in found] == [34.0, 74.0, 74.0, 114.0, 34.0, 74.0, 114.0]
    assert found["Plan"].baseline < found["From"].baseline == found["To"].baseline
    # A head of both rows stands close to its column.
    assert found["Code"].baseline == found["From"].baseline
    # Three rows of 12 points and 6 of padding at both ends; the frame starts at 30.
    assert rules(page) == [(54.0, 70.0, 170.0), (78.0, 30.0, 170.0), (102.0, 30.0, 170.0)]
    (shade,) = [item for item in page.items if isinstance(item, Box)]
    assert (shade.y, shade.height) == (30.0, 48.0)


def test_a_cell_over_two_columns_is_as_wide_as_both() -> None:
    words = "mmmm mmmm"
    narrow, wide = row(cell(words, 1), "b", "c"), row(cell(words, 2), "c")
    for first, lines in ((narrow, 2), (wide, 1)):
        (page,) = typeset(paper(Table(THREE, (), (first,)))).pages
        assert len([said for said in _words(page) if said.startswith("mmmm")]) == lines


def test_what_spans_columns_by_content_widens_them() -> None:
    columns = (TableColumn(ByContent()), TableColumn(ByContent()), TableColumn())
    rows = (row(cell("mmmmmmmm", 2), "c"), row("a", "b", "c"))
    (page,) = typeset(paper(Table(columns, (), rows))).pages
    found = pieces(page)
    assert found["c"].x == pytest.approx(34.0 + found["mmmmmmmm"].width + 8.0, abs=0.01)


def test_a_cell_over_two_rows_stands_beside_both_and_no_rule_crosses_it() -> None:
    rows = (row(cell("s", 1, 2), "a", "b"), row("c", "d"), row("e", "f", "g"))
    (page,) = typeset(paper(Table(THREE, (), rows))).pages
    assert list(pieces(page)) == ["s", "a", "b", "c", "d", "e", "f", "g"]
    assert rules(page) == [(54.0, 70.0, 170.0), (78.0, 30.0, 170.0), (102.0, 30.0, 170.0)]


def test_a_cell_taller_than_its_rows_makes_the_last_of_them_taller() -> None:
    rows = (row(cell("s\ns\ns\ns", 1, 2), "a", "b"), row("c", "d"))
    (page,) = typeset(paper(Table(THREE, (), rows))).pages
    # Four lines of 12 points and 12 of padding: the second row has 60 less the first one's 24.
    assert rules(page) == [(54.0, 70.0, 170.0), (90.0, 30.0, 170.0)]


def test_rows_of_one_cell_go_over_together() -> None:
    rows = (*(row(f"x{n}", "", "") for n in range(8)),)
    joined = (row(cell("s", 1, 3), "a", "b"), row("c", "d"), row("e", "f"))
    pages = typeset(paper(Table(THREE, GROUPED, (*rows, *joined)))).pages
    # 240 points less two header rows of 24: eight rows fit.
    assert list(pieces(pages[0]))[-1] == "x7"
    assert list(pieces(pages[1])) == ["s", "a", "b", "c", "d", "e", "f"]


def test_all_header_rows_stand_again_as_artifacts() -> None:
    rows = tuple(row(f"x{n}", "y", "z") for n in range(12))
    first, second = typeset(paper(Table(THREE, GROUPED, rows))).pages
    again = [item for item in second.items if isinstance(item, TextPiece) and item.node is None]
    assert [item.text.strip() for item in again] == ["Code", "Plan", "From", "To"]
    heads = [item for item in first.items if isinstance(item, TextPiece)][:4]
    assert [item.baseline for item in again] == [item.baseline for item in heads]
    assert rules(second)[:2] == rules(first)[:2]


def test_rows_that_fill_more_than_a_page_are_divided_between_rows() -> None:
    rows = (row(cell("s", 1, 12), "a0\na0", "b0"), *(row(f"a{n}\na{n}", "") for n in range(1, 12)))
    set_pages = typeset(paper(Table(THREE, (), rows)))
    # Rows of two lines are 36 points high: six fill 216 of 240, and none of them is divided.
    said = [list(pieces(page)) for page in set_pages.pages]
    assert said == [
        ["s", "a0", "b0", *(f"a{n}" for n in range(1, 6))],
        [f"a{n}" for n in range(6, 12)],
    ]
    assert [Counter(_words(page)).most_common(1)[0][1] for page in set_pages.pages] == [2, 2]
    assert not set_pages.warnings
    # At the cut only the columns are ruled whose cell ends there.
    assert rules(set_pages.pages[0])[-1] == (246.0, 70.0, 170.0)
    assert rules(set_pages.pages[1])[-1] == (246.0, 30.0, 170.0)
    # There the cell that goes on can be read again, and is said no more.
    second = set_pages.pages[1].items
    (again,) = [item for item in second if isinstance(item, TextPiece) and item.node is None]
    assert (again.text, again.x) == ("s", 34.0)
    assert again.baseline == next(item.baseline for item in second if _says(item, "a6"))


def test_a_page_breaks_between_joined_rows_rather_than_within_one() -> None:
    four = [cell("\n".join([f"a{n}"] * 4)) for n in range(6)]
    rows = (row(cell("s", 1, 6), four[0], "b"), *(row(four[n], "") for n in range(1, 6)))
    pages = typeset(paper(text("t"), Table(THREE, (), rows))).pages
    # 240 less 24 hold three rows of 60, and two lines of the fourth.
    assert [sum(word.startswith("a") for word in _words(page)) for page in pages] == [12, 12]


def test_a_cell_is_not_read_again_where_its_rest_is_too_low_for_it() -> None:
    rows = (row(cell("s\ns", 1, 9), "a0", "b0"), *(row(f"a{n}", "") for n in range(1, 9)))
    pages = typeset(paper(text("\n".join(["t"] * 2)), Table(THREE, (), rows))).pages
    # 240 less two lines and 12 points: eight of nine rows; the last is lower than two lines.
    assert [len(_words(page)) for page in pages] == [13, 1]
    assert not [item for item in pages[1].items if _says(item, "s")]


def test_joined_rows_do_not_leave_pages_half_empty() -> None:
    above = (*(row(f"x{n}", "", "") for n in range(5)),)
    joined = (row(cell("s", 1, 5), "a0", "b"), *(row(f"a{n}", "") for n in range(1, 5)))
    pages = typeset(paper(Table(THREE, (), (*above, *joined)))).pages
    # Ten rows of 24 points fill 240: five joined ones are half a page, and need not go over.
    assert len(pages) == 1
    pages = typeset(paper(text("t"), Table(THREE, (), (*above, *joined)))).pages
    assert _words(pages[1]) == ["a4"]


def test_a_header_of_more_than_half_a_page_stands_once() -> None:
    header = (row(cell("\n".join(["H"] * 11), 3)),)
    pages = typeset(
        paper(Table(THREE, header, tuple(row(f"x{n}", "", "") for n in range(9))))
    ).pages
    texts = [item.text for page in pages for item in page.items if isinstance(item, TextPiece)]
    assert [text.strip() for text in texts] == ["H"] * 11 + [f"x{n}" for n in range(9)]


def test_a_short_text_beside_a_long_one_keeps_its_width() -> None:
    columns = (TableColumn(ByContent()), TableColumn(ByContent()))
    rows = (row("i i", "mmmm " * 20),)
    (page,) = typeset(paper(Table(columns, (), rows))).pages
    assert _words(page)[0] == "i i"


def test_a_tall_cell_over_rows_is_divided_between_its_lines() -> None:
    rows = (row(cell("\n".join(["s"] * 30), 1, 2), "a", "b"), row("c", "d"))
    pages = typeset(paper(Table(THREE, (), rows))).pages
    assert [_words(page).count("s") for page in pages] == [19, 11]
    assert [words for page in pages for words in _words(page) if words != "s"] == list("abcd")


def test_a_row_among_joined_ones_that_is_taller_than_a_page_is_told() -> None:
    tall = TableCell((text("\n".join(["t"] * 30), "table-cell"),), Span("layout.yaml", 4, 2))
    rows = (row(cell("s", 1, 2), "a", "b"), TableRow((tall, cell("d"))))
    warnings = typeset(paper(Table(THREE, (), rows))).warnings
    assert [(found.rule, str(found.span)) for found in warnings] == [
        ("tall-row", "layout.yaml:4:2")
    ]


def _says(item: PageItem, words: str) -> TypeGuard[TextPiece]:
    return isinstance(item, TextPiece) and item.text.strip() == words


def _words(page: Page) -> list[str]:
    return [
        item.text.strip()
        for item in page.items
        if isinstance(item, TextPiece) and item.node is not None
    ]


WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=9), max_size=12).map(" ".join)


@st.composite
def grids(draw: st.DrawFn, columns: int, most: int) -> tuple[TableRow, ...]:
    """Rows of cells with spans that fill a grid, one cell at least beginning in each row."""
    count = draw(st.integers(0, most))
    taken = [[False] * columns for _ in range(count)]
    rows: list[TableRow] = []
    for y in range(count):
        cells: list[TableCell] = []
        for x in range(columns):
            if taken[y][x]:
                continue
            free = next((n for n in range(x, columns) if taken[y][n]), columns) - x
            wide = draw(st.integers(1, free))
            # The last column begins anew in each row.
            high = draw(st.integers(1, count - y)) if x + wide < columns else 1
            for down in range(high):
                taken[y + down][x : x + wide] = [True] * wide
            words = (text(draw(WORDS), "table-cell"),)
            cells.append(TableCell(words, None, wide, high, row_header=draw(st.booleans())))
        rows.append(TableRow(tuple(cells)))
    return tuple(rows)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    widths = st.sampled_from([TableColumn(), TableColumn(ByContent()), TableColumn(Fixed(70.0))])
    columns = tuple(draw(st.lists(widths, min_size=1, max_size=4)))
    header = draw(grids(len(columns), 3))
    return Table(columns, header, draw(grids(len(columns), 9)))


def _paragraphs(table: Table) -> Iterator[Paragraph]:
    for one in (*table.header, *table.rows):
        for each in one.cells:
            for block in each.blocks:
                assert isinstance(block, Paragraph)
                yield block


def _set(table: Table, *, stacked: bool) -> Pages:
    document: Document = paper(table, width=400.0, height=300.0)
    styles = msgspec.structs.replace(document.styles, stacked=stacked)
    return typeset(msgspec.structs.replace(document, styles=styles))


def _said(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.inlines if isinstance(run, TextRun))


def _overlap(one: TextPiece, other: TextPiece) -> bool:
    beside = min(one.x + one.width, other.x + other.width) - max(one.x, other.x) > 0.01
    return beside and abs(one.baseline - other.baseline) < 11.9


@given(tables(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_every_cell_is_said_once_and_none_covers_another(table: Table, stacked: bool) -> None:
    pages = _set(table, stacked=stacked).pages
    said: dict[int, str] = {}
    for page in pages:
        texts = [item for item in page.items if isinstance(item, TextPiece)]
        for number, one in enumerate(texts):
            assert 30.0 < one.baseline <= 270.0
            assert round((one.baseline - texts[0].baseline) % 6.0, 2) % 6.0 == 0.0
            assert not any(_overlap(one, other) for other in texts[number + 1 :])
            if one.node is not None:
                said[id(one.node)] = said.get(id(one.node), "") + one.text
    wanted = {id(paragraph): _said(paragraph).replace(" ", "") for paragraph in _paragraphs(table)}
    found = {node: words.replace(" ", "") for node, words in said.items()}
    assert found == {node: words for node, words in wanted.items() if words}
