"""Prose as sentences and words, each with its place in the file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.readability.sentences import sentences_of
from docgen.records import read_record
from tests.readable import record_with, sentences
from tests.sample_records import RECORDS


def told(prose: str) -> list[list[str]]:
    return [[word.text for word in sentence.words] for sentence in sentences(prose)]


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("Rest. Then eat!", [["Rest"], ["Then", "eat"]]),
        (
            "See Dr. Ada Sample at 9 a.m. today.",
            [["See", "Dr", "Ada", "Sample", "at", "9", "a.m", "today"]],
        ),
        (
            "A fever of 100.4°F (38°C) is high.",
            [["A", "fever", "of", "100.4°F", "38°C", "is", "high"]],
        ),
        (
            "You may need:\n\n- a pad\n- a drink. Sip it.",
            [["You", "may", "need"], ["a", "pad"], ["a", "drink"], ["Sip", "it"]],
        ),
        ("“Stop.” Then go.", [["Stop"], ["Then", "go"]]),
        ("Read https://example.org/a-b or ask.", [["Read", "or", "ask"]]),
        ("Eat [pan dulce](lang:es) first.", [["Eat", "first"]]),
        ("[Coma pan.](lang:es)", []),
        ("[Coma.](lang:es)\n\nThen rest.", [["Then", "rest"]]),
        ("Fruit &amp; milk—then rest.", [["Fruit", "milk", "then", "rest"]]),
        ("One line\\\nand another", [["One", "line"], ["and", "another"]]),
        ("**Pain:** It fades.", [["Pain", "It", "fades"]]),
    ],
)
def test_prose_is_read_as_sentences_of_words(prose: str, expected: list[list[str]]) -> None:
    assert told(prose) == expected


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_each_word_stands_where_it_is_said_to_stand(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    record = read_record(path)
    proses = [prose for _, _, prose in record.sections()]
    proses += [section.text for section in record.further_sections]
    words = [
        (word.text, sentence.source.locate(word.offset))
        for prose in proses
        for sentence in sentences_of(prose)
        for word in sentence.words
    ]
    assert len(words) > 300
    for word, span in words:
        assert lines[span.line - 1][span.column - 1 :].startswith(word)


def test_a_word_is_not_found_in_the_address_of_a_link_before_it() -> None:
    record = record_with(summary="Ask [us](https://example.org/rest) rest.")
    assert record.summary
    (sentence,) = sentences_of(record.summary)
    last = sentence.words[-1]
    assert (last.text, str(record.summary.text.locate(last.offset))) == ("rest", "T-1.yaml:6:38")


@given(
    st.lists(
        st.sampled_from(["Go", "home.", "**now**", "(or", "not)", "3", "– see", "e.g."]), min_size=1
    )
)
def test_no_word_is_lost_or_said_twice(parts: list[str]) -> None:
    prose = " ".join(parts)
    shown = prose.replace("**", "")
    expected = [word.strip("().–") for word in shown.split() if word != "–"]
    assert [word for sentence in told(prose) for word in sentence] == expected
