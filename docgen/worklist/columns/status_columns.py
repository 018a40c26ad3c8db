"""Columns that seem to say whether a visit takes place, and that nobody told docgen to read.

A worklist with one is refused as a whole: whoever is cancelled would get a packet.
"""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from functools import lru_cache
from typing import Final

from msgspec import Struct

from docgen.columns import plain_heading
from docgen.diagnostics import Findings, Span
from docgen.worklist.columns.column_map import NAME, WorklistMap
from docgen.worklist.columns.fields import CANCELLED, STATUS
from docgen.worklist.columns.matching import Places
from docgen.worklist.values.statuses import cancellation, speaks_of_status

_STATUS: Final = "status|sts|state|estado|estatus|situaci[oó]n|statut"
_OF_VISITS: Final = re.compile(
    "(?:pt|patient)?(?:appt|apt|appointment|visit|case|sch|sched|schedule|scheduling|encounter|enc|"
    f"booking|surgery|slot|event|cita|turno|visita)(?:{_STATUS}|stat)"
    "(?:c|cd|code|name|desc|description|disp|display|meaning|text|txt|dela?cita)?"
)
"""Such as ApptStatus, APPT_STATUS_C, SCH_STATE_MEANING: it can be about nothing else."""
_ABOUT_STATUS: Final = re.compile(
    "status|estado|estatus|situaci[oó]n|statut|disposition|outcome|attendance|confirm"
)
_WORDS_ABOUT_STATUS: Final = frozenset(
    {"sts", "stat", "state", "stato", "kept", "attended", "arrived"}
)
_ABOUT_CANCELLATION: Final = re.compile("cancel|cncl|cxl|noshow|resched|anula|reprogram|lwbs|delet")
"""Such as apptcancelleddate, Cancel Reason, noshow_ind, Fecha de anulación."""


class _Suspect(Struct, frozen=True):
    """What a heading may be, and the values that leave no doubt."""

    field: str
    holds: Callable[[str], bool]


@lru_cache(maxsize=512)
def _suspect(heading: str) -> _Suspect | None:
    plain = plain_heading(heading)
    if _ABOUT_CANCELLATION.search(plain):
        return _Suspect(CANCELLED.column, _cancels)
    if _OF_VISITS.fullmatch(plain):
        return _Suspect(STATUS.column, bool)
    words = re.split(r"[\W_]+", heading.casefold())
    if _ABOUT_STATUS.search(plain) or not _WORDS_ABOUT_STATUS.isdisjoint(words):
        return _Suspect(STATUS.column, speaks_of_status)
    return None


def _cancels(text: str) -> bool:
    return cancellation(text) is not None


def told_by(column_map: WorklistMap | None) -> frozenset[str]:
    """The headings of which a map says what they are, as headings are compared."""
    return column_map.named | column_map.ignored if column_map else frozenset()


def may_be_status(heading: str, told: Set[str]) -> bool:
    """Whether a heading seems to be of a status, and is none of those that a map tells of."""
    return _suspect(heading) is not None and plain_heading(heading) not in told


def tells_status(heading: str, text: str) -> bool:
    """Whether a value under a heading leaves no doubt that it is a status."""
    suspect = _suspect(heading)
    return suspect is not None and suspect.holds(text.strip())


def tell_unread_statuses(
    headings: Sequence[str],
    places: Places,
    rows: Iterable[tuple[int, Sequence[str]]],
    column_map: WorklistMap | None,
    findings: Findings,
) -> None:
    """Tells of columns of a table that seem to be a status, and that the map does not name.

    ``rows`` are lines and cells; they are only read where there is such a heading.
    """
    told = told_by(column_map)
    suspects = [index for index, heading in enumerate(headings) if may_be_status(heading, told)]
    if not suspects:
        return
    for line, cells in rows:
        shown = [index for index in suspects if tells_status(headings[index], cells[index])]
        for index in shown:
            called = places.called(index)
            tell_unread_status(headings[index], called, places.span(index), line, findings)
        suspects = [index for index in suspects if index not in shown]
        if not suspects:
            return


def tell_unread_status(
    heading: str, called: str, place: Span, line: int, findings: Findings
) -> None:
    """The refusal of a worklist for the sake of one of its columns; ``line`` is where it shows.

    ``called`` stands for the heading: it only resembles one of a status, and may be anything.
    """
    suspect = _suspect(heading)
    assert suspect is not None  # only such headings are told of
    findings.error(
        "unread-status",
        f"{called} seems to say whether a visit takes place (see line {line}), and is not read",
        place,
        f"say in {NAME}.yaml what it is, with its heading for …: columns: {{{suspect.field}: …}}; "
        "or, if it says nothing of the visit, ignore_columns: […]",
    )
