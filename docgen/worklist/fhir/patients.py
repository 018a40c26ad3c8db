"""The patient of an appointment, out of a Patient resource (FHIR R4)."""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from docgen.diagnostics import Findings, Span
from docgen.worklist.fhir.resources import Communication, Concept, HumanName, Patient, one_line
from docgen.worklist.values.date_forms import read_iso
from docgen.worklist.values.languages import language_tag

_NAME_USES = ("official", "usual", None, "temp", "nickname")
"""Which name counts, the first first; ``old``, ``maiden`` and ``anonymous`` never do."""
_MEDICAL_RECORD = "MR"
_IDENTIFIER_TYPES = (
    "http://terminology.hl7.org/CodeSystem/v2-0203",
    "http://hl7.org/fhir/v2/0203",
    None,
)
_TAGS = ("urn:ietf:bcp:47", None)


class PatientFacts(Struct, frozen=True, kw_only=True):
    """What a worklist says of a patient. Its representation shows no value."""

    name: str
    patient_id: str | None
    birth_date: date | None
    birth_text: str
    """The birth date as the resource has it, for who corrects it."""
    language: str | None
    language_text: str
    """The language, or what the resource says in its place, for who corrects it."""
    may_be_served: bool
    """False where nobody ought to print anything for this patient."""

    def __repr__(self) -> str:
        return "PatientFacts(…)"


def patient_facts(
    patient: Patient, day: date | None, span: Span, findings: Findings
) -> PatientFacts:
    """What a resource says of a patient on the day of the visit; what is wrong is told."""
    may_be_served = _tell_if_barred(patient, span, findings)
    name = _name(patient.name, day)
    if not name:
        findings.error(
            "patient-name-missing",
            "the Patient has no name that holds on the day of the visit",
            span,
            "give a name of use 'official' or 'usual'",
        )
    spoken = _preferred(patient.communication)
    language = _preferred_language(spoken, span, findings)
    return PatientFacts(
        name=name,
        patient_id=_record_number(patient, day, span, findings),
        birth_date=_birth_date(patient.birth_date, span, findings),
        birth_text=one_line(patient.birth_date),
        language=language,
        language_text=language or "; ".join(_language_in_words(one.language) for one in spoken),
        may_be_served=may_be_served,
    )


def _tell_if_barred(patient: Patient, span: Span, findings: Findings) -> bool:
    before = len(findings)
    if patient.deceased_boolean or patient.deceased_date_time is not None:
        findings.error(
            "patient-deceased",
            "the Patient is recorded as deceased: nothing is printed",
            span,
            "cancel the appointment, or correct the record of the patient",
        )
    if any(link.type == "replaced-by" for link in patient.link):
        findings.error(
            "patient-replaced",
            "the Patient was merged into another one (link 'replaced-by')",
            span,
            "book the appointment for the patient that stands in its place",
        )
    elif not patient.active:
        findings.error(
            "patient-inactive",
            "the record of the Patient is not in use (active is false)",
            span,
            "book the appointment for the record of the patient that is in use",
        )
    return len(findings) == before


def _name(names: Iterable[HumanName], day: date | None) -> str:
    held = [name for name in names if name.period.covers(day) and name.written]
    for use in _NAME_USES:
        for name in held:
            if name.use == use:
                return name.written
    return ""


def practitioner_name(names: Iterable[HumanName]) -> str:
    """The name of a clinician, on whatever day."""
    return _name(names, None)


def _record_number(
    patient: Patient, day: date | None, span: Span, findings: Findings
) -> str | None:
    """The medical record number: the identifier of the type MR (HL7 v2, table 0203)."""
    known = [
        (identifier.use, one_line(identifier.value))
        for identifier in patient.identifier
        if _is_record_number(identifier.type)
        and identifier.use != "old"
        and identifier.period.covers(day)
        and one_line(identifier.value)
    ]
    preferred = [value for use, value in known if use in ("official", "usual")]
    values = dict.fromkeys(preferred or [value for _, value in known])
    if len(values) > 1:
        findings.warning(
            "several-record-numbers",
            "the Patient has several medical record numbers (type MR), none of which is preferred",
            span,
            "mark one of them with the use 'usual'; none was taken",
        )
        return None
    return next(iter(values), None)


def _is_record_number(concept: Concept) -> bool:
    return any(
        coding.code == _MEDICAL_RECORD and coding.system in _IDENTIFIER_TYPES
        for coding in concept.coding
    )


def _birth_date(text: str | None, span: Span, findings: Findings) -> date | None:
    if text is None:
        return None
    try:
        born = read_iso(text)
    except ValueError:
        born = None
    if born is None or isinstance(born, datetime):
        findings.error(
            "birth-date",
            "Patient.birthDate is not a whole date of the calendar",
            span,
            "FHIR writes it as YYYY-MM-DD; leave it out where the day is not known",
        )
        return None
    return born


def _preferred(spoken: tuple[Communication, ...]) -> tuple[Communication, ...]:
    """The preferred languages, or the only one that is named at all."""
    preferred = tuple(one for one in spoken if one.preferred)
    alone = len(spoken) == 1 and spoken[0].preferred is None
    return preferred or (spoken if alone else ())


def _preferred_language(
    spoken: tuple[Communication, ...], span: Span, findings: Findings
) -> str | None:
    tags = {_tag(one.language) for one in spoken}
    if len(tags) > 1:
        findings.error(
            "several-languages",
            "the Patient has several preferred languages",
            span,
            "mark one of Patient.communication as preferred",
        )
        return None
    if tags == {None}:
        findings.error(
            "language",
            "Patient.communication names no language that docgen knows",
            span,
            "write its tag (BCP 47) such as es or es-MX, with the system urn:ietf:bcp:47",
        )
    return next(iter(tags), None)


def _language_in_words(language: Concept) -> str:
    words = [coding.code or coding.display for coding in language.coding] + [language.text]
    return next(filter(None, map(one_line, words)), "?")


def _tag(language: Concept) -> str | None:
    """The tag of a language: by its code, or else by what it is called."""
    coded = sorted(language.coding, key=lambda coding: coding.system not in _TAGS)
    words = [coding.code for coding in coded]
    words += [coding.display for coding in coded] + [language.text]
    return next(filter(None, (language_tag(one_line(word)) for word in words if word)), None)
