"""What people type, and what it finds."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError
from docgen.search.extraction import quickly, thoroughly
from docgen.search.index import Index
from docgen.search.snippets import BEGIN, END, best_snippet, cut
from docgen.search.spelling import distance
from docgen.shipped import data_folder
from docgen.source import read_text
from tests.indexed import codes, opened, record, write
from tests.sample_records import RECORDS


@pytest.fixture(scope="module")
def index() -> Index:
    return opened(data_folder())


@pytest.mark.parametrize(
    ("query", "first", "match"),
    [
        ("77299", "77299", "code"),
        (" 0dt-j4zz ", "0DTJ4ZZ", "code"),
        ("g 0121", "G0121", "code"),
        ("772", "77299", "prefix"),
        ("0dtj", "0DTJ4ZZ", "prefix"),
        ("radiation planning", "77299", "words"),
        ("Planning of RADIATION", "77299", "words"),
        ("colonosc", "G0121", "words"),
        ("colonoscpy", "G0121", "spelling"),
        ("clonoscopy", "G0121", "spelling"),
        ("knee replcement", "27447", "spelling"),
        ("apendix keyhole", "0DTJ4ZZ", "spelling"),
        ("simulacion", "77299", "words"),
        ("knee unheardofword", "27447", "some words"),
    ],
)
def test_what_is_meant_comes_first(index: Index, query: str, first: str, match: str) -> None:
    hit = index.search(query).hits[0]
    assert (hit.code, hit.match) == (first, match)


def test_what_was_searched_instead_is_told(index: Index) -> None:
    assert index.search("colonoscpy").corrections == {"colonoscpy": ("colonoscopy",)}
    assert index.search("colonoscopy").corrections == {}


def test_the_section_that_has_it_is_told_with_what_was_found(index: Index) -> None:
    hit = index.search("antibiotics").hits[0]
    assert hit.code == "0DTJ4ZZ"
    found = [hit.snippet.text[start:end].lower() for start, end in hit.snippet.marks]
    assert set(found) == {"antibiotics"}
    assert hit.snippet.field in ("indications", "preparation", "alternatives")


def test_filters_and_limit(index: Index) -> None:
    found = index.search("surgery", code_system="icd-10-pcs").hits
    assert {hit.code_system for hit in found} == {"icd-10-pcs"}
    found = index.search("surgery", specialty="general SURGERY").hits
    assert [hit.code for hit in found] == ["0DTJ4ZZ"]
    assert len(index.search("surgery", limit=2).hits) == 2
    assert index.search("surgery", limit=0).hits == ()


def test_the_same_answer_whatever_the_history(tmp_path: Path) -> None:
    records = {f"T-{number}": f"Test of part {number % 3}" for number in range(9)}
    for code, title in records.items():
        write(tmp_path / "one" / "records" / f"{code}.yaml", record(code, title))
    whole = opened(tmp_path / "one")
    grown = opened(tmp_path / "two")
    for code, title in sorted(records.items(), reverse=True):
        write(tmp_path / "two" / "records" / f"{code}.yaml", record(code, title), age=0)
        grown.refresh()
    for query in ("test", "part 2", "tset", "T-"):
        assert codes(whole, query) == codes(grown, query) != []


_TYPED = st.text(st.sampled_from("ab 7\"'*^:+-(){}<>~NEAROT|,.\x00\\é%_;") | st.characters())


@given(_TYPED)
def test_whatever_people_type_is_no_operator(index: Index, typed: str) -> None:
    result = index.search(typed)
    assert len(result.hits) <= 20


@pytest.mark.parametrize("typed", ['"', "AND", "a OR", "NEAR(", "name:x", "^a", "-", "*", "", "'"])
def test_operators_are_words_or_nothing(index: Index, typed: str) -> None:
    assert index.search(typed).corrections == {}


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.name)
def test_the_quick_way_reads_what_the_thorough_way_reads(path: Path) -> None:
    text = path.read_text("utf-8")
    assert quickly(text) == thoroughly(read_text(text, path.name))


_PROSE = st.lists(
    st.text(st.sampled_from("abc 1.-*_#>:'\"[]()é"), min_size=1, max_size=30),
    min_size=1,
    max_size=4,
)


@given(
    title=st.text(st.sampled_from("ab cd:'#\"-é1"), min_size=1, max_size=20),
    lines=_PROSE,
    chomping=st.sampled_from(["|", "|-", "|+", ">", "|2"]),
)
def test_the_quick_way_never_reads_anything_else(
    title: str, lines: list[str], chomping: str
) -> None:
    section = "\n".join(f"  {line}" for line in lines)
    text = (
        f'# a comment\ncode: "A-1"\ncode_system: local\ntitle: {title}\nsummary: {chomping}\n'
        f"{section}\nfurther_sections:\n  - title: {title}\n    audience: both\n    text: |\n"
        + "\n".join(f"      {line}" for line in lines)
        + "\n"
    )
    try:
        thorough = thoroughly(read_text(text, "A-1.yaml"))
    except DocgenError:
        return
    quick = quickly(text)
    if quick is None:
        return
    for field, words in thorough.texts[""].items():
        assert _letters(quick.texts[""].get(field, "")) == _letters(words)


def _letters(text: str) -> str:
    """A text without blanks: where lines end is no matter for words."""
    return "".join(char for char in text if char.isalnum())


def test_snippets_are_cut_at_words_around_what_was_found() -> None:
    text = "word " * 30 + f"{BEGIN}needle{END}" + " word" * 30
    snippet = cut("summary", text)
    assert snippet.text.startswith("…word ") and snippet.text.endswith(" word…")
    ((start, end),) = snippet.marks
    assert snippet.text[start:end] == "needle"
    assert len(snippet.text) <= 92
    assert best_snippet({"title": "nothing"}, 1) is None
    fields = {"title": f"{BEGIN}a{END}", "summary": f"{BEGIN}a{END} {BEGIN}b{END}"}
    assert best_snippet(fields, 2) == cut("summary", fields["summary"])
    assert best_snippet(fields, 1) == cut("title", fields["title"])


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [("", "", 0), ("a", "", 1), ("knee", "kene", 1), ("colon", "colno", 1), ("abc", "xbz", 2),
     ("colonoscopy", "clonscopy", 2)],
)  # fmt: skip
def test_distance_counts_swaps_once(one: str, other: str, letters: int) -> None:
    assert distance(one, other) == distance(other, one) == letters
