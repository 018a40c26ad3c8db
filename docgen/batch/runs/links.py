"""Links in the folder of a run: nothing is written or removed through one.

A link in the place of a document is simply no document: it is made again, under the same name. But
where a folder, the journal or the lock is one, another place would be written to.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from docgen.batch.journal.journal import DOCUMENTS, JOURNAL, PRINT
from docgen.batch.runs.lock import LOCK
from docgen.delivery import refusing
from docgen.diagnostics import Span, refuse
from docgen.source import entries

_OF_SQLITE = tuple(f"{JOURNAL}{ending}" for ending in ("", "-wal", "-shm", "-journal"))


def refuse_links(run: Path) -> None:
    """Raises DocgenError where something in the folder of a run, which need not be there yet,
    stands elsewhere, or has a second name elsewhere."""
    with refusing(run / DOCUMENTS):
        for path in _written_through(run):
            state = _status_if_there(path)
            if state is None:
                continue
            if stat.S_ISLNK(state.st_mode):
                raise refuse(
                    "linked-elsewhere",
                    "this is a link, and nothing of a run is written or removed through links",
                    Span.whole_file(str(path)),
                    "put what it leads to in its place; the folder of a run may be linked as a "
                    "whole",
                )
            if path.name in _OF_SQLITE and state.st_nlink > 1:
                raise refuse(
                    "linked-elsewhere",
                    "this file has a second name elsewhere, which would change along with it",
                    Span.whole_file(str(path)),
                    "put a copy in its place, such as cp makes without -l",
                )


def _written_through(run: Path) -> Iterator[Path]:
    yield from (run / name for name in (*_OF_SQLITE, LOCK, PRINT, DOCUMENTS))
    if _status_if_there(run / DOCUMENTS) is not None:
        yield from entries(run / DOCUMENTS)


def _status_if_there(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except FileNotFoundError:
        return None
