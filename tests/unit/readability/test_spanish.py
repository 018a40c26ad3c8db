"""Spanish: syllables by ear, and the ease of a text, worked out by hand."""

import pytest

from docgen.readability.spanish import ease, ease_in_words, is_spanish, spanish_syllables
from tests.readable import sentences

BY_EAR = {
    "radiación": 3,
    "médico": 3,
    "quien": 1,
    "guía": 2,
    "oído": 3,
    "país": 2,
    "ahora": 3,
    "siguiente": 3,
    "ya": 1,
    "mayo": 2,
    "muy": 1,
    "y": 1,
    "ciudad": 2,
    "aéreo": 4,
    "pingüino": 3,
    "tratamiento": 4,
    "911": 1,
}


@pytest.mark.parametrize(("word", "count"), BY_EAR.items())
def test_a_spanish_word_has_the_syllables_that_are_heard(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


def test_the_ease_is_that_of_inflesz() -> None:
    # 8 words, 2 sentences, 16 syllables: 206.835 - 62.3 * 2 - 4 = 78.235
    text = sentences("Usted come poco. Beba agua antes del examen.")
    assert ease(text) == 78.2
    assert ease(()) is None


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (40, "very hard"),
        (41, "rather hard"),
        (65, "normal"),
        (80, "rather easy"),
        (81, "very easy"),
    ],
)
def test_an_ease_has_a_name(found: float, name: str) -> None:
    assert ease_in_words(found) == name


def test_spanish_of_every_country_is_spanish() -> None:
    assert is_spanish("es-MX")
    assert not is_spanish("en")
    assert not is_spanish(None)
