"""The names of the files below a folder of records, by code.

Small folders are read each time. Of large ones a sorted list is kept in the cache, together with
the times of all folders in it: as long as none has changed, no file was added, renamed or taken
away, and a few lines of the list tell where the files of a code are.
"""

from __future__ import annotations

import mmap
import os
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Protocol

from docgen.records.caching import cache_folder, make_cache_folder
from docgen.records.code_systems import normalise_code
from docgen.source import SUFFIXES

SMALL = 1000
"""How many files a folder may hold, those below it included, to be read each time."""
SETTLED = 2_000_000_000
"""Nanoseconds after which a folder cannot change any more without its time's telling: as long as
the coarsest file system in use, FAT, counts."""
_MAGIC = b"docgen listing 1 "

_Times = tuple[int, int, int, int]
"""Last change of a folder and of its entry (nanoseconds), its node and its device."""
_Folders = list[tuple[str, _Times]]
CodeOf = Callable[[str], str]
"""Tells the code in the name of a file."""


class Listing(Protocol):
    """Where the files of a code are."""

    def paths(self, code: str) -> tuple[Path, ...]:
        """Files that may be named after a normalised code, in a fixed order, and some others."""
        ...

    def codes(self) -> Iterator[str]:
        """The code of every file."""
        ...


class ShortListing:
    """The files of a folder, in memory."""

    def __init__(self, paths: tuple[Path, ...], code_of: CodeOf) -> None:
        self._names = [(normalise_code(path.stem), path) for path in paths]
        self._code_of = code_of

    def paths(self, code: str) -> tuple[Path, ...]:
        return tuple(path for name, path in self._names if code in name)

    def codes(self) -> Iterator[str]:
        return (self._code_of(path.name) for _, path in self._names)


class LongListing:
    """The files of a folder, in a sorted list: lines of code, number of the folder and name."""

    def __init__(self, data: bytes | mmap.mmap, start: int, folders: _Folders) -> None:
        self._data = data
        self._start = start
        self._folders = folders

    def paths(self, code: str) -> tuple[Path, ...]:
        wanted = code.encode() + b"\t"
        place = self._place(wanted)
        found: list[Path] = []
        while self._data[place : place + len(wanted)] == wanted:
            end = self._data.find(b"\n", place)
            number, _, name = self._data[place + len(wanted) : end].partition(b"\t")
            found.append(Path(self._folders[int(number)][0], os.fsdecode(_unescaped(name))))
            place = end + 1
        return tuple(found)

    def codes(self) -> Iterator[str]:
        lines = self._data[self._start :].splitlines()
        return (_key(line).decode() for line in lines)

    def _place(self, wanted: bytes) -> int:
        """Where the first line stands that is not before the wanted one."""
        low, high = self._start, len(self._data)
        while low < high:
            begin = max(self._data.rfind(b"\n", low, (low + high) // 2) + 1, low)
            end = self._data.find(b"\n", begin) + 1
            if self._data[begin : begin + len(wanted)] < wanted:
                low = end
            else:
                high = begin
        return low


def listing(folder: Path, code_of: CodeOf) -> Listing:
    """The files below a folder."""
    with suppress(_ManyEntriesError):
        paths = tuple(Path(*place) for place in walk(folder, most=SMALL))
        return ShortListing(paths, code_of)
    from hashlib import blake2b  # noqa: PLC0415 - few folders are large

    root = folder.absolute()
    name = f"listing-{blake2b(os.fsencode(root), digest_size=12).hexdigest()}"
    return _kept(cache_folder() / name) or _made(root, name, code_of)


class _ManyEntriesError(Exception):
    """A folder holds more than is read each time."""


def walk(
    folder: Path, seen: _Folders | None = None, most: int | None = None
) -> Iterator[tuple[str, str]]:
    """The record files below a folder in a fixed order, hidden ones left out: folder and name.

    ``seen`` takes up the folders with the times that they had before they were read.
    """
    pending = [str(folder)]
    left = most
    while pending:
        parent = pending.pop()
        try:
            times = _times(parent)
            with os.scandir(parent) as entries:
                found = list(entries if left is None else islice(entries, left + 1))
        except OSError:
            continue
        if seen is not None:
            seen.append((parent, times))
        if left is not None:
            left -= len(found)
            if left < 0:
                raise _ManyEntriesError
        inner, names = _divided(found)
        pending += (os.path.join(parent, name) for name in sorted(inner, reverse=True))  # noqa: PTH118 - thousands
        for name in sorted(names):
            yield parent, name


def _divided(entries: Iterable[os.DirEntry[str]]) -> tuple[list[str], list[str]]:
    """The names of folders and of record files."""
    inner: list[str] = []
    names: list[str] = []
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            if not entry.is_symlink():
                inner.append(entry.name)
        elif entry.name.lower().endswith(SUFFIXES):
            names.append(entry.name)
    return inner, names


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _times(folder: str) -> _Times:
    status = os.stat(folder)  # noqa: PTH116 - thousands
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev


def _kept(path: Path) -> LongListing | None:
    """The list in the cache, unless it is damaged or no longer holds."""
    import json  # noqa: PLC0415 - few folders are large

    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = data.find(b"\n") + 1
        magic, _, sum = data[:head].rpartition(b" ")
        if magic + b" " != _MAGIC or int(sum, 16) != zlib.crc32(memoryview(data)[head:]):
            return None
        start = data.find(b"\n", head) + 1
        folders = [(name, tuple(times)) for name, times in json.loads(data[head:start])]
        if any(_times(name) != times for name, times in folders):
            return None
    except (OSError, ValueError):
        return None
    return LongListing(data, start, folders)


def _made(root: Path, name: str, code_of: CodeOf) -> LongListing:
    """A list made anew, and kept where no folder has changed too lately to tell."""
    import json  # noqa: PLC0415 - few folders are large

    now = time.time_ns()
    folders: _Folders = []
    lines: list[bytes] = [
        b"%s\t%d\t%s\n" % (code_of(name).encode(), len(folders) - 1, _escaped(os.fsencode(name)))
        for _, name in walk(root, folders)
    ]
    head = json.dumps(folders).encode() + b"\n"
    lines.sort(key=_key)
    body = head + b"".join(lines)
    if all(max(times[:2]) < now - SETTLED for _, times in folders):
        _keep(name, _MAGIC + b"%08x\n" % zlib.crc32(body) + body)
    return LongListing(body, len(head), folders)


def _keep(name: str, data: bytes) -> None:
    """Puts a list into the cache, whole or not at all; without a cache, it is made each time."""
    import tempfile  # noqa: PLC0415 - few folders are large

    with suppress(OSError):
        folder = make_cache_folder()
        descriptor, part = tempfile.mkstemp(dir=folder, prefix=".listing-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(part).replace(folder / name)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise


def _key(line: bytes) -> bytes:
    """The code of a line; files of one code keep their order."""
    return line.partition(b"\t")[0]


def _escaped(name: bytes) -> bytes:
    """A file's name on one line."""
    return name.replace(b"\\", b"\\\\").replace(b"\n", b"\\n")


def _unescaped(name: bytes) -> bytes:
    return name.replace(b"\\\\", b"\0").replace(b"\\n", b"\n").replace(b"\0", b"\\")
