"""Locks that end with the process that holds them, whatever ends it.

They are ``flock`` on POSIX and ``LockFileEx`` on Windows, by way of filelock, and never wait for a
file that is a pipe.
"""

import os
from pathlib import Path
from time import sleep

from docgen.system import FOLDER, NO_WAIT
from docgen.writing import open_beside

_LOOKS = 3
_PAUSE_SECONDS = 0.01
"""Whoever looks holds the lock for a moment, and so might another who looks."""
_IN_FOLDER = ".docgen-lock"
"""Where folders cannot be opened, this file in them is locked in their place."""


class FileLock:
    """A lock on a file or folder, held until it is closed."""

    def __init__(self, descriptor: int, beside: Path | None = None) -> None:
        self._descriptor = descriptor
        self._beside = beside

    def close(self) -> None:
        os.close(self._descriptor)
        if self._beside:
            _remove_unheld(self._beside)


def lock(path: Path, *, wait: bool = False) -> FileLock | None:
    """The lock on a file, made where it is missing; None where another holds it.

    With ``wait`` it is waited for. Raises OSError.
    """
    return _locked(open_beside(path), None, wait=wait)


def lock_folder(folder: Path) -> FileLock | None:
    """The lock on a folder, of which nothing stays behind; None where another holds it.

    Raises OSError.
    """
    if FOLDER is not None:
        return _locked(os.open(folder, os.O_RDONLY | FOLDER), None)
    beside = folder / _IN_FOLDER
    return _locked(open_beside(beside), beside)


def is_locked(path: Path) -> bool:
    """Whether somebody holds the lock on a file, which need not be writable for that.

    Raises OSError, FileNotFoundError where there is no such file.
    """
    for number in range(_LOOKS):
        if number:
            sleep(_PAUSE_SECONDS)
        held = _locked(os.open(path, os.O_RDONLY | NO_WAIT), None)
        if held:
            held.close()
            return False
    return True


def _locked(descriptor: int, beside: Path | None, *, wait: bool = False) -> FileLock | None:
    from filelock import lock_descriptor  # noqa: PLC0415 - a sheet alone needs no lock

    try:
        if lock_descriptor(descriptor, blocking=wait):
            return FileLock(descriptor, beside)
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


def _remove_unheld(path: Path) -> None:
    """Windows removes no file that another process has open: it is the next holder's then."""
    try:
        path.unlink()
    except OSError:
        return
