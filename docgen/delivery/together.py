"""Files written all together or not at all, by one writer at a time."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from docgen.delivery.files import refusing
from docgen.diagnostics import DocgenError
from docgen.locking import lock_folder
from docgen.writing import READABLE, PartialFile, bring_to_disk, give_name

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

    Nothing is left behind by the lock. Raises ``busy`` where another process holds it.
    """
    inside = folder / "files"
    with refusing(inside):
        folder.mkdir(parents=True, exist_ok=True)
        held = lock_folder(folder)
    if held is None:
        raise busy
    try:
        with refusing(inside):
            _clear(folder)
        yield
    finally:
        held.close()


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
    parts: list[tuple[NewFile, PartialFile]] = []
    done: list[tuple[NewFile, Path | None]] = []
    try:
        for file in files:
            parts.append((file, _settled(file)))
        for file, part in parts:
            done.append((file, _replaced(file, part)))
    except BaseException:
        for file, old in reversed(done):
            _undo(file, old)
        raise
    finally:
        for _, part in parts:
            part.discard()
    for file, old in done:
        if old:
            old.unlink()
        bring_to_disk(file.path.parent)


def _settled(file: NewFile) -> PartialFile:
    """A new file beside its place, with all of its content on the disk."""
    beside = file.path.with_name(f".{file.path.name}.{os.getpid()}{_HIDDEN}")
    with refusing(file.path):
        file.path.parent.mkdir(parents=True, exist_ok=True)
        part = PartialFile(file.path, beside, READABLE)
        try:
            if file.path.exists():
                beside.chmod(file.path.stat().st_mode & 0o777)
            part.stream.write(file.content)
            part.settle()
        except BaseException:
            part.discard()
            raise
    return part


def _replaced(file: NewFile, part: PartialFile) -> Path | None:
    """Gives a file its name; returns the link that keeps what was there, if anything was."""
    old: Path | None = None
    with refusing(file.path):
        if file.path.exists():
            if file.backup:
                _give_second_name(file.path, file.backup)
            old = part.path.with_suffix(".old")
            old.unlink(missing_ok=True)
            _give_second_name(file.path, old)
        try:
            part.take_name()
        except BaseException:
            for kept in (old, file.backup if old else None):
                if kept:
                    kept.unlink()
            raise
    return old


def _give_second_name(path: Path, name: Path) -> None:
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
        give_name(old, file.path)
    else:
        file.path.unlink(missing_ok=True)
    if file.backup:
        file.backup.unlink(missing_ok=True)
