"""Code tables: codes with nothing but titles, found without an index."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.made_up_codes import made_up_codes, write_table
from docgen.code_systems import HCPCS
from docgen.diagnostics import DocgenError, Findings
from docgen.records import OrganizationRecords, RecordLibrary
from docgen.records.code_tables import CodeTable

HEAD = """\
# docgen code table 2
# code_system: {system}
# version: 2026
# authors: Ada Sample
# language: en
# source: made-up.txt
# sha256: 00ff
# rows: {rows}
"""
ROWS = (
    "A0010\tRide to a sample clinic\tSample ride\t\t\n",
    "A0020\tRide back from a sample clinic\t\t2020-01-01\t2027-12-31\n",
    "B0001\tMade-up meal\t\t2026-04-01\t\n",
)
RECORD = """\
code: {code}
code_system: hcpcs
title: A record of its own
name: a procedure
provenance: {{version: "1.0", authors: [Ada Sample]}}
"""


def write(folder: Path, *rows: str, name: str = "made-up", system: str = "hcpcs") -> Path:
    path = folder / "tables" / f"{name}.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(system=system, rows=len(rows)) + "".join(rows))
    return path


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def refusal(library: RecordLibrary, code: str) -> str:
    with pytest.raises(DocgenError) as refused:
        library.find(code)
    return str(refused.value)


@pytest.mark.parametrize("asked", ["A0010", "a0010", " a-0010 "])
def test_a_code_without_a_record_has_the_title_of_a_table(data: Path, asked: str) -> None:
    write(data, *ROWS)
    record = RecordLibrary([data]).find(asked)
    assert (record.code, record.code_system) == ("A0010", HCPCS)
    assert (str(record.title), str(record.name)) == ("Ride to a sample clinic",) * 2
    assert record.language
    assert record.language.tag == "en"
    assert list(record.sections()) == []
    assert str(record.span) == "data/tables/made-up.tsv:9:1"
    assert str(record.provenance.version) == "2026"
    assert [str(author) for author in record.provenance.authors] == ["Ada Sample"]
    assert [str(source.title) for source in record.provenance.sources] == ["made-up.txt"]
    assert record.provenance.reviewed_on is None
    assert record.provenance.note is None


def test_a_code_that_ends_says_when(data: Path) -> None:
    write(data, *ROWS)
    days = RecordLibrary([data]).find("A0020").code_days
    assert days
    assert (days.ends, str(days.span)) == (date(2027, 12, 31), "data/tables/made-up.tsv:10:1")


def test_a_record_wins_over_a_table(data: Path) -> None:
    write(data, *ROWS)
    (data / "records").mkdir()
    (data / "records/A0010.yaml").write_text(RECORD.format(code="A0010"))
    library = RecordLibrary([data])
    assert str(library.find("A0010").title) == "A record of its own"
    assert str(library.find("B0001").title) == "Made-up meal"


def test_the_table_of_an_earlier_folder_wins(data: Path, tmp_path: Path) -> None:
    write(data, *ROWS)
    write(tmp_path / "own", "A0010\tOur own ride\t\t\t\n")
    library = RecordLibrary([tmp_path / "own", data])
    assert str(library.find("A0010").title) == "Our own ride"
    assert str(library.find("A0020").title) == "Ride back from a sample clinic"


def test_a_code_of_two_tables_in_a_folder_is_refused(data: Path) -> None:
    write(data, *ROWS)
    write(data, ROWS[0], name="other")
    assert "A0010 has a record already: data/tables/made-up.tsv" in refusal(
        RecordLibrary([data]), "A0010"
    )


def test_an_organization_changes_what_a_table_says(data: Path, tmp_path: Path) -> None:
    write(data, *ROWS)
    records = tmp_path / "org/records"
    records.mkdir(parents=True)
    (records / "A0010.yaml").write_text(
        "extends: A0010\ncode_system: hcpcs\nchange:\n  name: a ride to us\n"
    )
    library = RecordLibrary([data], [OrganizationRecords(tmp_path / "org", "Sample Clinic", "en")])
    assert str(library.find("A0010").name) == "a ride to us"
    assert library.check() == ()


def test_unknown_codes_are_unknown_whatever_tables_hold(data: Path) -> None:
    write(data, *ROWS)
    for code in ("A0000", "A0015", "Z9999", "A001", "A00100", "-"):
        assert "error[unknown-code]" in refusal(RecordLibrary([data]), code)


@settings(max_examples=25, deadline=None)
@given(st.sets(st.from_regex(r"[A-Z][0-9]{4}", fullmatch=True), min_size=0, max_size=40), st.data())
def test_every_code_of_a_table_is_found_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, codes: set[str], pick: st.DataObject
) -> None:
    rows = (
        f"{code}\tTitle of {code}{'x' * (int(code[1:]) % 90)}\t\t\t\n" for code in sorted(codes)
    )
    table = CodeTable.open(write(tmp_path_factory.mktemp("data"), *rows))
    for line, code in enumerate(sorted(codes), 9):
        row = table.find(code)
        assert row
        assert (row.code, row.line) == (code, line)
    other = pick.draw(st.from_regex(r"[A-Z][0-9]{4}", fullmatch=True))
    assert (table.find(other) is not None) == (other in codes)
    assert [row.code for row in table] == sorted(codes)


DAMAGED = {
    "unsorted": (ROWS[1] + ROWS[0] + ROWS[2], "10:1"),
    "twice": (ROWS[0] + ROWS[0] + ROWS[2], "10:1"),
    "cut": ((ROWS[0] + ROWS[1] + ROWS[2])[:-9], "11:1"),
    "columns": (ROWS[0] + "A0020\tno more\n" + ROWS[2], "10:1"),
    "another system's code": (ROWS[0] + "A002X\tTitle\t\t\t\n" + ROWS[2], "10:1"),
    "no title": (ROWS[0] + "A0020\t \t\t\t\n" + ROWS[2], "10:1"),
    "control character": (ROWS[0] + "A0020\tTi\0tle\t\t\t\n" + ROWS[2], "10:1"),
    "no first day": (ROWS[0] + "A0020\tTitle\t\tsoon\t\n" + ROWS[2], "10:1"),
    "no last day": (ROWS[0] + "A0020\tTitle\t\t\tsoon\n" + ROWS[2], "10:1"),
    "a column too few": (ROWS[0] + "A0020\tTitle\t\t\n" + ROWS[2], "10:1"),
    "blank line": (ROWS[0] + "\n" + ROWS[2], "10:1"),
    "rows lost": (ROWS[0] + ROWS[2], "1:1"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_rows_are_told_at_their_place(data: Path, damage: str) -> None:
    rows, place = DAMAGED[damage]
    path = write(data, *ROWS)
    path.write_text(HEAD.format(system="hcpcs", rows=3) + rows)
    (told,) = RecordLibrary([data]).check()
    assert told.rule == "damaged-table"
    assert str(told.span) == f"data/tables/made-up.tsv:{place}"


def test_letters_of_another_encoding_are_damage(data: Path) -> None:
    path = write(data, *ROWS)
    path.write_bytes(path.read_bytes().replace(b"Made-up meal", b"Made-up caf\xe9"))
    (told,) = RecordLibrary([data]).check()
    assert str(told.span) == "data/tables/made-up.tsv:11:1"


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("code table 2", "code table 9", "1:1"),
        ("code_system: hcpcs", "code_system: hcpc", "2:1"),
        ("# rows: 3", "# rows", "8:1"),
        ("# rows: 3", "# rows: many", "8:1"),
        ("# version: 2026\n", "", "1:1"),
    ],
)
def test_a_damaged_head_is_told_at_its_place(
    data: Path, before: str, after: str, place: str
) -> None:
    path = write(data, *ROWS)
    path.write_text(path.read_text().replace(before, after))
    assert f"data/tables/made-up.tsv:{place}: error" in refusal(RecordLibrary([data]), "A0010")


def test_a_look_up_tells_of_rows_out_of_order(data: Path) -> None:
    write(data, ROWS[2], ROWS[0], ROWS[1])
    assert "is not in its place" in refusal(RecordLibrary([data]), "A0001")


def test_a_cut_table_is_refused_before_anything_is_looked_up(data: Path) -> None:
    path = write(data, *ROWS)
    path.write_text(path.read_text()[:-3])
    message = refusal(RecordLibrary([data]), "A0010")
    assert "data/tables/made-up.tsv:11:1: error[damaged-table]" in message


def test_an_empty_table_is_a_table(data: Path) -> None:
    table = CodeTable.open(write(data))
    assert list(table) == []
    assert table.find("A0010") is None


def test_a_large_table_is_read_where_the_code_is(data: Path) -> None:
    table = CodeTable.open(write_table(data, 3000))
    for number in (0, 1, 1499, 2998, 2999):
        row = table.find(f"Z{number:06d}")
        assert row
        assert row.line == number + 9
    findings = Findings()
    table.check(findings)
    assert not findings
    assert [(row.code, row.title) for row in table] == list(made_up_codes(3000))
    assert all(row.ends is None for row in table)


def test_the_first_and_the_last_day_of_a_code_are_days(data: Path) -> None:
    row = CodeTable.open(write(data, *ROWS)).find("A0020")
    assert row
    assert (row.begins, row.ends) == (date(2020, 1, 1), date(2027, 12, 31))


def test_a_table_of_the_first_form_has_no_first_days(data: Path) -> None:
    path = write(data, "A0010\tRide\t\t2026-12-31\n", "A0020\tRide back\tBack\t\n")
    path.write_text(path.read_text().replace("code table 2", "code table 1"))
    first, second = CodeTable.open(path)
    assert (first.begins, first.ends) == (None, date(2026, 12, 31))
    assert (second.short, second.begins, second.ends) == ("Back", None, None)


@pytest.mark.parametrize(
    ("version", "begins", "known"),
    [
        ("2026-01", "1990-01-01", False),
        ("2026-01", "2026-01-01", True),
        ("2026-04", "2026-01-01", False),
        ("2026", "2026-10-01", True),
        ("2026", "2025-12-31", False),
        ("3f9a2b71", "1990-01-01", True),
        ("2026-13", "1990-01-01", True),
    ],
)
def test_the_first_day_counts_where_it_is_no_older_than_its_table(
    data: Path, version: str, begins: str, known: bool
) -> None:
    path = write(data, f"A0010\tRide\t\t{begins}\t\n")
    path.write_text(path.read_text().replace("# version: 2026", f"# version: {version}"))
    days = RecordLibrary([data]).find("A0010").code_days
    assert (days.begins if days else None) == (date.fromisoformat(begins) if known else None)
