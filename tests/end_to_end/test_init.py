"""``docgen init``: a project that renders at once and is never overwritten."""

import re
from pathlib import Path

from tests.commands import run_docgen
from tests.sample_records import but_for_reviews


def test_a_new_project_renders_and_checks(tmp_path: Path) -> None:
    made = run_docgen("init", "my project", cwd=tmp_path)
    assert made.returncode == 0
    listed = made.stdout.decode()
    assert "made my project/data/records/EXAMPLE-1.yaml\n" in listed
    assert listed.endswith(
        "\nNext:\n  cd 'my project'\n  docgen render EXAMPLE-1 --organization my-clinic\n"
    )
    project = tmp_path / "my project"
    run = run_docgen("render", "EXAMPLE-1", "--organization", "my-clinic", cwd=project)
    assert (run.returncode, but_for_reviews(run.stderr)) == (0, "")
    assert run.stdout.decode().splitlines() == [
        "output/local-example-1-patient-handout.pdf",
        "output/local-example-1-clinician-summary.pdf",
    ]
    for command in ("records", "policies", "layouts"):
        assert run_docgen(command, "check", cwd=project).returncode == 0


def test_schema_comments_lead_to_schemas(tmp_path: Path) -> None:
    run_docgen("init", ".", cwd=tmp_path)
    commented = [path for path in tmp_path.rglob("*.yaml") if "$schema=" in path.read_text("utf-8")]
    assert len(commented) == 4
    for path in commented:
        target = path.read_text("utf-8").splitlines()[0].partition("$schema=")[2]
        assert (path.parent / target).is_file()


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("mine")
    run = run_docgen("init", ".", cwd=tmp_path)
    assert run.returncode == 0
    assert "kept README.md\n" in run.stdout.decode()
    assert "cd " not in run.stdout.decode()
    assert readme.read_text() == "mine"
    again = run_docgen("init", ".", cwd=tmp_path).stdout.decode()
    assert "made" not in again


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    run = run_docgen("init", ".", cwd=tmp_path)
    assert run.returncode == 1
    assert "error[unwritable]: cannot make 'data/policies/example.yaml'" in run.stderr.decode()


def test_every_command_of_its_readme_works(tmp_path: Path) -> None:
    run_docgen("init", ".", cwd=tmp_path)
    lines = (tmp_path / "README.md").read_text("utf-8").splitlines()
    commands = [line.split()[1:] for line in lines if line.startswith("    docgen ")]
    assert len(commands) == 7
    for command in commands:
        run = run_docgen(*command, cwd=tmp_path)
        told = re.findall(r"(?:error|warning)\[(.+?)\]", but_for_reviews(run.stderr))
        expected = {"sample-record"} if "77299" in command else set()
        assert (run.returncode, set(told)) == (0, expected), command
