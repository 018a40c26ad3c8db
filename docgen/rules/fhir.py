"""Rules about worklists in FHIR."""

from typing import Final, Literal

Refused = Literal[
    "ambiguous-reference",
    "birth-date",
    "bundle-in-bundle",
    "encounter-status",
    "fhir-modifier",
    "fhir-type",
    "fhir-xml",
    "language",
    "missing-reference",
    "no-known-code",
    "no-visits",
    "not-a-resource",
    "not-fhir",
    "order-status",
    "other-patient",
    "participant-status",
    "patient-deceased",
    "patient-declined",
    "patient-inactive",
    "patient-missing",
    "patient-name-missing",
    "patient-replaced",
    "resource-too-long",
    "several-languages",
    "several-patients",
    "time",
    "time-zone",
    "visit-status",
    "wrong-reference",
]

Warned = Literal[
    "name-missing",
    "no-time",
    "server-warning",
    "several-record-numbers",
]

Either = Literal[
    "bad-total",
    "fewer-than-total",
    "more-pages",
    "server-error",
]

MEANINGS: Final[dict[Refused | Warned | Either, str]] = {
    "ambiguous-reference": "a reference leads to several resources that differ",
    "bad-total": "the total of a Bundle is no number",
    "birth-date": "the birth date of a Patient is no whole date",
    "bundle-in-bundle": "a Bundle stands where one resource is wanted",
    "encounter-status": "an Encounter is cancelled, or has no status of FHIR R4",
    "fewer-than-total": "a Bundle has fewer matches than it counts",
    "fhir-modifier": (
        "a resource has an element that changes its meaning in a way that is not known"
    ),
    "fhir-type": "an element is of another type than FHIR R4 says",
    "fhir-xml": "a file is FHIR in XML, which is not read",
    "language": "a Patient's language is none that is known",
    "missing-reference": "a reference leads to a resource that is not in the file",
    "more-pages": "a Bundle is one page of several",
    "name-missing": "somebody or something that a resource names has no name, and is left out",
    "no-known-code": "a concept has no coding of CPT, HCPCS or ICD-10-PCS",
    "no-time": "a visit has no time",
    "no-visits": "a file holds no Appointment, ServiceRequest or Procedure",
    "not-a-resource": "something cannot be read as a FHIR resource, and may be a visit",
    "not-fhir": "a file is JSON, but no FHIR",
    "order-status": "an order has no status of FHIR R4",
    "other-patient": "an order is for another patient than the Appointment",
    "participant-status": "a participation has no status of FHIR R4",
    "patient-deceased": "a Patient is recorded as deceased",
    "patient-declined": "a patient has declined the Appointment",
    "patient-inactive": "the record of a Patient is not in use",
    "patient-missing": "a visit names no patient that is in the file",
    "patient-name-missing": "a Patient has no name that holds on the day of the visit",
    "patient-replaced": "a Patient was merged into another one",
    "resource-too-long": "a resource is longer than the limit for one",
    "server-error": "the server says that something of its answer failed",
    "server-warning": "the server adds a warning to its answer",
    "several-languages": "a Patient has several preferred languages",
    "several-patients": "a visit is for several patients",
    "several-record-numbers": (
        "a Patient has several medical record numbers, none of which is preferred"
    ),
    "time": "the time of a visit is none of FHIR",
    "time-zone": "the time of a visit is in UTC, and no time zone is named",
    "visit-status": "a status does not say whether the visit takes place",
    "wrong-reference": "a reference leads to a resource of another type",
}
