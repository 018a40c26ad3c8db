import json
from datetime import datetime
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError, Findings
from docgen.worklist.opening import open_worklist
from docgen.worklist.values.time_zones import TimeZone
from tests.fhir_bundles import appointment, cell, order, patient, row, rules, without


@pytest.mark.parametrize(
    ("start", "clock"),
    [
        ("2026-11-24T09:30:00-06:00", datetime(2026, 11, 24, 9, 30)),
        ("2026-11-24T23:45:00.000+13:00", datetime(2026, 11, 24, 23, 45)),
        ("2026-11-24T00:00:00-05:00", datetime(2026, 11, 24)),
    ],
)
def test_the_clock_is_that_of_the_offset(tmp_path: Path, start: str, clock: datetime) -> None:
    found = row(tmp_path, patient(), order(), appointment(start=start))

    assert found.entry is not None
    assert found.entry.visit.appointment == clock


@pytest.mark.parametrize("start", ["2026-11-24T15:30:00Z", "2026-11-24T15:30:00+00:00"])
def test_a_time_in_utc_needs_the_clinics_zone(tmp_path: Path, start: str) -> None:
    resources = (patient(), order(), appointment(start=start))
    refused = row(tmp_path, *resources)
    placed = row(tmp_path, *resources, time_zone="America/Chicago")

    assert refused.entry is None
    assert rules(refused.problems) == ["time-zone"]
    assert cell(refused, "appointment_time") == start
    assert placed.entry is not None
    assert placed.entry.visit.appointment == datetime(2026, 11, 24, 9, 30)


def test_summer_time_is_that_of_the_day(tmp_path: Path) -> None:
    changed = appointment(start="2026-07-01T15:30:00Z")
    found = row(tmp_path, patient(), order(), changed, time_zone="America/Chicago")

    assert found.entry is not None
    assert found.entry.visit.appointment == datetime(2026, 7, 1, 10, 30)


def test_a_zone_holds_for_times_with_another_offset(tmp_path: Path) -> None:
    changed = appointment(start="2026-11-24T10:30:00-05:00")
    found = row(tmp_path, patient(), order(), changed, time_zone="America/Chicago")

    assert cell(found, "appointment_time") == "2026-11-24T09:30"


@pytest.mark.parametrize(
    "start",
    ["2026-11-24T09:30:00", "2026-11", "2026-02-30T09:30:00-06:00", "2026-11-24T25:00:00-06:00",
     "24.11.2026", "", "0001-01-01T00:00:00-06:00"],
)  # fmt: skip
@pytest.mark.parametrize("zone", [None, "Pacific/Auckland"])
def test_what_is_no_instant_is_refused(tmp_path: Path, start: str, zone: str | None) -> None:
    found = row(tmp_path, patient(), order(), appointment(start=start), time_zone=zone)

    assert found.entry is None
    assert rules(found.problems) == ["time"]
    assert cell(found, "appointment_time") == start


def test_an_appointment_without_a_start_is_told_of(tmp_path: Path) -> None:
    found = row(tmp_path, patient(), order(), without(appointment(), "start"))

    assert found.entry is not None
    assert found.entry.visit.appointment is None
    assert [(one.rule, one.severity) for one in found.problems] == [("no-time", "warning")]


@pytest.mark.parametrize("zone", ["Chicago", "", "../../etc/passwd", "/etc/localtime"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        TimeZone.parse(zone)


def test_the_column_map_says_the_zone(tmp_path: Path) -> None:
    path = tmp_path / "day.ndjson"
    resources = (patient(), order(), appointment(start="2026-11-24T15:30:00Z"))
    path.write_text("".join(json.dumps(one) + "\n" for one in resources))
    (tmp_path / "worklist-map.yaml").write_text("time_zone: America/Chicago\n")
    (found,) = open_worklist(path, Findings())

    assert found.cells[3] == "2026-11-24T09:30"


def test_a_zone_of_the_column_map_is_checked(tmp_path: Path) -> None:
    (tmp_path / "worklist-map.yaml").write_text("time_zone: Chicago\n")
    (tmp_path / "day.ndjson").write_text(json.dumps(patient()) + "\n")
    with pytest.raises(DocgenError) as refused:
        open_worklist(tmp_path / "day.ndjson", Findings())

    (problem,) = refused.value.diagnostics
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (1, 12)
