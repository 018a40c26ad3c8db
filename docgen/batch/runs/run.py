"""A run: every row planned, made or rejected, and each of them accounted for."""

from collections.abc import Callable, Iterable, Iterator, Set
from functools import cached_property
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from docgen.batch.journal.journal import (
    DOCUMENTS,
    Journal,
    KeptDocument,
    KitFacts,
    KitKey,
    PlannedDocument,
)
from docgen.batch.plan.ordering import Numbering, RowNumbers
from docgen.batch.plan.packets import Planned, PlannedSheet
from docgen.batch.plan.sources import RowSource
from docgen.batch.plan.tasks import (
    MadeSheet,
    Outcome,
    PacketMade,
    PacketRejected,
    PacketTask,
    TaskExecutor,
)
from docgen.diagnostics import Diagnostic, Findings, Span, refuse
from docgen.worklist import WorklistRow


class Watcher(Protocol):
    """Who is told how a run goes on."""

    def read(self) -> None:
        """A row was read."""

    def made(self) -> None:
        """A packet is done."""

    def rejected(self, diagnostics: Iterable[Diagnostic]) -> None:
        """A row has no packet."""

    def told(self, warnings: Iterable[Diagnostic]) -> None:
        """Something is to be said of packets that are made all the same."""


class _UnderWay(Struct, frozen=True):
    """A packet that workers have."""

    span: Span | None
    files: tuple[str, ...]
    before: tuple[KeptDocument, ...] | None
    """The documents as they were, where it is made again: it must give the same bytes."""


class Run:
    """A run in its folder, whose lock its owner holds."""

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        opened: Callable[[], RowSource],
        warnings: tuple[Diagnostic, ...] = (),
    ) -> None:
        """``opened`` gives the source, when it is needed: what is made can be printed without."""
        self.folder = folder
        self.journal = journal
        self.warnings = warnings
        """What is to be said before the run is worked at."""
        self._opened = opened
        self.rows_read = 0
        self._under_way: dict[int, _UnderWay] = {}
        self._numbering = Numbering()
        self._unlike = Findings()
        self._resumed = journal.counts().rows > 0

    @cached_property
    def source(self) -> RowSource:
        """What the run goes through. Raises DocgenError where it is not what it was."""
        return self._opened()

    @property
    def documents(self) -> Path:
        """Where the PDFs are."""
        return self.folder / DOCUMENTS

    def work(self, executor: TaskExecutor, watcher: Watcher, only: Set[int] | None = None) -> None:
        """Makes what is not made yet; of some rows only, where they are named.

        Raises DocgenError where a record or layout is no longer what it was earlier in the run,
        and where a document that was lost cannot be made as it was.
        """
        self.rows_read = 0
        for outcome in executor.outcomes(self._tasks(watcher, only)):
            self._settle(outcome, watcher)
        if only is None:
            self.journal.rank(self._numbering.ranks())
        self.journal.commit()
        if self._under_way:
            raise RuntimeError(f"{len(self._under_way)} packets had no outcome")
        self._unlike.raise_if_any()

    def _tasks(self, watcher: Watcher, only: Set[int] | None) -> Iterator[PacketTask]:
        last = 0
        for row in self.source.rows:
            if row.number <= last:
                raise RuntimeError(f"the worklist counts row {row.number} after row {last}")
            last = row.number
            self.rows_read += 1
            watcher.read()
            # Those that are made as well: a row keeps its numbers when the run is gone on with.
            numbers = self._numbering.of(row.entry)
            if only is not None and row.number not in only:
                continue
            state = self.journal.state(row.number) if self._resumed else None
            if state in ("made", "rejected"):
                continue
            task = self._task_of_row(row, numbers, watcher, again=state == "again")
            if task is not None:
                yield task

    def _task_of_row(
        self, row: WorklistRow, numbers: RowNumbers, watcher: Watcher, *, again: bool
    ) -> PacketTask | None:
        planned = self.source.plan(row)
        documents = tuple(self._documents(row, planned))
        copies = row.entry.copies if row.entry else 1
        digest = self.journal.row_digest(row.cells)
        self.journal.plan(row.number, digest, numbers, copies, documents)
        if planned.task is None:
            self._reject(row.number, row.span, planned.problems, watcher, again=again)
            return None
        if planned.problems:
            watcher.told(planned.problems)
        before = tuple(self.journal.documents(row.number)) if again else None
        files = tuple(sheet.file for sheet in planned.task.sheets)
        self._under_way[row.number] = _UnderWay(row.span, files, before)
        return planned.task

    def _documents(self, row: WorklistRow, planned: Planned) -> Iterator[PlannedDocument]:
        if planned.task is None:
            return
        asked = self.journal.token(row.entry.language if row.entry else None)
        sheets: dict[int, list[PlannedSheet]] = {}
        for sheet in planned.sheets:
            sheets.setdefault(sheet.document, []).append(sheet)
        for document, task in enumerate(planned.task.sheets):
            same = sheets[document]
            codes = " ".join(dict.fromkeys(f"{one.code_system}:{one.code}" for one in same))
            kit = self._kit(same[0], asked, row.number)
            ends = min((one.days.ends for one in same if one.days and one.days.ends), default=None)
            state = next((one.state for one in same if one.state), None)
            yield PlannedDocument(document + 1, kit, codes, task.file, ends, state)

    def _kit(self, sheet: PlannedSheet, asked: str, row: int) -> int:
        """The number of a kit. Raises DocgenError where it is not what it was earlier."""
        key, kit = kit_key(sheet, asked), sheet.kit
        number = self.journal.kit_id(key)
        if number is None:
            facts = KitFacts(
                kit.kit.digest,
                kit.audience,
                kit.record_version,
                kit.layout_version,
                kit.files,
                kit.is_sample,
            )
            return self.journal.add_kit(key, facts, row)
        if self.journal.kit_digest(key) != kit.kit.digest:
            raise input_changed([key])
        return number

    def _settle(self, outcome: Outcome, watcher: Watcher) -> None:
        packet = self._under_way.pop(outcome.row)
        if isinstance(outcome, PacketMade):
            self._enter_made(outcome, packet)
            watcher.made()
            return
        self._remove(packet.files)
        reason = Diagnostic(outcome.rule, _reason(outcome, packet), packet.span)
        again = packet.before is not None
        self._reject(outcome.row, packet.span, (reason,), watcher, again=again)

    def _enter_made(self, outcome: PacketMade, packet: _UnderWay) -> None:
        if tuple(sheet.file for sheet in outcome.sheets) != packet.files:
            raise RuntimeError(f"row {outcome.row} came back with other documents than it needs")
        if packet.before is not None and not _alike(packet.before, outcome.sheets):
            self._tell_unlike(outcome.row, packet.span)
            return
        self.journal.made(outcome.row, enumerate(outcome.sheets, 1))

    def _reject(
        self,
        row: int,
        span: Span | None,
        problems: tuple[Diagnostic, ...],
        watcher: Watcher,
        *,
        again: bool,
    ) -> None:
        errors = [problem for problem in problems if problem.severity == "error"]
        watcher.rejected((*problems, *_naming_row(errors, span)))
        if again:
            self._tell_unlike(row, errors[0].span)
            return
        reasons = "; ".join(_sentence(error, span) for error in errors)
        self.journal.rejected(row, errors[0].rule, reasons)

    def _tell_unlike(self, row: int, span: Span | None) -> None:
        self._unlike.error(
            "document-differs",
            f"the lost documents of row {row} cannot be made as they were",
            span,
            "something that they are made of has changed since: run the row in another folder",
        )

    def _remove(self, files: Iterable[str]) -> None:
        """Nothing is kept of a packet that was rejected, not even from before a crash."""
        for file in files:
            (self.documents / file).unlink(missing_ok=True)


def kit_key(sheet: PlannedSheet, asked: str) -> KitKey:
    """What the journal knows a sheet's kit by; ``asked`` is the journal's token of the language
    that its row asks for."""
    kit = sheet.kit
    return KitKey(
        kit.code_system,
        kit.code,
        kit.layout,
        kit.language,
        kit.large_print,
        kit.first_in_packet,
        asked,
    )


def input_changed(keys: Iterable[KitKey]) -> Exception:
    """The refusal to mix sheets of two states of a record or layout in one run."""
    names = sorted({f"{key.code_system} {key.code} in {key.layout}" for key in keys})
    return refuse(
        "input-changed",
        f"records or layouts have changed since the run began: {', '.join(names)}",
        hint="put them back as they were, or run the worklist in another folder with --output",
    )


def _reason(outcome: PacketRejected, packet: _UnderWay) -> str:
    if outcome.sheet is None:
        return outcome.reason
    return f"{outcome.reason} ({packet.files[outcome.sheet].rpartition('/')[2]})"


def _naming_row(errors: Iterable[Diagnostic], row: Span | None) -> Iterator[Diagnostic]:
    """Says which row is rejected, where its errors are in other files: many rows may share them."""
    places = [error.span for error in errors]
    if row is None or any(place and place.path == row.path for place in places):
        return
    cause = f": see {places[0]}" if places[0] else ""
    yield Diagnostic("row-rejected", f"this row has no packet{cause}", row)


def _sentence(problem: Diagnostic, row: Span | None) -> str:
    """A reason with the place in the worklist, and that of the record or layout at fault."""
    span = problem.span
    at = [row, span] if row and span and span.path != row.path else [span or row]
    places = "".join(f"{_place_by_file_name(place)}: " for place in at if place)
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{places}{problem.message}{hint}"


def _place_by_file_name(place: Span) -> str:
    """A place whose file is told by its name alone, so that a run may move."""
    return str(Span(Path(place.path).name, place.line, place.column))


def _alike(before: Iterable[KeptDocument], sheets: Iterable[MadeSheet]) -> bool:
    kept = [(one.file, one.sha256) for one in before]
    return kept == [(sheet.file, sheet.sha256) for sheet in sheets]
