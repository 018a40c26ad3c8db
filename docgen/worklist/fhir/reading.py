"""Worklists in FHIR R4: a Bundle, or NDJSON, of appointments and of what they refer to.

Each Appointment is a row; its codes are found as ``fhir_orders`` says. A file without Appointments
lists its ServiceRequests and Procedures that have a time, each as a visit of its own.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from docgen.diagnostics import Findings, Span, refuse
from docgen.source import display_path
from docgen.worklist.columns.column_map import WorklistMap, refuse_idle
from docgen.worklist.columns.fields import USUAL
from docgen.worklist.entries import LeftOut, WorklistRow, rows_to_print
from docgen.worklist.fhir.files import resources
from docgen.worklist.fhir.store import UNREADABLE, ResourceStore
from docgen.worklist.fhir.visits import Visits
from docgen.worklist.fhir.wholeness import Wholeness
from docgen.worklist.values.time_zones import TimeZone

_ORDERS = ("ServiceRequest", "Procedure")
_IDLE = (
    *("columns", "dates", "separators", "code_system"),
    *("values", "encoding", "delimiter", "ignore_columns"),
)
"""Entries of a map that FHIR does not go by: it says itself what it means."""


class FhirWorklist:
    """The visits of a FHIR file, in its order. Rows are made as they are asked for."""

    columns: tuple[str, ...] = USUAL
    left_out: Mapping[str, int]

    def __init__(
        self, store: ResourceStore, path: str, zone: TimeZone | None, *, incomplete: bool
    ) -> None:
        self.incomplete = incomplete
        self._store = store
        self._visits = Visits(store, path, zone.clock if zone else None)
        self._kinds = ("Appointment",) if store.count("Appointment") else _ORDERS
        self.left_out = {}

    def __iter__(self) -> Iterator[WorklistRow]:
        left_out: Counter[str] = Counter()
        self.left_out = left_out
        return rows_to_print(self._rows_of_visits(), left_out)

    def _rows_of_visits(self) -> Iterator[WorklistRow | LeftOut]:
        number = 1
        for stored in self._store.ordered(*self._kinds, UNREADABLE):
            made = self._visits.row(stored, number)
            number += isinstance(made, WorklistRow)
            yield made


def open_fhir(
    path: Path,
    findings: Findings,
    column_map: WorklistMap | None = None,
    *,
    incomplete: bool = False,
) -> FhirWorklist:
    """Reads a FHIR file (R4, JSON) whole, and makes a worklist of it.

    Of the map, ``time_zone`` is the clinic's: all times are put into it. Without one, times keep
    the clock of the offset that they have, and rows with a time in UTC are rejected. Raises
    DocgenError where the file is no FHIR, breaks off, or lists no visits, where the map says what
    FHIR does not go by, and, unless ``incomplete`` is allowed, where the file says that it is not
    all; warnings about the whole go to ``findings``.
    """
    refuse_idle(column_map, "FHIR", _IDLE)
    shown = display_path(path)
    store, wholeness = ResourceStore(), Wholeness()
    held = store.fill(resources(path, shown, wholeness))
    misses = wholeness.tell(findings, incomplete=incomplete)
    findings.raise_if_any()
    if held and not store.count("Appointment", *_ORDERS, UNREADABLE):
        raise refuse(
            "no-visits",
            "the file holds no Appointment, ServiceRequest or Procedure",
            Span.whole_file(shown),
            "export the Appointments of the day, with what they refer to",
        )
    time_zone = column_map.time_zone if column_map else None
    return FhirWorklist(store, shown, time_zone, incomplete=misses)
