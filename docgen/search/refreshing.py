"""Bringing the index up to what the files say: only what changed is read again."""

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from docgen.diagnostics import DocgenError
from docgen.records import RecordLibrary
from docgen.search.checking import looks_the_same, note_check
from docgen.search.extraction import Extract, extract
from docgen.search.scanning import ScannedFolder, Stamp, is_settled, pack, scan
from docgen.search.schema import kept_path, path_of
from docgen.search.sources import as_adapted, bytes_of, codes_of_table, digest_if_there
from docgen.search.writing import Key, TextWriter

_OWN = "system = ? AND key = ? AND translated = 0"
"""The text of a code in its own language."""
_TABLE = Extract("table", "", "")


class _Row(NamedTuple):
    """What the index knows of a file."""

    id: int
    name: str
    stamp: bytes | None
    digest: bytes
    kind: str
    system: str
    key: str


class _Place(NamedTuple):
    """Where a file lies, and its state."""

    root: int
    folder: str
    name: str
    stamp: bytes | None
    changed: int

    @property
    def path(self) -> str:
        return os.path.join(self.folder, self.name)  # noqa: PTH118 - thousands

    @property
    def kept(self) -> tuple[object, ...]:
        """The same as the index keeps it."""
        return self.root, kept_path(self.folder), kept_path(self.name), self.stamp, self.changed


def refresh(
    connection: sqlite3.Connection, library: RecordLibrary, *, thoroughly: bool = False
) -> bool:
    """Reads what changed since the index was last refreshed; whether anything did.

    Only one process at a time writes; whoever waited finds the work of the other done. A look at
    every file is a matter of course in small libraries, and ``thoroughly`` in large ones.

    Raises DocgenError where a file or folder cannot be read.
    """
    if not thoroughly and looks_the_same(connection, library):
        return False
    if _is_same(connection, scan(library)):
        note_check(connection)
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
    found = {(folder.root, folder.path): (folder.times, folder.seal) for folder in folders}
    return _known_folders(connection) == found and all(None not in one for one in found.values())


def _known_folders(
    connection: sqlite3.Connection,
) -> dict[tuple[int, str], tuple[bytes | None, bytes | None]]:
    """The folders as they were when they were read: their times and seals."""
    rows = connection.execute("SELECT root, path, times, seal FROM folders")
    return {(root, path_of(path)): (times, seal) for root, path, times, seal in rows}


class _Refresh:
    """One refresh, within a transaction of its own."""

    def __init__(self, connection: sqlite3.Connection, library: RecordLibrary) -> None:
        self._db = connection
        self._library = library
        self._first_table = len(library.record_folders)
        self._texts = TextWriter(connection)
        self._touched: set[Key] = set()
        self._lost: set[Key] = set()
        self._now = time.time_ns()

    def apply(self, folders: Sequence[ScannedFolder]) -> None:
        known = _known_folders(self._db)
        self._forget_folders(known.keys() - {(folder.root, folder.path) for folder in folders})
        for folder in folders:
            state = (folder.times, folder.seal)
            if None in state or state != known.get((folder.root, folder.path)):
                self._folder(folder)
        self._texts.flush()
        self._replace_lost()
        self._texts.flush()
        self._adapt()
        self._texts.flush()
        self._texts.spell()
        self._db.execute("INSERT OR REPLACE INTO checks (id, at) VALUES (1, ?)", (self._now,))

    def _folder(self, folder: ScannedFolder) -> None:
        rows = {row.name: row for row in self._kept_rows(folder.root, folder.path)}
        for name in sorted(rows.keys() - folder.files.keys()):
            self._forget(rows[name])
        for name, stamp in sorted(folder.files.items()):
            row = rows.get(name)
            if row is None or row.stamp != pack(stamp):
                self._file(self._place_of_file(folder, name, stamp), row)
        self._db.execute(
            "INSERT OR REPLACE INTO folders (root, path, times, seal) VALUES (?, ?, ?, ?)",
            (folder.root, kept_path(folder.path), folder.times, folder.seal),
        )

    def _place_of_file(self, folder: ScannedFolder, name: str, stamp: Stamp) -> _Place:
        kept = pack(stamp) if is_settled(stamp, self._now) else None
        return _Place(folder.root, folder.path, name, kept, stamp[0])

    def _file(self, place: _Place, row: _Row | None) -> None:
        is_table = place.root >= self._first_table
        data = b"" if is_table else bytes_of(place.path)
        digest = (
            digest_if_there(place.path)
            if is_table
            else hashlib.blake2b(data, digest_size=16).digest()
        )
        if row and row.digest == digest:
            self._db.execute(
                "UPDATE files SET stamp = ?, changed = ? WHERE id = ?",
                (place.stamp, place.changed, row.id),
            )
            return
        if row:
            self._forget(row)
        if is_table:
            self._take_table(place, self._add_file(place, digest, _TABLE))
        else:
            said = extract(place.path, data)
            self._take_record(said, self._add_file(place, digest, said), place.root)

    def _add_file(self, place: _Place, digest: bytes, said: Extract) -> int:
        cursor = self._db.execute(
            "INSERT INTO files (root, folder, name, stamp, changed, digest, kind, system, key) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*place.kept, digest, said.kind, said.system, said.key),
        )
        assert cursor.lastrowid is not None  # a row was inserted
        return cursor.lastrowid

    def _take_record(self, said: Extract, file: int, root: int) -> None:
        self._touched.add((said.system, said.key))
        if said.kind == "record":
            self._take(said, file, root)
        elif said.kind == "translation":
            self._texts.add(said, file, root, said.language, translated=True)

    def _take(self, said: Extract, file: int, rank: int) -> None:
        """Takes a record in, unless one that wins over it is there."""
        key = (said.system, said.key)
        if key in self._texts.new_keys:
            self._texts.flush()
        owner = self._owner_of_code(key)
        if owner and owner[1] <= rank:
            return
        if owner:
            self._texts.remove("file = ? AND system = ? AND key = ?", (owner[0], *key))
        for language in said.texts:
            self._texts.add(said, file, rank, language, translated=bool(language))

    def _owner_of_code(self, key: Key) -> tuple[int, int] | None:
        """The file that says what a code is, and its rank: the number of its folder."""
        found = self._db.execute(f"SELECT file, rank FROM texts WHERE {_OWN}", key)  # noqa: S608
        row: tuple[int, int] | None = found.fetchone()
        return row

    def _take_table(self, place: _Place, file: int) -> None:
        self._texts.flush()
        ranks: dict[str, int] | None = None
        for row in codes_of_table(place.path):
            if ranks is None:
                ranks = self._ranks(row.system)
            rank = ranks.get(row.key)
            if rank is not None and rank <= place.root:
                continue
            if rank is not None:
                self._texts.remove(_OWN, (row.system, row.key))
            self._texts.add(row, file, place.root, "", translated=False)

    def _ranks(self, system: str) -> dict[str, int]:
        """The ranks of the known codes of a system."""
        return dict(
            self._db.execute(
                "SELECT key, rank FROM texts WHERE system = ? AND translated = 0", (system,)
            )
        )

    def _forget(self, row: _Row) -> None:
        """Takes out a file and all that it said."""
        self._texts.flush()
        keys = {(row.system, row.key)}
        if row.kind == "table":
            found = self._db.execute("SELECT system, key FROM texts WHERE file = ?", (row.id,))
            keys = set(found.fetchall())
        elif row.kind == "override":
            self._texts.remove(_OWN, (row.system, row.key))
        self._texts.remove("file = ?", (row.id,))
        self._db.execute("DELETE FROM files WHERE id = ?", (row.id,))
        self._touched |= keys
        self._lost |= keys

    def _forget_folders(self, gone: set[tuple[int, str]]) -> None:
        for root, path in sorted(gone):
            for row in self._kept_rows(root, path):
                self._forget(row)
            self._db.execute(
                "DELETE FROM folders WHERE root = ? AND path = ?", (root, kept_path(path))
            )

    def _kept_rows(self, root: int, folder: str) -> list[_Row]:
        found = self._db.execute(
            "SELECT id, name, stamp, digest, kind, system, key FROM files "
            "WHERE root = ? AND folder = ?",
            (root, kept_path(folder)),
        )
        return [_Row(id, path_of(name), *row) for id, name, *row in found]

    def _replace_lost(self) -> None:
        """Puts the record that comes next, or a code table's row, in the place of one that is
        gone."""
        left = {
            key
            for key in sorted(self._lost)
            if not self._owner_of_code(key) and not self._next(key)
        }
        self._texts.flush()
        tables = self._db.execute(
            "SELECT id, root, folder, name FROM files WHERE kind = 'table' ORDER BY root, name"
        ).fetchall()
        for id, root, folder, name in tables if left else ():
            for row in codes_of_table(_joined_path(folder, name)):
                if (row.system, row.key) in left:
                    self._take(row, id, root)

    def _next(self, key: Key) -> bool:
        """Whether another record file has a code; the first one's words are taken in."""
        files = self._db.execute(
            "SELECT id, root, folder, name FROM files "
            "WHERE kind = 'record' AND system = ? AND key = ? ORDER BY root, folder, name LIMIT 1",
            key,
        ).fetchall()
        for id, root, folder, name in files:
            path = _joined_path(folder, name)
            self._take(extract(path, bytes_of(path)), id, root)
        return bool(files)

    def _adapt(self) -> None:
        """Has codes that an organization changes say what it makes of them."""
        overrides = self._db.execute("SELECT system, key FROM files WHERE kind = 'override'")
        for key in sorted(self._touched.intersection(overrides.fetchall())):
            owner = self._owner_of_code(key)
            try:
                record = self._library.find(key[1], key[0])
            except DocgenError:
                continue
            if owner:
                self._texts.remove(_OWN, key)
                file, rank = owner
                self._texts.add(as_adapted(record, key[1]), file, rank, "", translated=False)


def _joined_path(folder: str | bytes, name: str | bytes) -> str:
    """The path of a file that the index keeps."""
    return os.path.join(path_of(folder), path_of(name))  # noqa: PTH118 - thousands
