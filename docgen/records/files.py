"""The files of some folders of records, told apart by their names alone."""

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from docgen.records.code_systems import CODE_SYSTEMS, CodeSystem, normalise_code
from docgen.source import SUFFIXES, Language

_Place = tuple[int, Path, str]
"""The number of a data folder, a folder in it and a code."""


class RecordFile(Struct, frozen=True):
    """A file that is named like a record, or like the translation of one.

    ``root`` is the place of its folder among all.
    """

    path: Path
    root: int
    code: str
    system: CodeSystem | None
    tag: str | None = None
    """The language (BCP 47) that it translates its record into; None is a record."""


class RecordFiles:
    """The files of some folders; earlier folders win over later ones."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    @cached_property
    def records(self) -> tuple[RecordFile, ...]:
        """Every file that is named like a record, in a fixed order."""
        return tuple(file for file in self._all if file.tag is None)

    @cached_property
    def translations(self) -> tuple[RecordFile, ...]:
        """Every file that is named like a translation, in a fixed order."""
        return tuple(file for file in self._all if file.tag is not None)

    @cached_property
    def by_code(self) -> dict[str, tuple[RecordFile, ...]]:
        """The records of each code."""
        files: dict[str, tuple[RecordFile, ...]] = {}
        for file in self.records:
            files[file.code] = (*files.get(file.code, ()), file)
        return files

    def beside(self, record: RecordFile, system: CodeSystem) -> dict[str, tuple[Path, ...]]:
        """The files in the folder of a record of a code system that translate it, by language.

        Where several records there share the code, only those whose names say the system.
        """
        shared = len(self._records_by_place[_place(record)]) > 1
        found: dict[str, tuple[Path, ...]] = {}
        for file in self._translations_by_place.get(_place(record), ()):
            if file.tag and (file.system == system or (file.system is None and not shared)):
                found[file.tag] = (*found.get(file.tag, ()), file.path)
        return found

    def translated_by(self, translation: RecordFile) -> tuple[RecordFile, ...]:
        """The records that a translation could be of, by its name and its folder."""
        records = self._records_by_place.get(_place(translation), ())
        if translation.system is None:
            return records if len(records) == 1 else ()
        return tuple(file for file in records if file.system in (None, translation.system))

    @cached_property
    def _records_by_place(self) -> dict[_Place, tuple[RecordFile, ...]]:
        return _by_place(self.records)

    @cached_property
    def _translations_by_place(self) -> dict[_Place, tuple[RecordFile, ...]]:
        return _by_place(self.translations)

    @cached_property
    def _all(self) -> tuple[RecordFile, ...]:
        return tuple(
            _named(path, root)
            for root, folder in enumerate(self._folders)
            for path in _walk(folder)
        )


def _by_place(files: Iterable[RecordFile]) -> dict[_Place, tuple[RecordFile, ...]]:
    """Files by their folder and code."""
    found: dict[_Place, tuple[RecordFile, ...]] = {}
    for file in files:
        found[_place(file)] = (*found.get(_place(file), ()), file)
    return found


def _place(file: RecordFile) -> _Place:
    """One folder may be given twice, such as by its path and as the shipped one."""
    return file.root, file.path.parent, file.code


def _walk(folder: Path) -> Iterator[Path]:
    """The record files below a folder in a fixed order, hidden ones left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield Path(parent, name)


def _named(path: Path, root: int) -> RecordFile:
    stem, dot, tag = path.stem.rpartition(".")
    if not stem or not dot or not _is_tag(tag):
        stem, tag = path.stem, ""
    stem = stem.lower()
    for id, system in CODE_SYSTEMS.items():
        if stem.startswith(f"{id}-"):
            code = normalise_code(stem.removeprefix(f"{id}-"))
            return RecordFile(path, root, code, system, tag or None)
    return RecordFile(path, root, normalise_code(stem), None, tag or None)


def _is_tag(word: str) -> bool:
    try:
        Language.parse(word)
    except ValueError:
        return False
    return True
