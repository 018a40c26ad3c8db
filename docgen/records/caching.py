"""The folder of what docgen can work out again, private to its owner."""

import os
from pathlib import Path

_OWNER_ONLY = 0o700


def cache_folder() -> Path:
    """Where cached files go (XDG Base Directory Specification 0.8); it need not be there yet."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / "docgen"
    try:
        return Path.home() / ".cache" / "docgen"
    except RuntimeError:
        return Path(os.devnull, "docgen")


def make_cache_folder() -> Path:
    """The folder of cached files, made where it is missing. Raises OSError where it cannot be."""
    folder = cache_folder()
    folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(0, "the folder belongs to somebody else")
    return folder
