"""Rejected rows, once they are corrected, are a worklist that goes by the map of the first one."""

import csv
import io
from datetime import date
from pathlib import Path

from tests.worklists import opened, rows_of, rules_of

MAP = """\
encoding: windows-1252
delimiter: ";"
columns: {patient_name: [Pt First, Pt Last], codes: Proc, birth_date: DOB}
dates: {birth_date: MM/DD/YYYY}
separators: {codes: ","}
"""
EXPORT = (
    "Pt First;Pt Last;DOB;Proc;Notes\r\n"
    "Zoë;Peña;13/01/1951;77299,45378;=1+1\r\n"
    "Bo;Example;01/31/1951;77299;\r\n"
    'Cy;"Example;01/31/1951;77299;\r\n'
)


def _table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """As a file of rejected rows is written: with commas, with the reason as its last column."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow([*columns, "reason"])
    writer.writerows([*cells, "why, and where"] for cells in rows)
    return table.getvalue()


def test_rejected_rows_of_an_export_can_be_fed_back(tmp_path: Path) -> None:
    worklist = opened(tmp_path / "export.csv", EXPORT.encode("windows-1252"), MAP)
    zoe, bo, cy = worklist
    assert bo.entry is not None
    assert (rules_of(zoe), rules_of(cy)) == (["bad-date"], ["unclosed-quote"])
    table = _table(worklist.columns, [zoe.cells, cy.cells])
    for encoding in ("utf-8", "utf-8-sig"):
        corrected = table.replace("13/01/1951", "01/13/1951").encode(encoding)
        good, still = rows_of(tmp_path / "rejected.csv", corrected, MAP)
        assert good.entry is not None
        assert good.entry.visit.patient_name == "Zoë Peña"
        assert good.entry.visit.birth_date == date(1951, 1, 13)
        assert [code.code for code in good.entry.codes] == ["77299", "45378"]
        assert good.cells[4] == "=1+1"
        assert still.entry is None


def test_rows_that_are_fed_back_uncorrected_are_rejected_again(tmp_path: Path) -> None:
    """Above all those that could not be divided into cells: nothing may have moved."""
    text = "patient_name,codes,location,provider\nAda,77299,Dr. Model\n" + 'Bo,77299,"x" y,z\n'
    worklist = opened(tmp_path / "day.csv", text)
    rows = list(worklist)
    assert [row.entry for row in rows] == [None, None]
    again = rows_of(tmp_path / "rejected.csv", _table(worklist.columns, [r.cells for r in rows]))
    assert [row.entry for row in again] == [None, None]
    assert [row.cells[0] for row in again] == text.splitlines()[1:]
