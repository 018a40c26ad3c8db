"""Binding nodes to models."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal, Self

import pytest
from msgspec import Meta, Struct

from docgen.diagnostics import Findings, Span
from docgen.source import Positioned, TextNode, bind, read_text, salvage


class Inches(Struct, frozen=True):
    """A length in inches."""

    count: float

    @classmethod
    def parse(cls, text: str) -> Self:
        if not text.endswith("in"):
            raise ValueError(f"{text!r} has no unit", "write in")
        return cls(float(text.removesuffix("in")))

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        return {"type": "string"}


class Note(Positioned, frozen=True, kw_only=True, eq=False, tag="note", tag_field="type"):
    called: ClassVar[str] = "note"

    words: TextNode


class Group(Positioned, frozen=True, kw_only=True, eq=False, tag="group", tag_field="type"):
    called: ClassVar[str] = "group"

    parts: tuple[Part, ...]


Part = Note | Group


class Page(Positioned, frozen=True, kw_only=True, eq=False):
    called: ClassVar[str] = "page"

    title: TextNode
    code: str = ""
    count: Annotated[int, Meta(ge=1, le=40)] = 1
    scale: float = 1.0
    listed: bool = True
    day: date | None = None
    remark: TextNode | None = None
    width: Inches | Literal["full"] = "full"
    level: Literal[2, 3] = 2
    names: dict[str, Inches] | None = None
    authors: Annotated[tuple[TextNode, ...], Meta(min_length=1)] | None = None
    parts: tuple[Part, ...] = ()


def bound(text: str) -> Page:
    findings = Findings()
    page = bind(read_text(text, "in.yaml"), Page, findings)
    assert findings.diagnostics == ()
    assert page is not None
    return page


def told(text: str) -> list[tuple[str, str]]:
    """The rules that are broken, each with its line and column."""
    findings = Findings()
    assert bind(read_text(text, "in.yaml"), Page, findings) is None
    return [
        (found.rule, f"{found.span.line}:{found.span.column}" if found.span else "")
        for found in findings.diagnostics
    ]


def test_a_value_is_what_the_model_says() -> None:
    page = bound(
        "title: no\ncode: 0016\ncount: 3\nscale: 1.5\nlisted: no\nday: 2026-02-28\nwidth: 2in\n"
        "level: 3\nnames: {a: 1in, b: 2in}\nauthors: [Ada]\n"
    )
    assert str(page.title) == "no"
    assert page.code == "0016"
    assert (page.count, page.scale, page.listed) == (3, 1.5, False)
    assert page.day == date(2026, 2, 28)
    assert page.width == Inches(2.0)
    assert page.level == 3
    assert page.names == {"a": Inches(1.0), "b": Inches(2.0)}
    assert [str(author) for author in page.authors or ()] == ["Ada"]


def test_what_is_not_written_has_the_models_default() -> None:
    page = bound("title: x\ncode:\nday:\nremark: ''\nparts:\nwidth: full\n")
    assert (page.code, page.day, page.remark, page.parts) == ("", None, None, ())
    assert page.width == "full"
    assert page.span == Span("in.yaml", 1, 1)


def test_models_are_told_apart_by_their_type() -> None:
    page = bound(
        "title: x\nparts:\n  - type: group\n    parts:\n      - {type: note, words: hello}\n"
    )
    group = page.parts[0]
    assert isinstance(group, Group)
    assert group.span == Span("in.yaml", 3, 5)
    note = group.parts[0]
    assert isinstance(note, Note)
    assert note.words.path == "parts[0].parts[0].words"
    assert note.words.locate(1) == Span("in.yaml", 5, 30)


@pytest.mark.parametrize("word", ["true", "True", "yes", "YES"])
def test_yes_has_several_spellings(word: str) -> None:
    assert bound(f"title: x\nlisted: {word}\n").listed is True


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("titel: y", ("unknown-field", "2:1")),
        ("title2: y", ("unknown-field", "2:1")),
        ("type: y", ("unknown-field", "2:1")),
        ("count: many", ("wrong-type", "2:8")),
        ("count: 1.5", ("wrong-type", "2:8")),
        ("count: 41", ("out-of-range", "2:8")),
        ("count: 0", ("out-of-range", "2:8")),
        ("scale: .inf", ("wrong-type", "2:8")),
        ("listed: maybe", ("wrong-type", "2:9")),
        ("day: 2026-02-30", ("not-a-date", "2:6")),
        ("day: yesterday", ("not-a-date", "2:6")),
        ("width: 3", ("bad-value", "2:8")),
        ("level: 4", ("unknown-choice", "2:8")),
        ("remark: [a]", ("wrong-type", "2:9")),
        ("remark: null", ("ambiguous-null", "2:9")),
        ("remark: ~", ("ambiguous-null", "2:9")),
        ("authors: []", ("out-of-range", "2:10")),
        ("authors: Ada", ("wrong-type", "2:10")),
        ("authors: ['']", ("missing-field", "2:11")),
        ("parts: [{words: x}]", ("missing-field", "2:9")),
        ("parts: [{type: nota, words: x}]", ("unknown-choice", "2:16")),
        ("parts: [{type: note}]", ("missing-field", "2:9")),
        ("parts: [x]", ("wrong-type", "2:9")),
        ("names: {a: 1}", ("bad-value", "2:12")),
    ],
)
def test_what_is_wrong_is_told_at_its_place(line: str, expected: tuple[str, str]) -> None:
    assert told(f"title: x\n{line}\n") == [expected]


def test_all_errors_are_told_at_once() -> None:
    assert told("titel: x\ncount: no\nparts:\n  - {type: note, word: y}\n") == [
        ("unknown-field", "1:1"),
        ("missing-field", "1:1"),
        ("wrong-type", "2:8"),
        ("missing-field", "4:5"),
        ("unknown-field", "4:18"),
    ]


@pytest.mark.parametrize("title", ["''", "'  '", "", "|\n\n"])
def test_a_needed_text_must_say_something(title: str) -> None:
    assert [rule for rule, _ in told(f"title: {title}\n")] == ["missing-field"]


def test_a_file_of_another_shape_is_refused() -> None:
    assert told("- a\n") == [("wrong-type", "1:1")]
    assert told("a\n") == [("wrong-type", "1:1")]


def test_quoted_null_is_a_word() -> None:
    assert str(bound("title: 'null'\n").title) == "null"


@pytest.mark.parametrize(
    "line",
    [
        "{}: y",
        "count: {}",
        "day: {}",
        "width: {}",
        "level: {}",
        "listed: {}",
        "parts: [{{type: {}}}]",
    ],
)
def test_no_message_quotes_a_whole_page(line: str) -> None:
    findings = Findings()
    page = " ".join(["word"] * 200)
    assert bind(read_text(f"title: x\n{line.format(page)}\n", "in.yaml"), Page, findings) is None
    assert findings.diagnostics
    assert all(page[:100] not in str(one) for one in findings.diagnostics)


def test_what_is_right_is_salvaged() -> None:
    findings = Findings()
    text = "title: x\ncount: many\nlistet: yes\nauthors: [Ada, [], Bob]\nnames: {a: 1, b: 2in}\n"
    page = salvage(read_text(text, "in.yaml"), Page, findings)
    assert page is not None
    assert (page.title.value, page.count, page.listed) == ("x", 1, True)
    assert [str(author) for author in page.authors or ()] == ["Ada", "Bob"]
    assert page.names == {"b": Inches(2.0)}
    assert [str(one.span) for one in findings.diagnostics] == [
        "in.yaml:2:8",
        "in.yaml:3:1",
        "in.yaml:4:16",
        "in.yaml:5:12",
    ]


class Item(Struct, frozen=True):
    called: ClassVar[str] = "item"

    label: str


class Lists(Struct, frozen=True):
    called: ClassVar[str] = "lists"

    words: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("words:\n  -en\n  -es\n", "write a space after the dash: '- '"),
        ("words:\n  -\u00a0en\n", "write a space after the dash: '- '"),
        ("items:\n  -label: A\n", "write a space after the dash: '- '"),
        ("words:\n  • en\n", "begin each item with a hyphen and a space, '- ', not with •"),
        ("words:\n  – en\n", "begin each item with a hyphen and a space, '- ', not with –"),
        (
            "items:\n  - label:A\n",
            "write a plain colon and a space after the name, as in 'name: value'",
        ),
        ("words:A\n", "write a plain colon and a space after the name, as in 'name: value'"),
    ],
)
def test_what_was_meant_as_a_list_or_a_field_is_told(written: str, hint: str) -> None:
    findings = Findings()
    bind(read_text(written, "in.yaml"), Lists, findings)
    assert [one.hint for one in findings.diagnostics] == [hint]
