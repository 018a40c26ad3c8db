"""FHIR resources for tests: plainly made-up people, and the files that hold them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docgen.diagnostics import Diagnostic, Findings, Span
from docgen.worklist.columns.column_map import WorklistMap
from docgen.worklist.entries import WorklistRow
from docgen.worklist.fhir.reading import FhirWorklist, open_fhir
from docgen.worklist.values.time_zones import TimeZone

Resource = dict[str, Any]

CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
SNOMED = "http://snomed.info/sct"
MR_TYPE = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}


def patient(identity: str = "p1", **changes: Any) -> Resource:
    return {
        "resourceType": "Patient",
        "id": identity,
        "identifier": [{"use": "usual", "type": MR_TYPE, "value": f"MR-{identity}"}],
        "name": [{"use": "official", "family": "Sampleton", "given": ["Ada", "Testa"]}],
        "birthDate": "1950-02-28",
        **changes,
    }


def concept(*codings: tuple[str, str]) -> Resource:
    return {"coding": [{"system": system, "code": code} for system, code in codings]}


def order(identity: str = "o1", *codings: tuple[str, str], **changes: Any) -> Resource:
    return {
        "resourceType": "ServiceRequest",
        "id": identity,
        "status": "active",
        "intent": "order",
        "code": concept(*(codings or ((CPT, "77299"),))),
        "subject": {"reference": "Patient/p1"},
        **changes,
    }


def procedure(identity: str = "x1", *codings: tuple[str, str], **changes: Any) -> Resource:
    return {
        "resourceType": "Procedure",
        "id": identity,
        "status": "preparation",
        "code": concept(*(codings or ((CPT, "77299"),))),
        "subject": {"reference": "Patient/p1"},
        **changes,
    }


def participant(reference: str, **changes: Any) -> Resource:
    return {"actor": {"reference": reference}, "status": "accepted", **changes}


def appointment(identity: str = "a1", **changes: Any) -> Resource:
    return {
        "resourceType": "Appointment",
        "id": identity,
        "status": "booked",
        "start": "2026-11-24T09:30:00-06:00",
        "end": "2026-11-24T10:00:00-06:00",
        "basedOn": [{"reference": "ServiceRequest/o1"}],
        "participant": [participant("Patient/p1")],
        **changes,
    }


def without(resource: Resource, *fields: str) -> Resource:
    return {key: value for key, value in resource.items() if key not in fields}


def bundle(*resources: Resource, **changes: Any) -> Resource:
    entries = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries, **changes}


def opened(folder: Path, content: object, time_zone: str | None = None) -> FhirWorklist:
    """A worklist of a Bundle (or whatever else JSON can hold)."""
    path = folder / "day.fhir.json"
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return open_fhir(path, Findings(), zoned(time_zone) if time_zone else None)


def zoned(time_zone: str) -> WorklistMap:
    """A worklist map that names the time zone of the clinic."""
    return WorklistMap(span=Span("map.yaml", 1, 1), time_zone=TimeZone.parse(time_zone))


def of_lines(folder: Path, resources: Iterable[Resource]) -> FhirWorklist:
    """A worklist of NDJSON."""
    path = folder / "day.ndjson"
    path.write_text("".join(json.dumps(one) + "\n" for one in resources), encoding="utf-8")
    return open_fhir(path, Findings())


def rows(folder: Path, *resources: Resource, time_zone: str | None = None) -> list[WorklistRow]:
    return list(opened(folder, bundle(*resources), time_zone))


def row(folder: Path, *resources: Resource, time_zone: str | None = None) -> WorklistRow:
    """The one row of a Bundle."""
    (one,) = rows(folder, *resources, time_zone=time_zone)
    return one


def cell(of: WorklistRow, field: str) -> str:
    return of.cells[FhirWorklist.columns.index(field)]


def rules(problems: Iterable[Diagnostic]) -> list[str]:
    return [problem.rule for problem in problems]


def codes(of: WorklistRow) -> list[tuple[str | None, str]]:
    assert of.entry is not None, [str(problem) for problem in of.problems]
    return [(code.code_system, code.code) for code in of.entry.codes]
