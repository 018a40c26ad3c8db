"""Searching the index: by code, by words, by words like them; the best first."""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from docgen.search.asking import (
    all_as_corrected,
    all_beginning,
    all_of,
    any_of,
    as_code,
    begins_code,
    words_of_query,
)
from docgen.search.schema import COLUMNS, HEADS, path_of
from docgen.search.snippets import BEGIN, END, best_snippet, cut
from docgen.search.spelling import corrections, frequency
from docgen.search.texts import FIELDS, Hit, MatchKind, SearchResult, Snippet

_HEAD_WEIGHTS = {"code": 20.0, "title": 10.0, "name": 8.0, "specialty": 3.0}
_WEIGHTS = {**_HEAD_WEIGHTS, "summary": 3.0, "similar_codes": 0.3, "policies": 0.5, "unplaced": 0.5}
_MOST_RANKED = 10_000
"""How many texts are ranked: of a word that more of them have, it matters little which comes
first."""

_MARKED = ", ".join(
    f"highlight(words, {COLUMNS.index(field)}, '{BEGIN}', '{END}')" for field in FIELDS
)
_OWNER = """
SELECT p.system, p.code, p.title, p.specialty, t.language, pf.folder, pf.name
FROM texts AS t
JOIN files AS tf ON tf.id = t.file
JOIN texts AS p ON p.key = t.key AND t.system IN ('', p.system) AND NOT p.translated
JOIN files AS pf ON pf.id = p.file
WHERE t.id = ? AND (p.id = t.id OR (pf.root = tf.root AND pf.folder = tf.folder))
ORDER BY p.system LIMIT 1
"""
"""The code that a text speaks of: a translation, of the record beside it."""


class SearchFilter(NamedTuple):
    """Which codes may be found."""

    code_system: str | None = None
    specialty: str | None = None


def search(
    connection: sqlite3.Connection, query: str, wanted: SearchFilter, limit: int
) -> SearchResult:
    """The codes that what somebody typed may mean."""
    return _Search(connection, query, wanted, limit).result()


class _Search:
    def __init__(
        self, connection: sqlite3.Connection, query: str, wanted: SearchFilter, limit: int
    ) -> None:
        self._db = connection
        self._query = query
        self._words = words_of_query(query)
        self._filter = wanted
        self._limit = limit
        self._hits: dict[tuple[str, str], Hit] = {}
        self._corrections: dict[str, tuple[str, ...]] = {}

    def result(self) -> SearchResult:
        steps: Iterable[Callable[[], None]] = (self._by_code, self._by_words, self._by_some_words)
        if self._limit > 0:
            for step in steps:
                step()
        return SearchResult(tuple(self._hits.values()), self._corrections)

    def _by_code(self) -> None:
        key, beginning = as_code(self._query), begins_code(self._query)
        if key:
            self._take_codes("t.key = ?", (key,), "code")
        if beginning:
            after = beginning[:-1] + chr(ord(beginning[-1]) + 1)
            self._take_codes("t.key > ? AND t.key < ?", (beginning, after), "prefix")

    def _by_words(self) -> None:
        if not self._words:
            return
        question = all_of(self._words)
        self._take("heads", question, "words")
        self._take("words", question, "words")
        if len(self._hits) < self._limit:
            self._take("words", all_beginning(self._words), "words")
        if self._hits:
            return
        self._corrections = self._corrected()
        if self._corrections:
            question = all_as_corrected(self._words, self._corrections)
            self._take("heads", question, "spelling")
            self._take("words", question, "spelling")

    def _by_some_words(self) -> None:
        """By any of the words, but those in most texts, which tell nothing."""
        if self._hits or not self._words:
            return
        meant = [one for word in self._words for one in self._corrections.get(word, (word,))]
        counts = {word: frequency(self._db, word) for word in meant}
        (total,) = self._db.execute("SELECT count(*) FROM texts").fetchone()
        most = min(max(total // 2, 1), _MOST_RANKED - 1)
        telling = [word for word, count in counts.items() if 0 < count <= most]
        chosen = telling or [word for word, count in counts.items() if count]
        if chosen:
            self._take("words", any_of(chosen), "some words")

    def _corrected(self) -> dict[str, tuple[str, ...]]:
        unknown = (word for word in self._words if not frequency(self._db, word))
        found = ((word, corrections(self._db, word)) for word in unknown)
        return {word: near for word, near in found if near}

    def _take_codes(self, condition: str, values: tuple[object, ...], match: MatchKind) -> None:
        """Takes codes in their order, without ranking them."""
        left = self._limit - len(self._hits)
        if left <= 0:
            return
        rows = self._db.execute(
            f"SELECT t.id FROM texts AS t WHERE {condition} AND NOT t.translated"  # noqa: S608 - ours
            f"{_filter_conditions(self._filter)} ORDER BY t.key, t.system LIMIT ?",
            (*values, *_values(self._filter), left),
        )
        for (id,) in rows.fetchall():
            self._add_hit(id, match, "")

    def _take(self, table: str, question: str, match: MatchKind) -> None:
        """Takes what a full-text table finds, ranked by bm25 with weights for its columns."""
        if len(self._hits) >= self._limit:
            return
        enough = 4 * self._limit + len(self._hits)
        for id in ranked(self._db, table, question, self._filter, enough):
            self._add_hit(id, match, question)
            if len(self._hits) >= self._limit:
                return

    def _add_hit(self, id: int, match: MatchKind, question: str) -> None:
        owner = self._db.execute(_OWNER, (id,)).fetchone()
        if owner is None or tuple(owner[:2]) in self._hits:
            return
        system, code, title, specialty, language, folder, name = owner
        self._hits[system, code] = Hit(
            code_system=system,
            code=code,
            title=title,
            specialty=specialty,
            match=match,
            snippet=self._snippet(id, question) or cut("title", title),
            language=language,
            path=str(Path(path_of(folder), path_of(name))),
        )

    def _snippet(self, id: int, question: str) -> Snippet | None:
        if not question:
            return None
        row = self._db.execute(
            f"SELECT {_MARKED} FROM words WHERE words MATCH ? AND rowid = ?",  # noqa: S608 - the names are ours
            (question, id),
        ).fetchone()
        marked = dict(zip(FIELDS, row, strict=True)) if row else {}
        return best_snippet(marked, max(1, len(self._words)))


def ranked(
    connection: sqlite3.Connection, table: str, question: str, wanted: SearchFilter, limit: int
) -> list[int]:
    """The texts that a full-text table finds, by bm25 with weights for its columns."""
    columns = HEADS if table == "heads" else COLUMNS
    weights = ", ".join(str(_WEIGHTS.get(column, 1.0)) for column in columns)
    last = connection.execute(
        f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT 1 OFFSET ?",  # noqa: S608 - ours
        (question, _MOST_RANKED),
    ).fetchone()
    rows = connection.execute(
        f"SELECT t.id FROM {table} JOIN texts AS t ON t.id = {table}.rowid "  # noqa: S608 - ours
        f"WHERE {table} MATCH ? AND {table}.rowid <= ?{_filter_conditions(wanted)} "
        f"ORDER BY bm25({table}, {weights}), t.key, t.system, t.language LIMIT ?",
        (question, last[0] if last else 1 << 62, *_values(wanted), limit),
    )
    return [id for (id,) in rows]


def _filter_conditions(wanted: SearchFilter) -> str:
    """The conditions that a filter puts, with a mark for each value."""
    system = " AND t.system IN (?, '')" if wanted.code_system is not None else ""
    specialty = " AND instr(lower(t.specialty), lower(?))" if wanted.specialty is not None else ""
    return system + specialty


def _values(wanted: SearchFilter) -> tuple[str, ...]:
    return tuple(value for value in wanted if value is not None)
