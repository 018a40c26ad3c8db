"""Files that may hold the record of a code, and which of them does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from docgen.code_systems import CODE_SYSTEMS, CodeSystem, is_well_formed, normalise_code
from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span, refuse, some_of
from docgen.records.code_days import CodeDays
from docgen.records.files import RecordFile
from docgen.source import MappingNode, Node, display_path, place_of

if TYPE_CHECKING:
    from docgen.records.overriding import RecordOverride

EXTENDS = "extends"
NAMING = "a record is found by its file's name: CODE.yaml, or SYSTEM-CODE.yaml"


class UnknownCodeError(DocgenError):
    """There is no record of a code. It is not repeated: in a worklist, a name may stand for it."""

    def __init__(self, elsewhere: CodeSystem | None) -> None:
        """``elsewhere`` is a code system that has the code, where another one was asked for."""
        super().__init__([Diagnostic("unknown-code", "there is no record of this code")])
        self.elsewhere = elsewhere


class RecordEntry(Struct, frozen=True):
    """A line of the list of records."""

    system: CodeSystem
    code: str
    title: str
    path: Path
    days: CodeDays | None = None
    """On which days the code may be used, where a code table names any and was asked."""

    @property
    def order(self) -> tuple[int, str]:
        """What a list is sorted by."""
        return list(CODE_SYSTEMS).index(self.system.id), self.code


class Candidate(Struct, frozen=True, eq=False):
    """A file with what tells its record from others, or a row of a code table."""

    file: RecordFile
    node: Node
    entry: RecordEntry
    override: RecordOverride | None = None
    in_table: bool = False
    """Whether it is a row of a code table, and no file of its own."""


def key_of(one: Candidate) -> tuple[CodeSystem, str]:
    return one.entry.system, normalise_code(one.entry.code)


def winners_of(opened: Iterable[Candidate], findings: Findings) -> list[Candidate]:
    """The records that earlier folders do not hide; of two in one folder, findings tell.

    An override stands for its record only where there is none.
    """
    files = list(opened)
    first_of: dict[tuple[int, CodeSystem, str], Candidate] = {}
    for one in files:
        first = first_of.setdefault((one.file.root, *key_of(one)), one)
        if first is not one:
            _tell_duplicate(one, first.file, findings)
    winners: dict[tuple[CodeSystem, str], Candidate] = {}
    for one in sorted(first_of.values(), key=lambda one: one.override is not None):
        winners.setdefault(key_of(one), one)
    return list(winners.values())


def check_name(file: RecordFile, node: Node, entry: RecordEntry, findings: Findings) -> None:
    """Holds a file's name against its content."""
    misnamed = file.code != normalise_code(entry.code) or file.system not in (None, entry.system)
    if misnamed and is_well_formed(entry.code, entry.system):
        findings.error(
            "misnamed-record",
            f"this record is of {entry.system.name} {entry.code}, but its file is named "
            f"'{file.path.name}'",
            place_of(node, EXTENDS if is_override(node) else "code"),
            f"rename the file to {entry.code}{file.path.suffix}; {NAMING}",
        )


def is_override(node: Node) -> bool:
    return isinstance(node, MappingNode) and node.get(EXTENDS) is not None


def _tell_duplicate(opened: Candidate, first: RecordFile, findings: Findings) -> None:
    entry = opened.entry
    findings.error(
        "duplicate-record",
        f"{entry.system.name} {entry.code} has a record already: {display_path(first.path)}",
        Span(display_path(entry.path), 1, 1),
        "keep one of the two files",
    )


def ambiguous(chosen: list[Candidate]) -> DocgenError:
    files = some_of([display_path(one.file.path) for one in chosen])
    choices = " or ".join(f"--code-system {one.entry.system.id}" for one in chosen)
    return refuse(
        "ambiguous-code",
        f"several code systems have a record of the code '{chosen[0].entry.code}': {files}",
        hint=f"say which you mean: {choices}",
    )
