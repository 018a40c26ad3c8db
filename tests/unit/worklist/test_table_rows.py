"""Rows of tables: where they end, what is in their cells, and what is rejected."""

from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.source.quotes import LONGEST_CELL
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


def test_a_line_break_in_quotes_belongs_to_its_cell(path: Path) -> None:
    """Above all where the rest of the row has as many cells as there are headings."""
    text = 'Name,MRN,Codes\n"Example,\nMina",T-1,G0121\nOtto Example,T-2,G0103\n'
    mina, otto = rows_of(path, text)
    assert mina.entry is not None
    assert otto.entry is not None
    assert [row.entry.visit.patient_name for row in (mina, otto) if row.entry] == [
        "Example, Mina",
        "Otto Example",
    ]
    assert mina.cells == ("Example,\nMina", "T-1", "G0121")
    assert (otto.number, otto.span and otto.span.line) == (3, 4)


@pytest.mark.parametrize(
    "below", [["Person,77299,Room"] * 150, ['Person,77299,"Room 2"'] * 3, ["", "Person,77299,"]]
)
def test_below_a_quote_that_is_never_closed_nothing_is_a_row(path: Path, below: list[str]) -> None:
    """Each line is rejected by itself, so that the sum is right and nobody is lost."""
    lines = ["Ada,77299,Room", 'Bo,77299,"Room', *below]
    ada, bo, *others = rows_of(path, HEADINGS + "\n".join(lines))
    assert ada.entry is not None
    assert rules_of(bo) == ["unclosed-quote" if '"' not in below[0] else "text-after-quote"]
    assert {rule for row in others for rule in rules_of(row)} == {"after-wrong-quote"}
    assert [row.cells for row in (bo, *others)] == [(line, "", "") for line in lines[1:] if line]
    assert [row.number for row in others] == [
        number for number, line in enumerate(below, 4) if line
    ]


def test_a_quote_that_is_closed_in_a_later_row_costs_what_stands_between(path: Path) -> None:
    lines = ['Ada,77299,"Room', 'Bo,77299,"Room 2"', 'Cy,77299,Room"', "Di,77299,Room"]
    ada, bo, cy, di = rows_of(path, HEADINGS + "\n".join(lines))
    assert rules_of(ada) == ["text-after-quote"]
    assert rules_of(bo) == rules_of(cy) == ["after-wrong-quote"]
    assert di.entry is not None


def test_a_cell_that_swallows_a_row_is_rejected_with_it(path: Path) -> None:
    """As CSV, all of it is one cell; what is in it would be printed on another patient's sheet."""
    text = 'Ada,77299,"Room\nBo,45378,Room 2\nCy,G0121,Room"'
    row, di = rows_of(path, f"{HEADINGS}{text}\nDi,77299,\n")
    assert rules_of(row) == ["row-in-quotes"]
    (without_codes,) = rows_of(path, f'{HEADINGS}Ada,77299,"Room\nBo,,Room 2\nRoom"\n')
    assert rules_of(without_codes) == ["row-in-quotes"]
    assert str(row.problems[0].span).endswith(":2:11")
    assert row.cells == (text, "", "")
    assert di.entry is not None
    assert di.number == 3


def test_a_name_that_swallows_rows_is_rejected_in_a_table_of_two_columns(path: Path) -> None:
    (row,) = rows_of(path, 'name,codes\n"Ada,77299\nBo,45378\nCy",77299\n')
    assert rules_of(row) == ["row-in-quotes"]


@pytest.mark.parametrize(
    "cell",
    [
        "call first, then ring, and wait\nbring pillow, blanket, water",
        "77299, 45378, G0121\n1, 2, 3",
    ],
)
def test_lines_in_cells_may_have_as_many_commas_as_rows(path: Path, cell: str) -> None:
    (row,) = rows_of(path, f'name,codes,Notes\nAda,77299,"{cell}"\n')
    assert row.entry is not None
    (row,) = rows_of(path, 'name,codes,Notes\nAda,"77299, 45378, G0121\nG0103, 93306, 70551",x\n')
    assert row.entry is not None
    assert len(row.entry.codes) == 6


def test_a_quote_in_a_cell_is_a_sign(path: Path) -> None:
    wedge = 'Bo,77299,12" wedge\n'
    first, second, third = rows_of(path, f'{HEADINGS}{wedge}Ada "Addie","77299" x,\n{wedge}')
    assert [row.entry and row.entry.visit.place for row in (first, third)] == ['12" wedge'] * 2
    assert rules_of(second) == ["text-after-quote"]


def test_half_of_a_name_is_no_row(path: Path) -> None:
    """The quote that opens the cell is missing."""
    example, mina = rows_of(path, f'{HEADINGS}Example,\nMina",77299,Room 2\n')
    assert rules_of(example) == ["wrong-cell-count"]
    assert rules_of(mina) == ["stray-quote"]
    assert str(mina.problems[0].span).endswith(":3:5")


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
        ["line-too-long"], ["after-wrong-quote"], ["after-wrong-quote"], [],
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


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_headings_with_a_wrong_quote_refuse_the_table_at_the_quote(
    path: Path, delimiter: str
) -> None:
    text = 'name,"codes" x,location\nAda,77299,\n'.replace(",", delimiter)
    with pytest.raises(DocgenError) as refused:
        opened(path, text)
    (told,) = refused.value.diagnostics
    assert (told.rule, str(told.span)) == ("text-after-quote", f"{path}:1:6")
