"""Putting texts into the tables of the index, and taking them out of all."""

import re
import sqlite3
import unicodedata
from typing import Final

from docgen.search.extraction import Extract
from docgen.search.schema import COLUMNS, HEADS
from docgen.search.texts import FIELDS

_BATCH: Final = 500
"""How many texts are put into the full-text tables at once."""
_WORD = re.compile(r"[^\W\d_]{4,40}")
_NAMES: Final = ", ".join(COLUMNS)
_TABLES: Final = (("heads", ", ".join(HEADS)), ("words", _NAMES))

Key = tuple[str, str]
"""A code system and a normalised code."""


class TextWriter:
    """Writes texts in batches, within a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM texts").fetchone()
        self._last = int(last)
        self._new: list[tuple[object, ...]] = []
        self.new_keys: set[Key] = set()
        """The codes that were added and are not in the tables yet."""
        self._spellings: set[str] = set()

    def add(self, said: Extract, file: int, rank: int, language: str, *, translated: bool) -> None:
        fields = said.texts[language]
        self._last += 1
        self._new.append(
            (
                self._last,
                file,
                rank,
                said.system,
                said.key,
                language or said.language,
                translated,
                said.code,
                *(fields.get(field, "") for field in FIELDS),
            )
        )
        if not translated:
            self.new_keys.add((said.system, said.key))
        self._spellings.update(compared_spelling(" ".join(fields.values())))
        if len(self._new) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        if not self._new:
            return
        marks = ", ".join("?" * len(self._new[0]))
        self._db.executemany(
            "INSERT INTO texts (id, file, rank, system, key, language, translated, "  # noqa: S608
            f"{_NAMES}) VALUES ({marks})",
            self._new,
        )
        first = self._last - len(self._new)
        for table, names in _TABLES:
            self._db.execute(
                f"INSERT INTO {table} (rowid, {names}) SELECT id, {names} FROM texts WHERE id > ?",  # noqa: S608 - the names are ours
                (first,),
            )
        self._new.clear()
        self.new_keys.clear()

    def remove(self, where: str, values: tuple[object, ...]) -> None:
        """Takes texts out of all tables."""
        for table, names in _TABLES:
            self._db.execute(
                f"INSERT INTO {table} ({table}, rowid, {names}) "  # noqa: S608 - the names are ours
                f"SELECT 'delete', id, {names} FROM texts WHERE {where}",
                values,
            )
        self._db.execute(f"DELETE FROM texts WHERE {where}", values)  # noqa: S608 - as above

    def spell(self) -> None:
        """Learns how the words are spelled that were not known yet."""
        known = {word for (word,) in self._db.execute("SELECT word FROM spellings")}
        (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM spellings").fetchone()
        rows = list(enumerate(sorted(self._spellings - known), last + 1))
        self._db.executemany("INSERT INTO spellings (id, word) VALUES (?, ?)", rows)
        self._db.execute(
            "INSERT INTO parts (rowid, word) SELECT id, word FROM spellings WHERE id > ?", (last,)
        )


def compared_spelling(text: str) -> set[str]:
    """The words of a text as spellings are compared: small letters without accents."""
    small = text.lower()
    if not small.isascii():
        parted = unicodedata.normalize("NFKD", small)
        small = "".join(char for char in parted if not unicodedata.combining(char))
    return set(_WORD.findall(small))
