"""The shipped records are read by those that they are for."""

import pytest

from docgen.readability import GOAL, GRADE, RecordReadability, check_readability, read_glossary
from docgen.records import read_record
from tests.sample_records import RECORDS

GLOSSARY = read_glossary()
READ = {path.stem: check_readability(read_record(path), GLOSSARY) for path in RECORDS}


@pytest.mark.parametrize("read", READ.values(), ids=READ)
def test_no_section_asks_for_more_than_eight_years_of_school(read: RecordReadability) -> None:
    assert {section.id: section.grade for section in read.sections if _above(section.grade)} == {}
    assert read.grade is not None
    assert read.grade <= GOAL


def _above(grade: float | None) -> bool:
    return grade is None or grade > GRADE


@pytest.mark.parametrize("read", READ.values(), ids=READ)
def test_nothing_is_told_of_them_but_passive_voice(read: RecordReadability) -> None:
    assert {one.rule for one in read.diagnostics} <= {"passive-voice", "not-reviewed"}
    assert False not in read.pemat.values()


def test_most_sections_ask_for_six_years_at_most() -> None:
    grades = [section.grade for read in READ.values() for section in read.sections]
    assert sum(not _above(grade) and (grade or 0) <= GOAL for grade in grades) > 0.9 * len(grades)


def test_the_glossary_has_words_enough() -> None:
    assert len({term.span for term in GLOSSARY.terms}) >= 250


def test_shipped_glossaries_term_is_never_its_own_plain_word() -> None:
    own = [
        term.term.value
        for term in GLOSSARY.terms
        if term.plain and term.term.value.lower() in term.plain.value.lower().split()
    ]
    assert own == []
