"""Files written whole or not at all, for the eyes of their owner only."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from docgen.diagnostics import DocgenError, refuse
from docgen.system import is_full, may_be_open, reason_of
from docgen.writing import whole_file

_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NEW_FOLDER_MODE = 0o700


def write_file(data: bytes, folder: Path, name: str) -> Path:
    """Writes a file into a folder, which is made where it is missing; returns the file's path.

    Until all of the data is on the disk, whatever had the name before stays as it was. New files
    and folders are private to their owner. Raises DocgenError where the file cannot be written.
    """
    with written_whole(folder, name) as file:
        file.write(data)
    return folder / name


@contextmanager
def written_whole(folder: Path, name: str) -> Iterator[BinaryIO]:
    """A file to write piece by piece; it takes its name once all of it is on the disk.

    It is as ``write_file`` says, and nothing is left behind where writing it fails.

    Raises DocgenError where it cannot be written.
    """
    target = folder / name
    with refusing(target):
        make_folder(folder)
        with whole_file(target) as file:
            yield file


def write_stream(data: bytes, stream: BinaryIO) -> None:
    """Writes data to a stream such as standard output, to the last byte or with a DocgenError."""
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[stream.write(rest) :]
        stream.flush()
    except OSError as error:
        reason = "no room is left" if is_full(error) else reason_of(error)
        raise refuse("output-unwritable", f"cannot write to the output stream: {reason}") from error


def make_folder(folder: Path) -> None:
    """Makes a folder, private to its owner, and those above it, where they are missing."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    folder.mkdir(mode=_NEW_FOLDER_MODE, exist_ok=True)


@contextmanager
def refusing(target: Path) -> Iterator[None]:
    """Says, as a DocgenError, what keeps a file from being written: a full disk, a folder …"""
    try:
        yield
    except OSError as error:
        raise _cannot_write(target, error) from error


def _cannot_write(target: Path, error: OSError) -> DocgenError:
    folder = str(target.parent)
    if error.errno == errno.EISDIR:
        return refuse(
            "output-is-folder",
            f"cannot write {str(target)!r}: a folder has that name",
            hint="move the folder away, or choose another one with --output",
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return refuse(
            "output-not-folder",
            f"cannot write into {folder!r}: it is, or lies in, a file",
            hint="choose a folder with --output",
        )
    if is_full(error):
        return refuse(
            "output-full",
            f"no room to write {target.name!r} into {folder!r}; nothing was left behind",
            hint="free some space, or choose a folder on another disk with --output",
        )
    if may_be_open(error) and target.is_file():
        return refuse(
            "output-unwritable",
            f"cannot write {target.name!r} into {folder!r}: another program has it open, or it may "
            "not be replaced",
            hint="close it in the program that shows it, then try again",
        )
    if error.errno in _FORBIDDEN:
        return refuse(
            "output-unwritable",
            f"no permission to write into {folder!r}",
            hint="ask for write access, or choose another folder with --output",
        )
    return refuse(
        "output-unwritable",
        f"cannot write {target.name!r} into {folder!r}: {reason_of(error)}",
        hint="choose another folder with --output",
    )
