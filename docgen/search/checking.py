"""Whether a large library still is as the index knows it, without a look at every file.

The state of 80,000 files takes a third of a second to ask for. So of a large library that was
compared file by file less than a minute ago only the folders are looked at, which tell what came,
went or was put in the place of something else, and the files that were changed last, which are
those that people are at work on.
"""

import os
import sqlite3
import time
from contextlib import suppress

from docgen.records import RecordLibrary
from docgen.search.scanning import pack, roots, stamp_of, times_of

LARGE = 20_000
"""How many files make a library large."""
LASTS = 60_000_000_000
"""Nanoseconds for which a comparison of all files holds."""
_LATEST = 500
"""How many of the files that were changed last are looked at each time."""


def looks_the_same(connection: sqlite3.Connection, library: RecordLibrary) -> bool:
    """Whether a large library was compared lately, and nothing seems to have changed since."""
    now = time.time_ns()
    row = connection.execute("SELECT at FROM checks").fetchone()
    if row is None or not 0 <= now - row[0] < LASTS:
        return False
    is_large = connection.execute("SELECT 1 FROM files LIMIT 1 OFFSET ?", (LARGE,)).fetchone()
    if not is_large:
        return False
    folders = connection.execute("SELECT root, path, times FROM folders").fetchall()
    if not set(enumerate(roots(library))) <= {(root, path) for root, path, _ in folders}:
        return False
    same = all(times is not None and times_of(path, now) == times for _, path, times in folders)
    return same and _are_unchanged(connection, "ORDER BY changed DESC LIMIT ?", (_LATEST,))


def are_unchanged(connection: sqlite3.Connection, paths: set[str]) -> bool:
    """Whether files are as they were when they were read."""
    divided = [os.path.split(path) for path in sorted(paths)]
    return all(_are_unchanged(connection, "WHERE folder = ? AND name = ?", one) for one in divided)


def note_check(connection: sqlite3.Connection) -> None:
    """Remembers that all files were compared, unless another process is writing."""
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    with suppress(sqlite3.OperationalError):
        connection.execute(
            "INSERT OR REPLACE INTO checks (id, at) VALUES (1, ?)", (time.time_ns(),)
        )
    connection.execute(f"PRAGMA busy_timeout = {patience}")


def _are_unchanged(connection: sqlite3.Connection, which: str, values: tuple[object, ...]) -> bool:
    files = connection.execute(f"SELECT folder, name, stamp FROM files {which}", values)  # noqa: S608 - ours
    for folder, name, stamp in files.fetchall():
        found = stamp_of(os.path.join(folder, name))  # noqa: PTH118 - thousands
        if found is None or stamp != pack(found):
            return False
    return True
