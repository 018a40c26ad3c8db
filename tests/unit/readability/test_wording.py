"""Passive voice, jargon, figures and actions, in sentences as records have them."""

from time import process_time

import pytest

from docgen.readability.actions import speaks_of_others, tells_what_to_do
from docgen.readability.figures import calculations
from docgen.readability.glossary import read_glossary
from docgen.readability.jargon import unexplained
from docgen.readability.passive import passives
from tests.readable import sentences

GLOSSARY = read_glossary()


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("The cut is closed with glue.", ["is closed"]),
        ("You will be slowly moved to a bed.", ["be slowly moved"]),
        ("The tube has been taken out.", ["been taken"]),
        ("It is not needed, and it was never done.", ["is not needed", "was never done"]),
        ("You are tired, and your leg is swollen.", []),
        ("This is called a biopsy.", []),
        ("The test is quick and safe.", []),
        ("It is, closed or open, your choice.", []),
        ("You need a bed.", []),
        ("They were red.", []),
    ],
)
def test_passive_voice_is_told_by_its_words(prose: str, found: list[str]) -> None:
    assert [words for one in sentences(prose) for _, words in passives(one)] == found


def jargon(prose: str, *named: str) -> list[tuple[str, str | None]]:
    return [(one.words, one.plain) for one in unexplained(sentences(prose), named, GLOSSARY)]


def test_a_term_is_told_with_its_plain_word() -> None:
    assert jargon("You may have edema.") == [("edema", "swelling")]
    assert jargon("The uterus's wall hurts.") == [("uterus's", "womb")]
    assert jargon("Two biopsies are normal.") == [("biopsies", "test of a small piece of tissue")]
    assert jargon("A pulmonary embolism is rare.") == [
        ("pulmonary embolism", "blood clot in the lung")
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "You get sedation, medicine that makes you sleepy.",
        "A biopsy is a test of a piece of tissue.",
        "They take a bit of tissue. This is called a biopsy.",
        "An eye doctor (ophthalmologist) looks at it.",
        "The ophthalmologist (an eye doctor) looks at it.",
        "The large bowel, or **colon,** is your gut.",
        "Your catheter stays in. It is a thin tube.",
        "You may have edema. Your legs show swelling then.",
        "You have a CT scan or an MRI.",
        "DO NOT eat. Call at 7 AM.",
        "A positron emission tomography (PET) scan shows it. The PET scan is safe.",
    ],
)
def test_a_term_that_is_explained_is_no_jargon(prose: str) -> None:
    assert jargon(prose) == []


def test_a_term_that_is_explained_once_may_be_used() -> None:
    assert jargon("Edema can last.\n\n- Walk.\n- Ask about edema, which is swelling.") == []


def test_initials_that_nobody_spells_out_are_told() -> None:
    assert jargon("Ask about TURP.") == [("TURP", None)]


def test_what_patients_came_for_is_no_jargon() -> None:
    assert jargon("A colonoscopy is safe.", "Screening colonoscopy") == []
    assert jargon("A colonoscopy is safe.", "Bowel exam") != []


@pytest.mark.parametrize(
    ("prose", "word"),
    [
        ("It fails in 0.5% of cases.", "0.5%"),
        ("The risk is 20% higher.", "20% higher"),
        ("You are three times as likely to bleed.", "three times as"),
        ("Drink 2/3 of it.", "2/3"),
        ("Lift at most 5 kg.", "5 kg"),
        ("Call at 38°C.", "38°C"),
        ("Wait for 120 hours.", "120 hours"),
        ("1 in 10 feel sick. 3 in 100 bleed.", "3 in 100"),
        ("1 in 10 feel sick, and 4% bleed.", "4%"),
    ],
)
def test_numbers_that_need_arithmetic_are_told(prose: str, word: str) -> None:
    ((sentence, start, what, _),) = calculations(sentences(prose))
    assert sentence.text[start:].startswith(word)
    assert word in what


@pytest.mark.parametrize(
    "prose",
    [
        "Do not lift more than 10 pounds (4.5 kg).",
        "A fever of 100.4°F (38°C) is high.",
        "1 in 100 bleed. 3 in 100 feel sick.",
        "It takes 30 to 60 minutes, or 24 hours.",
        "Your pressure is 140/90. Call 911.",
        "Take half a tablet on 3 days.",
        "It helps 9 in 10, or nine in ten.",
    ],
)
def test_numbers_that_can_be_read_as_they_stand_are_not(prose: str) -> None:
    assert list(calculations(sentences(prose))) == []


@pytest.mark.parametrize(
    ("prose", "acts"),
    [
        ("Bring a list.", True),
        ("If you have a fever, call us.", True),
        ("**Wound:** Keep it dry.", True),
        ("You should rest.", True),
        ("Do not drive.", True),
        ("You need no time to recover.", True),
        ("Recovery takes a week.", False),
        ("The nurse will call the doctor.", False),
    ],
)
def test_sentences_that_tell_what_to_do_are_known(prose: str, acts: bool) -> None:
    assert any(tells_what_to_do(one) for one in sentences(prose)) == acts


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("After that, the patient should rest.", [(12, "the patient")]),
        ("Patients must not drive.", [(0, "Patients must")]),
        ("Look at the patient portal.", []),
        ("Most patients feel well.", []),
    ],
)
def test_speaking_of_patients_is_not_speaking_to_them(
    prose: str, found: list[tuple[int, str]]
) -> None:
    (sentence,) = sentences(prose)
    assert list(speaks_of_others(sentence)) == found


@pytest.mark.parametrize(
    "prose",
    [
        "edema, " * 9_000,
        "If you edema, " * 6_000,
        "is " * 30_000,
        "1 in 10 " * 10_000,
        "((((called a " * 7_000,
        "a&amp;b " * 10_000,
        "A.B." * 20_000,
    ],
)
def test_no_text_takes_long_to_read(prose: str) -> None:
    begin = process_time()
    read = sentences(prose)
    list(unexplained(read, ("edema",), GLOSSARY))
    for sentence in read:
        list(passives(sentence))
        list(speaks_of_others(sentence))
        tells_what_to_do(sentence)
    list(calculations(read))
    assert process_time() - begin < 5
