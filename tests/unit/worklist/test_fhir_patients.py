from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.worklist.fhir.patients import PatientFacts
from docgen.worklist.fhir.resources import HumanName, Patient
from tests.fhir_bundles import (
    MR_TYPE,
    appointment,
    cell,
    order,
    patient,
    row,
    rules,
    without,
)

DAY = (order(), appointment())


def spoken(code: str, *, preferred: bool | None = None, **coding: str) -> dict[str, Any]:
    language = {"coding": [{"system": "urn:ietf:bcp:47", "code": code, **coding}]}
    return {"language": language} | ({} if preferred is None else {"preferred": preferred})


@pytest.mark.parametrize(
    ("names", "printed"),
    [
        ([{"text": "Ada T. Sampleton", "family": "Other"}], "Ada T. Sampleton"),
        (
            [{"prefix": ["Dr."], "given": ["Ada", "Testa"], "family": "Sampleton",
              "suffix": ["Jr.", "PhD"]}],
            "Dr. Ada Testa Sampleton Jr. PhD",
        ),
        ([{"given": ["Ada", None], "family": "Sampleton"}], "Ada Sampleton"),
        ([{"text": "First"}, {"use": "usual", "text": "Usual"}], "Usual"),
        ([{"use": "usual", "text": "Usual"}, {"use": "official", "text": "Official"}], "Official"),
        ([{"use": "maiden", "text": "Maiden"}, {"use": "temp", "text": "Temporary"}], "Temporary"),
        ([{"use": "nickname", "text": "Nick"}], "Nick"),
        (
            [{"use": "official", "text": "Before", "period": {"end": "2026-11-23"}},
             {"use": "official", "text": "Now", "period": {"start": "2026-11-24"}}],
            "Now",
        ),
        ([{"text": "Until then", "period": {"end": "2026-11-24T08:00:00Z"}}], "Until then"),
        ([{"text": "This year", "period": {"start": "2026", "end": "2026"}}], "This year"),
        ([{"text": "  Ada\n Sampleton "}], "Ada Sampleton"),
        ([{"text": "<b>Ada</b> & مريم {{ 1 }}"}], "<b>Ada</b> & مريم {{ 1 }}"),
    ],
)  # fmt: skip
def test_the_name_that_counts(tmp_path: Path, names: list[dict[str, Any]], printed: str) -> None:
    found = row(tmp_path, patient(name=names), *DAY)

    assert found.entry is not None
    assert found.entry.visit.patient_name == printed


@pytest.mark.parametrize(
    "names",
    [
        [],
        [{"use": "old", "text": "Old"}, {"use": "anonymous", "text": "Nobody"}],
        [{"use": "official", "text": "Over", "period": {"end": "2025"}}],
        [{"use": "official", "text": "Not yet", "period": {"start": "2026-12"}}],
        [{"use": "official", "text": "  ", "given": [None]}],
    ],
)
def test_without_a_name_there_is_no_packet(tmp_path: Path, names: list[dict[str, Any]]) -> None:
    found = row(tmp_path, patient(name=names), *DAY)

    assert found.entry is None
    assert rules(found.problems) == ["patient-name-missing"]


@pytest.mark.parametrize(
    ("identifiers", "number"),
    [
        ([{"type": MR_TYPE, "value": "17"}, {"value": "18"}], "17"),
        ([{"use": "old", "type": MR_TYPE, "value": "16"}, {"type": MR_TYPE, "value": "17"}], "17"),
        ([{"type": MR_TYPE, "value": "1"}, {"use": "usual", "type": MR_TYPE, "value": "2"}], "2"),
        ([{"type": MR_TYPE, "value": "1", "period": {"end": "2020"}}], None),
        ([{"type": {"coding": [{"code": "SS"}]}, "value": "000-00-0000"}], None),
        ([{"type": {"text": "MR"}, "value": "5"}], None),
        ([], None),
    ],
)
def test_the_medical_record_number(
    tmp_path: Path, identifiers: list[dict[str, Any]], number: str | None
) -> None:
    found = row(tmp_path, patient(identifier=identifiers), *DAY)

    assert found.entry is not None
    assert found.entry.patient_id == number
    assert found.problems == ()


def test_of_several_record_numbers_none_is_guessed(tmp_path: Path) -> None:
    several = [{"type": MR_TYPE, "value": "17"}, {"type": MR_TYPE, "value": "18"}]
    found = row(tmp_path, patient(identifier=several), *DAY)

    assert found.entry is not None
    assert found.entry.patient_id is None
    assert rules(found.problems) == ["several-record-numbers"]


@pytest.mark.parametrize("born", ["1950", "1950-02", "1950-02-30", "28.02.1950", "",
                                  "1950-02-28T10:00:00Z", "1950-02-28T10:00:00-06:00"])  # fmt: skip
def test_a_birth_date_is_whole_or_refused(tmp_path: Path, born: str) -> None:
    found = row(tmp_path, patient(birthDate=born), *DAY)

    assert found.entry is None
    assert rules(found.problems) == ["birth-date"]
    assert cell(found, "birth_date") == born


def test_a_birth_date_may_be_missing(tmp_path: Path) -> None:
    found = row(tmp_path, without(patient(), "birthDate"), *DAY)

    assert found.entry is not None
    assert found.entry.visit.birth_date is None


@pytest.mark.parametrize(
    ("communication", "tag"),
    [
        ([spoken("es", preferred=True), spoken("en")], "es"),
        ([spoken("es-mx", preferred=True)], "es-MX"),
        ([spoken("spa", preferred=True)], "es"),
        ([spoken("es")], "es"),
        ([spoken("es", preferred=False)], None),
        ([spoken("es"), spoken("en")], None),
        ([{"language": {"text": "Spanish"}, "preferred": True}], "es"),
        ([spoken("7", preferred=True, system="urn:local", display="Vietnamese")], "vi"),
        ([], None),
    ],
)
def test_the_preferred_language(
    tmp_path: Path, communication: list[dict[str, Any]], tag: str | None
) -> None:
    found = row(tmp_path, patient(communication=communication), *DAY)

    assert found.entry is not None
    assert found.entry.language == tag


@pytest.mark.parametrize(
    ("communication", "rule"),
    [
        ([spoken("es", preferred=True), spoken("fr", preferred=True)], "several-languages"),
        ([spoken("klingon", preferred=True)], "language"),
        ([{"preferred": True}], "language"),
    ],
)
def test_a_language_is_not_guessed(
    tmp_path: Path, communication: list[dict[str, Any]], rule: str
) -> None:
    found = row(tmp_path, patient(communication=communication), *DAY)

    assert found.entry is None
    assert rules(found.problems) == [rule]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"deceasedBoolean": True}, "patient-deceased"),
        ({"deceasedDateTime": "2026-11-01"}, "patient-deceased"),
        ({"active": False}, "patient-inactive"),
        (
            {"active": False, "link": [{"type": "replaced-by", "other": {"display": "x"}}]},
            "patient-replaced",
        ),
    ],
)
def test_nobody_prints_for_these_not_even_fed_back(
    tmp_path: Path, changes: dict[str, Any], rule: str
) -> None:
    """A table cannot say that someone died: a row without a code is refused there as well."""
    found = row(tmp_path, patient(**changes), *DAY)

    assert found.entry is None
    assert rules(found.problems) == [rule]
    assert cell(found, "patient_name") == "Ada Testa Sampleton"
    assert cell(found, "codes") == "?"


@pytest.mark.parametrize(
    "changes",
    [
        {"deceasedBoolean": False},
        {"active": True},
        {"link": [{"type": "seealso", "other": {"display": "x"}}]},
        {"gender": 5, "photo": "nonsense", "extension": [{"url": "x"}]},
    ],
)
def test_what_stands_in_nobodys_way(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert row(tmp_path, patient(**changes), *DAY).entry is not None


def test_a_modifier_is_not_passed_over(tmp_path: Path) -> None:
    found = row(tmp_path, patient(modifierExtension=[{"url": "http://example.org/x"}]), *DAY)

    assert found.entry is None
    assert rules(found.problems) == ["fhir-modifier"]
    assert cell(found, "codes") == "?"


@pytest.mark.parametrize(
    "changes",
    [{"name": "Ada"}, {"name": [{"given": "Ada"}]}, {"birthDate": 1950}, {"identifier": {}},
     {"communication": [5]}, {"deceasedBoolean": "false"}, {"link": None}],
)  # fmt: skip
def test_wrong_types_are_told_without_values(tmp_path: Path, changes: dict[str, Any]) -> None:
    found = row(tmp_path, patient(**changes), *DAY)

    assert found.entry is None
    (problem,) = found.problems
    assert problem.rule == "fhir-type"
    assert f"Patient.{next(iter(changes))}" in problem.message
    assert "Ada" not in str(problem)
    assert "1950" not in str(problem)


def test_nothing_shows_a_patients_values() -> None:
    facts = PatientFacts(
        name="Ada",
        patient_id="17",
        birth_date=date(1950, 2, 28),
        birth_text="1950-02-28",
        language="es",
        language_text="es",
        may_be_served=True,
    )
    shown = repr([facts, Patient(birth_date="1950-02-28"), HumanName(text="Ada")])

    assert "Ada" not in shown
    assert "1950" not in shown
    assert "17" not in shown
