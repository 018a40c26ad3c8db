"""The files of some folders of records, told apart by their names alone."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from msgspec import Struct

from docgen.code_systems import CODE_SYSTEMS, CodeSystem, normalise_code
from docgen.diagnostics import DocgenError, Span, refuse
from docgen.records.listings import FileListing, listing
from docgen.source import SUFFIXES, Language, display_path, entries, files_below, is_folder

RECORDS: Final = "records"
"""The folder of record files in a folder of data, or of an organization."""

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
    """The files of some folders; earlier folders win over later ones.

    Each look at them raises DocgenError where one of the folders cannot be read, or is empty where
    records are wanted: whatever stands below it would be printed in its place.
    """

    def __init__(
        self,
        folders: tuple[Path, ...],
        *,
        organizations: int = 0,
        declared: Mapping[Path, Span] | None = None,
    ) -> None:
        """The first of the folders are of ``organizations``, so many; in those that are
        ``declared``, by the place that says so, there must be a record."""
        self._folders = folders
        self._organizations = organizations
        self._declared = declared or {}

    @cached_property
    def records(self) -> tuple[RecordFile, ...]:
        """Every file that is named like a record, in a fixed order."""
        return tuple(file for file in self._all if file.tag is None)

    @cached_property
    def translations(self) -> tuple[RecordFile, ...]:
        """Every file that is named like a translation, in a fixed order."""
        return tuple(file for file in self._all if file.tag is not None)

    def check_there(self) -> None:
        """Raises DocgenError as each look at the files does."""
        self._listings  # noqa: B018 - raises

    @property
    def codes(self) -> frozenset[str]:
        """The codes that files are named after."""
        return frozenset(code for listing in self._listings for code in listing.codes())

    def of_code(self, code: str) -> tuple[RecordFile, ...]:
        """The records of a normalised code; no others are looked at where there are many."""
        return tuple(file for file in self._files_of_code(code) if file.tag is None)

    def beside(self, record: RecordFile, system: CodeSystem) -> dict[str, tuple[Path, ...]]:
        """The files in the folder of a record of a code system that translate it, by language.

        Where several records there share the code, only those whose names say the system.
        """
        there = [
            file
            for file in self._files_of_code(record.code)
            if _place_of_file(file) == _place_of_file(record)
        ]
        shared = sum(1 for file in there if file.tag is None) > 1
        found: dict[str, tuple[Path, ...]] = {}
        for file in there:
            if file.tag and (file.system == system or (file.system is None and not shared)):
                found[file.tag] = (*found.get(file.tag, ()), file.path)
        return found

    def translated_by(self, translation: RecordFile) -> tuple[RecordFile, ...]:
        """The records that a translation could be of, by its name and its folder."""
        records = self._records_by_place.get(_place_of_file(translation), ())
        if translation.system is None:
            return records if len(records) == 1 else ()
        return tuple(file for file in records if file.system in (None, translation.system))

    @cached_property
    def _records_by_place(self) -> dict[_Place, tuple[RecordFile, ...]]:
        return _by_place(self.records)

    @cached_property
    def _all(self) -> tuple[RecordFile, ...]:
        found = tuple(
            _record_file(path, root)
            for root, folder in enumerate(self._folders)
            for path in files_below(folder, SUFFIXES)
        )
        filled = {file.root for file in found}
        self._refuse_empty(root for root in range(len(self._folders)) if root not in filled)
        return found

    def _files_of_code(self, code: str) -> tuple[RecordFile, ...]:
        """Every file that is named after a normalised code."""
        if not code:
            return ()
        files = (
            _record_file(path, root)
            for root, listing in enumerate(self._listings)
            for path in listing.paths(code)
        )
        return tuple(file for file in files if file.code == code)

    @cached_property
    def _listings(self) -> tuple[FileListing, ...]:
        found = tuple(listing(folder, _code_in_name) for folder in self._folders)
        self._refuse_empty(root for root, one in enumerate(found) if one.is_empty())
        return found

    def _refuse_empty(self, roots: Iterable[int]) -> None:
        for root in roots:
            folder = self._folders[root]
            if folder in self._declared:
                raise _no_own_records(folder, self._declared[folder])
            if root < self._organizations and is_folder(folder) and not entries(folder):
                raise refuse(
                    "empty-folder",
                    "this folder for an organization's records is empty, as that of a share is "
                    "that is not mounted",
                    Span.whole_file(display_path(folder)),
                    "mount the share; if the organization has no records of its own, take the "
                    "folder away",
                )


def _no_own_records(folder: Path, declared: Span) -> DocgenError:
    return refuse(
        "no-own-records",
        f"the project has records of its own, but none is in {display_path(folder)!r}",
        declared,
        "put them back, or mount the share that they are on; in a project without records of its "
        "own, write 'own_records: no'",
    )


def _by_place(files: Iterable[RecordFile]) -> dict[_Place, tuple[RecordFile, ...]]:
    """Files by their folder and code."""
    found: dict[_Place, tuple[RecordFile, ...]] = {}
    for file in files:
        found[_place_of_file(file)] = (*found.get(_place_of_file(file), ()), file)
    return found


def _place_of_file(file: RecordFile) -> _Place:
    """One folder may be given twice, such as by its path and as the shipped one."""
    return file.root, file.path.parent, file.code


def _record_file(path: Path, root: int) -> RecordFile:
    code, system, tag = _said_by(path.name)
    return RecordFile(path, root, code, system, tag)


def _code_in_name(name: str) -> str:
    return _said_by(name)[0]


def _said_by(name: str) -> tuple[str, CodeSystem | None, str | None]:
    """The code, the code system and the language in the name of a file."""
    whole = name.rpartition(".")[0]
    stem, _, tag = whole.rpartition(".")
    if not stem or not _is_tag(tag):
        stem, tag = whole, ""
    stem = stem.lower()
    for id, system in CODE_SYSTEMS.items():
        if stem.startswith(f"{id}-"):
            return normalise_code(stem[len(id) + 1 :]), system, tag or None
    return normalise_code(stem), None, tag or None


def _is_tag(word: str) -> bool:
    try:
        Language.parse(word)
    except ValueError:
        return False
    return True
