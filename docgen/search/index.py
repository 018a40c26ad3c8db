"""The index over all records and code tables of a library: built, refreshed and searched.

It is a copy for finding things, never the source of truth: whatever it holds can be read again from
the files, and is, wherever they are not as they were when it was made.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self, TypeVar

from docgen.code_systems import normalise_code
from docgen.diagnostics import Findings
from docgen.records import RecordLibrary
from docgen.search.asking import any_of, words_of_query
from docgen.search.checking import are_unchanged
from docgen.search.refreshing import refresh
from docgen.search.schema import COLUMNS, path_of
from docgen.search.searching import SearchFilter, ranked, search
from docgen.search.spelling import corrections, frequency
from docgen.search.store import Store
from docgen.search.texts import FIELDS, IndexedText, SearchResult

T = TypeVar("T")

_COLUMNS = ", ".join(f"t.{column}" for column in COLUMNS)
_TEXT = (
    f"SELECT t.system, t.language, f.folder, f.name, {_COLUMNS} "  # noqa: S608 - ours
    "FROM texts AS t JOIN files AS f ON f.id = t.file WHERE NOT t.translated"
)
_BATCH = 1000


class Index:
    """The words of every code that a library can find."""

    def __init__(self, store: Store, library: RecordLibrary) -> None:
        self._store = store
        self.library = library

    @classmethod
    def open(cls, library: RecordLibrary, findings: Findings) -> Self:
        """The index of a library, refreshed. Warnings tell where it could not be kept.

        Raises DocgenError where this Python's SQLite has no full-text search.
        """
        index = cls(Store(library.record_folders, findings), library)
        index.refresh()
        return index

    def refresh(self) -> bool:
        """Reads again what has changed on the disk; whether anything had."""
        return self._store.run(lambda db: refresh(db, self.library))

    def compare(self) -> bool:
        """Reads again what has changed, with a look at every file even of a large library."""
        return self._store.run(lambda db: refresh(db, self.library, thoroughly=True))

    def search(
        self,
        query: str,
        *,
        code_system: str | None = None,
        specialty: str | None = None,
        limit: int = 20,
    ) -> SearchResult:
        """The codes that what somebody typed may mean, the best first; ties by code."""
        wanted = SearchFilter(code_system, specialty)
        result = self._run(lambda db: search(db, query, wanted, limit))
        paths = {hit.path for hit in result.hits}
        if self._run(lambda db: are_unchanged(db, paths)):
            return result
        self.compare()
        return self._run(lambda db: search(db, query, wanted, limit))

    def text(self, code_system: str, code: str) -> IndexedText | None:
        """The words of a code in its own language."""
        where = f"{_TEXT} AND t.system = ? AND t.key = ?"
        found = self._select_texts(where, (code_system, normalise_code(code)))
        return found[0] if found else None

    def texts(self, code_system: str | None = None) -> Iterator[IndexedText]:
        """The words of every code in its own language, by code system and code."""
        where = f"{_TEXT} AND (t.system, t.key) > (?, ?) AND t.system = coalesce(?, t.system)"
        place = ("", "")
        while found := self._select_texts(
            f"{where} ORDER BY t.system, t.key LIMIT {_BATCH}", (*place, code_system)
        ):
            yield from found
            place = (found[-1].code_system, normalise_code(found[-1].code))

    def like(
        self, words: Iterable[str], *, code_system: str | None = None, limit: int = 50
    ) -> tuple[IndexedText, ...]:
        """The codes that have any of some words, by bm25, which weighs titles most; ties by
        code."""
        question = any_of(dict.fromkeys(words))
        if not question:
            return ()
        wanted = SearchFilter(code_system)
        ids = self._run(lambda db: ranked(db, "words", question, wanted, limit))
        found = (self._select_texts(f"{_TEXT} AND t.id = ?", (id,)) for id in ids)
        return tuple(text for texts in found for text in texts)

    def neighbours(self, code_system: str, code: str, count: int = 10) -> tuple[IndexedText, ...]:
        """The codes that stand next to a code in its system, ``count`` before and after it."""
        place = (code_system, normalise_code(code), count)
        where = f"{_TEXT} AND t.system = ? AND t.key"
        before = self._select_texts(f"{where} < ? ORDER BY t.key DESC LIMIT ?", place)
        after = self._select_texts(f"{where} > ? ORDER BY t.key LIMIT ?", place)
        return (*reversed(before), *after)

    def frequencies(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many codes each word stands, whatever its form (Porter's stems); at most 10,000
        are counted."""
        return self._run(lambda db: {word: frequency(db, word) for word in words})

    def like_spelled(self, query: str) -> tuple[str, ...]:
        """Words of records that are spelled nearly like words of a query."""
        return self._run(
            lambda db: tuple(
                near for word in words_of_query(query) for near in corrections(db, word)
            )
        )

    def __len__(self) -> int:
        """The number of codes."""
        (count,) = self._run(
            lambda db: db.execute("SELECT count(*) FROM texts WHERE NOT translated").fetchone()
        )
        return int(count)

    def close(self) -> None:
        """Lets go of the database."""
        self._store.close()

    def _run(self, task: Callable[[sqlite3.Connection], T]) -> T:
        """What a question gives; a database that turns out to be damaged is made anew for it."""

        def asked(connection: sqlite3.Connection) -> T:
            if self._store.is_new:
                refresh(connection, self.library)
            return task(connection)

        return self._store.run(asked)

    def _select_texts(self, statement: str, values: tuple[object, ...]) -> list[IndexedText]:
        rows = self._run(lambda db: db.execute(statement, values).fetchall())
        return [_indexed_text(row) for row in rows]


def _indexed_text(row: tuple[str, ...]) -> IndexedText:
    system, language, folder, name, code, *words = row
    fields = {field: said for field, said in zip(FIELDS, words, strict=True) if said}
    return IndexedText(
        code_system=system,
        code=code,
        language=language,
        fields=fields,
        path=str(Path(path_of(folder), path_of(name))),
    )
