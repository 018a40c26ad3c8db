"""Rows of tables: where they end, what is in their cells, and what is rejected."""

from pathlib import Path

import pytest

from docgen.source.table_rows import LONGEST_CELL
from tests.worklists import entry_of, opened, rows_of, rules_of

HEADINGS = "patient_name,codes,location\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "day.csv"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_told_by_the_file(
    path: Path, delimiter: str, end: str
) -> None:
    lines = ["patient_name,codes,location", "Ada Example,77299,Room 2"]
    text = end.join(line.replace(",", delimiter) for line in lines)
    for whole in (text, text + end):
        entry = entry_of(path, whole)
        assert entry.visit.patient_name == "Ada Example"
        assert entry.visit.place == "Room 2"


def test_a_comma_in_a_heading_does_not_make_a_semicolon_table_one_of_commas(path: Path) -> None:
    entry = entry_of(path, "patient_name;codes;Notes, remarks, a, b, c\nAda;77299;x, y\n")
    assert entry.visit.patient_name == "Ada"


def test_quoted_cells_hold_delimiters_quotes_and_line_breaks(path: Path) -> None:
    text = HEADINGS + '"Example, ""Ada""","77299\n45378"  , "Room 2"\nBo,77299,x\n'
    first, second = rows_of(path, text)
    assert first.cells == ('Example, "Ada"', "77299\n45378", "Room 2")
    assert first.entry is not None
    assert [code.code for code in first.entry.codes] == ["77299", "45378"]
    assert (second.number, second.span and second.span.line) == (3, 4)


def test_a_quote_within_a_cell_stands_for_itself(path: Path) -> None:
    assert entry_of(path, HEADINGS + 'Ada "Addie" Example,77299,\n').visit.patient_name == (
        'Ada "Addie" Example'
    )


def test_blank_lines_and_rows_of_delimiters_are_passed_over_but_counted(path: Path) -> None:
    text = "\n" + HEADINGS + "\n,,\n  ,\t,\nAda,77299,\n\n"
    (row,) = rows_of(path, text)
    assert row.number == 6


def test_trailing_delimiters_make_no_column(path: Path) -> None:
    worklist = opened(path, "patient_name,codes,,\nAda,77299,,\nBo,77299\nCy,77299,x,\n")
    assert worklist.columns == ("patient_name", "codes")
    ada, bo, cy = worklist
    assert ada.entry is not None
    assert ada.cells == ("Ada", "77299")
    assert bo.entry is not None
    assert rules_of(cy) == ["wrong-cell-count"]


@pytest.mark.parametrize("line", ["Ada,77299", "Ada,77299,Room,2", "Ada"])
def test_a_row_of_another_width_is_rejected_whole(path: Path, line: str) -> None:
    """Cells that were moved must not be fed back as if they were right."""
    bad, good = rows_of(path, f"{HEADINGS}{line}\nBo,77299,Room 3\n")
    assert rules_of(bad) == ["wrong-cell-count"]
    assert bad.cells == (line, "", "")
    assert good.entry is not None


def test_a_quote_that_is_never_closed_costs_its_row_only(path: Path) -> None:
    rows = [f"Person {number},77299,Room" for number in range(300)]
    rows[100] = 'Person 100,77299,"Room'
    read = rows_of(path, HEADINGS + "\n".join(rows))
    assert len(read) == 300
    assert [row.number for row in read if row.entry is None] == [102]
    assert rules_of(read[100]) == ["unclosed-quote"]
    assert read[100].cells[0] == rows[100]


def test_a_quote_that_is_closed_in_a_later_row_costs_its_row_only(path: Path) -> None:
    lines = ['Ada,77299,"Room', 'Bo,77299,"Room 2"', "Cy,77299,Room"]
    ada, bo, cy = rows_of(path, HEADINGS + "\n".join(lines))
    assert rules_of(ada) == ["text-after-quote"]
    assert bo.entry is not None
    assert bo.entry.visit.place == "Room 2"
    assert cy.entry is not None


def test_a_cell_that_swallows_a_row_is_rejected_and_the_row_is_read(path: Path) -> None:
    ada, bo, cy = rows_of(path, HEADINGS + 'Ada,77299,"Room\nBo,77299,Room 2\nCy,77299,Room"\n')
    assert rules_of(ada) == ["unclosed-quote"]
    assert bo.entry is not None
    assert bo.entry.visit.patient_name == "Bo"
    assert cy.entry is not None


def test_a_long_cell_is_rejected(path: Path) -> None:
    long, longest = rows_of(
        path, f"{HEADINGS}Ada,77299,{'x' * (LONGEST_CELL + 1)}\nBo,77299,{'x' * LONGEST_CELL}\n"
    )
    assert rules_of(long) == ["cell-too-long"]
    assert longest.entry is not None


def test_a_line_without_end_is_rejected_without_being_kept(path: Path) -> None:
    endless, good = rows_of(path, f"{HEADINGS}Ada,77299,{'x' * 2_500_000}\nBo,77299,\n")
    assert rules_of(endless) == ["line-too-long"]
    assert len(endless.cells[0]) == 1_000
    assert good.entry is not None
    assert good.number == 3


def test_an_open_quote_does_not_gather_long_lines_without_end(path: Path) -> None:
    long = "x" * 600_000
    read = rows_of(path, f'{HEADINGS}Ada,77299,"{long}\n{long}\n{long}"\nBo,77299,\n')
    assert [rules_of(row) for row in read] == [
        ["unclosed-quote"], ["wrong-cell-count"], ["wrong-cell-count"], [],
    ]  # fmt: skip


def test_the_place_is_that_of_the_cell(path: Path) -> None:
    text = "patient_name,Notes,codes\n" + '"Ada\tExample","a, ""b""\nc",77299\n Bo,,?\n'
    ada, bo = rows_of(path, text)
    spans = [problem.span for problem in (*ada.problems, *bo.problems)]
    assert [(span.line, span.column) for span in spans if span] == [(2, 1), (4, 6)]


def test_a_nul_is_rejected_where_it_stands(path: Path) -> None:
    (row,) = rows_of(path, HEADINGS + "Ada,77299,Ro\0om\n")
    span = row.problems[0].span
    assert rules_of(row) == ["unprintable-character"]
    assert span is not None
    assert (span.line, span.column) == (2, 13)


def test_a_worklist_can_be_read_twice(path: Path) -> None:
    worklist = opened(path, HEADINGS + "Ada,77299,\nBo,77299,\n")
    assert [row.number for row in worklist] == [row.number for row in worklist] == [2, 3]


def test_nothing_of_a_row_is_shown_by_its_representation(path: Path) -> None:
    (row,) = rows_of(path, HEADINGS + "Ada,77299,\n")
    assert "Ada" not in f"{row!r} {row.entry!r}"
