"""Noticing that files were saved."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Self

import anyio
from anyio.to_thread import run_sync
from msgspec import Struct
from watchfiles import awatch

from docgen.source import real_path

_QUIET = 50
"""Milliseconds without a further change after which what was saved is taken as a whole."""
_LONGEST = 200
"""Milliseconds after which a change is told even though others follow."""
_LOOK = 500
"""Milliseconds between two looks at which folders there are."""


class Changes:
    """Counts the changes of files, and wakes whoever waits for the next one."""

    def __init__(self) -> None:
        self.count = 0
        self.ended = False
        self._next = anyio.Event()

    def tell(self) -> None:
        """Counts a change."""
        self.count += 1
        self._wake()

    def end(self) -> None:
        """Says that no further change will be told."""
        self.ended = True
        self._wake()

    async def after(self, seen: int) -> bool:
        """Waits until there are more changes than were seen; false where there will be none."""
        while self.count == seen and not self.ended:
            await self._next.wait()
        return not self.ended

    def _wake(self) -> None:
        woken, self._next = self._next, anyio.Event()
        woken.set()


async def watch(folders: Sequence[Path], changes: Changes) -> None:
    """Tells each change below the folders, those included that are made or put in place later."""
    polling = False
    while True:
        try:
            await _watch_while(_Watched.below(folders), folders, changes, polling=polling)
        except FileNotFoundError:
            # It was there a moment ago. Where nothing comes back, nobody looks without a pause.
            await anyio.sleep(_LOOK / 1000)
        except OSError:
            # The system watches no more files for this user; looking at them in turns still works.
            if polling:
                raise
            polling = True


class _Watched(Struct, frozen=True):
    """What is watched, and which of it is there.

    By device and inode: what was removed and made again counts as something else.
    """

    paths: tuple[Path, ...]
    present: dict[Path, tuple[int, int]]

    @classmethod
    def below(cls, folders: Sequence[Path]) -> Self:
        """Folders, and the files elsewhere that links below them lead to."""
        return cls.at((*folders, *_linked_files(folders)))

    @classmethod
    def at(cls, paths: tuple[Path, ...]) -> Self:
        """Folders and files, as they are now."""
        found = {path: _identity(path) for path in paths}
        return cls(paths, {path: known for path, known in found.items() if known})


async def _watch_while(
    watched: _Watched, folders: Sequence[Path], changes: Changes, *, polling: bool
) -> None:
    """Tells changes as long as the same folders and files are there."""
    first = True
    async for saved in awatch(
        *watched.present,
        # Any name may be a file of the sheet: none is left out.
        watch_filter=None,
        debounce=_LONGEST,
        step=_QUIET,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        force_polling=polling or None,
        ignore_permission_denied=True,
    ):
        # What was saved between reading the files and the start of the watch went unseen.
        if saved or first:
            changes.tell()
        # Links are looked for only after a change: a library may have many thousand files.
        now = await (
            run_sync(_Watched.below, folders) if saved else run_sync(_Watched.at, watched.paths)
        )
        if now != watched:
            changes.tell()
            return
        first = False


def _identity(path: Path) -> tuple[int, int] | None:
    """None where nothing is there, or may be looked at. Rendering tells of what cannot be read."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _linked_files(folders: Iterable[Path]) -> Iterator[Path]:
    """The files that symbolic links lead to. Links to folders are followed, by the watcher too."""
    seen: set[Path] = set()
    waiting = [real_path(folder) for folder in folders]
    while waiting:
        folder = waiting.pop()
        if folder in seen:
            continue
        seen.add(folder)
        for path in _readable_entries(folder):
            if _is(S_ISDIR, path):
                waiting.append(real_path(path))
            elif path.is_symlink() and _is(S_ISREG, path):
                yield real_path(path)


def _is(kind: Callable[[int], bool], path: Path) -> bool:
    try:
        return kind(path.stat().st_mode)
    except OSError:
        return False


def _readable_entries(folder: Path) -> tuple[Path, ...]:
    """What is in a folder that can be read. Rendering tells of those that cannot."""
    try:
        return tuple(folder.iterdir())
    except OSError:
        return ()
