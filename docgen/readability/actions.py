"""What readers can do: sentences that tell them to, or that nothing needs to be done.

PEMAT-P, items 20 and 21, asks for at least one action, told to the reader directly.
"""

import re
from collections.abc import Iterator

from docgen.readability.english import ACTIONS
from docgen.readability.sentences import Sentence

_BEFORE = re.compile(
    r"^(?:please|then|also|first|next|always|never|do not|don['’]t|if [^,]+,|when [^,]+,|"
    r"(?:before|after|until|unless|at|on|in|for|to|from|with|over|every|each)\b[^,]*,|"
    r"[^:]{1,40}:) *",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\byou(?:['’]ll)? (?:should|must|need to|have to|can|may|will need to|are asked to)\b"
    r"|(?:, |\b(?:and|or|please) )(?:call|ask|tell|see|contact) (?:your|the|us|911|an?)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\b(?:no (?:special )?(?:preparation|recovery|steps?)|nothing (?:special )?to do|"
    r"need no (?:time|special)|do not need to (?:prepare|do))\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\bthe patient\b(?! portal| advocate| care)"
    r"|\b(?:a |each |every )?patients? (?:should|must|may|can|will|needs?)\b",
    re.IGNORECASE,
)


def tells_what_to_do(sentence: Sentence) -> bool:
    """Whether a sentence tells its reader to do something, or that nothing needs to be done."""
    return is_order(sentence) or bool(_TOLD.search(sentence.text) or _NOTHING.search(sentence.text))


def is_order(sentence: Sentence) -> bool:
    """Whether a sentence begins with a verb that says what to do, perhaps after a condition."""
    text = sentence.text.lstrip("\"'“‘([")
    while match := _BEFORE.match(text):
        if match[0].lower().strip() in ("do not", "don't", "don’t", "never", "always", "please"):
            return True
        text = text[match.end() :]
    word = re.match(r"[A-Za-z]+", text)
    return word is not None and word[0].lower() in ACTIONS


def speaks_of_others(sentence: Sentence) -> Iterator[tuple[int, str]]:
    """Where a sentence speaks of patients, in the place of "you"."""
    for match in _OTHERS.finditer(sentence.text):
        yield match.start(), match[0]
