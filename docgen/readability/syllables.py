"""How many syllables an English word has when it is spoken.

Hyphenation is the only count of syllables that can be had from a library which is alive, free,
light and needs no network: pyphen, with LibreOffice's patterns. textstat reads the CMU dictionary
through NLTK, which fetches it when it is first asked; the packages that bring that dictionary along
are under the GPL; ``readability`` counts by rules of thumb, names no licence in its package, and
asks for text that somebody else has cut into words.

No hyphen is set where one letter would stand alone, so that "many" and "about" come out short; a
count of vowel groups does not mind, but is short where vowels meet, as in "radio". Each errs by
missing syllables, so the greater of the two counts: held against the CMU dictionary, it is wrong
for one word in a hundred of the shipped records, and by three syllables in a thousand on the whole.
"""

import re
from functools import lru_cache
from typing import Any

_VOWELS = re.compile(r"[aeiouy]+")
_MUTE = re.compile(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouy]es$|[^aeiouydt]ed$")
_MEETING = re.compile(
    r"(?<![tscgx])io(?!ns?$)|(?<![gp])eo(?!us)|(?<![tcs])ia|(?<![gq])ua(?!r)|[^aeiou]uou|oen"
)
"""Where two vowels are mostly spoken apart."""
_SPOKEN = re.compile(r"(?:[sxz]|[cs]h|[cg])es$|[^aeiouy]les?$")
_MOST_INITIALS = 5
_LONG_LETTER = "W"


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """The syllables of an English word, one at least; initials are spoken letter by letter."""
    if _are_initials(word):
        return sum(3 if letter == _LONG_LETTER else 1 for letter in word if letter.isupper())
    parts = re.findall(r"[^\W\d_]+", word.lower().replace("’", "'").replace("'", ""))
    return sum(_of_part(part) for part in parts) or 1


def _of_part(part: str) -> int:
    return max(_vowel_groups(part), len(_hyphenation().positions(part)) + 1)


def _are_initials(word: str) -> bool:
    letters = [letter for letter in word.removesuffix("s") if letter.isalpha()]
    return 1 < len(letters) <= _MOST_INITIALS and all(letter.isupper() for letter in letters)


def _vowel_groups(part: str) -> int:
    groups = len(_VOWELS.findall(part))
    if groups > 1 and _MUTE.search(part) and not _SPOKEN.search(part):
        groups -= 1
    return max(groups + len(_MEETING.findall(part)), 1)


@lru_cache(maxsize=1)
def _hyphenation() -> Any:
    from pyphen import Pyphen  # noqa: PLC0415 - its patterns take 0.1 s, and few commands need them

    return Pyphen(lang="en_US")
