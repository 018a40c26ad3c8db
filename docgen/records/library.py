"""The records of some data folders, found by the names of their files.

``records/**/CODE.yaml`` holds the record of a code; where two code systems share a code,
``SYSTEM-CODE.yaml``. So a look-up opens no other record. Earlier folders win over later ones, and
the records of an organization win over all. ``CODE.TAG.yaml`` beside a record translates it, and is
opened only when a language asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from docgen.code_systems import (
    CODE_SYSTEMS,
    CodeSystem,
    asked_system,
    canonical_code,
    normalise_code,
)
from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span, did_you_mean, quoted, refuse
from docgen.records.candidates import (
    EXTENDS,
    NAMING,
    Candidate,
    RecordEntry,
    UnknownCodeError,
    ambiguous,
    check_name,
    is_override,
    key_of,
    winners_of,
)
from docgen.records.code_tables import FOLDER as TABLES
from docgen.records.code_tables import CodeTables, FoundRow, days_of_rows
from docgen.records.files import RECORDS, RecordFile, RecordFiles
from docgen.records.reading import lines_told, record_of
from docgen.records.record import ProcedureRecord
from docgen.records.translations import is_translation, refuse_name
from docgen.records.versions import RecordVersions, versions_of
from docgen.source import MappingNode, Node, bind, display_path, place_of, read_file, word_of

if TYPE_CHECKING:
    from docgen.records.code_days import CodeDays
    from docgen.records.overriding import Adaptation


class OrganizationRecords(Struct, frozen=True):
    """The records of an organization: its own, and what it changes of others."""

    folder: Path
    """The organization's folder; its records lie in ``records/``."""
    name: str
    """As its patients know it."""
    language: str | None = None
    """Language (BCP 47) of its texts; None is that of each record."""


class RecordLibrary:
    """The records of some data folders, each with its records in ``records/``.

    A code without a record has the row of a code table in ``tables/``, if there is one.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        organizations: Sequence[OrganizationRecords] = (),
        declared: Mapping[Path, Span] | None = None,
    ) -> None:
        """``organizations`` are a chain, the topmost parent first; the last one's records win.

        In the folders that are ``declared`` to have records, by the place that says so, there must
        be some.
        """
        self._organizations = tuple(reversed(organizations))
        own = (organization.folder for organization in self._organizations)
        data = (*own, *folders)
        self._folders = tuple(folder / RECORDS for folder in data)
        self.tables = CodeTables(data)
        self._files = RecordFiles(
            self._folders,
            organizations=len(self._organizations),
            declared={folder / RECORDS: span for folder, span in (declared or {}).items()},
        )

    @property
    def record_folders(self) -> tuple[Path, ...]:
        """The folders of record files; earlier ones win over later ones."""
        return self._folders

    @property
    def table_folders(self) -> tuple[Path, ...]:
        """The folders of code tables; any record wins over them."""
        return tuple(folder.parent / TABLES for folder in self._folders)

    def check_there(self) -> None:
        """Raises DocgenError where a folder cannot be read, or lacks the records that it must have.

        Whoever finds files without the library's help asks this first.
        """
        self._files.check_there()

    def find(self, code: str, code_system: CodeSystem | str | None = None) -> ProcedureRecord:
        """The record of a code, without regard to case and punctuation.

        Raises DocgenError where there is none, where several code systems have the code and none
        is asked for, and with all that is wrong with the record.
        """
        try:
            return self.find_listed(code, code_system)
        except UnknownCodeError as error:
            raise self._unknown(code, asked_system(code_system), error.elsewhere) from None

    def find_versions(
        self, code: str, code_system: CodeSystem | str | None = None
    ) -> RecordVersions:
        """The record of a code in all its languages, each bound only when it is asked for.

        Raises DocgenError where ``find`` finds none, or its file is misnamed.
        """
        try:
            return self._found(code, code_system)
        except UnknownCodeError as error:
            raise self._unknown(code, asked_system(code_system), error.elsewhere) from None

    def find_listed(
        self, code: str, code_system: CodeSystem | str | None = None
    ) -> ProcedureRecord:
        """As ``find``, for a code out of a worklist: one that is not known is never repeated.

        Raises UnknownCodeError for it, and DocgenError as ``find`` does.
        """
        return self._found(code, code_system).own

    def _found(self, code: str, code_system: CodeSystem | str | None) -> RecordVersions:
        """Raises UnknownCodeError where there is none."""
        wanted = asked_system(code_system)
        files = [
            file
            for file in self._files.of_code(normalise_code(code))
            if None in (wanted, file.system) or file.system == wanted
        ]
        findings = Findings()
        opened = [found for file in files if (found := self._open(file, findings))]
        rows = tuple(self.tables.rows(code, findings))
        opened += _titles_only(rows, wanted, opened)
        winners = winners_of(opened, findings)
        findings.raise_if_any()
        chosen = [one for one in winners if wanted in (None, one.entry.system)]
        if not chosen:
            raise UnknownCodeError(next((one.entry.system for one in opened), None))
        if len(chosen) > 1:
            raise ambiguous(chosen)
        return self._versions(chosen[0], opened, days_of_rows(rows, chosen[0].entry.system))

    def near_codes(self, code: str, count: int = 3) -> tuple[str, ...]:
        """Normalised codes that have a record or stand in a table, and are much like a code."""
        from docgen.records.near_codes import near_codes  # noqa: PLC0415 - few codes are unknown

        return near_codes(normalise_code(code), self._known_codes, count)

    @cached_property
    def _known_codes(self) -> Sequence[str]:
        return sorted({*self._files.codes, *self.tables.codes()} - {""})

    def handout_record(self, record: ProcedureRecord) -> ProcedureRecord:
        """The record whose handout patients of a code get: mostly its own.

        Raises DocgenError where the record that it names is not there, or names another in turn.
        """
        named = record.same_handout_as
        if named is None:
            return record
        try:
            shared = self.find(named.code, named.code_system)
        except DocgenError as error:
            raise refuse(
                "no-such-handout",
                f"there is no handout of {named.code_system.name} {named.code} to share",
                named.span,
                error.diagnostics[0].hint,
            ) from error
        if shared.same_handout_as is not None:
            raise refuse(
                "no-such-handout",
                f"{named.code_system.name} {named.code} has no handout of its own either",
                named.span,
                "name the record that the handout is written in",
            )
        return shared

    def list(self, findings: Findings | None = None) -> tuple[RecordEntry, ...]:
        """Every record that can be found, by code system and code; unreadable files are told.

        Without ``findings`` to tell them to, they are raised as DocgenError.
        """
        told = Findings() if findings is None else findings
        winners = winners_of(self._open_all(told), told)
        if findings is None:
            told.raise_if_any()
        return tuple(sorted((one.entry for one in winners), key=lambda entry: entry.order))

    def check(self, languages: Collection[str] | None = None) -> tuple[Diagnostic, ...]:
        """All that is wrong in all files of all folders, misnamed files among it.

        Each record is put into every language that it has a translation for or, where
        ``languages`` (BCP 47) are named, into those of them.
        """
        findings = Findings()
        opened = self._open_all(findings)
        for one in opened:
            if one.override is None:
                self._check_record(one, (), languages, findings)
            else:
                self._check_override(one, opened, languages, findings)
        for root in range(len(self._folders)):
            winners_of((one for one in opened if one.file.root == root), findings)
        self._tell_orphans(findings)
        self.tables.check(findings)
        return findings.diagnostics

    def _open_all(self, findings: Findings) -> tuple[Candidate, ...]:
        files = self._files.records
        return tuple(found for file in files if (found := self._open(file, findings)))

    def _open(self, file: RecordFile, findings: Findings) -> Candidate | None:
        """A file with what tells its record from others; the rest of it stays unbound."""
        try:
            node = read_file(file.path)
            if is_translation(node):
                raise refuse_name(node)
            if isinstance(node, MappingNode) and is_override(node):
                return self._open_override(file, node)
        except DocgenError as error:
            findings.extend(error.diagnostics)
            return None
        system = CODE_SYSTEMS.get(word_of(node, "code_system").lower())
        code = word_of(node, "code")
        if system is None or not code:
            findings.extend(_faults(node))
            return None
        entry = RecordEntry(system, canonical_code(code, system), word_of(node, "title"), file.path)
        return Candidate(file, node, entry)

    def _open_override(self, file: RecordFile, node: MappingNode) -> Candidate:
        if file.root >= len(self._organizations):
            raise refuse(
                "misplaced-override",
                "only an organization changes a record, and this file is not among its records",
                place_of(node, EXTENDS),
                "move it into organizations/ID/records/, or write the whole record here",
            )
        # Few records are changed.
        from docgen.records.overriding import RecordOverride  # noqa: PLC0415
        from docgen.records.pairs import check_override_digests  # noqa: PLC0415

        findings = Findings()
        override = bind(node, RecordOverride, findings)
        if override is None:
            raise DocgenError(findings.diagnostics)
        system = override.code_system
        code = canonical_code(override.extends, system)
        check_name(file, node, RecordEntry(system, code, "", file.path), findings)
        check_override_digests(node, findings)
        findings.raise_if_any()
        return Candidate(file, node, RecordEntry(system, code, "", file.path), override)

    def _versions(
        self, one: Candidate, opened: Iterable[Candidate], days: CodeDays | None = None
    ) -> RecordVersions:
        """The record of an opened file, as those organizations change it that lie above it."""
        if one.override:
            raise self._baseless(one)
        findings = Findings()
        check_name(one.file, one.node, one.entry, findings)
        files = {} if one.in_table else self._files.beside(one.file, one.entry.system)
        try:
            adaptations = self._adaptations(one, opened)
            owner = self._owner(one.file)
            versions = versions_of(one.node, one.file.path, files, adaptations, days, owner=owner)
            if findings:
                versions.own  # noqa: B018 - raises what is wrong besides the name
        except DocgenError as error:
            findings.extend(error.diagnostics)
            raise DocgenError(findings.diagnostics) from None
        findings.raise_if_any()
        return versions

    def _owner(self, file: RecordFile) -> str | None:
        """The id of the organization among whose records a file is."""
        is_own = file.root < len(self._organizations)
        return self._organizations[file.root].folder.name if is_own else None

    def _adaptations(
        self, record: Candidate, opened: Iterable[Candidate]
    ) -> tuple[Adaptation, ...]:
        """What organizations change of a record, the topmost parent first."""
        overrides = [
            one
            for one in opened
            if one.override and key_of(one) == key_of(record) and one.file.root < record.file.root
        ]
        if not overrides:
            return ()
        from docgen.records.overriding import Adaptation  # noqa: PLC0415 - few records have one

        made = []
        for one in sorted(overrides, key=lambda one: -one.file.root):
            assert one.override
            by = self._organizations[one.file.root]
            assert isinstance(one.node, MappingNode)  # nothing else says what it changes
            id = by.folder.name
            made.append(Adaptation(one.override, one.node, one.file.path, by.name, id, by.language))
        return tuple(made)

    def _check_record(
        self,
        one: Candidate,
        opened: Iterable[Candidate],
        languages: Collection[str] | None,
        findings: Findings,
    ) -> None:
        try:
            record = self._versions(one, opened).own
        except DocgenError as error:
            findings.extend(error.diagnostics)
            return
        self._check_shared_handout(record, findings)
        findings.extend(lines_told(record))
        # Who names no languages may still have texts in several, and those may be printed.
        wanted = languages if record.adapted_by else languages or None
        for tag in record.translated_into:
            if wanted is None or tag in wanted:
                findings.extend(lines_told(record.in_language(tag, findings)))
        assert isinstance(record.versions, RecordVersions)
        record.versions.check_changes(languages or None, findings)

    def _check_shared_handout(self, record: ProcedureRecord, findings: Findings) -> None:
        try:
            self.handout_record(record)
        except DocgenError as error:
            findings.extend(error.diagnostics)

    def _check_override(
        self,
        one: Candidate,
        opened: Sequence[Candidate],
        languages: Collection[str] | None,
        findings: Findings,
    ) -> None:
        """An override with the record that it changes, as its organization prints it."""
        above = [other for other in opened if other.file.root >= one.file.root]
        bases = [other for other in above if key_of(other) == key_of(one)]
        rows = self.tables.rows(one.entry.code, findings)
        above += _titles_only(rows, one.entry.system, bases)
        bases = [other for other in winners_of(above, Findings()) if key_of(other) == key_of(one)]
        self._check_record(bases[0], above, languages, findings)

    def _tell_orphans(self, findings: Findings) -> None:
        for file in self._files.translations:
            if not self._files.translated_by(file):
                findings.error(
                    "orphaned-translation",
                    f"there is no record of {file.code} beside this translation",
                    Span(display_path(file.path), 1, 1),
                    "move it beside its record, and name it as that is named: where several "
                    "systems share a code, SYSTEM-CODE.TAG.yaml",
                )

    def _baseless(self, one: Candidate) -> DocgenError:
        entry = one.entry
        known = (file.code for file in self._files.records if file.root >= one.file.root)
        others = [code for code in known if code != normalise_code(entry.code)]
        return refuse(
            "unknown-code",
            f"there is no record of {entry.system.name} {entry.code} that could be changed",
            place_of(one.node, EXTENDS),
            did_you_mean(entry.code, others)
            or "write a whole record of your own, with 'code' in the place of 'extends'",
        )

    def _unknown(
        self, code: str, wanted: CodeSystem | None, elsewhere: CodeSystem | None
    ) -> DocgenError:
        if wanted and elsewhere:
            return refuse(
                "unknown-code",
                f"there is no record of the code {quoted(code)} in {wanted.name}",
                hint=f"there is one with --code-system {elsewhere.id}",
            )
        near = self.near_codes(code)
        folders = ", ".join(display_path(folder) for folder in self._folders)
        hint = f"known codes like it: {', '.join(near)}" if near else f"looked in {folders}"
        if not near and not any(character.isdigit() for character in code):
            hint = f"docgen search finds codes by words; {hint}"
        return refuse(
            "unknown-code",
            f"there is no record of the code {quoted(code)}",
            hint=f"{hint}; {NAMING}",
        )


def _titles_only(
    rows: Iterable[FoundRow], wanted: CodeSystem | None, opened: Sequence[Candidate]
) -> Iterator[Candidate]:
    """The rows of a code in the tables of systems in which it has no record."""
    recorded = {one.entry.system for one in opened if not one.override}
    for root, table, row in rows:
        if table.system not in recorded and wanted in (None, table.system):
            file = RecordFile(table.path, root, row.code, table.system)
            entry = RecordEntry(table.system, row.code, row.title, table.path)
            yield Candidate(file, table.node(row), entry, in_table=True)


def _faults(node: Node) -> tuple[Diagnostic, ...]:
    try:
        record_of(node)
    except DocgenError as error:
        return error.diagnostics
    raise AssertionError("a record without code or code system was bound")
