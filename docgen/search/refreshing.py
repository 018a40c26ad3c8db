"""Bringing the index up to what the files say: only what changed is read again."""

import hashlib
import re
import sqlite3
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docgen.diagnostics import DocgenError, Findings
from docgen.records import ProcedureRecord, RecordLibrary
from docgen.records.code_tables import CodeTable
from docgen.search.extraction import Extract, extract, plain
from docgen.search.scanning import ScannedFolder, Stamp, is_settled, pack, scan
from docgen.search.schema import COLUMNS, HEADS
from docgen.search.texts import FIELDS, Field
from docgen.source import MAX_BYTES

_BATCH = 500
"""How many texts are put into the full-text tables at once."""
_WORD = re.compile(r"[^\W\d_]{4,40}")
_NAMES = ", ".join(COLUMNS)
_HEAD_NAMES = ", ".join(HEADS)

_Key = tuple[str, str]
"""A code system and a normalised code."""


class _Row(NamedTuple):
    """What the index knows of a file."""

    id: int
    name: str
    stamp: bytes | None
    digest: bytes
    kind: str
    system: str
    key: str


def refresh(connection: sqlite3.Connection, library: RecordLibrary) -> bool:
    """Reads what changed since the index was last refreshed; whether anything did.

    Only one process at a time writes; whoever waited finds the work of the other done.
    """
    if _is_same(connection, list(scan(library))):
        return False
    connection.execute("BEGIN IMMEDIATE")
    try:
        _Refresh(connection, library).apply(list(scan(library)))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return True


def _is_same(connection: sqlite3.Connection, folders: Iterable[ScannedFolder]) -> bool:
    known = {
        (root, path): seal
        for root, path, seal in connection.execute("SELECT root, path, seal FROM folders")
    }
    found = {(folder.root, folder.path): folder.seal for folder in folders}
    return known == found and None not in found.values()


class _Refresh:
    """One refresh, within a transaction of its own."""

    def __init__(self, connection: sqlite3.Connection, library: RecordLibrary) -> None:
        self._db = connection
        self._library = library
        self._first_table = len(library.record_folders)
        (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM texts").fetchone()
        self._last = int(last)
        self._new: list[tuple[object, ...]] = []
        self._new_keys: set[_Key] = set()
        self._touched: set[_Key] = set()
        self._lost: set[_Key] = set()
        self._spellings: set[str] = set()
        self._now = time.time_ns()

    def apply(self, folders: Sequence[ScannedFolder]) -> None:
        self._forget_folders({(folder.root, folder.path) for folder in folders})
        known = {
            (root, path): seal
            for root, path, seal in self._db.execute("SELECT root, path, seal FROM folders")
        }
        for folder in folders:
            if folder.seal is None or folder.seal != known.get((folder.root, folder.path)):
                self._folder(folder)
        self._flush()
        self._replace_lost()
        self._flush()
        self._adapt()
        self._flush()
        self._spell()

    def _folder(self, folder: ScannedFolder) -> None:
        rows = {row.name: row for row in self._rows(folder.root, folder.path)}
        for name in sorted(rows.keys() - folder.files.keys()):
            self._forget(rows[name])
        for name, stamp in sorted(folder.files.items()):
            row = rows.get(name)
            if row is None or row.stamp != pack(stamp):
                self._file(folder, name, stamp, row)
        self._db.execute(
            "INSERT OR REPLACE INTO folders (root, path, seal) VALUES (?, ?, ?)",
            (folder.root, folder.path, folder.seal),
        )

    def _file(self, folder: ScannedFolder, name: str, stamp: Stamp, row: _Row | None) -> None:
        path = Path(folder.path, name)
        kept = pack(stamp) if is_settled(stamp, self._now) else None
        if folder.root >= self._first_table:
            self._table(folder, path, kept, row)
            return
        data = _bytes(path)
        digest = hashlib.blake2b(data, digest_size=16).digest()
        if row and row.digest == digest:
            self._db.execute("UPDATE files SET stamp = ? WHERE id = ?", (kept, row.id))
            return
        if row:
            self._forget(row)
        said = extract(path, data)
        id = self._add_file(folder, name, kept, digest, said)
        self._touched.add((said.system, said.key))
        if said.kind == "record":
            self._place(said, id, folder.root)
        elif said.kind == "translation":
            self._add(said, id, folder.root, said.language, translated=True)

    def _add_file(
        self, folder: ScannedFolder, name: str, stamp: bytes | None, digest: bytes, said: Extract
    ) -> int:
        row = (folder.root, folder.path, name, stamp, digest, said.kind, said.system, said.key)
        cursor = self._db.execute(
            "INSERT INTO files (root, folder, name, stamp, digest, kind, system, key) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        assert cursor.lastrowid is not None  # a row was inserted
        return cursor.lastrowid

    def _place(self, said: Extract, file: int, rank: int) -> None:
        """Takes a record in, unless one that wins over it is there."""
        key = (said.system, said.key)
        if key in self._new_keys:
            self._flush()
        owner = self._db.execute(
            "SELECT rank, file FROM texts WHERE system = ? AND key = ? AND translated = 0", key
        ).fetchone()
        if owner and owner[0] <= rank:
            return
        if owner:
            self._remove("file = ? AND system = ? AND key = ?", (owner[1], *key))
        for language in said.texts:
            self._add(said, file, rank, language, translated=bool(language))

    def _add(self, said: Extract, file: int, rank: int, language: str, *, translated: bool) -> None:
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
            self._new_keys.add((said.system, said.key))
        self._spellings.update(spelled(" ".join(fields.values())))
        if len(self._new) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        if not self._new:
            return
        marks = ", ".join("?" * len(self._new[0]))
        self._db.executemany(
            "INSERT INTO texts (id, file, rank, system, key, language, translated, "  # noqa: S608
            f"{_NAMES}) VALUES ({marks})",
            self._new,
        )
        first = self._last - len(self._new)
        for table, names in (("heads", _HEAD_NAMES), ("words", _NAMES)):
            self._db.execute(
                f"INSERT INTO {table} (rowid, {names}) SELECT id, {names} FROM texts WHERE id > ?",  # noqa: S608 - the names are ours
                (first,),
            )
        self._new.clear()
        self._new_keys.clear()

    def _remove(self, where: str, values: tuple[object, ...]) -> None:
        """Takes texts out of all tables."""
        for table, names in (("heads", _HEAD_NAMES), ("words", _NAMES)):
            self._db.execute(
                f"INSERT INTO {table} ({table}, rowid, {names}) "  # noqa: S608 - the names are ours
                f"SELECT 'delete', id, {names} FROM texts WHERE {where}",
                values,
            )
        self._db.execute(f"DELETE FROM texts WHERE {where}", values)  # noqa: S608 - as above

    def _forget(self, row: _Row) -> None:
        """Takes out a file and all that it said."""
        self._flush()
        if row.kind == "table":
            found = self._db.execute("SELECT system, key FROM texts WHERE file = ?", (row.id,))
            keys = set(found.fetchall())
        else:
            keys = {(row.system, row.key)}
        if row.kind == "override":
            self._remove("system = ? AND key = ? AND translated = 0", (row.system, row.key))
        self._remove("file = ?", (row.id,))
        self._db.execute("DELETE FROM files WHERE id = ?", (row.id,))
        self._touched |= keys
        self._lost |= keys

    def _forget_folders(self, found: set[tuple[int, str]]) -> None:
        known = self._db.execute("SELECT root, path FROM folders").fetchall()
        for root, path in known:
            if (root, path) in found:
                continue
            for row in self._rows(root, path):
                self._forget(row)
            self._db.execute("DELETE FROM folders WHERE root = ? AND path = ?", (root, path))

    def _rows(self, root: int, folder: str) -> list[_Row]:
        found = self._db.execute(
            "SELECT id, name, stamp, digest, kind, system, key FROM files "
            "WHERE root = ? AND folder = ?",
            (root, folder),
        )
        return [_Row(*row) for row in found]

    def _table(
        self, folder: ScannedFolder, path: Path, stamp: bytes | None, row: _Row | None
    ) -> None:
        digest = _digest_of_file(path)
        if row and row.digest == digest:
            self._db.execute("UPDATE files SET stamp = ? WHERE id = ?", (stamp, row.id))
            return
        if row:
            self._forget(row)
        self._flush()
        said = Extract("table", "", "")
        file = self._add_file(folder, path.name, stamp, digest, said)
        ranks: dict[_Key, int] = {}
        for one in _table_rows(path):
            key = (one.system, one.key)
            if not ranks:
                ranks = self._ranks(one.system)
            rank = ranks.get(key)
            if rank is not None and rank <= folder.root:
                continue
            if rank is not None:
                self._remove("system = ? AND key = ? AND translated = 0", key)
            self._add(one, file, folder.root, "", translated=False)

    def _ranks(self, system: str) -> dict[_Key, int]:
        """How far up the folders lie that the known codes of a system come from."""
        found = self._db.execute(
            "SELECT key, rank FROM texts WHERE system = ? AND translated = 0", (system,)
        )
        return {(system, key): rank for key, rank in found} or {("", ""): 0}

    def _replace_lost(self) -> None:
        """Puts the record that comes next in the place of one that is gone."""
        for key in sorted(self._lost):
            files = self._db.execute(
                "SELECT id, root, folder, name FROM files "
                "WHERE kind = 'record' AND system = ? AND key = ? ORDER BY root, folder, name",
                key,
            ).fetchall()
            for id, root, folder, name in files:
                path = Path(folder, name)
                self._place(extract(path, _bytes(path)), id, root)
            if not files:
                self._place_row(key)

    def _place_row(self, key: _Key) -> None:
        """Takes a code in from the first code table that has it."""
        for root, table, row in self._library.tables.rows(key[1], Findings()):
            if table.system.id != key[0]:
                continue
            path = table.path.absolute()
            file = self._db.execute(
                "SELECT id FROM files WHERE folder = ? AND name = ?", (str(path.parent), path.name)
            ).fetchone()
            if file:
                said = Extract(
                    "record", *key, row.code, table.head.language.tag, {"": {"title": row.title}}
                )
                self._place(said, file[0], self._first_table + root)

    def _adapt(self) -> None:
        """Has codes that an organization changes say what it makes of them."""
        overrides = self._db.execute("SELECT system, key FROM files WHERE kind = 'override'")
        for system, key in sorted(self._touched.intersection(overrides.fetchall())):
            owner = self._db.execute(
                "SELECT file, rank FROM texts WHERE system = ? AND key = ? AND translated = 0",
                (system, key),
            ).fetchone()
            try:
                record = self._library.find(key, system)
            except DocgenError:
                continue
            if owner:
                self._remove("system = ? AND key = ? AND translated = 0", (system, key))
                file, rank = owner
                self._add(_as_adapted(record, key), file, rank, "", translated=False)

    def _spell(self) -> None:
        """Learns how the words are spelled that were not known yet."""
        known = {word for (word,) in self._db.execute("SELECT word FROM spellings")}
        (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM spellings").fetchone()
        rows = list(enumerate(sorted(self._spellings - known), last + 1))
        self._db.executemany("INSERT INTO spellings (id, word) VALUES (?, ?)", rows)
        self._db.execute(
            "INSERT INTO parts (rowid, word) SELECT id, word FROM spellings WHERE id > ?", (last,)
        )


def spelled(text: str) -> set[str]:
    """The words of a text as spellings are compared: small letters without accents."""
    small = text.lower()
    if not small.isascii():
        parted = unicodedata.normalize("NFKD", small)
        small = "".join(char for char in parted if not unicodedata.combining(char))
    return set(_WORD.findall(small))


def _bytes(path: Path) -> bytes:
    """A file, no further than a record may go; none of one that cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        return b""


def _digest_of_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16))
            return digest.digest()
    except OSError:
        return b""


def _table_rows(path: Path) -> Iterator[Extract]:
    """The codes of a table, up to the first row that is damaged."""
    try:
        table = CodeTable.open(path)
        language = table.head.language.tag
        for row in table:
            fields = {"": {"title": row.title}}
            yield Extract("record", table.system.id, row.code, row.code, language, fields)
    except DocgenError:
        return


def _as_adapted(record: ProcedureRecord, key: str) -> Extract:
    language = record.language.tag if record.language else ""
    fields = {field: plain(words) for field, words in _said(record).items() if words}
    return Extract("record", record.code_system.id, key, record.code, language, {"": fields})


def _said(record: ProcedureRecord) -> Mapping[Field, str]:
    further = (
        f"{section.title.value}\n{section.text.text.value}" for section in record.further_sections
    )
    policies = (
        f"{policy.payer} {policy.title} {policy.number or ''}" for policy in record.policies
    )
    similar = (f"{one.code} {one.title} {one.difference}" for one in record.similar_codes)
    said = {
        "title": record.title.value,
        "name": record.name.value,
        "specialty": record.specialty.value if record.specialty else "",
        **{id: prose.text.value for id, _, prose in record.sections()},
        "further_sections": "\n".join(further),
        "policies": "\n".join(policies),
        "similar_codes": "\n".join(similar),
        "unplaced": "\n".join(one.text.value for one in record.unplaced),
    }
    return {field: said[field] for field in FIELDS if said.get(field)}
