"""Code tables in ``docgen records``."""

import json
from pathlib import Path

import pytest

from tests.commands import invoke_docgen

TABLE = """\
# docgen code table 2
# code_system: hcpcs
# version: 2026-01
# authors: Sample Authority
# language: en
# source: made-up.txt
# sha256: 00
# rows: 2
A0010\tMade-up ride\tRide\t\t
G0121\tMade-up test\t\t\t
"""
LINE = "hcpcs       (table)     2 codes with a title only, version 2026-01, data/tables/hcpcs.tsv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data/tables").mkdir(parents=True)
    (tmp_path / "data/tables/hcpcs.tsv").write_text(TABLE)
    return tmp_path


def lines(folder: Path, *arguments: str) -> list[str]:
    result = invoke_docgen("records", *arguments, cwd=folder)
    assert result.returncode == 0, result.stderr
    return result.stdout.decode().splitlines()


def test_the_list_says_how_many_codes_a_table_has(folder: Path) -> None:
    listed = lines(folder, "list")
    assert listed[-1] == LINE
    assert not [line for line in listed if "A0010" in line]
    last = json.loads(lines(folder, "list", "--format", "json")[-1])
    assert last == {
        "code_system": "hcpcs",
        "codes": 2,
        "version": "2026-01",
        "table": "data/tables/hcpcs.tsv",
    }


def test_the_list_of_tables_has_each_code_once(folder: Path) -> None:
    listed = lines(folder, "list", "--tables")
    assert [line for line in listed if "A0010" in line] == ["hcpcs       A0010       Made-up ride"]
    assert len([line for line in listed if "G0121" in line]) == 1
    assert LINE not in listed


def test_a_code_of_a_table_is_shown(folder: Path) -> None:
    shown = lines(folder, "show", "a0010")
    assert shown[0] == "HCPCS A0010: Made-up ride"
    assert "Nothing but this title is on file" in shown
    assert "File: data/tables/hcpcs.tsv" in shown


@pytest.fixture
def ending(folder: Path) -> Path:
    """A folder with the same codes, which begin and end."""
    path = folder / "data/tables/hcpcs.tsv"
    text = path.read_text().replace("Ride\t\t\n", "Ride\t2026-04-01\t2026-12-31\n")
    path.write_text(text.replace("test\t\t\t\n", "test\t\t\t2026-09-30\n"))
    return folder


def test_the_list_says_when_codes_begin_and_end(ending: Path) -> None:
    for listed in (lines(ending, "list"), lines(ending, "list", "--tables")):
        (record,) = [line for line in listed if "G0121" in line]
        assert record.startswith("hcpcs       G0121       Screening colonoscopy for a person")
        assert record.endswith(" (ends 2026-09-30)")
    assert listed[-1] == (
        "hcpcs       A0010       Made-up ride (begins 2026-04-01, ends 2026-12-31)"
    )
    entries = [json.loads(one) for one in lines(ending, "list", "--tables", "--format", "json")]
    days = {one["code"]: (one["begins"], one["ends"]) for one in entries}
    assert days["A0010"] == ("2026-04-01", "2026-12-31")
    assert days["G0121"] == (None, "2026-09-30")
    assert days["45378"] == (None, None)


def test_show_says_when_a_code_begins_and_ends(ending: Path) -> None:
    shown = lines(ending, "show", "A0010")
    assert "The code begins 2026-04-01, ends 2026-12-31, says data/tables/hcpcs.tsv:9:1" in shown
    record = lines(ending, "show", "G0121")
    assert "The code ends 2026-09-30, says data/tables/hcpcs.tsv:10:1" in record
    said = json.loads("".join(lines(ending, "show", "G0121", "--format", "json")))
    assert said["code_days"] == {"ends": "2026-09-30"}


def search(folder: Path, *arguments: str) -> list[str]:
    result = invoke_docgen("search", *arguments, cwd=folder, XDG_CACHE_HOME=str(folder / "cache"))
    assert result.returncode == 0, result.stderr
    return result.stdout.decode().splitlines()


def test_what_is_found_says_when_its_code_begins_and_ends(ending: Path) -> None:
    table = search(ending, "ride", "--format", "table", "--code-system", "hcpcs")
    assert table[1] == "HCPCS   A0010  Made-up ride (begins 2026-04-01, ends 2026-12-31)"
    assert search(ending, "A0010", "--format", "csv")[1].endswith(",2026-04-01,2026-12-31")
    found = json.loads(search(ending, "G0121", "--format", "json")[0])
    assert (found["begins"], found["ends"]) == (None, "2026-09-30")


def test_a_damaged_table_is_told_by_a_search_that_looks_at_it(ending: Path) -> None:
    path = ending / "data/tables/hcpcs.tsv"
    path.write_text(path.read_text().replace("2026-09-30", "soon"))
    cache = str(ending / "cache")
    result = invoke_docgen("search", "G0121", cwd=ending, XDG_CACHE_HOME=cache)
    assert result.returncode == 1
    assert b"hcpcs.tsv:10:1: error[damaged-table]" in result.stderr
    assert b"G0121" in result.stdout


def test_tables_are_checked(folder: Path) -> None:
    assert lines(folder, "check")[-1].endswith(" records and 1 code table are right")
    path = folder / "data/tables/hcpcs.tsv"
    path.write_text(TABLE.replace("A0010", "Z0010"))
    result = invoke_docgen("records", "check", cwd=folder)
    assert result.returncode == 1
    assert "data/tables/hcpcs.tsv:10:1: error[damaged-table]" in result.stderr.decode()
