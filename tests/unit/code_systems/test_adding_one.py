"""A code system more is an entry more in the room of code systems, and works in every other room.

Copies docgen, adds CDT (dental procedures, http://www.ada.org/cdt, OID 2.16.840.1.113883.6.13 of
HL7 Terminology) to the one module, and runs the copy's real command line.
"""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import ROOT, environment
from tests.fhir_bundles import appointment, bundle, order, patient

CDT = """\
CDT: Final = CodeSystem(
    id="cdt",
    name="CDT",
    oid="2.16.840.1.113883.6.13",
    uri="http://www.ada.org/cdt",
    form="a D and four digits, such as D0120",
    pattern="D[0-9]{4}",
    order="numbers",
    is_outpatient=True,
    other_uris=("http://ada.org/cdt",),
)

_KNOWN: Final = (CPT, HCPCS, CDT, ICD_10_PCS, LOCAL)
"""
RECORD = """\
code: {code}
code_system: cdt
language: en
title: A visit to try records with
name: visit
summary: A visit that exists in tests only, for {word}.
purpose: To try records with.
procedure_description: Nothing happens.
risks: None are known.
further_sections:
  - title: When to call for help
    text: Call us if anything hurts.
provenance: {{version: "1", authors: [Nobody]}}
"""
POLICY = """\
payer: Sample Dental Plan
title: Visits
number: SD-1
codes:
  cdt: [D0100-D0199]
"""
TABLE = """\
CDT Code,Title,Summary
D0140,A visit out of a table,It exists in tests only.
"""
WORKLIST = """\
Patient Name,MRN,CDT Codes
Ada Testa Sampleton,MR-1,D0120
Bea Testa Sampleton,MR-2,cdt:D0150
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """docgen with CDT, and a project with a record and a policy."""
    folder = tmp_path_factory.mktemp("copy")
    for part in ("docgen", "layouts", "data"):
        ignored = shutil.ignore_patterns("__pycache__", ".index*")
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    module = folder / "docgen/code_systems/systems.py"
    known = "_KNOWN: Final = (CPT, HCPCS, ICD_10_PCS, LOCAL)\n"
    before = module.read_text()
    assert before.count(known) == 1
    module.write_text(before.replace(known, CDT))
    project = folder / "project"
    for code, word in [("D0120", "teeth"), ("D0150", "gums")]:
        path = project / "data/records" / f"{code}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RECORD.format(code=code, word=word))
    (project / "data/policies").mkdir()
    (project / "data/policies/visits.yaml").write_text(POLICY)
    (project / "docgen.yaml").write_text("own_records: yes\n")
    return folder


def run(copy: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "docgen", *arguments],
        cwd=copy / "project",
        env=environment(PYTHONPATH=str(copy), XDG_CACHE_HOME=str(copy / "cache")),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def books(copy: Path, folder: str, name: str) -> list[dict[str, str]]:
    text = (copy / "project" / folder / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_records_are_checked_found_and_printed(copy: Path) -> None:
    run(copy, "records", "check")
    assert run(copy, "render", "D0120", "--code-system", "cdt", "-o", "out").split() == [
        "out/cdt-d0120-patient-handout.pdf",
        "out/cdt-d0120-clinician-summary.pdf",
    ]


def test_policies_cover_its_codes(copy: Path) -> None:
    assert "SD-1" in run(copy, "policies", "show", "D0150")
    assert "SD-1" not in run(copy, "policies", "show", "D0220", "--code-system", "cdt")


def test_search_finds_them_by_words_and_by_system(copy: Path) -> None:
    found = [json.loads(line) for line in run(
        copy, "search", "teeth", "--code-system", "cdt", "--format", "json"
    ).splitlines()]  # fmt: skip
    assert [(one["code_system"], one["code"]) for one in found] == [("cdt", "D0120")]


def test_tables_are_imported_by_a_heading_that_names_it(copy: Path) -> None:
    (copy / "project/table.csv").write_text(TABLE)
    run(copy, "records", "import", "table.csv", "--author", "Nobody", "-o", "imported")
    made = (copy / "project/imported/D0140.yaml").read_text()
    assert "code_system: cdt" in made


def test_worklists_name_it_in_headings_and_before_codes(copy: Path) -> None:
    (copy / "project/day.csv").write_text(WORKLIST)
    run(copy, "batch", "day.csv", "-o", "day", "--layout", "patient-handout")
    assert [(one["code_system"], one["code"]) for one in books(copy, "day", "manifest.csv")] == [
        ("cdt", "D0120"),
        ("cdt", "D0150"),
    ]


@pytest.mark.parametrize(
    "uri",
    ["http://www.ada.org/cdt", "http://ada.org/cdt", "urn:oid:2.16.840.1.113883.6.13"],
)
def test_fhir_names_it_by_its_uris(copy: Path, uri: str, request: pytest.FixtureRequest) -> None:
    name = f"fhir-{request.node.callspec.indices['uri']}"
    day = bundle(patient(), order("o1", (uri, "D0120")), appointment())
    (copy / "project" / f"{name}.json").write_text(json.dumps(day))
    run(copy, "batch", f"{name}.json", "-o", name, "--layout", "patient-handout")
    made = books(copy, name, "manifest.csv")
    assert [(one["code_system"], one["code"]) for one in made] == [("cdt", "D0120")]
