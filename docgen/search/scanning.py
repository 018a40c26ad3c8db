"""What lies in the folders of a library, and whether it still is as it was when it was read."""

import hashlib
import marshal
import os
import time
from collections.abc import Iterator

from msgspec import Struct

from docgen.records import RecordLibrary
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
    files: dict[str, Stamp]
    seal: bytes | None
    """The same as long as nothing in it changed; None where a change could still be hidden."""


def scan(library: RecordLibrary) -> Iterator[ScannedFolder]:
    """The folders of records, in their precedence, then those of code tables."""
    now = time.time_ns()
    roots = library.record_folders
    for root, folder in enumerate(roots):
        yield from _records(root, str(folder.absolute()), now)
    for root, folder in enumerate(library.table_folders, len(roots)):
        yield _folder(root, str(folder.absolute()), (".tsv",), now)[0]


def is_settled(stamp: Stamp, now: int) -> bool:
    """Whether a file with this stamp cannot change without the stamp's changing."""
    return max(stamp[0], stamp[1]) < now - SETTLED


def pack(stamp: Stamp) -> bytes:
    """A stamp as the index keeps it."""
    return marshal.dumps(stamp, _PLAIN_FORM)


def _records(root: int, path: str, now: int) -> Iterator[ScannedFolder]:
    folder, inner = _folder(root, path, SUFFIXES, now)
    yield folder
    for name in inner:
        yield from _records(root, name, now)


def _folder(
    root: int, path: str, suffixes: tuple[str, ...], now: int
) -> tuple[ScannedFolder, list[str]]:
    """A folder's files with one of some suffixes, and the folders in it that are not hidden."""
    files: dict[str, Stamp] = {}
    inner: list[str] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    inner.append(entry.path)
                elif name.lower().endswith(suffixes):
                    try:
                        files[name] = _stamp(entry.stat())
                    except OSError:
                        continue
    except OSError:
        return ScannedFolder(root, path, {}, _seal({}, now)), []
    return ScannedFolder(root, path, files, _seal(files, now)), sorted(inner)


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def _seal(files: dict[str, Stamp], now: int) -> bytes | None:
    if any(not is_settled(stamp, now) for stamp in files.values()):
        return None
    return hashlib.blake2b(
        marshal.dumps(sorted(files.items()), _PLAIN_FORM), digest_size=16
    ).digest()
