"""``docgen translations``: how translations stand to their sources, and what somebody has read."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli.program import program
from tests.commands import DOCGEN, environment
from tests.translated import digest_of, made_from, read_changes, read_in
from tests.unit.records.test_agreement import CHANGE, RECORD, SPANISH

EN, ES = Path("data/records/77299.yaml"), Path("data/records/77299.es.yaml")
OWN = Path("layouts/organizations/clinic/records/77299.yaml")
ACCEPT = ("translations", "accept", "77299", "--language", "es")
SHOW = ("translations", "show", "77299", "--language", "es")


@pytest.fixture(autouse=True)
def _translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    EN.parent.mkdir(parents=True)
    EN.write_text(RECORD, "utf-8")
    ES.write_text(SPANISH, "utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments, env={"COLUMNS": "100"})


def test_texts_stand_side_by_side() -> None:
    shown = run(*SHOW, "preparation").stdout.splitlines()
    assert shown == [
        "preparation: nothing says that anybody has read it beside its source",
        "  Before the day:                                    Antes del día:",
        "  - Eat as usual.                                    - Coma como siempre.",
        "  - Take 5 mg at 8 pm.                               - Tome 5 mg a las 20:00.",
        "  - Call (555) 555-0100.                             - Llame al (555) 555-0100.",
        "  On the day, come early.                            El día mismo, venga temprano.",
        "",
    ]


def test_what_is_current_is_shown_only_where_it_is_asked_for() -> None:
    ES.write_text(read_in(RECORD, SPANISH), "utf-8")
    assert run(*SHOW).stdout == ""
    assert run(*SHOW, "--all").stdout.count(": current\n") == 8
    assert run(*SHOW, "risks").stdout.startswith("risks: current\n")


def test_json_gives_texts_digests_and_differences() -> None:
    ES.write_text(SPANISH.replace("5 mg", "50 mg"), "utf-8")
    (line,) = run(*SHOW, "preparation", "--format", "json").stdout.splitlines()
    said = json.loads(line)
    source = said["source"]
    assert said["source_digest"] == digest_of(source)
    assert (said["text"], said["standing"], said["language"]) == ("preparation", "untraced", "es")
    assert said["differences"] == ["'preparation' says '50 mg' in es, but '5 mg' in en"]


def test_the_status_counts_texts() -> None:
    assert (
        "77299       es       8 untraced  data/records/77299.es.yaml"
        in run("translations", "status").stdout
    )
    ES.write_text(read_in(RECORD, SPANISH).replace("dos pasos", "pasos"), "utf-8")
    EN.write_text(RECORD.replace("Few.", "Several."), "utf-8")
    lines = run("translations", "status", "--format", "json").stdout.splitlines()
    said = next(line for line in map(json.loads, lines) if line["path"] == str(ES))
    assert {key: said[key] for key in ("current", "stale", "untraced", "differs")} == {
        "current": 6,
        "stale": 1,
        "untraced": 0,
        "differs": 1,
    }


def test_one_text_is_accepted_and_the_rest_is_not() -> None:
    result = run(*ACCEPT, "title", "further_sections[0].text")
    assert result.exit_code == 0
    assert result.stdout.endswith(f"{ES}: 2 texts accepted\n")
    assert ES.read_text("utf-8") == (
        f'{SPANISH}\nmade_from:\n  title: "{digest_of("A plan")}"\n'
        f'  further_sections[0].text: "{digest_of("A note.")}"\n'
    )
    assert "untraced-translation" in run("records", "check").stderr


def test_a_whole_record_is_accepted_and_printed() -> None:
    assert run(*ACCEPT, "--all").exit_code == 0
    assert ES.read_text("utf-8") == f"{SPANISH}\n{made_from(RECORD, SPANISH)}"
    assert "Un plan" in run("records", "show", "77299", "--language", "es").stdout
    again = run(*ACCEPT, "--all")
    assert (again.exit_code, again.stdout) == (0, "nothing was accepted\n")


def test_a_difference_is_accepted_only_by_name_and_then_kept_with_both_digests() -> None:
    differing = SPANISH.replace("dos pasos", "pasos")
    ES.write_text(differing, "utf-8")
    result = run(*ACCEPT, "--all")
    assert result.exit_code == 3
    assert result.stdout.endswith(f"{ES}: 7 texts accepted\n")
    assert (
        "data/records/77299.es.yaml:5:10: error[other-numbers]: 'summary' says 'two' in en, and "
        "nothing of it in es\n  hint: mend it, or, where it is right so: docgen translations "
        "accept 77299 --language es --difference summary"
    ) in result.stderr
    assert "summary:" not in ES.read_text("utf-8").partition("made_from:")[2]

    result = run(*ACCEPT, "--difference", "summary")
    assert (result.exit_code, result.stderr) == (0, "")
    assert ES.read_text("utf-8").endswith(
        f'accepted_differences:\n  summary: {{source: "{digest_of("A plan in two steps.")}", '
        f'translation: "{digest_of("Un plan de pasos.")}"}}\n'
    )
    assert run("records", "show", "77299", "--language", "es").exit_code == 0

    ES.write_text(ES.read_text("utf-8").replace("de pasos", "de dos pasos"), "utf-8")
    EN.write_text(RECORD.replace("two steps", "two  good steps"), "utf-8")
    assert run(*ACCEPT, "summary").exit_code == 0
    assert "source:" not in ES.read_text("utf-8")


def test_stale_texts_are_accepted_anew() -> None:
    ES.write_text(f"# Ours\n{read_in(RECORD, SPANISH)}# The end\n", "utf-8")
    EN.write_text(RECORD.replace("Few.", "Several."), "utf-8")
    before = ES.read_text("utf-8")
    assert run(*ACCEPT, "risks").exit_code == 0
    assert ES.read_text("utf-8") == before.replace(digest_of("Few."), digest_of("Several."))


def test_changes_of_an_organization_are_accepted_in_its_file() -> None:
    OWN.parent.mkdir(parents=True)
    OWN.write_text(f"# Ours\n{CHANGE}", "utf-8")
    (OWN.parents[1] / "organization.yaml").write_text("name: Clinic\n", "utf-8")
    whose = ("--organization", "clinic")
    assert "3 untraced" in run("translations", "status", *whose).stdout
    result = run(*ACCEPT, *whose, "--all")
    assert result.stdout.endswith(f"{OWN}: 3 texts accepted\n")
    read = read_changes(CHANGE).removeprefix(CHANGE)
    assert OWN.read_text("utf-8") == f"# Ours\n{CHANGE}\n{read}"
    assert "3 current" in run("translations", "status", *whose).stdout


def test_an_organizations_own_record_is_accepted_in_its_folder() -> None:
    OWN.parent.mkdir(parents=True)
    (OWN.parents[1] / "organization.yaml").write_text("name: Clinic\n", "utf-8")
    OWN.write_text(RECORD.replace("Few.", "Hardly any."), "utf-8")
    translation = OWN.with_name("77299.es.yaml")
    translation.write_text(SPANISH, "utf-8")
    whose = ("--organization", "clinic")
    told = run("records", "show", "77299", "--language", "es", *whose).stderr
    assert f"docgen {' '.join((*ACCEPT, *whose))} --all" in told
    assert run(*ACCEPT, *whose, "--all").stdout.endswith(f"{translation}: 8 texts accepted\n")
    assert ES.read_text("utf-8") == SPANISH
    assert run("records", "show", "77299", "--language", "es", *whose).exit_code == 0


def test_a_translation_inside_of_its_record_is_accepted_there() -> None:
    ES.unlink()
    EN.write_text(f"{RECORD}translations:\n  es:\n    title: Un plan  # ours\n", "utf-8")
    assert run(*ACCEPT, "title").exit_code == 0
    assert EN.read_text("utf-8") == (
        f'{RECORD}translations:\n  es:\n    made_from:\n      title: "{digest_of("A plan")}"\n'
        "    title: Un plan  # ours\n"
    )


REFUSED = {
    "a text that there is not": (
        (*ACCEPT, "sumary"),
        "error[unknown-text]: 'sumary' is not a text that is translated into es\n"
        "  hint: did you mean 'summary'?",
    ),
    "a language that there is not": (
        ("translations", "show", "77299", "--language", "fr"),
        "data/records/77299.yaml:1:1: error[no-translation]: there is no translation of 77299 into "
        "fr\n  hint: there are es",
    ),
    "an organization that changes nothing": (
        (*ACCEPT, "--organization", "sample", "--all"),
        "error[no-translation]: organization 'sample' has no translation of 77299 into es",
    ),
    "nobody to ask": (ACCEPT, "error[not-agreed]: nobody is there to be asked"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused(case: str) -> None:
    arguments, told = REFUSED[case]
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert ES.read_text("utf-8") == SPANISH


def test_a_translation_that_comes_with_docgen_is_not_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It would be lost with the next upgrade."""
    monkeypatch.setattr("docgen.shipped._root", lambda: Path("installed").absolute())
    Path("installed").mkdir()
    Path("data").rename("installed/data")
    shipped = Path("installed/data/records/77299.es.yaml")
    result = run(*ACCEPT, "--all")
    assert result.exit_code == 1
    assert "error[shipped-translation]" in result.stderr
    assert shipped.read_text("utf-8") == SPANISH
    assert run(*ACCEPT, "--all", "--data", "installed/data").exit_code == 0


def test_a_file_that_cannot_be_written_stays_as_it_is() -> None:
    EN.write_text(RECORD, "utf-8")
    ES.write_text('{translation_of: "77299", language: es, title: Un plan}\n', "utf-8")
    result = run(*ACCEPT, "title")
    assert result.exit_code == 1
    assert "error[not-in-lines]" in result.stderr
    assert ES.read_text("utf-8").startswith("{")
    assert list(ES.parent.iterdir()) != []


def typed(answers: str) -> str:
    """What the command says to somebody who types at a terminal."""
    controller, terminal = pty.openpty()
    with subprocess.Popen(
        [*DOCGEN, *ACCEPT],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(COLUMNS="100"),
    ) as process:
        os.write(controller, answers.encode())
        said = process.communicate(timeout=60)[0].decode()
    os.close(terminal)
    os.close(controller)
    assert process.returncode == 0, said
    return said


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are those of POSIX")
def test_somebody_is_asked_of_each_text() -> None:
    ES.write_text(SPANISH.replace("dos pasos", "pasos"), "utf-8")
    said = typed("y\nn\ny\nq\n")
    assert said.count("Is it the same?") == 3
    assert "It differs. Is it right so?" in said
    assert said.endswith(f"{ES}: 2 texts accepted\n")
    text = ES.read_text("utf-8")
    assert f'made_from:\n  title: "{digest_of("A plan")}"\n  summary: "' in text
    assert "accepted_differences:\n  summary: {" in text
