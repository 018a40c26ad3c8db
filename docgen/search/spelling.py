"""Words of records that are spelled nearly like a word that none has."""

import sqlite3
from collections.abc import Iterator

from docgen.search.writing import compared_spelling

MAX_CORRECTIONS = 3
_CANDIDATES = 100
"""How many words that share most trigrams are compared letter by letter."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LEAST = 4
"""How long a word must be to be corrected: shorter ones are like too many others."""


def corrections(connection: sqlite3.Connection, word: str) -> tuple[str, ...]:
    """The known words nearest to a misspelled one, all equally near, the most frequent first."""
    small = next(iter(compared_spelling(word)), "")
    if len(small) < _LEAST:
        return ()
    near = _one_off(connection, small) or _sharing_trigrams(connection, small)
    found = [(-count, one) for one in near if (count := frequency(connection, one))]
    return tuple(one for _, one in sorted(found)[:MAX_CORRECTIONS])


def frequency(connection: sqlite3.Connection, word: str) -> int:
    """In how many texts a word stands, in whatever form."""
    (count,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT 10000)", (f'"{word}"',)
    ).fetchone()
    return int(count)


def _one_off(connection: sqlite3.Connection, word: str) -> list[str]:
    """The known words that one slip of the finger would make this one of."""
    made = sorted({*_variants(word)} - {word})
    marks = ", ".join("?" * len(made))
    found = connection.execute(f"SELECT word FROM spellings WHERE word IN ({marks})", made)  # noqa: S608 - only marks
    return [one for (one,) in found]


def _variants(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after[1:]
            yield before + letter + after


def _sharing_trigrams(connection: sqlite3.Connection, word: str) -> list[str]:
    parts = " OR ".join(f'"{word[at : at + 3]}"' for at in range(len(word) - 2))
    shared = connection.execute(
        "SELECT word FROM parts WHERE parts MATCH ? ORDER BY rank, word LIMIT ?",
        (parts, _CANDIDATES),
    )
    most = 2 if len(word) < 9 else 3  # noqa: PLR2004 - about one slip in three letters
    distances = [(distance(word, one), one) for (one,) in shared]
    least = min((far for far, _ in distances), default=most + 1)
    return [one for far, one in distances if far == least <= most]


def distance(one: str, other: str) -> int:
    """How many letters must be put in, left out, exchanged or swapped with the next to make one
    word of another (Damerau and Levenshtein; no letter is changed twice).

    A row says how far the letters of ``one`` up to here are from each beginning of ``other``; it
    follows from the one before, and for a swap from the one before that. ``recieve`` is one swap
    from ``receive``. ``ca`` is three steps from ``abc``: to swap it into ``ac`` and then put ``b``
    between the two would change them twice.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for to, wanted in enumerate(other, 1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
    return row[-1]
