"""Headings: the usual ones, those of a map, and what is refused for a worklist as a whole."""

from pathlib import Path

import pytest

from docgen.diagnostics import Diagnostic, DocgenError, Findings
from docgen.worklist import open_worklist
from docgen.worklist.columns.fields import FIELDS, USUAL, USUAL_HEADINGS, VOCABULARY
from docgen.worklist.columns.matching import column_called
from tests.worklists import entry_of, opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "day.csv"


def _refused(path: Path, text: str, column_map: str | None = None) -> tuple[Diagnostic, ...]:
    with pytest.raises(DocgenError) as refused:
        opened(path, text, column_map)
    return refused.value.diagnostics


def _warned(path: Path, text: str) -> tuple[Diagnostic, ...]:
    path.write_text(text, "utf-8")
    findings = Findings()
    open_worklist(path, findings)
    return findings.diagnostics


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Patient Name", "patient_name"),
        ("PATIENT_NAME", "patient_name"),
        (" patient  name ", "patient_name"),
        ("name", "patient_name"),
        ("MRN", "patient_id"),
        ("DOB", "birth_date"),
        ("Date of Birth", "birth_date"),
        ("D.O.B.", "birth_date"),
        ("Appt. Time", "appointment_time"),
        ("CPT Code(s)", "codes"),
        ("Procedure Codes", "codes"),
        ("Preferred language", "language"),
        ("First Name", None),
        ("", None),
    ],
)
def test_usual_headings_are_known_however_they_are_spelled(heading: str, field: str) -> None:
    assert VOCABULARY.field_under(heading) == field


def test_every_field_goes_by_its_own_name() -> None:
    assert [VOCABULARY.field_under(field) for field in USUAL] == list(USUAL) == list(USUAL_HEADINGS)


def test_what_only_a_map_may_say_has_no_usual_heading() -> None:
    asked_for = [field for field in FIELDS if field not in USUAL]
    assert asked_for == ["status", "cancelled"]
    assert [VOCABULARY.field_under(field) for field in asked_for] == [None, None]


def test_no_heading_is_usual_for_two_fields() -> None:
    for field, headings in USUAL_HEADINGS.items():
        assert [VOCABULARY.field_under(heading) for heading in headings] == [field] * len(headings)


def test_a_table_without_headings_is_refused_without_repeating_a_cell(path: Path) -> None:
    (told,) = _refused(path, "Ada Example,1951-02-14,77299\nBo Example,1952-02-14,77299\n")
    assert told.rule == "missing-headings"
    assert "Example" not in str(told)
    assert "1951" not in str(told)


def test_a_missing_column_is_told_with_the_column_that_is_near(path: Path) -> None:
    (told,) = _refused(path, "Pateint Name,codes\nAda,77299\n")
    assert (told.rule, told.message) == (
        "missing-column",
        "no column is for 'patient_name', which every row needs",
    )
    assert told.hint is not None
    assert told.hint.startswith("is it column 1 (A)? ")


@pytest.mark.parametrize(
    ("index", "called"),
    [
        (0, "column 1 (A)"),
        (25, "column 26 (Z)"),
        (26, "column 27 (AA)"),
        (701, "column 702 (ZZ)"),
        (702, "column 703 (AAA)"),
    ],
)
def test_columns_are_called_as_a_spreadsheet_calls_them(index: int, called: str) -> None:
    assert column_called(index) == called


def test_two_columns_for_one_field_are_refused(path: Path) -> None:
    (told,) = _refused(path, "Name,Patient,codes\nAda,Bo,77299\n")
    assert told.rule == "duplicate-column"
    assert told.span is not None
    assert told.span.column == 6
    assert told.hint is not None
    assert "patient_name: [Name, Patient]" in told.hint


def test_columns_that_are_not_read_are_told_once(path: Path) -> None:
    (told,) = _warned(path, "patient_name,codes,Plan,Reason,Payer,\nAda,77299,a,b,,\n")
    assert (told.rule, told.severity) == ("unknown-column", "warning")
    assert told.message == "not read: column 3 (C), column 4 (D), column 5 (E)"


def test_a_location_stands_before_a_clinic(path: Path) -> None:
    entry = entry_of(path, "name,codes,location,clinic\nAda,77299,Room 2,Imaging\n")
    assert (entry.visit.place, entry.clinic) == ("Room 2", "Imaging")
    entry = entry_of(path, "name,codes,location,clinic\nAda,77299,,Imaging\n")
    assert (entry.visit.place, entry.clinic) == ("Imaging", "Imaging")


def test_a_map_joins_cells_in_its_order_and_leaves_blank_ones_out(path: Path) -> None:
    column_map = "columns: {patient_name: [First, Middle, Last]}\n"
    text = "Last,First,Middle,codes\nExample,Ada, ,77299\n"
    assert entry_of(path, text, column_map).visit.patient_name == "Ada Example"


def test_a_map_wins_over_usual_headings(path: Path) -> None:
    column_map = "columns: {patient_name: Pt}\n"
    text = "Name,Pt,codes\nImaging,Ada,77299\n"
    assert entry_of(path, text, column_map).visit.patient_name == "Ada"


def test_what_a_map_gives_to_one_field_is_no_other(path: Path) -> None:
    entry = entry_of(path, "name,codes,Dept\nAda,77299,Room\n", "columns: {location: Dept}\n")
    assert (entry.visit.place, entry.clinic) == ("Room", None)


def test_a_heading_of_the_map_that_is_not_there_is_told_in_the_map(path: Path) -> None:
    column_map = "columns:\n  patient_name: [Pt First, Pt Last]\n"
    (told,) = _refused(path, "Pt First,Pt Lst,codes\nAda,E,77299\n", column_map)
    assert told.span is not None
    assert (Path(told.span.path).name, told.span.line, told.span.column) == ("map.yaml", 2, 28)
    assert told.hint is not None
    assert told.hint.startswith("did you mean column 2 (B)? ")


def test_a_heading_of_the_map_that_is_there_twice_is_refused(path: Path) -> None:
    (told,) = _refused(path, "Pt,Pt,codes\nAda,Bo,77299\n", "columns: {patient_name: Pt}\n")
    assert told.rule == "duplicate-column"


def test_the_map_beside_a_worklist_is_found(tmp_path: Path) -> None:
    (tmp_path / "worklist-map.yaml").write_text("columns: {patient_name: Pt}\n", "utf-8")
    assert entry_of(tmp_path / "day.csv", "Pt,codes\nAda,77299\n").visit.patient_name == "Ada"


def test_a_heading_of_marks_is_one_like_any_other(path: Path) -> None:
    entry = entry_of(path, "#,name,codes,,%\nS-1,Ada,77299,,\n", 'columns: {patient_id: "#"}\n')
    assert entry.patient_id == "S-1"


def test_a_map_repeats_nothing_of_a_table_without_headings(path: Path) -> None:
    column_map = "columns: {patient_name: Ada Examples, codes: Code}\n"
    told = _refused(path, "Ada Example,77299\nBo Example,77299\n", column_map)
    assert [one.rule for one in told] == ["missing-column", "missing-column"]
    assert "'Ada Example'" not in " ".join(map(str, told))
