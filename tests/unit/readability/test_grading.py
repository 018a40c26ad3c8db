"""Grades, worked out by hand from the published formulas."""

import pytest

from docgen.readability.grading import grade, hard_words, has_grades, smog
from tests.readable import sentences


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    # 10 words, 2 sentences, 15 syllables: 0.39 * 5 + 11.8 * 1.5 - 15.59 = 4.06
    assert grade(sentences("The doctor takes a picture. You rest after the surgery.")) == 4.1


def test_easy_words_are_of_no_grade_below_the_first() -> None:
    assert grade(sentences("Go home. Rest.")) == 0.0


def test_no_words_have_no_grade() -> None:
    assert grade(()) is None


def test_smog_is_told_of_thirty_sentences() -> None:
    # 30 long words in 30 sentences: 1.0430 * sqrt(30) + 3.1291 = 8.84
    thirty = sentences(" ".join(["You get radiation."] * 30))
    assert smog(thirty) == 8.8
    assert smog(thirty[:29]) is None


def test_long_words_are_told_by_the_weight_that_they_have() -> None:
    text = sentences("Surgery helps. An appendectomy is surgery. Ask about MRI. Surgery ends.")
    assert hard_words(text) == ("surgery", "appendectomy", "MRI")


@pytest.mark.parametrize(
    ("tag", "graded"), [("en", True), ("en-GB", True), (None, True), ("es", False)]
)
def test_only_english_has_grades(tag: str | None, graded: bool) -> None:
    assert has_grades(tag) == graded
