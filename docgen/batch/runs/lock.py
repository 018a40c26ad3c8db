"""One run at a time in a folder: a lock that ends with the process that holds it."""

import fcntl
import os
import time
from pathlib import Path
from typing import Self

from docgen.delivery import refusing
from docgen.diagnostics import refuse
from docgen.source import unreadable

LOCK = "lock"
"""Its name in the folder of a run."""

_TRIES = 5
_PAUSE_SECONDS = 0.05
"""Whoever asks whether a run is under way holds the lock for a moment."""


class RunLock:
    """The right to write into the folder of a run, held until it is closed."""

    def __init__(self, run: Path) -> None:
        """Raises DocgenError where another process holds it."""
        with refusing(run / LOCK):
            self._descriptor = os.open(run / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        for _ in range(_TRIES):
            if _locked(self._descriptor, fcntl.LOCK_EX):
                return
            time.sleep(_PAUSE_SECONDS)
        os.close(self._descriptor)
        raise refuse(
            "run-busy",
            f"another docgen is at work in {str(run)!r}",
            hint=f"wait for it (docgen batch status {run}), or choose another folder with --output",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


def is_held(run: Path) -> bool:
    """Whether a run is under way in a folder. Raises DocgenError where that cannot be told."""
    try:
        descriptor = os.open(run / LOCK, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise unreadable(run / LOCK, error) from None
    try:
        return not _locked(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
