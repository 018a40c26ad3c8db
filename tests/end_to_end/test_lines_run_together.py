"""Lines broken by hand, from the checks to the sheet: refused, warned of, or kept."""

from pathlib import Path

import pytest

from docgen import Project
from tests.commands import ROOT, Ended, invoke_docgen
from tests.pdf_text import page_texts
from tests.runs import visit, write_worklist
from tests.translated import read_in

RECORD = """\
code: X1
code_system: local
language: en
title: A procedure
name: A procedure
summary: |
  {summary}
purpose: A purpose.
procedure_description: Steps.
risks: Risks.
further_sections:
  - {{title: Help, audience: patients, urgent: yes, text: Call us.}}
provenance: {{version: "1.0", authors: [Ada Sample]}}
"""
TRANSLATION = """\
translation_of: X1
code_system: local
language: es
title: Un procedimiento
name: Un procedimiento
summary: |
  {summary}
purpose: Un propósito.
procedure_description: Pasos.
risks: Riesgos.
further_sections:
  - {{title: Ayuda, audience: patients, text: Llame.}}
"""
DOSES = "Take 5 mg\n  Take 10 mg at night"
NO_DOSES = "• Wear loose clothes\n  • Bring a list"
RULE = "lines-run-together"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data/records").mkdir(parents=True)
    return tmp_path


def write(folder: Path, summary: str) -> None:
    (folder / "data/records/X1.yaml").write_text(RECORD.format(summary=summary), "utf-8")


def docgen(folder: Path, *arguments: str) -> tuple[int, str]:
    ended: Ended = invoke_docgen(*arguments, cwd=folder)
    return ended.returncode, ended.stderr.decode()


def test_doses_that_run_together_are_refused_by_check_and_render(folder: Path) -> None:
    write(folder, DOSES)
    for command in (["records", "check"], ["render", "X1"]):
        code, told = docgen(folder, *command)
        assert code == 1
        assert f"data/records/X1.yaml:8:3: error[{RULE}]: this line would be printed" in told
    assert not list(folder.glob("output/*"))


def test_other_lines_that_run_together_are_warned_of_and_printed(folder: Path) -> None:
    write(folder, NO_DOSES)
    for command in (["records", "check"], ["render", "X1", "--layout", "patient-handout"]):
        code, told = docgen(folder, *command)
        assert code == 0
        assert f"data/records/X1.yaml:8:3: warning[{RULE}]: this line is printed" in told
    (sheet,) = folder.glob("output/*.pdf")
    assert "loose clothes • Bring a list" in page_texts(sheet.read_bytes())[0]


def translate(folder: Path, summary: str) -> None:
    """A translation that somebody has read beside the record of now."""
    record = (folder / "data/records/X1.yaml").read_text("utf-8")
    translation = read_in(record, TRANSLATION.format(summary=summary))
    (folder / "data/records/X1.es.yaml").write_text(translation, "utf-8")


def test_a_translation_is_held_to_the_same(folder: Path) -> None:
    write(folder, "Take 5 mg. Take 10 mg.")
    translate(folder, "Tome 5 mg\n  Tome 10 mg")
    code, told = docgen(folder, "records", "check")
    assert (code, f"X1.es.yaml:8:3: error[{RULE}]" in told) == (1, True)
    write(folder, "A summary.")
    translate(folder, "• Ropa cómoda\n  • Una lista")
    code, told = docgen(folder, "records", "check")
    assert (code, f"X1.es.yaml:8:3: warning[{RULE}]" in told) == (0, True)


def test_a_batch_rejects_what_render_refuses_and_warns_once(folder: Path) -> None:
    write_worklist(folder / "day.csv", [visit(number, codes="X1") for number in range(3)])
    batch = ("batch", "day.csv", "--workers", "1", "--layout", "patient-handout")
    write(folder, DOSES)
    code, told = docgen(folder, *batch)
    assert (code, f"error[{RULE}]" in told) == (1, True)
    assert "0 packets done + 3 rejected" in told
    write(folder, NO_DOSES)
    code, told = docgen(folder, *batch)
    assert (code, told.count(f"warning[{RULE}]")) == (0, 1)


def test_layouts_are_told_by_their_check_and_on_render(folder: Path) -> None:
    write(folder, "A summary.")
    layout = folder / "layouts/patient-handout.yaml"
    layout.parent.mkdir()
    block = "      - id: own\n        type: text\n        text: |\n          {}\n          {}\n"
    for lines, code, severity in (
        (("• Rest", "• Sleep"), 0, "warning"),
        (("• 5 mg", "• 10 mg"), 1, "error"),
    ):
        layout.write_text(
            "extends: patient-handout\ninsert:\n  - after: title\n    blocks:\n"
            + block.format(*lines),
            "utf-8",
        )
        for command in (
            ["layouts", "check", "patient-handout"],
            ["render", "X1", "--layout", "patient-handout"],
        ):
            ended, told = docgen(folder, *command)
            assert ended == code, told
            assert f"layouts/patient-handout.yaml:9:11: {severity}[{RULE}]" in told


def own_organization(folder: Path, text: str) -> None:
    file = folder / "layouts/organizations/own/organization.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"name: Sample Clinic\nlanguage: en\n{text}", "utf-8")


def test_organizations_are_told_by_their_check_and_on_render(folder: Path) -> None:
    write(folder, "A summary.")
    render = ["render", "X1", "--layout", "patient-handout", "--organization", "own"]
    for lines, code, severity in ((("Rest", "Sleep"), 0, "warning"), (("5 mg", "A"), 1, "error")):
        own_organization(folder, "texts:\n  feedback: |\n    {}\n    {}\n".format(*lines))
        for command in (["organizations", "check", "own"], render):
            ended, told = docgen(folder, *command)
            assert f"own/organization.yaml:6:5: {severity}[{RULE}]" in told
            assert ended == code


ADDRESS = (
    "100 Example Street of the Sample, on the third floor",
    "c/o office",
    "Sampletown, XX 00000",
)


@pytest.mark.parametrize(
    "address",
    [
        "address: |\n  {}\n  {}\n  {}\n",
        "address: >-\n  {}\n  {}\n  {}\n",
        "address:\n  {}\n  {}\n  {}\n",
        'address: "{}\\n{}\\n{}"\n',
    ],
    ids=["literal", "folded", "plain", "double"],
)
def test_an_address_keeps_its_lines(folder: Path, address: str) -> None:
    write(folder, "A summary.")
    own_organization(folder, address.format(*ADDRESS))
    layout = folder / "layouts/organizations/own/patient-handout.yaml"
    layout.write_text(
        "extends: patient-handout\ninsert:\n  - after: title\n    blocks:\n"
        '      - {id: own-place, type: text, text: "{{ organization.address }}"}\n'
        "      - {id: own-code, type: qr-code, size: 1in, value: '{{ organization.address }}',\n"
        "         alt: '{{ organization.address | upper }}'}\n",
        "utf-8",
    )
    code, told = docgen(folder, "organizations", "check", "own")
    assert (code, told) == (0, "")
    render = ["render", "X1", "--layout", "patient-handout", "--organization", "own"]
    code, told = docgen(folder, *render)
    assert (code, RULE in told) == (0, False)
    (sheet,) = folder.glob("output/*.pdf")
    lines = [line.strip() for line in page_texts(sheet.read_bytes())[0].splitlines()]
    at = lines.index(ADDRESS[0])
    assert lines[at : at + 3] == list(ADDRESS)


def test_where_there_is_but_one_line_an_address_has_commas(folder: Path) -> None:
    own_organization(folder, "address: |\n  {}\n  {}\n  {}\n".format(*ADDRESS))
    shown = invoke_docgen("organizations", "show", "own", cwd=folder).stdout.decode()
    assert f"address: {', '.join(ADDRESS)}\n" in shown
    layout = folder / "layouts/organizations/own/patient-handout.yaml"
    layout.write_text(
        "extends: patient-handout\ntitle: 'At {{ organization.address }}'\n",
        "utf-8",
    )
    project = Project.open(folder, organization="own")
    document = project.compose(project.record("77299"), "patient-handout")
    assert document.title == f"At {', '.join(ADDRESS)}"


def test_the_samples_have_none() -> None:
    for command in (["records", "check"], ["layouts", "check"], ["organizations", "check"]):
        code, told = docgen(ROOT, *command)
        assert (code, RULE in told) == (0, False)
