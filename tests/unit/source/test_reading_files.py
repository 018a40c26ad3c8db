"""Reading files as positioned nodes."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from docgen.diagnostics import Span
from docgen.source import MappingNode, Node, Scalar, SequenceNode, read_file, read_text


def scalar(text: str, path: str = "in.yaml") -> Scalar:
    """The value of the key ``a``."""
    node = read_text(text, path)
    assert isinstance(node, MappingNode)
    value = node.get("a")
    assert isinstance(value, Scalar)
    return value


def plainly(node: Node) -> object:
    if isinstance(node, Scalar):
        return None if node.absent else node.value
    if isinstance(node, SequenceNode):
        return [plainly(item) for item in node.items]
    return {key.value: plainly(value) for key, value in node.entries}


@pytest.mark.parametrize(
    "written",
    [
        "0016",
        "no",
        "yes",
        "on",
        "1e3",
        "1_000",
        "0x10",
        "12:30:45",
        "2026-01-01",
        "null",
        ".5",
        "~",
    ],
)
def test_a_plain_value_stays_as_it_was_written(written: str) -> None:
    assert scalar(f"a: {written}\n").value == written


def test_yaml_becomes_mappings_lists_and_scalars() -> None:
    text = "a: 1\nb:\n  - x\n  - y: |\n      two\n      lines\nc:\nd: ''\n"
    assert plainly(read_text(text, "in.yaml")) == {
        "a": "1",
        "b": ["x", {"y": "two\nlines\n"}],
        "c": None,
        "d": "",
    }


def test_json_keeps_the_letters_of_numbers_and_words() -> None:
    text = '{"a": 77299, "b": [1.50, true, null, -2e5], "c": {"d": "x\\r\\ny"}, "e": {}, "f": []}'
    assert plainly(read_text(text, "in.json")) == {
        "a": "77299",
        "b": ["1.50", "true", None, "-2e5"],
        "c": {"d": "x\ny"},
        "e": {},
        "f": [],
    }


def test_nodes_know_their_places() -> None:
    node = read_text("a: 1\nbé:\n  - x\n  -   yy\n", "in.yaml")
    assert isinstance(node, MappingNode)
    assert [key.span for key, _ in node.entries] == [Span("in.yaml", 1, 1), Span("in.yaml", 2, 1)]
    second = node.get("bé")
    assert isinstance(second, SequenceNode)
    assert [item.span for item in second.items] == [Span("in.yaml", 3, 5), Span("in.yaml", 4, 7)]


def test_json_nodes_know_their_places() -> None:
    node = read_text('{\n  "a": 1,\n  "b": ["x"]\n}', "in.json")
    assert isinstance(node, MappingNode)
    assert node.span == Span("in.json", 1, 1)
    assert [key.span for key, _ in node.entries] == [Span("in.json", 2, 3), Span("in.json", 3, 3)]
    assert [value.span for _, value in node.entries] == [
        Span("in.json", 2, 8),
        Span("in.json", 3, 8),
    ]


@pytest.mark.parametrize(
    ("text", "sought", "line", "column"),
    [
        ("a: one two", "two", 1, 8),
        ("a: one\n   two\n\n   three", "three", 4, 4),
        ("a: 'it''s  one'", "one", 1, 12),
        ("a: 'x\n  y'", "y", 2, 3),
        ('a: "\\u00e9\\n\\tone"', "one", 1, 15),
        ('a: "x \\\n     y"', "y", 2, 6),
        ('a: "\\U0001F642 one"', "one", 1, 16),
        ("a: |\n  x\n   one\n", "one", 3, 4),
        ("a: |2\n    one\n", "one", 2, 5),
        ("a: | # note\n\n  x\n  one\n", "one", 4, 3),
        ("a: >\n  x\n  y\n\n    one\n", "one", 5, 5),
        ("a: >-\n  x\n  one", "one", 3, 3),
        ("a: |\r\n  x\r\n  one\r\n", "one", 3, 3),
    ],
)
def test_an_offset_in_a_value_has_its_place_in_the_file(
    text: str, sought: str, line: int, column: int
) -> None:
    value = scalar(text)
    assert value.locate(value.value.index(sought)) == Span("in.yaml", line, column)


@pytest.mark.parametrize(
    ("text", "sought", "column"),
    [
        ('{"a": "x \\"one\\""}', "one", 12),
        ('{"a": "\\ud83d\\ude42\\r\\none"}', "one", 24),
        ('{"a": "\\n\\n one"}', "one", 13),
        ('{"a": 77299}', "299", 9),
    ],
)
def test_an_offset_in_a_json_string_has_its_place(text: str, sought: str, column: int) -> None:
    value = scalar(text, "in.json")
    assert value.locate(value.value.index(sought)) == Span("in.json", 1, column)


LETTERS = st.text(st.sampled_from("ab é’🙂'\"\\#:-{}[]|>*&!%@,?\n\t "), min_size=1, max_size=60)


@given(value=LETTERS, style=st.sampled_from(["", "'", '"', "|", ">"]), width=st.integers(4, 40))
@example(value="a \\ b", style='"', width=4)
def test_every_visible_character_is_found_where_it_was_written(
    value: str, style: str, width: int
) -> None:
    assume(not (value[0] == "’" and value[-1] in "’'\""))  # refused: no quotes for YAML
    text = yaml.safe_dump(
        {"a": value}, default_style=style or None, width=width, allow_unicode=True
    )
    found = scalar(text)
    assert found.value == value
    lines = text.splitlines()
    for offset, char in enumerate(value):
        if not char.isspace():
            span = found.locate(offset)
            written = lines[span.line - 1][span.column - 1]
            assert written in (char, "\\")


@given(value=LETTERS, escaped=st.booleans())
def test_every_visible_character_of_a_json_string_is_found(value: str, escaped: bool) -> None:
    text = json.dumps({"a": value}, ensure_ascii=escaped)
    found = scalar(text, "in.json")
    assert found.value == value
    for offset, char in enumerate(value):
        if not char.isspace():
            assert text[found.locate(offset).column - 1] in (char, "\\")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "in.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert plainly(read_file(path)) == {"a": "1"}


def test_a_path_below_the_current_folder_is_shown_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/in.yaml").write_text("a: 1\n")
    monkeypatch.chdir(tmp_path)
    assert read_file(tmp_path / "data/in.yaml").span.path == "data/in.yaml"
    monkeypatch.chdir(tmp_path / "data")
    assert read_file(Path("in.yaml")).span.path == "in.yaml"
    monkeypatch.chdir("/")
    assert read_file(tmp_path / "data/in.yaml").span.path.endswith("data/in.yaml")


def test_a_scalar_from_elsewhere_lies_at_its_span() -> None:
    value = Scalar(Span("--title", 1, 1), "from the command line")
    assert value.locate(9) == Span("--title", 1, 1)
