import csv
import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError, Findings
from docgen.worklist import open_worklist
from docgen.worklist.columns.fields import USUAL
from docgen.worklist.entries import WorklistRow
from docgen.worklist.fhir.reading import FhirWorklist, open_fhir
from tests.fhir_bundles import (
    CPT,
    HCPCS,
    SNOMED,
    Resource,
    appointment,
    bundle,
    cell,
    codes,
    of_lines,
    opened,
    order,
    participant,
    patient,
    procedure,
    row,
    rows,
    rules,
    without,
)

SPANISH = {"language": {"coding": [{"code": "es-MX"}]}, "preferred": True}
FRENCH = {"language": {"coding": [{"code": "fr"}]}, "preferred": True}
DAY = (
    patient(communication=[SPANISH]),
    order("o1", (CPT, "77299")),
    order("o2", (HCPCS, "G0121")),
    appointment(
        basedOn=[{"reference": "ServiceRequest/o1"}, {"reference": "ServiceRequest/o2"}],
        participant=[
            participant("Patient/p1"),
            participant("Location/l1"),
            participant("Practitioner/d1"),
            participant("HealthcareService/h1"),
        ],
    ),
    {"resourceType": "Location", "id": "l1", "name": "Room 4"},
    {"resourceType": "HealthcareService", "id": "h1", "name": "Example Clinic"},
    {
        "resourceType": "Practitioner",
        "id": "d1",
        "name": [{"prefix": ["Dr."], "given": ["Noah"], "family": "Fictitious"}],
    },
)


def test_an_appointment_is_a_row(tmp_path: Path) -> None:
    found = row(tmp_path, *DAY)

    assert found.number == 1
    assert found.problems == ()
    assert found.entry is not None
    visit = found.entry.visit
    assert (visit.patient_name, visit.birth_date) == ("Ada Testa Sampleton", date(1950, 2, 28))
    assert visit.appointment == datetime(2026, 11, 24, 9, 30)
    assert (visit.place, visit.provider) == ("Room 4", "Dr. Noah Fictitious")
    assert (found.entry.patient_id, found.entry.language) == ("MR-p1", "es-MX")
    assert found.entry.clinic == "Example Clinic"
    assert codes(found) == [("cpt", "77299"), ("hcpcs", "G0121")]


def test_the_same_rows_come_of_ndjson_in_any_order(tmp_path: Path) -> None:
    expected = row(tmp_path, *DAY)
    (found,) = of_lines(tmp_path, reversed(DAY))

    assert found.entry is not None
    assert expected.entry is not None
    assert found.cells == expected.cells
    assert found.entry.visit == expected.entry.visit


def test_cells_are_what_a_table_would_say(tmp_path: Path) -> None:
    cells = dict(zip(USUAL, row(tmp_path, *DAY).cells, strict=True))
    assert {column: cell for column, cell in cells.items() if cell} == {
        "patient_name": "Ada Testa Sampleton",
        "patient_id": "MR-p1",
        "birth_date": "1950-02-28",
        "appointment_time": "2026-11-24T09:30",
        "location": "Room 4",
        "provider": "Dr. Noah Fictitious",
        "codes": "cpt:77299; hcpcs:G0121",
        "language": "es-MX",
        "clinic": "Example Clinic",
    }


@pytest.mark.parametrize(
    "status", ["cancelled", "entered-in-error", "noshow", "fulfilled", "proposed", "waitlist"]
)
def test_what_does_not_take_place_is_left_out_and_counted(tmp_path: Path, status: str) -> None:
    worklist = opened(
        tmp_path,
        bundle(patient(), order(), appointment("a1", status=status), appointment("a2")),
    )

    assert [one.number for one in worklist] == [1]
    assert dict(worklist.left_out) == {status: 1}


@pytest.mark.parametrize("status", ["pending", "booked", "arrived", "checked-in"])
def test_what_is_expected_is_a_row(tmp_path: Path, status: str) -> None:
    assert codes(row(tmp_path, patient(), order(), appointment(status=status)))


@pytest.mark.parametrize("status", [None, "boked", "Cancelled"])
def test_a_status_that_says_nothing_is_refused(tmp_path: Path, status: str | None) -> None:
    changed = appointment(status=status) if status else without(appointment(), "status")
    found = row(tmp_path, patient(), order(), changed)

    assert found.entry is None
    assert rules(found.problems) == ["visit-status"]
    assert cell(found, "codes") == "?"


@pytest.mark.parametrize(
    ("status", "rule"),
    [
        ("declined", "patient-declined"),
        ("rejected", "participant-status"),
        ("Accepted", "participant-status"),
    ],
)
def test_a_patient_who_may_not_take_part_is_refused(tmp_path: Path, status: str, rule: str) -> None:
    booked = appointment(participant=[participant("Patient/p1", status=status)])
    found = row(tmp_path, patient(), order(), booked)

    assert found.entry is None
    assert rules(found.problems) == [rule]
    assert cell(found, "codes") == "?"


@pytest.mark.parametrize("status", ["accepted", "tentative", "needs-action"])
def test_a_patient_need_not_have_accepted(tmp_path: Path, status: str) -> None:
    booked = appointment(participant=[participant("Patient/p1", status=status)])

    assert codes(row(tmp_path, patient(), order(), booked))


@pytest.mark.parametrize("reason", [{"text": "weather"}, {}, "weather", ["weather"]])
def test_a_reason_of_a_cancellation_contradicts_a_visit(tmp_path: Path, reason: object) -> None:
    """R4, app-4: only what was cancelled or missed has one."""
    found = row(tmp_path, patient(), order(), appointment(cancelationReason=reason))
    assert rules(found.problems) == ["contradictory-status"]
    assert cell(found, "codes") == "?"
    cancelled = appointment(status="cancelled", cancelationReason=reason)
    worklist = opened(tmp_path, bundle(patient(), order(), cancelled))
    assert list(worklist) == []
    assert dict(worklist.left_out) == {"cancelled": 1}


def test_iterating_twice_counts_anew(tmp_path: Path) -> None:
    worklist = opened(
        tmp_path, bundle(patient(), order(), appointment(), appointment("a2", status="cancelled"))
    )

    assert [one.cells for one in worklist] == [one.cells for one in worklist]
    assert dict(worklist.left_out) == {"cancelled": 1}


def test_a_problem_names_the_line_of_its_resource(tmp_path: Path) -> None:
    worklist = of_lines(tmp_path, [patient(birthDate="1950-02"), order(), appointment()])
    (found,) = worklist

    (problem,) = found.problems
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (1, 1)
    assert found.span is not None
    assert found.span.line == 3


def test_a_bundle_has_lines_as_well(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    path.write_text(
        '{"resourceType": "Bundle", "entry": [\n'
        '  {"resource": {"resourceType": "Appointment", "status": "odd"}},\n'
        '  {"resource": {"resourceType": "Appointment", "status": "cancelled"}}, 5\n'
        "]}"
    )
    first, second = open_fhir(path, Findings())

    assert first.span is not None
    assert (first.span.line, first.span.column) == (2, 3)
    assert second.span is not None
    assert (second.span.line, second.span.column) == (3, 73)


def test_without_appointments_orders_with_a_time_are_visits(tmp_path: Path) -> None:
    worklist = opened(
        tmp_path,
        bundle(
            patient(),
            order("o1", occurrenceDateTime="2026-11-24"),
            order("o2", occurrencePeriod={"start": "2026-11-24T08:00:00-06:00"}),
            order("o3"),
            order("o4", status="revoked", occurrenceDateTime="2026-11-24"),
            order("o5", doNotPerform=True, occurrenceDateTime="2026-11-24"),
            procedure("x1", performedDateTime="2026-11-25"),
            procedure("x2", basedOn=[{"reference": "ServiceRequest/o1"}]),
            procedure("x3", status="completed", performedDateTime="2020-01-01"),
        ),
    )
    found = list(worklist)

    assert [one.entry and one.entry.visit.appointment for one in found] == [
        date(2026, 11, 24),
        datetime(2026, 11, 24, 8),
        date(2026, 11, 25),
    ]
    assert dict(worklist.left_out) == {
        "unscheduled": 1,
        "revoked": 1,
        "do-not-perform": 1,
        "part-of-order": 1,
        "completed": 1,
    }


def test_orders_beside_appointments_are_no_visits(tmp_path: Path) -> None:
    found = rows(
        tmp_path, patient(), order(), appointment(), order("o2", occurrenceDateTime="2026-11-24")
    )

    assert len(found) == 1


def test_an_order_that_is_a_visit_says_where_and_by_whom(tmp_path: Path) -> None:
    found = row(
        tmp_path,
        patient(),
        order(
            occurrenceDateTime="2026-11-24",
            performer=[{"display": "Dr. Noah Fictitious"}],
            locationReference=[{"display": "Room 4"}],
        ),
    )

    assert (cell(found, "location"), cell(found, "provider")) == ("Room 4", "Dr. Noah Fictitious")


def test_the_same_appointment_twice_is_one_row(tmp_path: Path) -> None:
    worklist = opened(tmp_path, bundle(patient(), order(), appointment(), appointment()))

    assert len(list(worklist)) == 1
    assert dict(worklist.left_out) == {"duplicate": 1}


def test_appointments_of_one_id_that_differ_are_refused(tmp_path: Path) -> None:
    later = appointment(start="2026-11-24T15:00:00-06:00")
    found = rows(tmp_path, patient(), order(), appointment(), later)

    assert [rules(one.problems) for one in found] == [["duplicate-id"], ["duplicate-id"]]
    assert {cell(one, "codes") for one in found} == {"?"}


def test_an_empty_bundle_is_an_empty_day(tmp_path: Path) -> None:
    assert list(opened(tmp_path, {"resourceType": "Bundle", "type": "searchset"})) == []


def test_a_file_without_visits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as refused:
        opened(tmp_path, bundle(patient()))

    assert rules(refused.value.diagnostics) == ["no-visits"]


def databases() -> dict[str, os.stat_result]:
    """The temporary files of SQLite that this process holds, by their names."""
    found = {}
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            if "etilqs" in str(entry.readlink()):
                found[str(entry.readlink())] = entry.stat()
    return found


def test_no_file_with_patients_is_left_behind(tmp_path: Path) -> None:
    """The database spills to a file that has no name any more, and that none but us may open."""
    before = databases()
    big = [patient(f"p{n}", name=[{"text": "x" * 2000}]) for n in range(4000)]
    worklist = of_lines(tmp_path, [*big, appointment()])
    ours = {name: stat for name, stat in databases().items() if name not in before}

    assert len(list(worklist)) == 1
    (name,) = ours
    assert name.endswith(" (deleted)")
    assert not Path(name.removesuffix(" (deleted)")).exists()
    assert ours[name].st_mode & 0o077 == 0
    assert ours[name].st_size > 1_000_000


def fed_back(folder: Path, *found: WorklistRow) -> list[WorklistRow]:
    """Rows as a table, with a reason beside each, read again."""
    path = folder / "rejected.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow([*FhirWorklist.columns, "docgen_reason"])
        table.writerows([*one.cells, "because"] for one in found)
    return list(open_worklist(path, Findings()))


def test_a_row_that_is_fed_back_as_a_table_says_the_same(tmp_path: Path) -> None:
    found = row(tmp_path, *DAY)
    (again,) = fed_back(tmp_path, found)

    assert found.entry is not None
    assert again.entry is not None, [str(one) for one in again.problems]
    assert again.entry.visit == found.entry.visit
    assert [(one.code_system, one.code) for one in again.entry.codes] == codes(found)
    assert (again.entry.language, again.entry.clinic) == ("es-MX", "Example Clinic")


@pytest.mark.parametrize(
    "resources",
    [
        (patient(deceasedBoolean=True), order(), appointment()),
        (patient(active=False), order(), appointment()),
        (patient(birthDate="1950"), order(), appointment()),
        (patient(modifierExtension=[{"url": "x"}]), order(), appointment()),
        (patient(), order(), appointment(modifierExtension=[{"url": "x"}])),
        (patient(), order(modifierExtension=[{"url": "x"}]), appointment()),
        (patient(), order(), appointment(status="odd")),
        (patient(), order(status="odd"), appointment()),
        (patient(), order(), appointment(start="2026-11-24T09:00:00Z")),
        (patient(), order(), appointment(start="2026-11")),
        (patient(), order("o1", (SNOMED, "73761001")), appointment()),
        (patient(), order(code={"coding": [{"code": "77299"}]}), appointment()),
        (patient(), order(code={"coding": [{"code": "A 77299"}]}), appointment()),
        (patient(), patient("p2"), order(subject={"reference": "Patient/p2"}), appointment()),
        (patient(), appointment()),
        (order(), appointment()),
        (patient(), patient(birthDate="1951-01-01"), order(), appointment()),
        (patient(communication=[{"preferred": True}]), order(), appointment()),
        (patient(communication=[SPANISH, FRENCH]), order(), appointment()),
        (patient(), order(), appointment(participant=[participant("Patient/p1", status=5)])),
        (
            patient(),
            order(),
            appointment(participant=[participant("Patient/p1", status="declined")]),
        ),
    ],
)
def test_what_was_rejected_is_rejected_again_unless_somebody_corrects_it(
    tmp_path: Path, resources: tuple[Resource, ...]
) -> None:
    found = row(tmp_path, *resources)
    again = fed_back(tmp_path, found)

    assert found.entry is None
    assert [one.entry for one in again] == [None]
