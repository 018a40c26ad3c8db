"""Rules about YAML, JSON and their values."""

from typing import Final, Literal

Refused = Literal[
    "ambiguous-null",
    "bad-content",
    "bad-json",
    "bad-key",
    "bad-value",
    "bad-yaml",
    "duplicate-key",
    "lost-after-hash",
    "missing-field",
    "not-a-date",
    "out-of-range",
    "several-documents",
    "too-deep",
    "unclosed-quote",
    "unknown-choice",
    "unknown-field",
    "wrong-type",
    "yaml-reference",
]

MEANINGS: Final[dict[Refused, str]] = {
    "ambiguous-null": "a word such as `null` may mean nothing or itself",
    "bad-content": "an entry is of a kind, or has parts, that cannot stand here",
    "bad-json": "a file is not JSON",
    "bad-key": "a name of a value is missing, or is no plain word",
    "bad-value": "a value is not of the kind that its field takes",
    "bad-yaml": "a file is not YAML",
    "duplicate-key": "a name stands twice in one group of values",
    "lost-after-hash": "a `#` makes the rest of a value a comment",
    "missing-field": "a required field is missing or empty",
    "not-a-date": "a value is no day of the calendar, written as `2026-11-24`",
    "out-of-range": "a number or length is less or more than its field takes",
    "several-documents": "a YAML file holds more than one document",
    "too-deep": "values, lists or quotes are nested too deep",
    "unclosed-quote": "a quote is opened and never closed",
    "unknown-choice": "a word is none of those that its field takes",
    "unknown-field": "a field is not known here",
    "wrong-type": "a value, or what an expression yields, is of another type than belongs here",
    "yaml-reference": "YAML's anchors, aliases and tags are not read",
}
