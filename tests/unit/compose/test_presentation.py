"""Presentations change lists and never lose a word."""

from hypothesis import given
from hypothesis import strategies as st

from docgen.compose.presentation import as_list
from docgen.document import Block, ListBlock, ListItem, ListKind, Paragraph, TextRun


def paragraph(text: str) -> Paragraph:
    return Paragraph((TextRun(text),))


def bullets(*texts: str, kind: ListKind = "bullet", start: int = 1) -> ListBlock:
    return ListBlock(kind, tuple(ListItem((paragraph(text),)) for text in texts), start)


def words(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found += [inline.text for inline in block.inlines if isinstance(inline, TextRun)]
        if isinstance(block, ListBlock):
            found += [word for item in block.items for word in words(item.blocks)]
    return found


def test_lists_change_their_kind_and_paragraphs_stay() -> None:
    before, after = paragraph("Before"), paragraph("After")
    result = as_list((before, bullets("a", "b"), after), "check", "Box to tick")
    assert (result[0], result[2]) == (before, after)
    assert isinstance(result[1], ListBlock)
    assert (result[1].kind, words(result[1:2])) == ("check", ["a", "b"])


def test_lists_within_items_stay_as_they_are() -> None:
    inner = bullets("inner")
    outer = ListBlock("bullet", (ListItem((paragraph("outer"), inner)),))
    (result,) = as_list((outer,), "check", "Box to tick")
    assert isinstance(result, ListBlock)
    assert result.items[0].blocks[1] is inner


def test_steps_keep_the_number_that_they_begin_with() -> None:
    (steps,) = as_list((bullets("a", kind="ordered", start=4),), "ordered", "Box to tick")
    (points,) = as_list((bullets("a", kind="ordered", start=4),), "bullet", "Box to tick")
    assert isinstance(steps, ListBlock)
    assert isinstance(points, ListBlock)
    assert (steps.start, points.start) == (4, 1)


def test_without_a_list_each_paragraph_is_an_item() -> None:
    (steps,) = as_list((paragraph("One"), paragraph("Two")), "ordered", "Box to tick")
    assert isinstance(steps, ListBlock)
    assert [words(item.blocks) for item in steps.items] == [["One"], ["Two"]]


BLOCKS = st.lists(
    st.one_of(
        st.text(min_size=1).map(paragraph),
        st.lists(st.text(min_size=1), min_size=1).map(lambda texts: bullets(*texts)),
    )
).map(tuple)


@given(BLOCKS, st.sampled_from(["bullet", "ordered", "check"]))
def test_no_word_is_lost(blocks: tuple[Block, ...], kind: ListKind) -> None:
    assert words(as_list(blocks, kind, "Box to tick")) == words(blocks)


def test_boxes_to_tick_are_announced_by_their_label() -> None:
    for written in (bullets("a"), paragraph("a")):
        (boxes,) = as_list((written,), "check", "Casilla")
        assert isinstance(boxes, ListBlock)
        assert (boxes.kind, boxes.label) == ("check", "Casilla")
