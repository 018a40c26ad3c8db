"""Workbooks as tables of records: what is read of them, and what is refused by its cell."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.diagnostics import DocgenError, Findings
from docgen.imports.drafts import Draft, ImportSource
from docgen.imports.tables.reading import read_table
from tests.made_workbooks import archive, saved


def read(
    data: bytes, column_map: Path | None = None, name: str = "list.xlsx"
) -> tuple[list[Draft], list[tuple[str, str, str]]]:
    findings = Findings()
    source = ImportSource(path=Path(name), shown=name, data=data, column_map=column_map)
    drafts = [draft for draft in read_table(source, findings) if isinstance(draft, Draft)]
    return drafts, [(str(one.span), one.rule, one.message) for one in findings.diagnostics]


def refusal(data: bytes, name: str = "list.xlsx") -> tuple[str, str, str | None]:
    with pytest.raises(DocgenError) as refused:
        read(data, name=name)
    (told,) = refused.value.diagnostics
    assert str(told.span) == name
    return told.rule, told.message, told.hint


def test_a_sheet_is_read_like_a_table() -> None:
    drafts, told = read(saved(lambda _, sheet: None))
    assert [(draft.code, draft.title, draft.sections) for draft in drafts] == [
        ("99001", "Made-up scan", {"summary": "One."}),
        ("99002", "Made-up test", {"summary": "Two."}),
    ]
    assert [str(draft.source) for draft in drafts] == ["list.xlsx:2:1", "list.xlsx:3:1"]
    assert told == []


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (99003, "General", "99003"),
        (99003.0, "General", "99003"),
        (12, "00000", "00012"),
        (1.25, "0.0", "1.25"),
        (12345678901, "General", "12345678901"),
        (date(2026, 3, 31), "m/d/yy", "2026-03-31"),
        (datetime(2026, 3, 31, 9, 30), "m/d/yy h:mm", "2026-03-31 09:30:00"),
        (True, "General", "yes"),
        ("0012", "General", "0012"),
        (" a\nb ", "General", "a\nb"),
    ],
)
def test_numbers_and_dates_become_texts_without_a_loss(value: object, form: str, text: str) -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet["D1"] = "Shelf"
        sheet["D2"] = value
        sheet["D2"].number_format = form

    (first, _), _ = read(saved(change))
    assert [one.text for one in first.unplaced] == [text]


def test_a_code_that_lost_its_zeros_is_refused() -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet["A2"] = 100

    _, told = read(saved(change))
    assert told == [
        (
            "list.xlsx:2:1",
            "bad-code",
            "'100' is too short for a code: leading zeros may have been lost",
        )
    ]


@pytest.mark.parametrize(
    ("cell", "value", "place", "rule", "message"),
    [
        (
            "B3",
            "=A2",
            "list.xlsx:3:2",
            "formula-cell",
            "the cell Codes!B3 is a formula, whose value may be out of date",
        ),
        ("C2", "#N/A", "list.xlsx:2:3", "error-cell", "the cell Codes!C2 is an error, #N/A"),
    ],
)
def test_cells_whose_value_is_not_certain_are_refused(
    cell: str, value: str, place: str, rule: str, message: str
) -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet[cell] = value

    _, told = read(saved(change))
    assert (place, rule, message) in told


def test_merged_cells_are_refused_by_their_range() -> None:
    _, told = read(saved(lambda _, sheet: sheet.merge_cells("C2:C3")))
    assert ("list.xlsx:2:3", "merged-cells", "the cells Codes!C2:C3 are merged") in told


def test_what_is_hidden_is_told() -> None:
    def change(book: Workbook, sheet: Worksheet) -> None:
        book.create_sheet("Old").append(["code", "title"])
        book["Old"].append(["99009", "Old"])
        book["Old"].sheet_state = "hidden"
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    drafts, told = read(saved(change))
    assert [draft.code for draft in drafts] == ["99001", "99002"]
    assert [(rule, message) for _, rule, message in told] == [
        ("hidden-rows", "hidden rows of the sheet 'Codes' were read: 3"),
        ("hidden-columns", "hidden columns of the sheet 'Codes' were read: C"),
        ("hidden-sheet", "the sheet 'Old' is hidden and was not read"),
    ]


def test_all_sheets_with_headings_are_read_and_others_told() -> None:
    def change(book: Workbook, _: Worksheet) -> None:
        book.create_sheet("More").append(["code", "title"])
        book["More"].append(["99003", "Third"])
        book.create_sheet("Notes").append(["Ask Ada about these"])
        book.create_sheet("Empty")

    drafts, told = read(saved(change))
    assert [draft.code for draft in drafts] == ["99001", "99002", "99003"]
    assert [rule for _, rule, _ in told] == ["unread-sheet"]
    assert "'Notes'" in told[0][2]


def test_a_map_names_the_sheet(tmp_path: Path) -> None:
    def change(book: Workbook, _: Worksheet) -> None:
        book.create_sheet("More").append(["code", "title"])
        book["More"].append(["99003", "Third"])

    column_map = tmp_path / "import-map.yaml"
    column_map.write_text("sheet: More\n")
    drafts, _ = read(saved(change), column_map)
    assert [draft.code for draft in drafts] == ["99003"]
    column_map.write_text("sheet: Mroe\n")
    with pytest.raises(DocgenError, match="has no sheet 'Mroe'"):
        read(saved(change), column_map)


def test_an_empty_workbook_is_refused() -> None:
    data = io.BytesIO()
    Workbook().save(data)
    assert refusal(data.getvalue())[0] == "empty-file"


def test_old_and_encrypted_workbooks_are_refused() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert refusal(ole, "old.xls")[1] == "this is a document of an old office program"
    secret = ole + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert refusal(secret)[1] == "this workbook has a password"


def test_archives_that_are_no_workbooks_are_refused() -> None:
    rule, message, hint = refusal(archive({"mimetype": b"application/vnd.oasis"}), "list.ods")
    assert (rule, message) == (
        "not-text",
        "this is an archive, or a document of another office program",
    )
    assert hint
    assert "unpack it" in hint
