"""What is there on the disk: the only place that asks.

What cannot be read is never "not there". ``Path.exists``, ``is_file``, ``is_dir`` and ``glob`` say
no as well where a link leads nowhere, runs in a circle, or a folder may not be entered; whoever
asked them would go on without the clinic's own files.
"""

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Literal, NamedTuple

from docgen.diagnostics import DocgenError, Span, refuse
from docgen.opening import NotAFileError, StrPath
from docgen.system import reason_of

_WHO_MAY = (
    "check who may read it and the folders above it; if it is on a share, see to it that the share "
    "is mounted"
)


class WalkedFolder(NamedTuple):
    """A folder with the files in it that a walk looks for."""

    path: str
    status: os.stat_result
    """As it was before the folder was read."""
    files: list[os.DirEntry[str]]
    """By name."""
    size: int
    """How many entries it has in all."""


class TooManyEntriesError(Exception):
    """The folders of a walk hold more than was asked for."""


def status_of(path: StrPath) -> os.stat_result | None:
    """The status of what a path leads to; None where nothing is there.

    Raises DocgenError where that cannot be told, and where the path ends at, or leads over, a link
    to something that is not there.
    """
    try:
        return os.stat(path)  # noqa: PTH116 - thousands
    except (FileNotFoundError, NotADirectoryError):
        _refuse_lost(path)
        return None
    except ValueError:
        return None
    except OSError as error:
        raise refuse(
            "unreadable-file",
            f"whether this is there cannot be told: {reason_of(error)}",
            Span.whole_file(display_path(Path(path))),
            _WHO_MAY,
        ) from None


def is_there(path: StrPath) -> bool:
    """Whether anything is there. Raises DocgenError as ``status_of`` does."""
    return status_of(path) is not None


def is_file(path: StrPath) -> bool:
    """Whether a file is there that can be read more than once, other than a pipe or a device.

    Raises DocgenError as ``status_of`` does.
    """
    status = status_of(path)
    return status is not None and S_ISREG(status.st_mode)


def is_folder(path: StrPath) -> bool:
    """Whether a folder is there. Raises DocgenError as ``status_of`` does."""
    status = status_of(path)
    return status is not None and S_ISDIR(status.st_mode)


def entries(folder: Path) -> tuple[Path, ...]:
    """What lies in a folder, by name; nothing where there is no folder.

    Raises DocgenError where it cannot be read, or something else is in its place.
    """
    try:
        names = os.listdir(folder)  # noqa: PTH208 - sorting names is quicker than sorting paths
    except FileNotFoundError:
        _refuse_lost(folder)
        return ()
    except OSError as error:
        raise unreadable(folder, error, "folder") from None
    return tuple(folder / name for name in sorted(names))


def names_beside(path: Path) -> list[str]:
    """The names of what lies beside a path, for hints: none where its folder cannot be read."""
    try:
        return sorted(os.listdir(path.parent))  # noqa: PTH208 - as above
    except (OSError, ValueError):
        return []


def walk(
    folder: StrPath, suffixes: tuple[str, ...], most: int | None = None
) -> Iterator[WalkedFolder]:
    """A folder and those below it in a fixed order, each with its files of some suffixes.

    Hidden files and folders are left out. Links are followed, and each folder is read once,
    whatever links lead to it. There is nothing where the folder is not there.

    Raises DocgenError where one of the folders cannot be read, and TooManyEntriesError where all of
    them together have more than ``most`` entries.
    """
    pending = [os.fspath(folder)]
    read: set[tuple[int, int]] = set()
    left = most
    while pending:
        path = pending.pop()
        walked = _read_folder(path, suffixes, read, left)
        if walked is None:
            continue
        found, inner = walked
        if left is not None:
            left -= found.size
            if left < 0:
                raise TooManyEntriesError
        pending += (os.path.join(path, name) for name in sorted(inner, reverse=True))  # noqa: PTH118 - thousands
        yield found


def files_below(
    folder: StrPath, suffixes: tuple[str, ...], most: int | None = None
) -> Iterator[Path]:
    """The files of a ``walk``. Raises as that does."""
    return (Path(file.path) for found in walk(folder, suffixes, most) for file in found.files)


def display_path(path: Path) -> str:
    """A path as diagnostics show it: relative where it lies below the current folder."""
    try:
        folder = Path.cwd()
        absolute = path.absolute()
    except OSError:
        return str(path)
    return str(absolute.relative_to(folder)) if absolute.is_relative_to(folder) else str(path)


def current_folder() -> Path:
    """The current folder. Raises DocgenError where somebody has taken it away."""
    try:
        return Path.cwd()
    except OSError as error:
        raise refuse(
            "no-current-folder",
            f"the folder that docgen was started in cannot be found: {reason_of(error)}",
            hint="change into a folder that is there, then try again",
        ) from None


def real_path(path: StrPath) -> Path:
    """A path without links, as far as they can be followed; what is wrong with it, reading tells.

    ``Path.resolve`` raises RuntimeError for links that run in a circle.
    """
    return Path(os.path.realpath(path))


def unreadable(
    path: StrPath, error: OSError, what: Literal["file", "folder"] = "file"
) -> DocgenError:
    """The refusal of something that is perhaps there, and cannot be read."""
    place = Span.whole_file(display_path(Path(path)))
    if isinstance(error, NotADirectoryError):
        message = "a folder belongs here, and this is, or lies in, a file"
        return refuse("unreadable-folder", message, place, "move the file out of the way")
    hint = "put a file in its place" if isinstance(error, NotAFileError) else _WHO_MAY
    return refuse(
        "unreadable-folder" if what == "folder" else "unreadable-file",
        f"this {what} cannot be read: {reason_of(error)}",
        place,
        hint,
    )


def _read_folder(
    path: str, suffixes: tuple[str, ...], read: set[tuple[int, int]], left: int | None
) -> tuple[WalkedFolder, Sequence[str]] | None:
    """A folder's files and the names of the folders in it; None where it is gone, or was read."""
    try:
        status = os.stat(path)  # noqa: PTH116 - thousands
        if (status.st_dev, status.st_ino) in read:
            return None
        read.add((status.st_dev, status.st_ino))
        with os.scandir(path) as scanned:
            found = list(scanned if left is None else islice(scanned, left + 1))
    except FileNotFoundError:
        _refuse_lost(path)
        return None
    except OSError as error:
        raise unreadable(path, error, "folder") from None
    inner: list[str] = []
    files: list[os.DirEntry[str]] = []
    for entry in found:
        if entry.name.startswith("."):
            continue
        is_named = entry.name.lower().endswith(suffixes)
        if _is_folder(entry, is_named):
            inner.append(entry.name)
        elif is_named:
            files.append(entry)
    files.sort(key=lambda entry: entry.name)
    return WalkedFolder(path, status, files, len(found)), inner


def _is_folder(entry: os.DirEntry[str], is_named: bool) -> bool:
    """A link of a name that is looked for is taken for a file, which tells by itself that it cannot
    be read; any other link that leads nowhere may stand for a folder."""
    try:
        if entry.is_dir():
            return True
        if entry.is_symlink() and not is_named:
            entry.stat()
    except FileNotFoundError:
        _refuse_lost(entry.path)
    except OSError as error:
        if not is_named:
            raise unreadable(entry.path, error) from None
    return False


def _refuse_lost(path: StrPath) -> None:
    """Refuses a path that is not there for a link on its way, or for want of a current folder.

    A share that is not mounted mostly shows as such a link: ``data -> /mnt/share/data``.
    """
    named = Path(path)
    for place in (named, *named.parents):
        try:
            target = place.readlink()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            break  # it is there, and no link
        if not os.path.exists(place):  # noqa: PTH110 - of what is known to be a link
            raise refuse(
                "dangling-link",
                f"this link leads to {os.fspath(target)!r}, which is not there",
                Span.whole_file(display_path(place)),
                "if that is on a share, mount the share; else mend the link, or take it away",
            )
        break
    if not named.is_absolute():
        current_folder()
