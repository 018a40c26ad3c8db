"""What the README and the guide show is what happens, in an empty folder."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.delivery import file_name
from tests.commands import ROOT, environment, run_docgen
from tests.sample_records import but_for_reviews

README = (ROOT / "README.md").read_text("utf-8")
GUIDE = (ROOT / "docs/guide.md").read_text("utf-8")
SHELL = "set -euo pipefail\n" + 'docgen() { "$DOCGEN_PYTHON" -m docgen "$@"; }\n'


def _bash(script: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash", "-c", SHELL + script],
        cwd=folder,
        env=environment(DOCGEN_PYTHON=sys.executable),
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_tour_runs(tmp_path: Path) -> None:
    tour = README.partition("## Five-minute tour")[2].partition("\n## ")[0]
    commands = re.findall(r"^    (docgen .*|cat .*|cd .*)$", tour, re.MULTILINE)
    assert len(commands) >= 8
    (tmp_path / "codes.txt").write_text("77299\n45378\n")
    (tmp_path / "secret.txt").write_text("four plain words\n")
    # The tour goes through docgen's own checkout, where the samples are the project's records.
    (tmp_path / "data").symlink_to(ROOT / "data")
    run = _bash("\n".join(commands), tmp_path)
    told = re.findall(r"(?:error|warning)\[(.+?)\]", but_for_reviews(run.stderr))
    assert (run.returncode, told) == (0, ["unknown-column", "unknown-word", "passive-voice"])
    assert "local,SAMPLE-01,A made-up talk about sleep,," in run.stdout
    written = {path.name for path in tmp_path.rglob("*.pdf")}
    assert written == {
        "handout.pdf",
        "cpt-77299-patient-handout-es.pdf",
        "cpt-77299-clinician-summary-es.pdf",
        "cpt-77299-patient-handout-large-print.pdf",
        "cpt-77299-clinician-summary-large-print.pdf",
        "cpt-77299-clinician-summary-fillable.pdf",
        *(
            file_name(system, code, layout)
            for system, code in (("cpt", "77299"), ("cpt", "45378"), ("local", "EXAMPLE-1"))
            for layout in ("patient-handout", "clinician-summary")
        ),
    }


def test_the_message_in_the_readme_is_the_one_that_is_printed(tmp_path: Path) -> None:
    shown = README.partition("    $ docgen records check\n")[2].partition("\n\n")[0]
    run_docgen("init", ".", cwd=tmp_path)
    record = tmp_path / "data/records/EXAMPLE-1.yaml"
    record.write_text(record.read_text("utf-8").replace("\npreparation:", "\npreperation:"))
    run = run_docgen("records", "check", cwd=tmp_path)
    assert run.stderr.decode().splitlines() == [line[4:] for line in shown.splitlines()]


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    code = README.partition("```python\n")[2].partition("```")[0]
    command = [sys.executable, "-c", code]
    run = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines() == [
        "output/cpt-77299-patient-handout.pdf",
        "output/cpt-77299-clinician-summary.pdf",
    ]


@pytest.mark.parametrize("kind", ["layouts", "themes"])
def test_a_copied_layout_and_theme_are_ones_own(kind: str, tmp_path: Path) -> None:
    """As the guide says: copy, change, render; the schema comment leads to the schema."""
    run_docgen("init", ".", cwd=tmp_path)
    source = ROOT / (
        "layouts/patient-handout.yaml" if kind == "layouts" else "layouts/themes/base.yaml"
    )
    copy = tmp_path / source.relative_to(ROOT)
    copy.parent.mkdir(parents=True, exist_ok=True)
    line = source.read_text("utf-8").splitlines()[0]
    comment = re.search(
        rf"^    (# yaml-language-server: \S+/{kind[:-1]}\.json)$", GUIDE, re.MULTILINE
    )
    assert comment
    copy.write_text(source.read_text("utf-8").replace(line, comment[1], 1), "utf-8")
    assert (copy.parent / comment[1].partition("$schema=")[2]).is_file()
    run = run_docgen("render", "EXAMPLE-1", cwd=tmp_path)
    assert (run.returncode, but_for_reviews(run.stderr.decode())) == (0, "")
    assert run_docgen("layouts", "check", cwd=tmp_path).returncode == 0
