"""What a worklist reads of the resources of FHIR R4, and how they are read.

Only elements that are used are named. An element of another type than R4 gives it makes its
resource unreadable, since nothing is known then of what it was to say.
"""

import re
from datetime import date
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from docgen.diagnostics import Findings, Span
from docgen.worklist.fhir.store import Stored

_WRONG_TYPE = re.compile(r"Expected `(.+?)`, got `(.+?)` - at `\$\.?(.+?)`")


class FhirElement(Struct, frozen=True, rename="camel"):
    """An element with elements of its own. Its representation shows no value."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


class Coding(FhirElement, frozen=True):
    system: str | None = None
    code: str | None = None
    display: str | None = None
    user_selected: bool = False


class Concept(FhirElement, frozen=True):
    """A CodeableConcept: one meaning, in the words of several code systems."""

    coding: tuple[Coding, ...] = ()
    text: str | None = None


class FhirReference(FhirElement, frozen=True):
    reference: str | None = None
    type: str | None = None
    display: str | None = None


class Period(FhirElement, frozen=True):
    start: str | None = None
    end: str | None = None

    def covers(self, day: date | None) -> bool:
        """Whether it may still hold on a day; one that is over does not, if no day is known.

        Texts of dates compare as dates do; a partial one counts as the whole of its year or month.
        """
        if day is None:
            return self.end is None
        text = day.isoformat()
        begun = self.start is None or self.start[:10] <= text[: len(self.start)]
        return begun and (self.end is None or self.end[:10] >= text[: len(self.end)])


class Resource(FhirElement, frozen=True):
    modifier_extension: tuple[Any, ...] = ()
    implicit_rules: str | None = None


class HumanName(FhirElement, frozen=True):
    use: str | None = None
    text: str | None = None
    family: str | None = None
    given: tuple[str | None, ...] = ()
    prefix: tuple[str | None, ...] = ()
    suffix: tuple[str | None, ...] = ()
    period: Period = Period()

    @property
    def written(self) -> str:
        """The name as one line, as it is written out or in the order of its parts."""
        parts = (*self.prefix, *self.given, self.family, *self.suffix)
        return one_line(self.text) or " ".join(filter(None, map(one_line, parts)))


class Identifier(FhirElement, frozen=True):
    use: str | None = None
    type: Concept = Concept()
    value: str | None = None
    period: Period = Period()


class Communication(FhirElement, frozen=True):
    language: Concept = Concept()
    preferred: bool | None = None


class PatientLink(FhirElement, frozen=True):
    type: str | None = None


class Patient(Resource, frozen=True):
    active: bool = True
    name: tuple[HumanName, ...] = ()
    identifier: tuple[Identifier, ...] = ()
    birth_date: str | None = None
    deceased_boolean: bool = False
    deceased_date_time: str | None = None
    communication: tuple[Communication, ...] = ()
    link: tuple[PatientLink, ...] = ()


class Participant(FhirElement, frozen=True):
    type: tuple[Concept, ...] = ()
    actor: FhirReference | None = None
    required: str | None = None
    status: str | None = None


class Appointment(Resource, frozen=True):
    status: str | None = None
    cancelation_reason: Any = None
    service_type: tuple[Concept, ...] = ()
    reason_code: tuple[Concept, ...] = ()
    reason_reference: tuple[FhirReference, ...] = ()
    start: str | None = None
    based_on: tuple[FhirReference, ...] = ()
    participant: tuple[Participant, ...] = ()


class ServiceRequest(Resource, frozen=True):
    status: str | None = None
    do_not_perform: bool = False
    code: Concept = Concept()
    subject: FhirReference | None = None
    occurrence_date_time: str | None = None
    occurrence_period: Period = Period()
    performer: tuple[FhirReference, ...] = ()
    location_reference: tuple[FhirReference, ...] = ()

    @property
    def when(self) -> str | None:
        return self.occurrence_date_time or self.occurrence_period.start


class Performer(FhirElement, frozen=True):
    actor: FhirReference | None = None


class Procedure(Resource, frozen=True):
    status: str | None = None
    code: Concept = Concept()
    subject: FhirReference | None = None
    based_on: tuple[FhirReference, ...] = ()
    performed_date_time: str | None = None
    performed_period: Period = Period()
    performer: tuple[Performer, ...] = ()
    location: FhirReference | None = None

    @property
    def when(self) -> str | None:
        return self.performed_date_time or self.performed_period.start


class Encounter(Resource, frozen=True):
    status: str | None = None


class Named(Resource, frozen=True):
    """A Location or a HealthcareService."""

    name: str | None = None


class Practitioner(Resource, frozen=True):
    name: tuple[HumanName, ...] = ()


class PractitionerRole(Resource, frozen=True):
    practitioner: FhirReference | None = None


Read = TypeVar("Read", bound=Resource)


def read_resource(stored: Stored, model: type[Read], span: Span, findings: Findings) -> Read | None:
    """A resource as its model, or None, told, where elements of it have wrong types.

    An element that changes the meaning of a resource in a way that nobody told docgen
    (``modifierExtension``, ``implicitRules``) may not be passed over (R4, 2.4.0.2): it is refused.
    """
    try:
        resource = msgspec.json.decode(stored.body, type=model)
    except (msgspec.ValidationError, RecursionError) as error:
        findings.error("fhir-type", f"{stored.kind}{_wrong_type(error)}", span, _R4)
        return None
    if resource.modifier_extension or resource.implicit_rules:
        findings.error(
            "fhir-modifier",
            f"{stored.kind} has an element that changes its meaning, which docgen does not know",
            span,
            "see what its modifierExtension or implicitRules say, and print it by hand",
        )
        return None
    return resource


_R4 = "see the resource's definition in FHIR R4"


def _wrong_type(error: Exception) -> str:
    match = _WRONG_TYPE.search(str(error))
    if match is None:
        return " cannot be read: an element of it has the wrong type"
    wanted, got, path = match.groups()
    return f".{path.replace('[...]', '')} is of the type {got}, where {wanted} is wanted"


def one_line(text: str | None) -> str:
    """A text as a worklist's cell holds it: on one line, without blanks around it."""
    return " ".join(text.split()) if text else ""
