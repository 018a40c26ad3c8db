"""Records as a whole: what is told of them, and where."""

from datetime import date

import pytest

from docgen.diagnostics import Findings
from docgen.project import Project
from docgen.readability import ReadingLimits, RecordReadability, check_readability, read_glossary
from tests.commands import ROOT
from tests.readable import CALL, record_with

GLOSSARY = read_glossary()
GOOD = {
    "summary": "This test looks at your heart. It is quick.",
    "preparation": "- Bring a list of your medicines.\n- Wear a loose shirt.",
    "recovery": "- Go home and rest.",
}
HARD = (
    "Preoperative gastrointestinal evaluation necessitates uninterrupted abstinence from "
    "alimentation overnight and additionally intermittently."
)


def told(
    sections: dict[str, str],
    more: str = CALL,
    *,
    limits: ReadingLimits | None = None,
    day: date | None = None,
) -> RecordReadability:
    return check_readability(record_with(more, **sections), GLOSSARY, limits, day)


def found(read: RecordReadability) -> list[tuple[str, str, str]]:
    return [(one.severity, one.rule, str(one.span)) for one in read.diagnostics]


def test_a_plain_record_has_no_findings() -> None:
    read = told(GOOD)
    assert found(read) == []
    assert [section.id for section in read.sections] == [*GOOD, "further_sections.1"]
    assert set(read.pemat.values()) == {True, None}
    assert (read.words, read.sentences) == (9 + 6 + 4 + 4 + 7, 6)


def test_each_finding_stands_at_its_words() -> None:
    text = "You get it at home.\n\nYour edema is treated\nat 0.5% of its size."
    read = told({**GOOD, "purpose": text})
    assert found(read) == [
        ("warning", "jargon", "T-1.yaml:10:8"),
        ("warning", "passive-voice", "T-1.yaml:10:14"),
        ("warning", "calculation", "T-1.yaml:11:6"),
    ]
    assert [number for number, met in read.pemat.items() if met is False] == ["4", "6", "7"]


def test_a_number_within_a_word_stands_at_its_own_place() -> None:
    read = told({**GOOD, "purpose": "Take 1½ tablets."})
    assert found(read) == [("warning", "calculation", "T-1.yaml:8:9")]


def test_above_a_limit_is_an_error_and_above_the_usual_one_a_warning() -> None:
    hard = {**GOOD, "purpose": HARD}
    (usual,) = [one for one in told(hard).diagnostics if one.rule == "hard-to-read"]
    assert usual.severity == "warning"
    limits = ReadingLimits(grade=6, grade_refused=True)
    (refused,) = [one for one in told(hard, limits=limits).diagnostics if one.severity == "error"]
    assert str(refused.span) == "T-1.yaml:8:3"
    assert "above 6" in refused.message
    assert refused.hint
    assert "alimentation" in refused.hint


def test_few_words_are_held_to_no_grade() -> None:
    few = {**GOOD, "setting": "An outpatient endoscopy facility."}
    read = told(few, limits=ReadingLimits(grade_refused=True))
    setting = next(section for section in read.sections if section.id == "setting")
    assert setting.grade
    assert setting.grade > 8
    assert setting.is_short
    assert "hard-to-read" not in {one.rule for one in setting.findings}


def test_long_sentences_are_counted_in_words() -> None:
    twenty = " ".join(["go"] * 20)
    assert found(told({**GOOD, "purpose": f"{twenty}."})) == []
    longer = {**GOOD, "purpose": f"It is so.\nSee {twenty}."}
    assert found(told(longer)) == [("warning", "long-sentence", "T-1.yaml:9:3")]
    assert found(told(longer, limits=ReadingLimits(sentence=21))) == []
    refused = ReadingLimits(sentence=20, sentence_refused=True)
    assert found(told(longer, limits=refused)) == [("error", "long-sentence", "T-1.yaml:9:3")]


@pytest.mark.parametrize(
    ("sections", "rule", "message"),
    [
        ({"preparation": None}, "missing-action", "nothing says how to get ready"),
        ({"recovery": None}, "missing-action", "nothing says what to do afterwards"),
        ({"summary": None}, "missing-summary", "the record has no summary"),
        (
            {"recovery": "The lab looks at the sample."},
            "missing-action",
            "'Afterwards' tells patients nothing that they can do",
        ),
    ],
)
def test_what_every_handout_needs_is_missed(
    sections: dict[str, str | None], rule: str, message: str
) -> None:
    given = {id: text for id, text in {**GOOD, **sections}.items() if text is not None}
    (only,) = told(given).diagnostics
    assert (only.rule, only.message) == (rule, message)


def test_nobody_knows_when_to_call_who_is_not_told() -> None:
    (only,) = told(GOOD, "").diagnostics
    assert only.message == "nothing says when to call for help"


def test_nothing_to_do_is_an_answer() -> None:
    assert found(told({**GOOD, "recovery": "You need no time to recover."})) == []


def test_an_overdue_review_is_told_on_a_day() -> None:
    assert found(told(GOOD, day=date(2027, 1, 2)))[0][1] == "overdue-record"


def test_what_is_for_clinicians_is_not_read() -> None:
    notes = CALL + f"  - title: Notes\n    audience: clinicians\n    text: {HARD}\n"
    assert found(told(GOOD, notes)) == []


def test_a_language_without_grades_is_told_so() -> None:
    record = Project.open(ROOT).record("77299")
    spanish = record.in_language("es", Findings())
    assert spanish.language
    assert spanish.language.tag == "es"
    read = check_readability(spanish, GLOSSARY)
    assert read.grade is None
    assert read.pemat == {}
    assert {section.grade for section in read.sections} == {None}
    (only,) = (one for one in read.findings if one.rule != "not-reviewed")
    assert (only.rule, "no grade for es" in only.message) == ("no-grade", True)
    assert {one.rule for one in read.diagnostics} <= {"no-grade", "long-sentence", "not-reviewed"}


@pytest.mark.parametrize(
    ("sections", "item"),
    [
        ({"purpose": "It is done. It was made. You are moved."}, "5"),
        ({"purpose": "You go. " * 51}, "8"),
        ({"recovery": "Rest. Eat. Walk."}, "22"),
        ({"preparation": "Bring a list."}, "23"),
        ({"recovery": "The patient must rest."}, "21"),
        ({"purpose": HARD, "benefits": HARD}, "3"),
    ],
)
def test_an_item_of_pemat_is_not_met(sections: dict[str, str], item: str) -> None:
    assert told({**GOOD, **sections}).pemat[item] is False


def test_one_passive_of_five_sentences_is_still_active_voice() -> None:
    four = "You go. You see. You eat. You rest."
    read = told({**GOOD, "purpose": f"It is done. {four}"})
    assert read.pemat["5"] is True


def test_a_section_wholly_in_another_language_has_no_grade() -> None:
    read = told({**GOOD, "purpose": "[Coma pan y beba agua.](lang:es)"})
    (section,) = (one for one in read.sections if one.id == "purpose")
    assert (section.words, section.sentences, section.grade) == (0, 0, None)
