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
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from docgen.code_systems import normalise_code
from docgen.opening import open_file
from docgen.records.caching import cache_folder, make_cache_folder
from docgen.source import SUFFIXES, TooManyEntriesError, files_below, walk
from docgen.writing import whole_file

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


class FileListing(Protocol):
    """Where the files of a code are."""

    def paths(self, code: str) -> tuple[Path, ...]:
        """Files that may be named after a normalised code, in a fixed order, and some others."""
        ...

    def codes(self) -> Iterator[str]:
        """The code of every file."""
        ...

    def is_empty(self) -> bool:
        """Whether there is no file at all."""
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

    def is_empty(self) -> bool:
        return not self._names


class LongListing:
    """The files of a folder, in a sorted list: lines of code, number of the folder and name."""

    def __init__(self, data: bytes | mmap.mmap, start: int, folders: _Folders) -> None:
        self._data = data
        self._start = start
        self._folders = folders

    def paths(self, code: str) -> tuple[Path, ...]:
        wanted = code.encode() + b"\t"
        place = self._first_line_from(wanted)
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

    def is_empty(self) -> bool:
        return self._start == len(self._data)

    def _first_line_from(self, wanted: bytes) -> int:
        """Where the first line stands that is not before the wanted one.

        A search by halves, in bytes: the middle is rarely the start of a line, so that each step
        goes back to it. In lines of ten bytes from 5 on, for the codes G0121, G0122 and G0200,
        looking for ``G013`` begins in the middle of G0122, whose line ends at 25; that is before
        the wanted one, so that only 25 to 35 is left. G0200 is not: it stands at 25, the answer.
        """
        low, high = self._start, len(self._data)
        while low < high:
            begin = max(self._data.rfind(b"\n", low, (low + high) // 2) + 1, low)
            end = self._data.find(b"\n", begin) + 1
            if self._data[begin : begin + len(wanted)] < wanted:
                low = end
            else:
                high = begin
        return low


def listing(folder: Path, code_of: CodeOf) -> FileListing:
    """The files below a folder. Raises DocgenError where one of the folders cannot be read."""
    with suppress(TooManyEntriesError):
        return ShortListing(tuple(files_below(folder, SUFFIXES, most=SMALL)), code_of)
    from hashlib import blake2b  # noqa: PLC0415 - few folders are large

    root = folder.absolute()
    name = f"listing-{blake2b(os.fsencode(root), digest_size=12).hexdigest()}"
    return _cached_list(cache_folder() / name) or _list_anew(root, name, code_of)


def _times(status: os.stat_result) -> _Times:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev


def _cached_list(path: Path) -> LongListing | None:
    """The list in the cache, unless it is damaged or no longer holds."""
    import json  # noqa: PLC0415 - few folders are large

    try:
        with open_file(path) as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = data.find(b"\n") + 1
        magic, _, sum = data[:head].rpartition(b" ")
        if magic + b" " != _MAGIC or int(sum, 16) != zlib.crc32(memoryview(data)[head:]):
            return None
        start = data.find(b"\n", head) + 1
        folders = [(name, tuple(times)) for name, times in json.loads(data[head:start])]
        if any(_times(os.stat(name)) != times for name, times in folders):  # noqa: PTH116 - thousands
            return None
    except (OSError, ValueError):
        return None
    return LongListing(data, start, folders)


def _list_anew(root: Path, name: str, code_of: CodeOf) -> LongListing:
    """A list made anew, and kept where no folder has changed too lately to tell."""
    import json  # noqa: PLC0415 - few folders are large

    now = time.time_ns()
    folders: _Folders = []
    lines: list[bytes] = []
    for number, found in enumerate(walk(root, SUFFIXES)):
        folders.append((found.path, _times(found.status)))
        for file in found.files:
            line = code_of(file.name).encode(), number, _escaped(os.fsencode(file.name))
            lines.append(b"%s\t%d\t%s\n" % line)
    head = json.dumps(folders).encode() + b"\n"
    lines.sort(key=_key)
    body = head + b"".join(lines)
    if all(max(times[:2]) < now - SETTLED for _, times in folders):
        _put_into_cache(name, _MAGIC + b"%08x\n" % zlib.crc32(body) + body)
    return LongListing(body, len(head), folders)


def _put_into_cache(name: str, data: bytes) -> None:
    """Puts a list into the cache, whole or not at all; without a cache, it is made each time."""
    with suppress(OSError), whole_file(make_cache_folder() / name, settled=False) as file:
        file.write(data)


def _key(line: bytes) -> bytes:
    """The code of a line; files of one code keep their order."""
    return line.partition(b"\t")[0]


def _escaped(name: bytes) -> bytes:
    """A file's name on one line."""
    return name.replace(b"\\", b"\\\\").replace(b"\n", b"\\n")


def _unescaped(name: bytes) -> bytes:
    return name.replace(b"\\\\", b"\0").replace(b"\\n", b"\n").replace(b"\0", b"\\")
