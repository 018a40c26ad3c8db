import json
from pathlib import Path
from typing import Any

import pytest

from docgen.diagnostics import Findings
from docgen.worklist.entries import WorklistRow
from docgen.worklist.fhir.reading import open_fhir
from tests.fhir_bundles import (
    appointment,
    cell,
    of_lines,
    opened,
    order,
    participant,
    patient,
    row,
    rules,
    without,
)

SERVER = "https://fhir.example.org/r4/"
OTHER = "https://elsewhere.example.org/"
UUID = "urn:uuid:8c1a4d2e-0000-4000-8000-000000000001"


def of_entries(folder: Path, *entries: tuple[str | None, dict[str, Any]]) -> WorklistRow:
    listed = [
        {"resource": resource} | ({"fullUrl": url} if url else {}) for url, resource in entries
    ]
    (one,) = opened(folder, {"resourceType": "Bundle", "entry": listed})
    return one


def booked(reference: str) -> dict[str, Any]:
    return appointment(participant=[participant(reference)])


def named(name: str, identity: str = "p1") -> dict[str, Any]:
    return patient(identity, name=[{"text": name}])


@pytest.mark.parametrize(
    ("url", "reference"),
    [
        (None, "Patient/p1"),
        (None, "Patient/p1/_history/3"),
        (None, SERVER + "Patient/p1"),
        (UUID, UUID),
        (UUID, "Patient/p1"),
        (SERVER + "Patient/p1", SERVER + "Patient/p1"),
        (SERVER + "Patient/p1", SERVER + "Patient/p1/_history/2"),
        (SERVER + "Patient/p1/_history/1", "Patient/p1"),
        (SERVER + "Patient/p1", "Patient/p1"),
    ],
)
def test_references_are_followed(tmp_path: Path, url: str | None, reference: str) -> None:
    subject = order(subject={"reference": reference})
    found = of_entries(tmp_path, (url, patient()), (None, subject), (None, booked(reference)))

    assert found.entry is not None, [str(one) for one in found.problems]


def test_a_relative_reference_counts_from_the_server_of_its_entry(tmp_path: Path) -> None:
    found = of_entries(
        tmp_path,
        (OTHER + "Patient/p1", named("Somebody Else")),
        (SERVER + "Patient/p1", named("Ada Sampleton")),
        (SERVER + "ServiceRequest/o1", order()),
        (SERVER + "Appointment/a1", booked("Patient/p1")),
    )

    assert cell(found, "patient_name") == "Ada Sampleton"


@pytest.mark.parametrize(
    ("url", "reference"),
    [
        (SERVER + "Appointment/a1", "Patient/p1"),
        (None, SERVER + "Patient/p1"),
        (None, "Patient/p2"),
        (None, "#p1"),
        (None, "Patient?identifier=17"),
        (None, "urn:uuid:8c1a4d2e-0000-4000-8000-00000000000f"),
        (None, ""),
        (None, "\x00"),
    ],
)
def test_a_patient_of_another_server_is_nobody_here(
    tmp_path: Path, url: str | None, reference: str
) -> None:
    found = of_entries(
        tmp_path,
        (OTHER + "Patient/p1", named("Somebody Else")),
        (None, without(order(), "subject")),
        (url, booked(reference)),
    )

    assert found.entry is None
    assert cell(found, "patient_name") == ""
    assert set(rules(found.problems)) <= {"missing-reference", "patient-missing"}


def test_without_a_server_two_patients_of_one_id_are_ambiguous(tmp_path: Path) -> None:
    found = of_entries(
        tmp_path,
        (OTHER + "Patient/p1", named("Somebody Else")),
        (SERVER + "Patient/p1", named("Ada Sampleton")),
        (None, order()),
        (None, booked("Patient/p1")),
    )

    assert found.entry is None
    assert "ambiguous-reference" in rules(found.problems)


def test_two_versions_of_a_patient_are_ambiguous_but_a_copy_is_not(tmp_path: Path) -> None:
    versions = row(tmp_path, patient(), patient(birthDate="1951-01-01"), order(), appointment())
    copies = row(tmp_path, patient(), patient(), order(), appointment())

    assert "ambiguous-reference" in rules(versions.problems)
    assert copies.entry is not None


def test_contained_resources(tmp_path: Path) -> None:
    holding = appointment(
        contained=[
            without(patient("inner"), "identifier"),
            order("inner-order", subject={"reference": "#inner"}),
            5,
            {"resourceType": 5, "id": "inner"},
        ],
        basedOn=[{"reference": "#inner-order"}],
        participant=[participant("#inner")],
    )
    found = row(tmp_path, holding)

    assert found.entry is not None, [str(one) for one in found.problems]
    assert found.entry.visit.patient_name == "Ada Testa Sampleton"


def test_a_contained_resource_refers_out_of_its_holder(tmp_path: Path) -> None:
    holding = appointment(contained=[order("inner")], basedOn=[{"reference": "#inner"}])

    assert row(tmp_path, patient(), holding).entry is not None


def test_two_contained_resources_of_one_id_are_ambiguous(tmp_path: Path) -> None:
    inner = [named("Ada", "x"), named("Bea", "x")]
    found = row(tmp_path, order(), appointment(contained=inner, participant=[participant("#x")]))

    assert "ambiguous-reference" in rules(found.problems)


@pytest.mark.parametrize("to", ["#", "#a1", "Appointment/a1"])
def test_references_in_a_circle_end(tmp_path: Path, to: str) -> None:
    circle = appointment(basedOn=[{"reference": to}], participant=[participant(to)])
    role = {"resourceType": "PractitionerRole", "id": "r", "practitioner": {"reference": "#"}}
    also = participant("PractitionerRole/r")
    found = row(tmp_path, circle)
    again = row(
        tmp_path,
        patient(),
        order(),
        role,
        appointment(participant=[participant("Patient/p1"), also]),
    )

    assert found.entry is None
    assert again.entry is not None
    assert rules(again.problems) == ["name-missing"]


def test_lines_refer_to_lines_in_any_order(tmp_path: Path) -> None:
    first, second = patient("p1"), named("Bea Invented", "p2")
    later = order("o2", subject={"reference": "Patient/p2"})
    found = list(
        of_lines(
            tmp_path,
            [
                appointment("a1"),
                appointment(
                    "a2",
                    participant=[participant("Patient/p2")],
                    basedOn=[{"reference": "ServiceRequest/o2"}],
                ),
                later,
                second,
                order("o1"),
                first,
            ],
        )
    )

    assert [cell(one, "patient_name") for one in found] == [
        "Ada Testa Sampleton",
        "Bea Invented",
    ]
    assert all(one.entry for one in found)


def test_identical_appointments_of_two_servers_are_two(tmp_path: Path) -> None:
    entries = [
        {"fullUrl": server + path, "resource": resource}
        for server in (SERVER, OTHER)
        for path, resource in (
            ("Patient/p1", patient()),
            ("ServiceRequest/o1", order()),
            ("Appointment/a1", appointment()),
        )
    ]
    path = tmp_path / "two.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "entry": entries}))

    assert len([one for one in open_fhir(path, Findings()) if one.entry]) == 2
