"""JSON Lines: keys, values, and lines that cannot be read."""

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.worklist import WorklistRow
from docgen.worklist.columns.fields import USUAL
from tests.worklists import entry_of, opened, rows_of, rules_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "day.jsonl"


GOOD = {"patient_name": "Bo", "codes": ["77299"]}


def _beside_good(path: Path, line: str) -> WorklistRow:
    """The row of a line between two that are right, and stay so."""
    good = json.dumps(GOOD)
    before, row, after = rows_of(path, f"{good}\n{line}\n{good}\n")
    assert before.entry is not None
    assert after.entry is not None
    assert row.number == 2
    return row


def test_an_object_is_read(path: Path) -> None:
    entry = entry_of(
        path,
        json.dumps(
            {
                "patient_name": "Ada Example",
                "patient_id": 10000000000000000000001,
                "birth_date": "1951-02-14",
                "appointment_time": "2026-11-24T09:30",
                "location": "Room 2",
                "provider": None,
                "codes": ["77299", "icd-10-pcs 0DTJ4ZZ", 45378],
                "language": "es",
                "large_print": True,
                "copies": 2,
                "layouts": ["patient-handout"],
                "clinic": "Imaging",
            }
        ),
    )
    assert entry.visit.patient_name == "Ada Example"
    assert entry.visit.birth_date == date(1951, 2, 14)
    assert entry.visit.appointment == datetime(2026, 11, 24, 9, 30)
    assert (entry.visit.place, entry.visit.provider) == ("Room 2", None)
    assert entry.patient_id == "10000000000000000000001"
    assert [(code.code_system, code.code) for code in entry.codes] == [
        (None, "77299"),
        ("icd-10-pcs", "0DTJ4ZZ"),
        (None, "45378"),
    ]
    assert (entry.language, entry.large_print, entry.copies) == ("es", True, 2)
    assert (entry.layouts, entry.clinic) == (("patient-handout",), "Imaging")


def test_usual_names_and_one_text_of_codes_will_do(path: Path) -> None:
    entry = entry_of(path, '{"Patient Name": "Ada", "dob": "1951-02-14", "cpt": "77299;45378"}')
    assert [code.code for code in entry.codes] == ["77299", "45378"]
    assert entry.visit.birth_date == date(1951, 2, 14)


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        ('{"patient_name": "Ada" "codes": "77299"}', "bad-json", 24),
        ('{"patient_name": "Ada", "codes": "77299"', "bad-json", 41),
        ('{"patient_name": "Ada", "codes": 077299}', "bad-json", 35),
        ('{"patient_name": "Ada", "codes": NaN}', "bad-json", 1),
        ('["Ada", "77299"]', "bad-json", 1),
        ('"Ada"', "bad-json", 1),
        ("{" * 100_000, "bad-json", 2),
        ("[" * 100_000, "bad-json", 1),
        ('{"name": "Ada", "Name": "Bo", "codes": "77299"}', "duplicate-key", 17),
        ('{"name": "Ada", "name": "Bo", "codes": "77299"}', "duplicate-key", 17),
        ('{"name": "Ada", "codes": {"code": "77299"}}', "wrong-type", 17),
        ('{"name": "Ada", "codes": [["77299"]]}', "wrong-type", 17),
        ('{"name": ["Ada", "Example"], "codes": "77299"}', "wrong-type", 2),
        ('{"name": "Ada"}', "missing-value", 1),
        ('{"name": "Ada", "codes": []}', "missing-value", 17),
        ('{"name": "Ad\\ud800a", "codes": "77299"}', "unprintable-character", 2),
        ('{"name": "Ad\\u0000a", "codes": "77299"}', "unprintable-character", 2),
        ('{"codes": "77299", "name": "Ada", "dob": "03/04/1950"}', "bad-date", 35),
    ],
)
def test_a_wrong_line_costs_itself_only(path: Path, line: str, rule: str, column: int) -> None:
    row = _beside_good(path, line)
    assert rules_of(row) == [rule]
    span = row.problems[0].span
    assert span is not None
    assert (span.line, span.column) == (2, column)
    assert "Ada" not in str(row.problems[0])


def test_rejected_lines_make_a_table_that_can_be_fed_back(path: Path) -> None:
    lines = [
        {"patient_name": "Ada", "codes": ["77299", "45378"], "dob": "03/04/1950", "plan": "A"},
        {"patient_name": "Bo", "codes": "77299", "large_print": False, "plan": {"tier": 2}},
    ]
    worklist = opened(path, "\n".join(map(json.dumps, lines)))
    assert worklist.columns == (*USUAL, "plan")
    ada, bo = worklist
    assert ada.entry is None
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([*worklist.columns, "docgen_reason"])
    writer.writerow([*ada.cells, "why"])
    writer.writerow([*bo.cells, "why"])
    corrected = table.getvalue().replace("03/04/1950", "1950-03-04")
    again, still = rows_of(path.with_suffix(".csv"), corrected)
    assert again.entry is not None
    assert [code.code for code in again.entry.codes] == ["77299", "45378"]
    assert again.entry.visit.birth_date == date(1950, 3, 4)
    assert still.entry is not None
    assert still.entry.large_print is False


def test_a_line_that_cannot_be_read_stays_rejected_until_it_is_corrected(path: Path) -> None:
    worklist = opened(path, '{"patient_name": "Ada", "codes": "77299"\n')
    (row,) = worklist
    assert row.cells == ('{"patient_name": "Ada", "codes": "77299"', *("" for _ in USUAL[1:]))
    table = io.StringIO()
    csv.writer(table).writerows([worklist.columns, row.cells])
    (again,) = rows_of(path.with_suffix(".csv"), table.getvalue())
    assert rules_of(again) == ["missing-value"]


def test_keys_go_by_a_map(path: Path) -> None:
    column_map = (
        "columns: {patient_name: [first, last], codes: cpts}\n"
        "dates: {birth_date: MM/DD/YYYY}\nseparators: {codes: /}\n"
    )
    line = '{"first": "Ada", "last": "Example", "cpts": ["77299", "45378"], "dob": "02/14/1951"}'
    worklist = opened(path, line, column_map)
    assert worklist.columns[:3] == ("first", "last", "patient_id")
    (row,) = worklist
    assert row.entry is not None
    assert row.entry.visit.patient_name == "Ada Example"
    assert [code.code for code in row.entry.codes] == ["77299", "45378"]
    assert row.cells[worklist.columns.index("cpts")] == "77299/45378"


def test_keys_that_later_objects_have_are_columns_once_they_were_read(path: Path) -> None:
    """So that rejected rows lack nothing, whatever it is called."""
    lines = [
        {"name": "Ada", "codes": "?", "reason": "pain"},
        {"name": "Bo", "codes": "?", "docgen_reason": "x", "plan": {"tier": [1]}},
        {"name": "Cy", "codes": "?", "Reason": "ache", "note": "ring\ntwice"},
    ]
    worklist = opened(path, "\n".join(map(json.dumps, lines)))
    for _ in range(2):  # the cells of a row do not depend on what was read before
        ada, bo, cy = (dict(zip(worklist.columns, row.cells, strict=False)) for row in worklist)
        assert ada["reason"] == "pain"
        assert (bo["docgen_reason"], bo["plan"]) == ("x", '[["tier", ["1"]]]')
        assert (cy["reason"], cy["note"]) == ("ache", "ring\ntwice")
        assert [len(row.cells) - len(USUAL) for row in worklist] == [1, 3, 4]
    assert worklist.columns == (*USUAL, "reason", "docgen_reason", "plan", "note")


def test_keys_without_number_are_told_and_not_kept(path: Path) -> None:
    lines = [{"name": "Ada", "codes": "77299", f"key {number}": 1} for number in range(105)]
    worklist = opened(path, "\n".join(map(json.dumps, lines)))
    told = [problem.message for row in worklist for problem in row.problems]
    assert len(worklist.columns) == len(USUAL) + 101
    assert told[-1] == "this key is not read, here and further on, nor are more keys kept"
    assert len(told) == 101


def test_two_unknown_keys_for_the_same_are_not_repeated(path: Path) -> None:
    line = '{"name": "Ada", "codes": "77299", "Quimby Ng": 1, "quimby_ng": 2}'
    *_, row = rows_of(path, f"{json.dumps(GOOD)}\n{line}\n")
    (told,) = row.problems
    assert told.rule == "duplicate-key"
    assert told.message == "this key and the key at character 35 are for the same"
    assert told.span is not None
    assert told.span.column == 51


def test_unknown_keys_are_told_once(path: Path) -> None:
    line = '{"name": "Ada", "codes": "77299", "plan": 1}'
    first, second, third = rows_of(path, f"{json.dumps(GOOD)}\n{line}\n{line}\n")
    assert rules_of(first) == []
    assert rules_of(second) == ["unknown-column"]
    assert rules_of(third) == []
    assert second.entry is not None


@pytest.mark.parametrize("text", ['[\n{"name": "Ada"}\n]', '[{"name": "Ada"}]', '{\n"name": "A"}'])
def test_other_json_is_refused(path: Path, text: str) -> None:
    with pytest.raises(DocgenError) as refused:
        opened(path, text)
    assert [told.rule for told in refused.value.diagnostics] == ["not-json-lines"]


def test_blank_lines_are_passed_over_but_counted(path: Path) -> None:
    (row,) = rows_of(path, f"\n \n{json.dumps(GOOD)}\n\n")
    assert row.number == 3
