from pathlib import Path
from typing import Any

import pytest

from tests.fhir_bundles import (
    CPT,
    HCPCS,
    PCS,
    SNOMED,
    appointment,
    bundle,
    cell,
    codes,
    concept,
    opened,
    order,
    participant,
    patient,
    procedure,
    row,
    rules,
    without,
)

ENCOUNTER = {
    "resourceType": "Encounter",
    "id": "e1",
    "status": "planned",
    "appointment": [{"reference": "Appointment/a1"}],
}
DURING = {"encounter": {"reference": "Encounter/e1"}}


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        (CPT, "cpt"),
        ("urn:oid:2.16.840.1.113883.6.12", "cpt"),
        (HCPCS, "hcpcs"),
        ("https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "hcpcs"),
        ("urn:oid:2.16.840.1.113883.6.285", "hcpcs"),
        ("urn:oid:2.16.840.1.113883.6.14", "hcpcs"),
        (PCS, "icd-10-pcs"),
        ("http://hl7.org/fhir/sid/icd-10-pcs", "icd-10-pcs"),
        ("urn:oid:2.16.840.1.113883.6.4", "icd-10-pcs"),
    ],
)
def test_code_systems(tmp_path: Path, system: str, expected: str) -> None:
    assert codes(row(tmp_path, patient(), order("o1", (system, "A1")), appointment())) == [
        (expected, "A1")
    ]


def test_codings_of_other_systems_are_passed_over(tmp_path: Path) -> None:
    both = order("o1", (SNOMED, "73761001"), (CPT, "45378"))

    assert codes(row(tmp_path, patient(), both, appointment())) == [("cpt", "45378")]


def test_a_coding_that_somebody_chose_counts_alone(tmp_path: Path) -> None:
    chosen = {
        "coding": [
            {"system": CPT, "code": "45378"},
            {"system": HCPCS, "code": "G0121", "userSelected": True},
        ]
    }

    assert codes(row(tmp_path, patient(), order(code=chosen), appointment())) == [
        ("hcpcs", "G0121")
    ]


@pytest.mark.parametrize(
    "code",
    [concept((SNOMED, "73761001")), {"text": "Colonoscopy"}, {"coding": [{"code": "77299"}]},
     {"coding": [{"system": CPT, "code": " "}]}, {}],
)  # fmt: skip
def test_an_order_of_unknown_systems_is_refused(tmp_path: Path, code: dict[str, Any]) -> None:
    found = row(tmp_path, patient(), order(code=code), appointment())

    assert found.entry is None
    assert rules(found.problems) == ["no-known-code"]


def test_one_order_that_is_not_understood_refuses_the_visit(tmp_path: Path) -> None:
    found = row(
        tmp_path,
        patient(),
        order("o1"),
        order("o2", (SNOMED, "73761001")),
        appointment(basedOn=[{"reference": f"ServiceRequest/{one}"} for one in ("o1", "o2")]),
    )

    assert found.entry is None
    assert cell(found, "codes") == f"cpt:77299; {SNOMED}|73761001"


@pytest.mark.parametrize("field", ["serviceType", "reasonCode"])
def test_an_appointments_own_codes_come_before_its_orders(tmp_path: Path, field: str) -> None:
    own = appointment() | {field: [concept((SNOMED, "1")), concept((CPT, "45378"))]}

    assert codes(row(tmp_path, patient(), order(), own)) == [("cpt", "45378")]
    assert codes(row(tmp_path, patient(), own)) == [("cpt", "45378")]


def test_own_concepts_of_other_systems_leave_it_to_the_orders(tmp_path: Path) -> None:
    own = appointment(serviceType=[concept((SNOMED, "1"))])

    assert codes(row(tmp_path, patient(), order(), own)) == [("cpt", "77299")]


def test_a_code_that_is_ordered_twice_counts_once(tmp_path: Path) -> None:
    found = row(
        tmp_path,
        patient(),
        order("o1", (HCPCS, "G0121")),
        order("o2", (CPT, "77299"), (HCPCS, "G0121")),
        appointment(basedOn=[{"reference": f"ServiceRequest/{one}"} for one in ("o1", "o2")]),
    )

    assert codes(found) == [("hcpcs", "G0121"), ("cpt", "77299")]


def test_procedures_say_what_an_order_says_in_words_alone(tmp_path: Path) -> None:
    based = {"basedOn": [{"reference": "ServiceRequest/o1"}]}
    found = row(
        tmp_path,
        patient(),
        order(code={"text": "Colonoscopy"}),
        procedure("x1", (CPT, "45378"), **based),
        procedure("x2", (CPT, "11111"), status="not-done", **based),
        procedure("x3", (CPT, "22222")),
        appointment(),
    )

    assert codes(found) == [("cpt", "45378")]


def test_procedures_of_the_visits_encounter(tmp_path: Path) -> None:
    found = row(
        tmp_path,
        patient(),
        ENCOUNTER,
        procedure("x1", (PCS, "0DTJ4ZZ"), **DURING),
        procedure("x2", (CPT, "11111"), status="entered-in-error", **DURING),
        order("o9", (CPT, "99999"), **DURING),
        without(appointment(), "basedOn"),
    )

    assert codes(found) == [("icd-10-pcs", "0DTJ4ZZ")]


def test_a_procedure_that_is_still_to_be_done_may_be_the_reason(tmp_path: Path) -> None:
    changed = without(
        appointment(reasonReference=[{"reference": f"Procedure/{one}"} for one in ("x1", "x2")]),
        "basedOn",
    )
    done = procedure("x2", (CPT, "11111"), status="completed")

    assert codes(row(tmp_path, patient(), procedure("x1"), done, changed)) == [("cpt", "77299")]


def test_what_only_the_patient_connects_is_not_concluded(tmp_path: Path) -> None:
    found = row(tmp_path, patient(), order(), procedure(), without(appointment(), "basedOn"))

    assert found.entry is None
    assert rules(found.problems) == ["no-codes"]


@pytest.mark.parametrize("status", ["revoked", "entered-in-error"])
def test_a_withdrawn_order_does_not_count(tmp_path: Path, status: str) -> None:
    both = appointment(basedOn=[{"reference": f"ServiceRequest/{one}"} for one in ("o1", "o2")])
    withdrawn = order("o1", (CPT, "11111"), status=status)

    assert codes(row(tmp_path, patient(), withdrawn, order("o2"), both)) == [("cpt", "77299")]


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({"status": "revoked"}, "revoked"),
        ({"status": "entered-in-error"}, "entered-in-error"),
        ({"doNotPerform": True}, "do-not-perform"),
    ],
)
@pytest.mark.parametrize("own", [[], [concept((CPT, "45378"))]])
def test_an_appointment_of_withdrawn_orders_is_left_out(
    tmp_path: Path, changes: dict[str, Any], counted: str, own: list[dict[str, Any]]
) -> None:
    resources = (patient(), order(**changes), appointment(serviceType=own))
    worklist = opened(tmp_path, bundle(*resources))

    assert list(worklist) == []
    assert dict(worklist.left_out) == {counted: 1}


@pytest.mark.parametrize("status", [None, "REVOKED"])
def test_an_order_whose_status_says_nothing_is_refused(tmp_path: Path, status: str | None) -> None:
    changed = order(status=status) if status else without(order(), "status")
    found = row(tmp_path, patient(), changed, appointment())

    assert found.entry is None
    assert rules(found.problems) == ["order-status"]
    assert cell(found, "codes") == "?"


def test_an_order_of_another_patient_is_refused(tmp_path: Path) -> None:
    other = order(subject={"reference": "Patient/p2"})
    found = row(tmp_path, patient(), patient("p2"), other, appointment())

    assert found.entry is None
    assert rules(found.problems) == ["other-patient"]
    assert cell(found, "codes") == "?"


def test_an_order_that_is_not_in_the_file_is_refused(tmp_path: Path) -> None:
    found = row(tmp_path, patient(), appointment())

    assert found.entry is None
    assert rules(found.problems) == ["missing-reference"]
    assert "ServiceRequest" in found.problems[0].message


def test_an_order_that_is_no_order_is_refused(tmp_path: Path) -> None:
    found = row(tmp_path, patient(), appointment(basedOn=[{"reference": "Patient/p1"}]))

    assert rules(found.problems) == ["wrong-reference"]


def test_the_primary_performer_is_the_provider(tmp_path: Path) -> None:
    primary = {"coding": [{"code": "PPRF"}]}
    who = [
        participant("Patient/p1"),
        {"actor": {"reference": "Practitioner/1", "display": "First"}, "status": "accepted"},
        {"actor": {"reference": "Practitioner/2", "display": "Second"}, "type": [primary]},
        {"actor": {"reference": "Practitioner/3", "display": "No"}, "status": "declined"},
        {"actor": {"reference": "Practitioner/4", "display": "No"},
         "required": "information-only"},
        {"actor": {"reference": "Location/1", "display": "Room 1"}},
        {"actor": {"type": "Location", "display": "Annex"}},
    ]  # fmt: skip
    found = row(tmp_path, patient(), order(), appointment(participant=who))
    both = [one for one in who if "type" not in one]
    without_primary = row(tmp_path, patient(), order(), appointment(participant=both))

    assert cell(found, "provider") == "Second"
    assert cell(found, "location") == "Room 1, Annex"
    assert cell(without_primary, "provider") == "First"


def test_a_role_has_the_name_of_its_practitioner(tmp_path: Path) -> None:
    found = row(
        tmp_path,
        patient(),
        order(),
        {"resourceType": "PractitionerRole", "id": "r1",
         "practitioner": {"reference": "Practitioner/d1"}},
        {"resourceType": "Practitioner", "id": "d1", "name": [{"text": "Dr. Fictitious"}]},
        appointment(participant=[participant("Patient/p1"), participant("PractitionerRole/r1")]),
    )  # fmt: skip

    assert cell(found, "provider") == "Dr. Fictitious"


def test_a_place_without_a_name_is_told_of(tmp_path: Path) -> None:
    who = [participant("Patient/p1"), participant("Location/l1")]
    found = row(tmp_path, patient(), order(), appointment(participant=who))

    assert found.entry is not None
    assert found.entry.visit.place is None
    assert [(one.rule, one.severity) for one in found.problems] == [("name-missing", "warning")]


@pytest.mark.parametrize(
    ("who", "rule"),
    [
        ([], "patient-missing"),
        ([participant("Location/l1")], "patient-missing"),
        ([participant("Patient/p9")], "missing-reference"),
        ([participant("Patient/p1"), participant("Patient/p2")], "several-patients"),
        ([participant("Patient/p1", status="declined")], "patient-declined"),
    ],
)
def test_an_appointment_is_for_one_patient(
    tmp_path: Path, who: list[dict[str, Any]], rule: str
) -> None:
    found = row(tmp_path, patient(), patient("p2"), order(), appointment(participant=who))

    assert found.entry is None
    assert rule in rules(found.problems)


@pytest.mark.parametrize("status", [None, "cancelled", "REVOKED"])
def test_a_code_of_the_appointments_own_does_not_save_such_an_order(
    tmp_path: Path, status: str | None
) -> None:
    """R4 says revoked: what another word means, nobody knows."""
    changed = order(status=status) if status else without(order(), "status")
    own = appointment(serviceType=[concept((CPT, "45378"))])
    found = row(tmp_path, patient(), changed, own)

    assert found.entry is None
    assert rules(found.problems) == ["order-status"]
    assert cell(found, "codes") == "?"


def test_a_reason_whose_status_says_nothing_is_refused(tmp_path: Path) -> None:
    reasons = [{"reference": f"Procedure/{one}"} for one in ("x1", "x2")]
    changed = without(appointment(reasonReference=reasons), "basedOn")
    odd = procedure("x2", (CPT, "45378"), status="cancelled")
    found = row(tmp_path, patient(), procedure("x1"), odd, changed)

    assert found.entry is None
    assert rules(found.problems) == ["order-status"]


@pytest.mark.parametrize("status", ["cancelled", "canceled", "Planned", None])
@pytest.mark.parametrize("left_out", [[], ["basedOn"]])
def test_an_encounter_that_may_not_take_place_is_refused(
    tmp_path: Path, status: str | None, left_out: list[str]
) -> None:
    encounter = {**ENCOUNTER, "status": status} if status else without(ENCOUNTER, "status")
    booked = without(appointment(), *left_out)
    found = row(tmp_path, patient(), order(), procedure("x1", **DURING), encounter, booked)

    assert found.entry is None
    assert rules(found.problems) == ["encounter-status"]
    assert cell(found, "codes") == "?"


@pytest.mark.parametrize(
    "status",
    ["planned", "arrived", "triaged", "in-progress", "onleave", "finished", "unknown"],
)
def test_an_encounter_of_any_other_status_is_no_matter(tmp_path: Path, status: str) -> None:
    encounter = {**ENCOUNTER, "status": status}

    assert codes(row(tmp_path, patient(), order(), encounter, appointment())) == [("cpt", "77299")]


def test_an_encounter_in_error_says_nothing(tmp_path: Path) -> None:
    wrong = {**ENCOUNTER, "status": "entered-in-error"}
    right = {**ENCOUNTER, "id": "e2"}
    found = row(
        tmp_path,
        patient(),
        wrong,
        right,
        procedure("x1", (CPT, "11111"), **DURING),
        procedure("x2", encounter={"reference": "Encounter/e2"}),
        without(appointment(), "basedOn"),
    )

    assert codes(found) == [("cpt", "77299")]
