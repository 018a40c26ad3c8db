"""Noticing that files were saved."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import anyio
from watchfiles import awatch

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
        present = _present(folders)
        try:
            await _watch_while(present, folders, changes, polling=polling)
        except FileNotFoundError:
            continue
        except OSError:
            # The system watches no more files for this user; looking at them in turns still works.
            if polling:
                raise
            polling = True


async def _watch_while(
    present: dict[Path, tuple[int, int]],
    folders: Sequence[Path],
    changes: Changes,
    *,
    polling: bool,
) -> None:
    """Tells changes as long as the same folders are there."""
    first = True
    async for saved in awatch(
        *present,
        # Any name may be a file of the sheet: none is left out.
        watch_filter=None,
        debounce=_LONGEST,
        step=_QUIET,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        force_polling=polling or None,
    ):
        # What was saved between reading the files and the start of the watch went unseen.
        if saved or first:
            changes.tell()
        first = False
        if _present(folders) != present:
            return


def _present(folders: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """The folders that are there. One that was removed and made again counts as another one."""
    present: dict[Path, tuple[int, int]] = {}
    for folder in folders:
        if folder.is_dir():
            status = folder.stat()
            present[folder] = status.st_dev, status.st_ino
    return present
