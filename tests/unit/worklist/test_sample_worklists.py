"""The sample worklists: every row can be used, and is of a person who is plainly made up."""

from pathlib import Path

import pytest

from docgen.diagnostics import Findings
from docgen.records.library import RecordLibrary
from docgen.worklist import open_worklist

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "data/worklists"
SAMPLES = {"clinic-day.csv": 24, "walk-ins.jsonl": 4, "ehr-export/schedule.csv": 5}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_of_a_sample_can_be_used(name: str) -> None:
    rows = list(open_worklist(FOLDER / name, Findings()))
    assert [row for row in rows if row.entry is None] == []
    assert len(rows) == SAMPLES[name]
    library = RecordLibrary((ROOT / "data",))
    for row in rows:
        assert row.entry is not None
        assert (row.entry.patient_id or "").startswith("SAMPLE-")
        for code in row.entry.codes:
            assert library.find(code.code, code.code_system).code == code.code


def test_the_sample_of_an_ehr_has_a_visit_that_was_cancelled() -> None:
    findings = Findings()
    worklist = open_worklist(FOLDER / "ehr-export/schedule.csv", findings)
    assert [row.number for row in worklist] == [2, 3, 5, 6, 7]
    assert dict(worklist.left_out) == {"cancelled": 1}
    assert findings.diagnostics == ()
