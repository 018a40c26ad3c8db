"""Plain text as CommonMark that means just this text: held against the parser of prose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import Findings, Span
from docgen.document import ListBlock
from docgen.imports.accounting import prose_text
from docgen.imports.markup import (
    WIDTH,
    Block,
    Item,
    ProseListing,
    ProseParagraph,
    blocks_as_commonmark,
)
from docgen.prose import Prose, parse_prose
from docgen.source import Scalar, TextNode

SIGNS = "\\`*_{}[]<>()#+-.!|~&;:=\"'/1290 aAZé%@^$,?"


def _read(text: str) -> Prose:
    findings = Findings()
    span = Span("test", 1, 1)
    prose = parse_prose(TextNode(text, "test", Scalar(span, text)), findings)
    assert findings.diagnostics == prose.warnings == ()
    return prose


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# not a heading", r"\# not a heading"),
        ("1. It was good", r"1\. It was good"),
        ("1990) was a year", r"1990\) was a year"),
        ("- 5 degrees", r"\- 5 degrees"),
        ("+ and more", r"\+ and more"),
        ("> 5 mg", r"\> 5 mg"),
        ("---", r"\---"),
        ("*_snake_case_*", r"\*\_snake_case\_\*"),
        ("a < 5 & b", "a < 5 & b"),
        ("&amp; <b>", r"\&amp; \<b>"),
        ("[x](https://example.org)", r"\[x](https://example.org)"),
        ("a\\", "a\\\\"),
        ("20 to 45 minutes", "20 to 45 minutes"),
    ],
)
def test_signs_of_markup_mean_themselves(text: str, written: str) -> None:
    assert blocks_as_commonmark((ProseParagraph(text),)) == written
    assert prose_text(_read(written)) == text


@settings(max_examples=60)
@given(st.lists(st.text(SIGNS, min_size=1).filter(str.strip), min_size=1, max_size=12))
def test_any_paragraph_reads_as_it_was(lines: list[str]) -> None:
    words = " ".join(lines).split()
    assert (
        prose_text(_read(blocks_as_commonmark((ProseParagraph(" ".join(words)),)))).split() == words
    )


texts = st.text(SIGNS, min_size=1, max_size=60).map(lambda text: " ".join(text.split()))
words = texts.filter(bool)
paragraphs = words.map(ProseParagraph)


def _lists(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[ProseListing]:
    items = st.builds(Item, words, st.lists(inner, max_size=2).map(tuple))
    starts = st.one_of(st.none(), st.integers(1, 99))
    return st.builds(ProseListing, st.lists(items, min_size=1, max_size=4).map(tuple), starts)


blocks = st.one_of(paragraphs, _lists(st.one_of(paragraphs, _lists(paragraphs))))


@settings(max_examples=40)
@given(st.lists(blocks, min_size=1, max_size=4))
def test_any_blocks_read_as_they_were(given_blocks: list[Block]) -> None:
    read = _read(blocks_as_commonmark(given_blocks))
    assert _outline(given_blocks) == _read_outline(read)


def test_lines_are_of_a_readable_length() -> None:
    text = blocks_as_commonmark((ProseListing((Item("word " * 99 + "end"),), 1),))
    lines = text.split("\n")
    assert len(lines) > 4
    assert max(map(len, lines)) <= WIDTH
    assert all(line.startswith("   word") for line in lines[1:])


SIGNED = st.lists(st.sampled_from(("•", "–", "a)", "1.", "(2)", "|", "5", "mg", "word", "Take")))


@given(SIGNED, SIGNED)
def test_no_line_is_written_that_looks_broken_by_hand(some: list[str], more: list[str]) -> None:
    words = ["word", *some, *["words of a sentence"] * 5, *more]
    text = " ".join([*words, *words, *words, "end"])
    for block in (
        ProseParagraph(text),
        ProseListing((Item(text), Item("end", (ProseParagraph(text),))), 1),
    ):
        _read(blocks_as_commonmark((block,)))


def _outline(found: list[Block] | tuple[Block, ...]) -> list[object]:
    outline: list[object] = []
    for block in found:
        if isinstance(block, ProseParagraph):
            outline.append(block.text)
        else:
            items = [[item.text, *_outline(item.blocks)] for item in block.items]
            outline.append((block.start, items))
    return outline


def _read_outline(read: Prose) -> list[object]:
    return _outline_of(read.blocks)


def _outline_of(found: tuple[object, ...]) -> list[object]:
    outline: list[object] = []
    for block in found:
        if isinstance(block, ListBlock):
            start = block.start if block.kind == "ordered" else None
            outline.append((start, [_outline_of(item.blocks) for item in block.items]))
        else:
            outline.append("".join(run.text for run in block.inlines))  # type: ignore[attr-defined]
    return outline
