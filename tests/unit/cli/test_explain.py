"""``docgen explain``: where values come from, for people and as JSON Lines."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli.program import program

BASE = """\
id: sheet
title: Sheet
description: A sheet.
audience: clinicians
language: en
theme: base
page: {size: letter, margins: {top: 1in, right: 1in, bottom: 1in, left: 1in}}
former_ids: {start: first}
blocks:
  - {id: first, type: text, text: First, style: label}
  - {id: second, type: text, text: Second}
  - {id: facts, type: key-facts, facts: [{id: where, label: Where, text: Here}]}
"""
HOSPITAL = """\
extends: sheet
change:
  first: {text: The hospital's first text is so long that no line of a table has room for it}
"""
CLINIC = """\
extends: sheet
change:
  first:
    text: Ours
    style:
  where: {label: Our place}
remove: [second]
insert: [{before: facts, blocks: [{id: new, type: rule}]}]
"""


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    layouts = Path("layouts")
    hospital, clinic = layouts / "organizations/hospital", layouts / "organizations/clinic"
    hospital.mkdir(parents=True)
    clinic.mkdir()
    (layouts / "sheet.yaml").write_text(BASE, "utf-8")
    (hospital / "organization.yaml").write_text("name: H\ntheme: {palette: {ink: '#222222'}}\n")
    (hospital / "sheet.yaml").write_text(HOSPITAL, "utf-8")
    (clinic / "organization.yaml").write_text("name: C\nparent: hospital\npage: {size: a4}\n")
    (clinic / "sheet.yaml").write_text(CLINIC, "utf-8")


def explain(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["explain", *arguments])


def cells(result: Result) -> list[str]:
    """The lines of a result, their columns one blank apart."""
    assert result.exit_code == 0, result.stderr
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def test_a_value_names_its_line_and_all_that_it_replaced() -> None:
    assert cells(explain("sheet", "first", "--organization", "clinic")) == [
        "first.type = text layouts/sheet.yaml:10",
        "first.text = Ours layouts/organizations/clinic/sheet.yaml:4 "
        'replaced "The hospital\'s first text is so long that no …" '
        "at layouts/organizations/hospital/sheet.yaml:3, "
        "replaced 'First' at layouts/sheet.yaml:10",
        "first.style taken out layouts/organizations/clinic/sheet.yaml:5 "
        "replaced 'label' at layouts/sheet.yaml:10",
    ]


def test_a_fact_is_explained_like_a_block() -> None:
    assert cells(explain("sheet", "where", "--organization", "clinic"))[0] == (
        "where.label = Our place layouts/organizations/clinic/sheet.yaml:6 "
        "replaced 'Where' at layouts/sheet.yaml:12"
    )


def test_the_whole_layout_tells_of_pages_and_of_blocks_that_came_and_went() -> None:
    told = cells(explain("sheet", "--organization", "clinic"))
    organization = "layouts/organizations/clinic/organization.yaml"
    own = "layouts/organizations/clinic/sheet.yaml"
    assert f"page.size = a4 {organization}:3 replaced 'letter' at layouts/sheet.yaml:7" in told
    assert "page.margins.top = 1in layouts/sheet.yaml:7" in told
    assert f"new inserted {own}:8" in told
    assert told[-1] == f"second removed {own}:7 was at layouts/sheet.yaml:11"
    assert cells(explain("sheet", "second", "--organization", "clinic")) == told[-1:]


def test_without_an_organization_nothing_was_replaced() -> None:
    told = cells(explain("sheet"))
    assert "second.text = Second layouts/sheet.yaml:11" in told
    assert not any("replaced" in line for line in told)


def test_the_theme_is_explained_with_the_organizations_changes() -> None:
    changed = [line for line in cells(explain("sheet", "--theme", "--organization", "clinic"))
               if "replaced" in line]  # fmt: skip
    assert len(changed) == 1
    place = "layouts/organizations/hospital/organization.yaml:2"
    assert changed[0].startswith(f"palette.ink = #222222 {place} replaced '#")


def test_json_lines_give_each_value_whole() -> None:
    result = explain("sheet", "first", "--organization", "clinic", "--format", "json")
    assert json.loads(result.stdout.splitlines()[1]) == {
        "path": "first.text",
        "act": None,
        "value": "Ours",
        "file": "layouts/organizations/clinic/sheet.yaml",
        "line": 4,
        "replaced": [
            {
                "value": "The hospital's first text is so long that no line of a table has room "
                "for it",
                "file": "layouts/organizations/hospital/sheet.yaml",
                "line": 3,
            },
            {"value": "First", "file": "layouts/sheet.yaml", "line": 10},
        ],
    }


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("frist", "the layout has no block 'frist'\n  hint: did you mean 'first'?"),
        ("start", "the block 'start' is now called 'first'\n  hint: ask for first"),
    ],
)
def test_an_unknown_block_is_refused(block: str, message: str) -> None:
    result = explain("sheet", block)
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr


def test_what_is_wrong_in_an_override_is_told_beside_the_values() -> None:
    own = Path("layouts/organizations/clinic/sheet.yaml")
    own.write_text(CLINIC.replace("remove: [second]", "remove: [secnod]"), "utf-8")
    result = explain("sheet", "--organization", "clinic")
    assert result.exit_code == 1
    assert "clinic/sheet.yaml:7:10: error[unknown-block]" in result.stderr
    assert "Our place" in result.stdout


def test_a_theme_has_no_blocks() -> None:
    assert explain("sheet", "first", "--theme").exit_code == 2


def test_layouts_are_listed_and_checked_as_an_organization_has_them() -> None:
    run = CliRunner().invoke
    listed = run(program, ["layouts", "list", "--organization", "clinic"]).stdout
    assert "sheet              layouts/organizations/clinic/sheet.yaml" in listed
    own = Path("layouts/organizations/hospital/sheet.yaml")
    own.write_text("extends: sheet\nremove: [secnod]\n", "utf-8")
    assert run(program, ["layouts", "check", "sheet"]).exit_code == 0
    for arguments in (["sheet", "--organization", "clinic"], []):
        result = run(program, ["layouts", "check", *arguments])
        assert result.exit_code == 1
        assert result.stderr.count("hospital/sheet.yaml:2:10: error[unknown-block]") == 1
