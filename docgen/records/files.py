"""The files of some folders of records, told apart by their names alone."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from docgen.records.code_systems import CODE_SYSTEMS, CodeSystem, normalise_code
from docgen.records.listings import Listing, listing, walk
from docgen.source import Language

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

    @property
    def codes(self) -> frozenset[str]:
        """The codes that files are named after."""
        return frozenset(code for listing in self._listings for code in listing.codes())

    def of_code(self, code: str) -> tuple[RecordFile, ...]:
        """The records of a normalised code; no others are looked at where there are many."""
        return tuple(file for file in self._named(code) if file.tag is None)

    def beside(self, record: RecordFile, system: CodeSystem) -> dict[str, tuple[Path, ...]]:
        """The files in the folder of a record of a code system that translate it, by language.

        Where several records there share the code, only those whose names say the system.
        """
        there = [file for file in self._named(record.code) if _place(file) == _place(record)]
        shared = sum(1 for file in there if file.tag is None) > 1
        found: dict[str, tuple[Path, ...]] = {}
        for file in there:
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
    def _all(self) -> tuple[RecordFile, ...]:
        return tuple(
            _named(Path(*place), root)
            for root, folder in enumerate(self._folders)
            for place in walk(folder)
        )

    def _named(self, code: str) -> tuple[RecordFile, ...]:
        """Every file that is named after a normalised code."""
        if not code:
            return ()
        files = (
            _named(path, root)
            for root, listing in enumerate(self._listings)
            for path in listing.paths(code)
        )
        return tuple(file for file in files if file.code == code)

    @cached_property
    def _listings(self) -> tuple[Listing, ...]:
        return tuple(listing(folder, _code) for folder in self._folders)


def _by_place(files: Iterable[RecordFile]) -> dict[_Place, tuple[RecordFile, ...]]:
    """Files by their folder and code."""
    found: dict[_Place, tuple[RecordFile, ...]] = {}
    for file in files:
        found[_place(file)] = (*found.get(_place(file), ()), file)
    return found


def _place(file: RecordFile) -> _Place:
    """One folder may be given twice, such as by its path and as the shipped one."""
    return file.root, file.path.parent, file.code


def _named(path: Path, root: int) -> RecordFile:
    code, system, tag = _said_by(path.name)
    return RecordFile(path, root, code, system, tag)


def _code(name: str) -> str:
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
