"""The folders that ``--data`` and ``--layouts`` name: whether anything in them is read.

Somebody who names a folder means what is in it. One that holds nothing that is looked for would be
passed over in silence, and what lies below it printed in its place.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from docgen.diagnostics import Findings
from docgen.layouts import LOCALE, ORGANIZATIONS, THEMES, is_layouts_folder
from docgen.policies import POLICIES
from docgen.records import RECORDS, TABLES, table_files
from docgen.source import SUFFIXES, TooManyEntriesError, entries, files_below, is_file, is_folder

_ENOUGH: Final = 1000
"""Entries of a folder after which one need not go on looking."""
_ORGANIZATION: Final = "organization"


def check_named(data: Iterable[Path], layouts: Iterable[Path]) -> None:
    """Raises DocgenError with each of the folders that ``--data`` and ``--layouts`` name which is
    not there, cannot be read, or holds nothing that is read."""
    findings = Findings()
    for folder in data:
        _check_data(folder, findings)
    for folder in layouts:
        _check_layouts(folder, findings)
    findings.raise_if_any()


def _check_data(folder: Path, findings: Findings) -> None:
    if _is_missing(folder, "--data", findings) or _is_data_folder(folder):
        return
    findings.error(
        "nothing-to-read",
        f"nothing in {str(folder)!r} is read for --data: looked for records in {RECORDS}/, code "
        f"tables in {TABLES}/, policies in {POLICIES}/, and a glossary.yaml",
        hint=_data_hint(folder),
    )


def _check_layouts(folder: Path, findings: Findings) -> None:
    if _is_missing(folder, "--layouts", findings) or is_layouts_folder(folder):
        return
    findings.error(
        "nothing-to-read",
        f"nothing in {str(folder)!r} is read for --layouts: looked for layouts, NAME.yaml, and for "
        f"files in {THEMES}/, {ORGANIZATIONS}/ and {LOCALE}/",
        hint=_layouts_hint(folder),
    )


def _is_missing(folder: Path, option: str, findings: Findings) -> bool:
    if is_folder(folder):
        return False
    findings.error(
        "missing-folder",
        f"there is no folder {str(folder)!r}",
        hint=f"check the path that {option} gives",
    )
    return True


def _is_data_folder(folder: Path) -> bool:
    if _has_files(folder / RECORDS) or table_files(folder) or _has_files(folder / POLICIES):
        return True
    from docgen.readability import GLOSSARY  # noqa: PLC0415 - nearly always there is a record

    return is_file(folder / GLOSSARY)


def _has_files(folder: Path) -> bool:
    try:
        return any(True for _ in files_below(folder, SUFFIXES, most=_ENOUGH))
    except TooManyEntriesError:
        return True


def _data_hint(folder: Path) -> str:
    """What to give instead, where that can be told."""
    if any(path.suffix.lower() in SUFFIXES for path in entries(folder)):
        if folder.name == RECORDS:
            return f"name the folder above it: --data {folder.parent}"
        return f"if its files are records, move them into {folder / RECORDS}"
    if is_folder(folder / "data"):
        return f"if it is a project, name its data: --data {folder / 'data'}"
    return "check the path; if it is on a share, see to it that the share is mounted"


def _layouts_hint(folder: Path) -> str:
    """What to give instead, where that can be told."""
    if is_file(folder / f"{_ORGANIZATION}.yaml"):
        return f"it is one organization's folder; --layouts {folder.parent.parent} has them all"
    if any(is_file(path / f"{_ORGANIZATION}.yaml") for path in entries(folder)):
        return f"name the folder above it: --layouts {folder.parent}"
    if is_folder(folder / "layouts"):
        return f"if it is a project, name its layouts: --layouts {folder / 'layouts'}"
    return "check the path; if it is on a share, see to it that the share is mounted"
