"""Workbooks that hold more than is read, or what no sheet can hold: refused in words, and early.

The limits are set low here, so that harmless workbooks go beyond them.
"""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.diagnostics import DocgenError, Findings
from docgen.imports.drafts import ImportSource
from docgen.imports.workbooks.reading import open_workbook
from docgen.imports.workbooks.xml import LIMITS, WorkbookLimits
from tests.made_workbooks import SHEET, archive, parts_of, rewritten, saved

STRINGS = """\
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>Made-up scan</t></si>
<si><r><rPr><b/></rPr><t xml:space="preserve">In two </t></r><r><t>looks</t></r>\
<rPh sb="0" eb="1"><t>spoken</t></rPh></si>
<si><t>A line_x000A_and _x005F_x000A_ as text</t></si>
</sst>
"""


def read(data: bytes, limits: WorkbookLimits = LIMITS) -> tuple[list[tuple[str, ...]], list[str]]:
    """The rows of all sheets, and the rules of what is told."""
    findings = Findings()
    source = ImportSource(path=Path("list.xlsx"), shown="list.xlsx", data=data)
    grids = open_workbook(source, findings, limits)
    rows = [row.cells for grid in grids for row in grid.rows()]
    return rows, [one.rule for one in findings.diagnostics]


def refusal(data: bytes, limits: WorkbookLimits = LIMITS) -> str:
    """The message of a workbook that is refused as a whole."""
    with pytest.raises(DocgenError) as refused:
        read(data, limits)
    (told,) = refused.value.diagnostics
    assert told.hint
    assert str(told.span) == "list.xlsx"
    return told.message


def wide(_: Workbook, sheet: Worksheet) -> None:
    sheet["J4"] = "far to the right"


def merged(_: Workbook, sheet: Worksheet) -> None:
    sheet.merge_cells("E5:F6")
    sheet.merge_cells("E7:F8")


def in_looks(_: Workbook, sheet: Worksheet) -> None:
    for row, form in enumerate(("0.0", "0.00", "0.000"), 1):
        sheet.cell(row, 4, 1.5).number_format = form


@pytest.mark.parametrize(
    ("change", "limits", "message"),
    [
        (None, {"rows": 2}, "more than 2 rows in a sheet"),
        (None, {"cells": 8}, "more than 8 cells in a sheet"),
        (wide, {"cells": 18}, "more than 18 cells in a sheet"),
        (merged, {"merged": 1}, "more than 1 merged ranges of cells"),
        (in_looks, {"styles": 3}, "more than 3 styles"),
        (None, {"characters": 40}, "more than 40 characters in a sheet"),
        (None, {"in_a_cell": 11}, "more than 11 characters in one cell"),
        (None, {"elements": 20}, "more than 20 elements"),
        (None, {"bytes": 5_000}, "more than 5,000 bytes, unpacked"),
        (None, {"parts": 3}, "more than 3 parts"),
    ],
)
def test_more_than_is_read_is_refused(
    change: Callable[[Workbook, Worksheet], None] | None, limits: dict[str, int], message: str
) -> None:
    data = saved(change)
    assert refusal(data, replace(LIMITS, **limits)) == f"this workbook holds {message}"
    as_many = {name: limit + 1 for name, limit in limits.items() if name in ("rows", "cells")}
    if change is None and as_many:
        assert len(read(data, replace(LIMITS, **as_many))[0]) == 3


def with_strings(count: int = 1) -> bytes:
    """A workbook whose cells name their texts by number."""
    data = rewritten(SHEET, 't="inlineStr"><is><t>Made-up scan</t></is>', 't="s"><v>0</v>')
    for index in range(1, count):
        old = f't="inlineStr"><is><t>{("One.", "Two.")[index - 1]}</t></is>'
        data = rewritten(SHEET, old, f't="s"><v>{index}</v>', data)
    parts = parts_of(data)
    parts["xl/sharedStrings.xml"] = STRINGS.encode()
    related = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    one = f'<Relationship Type="{kind}" Target="sharedStrings.xml" Id="rId9"/></Relationships>'
    parts[related] = parts[related].replace(b"</Relationships>", one.encode())
    return archive(parts)


def test_texts_that_cells_share_are_read_without_their_looks() -> None:
    (_, first, second), _ = read(with_strings(3))
    assert first == ("99001", "Made-up scan", "In two looks")
    assert second == ("99002", "Made-up test", "A line\nand _x000A_ as text")
    assert "more than 2 texts" in refusal(with_strings(), replace(LIMITS, strings=2))
    assert "more than 20 characters" in refusal(with_strings(), replace(LIMITS, characters=20))
    lost = rewritten(SHEET, "<v>0</v>", "<v>7</v>", with_strings())
    assert refusal(lost) == "this workbook is damaged: it has a cell whose text is missing"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('<row r="3">', '<row r="1048577">', "'r' is 1,048,577, and at most 1,048,576 is possible"),
        ('<row r="3">', '<row r="2">', "its row 2 stands below row 2"),
        ('<row r="3">', '<row r="x">', "'r' is no number where one belongs"),
        ('r="C3"', 'r="XFE3"', "it has a cell XFE3, and the last one of a sheet is XFD1048576"),
        ('r="C3"', 'r="C1048577"', "it has a cell C1048577, and the last one of a sheet is"),
        ('r="C3"', 'r="C2"', "it has a cell outside of row 3"),
        ('r="C3"', 'r="B3"', "it has two cells B3"),
        ('r="C3"', 'r="3C"', "it has a cell whose place cannot be read"),
        ('r="C3"', 'r="C3" s="x"', "'s' is no number where one belongs"),
        ('r="C3" t="inlineStr"', 'r="C3" t="odd"', "it has a cell whose kind nobody knows"),
        ("<worksheet ", "<!DOCTYPE w><worksheet ", "a part of it has a document type of its own"),
        ("<sheetData>", "<sheetData><sheetData>", "line 1 of a part is no XML (mismatched tag)"),
    ],
)
def test_what_no_sheet_can_hold_is_refused(old: str, new: str, message: str) -> None:
    assert refusal(rewritten(SHEET, old, new)).startswith(f"this workbook is damaged: {message}")


def test_a_document_type_is_refused_wherever_it_stands() -> None:
    comment = f"<!--{' ' * 5000}--><!DOCTYPE w [<!ENTITY a 'aa'>]><workbook "
    told = refusal(rewritten("xl/workbook.xml", "<workbook ", comment))
    assert told == "this workbook is damaged: a part of it has a document type of its own"


def test_a_tag_without_an_end_is_not_waited_for() -> None:
    told = refusal(rewritten(SHEET, "<sheetData>", f'<sheetData a="{" " * 1_100_000}">'))
    assert (
        told == "this workbook is damaged: a tag or a comment in it has more than 1,000,000 bytes"
    )


def test_names_beyond_number_are_refused() -> None:
    names = "".join(f"<n{number}/>" for number in range(11_000))
    told = refusal(rewritten(SHEET, "<sheetData>", f"{names}<sheetData>"))
    assert told == "this workbook is damaged: its elements have too many different names"


@pytest.mark.parametrize("cell", ["A1048576", "XFD3"])
def test_a_cell_at_the_end_of_the_sheet_costs_nothing(cell: str) -> None:
    """Whole columns are often given a look, down to the last row."""

    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet[cell].number_format = "0.00"

    assert len(read(saved(change))[0]) == 3


def test_merged_ranges_are_told_by_name_up_to_a_count() -> None:
    """However many cells each of them has."""
    ranges = "".join(f'<mergeCell ref="A{row}:XFD{row + 1}"/>' for row in range(5, 51, 2))
    old = "</sheetData>"
    _, told = read(rewritten(SHEET, old, f"{old}<mergeCells>{ranges}</mergeCells>"))
    assert told == ["merged-cells"] * 21


@pytest.mark.parametrize(("form", "told"), [("27", ["2025-01-31"]), ("163", []), ("9", ["45688"])])
def test_a_number_of_a_form_that_nobody_knows_is_refused_by_its_cell(
    form: str, told: list[str]
) -> None:
    """Form 27 is a date in East Asia; one that neither the file nor the standard knows may be."""
    data = rewritten(SHEET, 't="inlineStr"><is><t>One.</t></is>', 's="0"><v>45688</v>')
    data = rewritten("xl/styles.xml", 'cellXfs count="1"><xf numFmtId="0"',
                     f'cellXfs count="1"><xf numFmtId="{form}"', data)  # fmt: skip
    rows, rules = read(data)
    assert rules == ([] if told else ["unknown-form"])
    assert rows[1] == ("99001", "Made-up scan", *(told or [""]))
    lost = rewritten(SHEET, 's="0"><v>45688', 's="9"><v>45688', data)
    assert read(lost)[1] == ["unknown-form"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1e400", None),
        ("9" * 50, None),
        ("1_0", None),
        ("NaN", None),
        ("1E3", "1000"),
        (" 7 ", "7"),
    ],
)
def test_numbers_are_those_of_xml(value: str, said: str | None) -> None:
    data = rewritten(SHEET, 't="inlineStr"><is><t>One.</t></is>', f"><v>{value}</v>")
    if said is None:
        assert refusal(data) == "this workbook is damaged: it has a number that is none"
    else:
        assert read(data)[0][1][2] == said


def test_days_of_old_macintoshes_are_counted_from_1904() -> None:
    data = rewritten(SHEET, 't="inlineStr"><is><t>One.</t></is>', 's="0"><v>44226</v>')
    data = rewritten("xl/styles.xml", 'cellXfs count="1"><xf numFmtId="0"',
                     'cellXfs count="1"><xf numFmtId="14"', data)  # fmt: skip
    assert read(data)[0][1][2] == "2021-01-30"
    data = rewritten("xl/workbook.xml", "<workbookPr/>", '<workbookPr date1904="1"/>', data)
    assert read(data)[0][1][2] == "2025-01-31"


def test_a_part_that_is_missing_or_packed_in_another_way_is_told() -> None:
    parts = parts_of(saved())
    del parts[SHEET]
    assert refusal(archive(parts)) == f"this workbook is damaged: it has no part '{SHEET}'"
    told = refusal(archive(parts_of(saved()), zipfile.ZIP_LZMA))
    assert told == "this workbook is damaged: a part is packed in a way that workbooks are not"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_damaged_workbooks_are_refused(part: str) -> None:
    data = saved()
    parts = parts_of(data)
    parts[part] = parts[part][: len(parts[part]) // 2]
    assert refusal(archive(parts)).startswith(
        "this workbook is damaged: line 1 of a part is no XML"
    )
    assert "archive cannot be read" in refusal(data[: len(data) // 2])


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cn")), max_size=20),
    st.dates(),
    st.datetimes(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(VALUES, max_size=6), min_size=1, max_size=6))
def test_cells_are_where_another_reader_finds_them(rows: list[list[object]]) -> None:
    """What openpyxl, which wrote the workbook, says of places, kinds and texts."""
    book = Workbook()
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            is_formula = isinstance(value, str) and value.startswith("=")
            book.worksheets[0].cell(number, column, "text" if is_formula else value)
    data = io.BytesIO()
    book.save(data)
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data.getvalue())).worksheets
    expected = [
        [(cell.row, cell.column) for cell in row if cell.value is not None]
        for row in sheet.iter_rows()
    ]
    findings = Findings()
    source = ImportSource(path=Path("list.xlsx"), shown="list.xlsx", data=data.getvalue())
    grids = open_workbook(source, findings)
    found = []
    for read in (row for grid in grids for row in grid.rows()):
        places = [read.place(index) for index in range(len(read.cells))]
        filled = [place for place, cell in zip(places, read.cells, strict=True) if cell]
        found.append([(place.line, place.column) for place in filled])
        for place in filled:
            value = sheet.cell(place.line, place.column).value
            if isinstance(value, str):
                assert read.cells[place.column - 1] == value
            if isinstance(value, int | float) and not isinstance(value, bool):
                assert float(read.cells[place.column - 1]) == value
    if not any(one.rule == "error-cell" for one in findings.diagnostics):
        assert found == [row for row in expected if row]
