"""Which procedures a visit is for, as FHIR R4 lets a file say it.

``Appointment`` has no code of a procedure. What counts, the first that there is:

1. procedure codes among its own ``serviceType`` and ``reasonCode``;
2. ``basedOn``: the ``code`` of each ServiceRequest, or of the Procedures ``basedOn`` it;
3. ``reasonReference`` to a Procedure that is still to be done, and the Procedures of the Encounter
   whose ``appointment`` this is.

Nothing is concluded from an order of the same patient that nothing connects with the appointment.
``ServiceRequest.encounter`` does not: it is where the order was written (R4), not carried out.
"""

from collections.abc import Iterable

from msgspec import Struct

from docgen.code_systems import names_in_words
from docgen.diagnostics import Findings
from docgen.worklist.entries import ListedCode
from docgen.worklist.fhir.codes import foreign_codes, procedure_codes
from docgen.worklist.fhir.people import People
from docgen.worklist.fhir.resources import (
    Appointment,
    Encounter,
    FhirReference,
    Procedure,
    ServiceRequest,
    read_resource,
)
from docgen.worklist.fhir.store import ResourceStore, Stored

_VOID = ("revoked", "entered-in-error", "not-done", "stopped")
_LIVE_ORDER = ("draft", "active", "on-hold", "completed", "unknown")
_LIVE_PROCEDURE = ("preparation", "in-progress", "on-hold", "completed", "unknown")
_LIVE_ENCOUNTER = (
    *("planned", "arrived", "triaged", "in-progress"),
    *("onleave", "finished", "unknown"),
)


class Ordered(Struct, frozen=True):
    """The procedures of a visit."""

    codes: tuple[ListedCode, ...] = ()
    foreign: tuple[str, ...] = ()
    """Codings of orders that say nothing in a code system of procedures that docgen knows."""
    void: str | None = None
    """Why nothing is ordered any more: the status of the orders, all of which are void."""


class Orders:
    """Finds the procedures of appointments within one file."""

    def __init__(self, store: ResourceStore, people: People, path: str) -> None:
        self._store = store
        self._people = people
        self._path = path
        self._has_encounters = store.count("Encounter") > 0

    def of_appointment(
        self, appointment: Appointment, stored: Stored, patient: Stored | None, findings: Findings
    ) -> Ordered:
        """The procedures of an appointment; what stands against them is told."""
        span = stored.span(self._path)
        own = procedure_codes((*appointment.service_type, *appointment.reason_code), span)
        quiet = Findings()
        orders = self._requests(appointment.based_on, stored, quiet)
        if len(orders) == len(appointment.based_on) and orders and all(_void(o) for _, o in orders):
            return Ordered(void=_void(orders[0][1]))
        encounters = self._encounters(stored, findings)
        if own:
            for request, order in orders:
                if not _void(order):
                    self._check_status(request, order, _LIVE_ORDER, findings)
            return Ordered(own)
        findings.extend(quiet.diagnostics)
        if appointment.based_on:
            found = [
                self._of_request(request, order, patient, findings)
                for request, order in orders
                if not _void(order)
            ]
        else:
            found = self._of_procedures(appointment, stored, encounters, patient, findings)
        ordered = _joined(found)
        if not ordered.codes and not any(d.severity == "error" for d in findings.diagnostics):
            findings.error(
                "no-codes",
                "neither the Appointment nor an order of it names a procedure code",
                span,
                f"export the ServiceRequests that it is based on, with codes of {names_in_words()}",
            )
        return ordered

    def of_order(
        self, order: ServiceRequest | Procedure, stored: Stored, findings: Findings
    ) -> Ordered:
        """The procedures of an order that is a visit of its own."""
        if isinstance(order, ServiceRequest):
            return self._of_request(stored, order, None, findings)
        return self._of_procedure(stored, order, None, findings)

    def _requests(
        self, references: Iterable[FhirReference], holder: Stored, findings: Findings
    ) -> list[tuple[Stored, ServiceRequest]]:
        found = []
        for reference in references:
            stored = self._people.follow(reference, holder, findings, "ServiceRequest")
            if stored is None:
                continue
            request = read_resource(stored, ServiceRequest, stored.span(self._path), findings)
            if request is not None:
                found.append((stored, request))
        return found

    def _of_request(
        self, stored: Stored, order: ServiceRequest, patient: Stored | None, findings: Findings
    ) -> Ordered:
        self._check_order(stored, order, _LIVE_ORDER, patient, findings)
        codes = procedure_codes([order.code], stored.span(self._path))
        if codes:
            return Ordered(codes)
        done = self._procedures_in(self._store.referring("basedOn", stored), findings)
        live = [(one, procedure) for one, procedure in done if not _void(procedure)]
        if live:
            return _joined(self._of_procedure(*one, patient, findings) for one in live)
        return self._unknown(stored, order, findings)

    def _of_procedures(
        self,
        appointment: Appointment,
        stored: Stored,
        encounters: Iterable[Stored],
        patient: Stored | None,
        findings: Findings,
    ) -> list[Ordered]:
        """Without ``basedOn``: Procedures that are its reason, or of the visit's Encounter."""
        reasons = [
            found
            for reference in appointment.reason_reference
            for found in self._store.resolve(reference.reference or "", stored)
            if found.kind == "Procedure"
        ]
        planned = [one for one in self._procedures_in(reasons, findings) if not _is_past(one[1])]
        during = [
            one
            for encounter in encounters
            for one in self._procedures_in(self._store.referring("encounter", encounter), findings)
            if not _void(one[1])
        ]
        different = {one.digest: (one, procedure) for one, procedure in (*planned, *during)}
        return [self._of_procedure(*one, patient, findings) for one in different.values()]

    def _of_procedure(
        self, stored: Stored, order: Procedure, patient: Stored | None, findings: Findings
    ) -> Ordered:
        self._check_order(stored, order, _LIVE_PROCEDURE, patient, findings)
        codes = procedure_codes([order.code], stored.span(self._path))
        return Ordered(codes) if codes else self._unknown(stored, order, findings)

    def _procedures_in(
        self, found: Iterable[Stored], findings: Findings
    ) -> list[tuple[Stored, Procedure]]:
        pairs = [
            (one, read_resource(one, Procedure, one.span(self._path), findings)) for one in found
        ]
        return [(one, procedure) for one, procedure in pairs if procedure is not None]

    def _check_order(
        self,
        stored: Stored,
        order: ServiceRequest | Procedure,
        live: tuple[str, ...],
        patient: Stored | None,
        findings: Findings,
    ) -> None:
        """Refuses an order of another patient, and one of which it is not known if it holds."""
        span = stored.span(self._path)
        self._check_status(stored, order, live, findings)
        if patient is None or order.subject is None:
            return
        if not self._people.leads_to(order.subject, stored, patient):
            findings.error(
                "other-patient",
                f"{stored.kind} is not for the patient of the Appointment",
                span,
                "correct the order or the appointment in the system that made the file",
            )

    def _check_status(
        self,
        stored: Stored,
        order: ServiceRequest | Procedure,
        live: tuple[str, ...],
        findings: Findings,
    ) -> None:
        if order.status not in live:
            findings.error(
                "order-status",
                f"{stored.kind} has no status of FHIR R4, so that it may have been withdrawn",
                stored.span(self._path),
                f"it is one of {', '.join(live)}",
            )

    def _encounters(self, stored: Stored, findings: Findings) -> list[Stored]:
        """The Encounters of an appointment; one that does not take place is told of."""
        if not self._has_encounters:
            return []
        found = []
        for one in self._store.referring("appointment", stored):
            encounter = read_resource(one, Encounter, one.span(self._path), findings)
            status = encounter.status if encounter else None
            if status == "entered-in-error":
                continue
            if encounter is not None and status not in _LIVE_ENCOUNTER:
                findings.error(
                    "encounter-status",
                    "the Encounter of the Appointment is cancelled, or has no status of FHIR R4",
                    one.span(self._path),
                    f"cancel the Appointment as well, or correct it: {', '.join(_LIVE_ENCOUNTER)}",
                )
            found.append(one)
        return found

    def _unknown(
        self, stored: Stored, order: ServiceRequest | Procedure, findings: Findings
    ) -> Ordered:
        findings.error(
            "no-known-code",
            f"{stored.kind}.code has no coding of {names_in_words()}",
            stored.span(self._path),
            "add one; codes of other systems name no record",
        )
        return Ordered(foreign=foreign_codes(order.code))


def _void(order: ServiceRequest | Procedure) -> str | None:
    """Why an order does not hold any more, or None."""
    if isinstance(order, ServiceRequest) and order.do_not_perform:
        return "do-not-perform"
    return order.status if order.status in _VOID else None


def _is_past(procedure: Procedure) -> bool:
    """Whether a Procedure is known not to be still to be done: it was, or will never be."""
    return procedure.status in (*_VOID, "completed", "unknown")


def _joined(found: Iterable[Ordered]) -> Ordered:
    """Each code once; the first place that names it counts."""
    codes: dict[tuple[str | None, str], ListedCode] = {}
    foreign: dict[str, None] = {}
    for ordered in found:
        for code in ordered.codes:
            codes.setdefault((code.code_system, code.code), code)
        foreign.update(dict.fromkeys(ordered.foreign))
    return Ordered(tuple(codes.values()), tuple(foreign))
