"""Who and what takes part in a visit: references of FHIR resources, followed."""

import re
from collections.abc import Iterable

from msgspec import Struct

from docgen.diagnostics import Findings
from docgen.worklist.fhir.patients import practitioner_name
from docgen.worklist.fhir.resources import (
    FhirReference,
    Named,
    Participant,
    Practitioner,
    PractitionerRole,
    one_line,
    read_resource,
)
from docgen.worklist.fhir.store import ResourceStore, Stored

_LITERAL = re.compile(r"(?:^|/)([A-Z][A-Za-z]+)/[^/]+(?:/_history/[^/]+)?$")
_PRIMARY_PERFORMER = "PPRF"
"""Participation type (HL7 v3) of the clinician who does what the visit is for."""

_PARTICIPATION = (None, "accepted", "declined", "tentative", "needs-action")
"""ParticipationStatus of R4; not every server gives one."""


class Parties(Struct, frozen=True, kw_only=True):
    """The references of a visit, by what they lead to."""

    patients: tuple[FhirReference, ...] = ()
    places: tuple[FhirReference, ...] = ()
    providers: tuple[FhirReference, ...] = ()
    clinics: tuple[FhirReference, ...] = ()
    patient_declined: bool = False
    patient_unsure: bool = False
    """Whether the status of a patient's participation is none of R4."""

    def __repr__(self) -> str:
        return "Parties(…)"


class People:
    """Follows references within one file, and tells where they lead nowhere."""

    def __init__(self, store: ResourceStore, path: str) -> None:
        self._store = store
        self._path = path

    def parties(self, participants: Iterable[Participant], holder: Stored) -> Parties:
        """The participants of an appointment who take part; who only is to know of it does not."""
        came = [
            (self._kind_referred_to(one.actor, holder), one)
            for one in participants
            if one.actor is not None and one.required != "information-only"
        ]
        here = [(kind, one) for kind, one in came if one.status != "declined"]
        providers = [one for kind, one in here if kind in ("Practitioner", "PractitionerRole")]
        primary = [one for one in providers if _is_primary(one)]
        return Parties(
            patients=_actors(one for kind, one in came if kind == "Patient"),
            places=_actors(one for kind, one in here if kind == "Location"),
            providers=_actors(primary or providers),
            clinics=_actors(one for kind, one in here if kind == "HealthcareService"),
            patient_declined=any(
                kind == "Patient" and one.status == "declined" for kind, one in came
            ),
            patient_unsure=any(
                kind == "Patient" and one.status not in _PARTICIPATION for kind, one in came
            ),
        )

    def follow(
        self, reference: FhirReference, holder: Stored, findings: Findings, wanted: str
    ) -> Stored | None:
        """The one resource of the wanted kind that a reference leads to, or None, told."""
        found = self._found(reference, holder)
        span = holder.span(self._path)
        if len(found) > 1:
            findings.error(
                "ambiguous-reference",
                f"{holder.kind} refers to a {wanted} of which the file holds several, which differ",
                span,
                "export each resource once, in its newest version",
            )
            return None
        if not found:
            findings.error(
                "missing-reference",
                f"{holder.kind} refers to a {wanted} that is not in the file",
                span,
                f"export the {wanted} resources as well (_include of a FHIR search)",
            )
            return None
        if found[0].kind != wanted:
            findings.error(
                "wrong-reference",
                f"{holder.kind} refers to a resource that is no {wanted}",
                span,
                "correct the reference in the system that made the file",
            )
            return None
        return found[0]

    def leads_to(self, reference: FhirReference, holder: Stored, target: Stored) -> bool:
        """Whether a reference means a resource that was found already."""
        found = self._found(reference, holder)
        return len(found) == 1 and found[0].digest == target.digest

    def names(
        self, references: Iterable[FhirReference], holder: Stored, what: str, findings: Findings
    ) -> str | None:
        """What places or clinicians are called, in their order; one without a name is told of."""
        told = [self._called(one, holder) for one in references]
        if not all(told):
            findings.warning(
                "name-missing",
                f"{holder.kind} has a {what} without a name, which is left out",
                holder.span(self._path),
                "export its resource as well, or give the reference a display",
            )
        return ", ".join(dict.fromkeys(filter(None, told))) or None

    def _called(self, reference: FhirReference, holder: Stored) -> str:
        found = self._found(reference, holder)
        if reference.display or len(found) != 1:
            return one_line(reference.display)
        return self._name_of(found[0])

    def _name_of(self, stored: Stored) -> str:
        span, unread = stored.span(self._path), Findings()
        if stored.kind in ("Location", "HealthcareService"):
            named = read_resource(stored, Named, span, unread)
            return one_line(named.name) if named else ""
        if stored.kind == "Practitioner":
            practitioner = read_resource(stored, Practitioner, span, unread)
            return practitioner_name(practitioner.name) if practitioner else ""
        role = read_resource(stored, PractitionerRole, span, unread)
        person = role.practitioner if role else None
        if person is None:
            return ""
        found = self._found(person, stored)
        is_person = len(found) == 1 and found[0].kind == "Practitioner"
        return one_line(person.display) or (self._name_of(found[0]) if is_person else "")

    def _kind_referred_to(self, reference: FhirReference | None, holder: Stored) -> str | None:
        if reference is None:
            return None
        found = self._found(reference, holder)
        if found:
            return found[0].kind
        literal = _LITERAL.search(reference.reference or "")
        return reference.type or (literal[1] if literal else None)

    def _found(self, reference: FhirReference, holder: Stored) -> tuple[Stored, ...]:
        return self._store.resolve(reference.reference, holder) if reference.reference else ()


def _is_primary(participant: Participant) -> bool:
    codings = (coding for concept in participant.type for coding in concept.coding)
    return any(coding.code == _PRIMARY_PERFORMER for coding in codings)


def _actors(participants: Iterable[Participant]) -> tuple[FhirReference, ...]:
    return tuple(one.actor for one in participants if one.actor is not None)
