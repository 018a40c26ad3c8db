"""Files written whole or not at all: the only place that does.

    target.yaml                       what is there stays as it was …
    .target.yaml.part   ─name→        … until all of the new content is on the disk

Whoever writes says what is to happen where that fails: ``docgen.delivery`` and ``docgen.batch``
refuse it in words. Here, all that fails is an OSError.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO, Final

from docgen.system import AS_BYTES, FOLDER, NO_LINK, NO_WAIT, may_be_open

StrPath = str | os.PathLike[str]

PRIVATE: Final = 0o600
"""For the eyes of their owner only, as all that may name a patient."""
READABLE: Final = 0o666
"""For whoever the user lets read what he writes (umask)."""

_NEW: Final = os.O_CREAT | os.O_EXCL | os.O_WRONLY | NO_LINK | AS_BYTES
_PATIENCE: Final = 1.0
"""Seconds that a name is tried for: on Windows a search index or a virus scanner may have the file
open for a moment."""
_PAUSE_SECONDS: Final = 0.05


class PartialFile:
    """A file on its way, under a hidden name beside its place, until it takes its name."""

    def __init__(self, target: Path, beside: Path | None = None, mode: int = PRIVATE) -> None:
        """``beside`` is where it is written; what a killed process left there is replaced.

        Raises OSError, as all methods do.
        """
        self.target = target
        self.path = beside or target.with_name(f".{os.urandom(8).hex()}.part")
        if beside:
            beside.unlink(missing_ok=True)
        self.stream: BinaryIO = os.fdopen(os.open(self.path, _NEW, mode), "wb")

    def settle(self) -> None:
        """Waits until all of it is on the disk."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.stream.close()

    def take_name(self) -> None:
        """Replaces what had its name, if anything had."""
        self.stream.close()
        give_name(self.path, self.target)

    def discard(self) -> None:
        """Takes it away, where it did not get its name."""
        with suppress(OSError):  # what could not be written need not be
            self.stream.close()
        self.path.unlink(missing_ok=True)


@contextmanager
def whole_file(target: Path, *, settled: bool = True) -> Iterator[BinaryIO]:
    """A private file to write piece by piece; it takes its name in the end.

    ``settled`` says whether it is to outlive a power cut. Nothing is left where it fails. Raises
    OSError.
    """
    new = PartialFile(target)
    try:
        yield new.stream
        if settled:
            new.settle()
        new.take_name()
    except BaseException:
        new.discard()
        raise


def write_new(path: StrPath, data: bytes, mode: int = PRIVATE) -> None:
    """Writes a file of which nobody knows yet, or where none is. Raises OSError, FileExistsError
    where something is there; then nothing of it is left."""
    descriptor = os.open(path, _NEW, mode)
    try:
        _write_and_close(descriptor, data)
    except BaseException:
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - as above
        raise


def _write_and_close(descriptor: int, data: bytes) -> None:
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def open_beside(path: Path) -> int:
    """The descriptor of a private file that is no one's content, such as a lock: made where it is
    missing, never emptied, and not waited for. Raises OSError."""
    return os.open(path, os.O_RDWR | os.O_CREAT | NO_WAIT | AS_BYTES, PRIVATE)


def give_name(part: StrPath, target: StrPath) -> None:
    """Gives a file a name, from one moment to the next; what had it is gone. Raises OSError."""
    try:
        os.replace(part, target)  # noqa: PTH105 - thousands
    except PermissionError as error:
        if not may_be_open(error):
            raise
        _name_patiently(part, target)


def _name_patiently(part: StrPath, target: StrPath) -> None:
    end = monotonic() + _PATIENCE
    while True:
        sleep(_PAUSE_SECONDS)
        try:
            os.replace(part, target)  # noqa: PTH105 - as above
        except PermissionError:
            if monotonic() > end:
                raise
        else:
            return


def bring_to_disk(folder: Path) -> None:
    """Has the names in a folder outlive a power cut, where folders can be opened for that."""
    if FOLDER is None:
        return
    descriptor = os.open(folder, os.O_RDONLY | FOLDER)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
