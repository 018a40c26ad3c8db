"""Tables in large print: a record for each row."""

from msgspec.structs import replace

from docgen.document import Document, Paragraph, Table, TableCell, TableColumn, TableRow
from docgen.typeset import Page, StraightLine, TextPiece, typeset
from tests.sheets import paper, text


def stacked(table: Table, height: float = 600.0) -> tuple[Page, ...]:
    document: Document = paper(table, height=height)
    return typeset(replace(document, styles=replace(document.styles, stacked=True))).pages


def cell(words: str, wide: int = 1, high: int = 1) -> TableCell:
    style = "table-head" if words.istitle() else "table-cell"
    return TableCell((text(words, style),) if words else (), None, wide, high)


def row(*cells: TableCell | str) -> TableRow:
    return TableRow(tuple(cell(one) if isinstance(one, str) else one for one in cells))


def table(header: tuple[TableRow, ...], *rows: TableRow, columns: int = 3) -> Table:
    return Table((TableColumn(),) * columns, header, rows)


def said(page: Page) -> list[str]:
    """The texts of a page, those that are artifacts in brackets, rules as dashes."""
    return [
        "-" if isinstance(item, StraightLine) else _quoted(item)
        for item in page.items
        if isinstance(item, StraightLine | TextPiece)
    ]


def _quoted(piece: TextPiece) -> str:
    return piece.text.strip() if piece.node is not None else f"[{piece.text.strip()}]"


HEAD = (row("Code", "Title", "Note"),)


def test_each_cell_stands_below_its_head_over_the_full_width() -> None:
    (page,) = stacked(table(HEAD, row("a", "b", "c"), row("d", "e", "f")))
    assert said(page) == [
        *("Code", "a", "Title", "b", "Note", "c", "-"),
        *("[Code]", "d", "[Title]", "e", "[Note]", "f", "-"),
    ]
    texts = [item for item in page.items if isinstance(item, TextPiece)]
    assert {item.x for item in texts} == {30.0}
    assert [item.baseline for item in texts] == sorted(item.baseline for item in texts)
    rules = [item for item in page.items if isinstance(item, StraightLine)]
    assert {(rule.x1, rule.x2) for rule in rules} == {(30.0, 170.0)}


def test_a_head_of_the_document_belongs_to_its_paragraph_and_looks_like_a_label() -> None:
    made = table(HEAD, row("a", "b", "c"))
    document = paper(made)
    label = replace(document.styles.text["label"], colour="#112233")
    looks = {**document.styles.text, "label": label}
    (page,) = typeset(
        replace(document, styles=replace(document.styles, stacked=True, text=looks))
    ).pages
    first = page.items[0]
    assert isinstance(first, TextPiece)
    assert first.node is made.header[0].cells[0].blocks[0]
    assert first.colour == "#112233"


def test_empty_cells_are_left_out_and_heads_are_said_with_the_first_that_is_not() -> None:
    (page,) = stacked(table(HEAD, row("a", "", "c"), row("d", "e", ""), row("f", "", "")))
    assert said(page) == [
        *("Code", "a", "Note", "c", "-"),
        *("[Code]", "d", "Title", "e", "-"),
        *("[Code]", "f", "-"),
    ]


def test_a_head_of_empty_cells_only_is_said_in_the_first_row() -> None:
    (page,) = stacked(table(HEAD, row("a", "", "c"), row("d", "", "f")))
    assert said(page) == [
        *("Code", "a", "Title", "Note", "c", "-"),
        *("[Code]", "d", "[Note]", "f", "-"),
    ]


def test_an_empty_row_leaves_nothing() -> None:
    (page,) = stacked(table(HEAD, row("a", "b", "c"), row("", "", "")))
    assert said(page) == ["Code", "a", "Title", "b", "Note", "c", "-"]


def test_a_table_without_rows_says_its_heads() -> None:
    header = (row(cell("Code", 1, 2), cell("Plan", 2)), row("From", "To"))
    (page,) = stacked(table(header))
    assert said(page) == ["Code", "Plan", "From", "To", "-"]


def test_a_table_without_heads_says_its_cells() -> None:
    (page,) = stacked(table((), row("a", "b", "c")))
    assert said(page) == ["a", "b", "c", "-"]


def test_the_head_of_a_group_stands_once_a_row_before_those_of_its_columns() -> None:
    header = (row(cell("Code", 1, 2), cell("Plan", 2)), row("From", "To"))
    (page,) = stacked(table(header, row("a", "", "c"), row("d", "e", "f")))
    assert said(page) == [
        *("Code", "a", "Plan", "To", "c", "-"),
        *("[Code]", "d", "[Plan]", "From", "e", "[To]", "f", "-"),
    ]


def test_a_cell_over_columns_stands_under_all_their_heads() -> None:
    (page,) = stacked(table(HEAD, row("a", cell("b", 2))))
    assert said(page) == ["Code", "a", "Title", "Note", "b", "-"]


def test_a_cell_over_rows_stands_again_in_each_of_them() -> None:
    (page,) = stacked(table(HEAD, row("a", cell("b", 1, 2), "c"), row("d", "e")))
    assert said(page) == [
        *("Code", "a", "Title", "b", "Note", "c", "-"),
        *("[Code]", "d", "[Title]", "[b]", "[Note]", "e", "-"),
    ]


def test_records_stay_whole_and_a_head_stays_with_its_cell() -> None:
    rows = [row(f"a{n}", f"b{n}", f"c{n}") for n in range(5)]
    pages = stacked(table(HEAD, *rows), height=300.0)
    # Three pairs of 24 points, 6 above each, and a rule of 6: 96 are less than 0.4 of 240.
    assert [sum(text.startswith("a") for text in said(page)) for page in pages] == [2, 2, 1]
    assert all(said(page)[-1] == "-" for page in pages)
    tall = "\n".join(["t"] * 8)
    first, *_ = stacked(table(HEAD, row(tall, tall, tall)), height=300.0)
    # Two cells of 108 points and 6 between them fit 240 with the third's head: it goes over.
    assert said(first)[-1] == "t"


def test_a_row_header_stands_again_where_its_record_goes_on() -> None:
    tall = "\n".join(["t"] * 30)
    name = TableCell((text("n", "table-cell"),), row_header=True)
    pages = stacked(table(HEAD, row("a", name, tall), row("b", "c", "d")), height=300.0)
    assert said(pages[0])[:5] == ["Code", "a", "Title", "n", "Note"]
    # 72 points are above: 168 hold 14 lines of 12. The name takes 24 of the next page, and 6 below.
    assert said(pages[1]) == ["[Title]", "[n]", *["t"] * 16, "-"]
    texts = [item for item in pages[1].items if isinstance(item, TextPiece)]
    assert texts[2].baseline - texts[1].baseline == 12.0 + 6.0


def test_a_record_that_stays_on_its_page_is_named_once() -> None:
    name = TableCell((text("n", "table-cell"),), row_header=True)
    (page,) = stacked(table(HEAD, row("a", name, "c")))
    assert said(page) == ["Code", "a", "Title", "n", "Note", "c", "-"]


def test_a_row_header_does_not_stand_alone_at_the_foot_of_a_page() -> None:
    name = TableCell((text("n", "table-cell"),), row_header=True)
    tall = "\n".join(["t"] * 8)
    made = table(HEAD, row(name, tall, "c"))
    document = paper(lines(17), made)
    pages = typeset(replace(document, styles=replace(document.styles, stacked=True))).pages
    # 17 lines and 12 points leave 24 of 240, which the name alone would fill.
    assert said(pages[1])[:2] == ["Code", "n"]


def lines(count: int) -> Paragraph:
    return text("\n".join(["x"] * count))
