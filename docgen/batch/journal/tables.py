"""The tables of a run's journal, and the refusal of a file that is no journal of ours."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from docgen.batch.journal.seals import is_as_written, keep_seals, with_seals
from docgen.diagnostics import DocgenError, refuse
from docgen.source import is_file, real_path
from docgen.writing import give_name

SCHEMA_VERSION = 4
"""Kept as the file's ``user_version``."""

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE kits (
    id INTEGER PRIMARY KEY,
    code_system TEXT NOT NULL,
    code TEXT NOT NULL,
    layout TEXT NOT NULL,
    language TEXT NOT NULL,
    large_print INTEGER NOT NULL,
    first INTEGER NOT NULL,
    asked TEXT NOT NULL,
    digest TEXT NOT NULL,
    audience TEXT NOT NULL,
    record_version TEXT NOT NULL,
    layout_version TEXT NOT NULL,
    files TEXT NOT NULL,
    sample INTEGER NOT NULL,
    row INTEGER NOT NULL,
    UNIQUE (code_system, code, layout, language, large_print, first, asked)
);
CREATE TABLE rows (
    row INTEGER PRIMARY KEY,
    digest BLOB NOT NULL,
    state TEXT NOT NULL,
    rule TEXT,
    reason TEXT,
    clinic INTEGER,
    provider INTEGER,
    time INTEGER,
    copies INTEGER NOT NULL
);
CREATE TABLE ranks (
    key TEXT NOT NULL,
    number INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    PRIMARY KEY (key, number)
) WITHOUT ROWID;
CREATE TABLE documents (
    row INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    kit INTEGER NOT NULL REFERENCES kits (id),
    codes TEXT NOT NULL,
    file TEXT NOT NULL,
    code_ends TEXT,
    code_state TEXT,
    pages INTEGER,
    bytes INTEGER,
    sha256 TEXT,
    PRIMARY KEY (row, sequence)
) WITHOUT ROWID;
CREATE TABLE print_files (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL UNIQUE,
    audience TEXT NOT NULL,
    packets INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    sheets INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL
);
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    server TEXT NOT NULL,
    printer TEXT NOT NULL,
    uri TEXT NOT NULL,
    options TEXT NOT NULL,
    job INTEGER,
    uuid TEXT,
    state TEXT NOT NULL,
    answer TEXT
);
"""

_WAIT_SECONDS = 10.0
"""How long one waits for a lock of the database: somebody may look at a run under way."""


def create(path: Path, meta: Mapping[str, str]) -> sqlite3.Connection:
    """A new journal, private to its owner. Once it has its name, it is complete.

    Until then SQLite keeps no file beside it that a kill would leave behind.

    Raises DocgenError where it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        with closing(_connected(part, "rw")) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            keep_seals(connection)
            version = f"PRAGMA user_version = {SCHEMA_VERSION};"
            connection.executescript(f"BEGIN; {with_seals(TABLES)} {version}")
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
            connection.execute("COMMIT")
    except sqlite3.Error:
        part.unlink()
        raise
    give_name(part, path)
    return open_existing(path, read_only=False)


def open_existing(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """The journal of an earlier run. Raises DocgenError where it is none, cannot be read, is of
    another version, or is not as it was written.
    """
    if not is_file(path):
        raise refuse(
            "no-run",
            f"{str(path.parent)!r} is no folder of a run: it holds no {path.name}",
            hint="name the folder that docgen batch printed when the run began",
        )
    connection = _connected(path, "ro" if read_only else "rw")
    try:
        _check_journal(connection, path)
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            keep_seals(connection)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into the refusal that says what to do about them.

    Raises DocgenError for those of which it can tell, and lets the others through.
    """
    try:
        yield
    except sqlite3.Error as error:
        refusal = _known_refusal(path, error)
        if refusal is None:
            raise
        raise refusal from error


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{real_path(path).as_uri()}?mode={mode}",
        uri=True,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
    )


def _check_journal(connection: sqlite3.Connection, path: Path) -> None:
    """Looks at all of a journal, as it is at one moment: somebody may be writing."""
    try:
        connection.execute("BEGIN")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            raise _damaged(path)
        if version != SCHEMA_VERSION:
            raise refuse(
                "journal-version",
                f"the journal {str(path)!r} has format {version}; this docgen reads "
                f"{SCHEMA_VERSION}",
                hint="use the docgen that began the run, or run the worklist again into another "
                "folder",
            )
        if not is_as_written(connection, TABLES):
            raise _damaged(path)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        # Whatever else SQLite stumbles over here, docgen did not write it so.
        raise (_known_refusal(path, error) or _damaged(path)) from error
    except ValueError as error:
        # Names in a file's schema that are no text reach Python otherwise than values do.
        raise _damaged(path) from error


def _known_refusal(path: Path, error: sqlite3.Error) -> DocgenError | None:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return refuse(
            "output-full",
            f"the journal {str(path)!r} cannot be written: the disk is full, or fails",
            hint="free some space, then go on with --resume; nothing that was recorded is lost",
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return refuse(
            "journal-busy",
            f"another program holds the journal {str(path)!r}",
            hint="close it, and try again",
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return refuse(
            "output-unwritable",
            f"no permission to open the journal {str(path)!r}",
            hint="work as the user who began the run",
        )
    if primary in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return _damaged(path)
    return None


def _damaged(path: Path) -> DocgenError:
    return refuse(
        "journal-damaged",
        f"the journal {str(path)!r} is damaged: what was done cannot be told from it",
        hint="put it back from a backup, or run the worklist again into another folder",
    )
