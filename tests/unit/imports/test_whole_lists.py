"""A code list that was cut, wherever, is no list. All codes and titles are made up."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import Workbook

from docgen.diagnostics import Diagnostic, Findings
from docgen.imports.importing import run_import
from docgen.imports.opening import inputs
from docgen.imports.planning import ImportOptions
from tests.unit.imports.test_code_lists import hcpcs, order

HCPCS_TITLES = {
    "A0010": "Made-up ride",
    "B0001": "Made-up meal that goes on in a second record",
    "V0002": "Made-up glasses",
}
HCPCS = (
    hcpcs("A0010", "3", "Made-up ride", "Ride"),
    hcpcs("B0001", "3", "Made-up meal that goes on", "Meal"),
    hcpcs("B0001", "4", "in a second record", sequence=200)[:91],
    hcpcs("V0002", "3", "Made-up glasses", "Glasses"),
)
PCS_TITLES = {"0ZZ0001": "Made-up act A", "0ZZ0002": "Made-up act B", "XZZ0001": "Made-up act C"}
CODES = tuple(f"{code} {title}" for code, title in PCS_TITLES.items())
ORDER = (
    order(1, "0ZZ", "0", "Group", "Made-up group"),
    order(2, "0ZZ0001", "1", "Act A", "Made-up act A"),
    order(3, "0ZZ0002", "1", "Act B", "Made-up act B"),
    order(4, "XZZ", "0", "Others", "Made-up others"),
    order(5, "XZZ0001", "1", "Act C", "Made-up act C"),
)
CSV = (
    "HCPC,RECID,SHORT DESCRIPTION,LONG DESCRIPTION",
    "A0010,3,Ride,Made-up ride",
    "B0001,3,Meal,Made-up meal that goes on",
    "B0001,4,,in a second record",
    "V0002,3,Glasses,Made-up glasses",
)
LISTS: Mapping[str, tuple[tuple[str, ...], Mapping[str, str]]] = {
    "HCPC2026_ANWEB.txt": (HCPCS, HCPCS_TITLES),
    "HCPC2026_ANWEB.csv": (CSV, HCPCS_TITLES),
    "icd10pcs_codes_2026.txt": (CODES, PCS_TITLES),
    "icd10pcs_order_2026.txt": (ORDER, PCS_TITLES),
}


class Project:
    """A folder in which lists are imported."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.options = ImportOptions(output=folder / "data/records")

    def told(self, name: str, data: bytes, *, shrink: bool = False) -> tuple[Diagnostic, ...]:
        """Imports a list anew."""
        path = self.folder / name
        path.write_bytes(data)
        for table in (self.folder / "data/tables").glob("*"):
            table.unlink()
        findings = Findings()
        run_import(inputs([path], None, findings), replace(self.options, shrink=shrink), findings)
        return findings.diagnostics

    @property
    def titles(self) -> dict[str, str] | None:
        """The titles of the table that was made, if one was; read without docgen."""
        found = list((self.folder / "data/tables").glob("*.tsv"))
        if not found:
            return None
        lines = found[0].read_text().splitlines()
        rows = (line.split("\t") for line in lines if not line.startswith("#"))
        return {row[0]: row[1] for row in rows}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return Project(Path())


def cuts(lines: tuple[str, ...]) -> Iterator[tuple[bytes, bool]]:
    """A list cut off behind each of its bytes, and whether that is the end of a line."""
    whole = "".join(f"{line}\r\n" for line in lines).encode()
    for end in range(len(lines[0]), len(whole)):
        yield whole[:end], whole[:end].endswith((b"\r", b"\n"))


@pytest.mark.parametrize("name", LISTS)
def test_a_whole_list_leaves_no_doubt(project: Project, name: str) -> None:
    lines, titles = LISTS[name]
    assert not [one for one in project.told(name, _joined(lines)) if one.severity == "error"]
    assert project.titles == titles


def _joined(lines: tuple[str, ...]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_was_cut_within_a_line_is_refused(project: Project, name: str) -> None:
    for data, is_line_end in cuts(LISTS[name][0]):
        if is_line_end:
            continue
        errors = [one for one in project.told(name, data) if one.severity == "error"]
        assert errors, data[-40:]
        assert project.titles is None


@pytest.mark.parametrize("name", LISTS)
def test_what_is_asked_for_all_the_same_has_no_half_of_a_title(project: Project, name: str) -> None:
    lines, titles = LISTS[name]
    made = 0
    for data, is_line_end in cuts(lines):
        told = project.told(name, data, shrink=True)
        found = project.titles
        if found is None:
            assert [one for one in told if one.severity == "error"]
            continue
        made += 1
        assert is_line_end or {one.severity for one in told if one.rule == "partial-list"} == {
            "warning"
        }
        if not is_line_end:
            assert found.items() <= titles.items(), data[-40:]
    assert made


def test_the_place_of_the_torn_line_and_what_to_do_are_told(project: Project) -> None:
    data = _joined(CODES)[:-5]
    told = project.told("icd10pcs_codes_2026.txt", data)[-1]
    assert str(told) == (
        "icd10pcs_codes_2026.txt:3:1: error[partial-list]: the last line has no end, as if the "
        "rest were cut off; its code is left out\n"
        "  hint: fetch the list anew; if it is to be imported as it is, use --shrink; if the line "
        "is whole, end it"
    )


@pytest.mark.parametrize("end", [b"", b"\x1a", b"\r\n", b"\r\n\x1a", b"  \r\n"])
def test_blanks_and_the_old_mark_of_an_end_are_no_torn_line(project: Project, end: bytes) -> None:
    assert not project.told("icd10pcs_codes_2026.txt", _joined(CODES) + end)


@pytest.mark.parametrize(
    ("kept", "line", "message"),
    [
        (ORDER[1:], 1, "1 of the records 1 to 5 are missing, the first of them number 1"),
        (ORDER[3:], 1, "3 of the records 1 to 5 are missing, the first of them number 1"),
        (
            (*ORDER[:2], *ORDER[3:]),
            3,
            "1 of the records 1 to 5 are missing, the first of them number 3",
        ),
        (ORDER[:4], 4, "the list ends with the heading 'XZZ', and no code follows it"),
    ],
)
def test_holes_of_the_order_file_are_told(
    project: Project, kept: tuple[str, ...], line: int, message: str
) -> None:
    name = "icd10pcs_order_2026.txt"
    told = [one for one in project.told(name, _joined(kept)) if one.severity == "error"]
    assert [(one.rule, str(one.span), one.message) for one in told] == [
        ("partial-list", f"{name}:{line}:1", message)
    ]
    assert project.titles is None
    project.told(name, _joined(kept), shrink=True)
    assert project.titles


def test_the_order_file_in_another_order_has_no_holes(project: Project) -> None:
    project.told("icd10pcs_order_2026.txt", _joined((*ORDER[3:], *ORDER[:3])))
    assert project.titles == PCS_TITLES


def test_a_list_without_the_last_section_is_told_and_taken(project: Project) -> None:
    (told,) = project.told("icd10pcs_codes_2026.txt", _joined(CODES[:2]))
    assert (told.severity, told.rule) == ("warning", "perhaps-partial")
    assert told.message == "this list ends with 0ZZ0002, and all of ICD-10-PCS goes on to H"
    assert project.titles


def test_a_workbook_that_was_cut_is_refused(project: Project) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in CSV:
        sheet.append(line.split(","))
    saved = io.BytesIO()
    book.save(saved)
    data = saved.getvalue()
    project.told("HCPC2026.xlsx", data)
    assert project.titles == HCPCS_TITLES
    for end in range(100, len(data), 97):
        told = project.told("HCPC2026.xlsx", data[:end], shrink=True)
        assert [one.severity for one in told] == ["error"]
        assert project.titles is None
