"""The cells of a row to the entry that they make."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from docgen.columns import ColumnsOfFields
from docgen.diagnostics import Diagnostic, Findings, Span
from docgen.worklist.columns.column_map import WorklistMap
from docgen.worklist.columns.fields import REQUIRED, USUAL
from docgen.worklist.entries import Entry, LeftOut, entry_of
from docgen.worklist.rows.cells import readers_of
from docgen.worklist.rows.status_reading import StatusReader
from docgen.worklist.values.refusals import RefusedError

Place = Callable[[int], Span]
"""The place of a cell by its column, counted from 0."""

_EMPTY = RefusedError("missing-value", "is empty", "every row needs it")


class RowReader:
    """Reads rows that have the same columns."""

    def __init__(self, columns: ColumnsOfFields, column_map: WorklistMap | None) -> None:
        self.columns = columns
        readers = readers_of(column_map)
        self._read_codes = readers["codes"]
        self._fields = [
            (field, indexes, readers[field])
            for field, indexes in columns.indexes.items()
            if field in USUAL
        ]
        says_status = len(self._fields) < len(columns.indexes)
        self._statuses = StatusReader(columns, column_map) if says_status else None

    def read(
        self, cells: Sequence[str], place: Place
    ) -> tuple[Entry | None, tuple[Diagnostic, ...]] | LeftOut:
        """The entry of a row; or None, and all that stands against it; or why it is left out.

        A row that is left out may say anything else: a blocked slot has no patient.
        """
        findings = Findings()
        left_out = self._statuses.read(cells, place, findings) if self._statuses else None
        if left_out is not None:
            return left_out
        values: dict[str, Any] = {}
        for field, indexes, read in self._fields:
            text = cells[indexes[0]].strip() if len(indexes) == 1 else _joined(cells, indexes)
            try:
                if text:
                    values[field] = read(text)
            except RefusedError as refusal:
                self._tell_refusal(field, refusal, place, findings)
            if not text and field in REQUIRED:
                self._tell_refusal(field, _EMPTY, place, findings)
        self._check_dates(values, place, findings)
        if findings:
            return None, findings.diagnostics
        span = place(self.columns.indexes["codes"][0])
        values["codes"] = tuple(replace(code, span=span) for code in values["codes"])
        return entry_of(values), ()

    def resembles(self, cells: Sequence[str]) -> bool:
        """Whether cells are likely those of a row: a name, and where codes belong, some or none."""
        name, codes = (_joined(cells, self.columns.indexes[field]) for field in REQUIRED)
        return bool(name) and not self._are_codes(name) and (not codes or self._are_codes(codes))

    def _are_codes(self, text: str) -> bool:
        try:
            self._read_codes(text)
        except RefusedError:
            return False
        return True

    def _check_dates(self, values: dict[str, Any], place: Place, findings: Findings) -> None:
        birth, moment = values.get("birth_date"), values.get("appointment_time")
        if birth is None or moment is None or birth <= _day_of_moment(moment):
            return
        refusal = RefusedError(
            "bad-date",
            "is a day after the appointment",
            "are the columns, or day, month and year, in the order that is meant?",
        )
        self._tell_refusal("birth_date", refusal, place, findings)

    def _tell_refusal(
        self, field: str, refusal: RefusedError, place: Place, findings: Findings
    ) -> None:
        span = place(self.columns.indexes[field][0])
        message = f"{self.columns.heading(field)} {refusal.sentence}"
        findings.error(refusal.rule, message, span, refusal.hint)


def _joined(cells: Sequence[str], indexes: tuple[int, ...]) -> str:
    """The text of a field that several columns may hold."""
    return " ".join(filter(None, (cells[index].strip() for index in indexes)))


def _day_of_moment(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
