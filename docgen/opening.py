"""Input files opened: the only place that does.

A named pipe or a device in the place of a file would be waited for without end, and a file of
gigabytes would be read whole before anybody looked at its size. So a path is looked at before it is
opened, and a file's size before it is read. What the shell hands over (``<(pass show pdf)`` becomes
``/dev/fd/63``) is read as standard input is.
"""

import errno
import os
import re
import stat
from io import BufferedReader, TextIOWrapper
from typing import Final, TextIO

from docgen.system import AS_BYTES, NO_LINK, NO_WAIT

StrPath = str | os.PathLike[str]

_HANDED_OVER: Final = re.compile(r"/dev/stdin|(?:/dev|/proc/(?:self|[0-9]+))/fd/[0-9]+")
_KINDS: Final = (
    (stat.S_ISLNK, "a link"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_MEGABYTE: Final = 1_000_000


class NotAFileError(OSError):
    """There is a pipe or a device in the place of a file."""


class FileTooLargeError(OSError):
    """A file has more bytes than are read of it."""


def open_file(path: StrPath, *, through_link: bool = True) -> BufferedReader:
    """Opens a file to be read as bytes, without waiting for anybody; ``through_link`` says whether
    the path may be a symbolic link.

    Raises OSError as ``open`` does, and NotAFileError where something else is in its place.
    """
    name = os.fspath(path)
    if through_link and _HANDED_OVER.fullmatch(name):
        return open(name, "rb")  # noqa: PTH123 - a stream, whatever the path
    check_kind(os.stat(name, follow_symlinks=through_link).st_mode, name)  # noqa: PTH116 - thousands
    # Where no flag keeps links from being followed, looking at the path first has to do.
    flags = os.O_RDONLY | NO_WAIT | AS_BYTES | (0 if through_link else NO_LINK)
    descriptor = os.open(name, flags)
    try:
        # It may have been replaced in the meantime.
        check_kind(os.fstat(descriptor).st_mode, name)
        return open(descriptor, "rb")  # noqa: PTH123 - opened already
    except BaseException:
        os.close(descriptor)
        raise


def open_text(path: StrPath, encoding: str = "utf-8", errors: str = "strict") -> TextIO:
    """Opens a file to be read as text whose lines end in LF. Raises OSError as ``open_file``."""
    return TextIOWrapper(open_file(path), encoding, errors)


def read_whole(path: StrPath, most: int) -> bytes:
    """The bytes of a file that has no more than ``most``.

    Raises OSError as ``open_file`` does, and FileTooLargeError, before anything is read.
    """
    with open_file(path) as file:
        if os.fstat(file.fileno()).st_size > most:
            raise _too_large(path, most)
        data = file.read(most + 1)
    if len(data) > most:
        raise _too_large(path, most)
    return data


def check_kind(mode: int, name: str) -> None:
    """Raises NotAFileError, or IsADirectoryError, where a mode is not that of a file."""
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
    if not stat.S_ISREG(mode):
        kind = next((word for is_kind, word in _KINDS if is_kind(mode)), "something else")
        raise NotAFileError(errno.EINVAL, f"it is {kind}, not a file", name)


def _too_large(path: StrPath, most: int) -> FileTooLargeError:
    message = f"it is larger than {most / _MEGABYTE:g} MB"
    return FileTooLargeError(errno.EFBIG, message, os.fspath(path))
