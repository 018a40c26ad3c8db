"""Rules about languages and translations."""

from typing import Final, Literal

Refused = Literal[
    "bad-catalog",
    "bad-language",
    "duplicate-translation",
    "extra-translation",
    "misnamed-translation",
    "missing-translation",
    "no-translation",
    "not-in-lines",
    "orphaned-translation",
    "other-numbers",
    "partial-translation",
    "shipped-translation",
    "stale-translation",
    "translation-into-itself",
    "uneven-translation",
    "unknown-language",
    "unknown-text",
    "untraced-translation",
]

MEANINGS: Final[dict[Refused, str]] = {
    "bad-catalog": "a compiled catalog of messages is damaged",
    "bad-language": "a language is not named by a tag such as `es`, or cannot be used here",
    "duplicate-translation": "a record has two translations into one language",
    "extra-translation": "a translation has a text that its record does not have",
    "misnamed-translation": (
        "a translation does not say its record or language by its file name, or another one"
    ),
    "missing-translation": "a text that a sheet needs is not there in its language",
    "no-translation": "a record has no translation into a language",
    "not-in-lines": "docgen cannot write digests into a file as it is laid out",
    "orphaned-translation": "there is no record beside a translation",
    "other-numbers": "a translation says other numbers than its source",
    "partial-translation": "a translation says less than its source",
    "shipped-translation": "a translation comes with docgen, and an upgrade would replace changes",
    "stale-translation": "a text was translated from another wording than there is now",
    "translation-into-itself": "a translation is in the language of its record",
    "uneven-translation": "a list has other items in a translation than in its record",
    "unknown-language": "a language is not known, or not among those that an organization offers",
    "unknown-text": "a text that is named is none that is translated",
    "untraced-translation": "nothing says from which text a translation was made",
}
