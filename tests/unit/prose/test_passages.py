"""Passages in another language, written as links whose scheme is lang."""

import pytest

from docgen.diagnostics import Diagnostic, ErrorRule, Findings, Span
from docgen.document import Paragraph, TextRun
from docgen.prose import parse_prose, parse_template
from docgen.source import MappingNode, Scalar, TextNode, read_text


def runs(value: str) -> list[TextRun]:
    findings = Findings()
    text = TextNode(value, "purpose", Scalar(Span("in.yaml", 1, 1), value))
    (paragraph,) = parse_template(text, value, findings)
    assert findings.diagnostics == ()
    assert isinstance(paragraph, Paragraph)
    return [inline for inline in paragraph.inlines if isinstance(inline, TextRun)]


def finding(value: str) -> Diagnostic:
    """The only finding about a text that begins in column 5 of line 1."""
    node = read_text(f"a: '{value}'\n", "in.yaml")
    assert isinstance(node, MappingNode)
    scalar = node.get("a")
    assert isinstance(scalar, Scalar)
    findings = Findings()
    parse_prose(TextNode(scalar.value, "a", scalar), findings)
    (found,) = findings.diagnostics
    return found


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("say [pan](lang:es) here", [("say ", None), ("pan", "es"), (" here", None)]),
        ("[pan]( LANG:es-MX )", [("pan", "es-MX")]),
        ("[a](lang:es)[b](lang:es) [c](lang:fr)", [("ab", "es"), (" ", None), ("c", "fr")]),
        ("[le [pan](lang:es) la](lang:fr)", [("le ", "fr"), ("pan", "es"), (" la", "fr")]),
        ("[a [b] c](lang:es)", [("a [b] c", "es")]),
        ("\\[a](lang:es) [b](lang :es)", [("[a](lang:es) [b](lang :es)", None)]),
    ],
)
def test_a_passage_prints_as_plain_text_in_its_language(
    value: str, expected: list[tuple[str, str | None]]
) -> None:
    found = runs(value)
    assert [(run.text, run.language) for run in found] == expected
    assert all(run.link is None for run in found)


def test_passages_mix_with_strong_and_emphasis() -> None:
    found = runs("**[a *b*](lang:es) c**")
    assert found == [
        TextRun("a ", strong=True, language="es"),
        TextRun("b", strong=True, emphasis=True, language="es"),
        TextRun(" c", strong=True),
    ]


def test_a_passage_may_hold_links() -> None:
    before, link, after = runs("[lea [esto](https://x.org) hoy](lang:es)")
    assert (before.text, link.text, after.text) == ("lea ", "esto", " hoy")
    assert {run.language for run in (before, link, after)} == {"es"}
    assert link.link
    assert link.link.href == "https://x.org"
    assert (before.link, after.link) == (None, None)


@pytest.mark.parametrize(
    ("value", "column", "rule", "message", "hint"),
    [
        (
            "see [pan](lang:ES_mx)",
            9,
            "bad-language",
            "'ES_mx' is not a language tag",
            "did you mean 'es-MX'?",
        ),
        (
            "see [pan](lang:)",
            9,
            "bad-language",
            "'' is not a language tag",
            "write one such as en or es-MX",
        ),
        (
            "[pan](lang: es mx)",
            5,
            "bad-language",
            "'es mx' is not a language tag",
            "write one such as en or es-MX",
        ),
        (
            "**[kana](lang:jp)**",
            7,
            "bad-language",
            "'jp' is not a language tag: no language has the code 'jp'",
            "write the code of the language, not of the country, such as ja for Japanese",
        ),
        (
            "see [ ](lang:es) here",
            9,
            "empty-link",
            "this passage has no text that can be read",
            "write [text](lang:es)",
        ),
        (
            "see [](https://x.org) here",
            9,
            "empty-link",
            "this link has no text that can be read",
            "write [text](https://…)",
        ),
        (
            "see [a [pan](lang:es) b](https://x.org)",
            12,
            "bad-link",
            "a passage in another language cannot stand inside of the text of a link",
            "let the passage hold the link: [[text](https://…)](lang:es)",
        ),
        (
            "see [a [b](https://y.org) b](https://x.org)",
            12,
            "bad-link",
            "a link cannot stand inside of the text of a link",
            "end one link before the next begins",
        ),
    ],
)
def test_what_is_wrong_with_a_passage_is_told_at_its_place(
    value: str, column: int, rule: ErrorRule, message: str, hint: str
) -> None:
    assert finding(value) == Diagnostic(rule, message, Span("in.yaml", 1, column), hint)


def test_the_language_of_a_passage_is_written_out() -> None:
    findings = Findings()
    value = "[\U000f0000](lang:\U000f0001\U000f0001)"
    text = TextNode("x" * len(value), "purpose", Scalar(Span("in.yaml", 3, 7), value))
    parse_template(text, value, findings)
    (found,) = findings.diagnostics
    assert (found.rule, found.message) == (
        "bad-language",
        "the language of a passage cannot come from a field",
    )
