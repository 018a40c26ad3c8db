"""The tables of the index.

``texts`` holds every code that can be found, once in its own language and once in each other one;
two full-text tables point into it: ``heads`` knows what a code is called, ``words`` all that is
said of it. ``files`` and ``folders`` know what they were made from, ``checks`` when that was last
compared.
"""

import os
import sqlite3
from typing import Final

from docgen.search.texts import FIELDS

VERSION: Final = 1
"""An index of another version is made anew."""
APPLICATION: Final = 0x64636778
"""SQLite's mark of the program that a file belongs to."""

COLUMNS: Final = ("code", *FIELDS)
HEADS: Final = ("code", "title", "name", "specialty")
"""What a code is called."""

_TOKENS = "tokenize = 'porter unicode61 remove_diacritics 2'"
_SCHEMA = f"""
CREATE TABLE folders (
    root INTEGER NOT NULL, path TEXT NOT NULL, times BLOB, seal BLOB, PRIMARY KEY (root, path)
) WITHOUT ROWID;
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    root INTEGER NOT NULL,
    folder TEXT NOT NULL,
    name TEXT NOT NULL,
    stamp BLOB,
    changed INTEGER NOT NULL,
    digest BLOB NOT NULL,
    kind TEXT NOT NULL,
    system TEXT NOT NULL,
    key TEXT NOT NULL,
    UNIQUE (folder, name, root)
);
CREATE INDEX files_by_key ON files (key, system);
CREATE INDEX files_by_change ON files (changed);
CREATE TABLE checks (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    system TEXT NOT NULL,
    key TEXT NOT NULL,
    language TEXT NOT NULL,
    translated INTEGER NOT NULL,
    {", ".join(f"{column} TEXT NOT NULL" for column in COLUMNS)}
);
CREATE INDEX texts_by_key ON texts (key, system, translated);
CREATE INDEX texts_by_system ON texts (system, translated, key);
CREATE INDEX texts_by_file ON texts (file);
CREATE VIRTUAL TABLE heads USING fts5 (
    {", ".join(HEADS)}, content = 'texts', content_rowid = 'id', {_TOKENS}
);
CREATE VIRTUAL TABLE words USING fts5 (
    {", ".join(COLUMNS)}, content = 'texts', content_rowid = 'id', {_TOKENS}
);
CREATE VIRTUAL TABLE stems USING fts5vocab ('words', 'row');
CREATE TABLE spellings (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE parts USING fts5 (
    word, content = 'spellings', content_rowid = 'id', tokenize = 'trigram'
);
"""


def make_tables(connection: sqlite3.Connection) -> None:
    """Makes the tables in an empty database, all or none."""
    connection.executescript(
        f"BEGIN IMMEDIATE;{_SCHEMA}PRAGMA application_id = {APPLICATION};"
        f"PRAGMA user_version = {VERSION};COMMIT;"
    )


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether a database is an index of this version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return (application, version) == (APPLICATION, VERSION)


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether a database has no tables yet."""
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def has_full_text(connection: sqlite3.Connection) -> bool:
    """Whether this Python's SQLite has full-text search (FTS5) with trigrams (3.34 or later)."""
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.probe USING fts5 (a, tokenize = 'trigram')")
        connection.execute("DROP TABLE temp.probe")
    except sqlite3.OperationalError:
        return False
    return True


def kept_path(path: str) -> str | bytes:
    """A path as the index keeps it: as its bytes where it is not UTF-8, which no text of SQLite can
    be."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


path_of = os.fsdecode
"""The path that the index keeps."""
