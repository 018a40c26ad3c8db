"""Files written all together or not at all, by one writer at a time."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from docgen.delivery.files import refusing
from docgen.diagnostics import DocgenError

_READABLE = 0o666
_HIDDEN = ".part"
_LEFT_BEHIND = re.compile(r"\..+\.\d+\.(?:part|old)")


class NewFile(Struct, frozen=True):
    """A file to be written; ``backup`` keeps what is there now under a name of its own."""

    path: Path
    content: bytes
    backup: Path | None = None


@contextmanager
def sole_writer(folder: Path, busy: DocgenError) -> Iterator[None]:
    """Holds the right to write into a folder, which is made where it is missing.

    The lock is on the folder itself: nothing is left behind. Raises ``busy`` where another process
    holds it.
    """
    inside = folder / "files"
    with refusing(inside):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise busy from None
    try:
        with refusing(inside):
            _clear(folder)
        yield
    finally:
        os.close(descriptor)


def backup_path(path: Path) -> Path:
    """``NAME.yaml.bak-1``, or the next number that is free; no reader takes it for a record."""
    number = 1
    while (backup := path.with_name(f"{path.name}.bak-{number}")).exists():
        number += 1
    return backup


def write_all(files: Iterable[NewFile]) -> None:
    """Writes files, all or none. Raises DocgenError, all as it was.

    All are first written beside their places and brought to the disk; only then do they take their
    names. A file that replaces another keeps its permissions.
    """
    parts: list[tuple[NewFile, Path]] = []
    done: list[tuple[NewFile, Path | None]] = []
    try:
        for file in files:
            parts.append((file, _part(file)))
        for file, part in parts:
            done.append((file, _replaced(file, part)))
    except BaseException:
        for file, old in reversed(done):
            _undo(file, old)
        raise
    finally:
        for _, part in parts:
            part.unlink(missing_ok=True)
    for file, old in done:
        if old:
            old.unlink()
        _bring_to_disk(file.path.parent)


def _part(file: NewFile) -> Path:
    """A new file beside its place, with all of its content on the disk."""
    part = file.path.with_name(f".{file.path.name}.{os.getpid()}{_HIDDEN}")
    with refusing(file.path):
        file.path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
        try:
            with os.fdopen(os.open(part, flags, _READABLE), "wb") as stream:
                if file.path.exists():
                    part.chmod(file.path.stat().st_mode & 0o777)
                stream.write(file.content)
                stream.flush()
                os.fsync(stream.fileno())
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return part


def _replaced(file: NewFile, part: Path) -> Path | None:
    """Gives a file its name; returns the link that keeps what was there, if anything was."""
    old: Path | None = None
    with refusing(file.path):
        if file.path.exists():
            if file.backup:
                _keep(file.path, file.backup)
            old = part.with_suffix(".old")
            old.unlink(missing_ok=True)
            _keep(file.path, old)
        try:
            part.replace(file.path)
        except BaseException:
            for kept in (old, file.backup if old else None):
                if kept:
                    kept.unlink()
            raise
    return old


def _keep(path: Path, name: Path) -> None:
    """Gives what is there a second name; a copy where the disk knows no links."""
    try:
        os.link(path, name)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(path, name)


def _clear(folder: Path) -> None:
    """Deletes what a writer left behind that was killed: whoever holds the lock is alone."""
    for path in folder.iterdir():
        if _LEFT_BEHIND.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _undo(file: NewFile, old: Path | None) -> None:
    if old:
        old.replace(file.path)
    else:
        file.path.unlink(missing_ok=True)
    if file.backup:
        file.backup.unlink(missing_ok=True)


def _bring_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
