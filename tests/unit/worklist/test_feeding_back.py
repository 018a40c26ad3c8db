"""Rejected rows, once they are corrected, are a worklist that goes by the map of the first one."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from docgen.worklist.columns.reason_column import reason_heading
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
    writer.writerow([*columns, reason_heading(columns)])
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


def _round(path: Path, text: str | bytes, column_map: str | None = None) -> str:
    """All rows of a worklist, rejected, as the file of a run has them."""
    worklist = opened(path, text, column_map)
    return _table(worklist.columns, [row.cells for row in worklist])


REASON_MAP = "columns: {codes: Reason}"
OWN_MAP = "columns: {codes: docgen_reason}"


@pytest.mark.parametrize(
    ("headings", "column_map", "own"),
    [
        ("name,Reason,x", REASON_MAP, "docgen_reason"),
        ("name,codes,reason", None, "docgen_reason"),
        ("name,codes,REASON,docgen reasons", None, "docgen_reason"),
        ("docgen_reason,name,codes", None, "docgen_reason_2"),
        ("name,docgen_reason", OWN_MAP, "docgen_reason_2"),
        ("name,Docgen-Reason 2,docgen_reason", OWN_MAP, "docgen_reason_3"),
    ],
)
def test_the_column_of_reasons_is_none_of_the_worklists(
    tmp_path: Path, headings: str, column_map: str | None, own: str
) -> None:
    """However often rejected rows are fed back, each column stays, and that of reasons is one."""
    path = tmp_path / "day.csv"
    cells = [
        "77299" if name in ("codes", "Reason", "docgen_reason") else "b\nc"
        for name in headings.split(",")
    ]
    row = ",".join(f'"{cell}"' for cell in cells)
    first = _round(path, f"{headings}\n{row}\n", column_map)
    head, kept = csv.reader(io.StringIO(first, newline=""))
    assert head == [*headings.split(","), own]
    assert kept == [*cells, "why, and where"]
    second = _round(path, first, column_map)
    assert second == first
    assert _round(path, second.replace("why", "another"), column_map) == first


def test_a_column_of_reasons_that_a_map_needs_is_read(tmp_path: Path) -> None:
    """In the rejected rows as well, where it is the last one but for docgen's."""
    path = tmp_path / "day.csv"
    for _ in range(2):
        (row,) = rows_of(path, "name,docgen_reason\nAda,77299\n", OWN_MAP)
        assert row.entry is not None
        path = tmp_path / "rejected.csv"
        (row,) = rows_of(path, "name,docgen_reason,docgen_reason_2\nAda,77299,why\n", OWN_MAP)
        assert row.entry is not None
        assert row.cells == ("Ada", "77299")


def test_rejected_rows_of_an_earlier_docgen_can_be_fed_back(tmp_path: Path) -> None:
    """Their reasons stand under reason, which may be a column of the worklist: it is kept."""
    text = 'patient_name,codes,reason\r\nAda,77299,"day.csv:2:5: why, and where"\r\nBo,?,why\r\n'
    worklist = opened(tmp_path / "rejected.csv", text)
    ada, bo = worklist
    assert ada.entry is not None
    again = _table(worklist.columns, [bo.cells])
    assert again.splitlines()[0] == "patient_name,codes,reason,docgen_reason"
    (bo,) = rows_of(tmp_path / "again.csv", again.replace("?", "77299"))
    assert bo.entry is not None


def test_rows_of_several_lines_come_back_as_they_were(tmp_path: Path) -> None:
    """Those that could be divided, those that could not, and lines below a wrong quote."""
    text = (
        'patient_name,codes,location\n"Ada\nExample",?,"Room\n2"\n"Bo\nExample",77299\n'
        'Cy,77299,"Room\nDi,77299,Room 2\nEd,77299,Room"\nFi,77299,"Room\nGu,77299,\n'
    )
    first = _round(tmp_path / "day.csv", text)
    rows = rows_of(tmp_path / "rejected.csv", first)
    assert [row.entry for row in rows] == [None] * 5
    assert [row.cells[0] for row in rows] == [
        "Ada\nExample",
        '"Bo\nExample",77299',
        'Cy,77299,"Room\nDi,77299,Room 2\nEd,77299,Room"',
        'Fi,77299,"Room',
        "Gu,77299,",
    ]
    assert _round(tmp_path / "rejected.csv", first) == first
