"""The sample records that come with docgen, and their translations."""

import re
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


_NOT_REVIEWED = re.compile(r"^\S+: warning\[not-reviewed\]: .*\n  hint: .*\n", re.MULTILINE)


def but_for_reviews(stderr: bytes | str) -> str:
    """What was told besides the one thing that is told of every sample: nobody has reviewed it."""
    return _NOT_REVIEWED.sub("", stderr.decode() if isinstance(stderr, bytes) else stderr)


def reviewed(folder: Path, code: str) -> Path:
    """A project in a folder with a sample record as if somebody had reviewed it."""
    records = folder / "data/records"
    records.mkdir(parents=True, exist_ok=True)
    for path in (path for path in _FILES if path.name.partition(".")[0] == code):
        text = path.read_text("utf-8")
        if not _is_translation(path):
            days = "  reviewed_on: 2026-11-20\n  review_due: 2027-11-20\n"
            text = text.replace("\nprovenance:\n", f"\nprovenance:\n{days}")
            assert days in text
        (records / path.name).write_text(text, "utf-8")
    return folder
