"""Passive voice, told by a rule of thumb: a form of *be*, perhaps an adverb, and a participle.

It knows no grammar. Participles that mostly describe a state ("you are tired", "is swollen") are
left out, and so are "called" and "known as", which explain words. What it misses it misses in
silence; what it tells is nearly always passive.
"""

import re
from collections.abc import Iterator

from docgen.readability.english import BE, BETWEEN, IRREGULAR_PARTICIPLES, STATES
from docgen.readability.sentences import Sentence, Word

_MOST_BETWEEN = 2
_REGULAR = re.compile(r"[a-z]{2,}ed")


def passives(sentence: Sentence) -> Iterator[tuple[Word, str]]:
    """Each passive of a sentence: its first word, and all its words."""
    words = sentence.words
    for at, word in enumerate(words):
        if word.text.lower().replace("’", "'") not in BE:
            continue
        end = _participle(sentence, at)
        if end is not None:
            yield word, " ".join(one.text for one in words[at : end + 1])


def _participle(sentence: Sentence, at: int) -> int | None:
    """Where the participle stands that a form of *be* belongs to."""
    words = sentence.words
    for place in range(at + 1, min(at + 2 + _MOST_BETWEEN, len(words))):
        if _apart(sentence.text, words[place - 1], words[place]):
            return None
        word = words[place].text.lower()
        if _is_participle(word):
            return place
        if word not in BETWEEN and not word.endswith("ly"):
            return None
    return None


def _apart(text: str, first: Word, second: Word) -> bool:
    """Whether punctuation stands between two words."""
    return bool(text[first.start + len(first.text) : second.start].strip())


def _is_participle(word: str) -> bool:
    if word in STATES:
        return False
    return word in IRREGULAR_PARTICIPLES or bool(_REGULAR.fullmatch(word))
