"""The sample records that come with docgen, and their translations."""

from pathlib import Path

from docgen.shipped import data_folder


def _is_translation(path: Path) -> bool:
    return path.suffixes != [".yaml"]


_FILES = sorted((data_folder() / "records").rglob("*.yaml"))

RECORDS = [path for path in _FILES if not _is_translation(path)]
TRANSLATIONS = [path for path in _FILES if _is_translation(path)]
