"""What lies in the folders of a library, and whether it still is as it was when it was read."""

import hashlib
import marshal
import os
import time
from collections.abc import Iterator

from msgspec import Struct

from docgen.opening import check_kind
from docgen.records import SETTLED, TABLE_SUFFIX, RecordLibrary
from docgen.source import SUFFIXES, WalkedFolder, status_of, unreadable, walk

Stamp = tuple[int, int, int, int]
"""Times of the last change of a file and of its entry (nanoseconds), its size (bytes), its node."""

_PLAIN_FORM = 2
"""The form of ``marshal`` that writes equal values alike; later ones tell shared objects apart."""


class ScannedFolder(Struct, frozen=True):
    """The files of one folder, by name."""

    root: int
    path: str
    times: bytes | None
    """The same as long as no file came, went or was renamed; None where that could be hidden."""
    files: dict[str, Stamp]
    seal: bytes | None
    """The same as long as nothing in it changed; None where a change could be hidden."""


def scan(library: RecordLibrary) -> Iterator[ScannedFolder]:
    """The folders of records, in their precedence, then those of code tables.

    Raises DocgenError where one of them cannot be read, or lacks the records that it must have.
    """
    library.check_there()
    now = time.time_ns()
    for root, path in enumerate(roots(library)):
        is_records = root < len(library.record_folders)
        found = walk(path, SUFFIXES if is_records else (TABLE_SUFFIX,))
        first = next(found, None)
        yield _scanned(root, first, now) if first else ScannedFolder(root, path, b"", {}, _seal({}))
        if is_records:
            yield from (_scanned(root, folder, now) for folder in found)


def roots(library: RecordLibrary) -> tuple[str, ...]:
    """The folders that are scanned, with those below them."""
    return tuple(
        str(folder.absolute()) for folder in (*library.record_folders, *library.table_folders)
    )


def is_settled(stamp: Stamp, now: int) -> bool:
    """Whether a file with this stamp cannot change without the stamp's changing."""
    return max(stamp[0], stamp[1]) < now - SETTLED


def pack(stamp: Stamp) -> bytes:
    """A stamp as the index keeps it."""
    return marshal.dumps(stamp, _PLAIN_FORM)


def times_of(folder: str, now: int) -> bytes | None:
    """The times of a folder; of one that is not there, none at all, which is a state as well.

    Raises DocgenError where that cannot be told.
    """
    status = status_of(folder)
    return b"" if status is None else _times(status, now)


def stamp_of(path: str) -> Stamp | None:
    """The stamp of a file, or None where it cannot be had."""
    try:
        return _stamp(os.stat(path))  # noqa: PTH116 - thousands
    except OSError:
        return None


def _scanned(root: int, folder: WalkedFolder, now: int) -> ScannedFolder:
    files = {file.name: stamp for file in folder.files if (stamp := _stamp_if_file(file))}
    newest = max((max(stamp[0], stamp[1]) for stamp in files.values()), default=0)
    seal = _seal(files) if newest < now - SETTLED else None
    return ScannedFolder(root, folder.path, _times(folder.status, now), files, seal)


def _seal(files: dict[str, Stamp]) -> bytes:
    return hashlib.blake2b(marshal.dumps(files, _PLAIN_FORM), digest_size=16).digest()


def _times(status: os.stat_result, now: int) -> bytes | None:
    stamp = _stamp(status)
    return pack((stamp[0], stamp[1], 0, stamp[3])) if is_settled(stamp, now) else None


def _stamp_if_file(entry: os.DirEntry[str]) -> Stamp | None:
    """None for a file that was taken away since its folder was read."""
    try:
        status = entry.stat()
    except FileNotFoundError:
        found = status_of(entry.path)
        if found is None:
            return None
        status = found
    except OSError as error:
        raise unreadable(entry.path, error) from None
    try:
        check_kind(status.st_mode, entry.path)
    except OSError as error:
        raise unreadable(entry.path, error) from None
    return _stamp(status)


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
