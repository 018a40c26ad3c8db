"""Worklists in FHIR R4: a Bundle, or NDJSON, of appointments and of what they refer to.

Each Appointment is a row; its codes are found as ``fhir_orders`` says. A file without Appointments
lists its ServiceRequests and Procedures that have a time, each as a visit of its own.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from docgen.diagnostics import Findings, Span, refuse
from docgen.source import display_path
from docgen.worklist.entries import Row
from docgen.worklist.fhir_files import resources
from docgen.worklist.fhir_store import UNREADABLE, ResourceStore
from docgen.worklist.fhir_visits import LeftOut, Visits
from docgen.worklist.fields import FIELDS
from docgen.worklist.time_zones import TimeZone

_ORDERS = ("ServiceRequest", "Procedure")


class FhirWorklist:
    """The visits of a FHIR file, in its order. Rows are made as they are asked for."""

    columns: tuple[str, ...] = FIELDS
    left_out: Mapping[str, int]

    def __init__(self, store: ResourceStore, path: str, zone: TimeZone | None) -> None:
        self._store = store
        self._visits = Visits(store, path, zone.clock if zone else None)
        self._kinds = ("Appointment",) if store.count("Appointment") else _ORDERS
        self.left_out = {}

    def __iter__(self) -> Iterator[Row]:
        left_out: Counter[str] = Counter()
        self.left_out = left_out
        number = 1
        for stored in self._store.ordered(*self._kinds, UNREADABLE):
            made = self._visits.row(stored, number)
            if isinstance(made, LeftOut):
                left_out[made.status] += 1
                continue
            number += 1
            yield made


def open_fhir(path: Path, findings: Findings, time_zone: TimeZone | None = None) -> FhirWorklist:
    """Reads a FHIR file (R4, JSON) whole, and makes a worklist of it.

    ``time_zone`` is the clinic's: all times are put into it.
    Without one, times keep the clock of the offset that they have, and rows with a time in UTC
    are rejected. Raises DocgenError where the file is no FHIR, breaks off, or lists no visits;
    warnings about the whole go to ``findings``.
    """
    shown = display_path(path)
    store = ResourceStore()
    held = store.fill(resources(path, shown, findings))
    if held and not store.count("Appointment", *_ORDERS, UNREADABLE):
        raise refuse(
            "no-visits",
            "the file holds no Appointment, ServiceRequest or Procedure",
            Span.whole_file(shown),
            "export the Appointments of the day, with what they refer to",
        )
    return FhirWorklist(store, shown, time_zone)
