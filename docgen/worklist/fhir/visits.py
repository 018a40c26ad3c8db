"""Rows of a worklist out of appointments, or out of orders that have a time of their own."""

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from docgen.diagnostics import Findings, Rule, Span
from docgen.worklist.columns.fields import ENTERED, USUAL
from docgen.worklist.entries import LeftOut, ListedCode, WorklistRow, entry_of
from docgen.worklist.fhir.orders import Ordered, Orders
from docgen.worklist.fhir.patients import PatientFacts, patient_facts
from docgen.worklist.fhir.people import Parties, People
from docgen.worklist.fhir.resources import (
    Appointment,
    Patient,
    Procedure,
    ServiceRequest,
    one_line,
    read_resource,
)
from docgen.worklist.fhir.store import UNREADABLE, ResourceStore, Stored
from docgen.worklist.values.date_forms import EARLIEST_YEAR, NotLocalError, read_iso
from docgen.worklist.values.statuses import R4_LEFT_OUT, TAKES_PLACE

_PASSED_ORDERS = (
    *("draft", "on-hold", "completed", "revoked"),
    *("not-done", "stopped", "entered-in-error"),
)
_EXPECTED_ORDERS = ("active", "preparation", "in-progress")
_ZONED = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})")


class _Visited(Struct, frozen=True, kw_only=True):
    """What a visit's own resource says, before anything that it refers to was read."""

    when: str | None
    parties: Parties

    def __repr__(self) -> str:
        return "_Visited(…)"


class _Said(Struct, frozen=True):
    """What FHIR says in a field: as a table holds it, for who corrects it, and as it is used."""

    cell: str | None
    value: object

    def __repr__(self) -> str:
        return "_Said(…)"


class Visits:
    """Turns the visits of one file into rows."""

    def __init__(self, store: ResourceStore, path: str, zone: ZoneInfo | None) -> None:
        self._store = store
        self._path = path
        self._zone = zone
        self._people = People(store, path)
        self._orders = Orders(store, self._people, path)

    def row(self, stored: Stored, number: int) -> WorklistRow | LeftOut:
        """A row, or why there is none."""
        findings = Findings()
        if stored.kind == UNREADABLE:
            findings.error(
                "not-a-resource",
                "this cannot be read as a FHIR resource; it may be an appointment",
                stored.span(self._path),
                "make it well-formed JSON that has a resourceType, and no property twice",
            )
            return self._unread(stored, number, findings)
        if stored.kind == "Appointment":
            return self._appointment(stored, number, findings)
        model = ServiceRequest if stored.kind == "ServiceRequest" else Procedure
        order = read_resource(stored, model, stored.span(self._path), findings)
        if order is None:
            return self._unread(stored, number, findings)
        assert isinstance(order, ServiceRequest | Procedure)
        return self._order(stored, order, number, findings)

    def _appointment(
        self, stored: Stored, number: int, findings: Findings
    ) -> WorklistRow | LeftOut:
        appointment = read_resource(stored, Appointment, stored.span(self._path), findings)
        if appointment is None:
            return self._unread(stored, number, findings)
        if appointment.status in R4_LEFT_OUT:
            return LeftOut(appointment.status)
        if self._is_repeated(stored, findings):
            return LeftOut("duplicate")
        self._check_status(stored, appointment.status, TAKES_PLACE, findings)
        if appointment.cancelation_reason is not None:
            findings.error(
                "contradictory-status",
                "Appointment.cancelationReason says that the visit was cancelled, and its status "
                "that it takes place",
                stored.span(self._path),
                "correct the one that is wrong (R4: app-4)",
            )
        visited = _Visited(
            when=appointment.start,
            parties=self._people.parties(appointment.participant, stored),
        )
        patient = self._patient(visited.parties, stored, findings)
        ordered = self._orders.of_appointment(appointment, stored, patient, findings)
        if ordered.void:
            return LeftOut(ordered.void)
        return self._row_of_visit(
            stored, visited, patient, ordered, number=number, findings=findings
        )

    def _order(
        self, stored: Stored, order: ServiceRequest | Procedure, number: int, findings: Findings
    ) -> WorklistRow | LeftOut:
        """A visit of an order's own, in a file without appointments."""
        if isinstance(order, ServiceRequest) and order.do_not_perform:
            return LeftOut("do-not-perform")
        if order.status in _PASSED_ORDERS:
            return LeftOut(order.status)
        if self._is_repeated(stored, findings):
            return LeftOut("duplicate")
        if isinstance(order, Procedure) and self._follows_request(order, stored):
            return LeftOut("part-of-order")
        if order.when is None:
            return LeftOut("unscheduled")
        self._check_status(stored, order.status, _EXPECTED_ORDERS, findings)
        visited = _Visited(when=order.when, parties=_parties(order))
        patient = self._patient(visited.parties, stored, findings)
        ordered = self._orders.of_order(order, stored, findings)
        return self._row_of_visit(
            stored, visited, patient, ordered, number=number, findings=findings
        )

    def _follows_request(self, procedure: Procedure, stored: Stored) -> bool:
        found = [self._store.resolve(one.reference or "", stored) for one in procedure.based_on]
        return any(one.kind == "ServiceRequest" for several in found for one in several)

    def _is_repeated(self, stored: Stored, findings: Findings) -> bool:
        """Whether the same visit stands earlier in the file; one that differs is refused."""
        same = self._store.same(stored)
        if any(one.digest != stored.digest for one in same):
            findings.error(
                "duplicate-id",
                f"the file holds several {stored.kind} resources of this id, which differ",
                stored.span(self._path),
                "export each resource once, in its newest version",
            )
            return False
        return any(one.number < stored.number for one in same)

    def _check_status(
        self, stored: Stored, status: str | None, known: tuple[str, ...], findings: Findings
    ) -> None:
        if status in known:
            return
        findings.error(
            "visit-status",
            f"{stored.kind}.status does not say whether the visit takes place",
            stored.span(self._path),
            f"it is one of {', '.join(known)}",
        )

    def _patient(self, parties: Parties, stored: Stored, findings: Findings) -> Stored | None:
        span = stored.span(self._path)
        if parties.patient_declined:
            findings.error(
                "patient-declined",
                "the patient has declined the Appointment",
                span,
                "cancel it, or correct the participant's status",
            )
        if parties.patient_unsure:
            findings.error(
                "participant-status",
                "the patient's participation has no status of FHIR R4",
                span,
                "it is one of accepted, declined, tentative, needs-action",
            )
        if not parties.patients:
            findings.error(
                "patient-missing",
                f"{stored.kind} names no patient that is in the file",
                span,
                "export the Patient resources as well (_include of a FHIR search)",
            )
            return None
        found = [self._people.follow(one, stored, findings, "Patient") for one in parties.patients]
        if len({one.digest for one in found if one}) > 1:
            findings.error(
                "several-patients",
                f"{stored.kind} is for several patients",
                span,
                "book an appointment for each of them",
            )
            return None
        return found[0]

    def _row_of_visit(
        self,
        stored: Stored,
        visited: _Visited,
        patient: Stored | None,
        ordered: Ordered,
        *,
        number: int,
        findings: Findings,
    ) -> WorklistRow:
        span, parties = stored.span(self._path), visited.parties
        moment = self._moment_of_visit(visited.when, span, findings)
        facts = self._facts(patient, moment, findings)
        places = self._people.names(parties.places, stored, "location", findings)
        clinic = self._people.names(parties.clinics, stored, "healthcare service", findings)
        provider = self._people.names(parties.providers, stored, "clinician", findings)
        shown = next((one_line(one.display) for one in parties.patients), "")
        said = {
            **_of_patient(facts, shown),
            "appointment_time": _Said(_iso_text(moment) or one_line(visited.when), moment),
            "location": _Said(places, places),
            "provider": _Said(provider, provider),
            "codes": _Said(self._codes_cell(ordered, facts, findings), ordered.codes),
            "clinic": _Said(clinic, clinic),
        }
        refused = any(one.severity == "error" for one in findings.diagnostics)
        entry = None
        if facts and ordered.codes and not refused:
            entry = entry_of({field: one.value for field, one in said.items() if one.value})
        return WorklistRow(
            number=number,
            cells=tuple(said[one.column].cell or "" if one.fhir else "" for one in ENTERED),
            entry=entry,
            span=span,
            problems=findings.diagnostics,
        )

    def _codes_cell(self, ordered: Ordered, facts: PatientFacts | None, findings: Findings) -> str:
        """The codes as a table lists them.

        A question mark where a row may not be fed back as it stands, since a table says nothing of
        what stood against it: somebody has to decide what this patient gets.
        """
        told = {one.rule for one in findings.diagnostics}
        if (facts and not facts.may_be_served) or told & _BARRING:
            return _UNDECIDED
        listed = [*(_code_as_listed(code) for code in ordered.codes), *ordered.foreign]
        return "; ".join(listed) or _UNDECIDED

    def _facts(
        self, patient: Stored | None, moment: date | None, findings: Findings
    ) -> PatientFacts | None:
        if patient is None:
            return None
        span = patient.span(self._path)
        read_as = read_resource(patient, Patient, span, findings)
        day = moment.date() if isinstance(moment, datetime) else moment
        return patient_facts(read_as, day, span, findings) if read_as else None

    def _moment_of_visit(self, text: str | None, span: Span, findings: Findings) -> date | None:
        """The clinic's clock: that of the clinic's zone, or else of the offset that is given."""
        if text is None:
            findings.warning(
                "no-time", "the visit has no time", span, "give the start of the Appointment"
            )
            return None
        try:
            moment = self._in_zone(text) if self._zone else read_iso(text)
        except NotLocalError:
            findings.error(
                "time-zone",
                "the time of the visit is in UTC, which is not what the clinic's clock shows",
                span,
                "say the clinic's time zone, such as time_zone: America/Chicago in the "
                "worklist map, or export times with the clinic's offset",
            )
            return None
        except (ValueError, OverflowError):
            moment = None
        if moment is None or (isinstance(moment, datetime) and not _ZONED.fullmatch(text)):
            findings.error(
                "time",
                "the time of the visit is not one of FHIR",
                span,
                "write it as 2026-11-24T09:30:00-06:00, with the offset of the clinic's zone",
            )
            return None
        return moment

    def _in_zone(self, text: str) -> date | None:
        if not _ZONED.fullmatch(text):
            return read_iso(text)
        moment = datetime.fromisoformat(text).astimezone(self._zone)
        if moment.year < EARLIEST_YEAR:
            raise ValueError("no year before it is meant")
        return moment.replace(tzinfo=None, microsecond=0)

    def _unread(self, stored: Stored, number: int, findings: Findings) -> WorklistRow:
        return WorklistRow(
            number=number,
            cells=tuple(_UNDECIDED if field == "codes" else "" for field in USUAL),
            entry=None,
            span=stored.span(self._path),
            problems=findings.diagnostics,
        )


def _of_patient(facts: PatientFacts | None, shown: str) -> dict[str, _Said]:
    """What a patient's resource says; without one, ``shown`` is how the visit calls them."""
    if facts is None:
        fields = ("patient_name", "patient_id", "birth_date", "language")
        return {**dict.fromkeys(fields, _Said("", None)), "patient_name": _Said(shown, None)}
    return {
        "patient_name": _Said(facts.name, facts.name),
        "patient_id": _Said(facts.patient_id, facts.patient_id),
        "birth_date": _Said(facts.birth_text, facts.birth_date),
        "language": _Said(facts.language_text, facts.language),
    }


_UNDECIDED = "?"
"""What no table takes for a code: the row stays rejected, and is not passed over as a blank one."""
_BARRING: Final[frozenset[Rule]] = frozenset(
    {
        "contradictory-status",
        "duplicate-id",
        "encounter-status",
        "fhir-modifier",
        "order-status",
        "other-patient",
        "participant-status",
        "patient-declined",
        "several-patients",
        "visit-status",
    }
)
"""What stands against a visit of which a row of a table would not tell."""


def _parties(order: ServiceRequest | Procedure) -> Parties:
    patients = (order.subject,) if order.subject else ()
    if isinstance(order, ServiceRequest):
        places, providers = order.location_reference, order.performer
    else:
        places = (order.location,) if order.location else ()
        providers = tuple(one.actor for one in order.performer if one.actor)
    return Parties(patients=patients, places=places, providers=providers)


def _code_as_listed(code: ListedCode) -> str:
    return f"{code.code_system}:{code.code}" if code.code_system else code.code


def _iso_text(moment: date | None) -> str:
    if isinstance(moment, datetime):
        return moment.isoformat("T", "seconds" if moment.second else "minutes")
    return moment.isoformat() if moment else ""
