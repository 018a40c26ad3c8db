"""The records of some data folders, found by the names of their files.

``records/**/CODE.yaml`` holds the record of a code; where two code systems share a code,
``SYSTEM-CODE.yaml``. So a look-up opens no other record. Earlier folders win over later ones.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span, quoted, refuse
from docgen.records.code_systems import (
    CODE_SYSTEMS,
    CodeSystem,
    canonical_code,
    is_well_formed,
    normalise_code,
)
from docgen.records.reading import record_of
from docgen.records.record import ProcedureRecord
from docgen.source import SUFFIXES, Mapping, Node, Scalar, display_path, place_of, read_file

_NAMING = "a record is found by its file's name: CODE.yaml, or SYSTEM-CODE.yaml"


class RecordFile(Struct, frozen=True):
    """A file that is named like a record; ``root`` is the place of its data folder among all."""

    path: Path
    root: int
    code: str
    system: CodeSystem | None


class RecordEntry(Struct, frozen=True):
    """A line of the list of records."""

    system: CodeSystem
    code: str
    title: str
    path: Path


class _Opened(Struct, frozen=True, eq=False):
    file: RecordFile
    node: Node
    entry: RecordEntry


class RecordLibrary:
    """The records of some data folders, each with its records in ``records/``."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folder / "records" for folder in folders)

    def find(self, code: str, code_system: CodeSystem | str | None = None) -> ProcedureRecord:
        """The record of a code, without regard to case and punctuation.

        Raises DocgenError where there is none, where several code systems have the code and none
        is asked for, and with all that is wrong with the record.
        """
        wanted = _system(code_system)
        candidates = [
            file
            for file in self._files.get(normalise_code(code), ())
            if None in (wanted, file.system) or file.system == wanted
        ]
        findings = Findings()
        opened = [found for file in candidates if (found := _open(file, findings))]
        winners = _winners(opened, findings)
        findings.raise_if_any()
        chosen = [one for one in winners if wanted in (None, one.entry.system)]
        if not chosen:
            raise self._unknown(code, wanted, opened)
        if len(chosen) > 1:
            raise _ambiguous(code, chosen)
        return _record(chosen[0])

    def list(self, findings: Findings | None = None) -> tuple[RecordEntry, ...]:
        """Every record that can be found, by code system and code; unreadable files are told.

        Without ``findings`` to tell them to, they are raised as DocgenError.
        """
        told = Findings() if findings is None else findings
        opened = [found for file in self._all_files if (found := _open(file, told))]
        winners = _winners(opened, told)
        if findings is None:
            told.raise_if_any()
        return tuple(sorted((one.entry for one in winners), key=_order))

    def check(self) -> tuple[Diagnostic, ...]:
        """All that is wrong in all files of all folders, misnamed files among it."""
        findings = Findings()
        opened = [found for file in self._all_files if (found := _open(file, findings))]
        for one in opened:
            try:
                _record(one)
            except DocgenError as error:
                findings.extend(error.diagnostics)
        for root in range(len(self._folders)):
            _winners((one for one in opened if one.file.root == root), findings)
        return findings.diagnostics

    @cached_property
    def _all_files(self) -> tuple[RecordFile, ...]:
        return tuple(
            _named(path, root)
            for root, folder in enumerate(self._folders)
            for path in _walk(folder)
        )

    @cached_property
    def _files(self) -> dict[str, tuple[RecordFile, ...]]:
        files: dict[str, tuple[RecordFile, ...]] = {}
        for file in self._all_files:
            files[file.code] = (*files.get(file.code, ()), file)
        return files

    def _unknown(
        self, code: str, wanted: CodeSystem | None, opened: Iterable[_Opened]
    ) -> DocgenError:
        others = [one.entry.system.id for one in opened]
        if wanted and others:
            return refuse(
                "unknown-code",
                f"there is no record of the code {quoted(code)} in {wanted.name}",
                hint=f"there is one with --code-system {others[0]}",
            )
        from difflib import get_close_matches  # noqa: PLC0415 - only a code not found pays for it

        near = get_close_matches(normalise_code(code), self._files, n=3, cutoff=0.6)
        folders = ", ".join(display_path(folder) for folder in self._folders)
        hint = f"known codes like it: {', '.join(near)}" if near else f"looked in {folders}"
        return refuse(
            "unknown-code",
            f"there is no record of the code {quoted(code)}",
            hint=f"{hint}; {_NAMING}",
        )


def _walk(folder: Path) -> Iterator[Path]:
    """The record files below a folder in a fixed order, hidden ones left out."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield Path(parent, name)


def _named(path: Path, root: int) -> RecordFile:
    stem = path.stem.lower()
    for id, system in CODE_SYSTEMS.items():
        if stem.startswith(f"{id}-"):
            return RecordFile(path, root, normalise_code(stem.removeprefix(f"{id}-")), system)
    return RecordFile(path, root, normalise_code(stem), None)


def _system(code_system: CodeSystem | str | None) -> CodeSystem | None:
    if code_system is None or isinstance(code_system, CodeSystem):
        return code_system
    try:
        return CodeSystem.parse(code_system)
    except ValueError as error:
        message, hint = error.args
        raise refuse("unknown-code-system", message, None, hint) from None


def _open(file: RecordFile, findings: Findings) -> _Opened | None:
    """A file with what tells its record from others; the rest of it stays unbound."""
    try:
        node = read_file(file.path)
    except DocgenError as error:
        findings.extend(error.diagnostics)
        return None
    system = CODE_SYSTEMS.get(_word(node, "code_system").lower())
    code = _word(node, "code")
    if system is None or not code:
        findings.extend(_faults(node))
        return None
    entry = RecordEntry(system, canonical_code(code, system), _word(node, "title"), file.path)
    return _Opened(file, node, entry)


def _faults(node: Node) -> tuple[Diagnostic, ...]:
    try:
        record_of(node)
    except DocgenError as error:
        return error.diagnostics
    raise AssertionError("a record without code or code system was bound")


def _word(node: Node, key: str) -> str:
    value = node.get(key) if isinstance(node, Mapping) else None
    return value.value if isinstance(value, Scalar) else ""


def _winners(opened: Iterable[_Opened], findings: Findings) -> list[_Opened]:
    """The files that earlier folders do not hide; of two in one folder, findings tell."""
    winners: dict[tuple[CodeSystem, str], _Opened] = {}
    for one in opened:
        first = winners.setdefault((one.entry.system, normalise_code(one.entry.code)), one)
        if first is not one and first.file.root == one.file.root:
            _tell_duplicate(one, first.file, findings)
    return list(winners.values())


def _record(opened: _Opened) -> ProcedureRecord:
    """Binds an opened file, and holds its name against its content."""
    findings = Findings()
    file, entry = opened.file, opened.entry
    misnamed = file.code != normalise_code(entry.code) or file.system not in (None, entry.system)
    if misnamed and is_well_formed(entry.code, entry.system):
        findings.error(
            "misnamed-record",
            f"this record is of {entry.system.name} {entry.code}, but its file is named "
            f"'{file.path.name}'",
            place_of(opened.node, "code"),
            f"rename the file to {entry.code}{file.path.suffix}; {_NAMING}",
        )
    try:
        record = record_of(opened.node)
    except DocgenError as error:
        findings.extend(error.diagnostics)
        raise DocgenError(findings.diagnostics) from None
    findings.raise_if_any()
    return record


def _tell_duplicate(opened: _Opened, first: RecordFile, findings: Findings) -> None:
    entry = opened.entry
    findings.error(
        "duplicate-record",
        f"{entry.system.name} {entry.code} has a record already: {display_path(first.path)}",
        Span(display_path(entry.path), 1, 1),
        "keep one of the two files",
    )


def _ambiguous(code: str, chosen: list[_Opened]) -> DocgenError:
    files = ", ".join(display_path(one.file.path) for one in chosen)
    choices = " or ".join(f"--code-system {one.entry.system.id}" for one in chosen)
    return refuse(
        "ambiguous-code",
        f"several code systems have a record of the code '{code}': {files}",
        hint=f"say which you mean: {choices}",
    )


def _order(entry: RecordEntry) -> tuple[int, str]:
    return list(CODE_SYSTEMS).index(entry.system.id), entry.code
