"""The folder of what docgen can work out again, private to its owner."""

import os
from pathlib import Path

from docgen.system import belongs_to_another

_NAME = "docgen"
_OWNER_ONLY = 0o700


def cache_folder() -> Path:
    """Where cached files go; it need not be there yet.

    That is in XDG_CACHE_HOME where it is set (XDG Base Directory Specification 0.8), on any system;
    else where the system wants it: ``~/.cache``, ``~/Library/Caches``, ``%LOCALAPPDATA%``.
    """
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / _NAME
    from platformdirs import user_cache_path  # noqa: PLC0415 - few folders are large

    try:
        return user_cache_path(_NAME, appauthor=False)
    except (RuntimeError, OSError):
        return Path(os.devnull, _NAME)


def make_cache_folder() -> Path:
    """The folder of cached files, made where it is missing. Raises OSError where it cannot be."""
    folder = cache_folder()
    folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    if belongs_to_another(folder.stat().st_uid):
        raise PermissionError(0, "the folder belongs to somebody else")
    return folder
