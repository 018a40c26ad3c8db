"""Whether a large library still is as the index knows it, without a look at every file.

The state of 80,000 files takes a third of a second to ask for. So of a large library that was
compared file by file less than a minute ago only the folders are looked at, which tell what came,
went or was put in the place of something else, and the files that were changed last, which are
those that people are at work on.
"""

import os
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress

from docgen.records import RecordLibrary
from docgen.search.scanning import pack, roots, stamp_of, times_of
from docgen.search.schema import kept_path, path_of

LARGE = 20_000
"""How many files make a library large."""
LASTS = 60_000_000_000
"""Nanoseconds for which a comparison of all files holds."""
_LATEST = 500
"""How many of the files that were changed last are looked at each time."""


def looks_the_same(connection: sqlite3.Connection, library: RecordLibrary) -> bool:
    """Whether a large library was compared lately, and nothing seems to have changed since.

    Raises DocgenError where a folder cannot be read.
    """
    now = time.time_ns()
    row = connection.execute("SELECT at FROM checks").fetchone()
    if row is None or not 0 <= now - row[0] < LASTS:
        return False
    is_large = connection.execute("SELECT 1 FROM files LIMIT 1 OFFSET ?", (LARGE,)).fetchone()
    if not is_large:
        return False
    folders = connection.execute("SELECT root, path, times FROM folders").fetchall()
    if not set(enumerate(roots(library))) <= {(root, path_of(path)) for root, path, _ in folders}:
        return False
    if any(times is None or times_of(path_of(path), now) != times for _, path, times in folders):
        return False
    latest = connection.execute(
        "SELECT folder, name, stamp FROM files ORDER BY changed DESC LIMIT ?", (_LATEST,)
    )
    return all(
        stamp is not None and _is_as(path_of(folder), path_of(name), stamp)
        for folder, name, stamp in latest.fetchall()
    )


def are_unchanged(connection: sqlite3.Connection, paths: Iterable[str]) -> bool:
    """Whether files still are as they were when they were read."""
    for path in paths:
        folder, name = os.path.split(path)
        found = connection.execute(
            "SELECT stamp FROM files WHERE folder = ? AND name = ?",
            (kept_path(folder), kept_path(name)),
        )
        if not all(stamp and _is_as(folder, name, stamp) for (stamp,) in found.fetchall()):
            return False
    return True


def note_check(connection: sqlite3.Connection) -> None:
    """Remembers that all files were compared, unless another process is writing."""
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    with suppress(sqlite3.OperationalError):
        connection.execute(
            "INSERT OR REPLACE INTO checks (id, at) VALUES (1, ?)", (time.time_ns(),)
        )
    connection.execute(f"PRAGMA busy_timeout = {patience}")


def _is_as(folder: str, name: str, stamp: bytes) -> bool:
    found = stamp_of(os.path.join(folder, name))  # noqa: PTH118 - thousands
    return found is not None and pack(found) == stamp
