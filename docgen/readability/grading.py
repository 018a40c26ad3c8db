"""How many years of school a text asks for: published formulas, made for English.

Flesch-Kincaid (Kincaid and others, 1975, Research Branch Report 8-75, Naval Technical Training)
decides, since guidance for patients names it most often. SMOG (McLaughlin, 1969, Journal of Reading
12) is told where a text has the 30 sentences that it was made for.
"""

from collections import Counter
from collections.abc import Sequence
from math import sqrt

from docgen.readability.sentences import Sentence
from docgen.readability.syllables import syllables

SMOG_SENTENCES = 30
_POLYSYLLABLE = 3


def has_grades(language: str | None) -> bool:
    """Whether texts in a language (BCP 47) can be graded: those in English, or in none named.

    For Spanish there is a scale of ease, in ``spanish``, and none that gives years of school.
    """
    return language is None or language.lower().split("-")[0] == "en"


def grade(sentences: Sequence[Sentence]) -> float | None:
    """The grade by Flesch and Kincaid, to one decimal, 0 at least; None where there is no word."""
    counts = [syllables(word.text) for sentence in sentences for word in sentence.words]
    if not counts:
        return None
    length = len(counts) / len(sentences)
    return max(round(0.39 * length + 11.8 * sum(counts) / len(counts) - 15.59, 1), 0.0)


def smog(sentences: Sequence[Sentence]) -> float | None:
    """The grade by SMOG, to one decimal; None below the 30 sentences that it needs."""
    if len(sentences) < SMOG_SENTENCES:
        return None
    words = (word.text for sentence in sentences for word in sentence.words)
    long = sum(syllables(word) >= _POLYSYLLABLE for word in words)
    return round(1.0430 * sqrt(long * 30 / len(sentences)) + 3.1291, 1)


def hard_words(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The words of three syllables and more, those that weigh most first."""
    weights: Counter[str] = Counter()
    for sentence in sentences:
        for word in sentence.words:
            count = syllables(word.text)
            if count >= _POLYSYLLABLE:
                spoken = word.text if word.text.isupper() else word.text.lower()
                weights[spoken] += count - 1
    return tuple(word for word, _ in sorted(weights.items(), key=lambda one: (-one[1], one[0])))
