"""How easy a Spanish text is: the scale INFLESZ.

It tells no years of school. The formula is Szigriszt's (1993), the levels are those of
Barrio-Cantalejo and others (2008, Anales del Sistema Sanitario de Navarra 31), meant for texts for
patients.
"""

import re
from collections.abc import Sequence

from docgen.readability.sentences import Sentence

_LEVELS = ((40, "very hard"), (55, "rather hard"), (65, "normal"), (80, "rather easy"))
_EASIEST = "very easy"
_SYLLABLE = re.compile(r"[iuüy]?(?:[aeoáéó][iuüy]?|[íú]|[iuüy]+)")
_SILENT = re.compile(r"qu(?=[eiéí])|gu(?=[eiéí])|(?<=\w)y(?=[aeiouáéíóú])|^y(?=[aeiouáéíóú])|h")


def is_spanish(language: str | None) -> bool:
    """Whether a language (BCP 47) is Spanish."""
    return language is not None and language.lower().split("-")[0] == "es"


def ease(sentences: Sequence[Sentence]) -> float | None:
    """The ease by INFLESZ, from 0 to 100, to one decimal; None where there is no word."""
    counts = [spanish_syllables(word.text) for one in sentences for word in one.words]
    if not counts:
        return None
    length = len(counts) / len(sentences)
    found = 206.835 - 62.3 * sum(counts) / len(counts) - length
    return min(max(round(found, 1), 0.0), 100.0)


def ease_in_words(ease: float) -> str:
    """What an ease means in words."""
    return next((name for most, name in _LEVELS if ease <= most), _EASIEST)


def spanish_syllables(word: str) -> int:
    """The syllables of a Spanish word, one at least: strong vowels, and weak ones by themselves."""
    return len(_SYLLABLE.findall(_SILENT.sub("c", word.lower()))) or 1
