"""What lies in the folders of a library, and whether it still is as it was when it was read."""

import hashlib
import marshal
import os
import time
from collections.abc import Iterator
from stat import S_ISREG

from msgspec import Struct

from docgen.records import RecordLibrary
from docgen.records.code_tables import SUFFIX
from docgen.records.listings import SETTLED
from docgen.source import SUFFIXES

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
    """The folders of records, in their precedence, then those of code tables."""
    now = time.time_ns()
    for root, path in enumerate(roots(library)):
        if root < len(library.record_folders):
            yield from _records(root, path, now)
        else:
            yield _folder(root, path, (SUFFIX,), now)[0]


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
    """The times of a folder; of one that is not there, none at all, which is a state as well."""
    stamp = stamp_of(folder)
    if stamp is None:
        return b""
    return pack((stamp[0], stamp[1], 0, stamp[3])) if is_settled(stamp, now) else None


def stamp_of(path: str) -> Stamp | None:
    """The stamp of a file, or None where it cannot be had."""
    try:
        return _stamp(os.stat(path))  # noqa: PTH116 - thousands
    except OSError:
        return None


def _records(root: int, path: str, now: int) -> Iterator[ScannedFolder]:
    folder, inner = _folder(root, path, SUFFIXES, now)
    yield folder
    for name in inner:
        yield from _records(root, name, now)


def _folder(
    root: int, path: str, suffixes: tuple[str, ...], now: int
) -> tuple[ScannedFolder, list[str]]:
    """A folder's files with one of some suffixes, and the folders in it that are not hidden."""
    times = times_of(path, now)
    files: dict[str, Stamp] = {}
    inner: list[str] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                if name.endswith(suffixes) or name.lower().endswith(suffixes):
                    stamp = _stamp_if_file(entry)
                    if stamp:
                        files[name] = stamp
                        continue
                if entry.is_dir(follow_symlinks=False):
                    inner.append(entry.path)
    except OSError:
        files, inner = {}, []
    newest = max((max(stamp[0], stamp[1]) for stamp in files.values()), default=0)
    seal = hashlib.blake2b(marshal.dumps(files, _PLAIN_FORM), digest_size=16).digest()
    settled = newest < now - SETTLED
    return ScannedFolder(root, path, times, files, seal if settled else None), sorted(inner)


def _stamp_if_file(entry: os.DirEntry[str]) -> Stamp | None:
    try:
        status = entry.stat()
    except OSError:
        return None
    return _stamp(status) if S_ISREG(status.st_mode) else None


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
