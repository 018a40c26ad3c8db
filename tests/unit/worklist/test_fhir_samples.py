"""The sample days say the same whatever their form."""

from pathlib import Path

import pytest

from docgen.diagnostics import Findings
from docgen.worklist import Entry, open_worklist

SAMPLES = Path(__file__).parents[3] / "data" / "worklists"


def said(entry: Entry | None) -> tuple[object, ...]:
    """What an entry says, as far as FHIR can say it."""
    assert entry is not None
    return (
        entry.visit,
        entry.patient_id,
        tuple(code.code for code in entry.codes),
        entry.language,
        entry.clinic,
    )


@pytest.mark.parametrize(
    ("name", "clinics", "left_out"),
    [
        ("clinic-day.ndjson", None, {"cancelled": 1, "entered-in-error": 1}),
        ("clinic-day.fhir.json", {"Endoscopy"}, {"cancelled": 1}),
    ],
)
def test_the_fhir_samples_agree_with_the_table(
    name: str, clinics: set[str] | None, left_out: dict[str, int]
) -> None:
    findings = Findings()
    worklist = open_worklist(SAMPLES / name, findings)
    table = open_worklist(SAMPLES / "clinic-day.csv", findings)
    expected = [
        said(row.entry)
        for row in table
        if row.entry and (clinics is None or row.entry.clinic in clinics)
    ]

    assert len(expected) >= 5
    assert [said(row.entry) for row in worklist] == expected
    assert dict(worklist.left_out) == left_out
    assert len(findings) == 0
