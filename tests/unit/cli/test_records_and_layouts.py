"""``docgen records``, ``docgen layouts`` and ``docgen schema``: what they print."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from docgen.cli.program import program
from docgen.cli.schema import SCHEMAS, schema_of
from tests.commands import ROOT
from tests.sample_records import RECORDS, TRANSLATIONS

FILES = {
    "project": [ROOT / "docgen/cli/scaffold/project/docgen.yaml"],
    "record": RECORDS,
    "translation": TRANSLATIONS,
    "record-override": sorted((ROOT / "layouts/organizations").glob("*/records/*.yaml")),
    "glossary": [ROOT / "docgen/readability/glossary.yaml"],
    "policy": sorted((ROOT / "data/policies").glob("*.yaml")),
    "worklist-map": sorted((ROOT / "data/worklists").glob("**/worklist-map.yaml")),
    "import-map": sorted((ROOT / "data/imports").glob("*.yaml")),
    "layout": sorted((ROOT / "layouts").glob("*.yaml")),
    "theme": sorted((ROOT / "layouts/themes").glob("*.yaml")),
    "own layout": sorted(
        path
        for path in (ROOT / "layouts/organizations").glob("*/*.yaml")
        if path.name != "organization.yaml"
    ),
    "organization": sorted((ROOT / "layouts/organizations").rglob("organization.yaml")),
}


CHECKED = ("layout", "theme", "organization", "own layout")


class AsEditorsRead(yaml.SafeLoader):
    """Reads YAML as JSON Schema sees it: a date is a text."""

    yaml_implicit_resolvers = {  # noqa: RUF012, PyYAML's own table
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def content_of(path: Path) -> dict[str, Any]:
    content = yaml.load(path.read_text("utf-8"), AsEditorsRead)
    assert isinstance(content, dict)
    return content


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments)


def test_list_names_every_record() -> None:
    lines = run("records", "list").stdout.splitlines()
    assert len(lines) == len(FILES["record"])
    assert "cpt         77299       Radiation treatment planning, special case" in lines


def test_list_as_json_lines() -> None:
    lines = run("records", "list", "--format", "json").stdout.splitlines()
    entries = [json.loads(line) for line in lines]
    assert {"code_system", "code", "title", "begins", "ends", "path"} == set(entries[0])
    assert len(entries) == len(FILES["record"])


def test_a_broken_record_is_told_and_the_others_listed(tmp_path: Path) -> None:
    (tmp_path / "data/records").mkdir(parents=True)
    (tmp_path / "data/records/X1.yaml").write_text("code: [X1\n")
    result = run("records", "list")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == len(FILES["record"])
    assert result.stderr.startswith("data/records/X1.yaml:")


def test_show_says_what_the_record_says() -> None:
    shown = run("records", "show", "77299").stdout
    assert shown.startswith(
        "CPT 77299 (unlisted code): Radiation treatment planning, special case\n"
    )
    assert "\nLanguage: en\n" in shown
    assert "The plan is made for you alone." in shown
    assert "Policy: Sample Health Plan, Unlisted radiation oncology services" in shown


@pytest.mark.parametrize("path", FILES["translation"], ids=lambda path: path.stem)
def test_show_leaves_nothing_of_a_translation_out(path: Path) -> None:
    content = content_of(path)
    assert content.pop("made_from")
    shown = run("records", "show", content.pop("translation_of"), "--language", "es").stdout
    assert "\nLanguage: es\n" in shown
    assert [
        text for text in texts_of(content) if text.strip().casefold() not in shown.casefold()
    ] == []


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("fr", "error[missing-translation]: this record has no 'fr' translation, only en, es"),
        ("spanish", "error[bad-language]: 'spanish' is not a language tag"),
        ("ES", "error[bad-language]: 'ES' is not a language tag\n  hint: did you mean 'es'?"),
    ],
)
def test_show_refuses_a_language_that_there_is_not(tag: str, told: str) -> None:
    result = run("records", "show", "77299", "--language", tag)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert told in result.stderr


def test_records_are_shown_and_checked_as_an_organization_has_them(tmp_path: Path) -> None:
    folder = tmp_path / "layouts/organizations/riverside"
    (folder / "records").mkdir(parents=True)
    (folder / "organization.yaml").write_text("name: Riverside\n")
    override = folder / "records/77299.yaml"
    head = 'extends: "77299"\ncode_system: cpt\n'
    override.write_text(f"{head}change: {{risks: Ours.}}\nnote: New machines.\n")
    shown = run("records", "show", "77299", "--organization", "riverside").stdout
    assert "\nOurs.\n" in shown
    assert "\nAdapted by Riverside\nNew machines.\n" in shown
    assert "Ours." not in run("records", "show", "77299").stdout
    assert run("records", "check", "--organization", "riverside").exit_code == 0
    override.write_text(f"{head}change: {{rsks: Ours.}}\n")
    assert run("records", "check").exit_code == 0
    result = run("records", "check", "--organization", "riverside")
    assert result.exit_code == 1
    assert "'rsks' is not a field of a record" in result.stderr


@pytest.mark.parametrize("path", FILES["record"], ids=lambda path: path.stem)
def test_show_leaves_nothing_out(path: Path) -> None:
    content = content_of(path)
    shown = run(
        "records", "show", str(content["code"]), "--code-system", content["code_system"]
    ).stdout
    assert [
        text for text in texts_of(content) if text.strip().casefold() not in shown.casefold()
    ] == []


def texts_of(content: object) -> Iterator[str]:
    """Every text of a record, apart from ids of code systems, which are shown by name."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key != "code_system":
                yield from texts_of(value)
    elif isinstance(content, list):
        for item in content:
            yield from texts_of(item)
    elif not isinstance(content, bool):
        yield str(content)


def test_show_as_json_is_a_record_file(tmp_path: Path) -> None:
    shown = run("records", "show", "77299", "--format", "json").stdout
    (tmp_path / "data/records").mkdir(parents=True)
    (tmp_path / "data/records/77299.json").write_text(shown, "utf-8")
    assert run("records", "show", "77299", "--format", "json").stdout == shown
    told = run("records", "show", "77299").stdout
    assert "File: data/records/77299.json" in told
    assert "The plan is made for you alone." in told


def test_records_check_counts_what_is_right() -> None:
    result = run("records", "check")
    assert result.stdout == f"{len(FILES['record'])} records are right\n"
    assert result.exit_code == 0


def test_layouts_list_names_the_base_layouts() -> None:
    names = [line.split()[0] for line in run("layouts", "list").stdout.splitlines()]
    assert names == ["clinician-summary", "patient-handout"]


def test_layouts_check_takes_layouts_themes_and_organizations() -> None:
    count = sum(len(FILES[kind]) for kind in CHECKED)
    assert run("layouts", "check").stdout == f"{count} of {count} files are right\n"


def test_layouts_check_tells_every_broken_file(tmp_path: Path) -> None:
    themes = tmp_path / "layouts/themes"
    themes.mkdir(parents=True)
    (themes / "pink.yaml").write_text("id: pink\n")
    (tmp_path / "layouts/own.yaml").write_text("id: own\nblocks: 3\n")
    result = run("layouts", "check")
    assert result.exit_code == 1
    count = sum(len(FILES[kind]) for kind in CHECKED)
    assert result.stdout == f"{count} of {count + 2} files are right\n"
    told = {line.split(":")[0] for line in result.stderr.splitlines() if "error[" in line}
    assert told == {"layouts/themes/pink.yaml", "layouts/own.yaml"}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schema_is_valid_and_accepts_what_ships(kind: str) -> None:
    schema = json.loads(run("schema", kind).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert FILES[kind]
    for path in FILES[kind]:
        assert [error.message for error in validator.iter_errors(content_of(path))] == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schema_refuses_an_unknown_key(kind: str) -> None:
    content = {**content_of(FILES[kind][0]), "preperation": "x"}
    errors = jsonschema.Draft202012Validator(schema_of(kind)).iter_errors(content)
    assert any("preperation" in error.message for error in errors)


@pytest.mark.parametrize("path", FILES["own layout"], ids=lambda path: path.parent.name)
def test_the_schema_of_layouts_accepts_those_that_extend_another(path: Path) -> None:
    jsonschema.Draft202012Validator(schema_of("layout")).validate(content_of(path))


@pytest.mark.parametrize(
    "wrong",
    [
        {"chnage": {}},
        {"change": {"risks": {"haeding": "Risks"}}},
        {"change": {"risks": "Risks"}},
        {"insert": [{"after": "risks"}]},
        {"body": {"sise": 13}},
    ],
    ids=str,
)
def test_the_schema_refuses_what_an_extending_layout_says_wrongly(wrong: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(schema_of("layout"))
    right = {
        "extends": "patient-handout",
        "body": {"size": 13},
        "change": {"risks": {"when": None}},
    }
    assert validator.is_valid(right)
    assert not validator.is_valid(right | wrong)
