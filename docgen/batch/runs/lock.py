"""One run at a time in a folder: a lock that ends with the process that holds it."""

import time
from pathlib import Path
from typing import Self

from docgen import locking
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
        for number in range(_TRIES):
            with refusing(run / LOCK):
                held = locking.lock(run / LOCK)
            if held:
                self._held = held
                return
            if number < _TRIES - 1:
                time.sleep(_PAUSE_SECONDS)
        raise refuse(
            "run-busy",
            f"another docgen is at work in {str(run)!r}",
            hint=f"wait for it (docgen batch status {run}), or choose another folder with --output",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()


def is_held(run: Path) -> bool:
    """Whether a run is under way in a folder. Raises DocgenError where that cannot be told."""
    try:
        return locking.is_locked(run / LOCK)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise unreadable(run / LOCK, error) from None
