"""Finding records by code."""

import json
from pathlib import Path

import pytest

from docgen.code_systems import HCPCS
from docgen.diagnostics import DocgenError, Findings
from docgen.records import RecordLibrary

RECORD = """\
code: {code}
code_system: {system}
title: {title}
name: a procedure
summary: Made up.
provenance:
  version: 1.0
  authors: [Ada Sample]
  reviewed_on: 2026-01-01
  review_due: 2027-01-01
"""


class Project:
    """Data folders with records in them."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def add(self, file: str, code: str, system: str = "cpt", title: str = "A record") -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RECORD.format(code=code, system=system, title=title))

    def library(self, *folders: str) -> RecordLibrary:
        return RecordLibrary([self.root / folder for folder in folders or ("data",)])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


def refusal(library: RecordLibrary, code: str, system: str | None = None) -> str:
    with pytest.raises(DocgenError) as refused:
        library.find(code, system)
    return str(refused.value)


@pytest.mark.parametrize("asked", ["G0121", "g0121", "G-0121", " g01 21 "])
def test_a_record_is_found_without_regard_to_case_and_punctuation(
    project: Project, asked: str
) -> None:
    project.add("data/records/screening/g0121.yaml", "g-0121", "hcpcs")
    record = project.library().find(asked)
    assert record.code == "G0121"
    assert record.code_system is HCPCS
    assert str(record.title) == "A record"


def test_a_look_up_opens_no_other_record(project: Project) -> None:
    project.add("data/records/77299.yaml", "77299")
    (project.root / "data/records/77261.yaml").write_text("a: [broken")
    assert project.library().find("77299").code == "77299"


def test_json_records_are_found_too(project: Project) -> None:
    folder = project.root / "data/records"
    folder.mkdir(parents=True)
    record = {
        "code": 77299,
        "code_system": "cpt",
        "title": "A record",
        "name": "a procedure",
        "specialty": None,
        "risks": "- one\n- two",
        "provenance": {
            "version": 1.0,
            "authors": ["Ada Sample"],
            "reviewed_on": "2026-01-01",
            "review_due": "2027-01-01",
        },
    }
    (folder / "77299.json").write_text(json.dumps(record))
    found = project.library().find("77299")
    assert (found.code, str(found.provenance.version), found.specialty) == ("77299", "1.0", None)
    assert [id for id, _, _ in found.sections()] == ["risks"]


def test_a_project_wins_over_what_is_shipped(project: Project) -> None:
    project.add("shipped/records/77299.yaml", "77299", title="Shipped")
    project.add("data/records/cpt-77299.yaml", "77299", title="Ours")
    library = project.library("data", "shipped")
    assert str(library.find("77299").title) == "Ours"
    assert [(entry.code, entry.title) for entry in library.list()] == [("77299", "Ours")]


def test_a_code_of_two_systems_asks_which(project: Project) -> None:
    project.add("data/records/cpt-77299.yaml", "77299")
    project.add("data/records/local-77299.yaml", "77299", "local", "Ours")
    library = project.library()
    assert refusal(library, "77299") == (
        "error[ambiguous-code]: several code systems have a record of the code '77299': "
        "data/records/cpt-77299.yaml, data/records/local-77299.yaml\n"
        "  hint: say which you mean: --code-system cpt or --code-system local"
    )
    assert str(library.find("77299", "local").title) == "Ours"
    assert str(library.find("77299", "CPT").title) == "A record"


def test_the_system_of_a_bare_file_name_comes_from_its_record(project: Project) -> None:
    project.add("data/records/77299.yaml", "77299", "local")
    project.add("shipped/records/77299.yaml", "77299", "cpt")
    library = project.library("data", "shipped")
    assert library.find("77299", "cpt").code_system.id == "cpt"
    assert "ambiguous-code" in refusal(library, "77299")


def test_an_unknown_code_names_its_neighbours(project: Project) -> None:
    project.add("data/records/77299.yaml", "77299")
    library = project.library()
    naming = "a record is found by its file's name: CODE.yaml, or SYSTEM-CODE.yaml"
    assert refusal(library, "77298") == (
        "error[unknown-code]: there is no record of the code '77298'\n"
        f"  hint: known codes like it: 77299; {naming}"
    )
    assert refusal(library, "ZZ9") == (
        "error[unknown-code]: there is no record of the code 'ZZ9'\n"
        f"  hint: looked in data/records; {naming}"
    )
    assert refusal(library, "colonoscopy") == (
        "error[unknown-code]: there is no record of the code 'colonoscopy'\n"
        f"  hint: docgen search finds codes by words; looked in data/records; {naming}"
    )
    assert refusal(library, "77299", "hcpcs") == (
        "error[unknown-code]: there is no record of the code '77299' in HCPCS\n"
        "  hint: there is one with --code-system cpt"
    )
    assert refusal(library, "77299", "ctp") == (
        "error[unknown-code-system]: 'ctp' is not a code system\n  hint: did you mean 'cpt'?"
    )


def test_a_misnamed_record_is_refused(project: Project) -> None:
    project.add("data/records/77261.yaml", "77299")
    expected = (
        "data/records/77261.yaml:1:7: error[misnamed-record]: this record is of CPT 77299, but its "
        "file is named '77261.yaml'\n  hint: rename the file to 77299.yaml; a record is found by "
        "its file's name: CODE.yaml, or SYSTEM-CODE.yaml"
    )
    assert refusal(project.library(), "77261") == expected
    assert [str(found) for found in project.library().check()] == [expected]


def test_two_records_of_one_code_in_one_folder_are_refused(project: Project) -> None:
    project.add("data/records/a/77299.yaml", "77299")
    project.add("data/records/b/77299.yaml", "77299")
    expected = (
        "data/records/b/77299.yaml:1:1: error[duplicate-record]: CPT 77299 has a record already: "
        "data/records/a/77299.yaml\n  hint: keep one of the two files"
    )
    assert refusal(project.library(), "77299") == expected
    assert [str(found) for found in project.library().check()] == [expected]


def test_the_list_is_sorted_and_tells_of_what_it_cannot_read(project: Project) -> None:
    project.add("data/records/G0121.yaml", "G0121", "hcpcs")
    project.add("data/records/77299.yaml", "77299")
    project.add("data/records/10040.yaml", "10040")
    project.add("data/records/.hidden.yaml", "10041")
    (project.root / "data/records/notes.txt").write_text("not a record")
    library = project.library()
    listed = [("10040", "cpt"), ("77299", "cpt"), ("G0121", "hcpcs")]
    assert [(entry.code, entry.system.id) for entry in library.list()] == listed

    (project.root / "data/records/77261.yaml").write_text("a: [broken")
    findings = Findings()
    entries = project.library().list(findings)
    assert [(entry.code, entry.system.id) for entry in entries] == listed
    assert [found.rule for found in findings.diagnostics] == ["bad-yaml"]
    with pytest.raises(DocgenError, match="bad-yaml"):
        project.library().list()


def test_the_check_reads_every_file(project: Project) -> None:
    project.add("data/records/77299.yaml", "77299")
    project.add("data/records/1.yaml", "1")
    (project.root / "data/records/2.yaml").write_text("code: 2\n")
    (project.root / "data/records/3.yaml").write_text("a: [broken")
    rules = [found.rule for found in project.library().check()]
    assert rules == ["bad-code", *["missing-field"] * 4, "bad-yaml"]
