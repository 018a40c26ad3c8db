"""``docgen render`` as a user runs it: what it prints, what it writes, how it ends."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from docgen import DocgenError, Project
from tests.commands import DOCGEN, ROOT, environment, run_docgen
from tests.pdf_text import page_texts
from tests.sample_records import but_for_reviews, take_over_samples

SHEETS = ["cpt-77299-patient-handout.pdf", "cpt-77299-clinician-summary.pdf"]


def test_a_code_gives_two_pdfs_in_an_empty_folder(tmp_path: Path) -> None:
    run = run_docgen("render", "77299", cwd=tmp_path)
    assert run.returncode == 0
    assert run.stdout.decode().splitlines() == [f"output/{name}" for name in SHEETS]
    (told,) = [line for line in run.stderr.decode().splitlines() if not line.startswith("  hint: ")]
    assert told == (
        f"{ROOT}/data/records/77299.yaml:2:1: warning[sample-record]: the record of CPT 77299 is a "
        "sample that comes with docgen: no clinician of yours has reviewed it"
    )
    assert sorted(path.name for path in (tmp_path / "output").iterdir()) == sorted(SHEETS)


def test_codes_are_found_in_any_writing(tmp_path: Path) -> None:
    run = run_docgen("render", " g0121", "0dtj-4zz", "--layout", "patient-handout", cwd=tmp_path)
    assert run.stdout.decode().splitlines() == [
        "output/hcpcs-g0121-patient-handout.pdf",
        "output/icd-10-pcs-0dtj4zz-patient-handout.pdf",
    ]


def test_one_bad_code_does_not_stop_the_others(tmp_path: Path) -> None:
    run = run_docgen("render", "77298", "77299", "--output", "sheets", cwd=tmp_path)
    assert run.returncode == 3
    assert run.stdout.decode().splitlines() == [f"sheets/{name}" for name in SHEETS]
    assert run.stderr.decode().startswith(
        "error[unknown-code]: there is no record of the code '77298'\n  hint: "
    )


def test_codes_come_from_stdin(tmp_path: Path) -> None:
    codes = "\ufeff77299\r\n\r\n  45378  \n77299\n".encode()
    run = run_docgen("render", "-", "--layout", "clinician-summary", cwd=tmp_path, stdin=codes)
    assert run.stdout.decode().splitlines() == [
        "output/cpt-77299-clinician-summary.pdf",
        "output/cpt-45378-clinician-summary.pdf",
    ]


def test_no_code_is_never_taken_for_success(tmp_path: Path) -> None:
    run = run_docgen("render", "-", cwd=tmp_path, stdin=b"\n \n")
    assert (run.returncode, run.stdout) == (2, b"")
    assert "stdin holds no code" in run.stderr.decode()
    assert run_docgen("render", "", cwd=tmp_path).returncode == 1


def test_one_pdf_goes_to_stdout(tmp_path: Path) -> None:
    options = ("--layout", "patient-handout", "--output", "-")
    take_over_samples(tmp_path)
    run = run_docgen("render", "77299", *options, cwd=tmp_path)
    assert (run.returncode, but_for_reviews(run.stderr)) == (0, "")
    assert "Radiation treatment planning" in page_texts(run.stdout)[0]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize(
    "arguments",
    [["77299"], ["77299", "45378", "--layout", "patient-handout"]],
)
def test_two_pdfs_do_not_go_to_stdout(tmp_path: Path, arguments: list[str]) -> None:
    run = run_docgen("render", *arguments, "--output", "-", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, b"")
    assert "--output - writes one PDF, and this would be 2" in run.stderr.decode()


def test_no_pdf_goes_to_a_terminal(tmp_path: Path) -> None:
    terminal, inner = pty.openpty()
    options = ("render", "77299", "--layout", "patient-handout", "--output", "-")
    run = subprocess.run(
        [*DOCGEN, *options],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=inner,
        stderr=subprocess.PIPE,
        check=False,
        env=environment(),
    )
    os.close(inner)
    os.close(terminal)
    assert run.returncode == 2
    assert "a PDF is not for a terminal" in run.stderr.decode()


def test_full_stdout_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [*DOCGEN, "render", "77299", "--layout", "patient-handout", "--output", "-"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=environment(),
        )
    assert run.returncode == 1
    assert "no room is left" in run.stderr.decode()
    assert "Traceback" not in run.stderr.decode()


def test_an_unwritable_folder_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file is in the way")
    run = run_docgen("render", "77299", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.decode().count("error[output-not-folder]") == 1
    assert (tmp_path / "output").read_text() == "a file is in the way"


def test_a_full_disk_leaves_no_part_of_a_file(tmp_path: Path) -> None:
    """The shell's limit on the size of files stands for a disk without room."""
    take_over_samples(tmp_path)
    run = subprocess.run(
        ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh", *DOCGEN, "render", "77299"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
    )
    assert (run.returncode, run.stdout) == (1, b"")
    assert but_for_reviews(run.stderr).splitlines() == [
        line
        for name in SHEETS
        for line in (
            f"error[output-full]: no room to write '{name}' into 'output'; nothing was left behind",
            "  hint: free some space, or choose a folder on another disk with --output",
        )
    ]
    assert list((tmp_path / "output").iterdir()) == []


def test_diagnostics_as_json_lines(tmp_path: Path) -> None:
    run = run_docgen("render", "77298", "77297", "--format", "json", cwd=tmp_path)
    told = [json.loads(line) for line in run.stderr.splitlines()]
    assert [one["message"] for one in told] == [
        "there is no record of the code '77298'",
        "there is no record of the code '77297'",
    ]
    keys = {"severity", "rule", "message", "path", "line", "column", "hint"}
    assert all(set(one) == keys for one in told)


def test_a_diagnostic_as_json_says_its_place(tmp_path: Path) -> None:
    records = tmp_path / "data/records"
    records.mkdir(parents=True)
    (records / "T1.yaml").write_text("code: T1\ncode_systm: local\n")
    for command in (("render", "T1"), ("records", "check"), ("records", "show", "T1")):
        run = run_docgen(*command, "--format", "json", cwd=tmp_path)
        assert run.returncode == 1
        assert {
            "severity": "error",
            "rule": "unknown-field",
            "message": "'code_systm' is not a field of a record",
            "path": "data/records/T1.yaml",
            "line": 2,
            "column": 1,
            "hint": "did you mean 'code_system'?",
        } in [json.loads(line) for line in run.stderr.splitlines()]


def test_a_value_stays_as_it_was_written(tmp_path: Path) -> None:
    """YAML would make of these a number, a truth, a date and an octal number."""
    records = tmp_path / "data/records"
    records.mkdir(parents=True)
    (records / "0016.yaml").write_text(
        "code: 0016\ncode_system: local\ntitle: no\nname: 1e3\nspecialty: 2026-01-02\n"
        "summary: yes\npurpose: 0x10\nrisks: off\nprocedure_description: 1_000\n"
        "without: {urgent: Nothing is done to anybody}\n"
        "provenance: {version: 1.10, authors: [007], reviewed_on: 2026-06-01, "
        "review_due: 2028-06-01}\n"
    )
    run = run_docgen("render", "0016", cwd=tmp_path)
    assert (run.returncode, but_for_reviews(run.stderr)) == (0, "")
    texts = {
        Path(name).stem: " ".join(page_texts((tmp_path / name).read_bytes())).split()
        for name in run.stdout.decode().split()
    }
    handout = texts["local-0016-patient-handout"]
    assert {"no", "1e3", "yes", "0x10", "off", "1_000", "1.10,", "007."} <= set(handout)
    assert {"0016", "2026-01-02"} <= set(texts["local-0016-clinician-summary"])


def test_a_code_of_two_systems_asks_for_the_system(tmp_path: Path) -> None:
    records = tmp_path / "data/records"
    records.mkdir(parents=True)
    shipped = (ROOT / "data/records/77299.yaml").read_text("utf-8")
    for system in ("cpt", "local"):
        text = shipped.replace("code_system: cpt\n", f"code_system: {system}\n", 1)
        (records / f"{system}-77299.yaml").write_text(text, "utf-8")
    run = run_docgen("render", "77299", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.decode().endswith(
        "\n  hint: say which you mean: --code-system cpt or --code-system local\n"
    )
    asked = ("--code-system", "local", "--layout", "patient-handout")
    run = run_docgen("render", "77299", *asked, cwd=tmp_path)
    assert run.stdout == b"output/local-77299-patient-handout.pdf\n"


def test_an_organization_prints_its_phones_and_none_prints_lines(tmp_path: Path) -> None:
    named = Project.open(tmp_path, organization="sample").render("77299", ["patient-handout"])
    unnamed = Project.open(tmp_path).render("77299", ["patient-handout"])
    assert "(555) 555-0134" in "".join(page_texts(named[0].data))
    text = "".join(page_texts(unnamed[0].data))
    assert "555-0134" not in text
    assert "Whom to call" in text


def test_the_projects_own_record_wins(tmp_path: Path) -> None:
    records = tmp_path / "data/records"
    records.mkdir(parents=True)
    shipped = Project.open(tmp_path).record("77299")
    text = Path(shipped.span.path).read_text("utf-8")
    own = text.replace("Radiation treatment planning, special case", "Planning at our house")
    (records / "77299.yaml").write_text(own, "utf-8")
    assert Project.open(tmp_path).record("77299").title.value == "Planning at our house"


def test_all_that_stands_against_a_code_is_raised_together(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        Project.open(tmp_path).render("77299", ["patient-handouts", "summary"])
    assert [one.message for one in caught.value.diagnostics] == [
        "there is no layout 'patient-handouts'",
        "there is no layout 'summary'",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("-",), 2, "stdin holds no code"),
        (("77299", "--password-file", "-"), 1, "there is no password here: it is empty"),
    ],
)
def test_a_closed_standard_input_is_an_empty_one(
    arguments: tuple[str, ...], status: int, told: str, tmp_path: Path
) -> None:
    command = " ".join(["exec", *DOCGEN, "render", *arguments, "<&-"])
    run = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, told in run.stderr) == (status, True)
    assert list(tmp_path.iterdir()) == []
