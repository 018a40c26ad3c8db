"""Rules about readability."""

from typing import Final, Literal

Refused = Literal["bad-term"]

Warned = Literal[
    "calculation",
    "initials",
    "jargon",
    "missing-action",
    "missing-summary",
    "no-grade",
    "not-addressed",
    "passive-voice",
]

Either = Literal[
    "hard-to-read",
    "long-sentence",
]

MEANINGS: Final[dict[Refused | Warned | Either, str]] = {
    "bad-term": "a word of a glossary has neither a plain word nor a reason to stay",
    "calculation": "patients would have to calculate",
    "hard-to-read": "a section reads at a higher grade than was asked for",
    "initials": "letters stand for words that are nowhere spelled out",
    "jargon": "patients may not know a word",
    "long-sentence": "a sentence has too many words",
    "missing-action": "a section does not say what patients can do",
    "missing-summary": "a record has no summary",
    "no-grade": "there is no grade for texts in a language",
    "not-addressed": "a text speaks of its reader as of somebody else",
    "passive-voice": "a sentence looks like passive voice",
}
