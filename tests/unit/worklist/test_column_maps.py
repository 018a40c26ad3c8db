"""``worklist-map.yaml``: what it may say, and where its mistakes are."""

from pathlib import Path

import jsonschema
import pytest
import yaml

from docgen.diagnostics import DocgenError
from docgen.source import fields_of
from docgen.source.encodings import Encoding
from docgen.worklist.columns.column_map import (
    ColumnSection,
    column_map_schema,
    find_column_map,
    read_column_map,
)
from docgen.worklist.columns.fields import FIELDS

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "data/worklists/ehr-export/worklist-map.yaml"


def test_columns_are_those_of_worklists() -> None:
    assert list(fields_of(ColumnSection)) == list(FIELDS)


def test_a_map_says_how_to_read() -> None:
    column_map = read_column_map(SAMPLE)
    assert [text.value for text in column_map.headings("patient_name")] == ["Pt First", "Pt Last"]
    assert column_map.headings("copies") == ()
    assert [form.text for form in column_map.forms("birth_date")] == ["MM/DD/YYYY"]
    assert column_map.separator("codes") == ","
    assert column_map.separator("layouts") is None
    assert column_map.named >= {"ptfirst", "apptstatus"}
    assert column_map.ignored == {"insplan"}
    assert column_map.places["ignore_columns"].line == len(SAMPLE.read_text("utf-8").splitlines())


def test_the_schema_takes_what_is_taken_here() -> None:
    jsonschema.validate(yaml.safe_load(SAMPLE.read_text("utf-8")), column_map_schema())


@pytest.mark.parametrize(
    ("text", "name"),
    [("Windows-1252", "windows-1252"), ("cp1252", "windows-1252"), ("latin1", "iso-8859-1"),
     ("UTF8", "utf-8"), ("utf-16", "utf-16")],
)  # fmt: skip
def test_encodings_go_by_all_their_names(text: str, name: str) -> None:
    assert Encoding.parse(text).name == name


@pytest.mark.parametrize("text", ["utf-9", "rot13", "base64", "unicode_escape", "", "\0"])
def test_what_is_no_encoding_of_worklists_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no encoding"):
        Encoding.parse(text)


def test_a_map_is_found_beside_the_worklist_then_in_the_project(tmp_path: Path) -> None:
    beside, project = tmp_path / "lists", tmp_path / "project"
    beside.mkdir()
    project.mkdir()
    worklist = beside / "day.csv"
    assert find_column_map(worklist, project) is None
    (project / "worklist-map.yml").touch()
    assert find_column_map(worklist, project) == project / "worklist-map.yml"
    assert find_column_map(worklist) is None
    (beside / "worklist-map.json").touch()
    assert find_column_map(worklist, project) == beside / "worklist-map.json"


def test_a_map_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocgenError):
        read_column_map(tmp_path / "map.yaml")
