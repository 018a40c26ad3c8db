"""Where the index is kept: a private file for each set of folders, or memory where none can be."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from docgen.diagnostics import Findings, refuse
from docgen.locking import lock
from docgen.records import cache_folder, make_cache_folder
from docgen.search.schema import has_full_text, is_current, is_empty, make_tables
from docgen.system import reason_of
from docgen.writing import write_new

T = TypeVar("T")

MAX_WAIT = 120
"""Seconds to wait for another docgen that is at building the same index."""
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_UNUSABLE = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
_HINT = "set XDG_CACHE_HOME to a folder of your own that can be written"


_DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError, TypeError, LookupError)
"""What a damaged database leads to: SQLite's own messages may quote bytes that are no text, and a
damaged page may hold other values than were written. What else is wrong comes out again with a new
database."""


class _OtherVersionError(sqlite3.DatabaseError):
    """The index was made by another version of docgen."""


class Store:
    """The database of an index, which is made anew wherever it turns out to be damaged."""

    def __init__(self, folders: Iterable[Path], findings: Findings) -> None:
        self._path: Path | None = cache_folder() / _file_name_for(folders)
        self._findings = findings
        self._file: int | None = None
        self.is_new = False
        """Whether the database had to be made anew since it was opened, and is still empty."""
        self.connection = self._opened_database()

    def run(self, task: Callable[[sqlite3.Connection], T]) -> T:
        """What a task gives; where the database fails it, once more with a new one.

        Raises DocgenError where another docgen holds the database for too long.
        """
        try:
            return task(self.connection)
        except _DAMAGE as error:
            self._recover(error)
        self.is_new = True
        try:
            return task(self.connection)
        finally:
            self.is_new = False

    def close(self) -> None:
        self.connection.close()

    def _opened_database(self) -> sqlite3.Connection:
        if self._path is None:
            return _made_database(":memory:")
        try:
            _make_private(self._path)
            self._file = self._path.stat().st_ino
            return _made_database(str(self._path))
        except OSError as error:
            self._keep_in_memory(reason_of(error))
        except _DAMAGE as error:
            self._recover(error)
            return self.connection
        return _made_database(":memory:")

    def _recover(self, error: Exception) -> None:
        code = _primary(error)
        if code in _BUSY:
            raise refuse(
                "index-busy",
                "another docgen has been building the index of all codes for more than "
                f"{MAX_WAIT} seconds",
                hint="try again when it is done",
            ) from error
        if self._path is None:
            raise error
        if code in _UNUSABLE:
            self._keep_in_memory(str(error))
        else:
            self._rebuild(self._path, error)
        self.connection = self._opened_database()

    def _keep_in_memory(self, reason: str) -> None:
        self._findings.warning(
            "index-in-memory",
            f"the index of all codes cannot be kept in {str(cache_folder())!r}: {reason}; it is "
            "made anew each time",
            hint=_HINT,
        )
        self._path = None

    def _rebuild(self, path: Path, error: Exception) -> None:
        try:
            self._take_away(path, error)
        except OSError as reason:
            self._keep_in_memory(reason_of(reason))

    def _take_away(self, path: Path, error: Exception) -> None:
        """Deletes a damaged database, unless another docgen has put a new one there already."""
        with suppress(AttributeError, sqlite3.Error):
            self.connection.close()
        held = lock(path.with_suffix(".lock"), wait=True)
        assert held
        with closing(held):
            if path.exists() and path.stat().st_ino != self._file:
                return
            for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                name.unlink(missing_ok=True)
        if not isinstance(error, _OtherVersionError):
            self._findings.warning(
                "index-rebuilt", "the index of all codes was damaged and has been made anew"
            )


def _file_name_for(folders: Iterable[Path]) -> str:
    paths = "\0".join(os.path.realpath(folder) for folder in folders)
    digest = hashlib.blake2b(paths.encode("utf-8", "surrogateescape"), digest_size=12)
    return f"codes-{digest.hexdigest()}.sqlite"


def _make_private(path: Path) -> None:
    """Makes the file and its folder, for the eyes of their owner only."""
    make_cache_folder()
    # SQLite gives its write-ahead log the mode of the database. A file that is there is left
    # closed: to close it would end the locks that this process has on it.
    with suppress(FileExistsError):
        write_new(path, b"")


def _made_database(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        name, timeout=MAX_WAIT, isolation_level=None, check_same_thread=False
    )
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA cache_size = -64000")
    connection.execute("PRAGMA synchronous = NORMAL")
    if is_current(connection):
        return
    if not has_full_text(connection):
        raise refuse(
            "no-full-text-search",
            f"this Python's SQLite {sqlite3.sqlite_version} has no full-text search with trigrams",
            hint="use a Python whose SQLite is 3.34 or later and has FTS5",
        )
    connection.execute("PRAGMA journal_mode = WAL")
    if not is_empty(connection):
        raise _OtherVersionError("an index of another version")
    try:
        make_tables(connection)
    except sqlite3.OperationalError:
        # Another process may have made them in the meantime.
        if connection.in_transaction:
            connection.rollback()
        if not is_current(connection):
            raise


def _primary(error: Exception) -> int:
    """SQLite's result code, less what extended ones add."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
