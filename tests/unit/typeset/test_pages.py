"""Blocks onto pages: grid, breaks, boxes, tables, lists, furniture."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError, Span
from docgen.document import (
    Block,
    ByContent,
    Callout,
    Code,
    Columns,
    ColumnSlot,
    Fact,
    Figure,
    Fixed,
    FlowedColumns,
    Furniture,
    Heading,
    ImageSource,
    KeepTogether,
    KeyFacts,
    ListBlock,
    ListItem,
    ListKind,
    PageBreak,
    PageField,
    Paragraph,
    Rule,
    RuledLines,
    Section,
    Signature,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    TextRun,
)
from docgen.typeset import (
    Box,
    Page,
    Pages,
    PlacedCode,
    PlacedImage,
    StraightLine,
    TextPiece,
    dump,
    typeset,
)
from tests.sheets import paper, text

LINE = "aaaa aaaa aaaa aaaa aaaa"
"""Fills one line of 140 points at 10 points, and no more."""


SHORT = "aaaa"
TALL_BANNER = Figure(
    ImageSource(b"", 100, 900, "png"), "The banner", origin=Span("layout.yaml", 4, 7)
)
"""Fits on a line of the narrowest cell."""


def lines(count: int, line: str = LINE) -> Paragraph:
    """A paragraph of so many lines."""
    return text("\n".join([line] * count))


def pieces(page: Page) -> list[TextPiece]:
    return [item for item in page.marks if isinstance(item, TextPiece)]


def texts(page: Page) -> list[str]:
    return [piece.text.strip() for piece in pieces(page)]


def baselines(page: Page) -> list[float]:
    return sorted({piece.baseline for piece in pieces(page)})


def heading(words: str) -> Heading:
    return Heading(2, (TextRun(words),))


def bullets(*items: str, kind: ListKind = "bullet") -> ListBlock:
    return ListBlock(kind, tuple(ListItem((text(item),)) for item in items))


def table(rows: int, cell: Block | None = None) -> Table:
    body = tuple(
        TableRow((TableCell((text(f"r{n}"),)), TableCell((cell or text("x"),))))
        for n in range(rows)
    )
    columns = (TableColumn(ByContent()), TableColumn())
    return Table(
        columns, (TableRow((TableCell((text("Key"),)), TableCell((text("Value"),)))),), body
    )


def test_the_first_line_stands_at_the_top_of_the_frame() -> None:
    (page,) = typeset(paper(lines(2))).pages
    first, second = pieces(page)
    assert (first.x, second.x) == (30.0, 30.0)
    assert second.baseline - first.baseline == 12.0
    assert 30.0 < first.baseline < 42.0


def test_space_between_blocks_is_the_larger_of_both_wishes() -> None:
    (page,) = typeset(paper(lines(1), heading("H"))).pages
    body, head = pieces(page)
    # The paragraph asks for 6 below, the heading for 12 above and is 18 high.
    assert head.baseline - body.baseline == 12.0 + 18.0


def test_twenty_lines_fill_a_page_and_the_next_goes_over() -> None:
    pages = typeset(paper(*[lines(20), lines(3)])).pages
    assert [len(pieces(page)) for page in pages] == [20, 3]


def test_no_line_of_a_paragraph_stands_alone() -> None:
    pages = typeset(paper(lines(21))).pages
    assert [len(pieces(page)) for page in pages] == [19, 2]
    # 18 lines and a gap of 6 leave room for one line of the next paragraph: it does not stay.
    pages = typeset(paper(lines(18), lines(4))).pages
    assert [len(pieces(page)) for page in pages] == [18, 4]


def test_a_heading_stays_with_what_it_announces() -> None:
    pages = typeset(paper(lines(17), heading("H"), lines(3))).pages
    assert [len(pieces(page)) for page in pages] == [17, 4]
    assert texts(pages[1])[0] == "H"


def test_an_introduction_stays_with_its_list() -> None:
    pages = typeset(paper(lines(18), text("Bring:"), bullets("one", "two"))).pages
    assert texts(pages[1])[0] == "Bring:"


def test_an_item_stays_with_the_list_in_it() -> None:
    item = ListItem((text("outer"), bullets("inner", "more")))
    pages = typeset(paper(lines(19), ListBlock("bullet", (item,)))).pages
    assert texts(pages[1]) == ["•", "outer", "–", "inner", "–", "more"]


def test_blocks_kept_together_go_over_as_one() -> None:
    together = KeepTogether((lines(2), lines(2), lines(2)))
    pages = typeset(paper(lines(16), together)).pages
    assert [len(pieces(page)) for page in pages] == [16, 6]


def test_what_is_taller_than_a_page_is_not_kept_together() -> None:
    together = KeepTogether(tuple(lines(2) for _ in range(20)))
    pages = typeset(paper(lines(2), together)).pages
    # Pairs of lines, 6 apart: (2 x 12 + 6) = 30 points each, eight to a page.
    assert [len(pieces(page)) for page in pages] == [16, 16, 10]


def test_a_page_break_starts_a_page() -> None:
    pages = typeset(paper(lines(1), PageBreak(), lines(1), PageBreak())).pages
    assert [len(pieces(page)) for page in pages] == [1, 1]


def test_an_empty_document_has_one_page() -> None:
    assert len(typeset(paper()).pages) == 1


def test_a_callout_breaks_over_pages_and_is_boxed_on_each() -> None:
    pages = typeset(paper(lines(10), Callout((lines(12, SHORT),)))).pages
    boxes = [[item for item in page.items if isinstance(item, Box)] for page in pages]
    # Above the box: 10 lines and 12 points. Its padding is 6 at both ends: 8 lines fit.
    assert [len(pieces(page)) for page in pages] == [18, 4]
    assert [(box.y, box.height) for box in boxes[0]] == [(162.0, 108.0), (162.0, 108.0)]
    assert [(box.y, box.height) for box in boxes[1]] == [(30.0, 60.0), (30.0, 60.0)]


def test_text_in_a_callout_stands_clear_of_bar_and_padding() -> None:
    (page,) = typeset(paper(Callout((lines(1, SHORT),)))).pages
    box, bar, piece = page.items
    assert isinstance(box, Box)
    assert isinstance(bar, Box)
    assert isinstance(piece, TextPiece)
    assert (box.x, box.width, bar.width, piece.x) == (30.0, 140.0, 4.0, 44.0)


def test_header_rows_are_repeated_as_artifacts() -> None:
    pages = typeset(paper(table(30))).pages
    heads = [[piece for piece in pieces(page) if piece.text == "Key"] for page in pages]
    assert [len(found) for found in heads] == [1] * len(pages)
    assert heads[0][0].node is not None
    assert all(found[0].node is None for found in heads[1:])
    rows = [text for page in pages for text in texts(page) if text.startswith("r")]
    assert rows == [f"r{number}" for number in range(30)]


def test_a_table_that_moves_whole_has_its_header_once() -> None:
    pages = typeset(paper(lines(17), table(3))).pages
    assert texts(pages[1]).count("Key") == 1
    assert all(piece.node is not None for piece in pieces(pages[1]))


def test_a_row_is_divided_only_when_it_is_taller_than_a_page() -> None:
    pages = typeset(paper(lines(10), table(1, lines(10, SHORT)))).pages
    assert [texts(page).count(SHORT) for page in pages] == [0, 10]
    divided = typeset(paper(table(1, lines(40, SHORT))))
    assert [warning.rule for warning in divided.warnings] == ["tall-row"]
    pages = divided.pages
    assert sum(texts(page).count(SHORT) for page in pages) == 40
    assert len(pages) == 3
    assert all(texts(page)[0] == "Key" for page in pages)


def test_column_widths() -> None:
    columns = (TableColumn(Fixed(40.0)), TableColumn(ByContent()), TableColumn())
    row = TableRow(tuple(TableCell((text("mm"),)) for _ in columns))
    (page,) = typeset(paper(Table(columns, (), (row,)))).pages
    first, second, third = pieces(page)
    assert (first.x, second.x) == (34.0, 74.0)
    # By content: as wide as its text and 4 points of padding on either side.
    assert third.x - second.x == pytest.approx(second.width + 8.0, abs=0.002)


def test_columns_stand_side_by_side_on_common_baselines() -> None:
    slots = (ColumnSlot((text("a\nb"),)), ColumnSlot((heading("H"), text("c"))))
    (page,) = typeset(paper(Columns(slots))).pages
    left = {piece.baseline for piece in pieces(page) if piece.x == 30.0}
    right = {piece.baseline for piece in pieces(page) if piece.x != 30.0}
    assert {baseline % 6.0 for baseline in left | right} == {next(iter(left)) % 6.0}
    assert min(piece.x for piece in pieces(page) if piece.x != 30.0) == 30.0 + 61.0 + 18.0


def test_divided_columns_are_read_one_after_the_other() -> None:
    left = ColumnSlot(tuple(text(f"l{n}") for n in range(9)))
    right = ColumnSlot(tuple(text(f"r{n}") for n in range(9)))
    (page,) = typeset(paper(Columns((left, right)))).pages
    assert texts(page) == [f"l{n}" for n in range(9)] + [f"r{n}" for n in range(9)]


def test_tall_columns_fill_the_rest_of_a_page() -> None:
    slot = ColumnSlot(tuple(text("w") for _ in range(10)))
    pages = typeset(paper(lines(10), Columns((slot, slot)))).pages
    # 240 less ten lines and a gap of 6: 114 points, six lines of 12 with 6 between them.
    assert [texts(page).count("w") for page in pages] == [12, 8]


def test_columns_taller_than_a_page_are_divided() -> None:
    tall = ColumnSlot(tuple(text("w") for _ in range(40)))
    pages = typeset(paper(Columns((tall, tall)))).pages
    # Lines of 12 points with 6 between them: thirteen to a page of 240.
    assert [len(pieces(page)) for page in pages] == [26, 26, 26, 2]


def flowing(count: int, columns: int = 2) -> FlowedColumns:
    return FlowedColumns(tuple(text(f"w{n}") for n in range(count)), columns)


def test_text_runs_through_columns_of_about_equal_length() -> None:
    (page,) = typeset(paper(flowing(7))).pages
    assert texts(page) == [f"w{n}" for n in range(7)]
    # 140 points less a gap of 18 are two columns of 61.
    assert [piece.x for piece in pieces(page)] == [30.0] * 4 + [109.0] * 3
    assert pieces(page)[0].baseline == pieces(page)[4].baseline


def test_columns_that_text_runs_through_start_below_what_is_there() -> None:
    pages = typeset(paper(lines(10), flowing(30))).pages
    # Below ten lines and a gap of 6, 114 points are left: six lines, 6 apart, in each column.
    assert texts(pages[0])[10:] == [f"w{n}" for n in range(12)]
    assert texts(pages[1]) == [f"w{n}" for n in range(12, 30)]
    assert len({piece.baseline for piece in pieces(pages[1])}) == 9


def test_columns_of_text_use_all_the_room_below_a_box() -> None:
    pages = typeset(paper(Callout((lines(8, SHORT),)), flowing(30))).pages
    # The box is 8 x 12 + 2 x 6 high, 12 below it: 120 points are left, just seven lines 6 apart.
    assert texts(pages[0])[8:] == [f"w{n}" for n in range(14)]


def test_columns_that_would_get_few_lines_start_on_the_next_page() -> None:
    pages = typeset(paper(lines(16), flowing(20))).pages
    assert texts(pages[1])[0] == "w0"


def test_what_follows_columns_of_text_stands_below_them() -> None:
    (page,) = typeset(paper(flowing(7), text("after"))).pages
    *columns, after = pieces(page)
    assert after.baseline > max(piece.baseline for piece in columns)


def test_nested_lists_hang_and_number() -> None:
    inner = ListBlock("ordered", tuple(ListItem((text("x"),)) for _ in range(3)), start=9)
    outer = ListBlock("bullet", (ListItem((text("a"), inner)),))
    (page,) = typeset(paper(outer)).pages
    labels = [piece for piece in pieces(page) if piece.part == "label"]
    assert [label.text for label in labels] == ["•", "9.", "10.", "11."]
    content = [piece.x for piece in pieces(page) if piece.part == "content"]
    assert content[0] == 48.0
    assert len(set(content[1:])) == 1
    # Hanging numbers end at one edge.
    ends = {round(label.x + label.width, 1) for label in labels[1:]}
    assert len(ends) == 1


def test_labels_stand_on_the_baseline_of_their_item() -> None:
    (page,) = typeset(paper(bullets("one", "two", kind="ordered"))).pages
    label, one, second, two = pieces(page)
    assert label.baseline == one.baseline
    assert second.baseline == two.baseline
    assert isinstance(label.node, ListItem)


def test_a_checklist_has_boxes_to_tick() -> None:
    (page,) = typeset(paper(bullets("one", "two", kind="check"))).pages
    boxes = [item for item in page.items if isinstance(item, Box)]
    assert [(box.x, box.width, box.fill, box.part) for box in boxes] == [
        (30.0, 8.0, None, "label"),
        (30.0, 8.0, None, "label"),
    ]


def test_images_are_scaled_down_and_never_up() -> None:
    small = Figure(ImageSource(b"", 100, 50, "png"), "alt")
    large = Figure(ImageSource(b"", 1400, 700, "png"), "alt")
    (page,) = typeset(paper(small, large)).pages
    sizes = [(item.width, item.height) for item in page.items if isinstance(item, PlacedImage)]
    assert sizes == [(100.0, 50.0), (140.0, 70.0)]


def test_a_bar_code_that_would_be_too_fine_is_refused() -> None:
    code = Code("code128", "A" * 60, 30.0, "alt", origin=Span("layout.yaml", 7, 3))
    with pytest.raises(DocgenError) as refused:
        typeset(paper(code))
    (diagnostic,) = refused.value.diagnostics
    assert diagnostic.rule == "barcode-too-wide"
    assert str(diagnostic.span) == "layout.yaml:7:3"


def test_codes_have_their_caption_below() -> None:
    (page,) = typeset(paper(Code("qr", "https://example.org", 72.0, "alt", "Scan me"))).pages
    code, caption = page.items
    assert isinstance(code, PlacedCode)
    assert isinstance(caption, TextPiece)
    assert caption.baseline > code.y + code.height


def test_lines_to_write_and_sign_on() -> None:
    signature = Signature((text("Name", "caption"), text("Date", "caption")))
    (page,) = typeset(paper(RuledLines(3), signature, Rule())).pages
    found = [item for item in page.items if isinstance(item, StraightLine)]
    assert [round(line.x2 - line.x1) for line in found] == [140, 140, 140, 61, 61, 140]
    assert found[1].y1 - found[0].y1 == 24.0


def test_key_facts_stand_in_rows() -> None:
    facts = tuple(Fact(text(f"L{n}", "label"), (text(f"v{n}"),)) for n in range(3))
    (page,) = typeset(paper(KeyFacts(facts, across=2))).pages
    assert texts(page) == ["L0", "v0", "L1", "v1", "L2", "v2"]
    first = {piece.text: piece for piece in pieces(page)}
    assert first["L0"].baseline == first["L1"].baseline < first["L2"].baseline


def test_furniture_differs_on_the_first_page_and_counts_pages() -> None:
    numbers = Paragraph((PageField("number"), TextRun(" of "), PageField("count")), "furniture")
    header = Furniture(first=(text("FIRST"),), later=(text("LATER"),))
    pages = typeset(paper(lines(30), header=header, footer=Furniture((numbers,), (numbers,)))).pages
    assert len(pages) == 2
    assert texts(pages[0])[0] == "FIRST"
    assert texts(pages[1])[0] == "LATER"
    assert texts(pages[1])[-1] == "2 of 2"
    furniture = [piece for piece in pieces(pages[0]) if piece.text in {"FIRST", "1 of 2"}]
    assert len(furniture) == 2
    assert all(piece.node is None for piece in furniture)


def test_a_header_that_wraps_with_wide_page_numbers_gets_its_room() -> None:
    # "12345678901234567 1/9" just fits on a line of 140 points; "... 10/10" does not.
    numbered = Paragraph(
        (TextRun("mmmmmmmmmmmmmm "), PageField("number"), TextRun("/"), PageField("count"))
    )
    header = Furniture((numbered,), (numbered,))
    short = typeset(paper(lines(30), header=header)).pages
    long = typeset(paper(lines(30 * 12), header=header)).pages
    assert "".join(texts(short[0])[:1]) == "mmmmmmmmmmmmmm 1/2"
    assert texts(long[11])[:2] == ["mmmmmmmmmmmmmm", f"12/{len(long)}"]
    first_lines = [texts(page).index(LINE) for page in long]
    body_tops = {pieces(page)[at].baseline for page, at in zip(long, first_lines, strict=True)}
    assert len(body_tops) == 1


def test_a_footer_stands_on_the_bottom_margin_clear_of_the_text() -> None:
    footer = Furniture((text("foot"),), (text("foot"),))
    page = typeset(paper(lines(30), footer=footer)).pages[0]
    *body, foot = pieces(page)
    assert 258.0 < foot.baseline < 270.0
    assert body[-1].baseline <= 258.0 - 12.0


def test_lists_nested_beyond_the_width_are_refused() -> None:
    block: Block = text("deep word", "body")
    for _ in range(8):
        block = ListBlock("bullet", (ListItem((block,)),))
    nested = ListBlock("bullet", (ListItem((block,)),), origin=None)
    with pytest.raises(DocgenError) as refused:
        typeset(paper(nested))
    assert refused.value.diagnostics[0].rule == "no-room"


def test_what_cannot_be_divided_and_fits_no_page_is_refused() -> None:
    boxed = ColumnSlot((Callout((lines(60),)),))
    columns = Columns((boxed, ColumnSlot((text("x"),))), origin=Span("layout.yaml", 9, 3))
    with pytest.raises(DocgenError) as refused:
        typeset(paper(columns))
    assert "layout.yaml:9:3: error[too-tall]" in str(refused.value)


@pytest.mark.parametrize(
    ("header", "page", "origin"),
    [
        (Furniture(first=(text("short"), TALL_BANNER)), "the first page", "layout.yaml:4:7"),
        (Furniture(later=(TALL_BANNER, text("short"))), "later pages", "layout.yaml:4:7"),
    ],
)
def test_a_header_that_leaves_no_room_is_refused_at_its_tallest_block(
    header: Furniture, page: str, origin: str
) -> None:
    with pytest.raises(DocgenError) as refused:
        typeset(paper(lines(1), header=header))
    [told] = refused.value.diagnostics
    assert (told.rule, str(told.span)) == ("no-room", origin)
    assert told.message == f"the header and footer of {page} leave 0.00 in for text"


def test_dump_names_place_owner_and_text() -> None:
    dumped = dump(typeset(paper(lines(1))))
    assert dumped.splitlines()[0] == "page 1 of 1"
    assert "Paragraph" in dumped
    assert repr(LINE) in dumped


def test_the_same_document_gives_the_same_pages() -> None:
    assert dump(typeset(paper(lines(30), table(9)))) == dump(typeset(paper(lines(30), table(9))))


WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=40).map(
    " ".join
)
PARAGRAPHS = WORDS.map(text)


def _blocks(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    items = st.lists(several.map(ListItem), min_size=1, max_size=4).map(tuple)
    kinds: st.SearchStrategy[ListKind] = st.sampled_from(("bullet", "ordered", "check"))
    return st.one_of(
        several.map(lambda blocks: Section("s", blocks)),
        several.map(KeepTogether),
        several.map(Callout),
        st.tuples(kinds, items).map(lambda both: ListBlock(both[0], both[1])),
        st.tuples(several, several).map(
            lambda both: Columns((ColumnSlot(both[0]), ColumnSlot(both[1])))
        ),
        several.map(lambda blocks: FlowedColumns(blocks, 2)),
        WORDS.map(heading),
        several.map(_table_of),
    )


def _table_of(blocks: Sequence[Block]) -> Table:
    rows = tuple(
        TableRow((TableCell((text(f"{n}"),)), TableCell((block,))))
        for n, block in enumerate(blocks)
    )
    return Table((TableColumn(Fixed(30.0)), TableColumn()), rows[:1], rows[1:])


def _said(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield from (run.text for run in block.inlines if isinstance(run, TextRun))
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _said(item.blocks)
        elif isinstance(block, Columns):
            for slot in block.slots:
                yield from _said(slot.blocks)
        elif isinstance(block, Table):
            for row in (*block.header, *block.rows):
                for cell in row.cells:
                    yield from _said(cell.blocks)
        elif isinstance(block, Section | KeepTogether | Callout | FlowedColumns):
            yield from _said(block.blocks)


def _words_on(pages: Pages) -> list[str]:
    said = [
        piece.text
        for page in pages.pages
        for piece in pieces(page)
        if piece.node is not None and piece.part == "content"
    ]
    return sorted("".join(said).replace(" ", ""))


@given(st.lists(st.recursive(PARAGRAPHS, _blocks, max_leaves=8), min_size=1, max_size=8))
@settings(max_examples=120, deadline=None)
def test_every_document_ends_and_says_all_on_its_grid_and_in_its_frame(blocks: list[Block]) -> None:
    try:
        pages = typeset(paper(*blocks, width=500.0, height=400.0))
    except DocgenError as refused:
        # A box in a column cannot be divided: taller than a page it is refused, not dropped.
        # Columns in columns in columns leave no width for a word.
        errors = {found.rule for found in refused.diagnostics if found.severity == "error"}
        assert errors
        assert errors <= {"too-tall", "no-room"}
        return
    assert _words_on(pages) == sorted("".join(_said(blocks)).replace(" ", ""))
    for page in pages.pages:
        assert len({round(baseline % 6.0, 2) % 6.0 for baseline in baselines(page)}) == 1
        assert all(30.0 < baseline <= 370.0 for baseline in baselines(page))
        assert all(piece.x + piece.width <= 470.1 for piece in pieces(page))
