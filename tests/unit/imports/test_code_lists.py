"""Code lists of CMS become code tables. All codes and titles are made up."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from docgen.diagnostics import DocgenError, Findings
from docgen.imports.drafts import ImportSource, TableDraft
from docgen.imports.tables.reading import is_table, read_table
from docgen.records.code_tables import CodeTable

HEADINGS = ("HCPC", "SEQNUM", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION", "ADD DT", "TERM DT")


def hcpcs(
    code: str,
    kind: str,
    title: str,
    short: str = "",
    *,
    added: str = "",
    effective: str = "",
    ended: str = "",
    action: str = "",
    sequence: int = 100,
) -> str:
    """A line of 320 columns by the HCPCS record layout: the code in columns 1 to 5, and so on."""
    columns = [" "] * 320
    for start, text in (
        (1, code.rjust(5)),
        (6, f"{sequence:05d}"),
        (11, kind),
        (12, title),
        (92, short),
        (269, added),
        (277, effective),
        (285, ended),
        (293, action),
    ):
        columns[start - 1 : start - 1 + len(text)] = text
    return "".join(columns)


def order(number: int, code: str, flag: str, short: str, title: str) -> str:
    return f"{number:05d} {code:<7} {flag} {short:<60} {title}"


def read(data: bytes | str, name: str) -> tuple[TableDraft, Findings]:
    data = data.encode() if isinstance(data, str) else data
    findings = Findings()
    source = ImportSource(path=Path(name), shown=name, data=data)
    assert is_table(source)
    (draft,) = read_table(source, findings)
    assert isinstance(draft, TableDraft)
    return draft, findings


def table_of(draft: TableDraft, tmp_path: Path) -> CodeTable:
    """The table, written and opened as it is looked up in."""
    path = tmp_path / f"{draft.name}.tsv"
    path.write_text(draft.content)
    return CodeTable.open(path)


def rows(draft: TableDraft, tmp_path: Path) -> list[tuple[str, str, str, str]]:
    """What the table says of each code but its first day."""
    table = table_of(draft, tmp_path)
    return [(row.code, row.title, row.short, str(row.ends or "")) for row in table]


LONG = "Made-up meal for a sample person, with a title that is so long that it goes on"
LINES = [
    hcpcs("B0001", "3", LONG, "Meal"),
    hcpcs("B0001", "4", "in a second record", sequence=200),
    hcpcs("A0010", "3", "Made-up ride", "Ride", ended="20261231"),
    hcpcs("D0001", "3", "Licensed tooth", "Tooth"),
    hcpcs("D0001", "4", "of somebody else", sequence=200),
    hcpcs("99001", "3", "Licensed", "Licensed"),
    hcpcs("QQ", "7", "Made-up modifier", "Modifier"),
    hcpcs("QQ", "8", "of a line", sequence=200),
]


def test_the_fixed_width_file_of_hcpcs(tmp_path: Path) -> None:
    draft, findings = read("\r\n".join(LINES) + "\r\n", "HCPC2026_JAN_ANWEB.txt")
    assert not findings
    assert (draft.name, draft.codes) == ("hcpcs", 2)
    assert rows(draft, tmp_path) == [
        ("A0010", "Made-up ride", "Ride", "2026-12-31"),
        (
            "B0001",
            f"{LONG} in a second record",
            "Meal",
            "",
        ),
    ]
    head = draft.content.split("\nA0010")[0]
    assert "# code_system: hcpcs\n# version: 2026-01\n" in head
    assert "# source: HCPC2026_JAN_ANWEB.txt\n" in head
    assert [note.message for note in draft.notes] == [
        "left out: 1 CPT codes, which the American Medical Association licenses",
        "left out: 1 dental codes (CDT), which the American Dental Association licenses",
        "left out: 1 modifiers",
        "1 of the codes have a day on which they end; it is kept with them",
        "this list ends with B0001, and all of HCPCS goes on to V",
    ]


def test_the_first_day_of_a_code_is_that_on_which_it_was_added_or_taken_up_again(
    tmp_path: Path,
) -> None:
    lines = [
        hcpcs("A0010", "3", "Old", added="19820101", effective="20260101", action="C"),
        hcpcs("A0020", "3", "New", added="20260401", effective="20260401", action="A"),
        hcpcs("A0030", "3", "Back", added="19900101", effective="20260701", action="R"),
        hcpcs("A0040", "3", "Odd", added="19900199"),
        hcpcs("A0050", "3", "None"),
    ]
    draft, findings = read("\n".join(lines) + "\n", "hcpc2026.txt")
    days = [str(row.begins or "") for row in table_of(draft, tmp_path)]
    assert days == ["1982-01-01", "2026-04-01", "2026-07-01", "", ""]
    (told,) = findings.diagnostics
    assert (told.severity, told.rule, str(told.span)) == ("warning", "bad-date", "hcpc2026.txt:4:1")


def test_lines_whose_blanks_were_cut_off_are_read(tmp_path: Path) -> None:
    draft, findings = read("".join(f"{line.rstrip()}\n" for line in LINES), "hcpc2026.txt")
    assert not findings
    assert draft.doubts == ()
    assert [row[0] for row in rows(draft, tmp_path)] == ["A0010", "B0001"]


def test_the_same_list_gives_the_same_table() -> None:
    first, _ = read("\n".join(LINES), "HCPC2026.txt")
    again, _ = read("\n".join(LINES), "HCPC2026.txt")
    assert first.content == again.content


@pytest.mark.parametrize("kinds", [True, False])
def test_the_workbook_of_hcpcs(tmp_path: Path, kinds: bool) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Codes of a made-up year"])
    sheet.append(HEADINGS if kinds else [one for one in HEADINGS if one != "RECID"])
    for row in (
        ("B0001", "00100", "3", "Made-up meal", "Meal", 20200101, None),
        ("B0001", "00200", "4", "for two", None, None, None),
        ("A0010", "00100", "3", "Made-up ride", "Ride", 20200101, 20261231),
        ("D0001", "00100", "3", "Licensed tooth", "Tooth", 20200101, None),
        ("QQ", "00100", "7", "Made-up modifier", "Modifier", 20200101, None),
    ):
        sheet.append([*row[:2], *(row[2:3] if kinds else ()), *row[3:]])
    data = io.BytesIO()
    book.save(data)
    draft, findings = read(data.getvalue(), "HCPC2026_APR_ANWEB.xlsx")
    assert not findings
    assert "# version: 2026-04\n" in draft.content
    assert [str(row.begins) for row in table_of(draft, tmp_path)] == ["2020-01-01"] * 2
    assert rows(draft, tmp_path) == [
        ("A0010", "Made-up ride", "Ride", "2026-12-31"),
        ("B0001", "Made-up meal for two", "Meal", ""),
    ]


def test_the_table_of_hcpcs_as_csv(tmp_path: Path) -> None:
    draft, _ = read(
        'HCPC,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,TERM DT\nA0010,3,"Ride, made up",Ride,\n',
        "codes.csv",
    )
    assert rows(draft, tmp_path) == [("A0010", "Ride, made up", "Ride", "")]
    assert [note.rule for note in draft.notes] == ["unknown-version", "perhaps-partial"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('A0010,3,"Ride\nA0011,3,Other ride\nA0012,3,More"\n', [("3:9", "row-in-quotes")]),
        ('A0010,3,"A\nA0011,3,B\n', [("3:9", "unclosed-quote"), ("4:1", "after-wrong-quote")]),
        ('A0010,3,"Ride" x\nA0011,3,Other\n', [("3:9", "text-after-quote")]),
    ],
)  # fmt: skip
def test_no_code_of_a_table_is_lost_in_quotes(rows: str, told: list[tuple[str, str]]) -> None:
    text = f"HCPC,RECID,LONG DESCRIPTION\nA0001,3,Made-up ride\n{rows}"
    _, findings = read(text, "hcpc2026.csv")
    assert [(str(one.span), one.rule) for one in findings.diagnostics] == [
        (f"hcpc2026.csv:{place}", rule) for place, rule in told
    ]


def test_a_title_over_several_lines_is_one(tmp_path: Path) -> None:
    draft, findings = read(
        'HCPC,RECID,LONG DESCRIPTION\nA0010,3,"Ride,\nmade up"\nA0011,3,Other\n', "hcpc2026.csv"
    )
    assert not findings
    assert [row[1] for row in rows(draft, tmp_path)] == ["Ride, made up", "Other"]


def test_the_codes_of_icd_10_pcs(tmp_path: Path) -> None:
    draft, findings = read(
        "0ZZ0002 Made-up act B\n0ZZ0001 Made-up act A\n", "icd10pcs_codes_2026.txt"
    )
    assert not findings
    assert draft.name == "icd-10-pcs"
    assert "# version: 2026\n" in draft.content
    assert rows(draft, tmp_path) == [
        ("0ZZ0001", "Made-up act A", "", ""),
        ("0ZZ0002", "Made-up act B", "", ""),
    ]


def test_the_order_file_of_icd_10_pcs(tmp_path: Path) -> None:
    lines = [
        order(1, "0ZZ", "0", "Made-up group", "Made-up group of acts"),
        order(2, "0ZZ0001", "1", "Act A", "Made-up act A"),
        order(3, "0ZZ0002", "1", "Made-up act B", "Made-up act B"),
    ]
    draft, findings = read("\n".join(lines) + "\n", "icd10pcs_order_2026.txt")
    assert not findings
    assert draft.doubts == ()
    assert rows(draft, tmp_path) == [
        ("0ZZ0001", "Made-up act A", "Act A", ""),
        ("0ZZ0002", "Made-up act B", "", ""),
    ]
    assert [note.message for note in draft.notes] == [
        "left out: 1 headings of several codes",
        "this list ends with 0ZZ0002, and all of ICD-10-PCS goes on to H",
    ]


def test_the_order_file_of_diagnoses_is_refused() -> None:
    _, findings = read(
        "\n".join(order(n, f"A0{n}", "1", "Made up", "Made up") for n in range(1, 4)),
        "icd10cm_order_2026.txt",
    )
    first = findings.diagnostics[0]
    assert (str(first.span), first.rule) == ("icd10cm_order_2026.txt:1:1", "bad-code")


@pytest.mark.parametrize(
    ("lines", "place", "rule"),
    [
        ([*LINES, *LINES[6:], "cut"], "list.txt:11:1", "damaged-list"),
        ([*LINES, LINES[2]], "list.txt:9:1", "duplicate-code"),
        ([LINES[1], LINES[2]], "list.txt:1:1", "damaged-list"),
        ([LINES[0], LINES[2], LINES[1]], "list.txt:3:1", "damaged-list"),
        ([LINES[0], hcpcs("B0001", "4", "end", sequence=300)], "list.txt:2:1", "damaged-list"),
        ([hcpcs("A0010", "3", "")], "list.txt:1:1", "missing-title"),
        ([hcpcs("A0010", "3", "T", ended="soon")], "list.txt:1:1", "bad-date"),
        ([hcpcs("A0010", "3", "T\ufffdtle")], "list.txt:1:1", "unprintable-character"),
        ([LINES[3]], "list.txt:1:1", "no-codes"),
    ],
)
def test_damaged_lists_are_told_at_their_lines(lines: list[str], place: str, rule: str) -> None:
    _, findings = read("\n".join(lines) + "\n", "list.txt")
    assert [(str(one.span), one.rule) for one in findings.diagnostics] == [(place, rule)]


def test_an_archive_is_to_be_unpacked() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("HCPC2026.txt", "\n".join(LINES))
    with pytest.raises(DocgenError) as refused:
        read(data.getvalue(), "hcpcs.zip")
    assert "unpack it" in str(refused.value)
