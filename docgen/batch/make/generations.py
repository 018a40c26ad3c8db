"""Who may name and remove the documents of a run: each time it is worked at is a generation.

A generation has a workshop, a folder below ``documents/``. A document is written in it and gets its
name by being renamed out of it; one that has to go is renamed into it first. Whoever goes on with a
run takes the workshops of earlier generations away. What is left of those then has no way to a
document any more: a worker, say, whose driver was killed while the disk stood still.

    documents/.generation-1/4711-17      ─rename→ documents/0001/00002-1-cpt-77299-handout.pdf
    documents/.generation-1/worker-4711  locked as long as the worker lives
"""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from docgen.delivery import make_folder, refusing
from docgen.diagnostics import Diagnostic, DocgenError, Severity
from docgen.locking import FileLock, is_locked, lock

_NAME = ".generation-"
_GONE = ".gone-"
_WORKER = "worker-"
_PATIENCE = 10.0
"""Seconds that one waits for workers of an earlier generation."""
_LOOK_SECONDS = 0.05


class Generation:
    """The right to name and remove documents, until it ends or the next generation begins."""

    def __init__(self, documents: Path, number: int) -> None:
        """The journal counts them."""
        self.workshop = documents / f"{_NAME}{number}"

    def __enter__(self) -> Self:
        """Raises DocgenError where the documents' folder cannot be written to."""
        with refusing(self.workshop):
            make_folder(self.workshop)
        return self

    def __exit__(self, *_: object) -> None:
        with refusing(self.workshop):
            _take_away(self.workshop)


def end_earlier(documents: Path) -> tuple[Diagnostic, ...]:
    """Puts an end to all generations that there were, for whoever holds the run's lock.

    Waits up to ten seconds for their workers; what it gives tells of those that are still there.
    Raises DocgenError where the folder cannot be read or changed.
    """
    with refusing(documents):
        earlier = [path for path in documents.iterdir() if path.name.startswith((_NAME, _GONE))]
        left = _awaited([path for path in earlier if path.name.startswith(_NAME)])
        try:
            for path in earlier:
                _take_away(path)
        except PermissionError:
            if not left:
                raise
            raise DocgenError((_left_over(left, "error"),)) from None
    return (_left_over(left, "warning"),) if left else ()


def report_for_work(workshop: Path) -> FileLock:
    """Has this process known as a worker of a generation, as long as the lock is held.

    Raises OSError where the generation is over.
    """
    held = lock(workshop / f"{_WORKER}{os.getpid()}", wait=True)
    assert held
    return held


def _awaited(workshops: list[Path]) -> list[int]:
    """The process ids of workers that are still there after a while."""
    end = time.monotonic() + _PATIENCE
    while left := [pid for workshop in workshops for pid in _workers(workshop)]:
        if time.monotonic() > end:
            break
        time.sleep(_LOOK_SECONDS)
    return sorted(left)


def _workers(workshop: Path) -> Iterator[int]:
    for path in workshop.iterdir():
        number = path.name.removeprefix(_WORKER)
        if path.name != number and number.isdecimal() and is_locked(path):
            yield int(number)


def _take_away(workshop: Path) -> None:
    """From the moment of its new name, which nobody knows, it is out of reach for who was in it."""
    if workshop.name.startswith(_GONE):
        gone = workshop
    else:
        gone = workshop.with_name(f"{_GONE}{secrets.token_hex(8)}")
        workshop.rename(gone)
    shutil.rmtree(gone)


def _left_over(pids: list[int], severity: Severity) -> Diagnostic:
    """An error where the workshop of such a worker cannot be taken away, as on Windows."""
    one = len(pids) == 1
    named = ", ".join(map(str, pids))
    harm = "can do no harm to" if severity == "warning" else "might still write into"
    return Diagnostic(
        "orphaned-workers",
        f"{'a worker' if one else 'workers'} of an earlier docgen {'is' if one else 'are'} still "
        f"there, process {named}: {'it' if one else 'they'} {harm} this run",
        severity=severity,
        hint="end them if they do not end by themselves",
    )
