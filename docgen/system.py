"""What differs from one operating system to the next, and what a system says of its errors.

Whatever only some systems have is asked for here, and in ``locking``: modules that name it
themselves cannot be imported on the others.
"""

import errno
import os
from importlib import import_module
from typing import Final

NO_WAIT: Final[int] = getattr(os, "O_NONBLOCK", 0)
"""Of ``os.open``: nobody waits for whoever holds the other end of a pipe. Windows has no such
files."""
NO_LINK: Final[int] = getattr(os, "O_NOFOLLOW", 0)
"""Of ``os.open``: a symbolic link is not followed."""
AS_BYTES: Final[int] = getattr(os, "O_BINARY", 0)
"""Of ``os.open``: Windows ends lines of text in CR and LF where it is not told."""
FOLDER: Final[int | None] = getattr(os, "O_DIRECTORY", None)
"""Of ``os.open``: a folder and nothing else; None where folders cannot be opened at all."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


def is_full(error: OSError) -> bool:
    """Whether there is no room: on the disk, in a user's share of it, or in one file."""
    return error.errno in _FULL


def user_name() -> str | None:
    """The name of the user whose process this is, as the system knows it; None where it does not.

    The environment, which may say another, is not asked.
    """
    own = getattr(os, "getuid", None)
    try:
        if own is None:
            return os.getlogin()
        return str(import_module("pwd").getpwuid(own()).pw_name)
    except (OSError, KeyError):
        return None


def may_be_open(error: OSError) -> bool:
    """Whether a file may be open in another program, which on Windows keeps its name from others:
    whether it is that or a missing right, the system does not always say."""
    return isinstance(error, PermissionError) and getattr(error, "winerror", None) is not None


def reason_of(error: OSError) -> str:
    """What the system says of an error, as messages go on with it: ``permission denied``."""
    return (error.strerror or str(error) or "the system does not say why").lower()


def belongs_to_another(owner: int) -> bool:
    """Whether a file's ``st_uid`` is another user's; nobody's where files have no such number."""
    asked = getattr(os, "getuid", None)
    return asked is not None and asked() != owner
