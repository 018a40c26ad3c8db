"""Stacked pages, as in large print: what would stand side by side stands one below the other."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.document import (
    Block,
    Callout,
    Code,
    Columns,
    ColumnSlot,
    Document,
    Fact,
    Figure,
    Fixed,
    FlowedColumns,
    Furniture,
    ImageSource,
    KeepTogether,
    KeyFacts,
    ListBlock,
    ListItem,
    PageField,
    Paragraph,
    Signature,
    TextRun,
)
from docgen.typeset import Page, PlacedCode, PlacedImage, StraightLine, TextPiece, typeset
from tests.sheets import paper, text

LEFT, WIDTH = 30.0, 140.0
"""The frame of the paper's pages."""


def stacked(document: Document) -> Document:
    styles = msgspec.structs.replace(document.styles, stacked=True)
    return msgspec.structs.replace(document, styles=styles)


def pages_of(*blocks: Block, footer: Furniture | None = None) -> tuple[Page, ...]:
    return typeset(stacked(paper(*blocks, footer=footer))).pages


def pieces(page: Page) -> list[TextPiece]:
    return [item for item in page.marks if isinstance(item, TextPiece)]


def texts(page: Page) -> list[str]:
    return [piece.text.strip() for piece in pieces(page)]


def fact(label: str, value: str) -> Fact:
    return Fact(text(label, "label"), (text(value),))


def lines(count: int) -> Paragraph:
    return text("\n".join(["aaaa"] * count))


def test_columns_stand_one_below_the_other_as_wide_as_the_frame() -> None:
    long = "aaaa aaaa aaaa aaaa aaaa"
    narrow = ColumnSlot((text(long),), Fixed(40.0))
    (page,) = pages_of(Columns((narrow, ColumnSlot((text("second"), text("third"))))))
    assert texts(page) == [long, "second", "third"]
    assert {piece.x for piece in pieces(page)} == {LEFT}
    first, second, third = (piece.baseline for piece in pieces(page))
    # Each line is 12 high, each paragraph asks for 6 below.
    assert (second - first, third - second) == (18.0, 18.0)


def test_columns_may_break_between_pages_like_what_stands_in_them() -> None:
    slots = tuple(ColumnSlot((lines(12),)) for _ in range(2))
    first, second = pages_of(Columns(slots))
    # 12 lines and a gap of 6 leave room for 7 of the 20 lines of a page.
    assert [len(pieces(page)) for page in (first, second)] == [19, 5]


def test_text_that_ran_through_columns_runs_down_one() -> None:
    (page,) = pages_of(FlowedColumns(tuple(text(word) for word in "abcd"), 2))
    assert texts(page) == ["a", "b", "c", "d"]
    assert {piece.x for piece in pieces(page)} == {LEFT}
    assert len({piece.baseline for piece in pieces(page)}) == 4


def test_facts_stand_one_below_the_other_with_their_labels_close() -> None:
    (page,) = pages_of(KeyFacts((fact("Where", "here"), fact("When", "now")), across=2))
    assert texts(page) == ["Where", "here", "When", "now"]
    assert {piece.x for piece in pieces(page)} == {LEFT}
    where, here, when, _ = (piece.baseline for piece in pieces(page))
    assert (here - where, when - here) == (12.0, 18.0)


def test_a_label_is_not_left_behind_by_its_fact() -> None:
    # 18 lines and a gap leave one line: the label would stand there alone.
    first, second = pages_of(lines(18), KeyFacts((fact("Where", "here"),)))
    assert "Where" not in texts(first)
    assert texts(second) == ["Where", "here"]


def test_a_long_fact_may_go_over_a_page() -> None:
    facts = KeyFacts((Fact(text("Who", "label"), (lines(30),)),))
    assert [len(pieces(page)) for page in pages_of(facts)] == [20, 11]


def test_lines_to_sign_on_stand_one_below_the_other_on_one_page() -> None:
    signature = Signature((text("Name", "label"), text("Date", "label")))
    (page,) = pages_of(signature)
    rules = [item for item in page.items if isinstance(item, StraightLine)]
    assert [(rule.x1, rule.x2) for rule in rules] == [(LEFT, LEFT + WIDTH)] * 2
    name, date = pieces(page)
    assert rules[0].y1 < name.baseline < rules[1].y1 < date.baseline
    first, second = pages_of(lines(15), signature)
    assert len(pieces(first)) == 15
    assert texts(second) == ["Name", "Date"]


def test_footers_stack_with_the_page_number_at_the_left() -> None:
    number = Paragraph((TextRun("Page "), PageField("number")), "furniture")
    slots = (ColumnSlot((text("Clinic", "furniture"),)), ColumnSlot((number,)))
    (page,) = pages_of(text("Body"), footer=Furniture(first=(Columns(slots),)))
    clinic, below = [piece for piece in page.footer if isinstance(piece, TextPiece)]
    assert (clinic.text, below.text) == ("Clinic", "Page 1")
    assert (clinic.x, below.x) == (LEFT, LEFT)
    assert round(below.baseline - clinic.baseline, 3) == 12.0


def test_pictures_and_codes_stand_where_the_text_starts() -> None:
    image = ImageSource(b"", 20, 10, "png")
    code = Code("qr", "77299", 40.0, alt="A code", caption="77299", align="right")
    (page,) = pages_of(Figure(image, alt="A picture", align="center"), code)
    placed = [item for item in page.items if isinstance(item, PlacedImage | PlacedCode)]
    assert [item.x for item in placed] == [LEFT, LEFT]
    assert [piece.x for piece in pieces(page)] == [LEFT]


WORDS = st.lists(st.sampled_from(["ache", "bandage", "cast", "dose"]), min_size=1, max_size=30)
PARAGRAPHS = st.builds(lambda words: text(" ".join(words)), WORDS)


def _blocks(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(Callout),
        several.map(KeepTogether),
        several.map(lambda blocks: FlowedColumns(blocks, 3)),
        several.map(lambda blocks: Columns(tuple(ColumnSlot((block,)) for block in blocks))),
        several.map(lambda blocks: ListBlock("check", tuple(ListItem((b,)) for b in blocks))),
        several.map(
            lambda blocks: KeyFacts(tuple(Fact(text("Label", "label"), (b,)) for b in blocks), 3)
        ),
    )


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """All paragraphs in the order of the tree."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case Columns():
                for slot in block.slots:
                    yield from _paragraphs(slot.blocks)
            case ListBlock():
                for item in block.items:
                    yield from _paragraphs(item.blocks)
            case KeyFacts():
                for one in block.facts:
                    yield from _paragraphs((one.label, *one.blocks))
            case Callout() | KeepTogether() | FlowedColumns():
                yield from _paragraphs(block.blocks)


@given(st.lists(st.recursive(PARAGRAPHS, _blocks, max_leaves=8), min_size=1, max_size=6))
@settings(max_examples=120, deadline=None)
def test_everything_is_read_down_the_page_in_the_order_of_the_tree(blocks: list[Block]) -> None:
    pages = typeset(stacked(paper(*blocks, width=600.0, height=400.0))).pages
    said = [piece for page in pages for piece in pieces(page)]
    owners = [piece.node for piece in said]
    order = list(dict.fromkeys(map(id, owners)))
    assert order == [id(paragraph) for paragraph in _paragraphs(blocks)]
    for page in pages:
        below = [piece.baseline for piece in pieces(page)]
        # Each line holds text of one paragraph only, and the next one read stands below it.
        assert all(after > before for before, after in pairwise(below))
