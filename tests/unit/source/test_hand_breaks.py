"""Which lines were broken by hand, told from those that an editor wrapped."""

import re
import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.source import is_broken_by_hand, read_file
from docgen.source.hand_breaks import WrittenLine, broken_by_hand
from docgen.source.nodes import MappingNode, Node, Scalar
from tests.sample_records import RECORDS, TRANSLATIONS

LONG = "Eat and drink as usual, unless your care team has told you to do something else here"
WRAPPED = "This is the first line of a paragraph that an editor has wrapped at its own margin,"


@pytest.mark.parametrize(
    "text",
    [
        "Take 5 mg\nTake 10 mg at night",
        "Take 5 mg.\nTake 10 mg at night.",
        "• one\n• two",
        f"{LONG}\n• and more",
        "– one\n– two",
        f"{LONG}:\n– one",
        f"{LONG}\n– one\n– two",
        "a) one\nb) two",
        f"{LONG}\na) one",
        f"{LONG}:\na. one\nb. two",
        "(1) one\n(2) two",
        "-glued\n-also glued",
        f"{LONG}\n-glued",
        "1.glued\n2.also glued",
        f"{LONG}\n1.glued",
        "*one\n*two",
        "o one\no two",
        f"{LONG}:\no one",
        "＊ one\n＊ two",
        "① one\n② two",
        "→ one\n→ two",
        "First\n2. second\n3. third",
        "Drug | Dose\nA | B",
        "Drug\tDose\nA\tB",
        "Drug      Dose\nAspirin   one",
        "aspirin 81 mg\nlisinopril 10 mg",
        "aspirin\nibuprofen\nnaproxen",
        f"{LONG}\nTake one tablet before",
        f"{LONG}\nLlame si tiene fiebre",
        f"Monday you rest and sleep and eat and drink and read all day\n{LONG}\nMonday you walk",
        "Dr. Ann Sample\nRoom 4",
    ],
)
def test_lines_broken_by_hand(text: str) -> None:
    assert is_broken_by_hand(*text.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        "One line alone",
        f"{WRAPPED}\nwhich goes on.",
        f"{WRAPPED}\n5 mg of it.",
        "It is a sentence that was wrapped at a margin of\nabout fifty characters, and ends here.",
        # A dash, a number or a letter in a sentence came to stand at the beginning of a line.
        f"{WRAPPED}\n– or nearly so – and goes on.",
        f"{WRAPPED}\n30. Then rest.",
        f"{WRAPPED}\nA. Sample says so.",
        f"{WRAPPED}\n-20 °C or less.",
        "Tome su medicina de siempre con un poco de agua, ibuprofeno\no naproxeno, si le duele.",
        "The form asks for the one or for the other of two things (see there under a and\nb) here.",
        f"{WRAPPED}\n*which is important* and goes on.",
        # Whoever breaks a sentence before a small word breaks no list.
        "Take 5 mg in the morning\nand 10 mg at night.",
        "Call us at the\nHolm Ridge Hospital.",
        f"{LONG} by the\nAmerican Medical Association",
        # A long word had no room.
        "See\n[our-page-about-it](https://example.org/a-very-long-address-of-a-page)",
    ],
)
def test_lines_of_wrapped_paragraphs(text: str) -> None:
    assert not is_broken_by_hand(*text.split("\n"))


def test_a_cell_may_be_narrow() -> None:
    assert is_broken_by_hand("Eat", "nothing")
    assert not is_broken_by_hand("Eat", "nothing", narrow=True)
    assert is_broken_by_hand("aspirin 81 mg", "lisinopril 10 mg", narrow=True)
    assert is_broken_by_hand("Take 5 mg", "Take 10 mg", narrow=True)


def test_each_line_is_told_by_its_number() -> None:
    lines = [WrittenLine(line, len(line)) for line in (WRAPPED, "and on.", "• one", "• two")]
    assert list(broken_by_hand(lines)) == [2, 3]


@pytest.mark.parametrize("margin", [45, 50, 60, 72, 80, 100, 112, 120])
def test_the_paragraphs_of_all_samples_may_be_wrapped_at_any_margin(margin: int) -> None:
    told = []
    for path in (*RECORDS, *TRANSLATIONS):
        for text in _texts(read_file(path)):
            for paragraph in re.split(r"\n\n|\n(?=\s*(?:-|\d+\.) )", text):
                lines = _wrapped(" ".join(paragraph.split()), margin)
                told += [lines] if is_broken_by_hand(*lines) else []
    assert told == []


def _wrapped(text: str, margin: int) -> list[str]:
    """The lines of a text as editors wrap them: at blanks only."""
    return textwrap.wrap(text, margin, break_on_hyphens=False, break_long_words=False)


def _texts(node: Node) -> list[str]:
    if isinstance(node, Scalar):
        return [node.value]
    values = [value for _, value in node.entries] if isinstance(node, MappingNode) else node.items
    return [text for value in values for text in _texts(value)]


WORDS = st.lists(st.sampled_from(("may", "walk", "eat", "rest", "30", "minutes", "with", "care")))
SENTENCES = st.lists(WORDS.map(lambda words: " ".join(["Most", *words, "home."])), max_size=8)


@given(SENTENCES, st.integers(45, 120))
def test_whole_sentences_may_be_wrapped_at_any_margin(sentences: list[str], margin: int) -> None:
    assert not is_broken_by_hand(*_wrapped(" ".join(sentences), margin))


@pytest.mark.parametrize("line", ["2. xx", "o x", "- x", "(a) foo", "a) bb", "*x y", "* x", "x:"])
def test_no_paragraph_takes_long(line: str) -> None:
    """As many lines as a section may have; the work grows with them, and not with their square."""
    lines = [WrittenLine(line, len(line))] * 15_000
    begun = time.process_time()
    list(broken_by_hand(lines))
    assert time.process_time() - begun < 5


def test_a_line_of_blanks_that_are_no_blanks_begins_nothing() -> None:
    """CommonMark takes a no-break space for a character; so it is a line of the paragraph."""
    lines = [WrittenLine("Take 5 mg", 9), WrittenLine("", 1), WrittenLine("and rest", 8)]
    assert 1 not in set(broken_by_hand(lines))
