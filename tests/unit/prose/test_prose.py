"""Prose: CommonMark as blocks, nothing dropped, nothing guessed."""

from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from docgen.diagnostics import Findings, Span
from docgen.document import Block, Inline, Link, ListBlock, Paragraph, TextRun
from docgen.prose import MAX_CHARACTERS, parse_prose, parse_template
from docgen.source import MappingNode, Scalar, TextNode, read_text


def text_of(value: str) -> TextNode:
    return TextNode(value, "purpose", Scalar(Span("in.yaml", 1, 1), value))


def blocks(value: str) -> tuple[Block, ...]:
    findings = Findings()
    prose = parse_prose(text_of(value), findings)
    assert findings.diagnostics == ()
    return prose.blocks


def runs(value: str) -> list[tuple[str, str]]:
    """The runs of the only paragraph, each with the initials of its look."""
    (paragraph,) = blocks(value)
    assert isinstance(paragraph, Paragraph)
    return [_look(inline) for inline in paragraph.inlines]


def _look(inline: Inline) -> tuple[str, str]:
    assert isinstance(inline, TextRun)
    marks = ((inline.strong, "s"), (inline.emphasis, "e"), (inline.link is not None, "l"))
    return inline.text, "".join(mark for on, mark in marks if on)


def outline(parts: tuple[Block, ...]) -> list[object]:
    """Paragraphs as their text, lists as their kind and items."""
    found: list[object] = []
    for part in parts:
        if isinstance(part, Paragraph):
            found.append("".join(_look(inline)[0] for inline in part.inlines))
        else:
            assert isinstance(part, ListBlock)
            found.append((part.kind, *(outline(item.blocks) for item in part.items)))
    return found


def told(value: str) -> list[str]:
    findings = Findings()
    parse_prose(text_of(value), findings)
    return [found.rule for found in findings.diagnostics]


def test_markup_of_other_languages_is_text() -> None:
    assert runs("<b>&amp;</b> {{ x }} *y* ‹script›") == [
        ("<b>&</b> {{ x }} ", ""),
        ("y", "e"),
        (" ‹script›", ""),
    ]
    assert runs("<div>\n<!-- x -->\n</div>") == [("<div> <!-- x --> </div>", "")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("**a *b* c**", [("a ", "s"), ("b", "se"), (" c", "s")]),
        ("a\nb  \nc\\\nd", [("a b\nc\nd", "")]),
        ("a\tb&#9;c", [("a b c", "")]),
        ("\\*a\\* 2 * 3 * 4 snake_case_word", [("*a* 2 * 3 * 4 snake_case_word", "")]),
        ("[a **b**](https://x.org) c", [("a ", "l"), ("b", "sl"), (" c", "")]),
        ("<https://x.org/~a>", [("https://x.org/~a", "l")]),
        ("~~a~~ [b] [c][d] !e", [("~~a~~ [b] [c][d] !e", "")]),
        ("https://x.org stays text", [("https://x.org stays text", "")]),
    ],
)
def test_runs(value: str, expected: list[tuple[str, str]]) -> None:
    assert runs(value) == expected


def test_the_runs_of_a_link_share_it_and_other_links_do_not() -> None:
    (paragraph,) = blocks("[a **b**](https://x.org)[c](https://x.org)")
    assert isinstance(paragraph, Paragraph)
    links = [inline.link for inline in paragraph.inlines if isinstance(inline, TextRun)]
    assert links[0] is links[1]
    assert links[1] is not links[2]
    assert [link.href for link in links if isinstance(link, Link)] == ["https://x.org"] * 3


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("https://example.org/a?b=c&amp;d=%20#e", "https://example.org/a?b=c&d=%20#e"),
        ("https://example.org/niños", "https://example.org/ni%C3%B1os"),
        ("HTTP://Example.org", "HTTP://Example.org"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("tel:+1-555-010-0100", "tel:+1-555-010-0100"),
    ],
)
def test_link_targets_are_kept_as_uris(target: str, href: str) -> None:
    (paragraph,) = blocks(f"[a]({target})")
    assert isinstance(paragraph, Paragraph)
    run = paragraph.inlines[0]
    assert isinstance(run, TextRun)
    assert run.link
    assert run.link.href == href


def test_lists_nest_and_mix() -> None:
    parts = blocks("Take:\n\n- a\n  more\n\n  - b\n    1. c\n    2. d\n- e\n\nEnd")
    assert outline(parts) == [
        "Take:",
        ("bullet", ["a more", ("bullet", ["b", ("ordered", ["c"], ["d"])])], ["e"]),
        "End",
    ]


@pytest.mark.parametrize(
    ("value", "tight"), [("- a\n- b", True), ("- a\n\n- b", False), ("- a\n\n  b", False)]
)
def test_lists_are_tight_or_loose_as_written(value: str, tight: bool) -> None:
    (found,) = blocks(value)
    assert isinstance(found, ListBlock)
    assert found.tight is tight


@pytest.mark.parametrize(("value", "start"), [("3. a\n4. b", 3), ("1. a\n1. b", 1), ("0) a", 0)])
def test_numbered_lists_start_as_written(value: str, start: int) -> None:
    (found,) = blocks(value)
    assert isinstance(found, ListBlock)
    assert (found.kind, found.start) == ("ordered", start)


@pytest.mark.parametrize(
    "value",
    [
        "# Title",
        "Title\n=====",
        "text\n---",
        "a\n\n    code",
        "```\ncode\n```",
        "~~~",
        "`code`",
        "> quote",
        "a\n\n***",
        "---",
        "![alt](https://x.org/a.png)",
        "[a]: https://x.org",
        "[a]: https://x.org\n[a]: https://y.org\n\n[a]",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "- # h",
    ],
)
def test_what_no_sheet_prints_is_refused(value: str) -> None:
    assert set(told(value)) == {"not-prose"}


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("[x](javascript:alert(1))", "bad-link"),
        ("[x](JaVaScRiPt:alert(1))", "bad-link"),
        ("[x](&#106;avascript:alert(1))", "bad-link"),
        ("<javascript:alert(1)>", "bad-link"),
        ("[x](file:///etc/passwd)", "bad-link"),
        ("[x](data:image/png;base64,AA)", "bad-link"),
        ("[x](page.html)", "bad-link"),
        ("[x](//x.org)", "bad-link"),
        ("[x]()", "bad-link"),
        ("[x](https://)", "bad-link"),
        ("[x](mailto:)", "bad-link"),
        ("[x](<https://x.org/a b>)", "bad-link"),
        ("[x](https://пример.org)", "bad-link"),
        ('[x](https://x.org "title")', "bad-link"),
        ("[](https://x.org)", "empty-link"),
        ("[ ](https://x.org)", "empty-link"),
        ("-\n- a", "empty-item"),
        ("1. a\n3. b", "bad-number"),
        ("a &#7; b", "unprintable-character"),
        ("a &#xF0000; b", "unprintable-character"),
        ("[x](https://x.org/&#0;)", "unprintable-character"),
        ("- - - - - - - a", "too-deep"),
        ("\n \n", "missing-field"),
        ("a" * (MAX_CHARACTERS + 1), "text-too-long"),
    ],
)
def test_what_would_be_lost_or_harmful_is_refused(value: str, rule: str) -> None:
    assert told(value) == [rule]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("a: |\n  One.\n\n  - Two,\n    [x](file:y) z\n", (5, 5)),
        ("a: |\n  1. One\n     two ![x](y)\n", (3, 10)),
        ("a: 'it''s [x](file:y)'\n", (1, 11)),
        ("a: one\n  two [x](file:y)\n", (2, 7)),
        ('a: "\\u00e9\\n\\n# h"\n', (1, 15)),
        ("a: |\n  One.\n\n  > two\n", (4, 3)),
        ("a: |\n  One &#7;\n", (2, 7)),
    ],
)
def test_findings_stand_at_their_exact_place(written: str, place: tuple[int, int]) -> None:
    node = read_text(written, "in.yaml")
    assert isinstance(node, MappingNode)
    scalar = node.get("a")
    assert isinstance(scalar, Scalar)
    findings = Findings()
    parse_prose(TextNode(scalar.value, "a", scalar), findings)
    (found,) = findings.diagnostics
    assert found.span == Span("in.yaml", *place)


def test_blocks_know_their_places() -> None:
    node = read_text("a: |\n  One.\n\n  - two\n  - three\n", "in.yaml")
    assert isinstance(node, MappingNode)
    scalar = node.get("a")
    assert isinstance(scalar, Scalar)
    parts = parse_prose(TextNode(scalar.value, "a", scalar), Findings()).blocks
    paragraph, steps = parts
    assert isinstance(paragraph, Paragraph)
    assert isinstance(steps, ListBlock)
    assert paragraph.origin == Span("in.yaml", 2, 3)
    assert [item.origin for item in steps.items] == [Span("in.yaml", 4, 3), Span("in.yaml", 5, 3)]


def test_stand_ins_of_expressions_stay_untouched() -> None:
    value = (
        "\U000f0000 *\U000f0001* [\U000f0002](\U000f0003\U000f0003) [b](https://x.org/\U000f0004)"
    )
    findings = Findings()
    (paragraph,) = parse_template(text_of("x" * len(value)), value, findings)
    assert findings.diagnostics == ()
    assert isinstance(paragraph, Paragraph)
    found = [inline for inline in paragraph.inlines if isinstance(inline, TextRun)]
    assert [(run.text, run.link and run.link.href) for run in found] == [
        ("\U000f0000 ", None),
        ("\U000f0001", None),
        (" ", None),
        ("\U000f0002", "\U000f0003\U000f0003"),
        (" ", None),
        ("b", "https://x.org/\U000f0004"),
    ]


MARKED = st.text(st.sampled_from("abé1. \n\t*_[]()!<>&#:-+`~|=\\\"'{}x/@"), max_size=80)


@given(MARKED)
@example("a" + "\n" * 3 + "> > b")
@example("[a]: b\n'c'")
@example("* " * 30 + "a")
def test_every_letter_is_printed_or_something_is_told(value: str) -> None:
    findings = Findings()
    parts = parse_prose(text_of(value), findings).blocks
    if findings.diagnostics:
        return
    printed = "".join(str(entry) for entry in outline(parts))
    targets = _targets(parts)
    for letter in "abéx@":
        assert printed.count(letter) + targets.count(letter) >= value.count(letter)


LINES = st.text(st.sampled_from("aé1. :;!?(){}-+=~>#|'\"@/$^%\u00a0*`\U000f0000"), max_size=20)


@given(LINES)
@example("a #")
@example("aaa\u00a0")
@example("a | b")
@example("(c) a -- b ... 'c'")
@example("-")
def test_a_line_without_markup_is_what_commonmark_makes_of_it(value: str) -> None:
    """A line of plain text is read without the parser: it says what the parser would say."""
    findings = Findings()
    parts = parse_template(text_of("a"), value, findings)
    html = MarkdownIt("commonmark").render(value)
    if (
        not findings.diagnostics
        and html.startswith("<p>")
        and html.count("<") == len(("<p>", "</p>"))
    ):
        (paragraph,) = parts
        assert isinstance(paragraph, Paragraph)
        (run,) = paragraph.inlines
        assert isinstance(run, TextRun)
        assert unescape(html) == f"<p>{run.text}</p>\n"


def _targets(parts: tuple[Block, ...]) -> str:
    found = ""
    for part in parts:
        if isinstance(part, Paragraph):
            links = {id(run.link): run.link for run in part.inlines if isinstance(run, TextRun)}
            found += "".join(link.href for link in links.values() if link)
        elif isinstance(part, ListBlock):
            found += "".join(_targets(item.blocks) for item in part.items)
    return found
