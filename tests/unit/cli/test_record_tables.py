"""Code tables in ``docgen records``."""

import json
from pathlib import Path

import pytest

from tests.commands import invoke_docgen

TABLE = """\
# docgen code table 1
# code_system: hcpcs
# version: 2026-01
# authors: Sample Authority
# language: en
# source: made-up.txt
# sha256: 00
# rows: 2
A0010\tMade-up ride\tRide\t
G0121\tMade-up test\t\t
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


def test_tables_are_checked(folder: Path) -> None:
    assert lines(folder, "check")[-1].endswith(" records and 1 code table are right")
    path = folder / "data/tables/hcpcs.tsv"
    path.write_text(TABLE.replace("A0010", "Z0010"))
    result = invoke_docgen("records", "check", cwd=folder)
    assert result.returncode == 1
    assert "data/tables/hcpcs.tsv:10:1: error[damaged-table]" in result.stderr.decode()
