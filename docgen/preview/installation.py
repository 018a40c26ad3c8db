"""The server and the file watcher, which only the extra ``preview`` installs."""

from importlib.util import find_spec

from docgen.extras import extra_missing

_PACKAGES = ("starlette", "uvicorn", "watchfiles")


def require_server() -> None:
    """Raises DocgenError where what the preview runs on is not installed."""
    missing = [package for package in _PACKAGES if find_spec(package) is None]
    if missing:
        raise extra_missing(
            "preview",
            "preview-missing",
            f"the preview runs on {', '.join(missing)}, which is not installed",
        )
