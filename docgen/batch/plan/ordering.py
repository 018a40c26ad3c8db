"""The order of a run's packets by clinic, provider and time, without what these are.

The journal keeps numbers in their place: which rows have the same clinic, and which clinic comes
before which. So packets can be sorted when the worklist is gone, and no name is kept of them.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, Literal

from msgspec import Struct

from docgen.worklist import Entry

SortKey = Literal["clinic", "provider", "time"]


class RowNumbers(Struct, frozen=True):
    """The numbers of what a row says; None where it does not say it."""

    clinic: int | None = None
    provider: int | None = None
    time: int | None = None


class Ranked(Struct, frozen=True):
    """Which place a number has in the order of its key, counted from 0."""

    key: SortKey
    number: int
    rank: int


class Numbering:
    """Numbers clinics, providers and times as they first come, from 1.

    The same rows in the same order get the same numbers, however often a run is gone on with.
    """

    def __init__(self) -> None:
        self._known: dict[SortKey, dict[Any, int]] = {"clinic": {}, "provider": {}, "time": {}}

    def of(self, entry: Entry | None) -> RowNumbers:
        """The numbers of a row, which is the next one of the worklist, or came before."""
        if entry is None:
            return _NOTHING
        visit = entry.visit
        return RowNumbers(
            self._number("clinic", entry.clinic),
            self._number("provider", visit.provider),
            self._number("time", visit.appointment),
        )

    def ranks(self) -> Iterator[Ranked]:
        """The order of all that was numbered: texts by their characters, times as they follow."""
        for key, known in self._known.items():
            for rank, value in enumerate(sorted(known, key=_as_text)):
                yield Ranked(key, known[value], rank)

    def _number(self, key: SortKey, value: object) -> int | None:
        if not value:
            return None
        known = self._known[key]
        return known.setdefault(value, len(known) + 1)


_NOTHING: Final = RowNumbers()


def _as_text(value: str | date) -> str:
    return value if isinstance(value, str) else value.isoformat()
