"""Syllables, counted by ear."""

import pytest

from docgen.readability.syllables import syllables

BY_EAR = {
    "scan": 1,
    "you": 1,
    "eyes": 1,
    "whole": 1,
    "passed": 1,
    "many": 2,
    "about": 2,
    "needed": 2,
    "table": 2,
    "tables": 2,
    "nurses": 2,
    "fever": 2,
    "biopsy": 3,
    "surgery": 3,
    "medicine": 3,
    "radiation": 4,
    "anesthesia": 4,
    "infection": 3,
    "appendicitis": 5,
    "gastroenterologist": 7,
    "care-free": 2,
    "doctor's": 2,
    "CT": 2,
    "MRIs": 3,
    "HIV": 3,
    "15": 1,
}


@pytest.mark.parametrize(("word", "count"), BY_EAR.items())
def test_a_word_has_the_syllables_that_are_heard(word: str, count: int) -> None:
    assert syllables(word) == count
