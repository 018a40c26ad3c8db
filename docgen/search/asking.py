"""What people type, as questions to full-text tables: no word of it is an operator."""

import re
from collections.abc import Iterable, Mapping, Sequence

from docgen.code_systems import normalise_code

MAX_WORDS = 32
_WORD = re.compile(r"[^\W_]+")
_LEAST_BEGINNING = 3
"""How many letters of a word must be there before it is looked for as a beginning."""
_LONGEST_CODE = 20


def words_of_query(query: str) -> tuple[str, ...]:
    """The words of a query, each once."""
    return tuple(dict.fromkeys(_WORD.findall(query.lower())))[:MAX_WORDS]


def as_code(query: str) -> str:
    """What was typed, as a code is looked up; empty where it is too long for one."""
    key = normalise_code(query)
    return key if len(key) <= _LONGEST_CODE else ""


def begins_code(query: str) -> str:
    """The beginning of a code that was typed, or empty: one word with a digit in it is one."""
    key = as_code(query)
    is_one_word = len(query.split()) == 1
    has_digit = any(char.isdigit() for char in key)
    return key if is_one_word and has_digit and len(key) > 1 else ""


def all_of(words: Sequence[str]) -> str:
    """The question for texts with all words."""
    return " AND ".join(f'"{word}"' for word in words)


def any_of(words: Iterable[str]) -> str:
    """The question for texts with any of the words."""
    return " OR ".join(f'"{word}"' for word in words)


def all_beginning(words: Sequence[str]) -> str:
    """The question for texts with words that begin like each of the words."""
    return " AND ".join(
        f'"{word}" *' if len(word) >= _LEAST_BEGINNING else f'"{word}"' for word in words
    )


def all_as_corrected(words: Sequence[str], corrections: Mapping[str, Sequence[str]]) -> str:
    """The question for texts with all words, or with what each may have been meant for."""
    return " AND ".join(f"({any_of(corrections.get(word, (word,)))})" for word in words)
