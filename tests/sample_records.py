"""The sample records that come with docgen, and their translations."""

import shutil
from pathlib import Path

from docgen.shipped import data_folder


def _is_translation(path: Path) -> bool:
    return path.suffixes != [".yaml"]


_FILES = sorted((data_folder() / "records").rglob("*.yaml"))

RECORDS = [path for path in _FILES if not _is_translation(path)]
TRANSLATIONS = [path for path in _FILES if _is_translation(path)]


def take_over_samples(project: Path) -> None:
    """Copies the sample records into a project, whose own they are from then on; what it has stays.

    Packets of patients are made of them then, and nothing is told of samples.
    """
    records = project / "data" / "records"
    records.mkdir(parents=True, exist_ok=True)
    for path in _FILES:
        if not (records / path.name).exists():
            shutil.copy(path, records)
