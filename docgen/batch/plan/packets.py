"""Packets: which sheets a patient's visit needs, and what each of them is made from.

What a row asks for and nobody knows, a code, a layout or a language, may be a patient's name in the
wrong column: it is told by its place.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from docgen.batch.plan.kits import Kit, Sheet, made_kit
from docgen.batch.plan.tasks import PacketTask, SheetTask
from docgen.code_systems import CODE_SYSTEMS
from docgen.compose.visit_checks import check_visit
from docgen.delivery import file_name
from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span, refuse, some_of
from docgen.records import (
    NAMING,
    CodeDays,
    CodeState,
    ProcedureRecord,
    UnknownCodeError,
    check_code_days,
    refuse_sample,
)
from docgen.sheets import RenderOptions, SheetMaker
from docgen.worklist import Entry, ListedCode, WorklistRow, is_known_language, looks_like_code

_RECORDS_KEPT = 512
_KITS_KEPT = 128
_IN_FOLDER = 1000
"""Rows whose documents share a folder."""

_Order = tuple[tuple[tuple[str | None, str], ...], tuple[str, ...] | None, str | None, bool | None]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class PlanOptions(Struct, frozen=True, kw_only=True):
    """What holds for all packets of a run whose rows do not say otherwise."""

    layouts: tuple[str, ...] | None = None
    language: str | None = None
    fallback_language: str | None = None
    large_print: bool = False
    created: datetime | None = None
    samples: bool = False
    """Whether sample records that come with docgen enter packets of patients."""


class PlannedSheet(Struct, frozen=True):
    """What a patient gets for one code in one layout."""

    code_system: str
    code: str
    kit: Kit
    document: int
    """Which document of the packet it is, counted from 0: two codes may share one handout."""
    days: CodeDays | None = None
    """On which days the code may be used, where a code table names any."""
    state: CodeState | None = None
    """What is wrong with the code on the day of the visit."""


class Planned(Struct, frozen=True):
    """One row as a packet, or why there is none."""

    row: int
    task: PacketTask | None
    sheets: tuple[PlannedSheet, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    """Errors where there is no task; warnings are told with the first packet that they are of."""


class _Wanted(NamedTuple):
    """A sheet that a code needs."""

    record: ProcedureRecord
    source: ProcedureRecord
    """The record that it is made from: two codes may share a handout."""
    layout: str
    place: Span | None
    """Where the code stands."""


class Planner:
    """Plans packets from rows; records are read and sheets composed once, as long as they are kept.

    A refusal is kept as well: ten thousand rows with one unknown code read no file twice.
    """

    def __init__(self, project: SheetMaker, options: PlanOptions) -> None:
        self._project = project
        self._options = options
        self._records = _Made[tuple[str | None, str], ProcedureRecord](_RECORDS_KEPT)
        self._kits = _Made[tuple[str, str, str, RenderOptions, bool], Kit](_KITS_KEPT)
        self._plans = _Kept[_Order, list[PlannedSheet]](_KITS_KEPT)
        self._told: set[Diagnostic] = set()

    def planned(self, row: WorklistRow) -> Planned:
        """The packet of a row; where there is none, its problems say why."""
        if row.entry is None:
            return Planned(row.number, None, problems=row.problems)
        findings = Findings()
        findings.extend(row.problems)
        try:
            return self._packet(row, row.entry, findings)
        except DocgenError as error:
            return Planned(row.number, None, problems=error.diagnostics)

    def sheet(self, row: int, code: ListedCode) -> Planned:
        """The sheets of one code of a library, for no patient."""
        findings = Findings()
        try:
            record = self._record_of_list(code)
            wanted = [
                _Wanted(record, record, layout, code.span) for layout in self._layouts(None, None)
            ]
            sheets = self._sheets(wanted, None, findings)
            return self._planned_packet(row, None, sheets, findings, code.span)
        except DocgenError as error:
            return Planned(row, None, problems=error.diagnostics)

    def _packet(self, row: WorklistRow, entry: Entry, findings: Findings) -> Planned:
        sheets = self._plans.get(_order_of(entry))
        if sheets is None:
            sheets = self._planned_sheets(row, entry, findings)
            self._plans.keep(_order_of(entry), sheets)
        return self._planned_packet(row.number, entry, sheets, findings, row.span)

    def _planned_sheets(
        self, row: WorklistRow, entry: Entry, findings: Findings
    ) -> list[PlannedSheet]:
        records: list[tuple[ProcedureRecord, Span | None]] = []
        for number, code in enumerate(entry.codes, 1):
            try:
                records.append((self._record(code), code.span or row.span))
            except UnknownCodeError as error:
                which = f"code {number} of {len(entry.codes)}"
                told = _unknown_code(error, code, which if len(entry.codes) > 1 else "this code")
                findings.extend([told])
            except DocgenError as error:
                findings.extend(error.diagnostics)
        layouts = self._layouts(entry.layouts, row.span)
        findings.raise_if_any()
        wanted = self._wanted_sheets(records, layouts)
        self._refuse_samples(wanted, findings)
        return self._sheets(wanted, entry, findings)

    def _wanted_sheets(
        self, records: list[tuple[ProcedureRecord, Span | None]], layouts: tuple[str, ...]
    ) -> list[_Wanted]:
        """What each code needs: handouts first, then the rest."""
        for_patients = [layout for layout in layouts if self._audience(layout) == "patients"]
        others = [layout for layout in layouts if layout not in for_patients]
        handouts = [
            _Wanted(record, self._project.records.handout_record(record), layout, place)
            for record, place in records
            for layout in for_patients
        ]
        return handouts + [
            _Wanted(record, record, layout, place) for record, place in records for layout in others
        ]

    def _refuse_samples(self, wanted: list[_Wanted], findings: Findings) -> None:
        """Tells of sheets for a patient that would be made from samples, each once."""
        if self._options.samples:
            return
        for one in wanted:
            if self._project.fitness.is_sample(one.source):
                refuse_sample(one.source, one.place, findings)
        findings.raise_if_any()

    def _sheets(
        self, wanted: list[_Wanted], entry: Entry | None, findings: Findings
    ) -> list[PlannedSheet]:
        documents: dict[tuple[str, str, str], int] = {}
        begun: set[str] = set()
        sheets: list[PlannedSheet] = []
        for record, source, layout, place in wanted:
            audience = self._audience(layout)
            options = self._sheet_options(entry, audience)
            key = (source.code_system.id, source.code, layout)
            is_new = key not in documents
            first = audience not in begun if is_new else False
            if is_new:
                documents[key] = len(documents)
                kit = self._kit(Sheet(source, layout, options, first), place, findings)
                begun.add(audience)
            else:
                kit = next((one.kit for one in sheets if one.document == documents[key]), None)
            if kit is not None:
                system, days = record.code_system.id, record.code_days
                sheets.append(PlannedSheet(system, record.code, kit, documents[key], days))
        findings.raise_if_any()
        return _each_once(sheets)

    def _planned_packet(
        self,
        row: int,
        entry: Entry | None,
        sheets: list[PlannedSheet],
        findings: Findings,
        span: Span | None = None,
    ) -> Planned:
        kits = list({sheet.document: sheet.kit for sheet in sheets}.values())
        if any(sheet.days for sheet in sheets):
            sheets = self._judged(sheets, entry, span, findings)
        if entry is not None:
            for kit in kits:
                check_visit(kit.kit.document, entry.visit, span, findings)
        findings.raise_if_any()
        tasks = tuple(
            SheetTask(kit.kit, _file(row, number, kit)) for number, kit in enumerate(kits, 1)
        )
        visit = entry.visit if entry else None
        told = (*findings.diagnostics, *self._new_warnings(kits))
        return Planned(row, PacketTask(row, visit, tasks), tuple(sheets), told)

    def _judged(
        self,
        sheets: list[PlannedSheet],
        entry: Entry | None,
        span: Span | None,
        findings: Findings,
    ) -> list[PlannedSheet]:
        """The sheets with what is wrong with their codes on the day of the visit.

        Without a visit, or where its day is not known, the date of making counts. What is printed
        is the same on any day: it says when a code ends, and is composed once for all patients.
        """
        visited = _day_of(entry.visit.appointment) if entry else None
        made = _day_of(self._options.created)
        day = visited or made
        for (system, code), days in {
            (one.code_system, one.code): one.days for one in sheets
        }.items():
            check_code_days(
                f"{CODE_SYSTEMS[system].name} {code}",
                days,
                day,
                findings,
                refused=self._project.fitness.refuses_ended_codes,
                row=span,
                is_visit=visited is not None,
            )
        return [replace(one, state=one.days.state(day)) if one.days else one for one in sheets]

    def _new_warnings(self, kits: list[Kit]) -> tuple[Diagnostic, ...]:
        new = [told for kit in kits for told in kit.warnings if told not in self._told]
        self._told.update(new)
        return tuple(dict.fromkeys(new))

    def _record(self, code: ListedCode) -> ProcedureRecord:
        """Raises DocgenError at the place of the code; UnknownCodeError has none."""
        key = (code.code_system, code.code)
        find = self._project.records.find_listed
        try:
            return self._records.of(key, lambda: find(code.code, code.code_system))
        except UnknownCodeError:
            raise
        except DocgenError as error:
            raise _at(code.span, error) from error

    def _record_of_list(self, code: ListedCode) -> ProcedureRecord:
        """A list of codes has no patients, so that what looks like a code is repeated; a worklist
        that is named in its place has other lines."""
        if code.code_system is not None and code.code_system.lower() not in CODE_SYSTEMS:
            raise refuse(
                "unknown-code-system",
                "this line names a code system that is not known",
                code.span,
                f"write one of {', '.join(CODE_SYSTEMS)} before the colon",
            )
        try:
            return self._record(code)
        except UnknownCodeError as error:
            if not looks_like_code(code.code):
                raise DocgenError([_unknown_code(error, code, "this code")]) from None
        try:
            return self._project.records.find(code.code, code.code_system)
        except DocgenError as error:
            raise _at(code.span, error) from error

    def _kit(self, sheet: Sheet, place: Span | None, findings: Findings) -> Kit | None:
        system = sheet.record.code_system.id
        key = (system, sheet.record.code, sheet.layout, sheet.options, sheet.first_in_packet)
        try:
            return self._kits.of(key, lambda: made_kit(self._project, sheet))
        except DocgenError as error:
            language = sheet.options.language
            if language and language != self._options.language and not is_known_language(language):
                findings.error(
                    "missing-translation",
                    "not all of a sheet is there in the language that this row asks for",
                    place,
                    "translate it, or print it in another language with --fallback-language",
                )
            else:
                findings.extend(error.diagnostics)
            return None

    def _layouts(self, named: tuple[str, ...] | None, span: Span | None) -> tuple[str, ...]:
        layouts = named or self._options.layouts or self._project.default_layouts
        known = [file.name for file in self._project.layouts.list()] if named else []
        for number, layout in enumerate(named or (), 1):
            if layout not in known:
                which = f"the layout number {number}" if len(named or ()) > 1 else "the layout"
                raise refuse(
                    "unknown-layout",
                    f"{which} that this row asks for is not known",
                    span,
                    f"the layouts are {some_of(known)}",
                )
        return tuple(dict.fromkeys(layouts))

    def _audience(self, layout: str) -> str:
        return self._project.layout(layout, self._clinicians).loaded.layout.audience

    @property
    def _clinicians(self) -> RenderOptions:
        """Clinicians read the organization's language, in ordinary print."""
        options = self._options
        return RenderOptions(created=options.created, fallback_language=options.fallback_language)

    def _sheet_options(self, entry: Entry | None, audience: str) -> RenderOptions:
        if audience != "patients":
            return self._clinicians
        options = self._options
        large_print = entry.large_print if entry else None
        return RenderOptions(
            large_print=options.large_print if large_print is None else large_print,
            created=options.created,
            language=(entry.language if entry else None) or options.language,
            fallback_language=options.fallback_language,
        )


class _Kept(Generic[K, V]):
    """What was used last, for a bounded number of keys."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        if key not in self._known:
            return None
        self._known.move_to_end(key)
        return self._known[key]

    def keep(self, key: K, value: V) -> None:
        if len(self._known) >= self._most:
            self._known.popitem(last=False)
        self._known[key] = value


class _Made(_Kept[K, V | DocgenError]):
    """What was made, or why it could not be."""

    def of(self, key: K, make: Callable[[], V]) -> V:
        known = self.get(key)
        if known is None:
            known = _attempt(make)
            self.keep(key, known)
        if isinstance(known, DocgenError):
            raise known.with_traceback(None)
        return known


def _day_of(moment: datetime | date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _attempt(make: Callable[[], V]) -> V | DocgenError:
    try:
        return make()
    except DocgenError as error:
        return error


def _unknown_code(error: UnknownCodeError, code: ListedCode, which: str) -> Diagnostic:
    message, hint = f"there is no record of {which}", f"correct it, or write its record; {NAMING}"
    if error.elsewhere and code.code_system:
        message += f" in {CODE_SYSTEMS[code.code_system.lower()].name}"
        hint = f"there is one in {error.elsewhere.name}"
    return Diagnostic("unknown-code", message, code.span, hint)


def _order_of(entry: Entry) -> _Order:
    """What the sheets of a packet depend on."""
    codes = tuple((code.code_system, code.code) for code in entry.codes)
    return codes, entry.layouts, entry.language, entry.large_print


def _each_once(sheets: list[PlannedSheet]) -> list[PlannedSheet]:
    """A code that is listed twice is one code."""
    seen = {(one.code_system, one.code, one.kit.layout): one for one in reversed(sheets)}
    return [one for one in sheets if seen[one.code_system, one.code, one.kit.layout] is one]


def _at(span: Span | None, error: DocgenError) -> DocgenError:
    """The same refusals, at the place that asks for what they refuse where they have none."""
    return DocgenError(
        [
            Diagnostic(told.rule, told.message, told.span or span, told.hint, told.severity)
            for told in error.diagnostics
        ]
    )


def _file(row: int, number: int, kit: Kit) -> str:
    name = file_name(kit.code_system, kit.code, kit.layout)
    return f"{row // _IN_FOLDER:03}/{row:06}-{number}-{name}"
