"""``docgen organizations`` and ``docgen layouts new``: what they make, tell and find wrong."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from docgen.cli.program import program
from docgen.layouts import Organization
from docgen.project import Project
from docgen.source import fields_of
from tests.commands import ROOT
from tests.sample_records import but_for_reviews

FOLDER = Path("layouts/organizations/riverside")
OWN = FOLDER / "organization.yaml"
HANDOUT = FOLDER / "patient-handout.yaml"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments)


def make(*arguments: str) -> Result:
    result = run(*arguments)
    assert (result.exit_code, but_for_reviews(result.stderr)) == (0, "")
    return result


def texts_of_files() -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in Path().rglob("*") if path.is_file()}


def uncommented(text: str) -> str:
    """The file with every example taken at its word: all lines but notes lose their #."""
    return re.sub(r"^#(?! \S|\n)", "", text, flags=re.MULTILINE)


def next_commands(stdout: str) -> list[list[str]]:
    told = stdout.partition("\nNext:")[2]
    return [shlex.split(line)[1:] for line in told.splitlines() if line.startswith("  docgen ")]


def test_a_new_organization_is_listed_and_the_next_commands_work() -> None:
    result = make("organizations", "new", "riverside")
    made = {line[5:] for line in result.stdout.splitlines() if line.startswith("made ")}
    assert made == {str(path) for path in texts_of_files()}
    assert str(OWN) in made
    commands = next_commands(result.stdout)
    assert [command[0] for command in commands] == ["organizations", "render"]
    for command in commands:
        ended = run(*command)
        told = re.findall(r"(?:error|warning)\[(.+?)\]", ended.stderr)
        # They render a sample, which is told each time.
        assert (ended.exit_code, set(told) - {"sample-record"}) == (0, set())
    assert "riverside  " in make("organizations", "list").stdout


def test_a_new_layout_is_listed_and_the_next_commands_work() -> None:
    make("organizations", "new", "riverside")
    result = make("layouts", "new", "patient-handout", "--organization", "riverside")
    assert result.stdout.startswith(f"made {HANDOUT}\nkept schema/layout.json\n")
    commands = next_commands(result.stdout)
    assert [command[0] for command in commands] == ["organizations", "render"]
    for command in commands:
        ended = run(*command)
        told = re.findall(r"(?:error|warning)\[(.+?)\]", ended.stderr)
        # They render a sample, which is told each time.
        assert (ended.exit_code, set(told) - {"sample-record"}) == (0, set())


@pytest.mark.parametrize(
    "command",
    [
        ("organizations", "new", "riverside"),
        ("layouts", "new", "patient-handout", "--organization", "riverside"),
    ],
    ids=lambda command: command[0],
)
def test_what_is_there_is_kept(command: tuple[str, ...]) -> None:
    make("organizations", "new", "riverside")
    make("layouts", "new", "patient-handout", "--organization", "riverside")
    OWN.write_text("name: Mine\n")
    HANDOUT.write_text("id: patient-handout\nextends: patient-handout\nremove: [benefits]\n")
    before = texts_of_files()
    result = make(*command)
    assert texts_of_files() == before
    assert "made" not in result.stdout
    assert f"kept {OWN if command[0] == 'organizations' else HANDOUT}\n" in result.stdout


@pytest.mark.parametrize("base", ["patient-handout", "clinician-summary"])
def test_a_new_layout_changes_nothing(base: str) -> None:
    make("organizations", "new", "riverside")
    before = Project.open(".", organization="riverside").render("77299", [base])
    make("layouts", "new", base, "--organization", "riverside")
    after = Project.open(".", organization="riverside").render("77299", [base])
    assert after[0].data == before[0].data


@pytest.mark.parametrize("base", ["patient-handout", "clinician-summary"])
def test_every_example_of_a_new_layout_is_right_and_all_of_them_together(base: str) -> None:
    make("organizations", "new", "riverside")
    make("layouts", "new", "own-sheet", "--organization", "riverside", "--from", base)
    path = FOLDER / "own-sheet.yaml"
    examples = path.read_text("utf-8")
    path.write_text(uncommented(examples), "utf-8")
    verbs = ("body", "change", "insert", "remove", "replace", "reorder")
    assert all(f"\n#{verb}:" in examples for verb in verbs)
    assert all(f"\n{verb}:" in path.read_text("utf-8") for verb in verbs)
    make("organizations", "check", "riverside")


def test_a_new_layout_lists_every_block_of_its_base() -> None:
    make("organizations", "new", "riverside")
    make("layouts", "new", "patient-handout", "--organization", "riverside")
    blocks = HANDOUT.read_text("utf-8").partition("cannot be taken out.\n")[2]
    listed = re.findall(r"^# (?:\. )*([a-z0-9-]+)(?: \(|:|$)", blocks, re.MULTILINE)
    written = Project.open(".").layouts.find("patient-handout").path.read_text("utf-8")
    ids = re.findall(r"\bid: ([a-z0-9-]+)", written.partition("\npage:")[2])
    assert set(listed) == set(ids)


def test_every_example_of_a_new_organization_is_right() -> None:
    make("organizations", "new", "hospital")
    make("organizations", "new", "riverside")
    Image.new("RGB", (30, 10)).save(FOLDER / "logo.png")
    (FOLDER / "fonts").mkdir()
    for face in ("Regular", "Bold"):
        data = (ROOT / f"docgen/fonts/faces/noto-sans/NotoSans-{face}.ttf").read_bytes()
        (FOLDER / f"fonts/OurSans-{face}.ttf").write_bytes(data)
    OWN.write_text(uncommented(OWN.read_text("utf-8")), "utf-8")
    assert "\n#" not in re.sub(r"^# .*\n|^#\n", "", OWN.read_text("utf-8"), flags=re.MULTILINE)
    spoken = run("organizations", "check", "riverside").stderr
    assert {line.split(" ")[1] for line in spoken.splitlines() if "error[" in line} == {
        "error[missing-translation]:"
    }, "of the texts that are there in one of the two languages only"
    OWN.write_text(OWN.read_text("utf-8").replace("languages: [en, es]", "languages: [en]"))
    told = run("organizations", "check", "riverside")
    assert (told.exit_code, told.stdout) == (
        0,
        "riverside: organization.yaml, 2 of 2 layouts are right\n",
    )


def test_the_examples_name_every_key_of_an_organization() -> None:
    make("organizations", "new", "riverside")
    keys = set(re.findall(r"^#?([a-z_]+):", OWN.read_text("utf-8"), re.MULTILINE))
    assert keys == set(fields_of(Organization))


def test_a_child_takes_what_it_does_not_say_and_show_tells() -> None:
    make("organizations", "new", "riverside")
    OWN.write_text(f"{OWN.read_text('utf-8')}\naddress: 1 Example Street\n", "utf-8")
    make("organizations", "new", "riverside-north", "--parent", "riverside")
    make("layouts", "new", "patient-handout", "--organization", "riverside")
    text = "change:\n  getting-ready: {heading: Before}\nremove: [benefits]\n"
    text += "insert:\n  - blocks: [{id: bus, type: section, heading: Bus, text: Take it.}]\n"
    HANDOUT.write_text(HANDOUT.read_text("utf-8") + text, "utf-8")
    shown = make("organizations", "show", "riverside-north").stdout.splitlines()
    assert shown[:3] == ["Riverside North", "Id: riverside-north", "Part of: riverside"]
    assert "address: 1 Example Street  (from riverside)" in shown
    at = shown.index(f"Layout of riverside: patient-handout ({HANDOUT})")
    assert shown[at + 1 :] == [
        "  starts from patient-handout",
        "  changes: getting-ready",
        "  takes out: benefits",
        "  puts in: bus",
    ]


def test_list_as_json_lines() -> None:
    make("organizations", "new", "riverside")
    lines = make("organizations", "list", "--format", "json").stdout.splitlines()
    assert {"id": "riverside", "name": "Riverside"} in [json.loads(line) for line in lines]


def test_check_counts_what_is_right_and_tells_the_rest() -> None:
    make("organizations", "new", "riverside")
    HANDOUT.write_text(
        "id: patient-handout\nextends: patient-handout\nremove: [benefit]\n", "utf-8"
    )
    (FOLDER / "own.yaml").write_text(
        "id: own\nextends: patient-handout\n"
        "change: {benefits: {field: null, text: '{{ record.tite }}'}}\n"
    )
    result = run("organizations", "check", "riverside")
    assert result.exit_code == 1
    assert result.stdout == "riverside: organization.yaml, 1 of 3 layouts are right\n"
    assert f"{HANDOUT}:3:10: error[" in result.stderr
    assert f"{FOLDER}/own.yaml:3:" in result.stderr
    assert "'tite'" in result.stderr


def test_a_look_that_breaks_a_layout_of_docgens_own_is_found() -> None:
    make("organizations", "new", "riverside")
    OWN.write_text('name: R\ntheme: {palette: {blue: "#cccccc"}}\n')
    result = run("organizations", "check", "riverside")
    assert result.stdout == "riverside: organization.yaml, 0 of 2 layouts are right\n"
    assert f"{OWN}:2:" in result.stderr
    assert "error[low-contrast]" in result.stderr


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("organizations show riv", "riverside"),
        ("organizations check riv", "riverside"),
        ("organizations new x --parent riv", "riverside"),
        ("render 77299 --organization riv", "riverside"),
        ("layouts check pat", "patient-handout"),
        ("layouts new x --from cli", "clinician-summary"),
    ],
)
def test_shells_complete_ids(typed: str, offered: str) -> None:
    make("organizations", "new", "riverside")
    words = f"docgen {typed}"
    count = str(len(words.split()) - 1)
    environment = {
        "_DOCGEN_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": count,
    }
    shown = CliRunner().invoke(program, prog_name="docgen", env=environment)
    assert shown.stdout == f"plain,{offered}\n"


@pytest.mark.parametrize(("offered", "right"), [("", 1), ("languages: [en, es]\n", 0)])
def test_a_changed_record_is_held_to_the_languages_that_are_offered(
    offered: str, right: int
) -> None:
    make("organizations", "new", "riverside")
    OWN.write_text(f"name: R\nlanguage: en\n{offered}")
    record = FOLDER / "records/45378.yaml"
    record.parent.mkdir()
    record.write_text(
        'extends: "45378"\ncode_system: cpt\nchange:\n  setting: Our own rooms.\n', "utf-8"
    )
    result = run("organizations", "check", "riverside")
    assert result.exit_code == 1 - right
    assert f"and {right} of 1 records are right" in result.stdout
    assert (f"{record}:4:12: error[missing-translation]" in result.stderr) == (not right)
