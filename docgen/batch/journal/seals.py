"""Seals of a journal's tables: what was written is what is read, or the journal is refused.

A seal is the number of a table's rows and the exclusive or of their digests. Triggers keep it with
every change, in the same transaction, so that no statement can forget it, and none has to be told.
A bit that flipped on the disk, a row that is lost and one that came back are found as the journal
is opened. Seals are no protection against whoever changes a journal on purpose.
"""

import sqlite3
from functools import cache
from hashlib import blake2b

import msgspec

_SEALS = """
CREATE TABLE seals (
    name TEXT PRIMARY KEY,
    rows INTEGER NOT NULL,
    seal INTEGER NOT NULL
) WITHOUT ROWID;
"""
_TRIGGERS = """
INSERT INTO seals VALUES ('{table}', 0, 0);
CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN
    UPDATE seals SET rows = rows + 1, seal = resealed(seal, {new}) WHERE name = '{table}';
END;
CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} BEGIN
    UPDATE seals SET seal = resealed(resealed(seal, {old}), {new}) WHERE name = '{table}';
END;
CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN
    UPDATE seals SET rows = rows - 1, seal = resealed(seal, {old}) WHERE name = '{table}';
END;
"""
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'seals' ORDER BY name"
_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
_DIGEST_SIZE = 8
"""Bytes, as many as a whole number of SQLite has."""

_encoded = msgspec.msgpack.Encoder().encode


@cache
def with_seals(tables: str) -> str:
    """The statements that make tables, and their seals."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(tables)
        named = [name for (name,) in connection.execute(_TABLES)]
        triggers = [_triggers(name, _columns_of_table(connection, name)) for name in named]
    finally:
        connection.close()
    return "".join((tables, _SEALS, *triggers))


def keep_seals(connection: sqlite3.Connection) -> None:
    """Lets a connection write: the triggers of its tables call a function of ours."""
    connection.execute("PRAGMA trusted_schema = ON")
    connection.create_function("resealed", -1, _resealed, deterministic=True)


def is_as_written(connection: sqlite3.Connection, tables: str) -> bool:
    """Whether tables and their rows are those that were written.

    Ask within a transaction, since somebody else may be writing. Raises sqlite3.Error where the
    file is not even a database any more.
    """
    if connection.execute(_SCHEMA).fetchall() != _schema(tables):
        return False
    kept = {name: (rows, seal) for name, rows, seal in connection.execute("SELECT * FROM seals")}
    named = [name for (name,) in connection.execute(_TABLES)]
    if kept.keys() != set(named) or any(kept[name] != _seal(connection, name) for name in named):
        return False
    # Rows may be right, and an index over them still lead astray.
    (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return answer == "ok"  # type: ignore[no-any-return]


def _seal(connection: sqlite3.Connection, table: str) -> tuple[int, int]:
    rows = seal = 0
    for values in connection.execute(f"SELECT * FROM {table} NOT INDEXED"):  # noqa: S608 - ours
        rows += 1
        seal ^= _digest(values)
    return rows, seal


def _resealed(seal: int, *values: object) -> int:
    """A seal with a row that it had not, or without one that it had.

    Digests are joined by exclusive or, in which twice the same is nothing: from the seal of rows a
    and b, sealing b again leaves that of a, and in whatever order rows came, the seal is the same.
    A row that changes is taken out as it was and put in as it is, without reading any other.
    """
    return seal ^ _digest(values)


def _digest(values: tuple[object, ...]) -> int:
    """Of one row; 1, '1' and b'1' have different ones."""
    digest = blake2b(_encoded(values), digest_size=_DIGEST_SIZE).digest()
    return int.from_bytes(digest, "big", signed=True)


@cache
def _schema(tables: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(with_seals(tables))
        return connection.execute(_SCHEMA).fetchall()
    finally:
        connection.close()


def _triggers(table: str, columns: list[str]) -> str:
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("OLD", "NEW"))
    return _TRIGGERS.format(table=table, old=old, new=new)


def _columns_of_table(connection: sqlite3.Connection, table: str) -> list[str]:
    found = connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
    return [name for (name,) in found]
