"""Which rows are left out, since their visit does not take place."""

from collections.abc import Callable, Sequence
from typing import cast

from docgen.columns import ColumnsOfFields
from docgen.diagnostics import Findings, Span, quoted
from docgen.worklist.columns.column_map import NAME, WorklistMap, plain_word
from docgen.worklist.columns.fields import CANCELLED, REQUIRED, STATUS
from docgen.worklist.entries import LeftOut
from docgen.worklist.rows.cells import meanings_of_words
from docgen.worklist.values.statuses import TAKES_PLACE, Status, cancellation, status_meant


class StatusReader:
    """Reads the columns of ``status`` and ``cancelled``, each on its own: of several, one that
    says that the visit does not take place is not outvoted."""

    def __init__(self, columns: ColumnsOfFields, column_map: WorklistMap | None) -> None:
        self._headings = columns.headings
        self._statuses = columns.indexes.get(STATUS.column, ())
        self._cancellations = columns.indexes.get(CANCELLED.column, ())
        self._required = [index for field in REQUIRED for index in columns.indexes.get(field, ())]
        self._words = meanings_of_words(column_map, STATUS.column)
        self._marks = meanings_of_words(column_map, CANCELLED.column)

    def read(
        self, cells: Sequence[str], place: Callable[[int], Span], findings: Findings
    ) -> LeftOut | None:
        """Why a row is left out; or None, and what stands against knowing it is told.

        Since any text cancels, a row of which nothing else stands in its place is not left out: one
        that was rejected undivided has all its text in its first cell.
        """
        takes_place: list[int] = []
        reasons: dict[int, Status] = {}
        for index in self._statuses:
            text = cells[index].strip()
            status = self._status(text) if text else None
            if status in TAKES_PLACE:
                takes_place.append(index)
            elif status is not None:
                reasons[index] = status
            elif text:
                findings.error(
                    "unknown-status",
                    f"{quoted(self._headings[index])} says a status that is not known",
                    place(index),
                    "write a usual one, such as scheduled or cancelled, or say what the word "
                    f"means under 'values' in {NAME}.yaml",
                )
        is_visit = any(cells[index].strip() for index in self._required)
        for index in self._cancellations if is_visit else ():
            reason = self._cancellation(cells[index].strip())
            if reason is not None:
                reasons[index] = reason
        if findings or not reasons:
            return None
        if takes_place:
            self._tell_contradiction(takes_place[0], next(iter(reasons)), place, findings)
            return None
        return LeftOut(next(iter(reasons.values())))

    def _status(self, text: str) -> Status | None:
        return cast(Status | None, self._words.get(plain_word(text))) or status_meant(text)

    def _cancellation(self, text: str) -> Status | None:
        meant = self._marks.get(plain_word(text))
        if meant is None:
            return cancellation(text)
        return "cancelled" if meant else None

    def _tell_contradiction(
        self, one: int, other: int, place: Callable[[int], Span], findings: Findings
    ) -> None:
        findings.error(
            "contradictory-status",
            f"{quoted(self._headings[one])} says that the visit takes place, and "
            f"{quoted(self._headings[other])} that it does not",
            place(other),
            "correct the one that is wrong; if one of the columns is about something else, name it "
            f"under 'ignore_columns' in {NAME}.yaml",
        )
