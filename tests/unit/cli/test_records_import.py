"""``docgen records import``: what it prints, where, and how it exits."""

import json
import os
from pathlib import Path

import pytest

from tests.commands import invoke_docgen, run_docgen
from tests.saved_pages import SECTIONS, saved_page

RECOVERY = "  • Rest\n  • Clear drinks The test is not done when you are ill."
PAGE = saved_page({**SECTIONS, "Recovery": RECOVERY, "Risks and Complications": "Bleeding."})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "knee.txt").write_text(PAGE)
    return tmp_path


def test_a_report_on_stdout_and_reasons_on_stderr(folder: Path) -> None:
    ended = invoke_docgen("records", "import", "knee.txt", "--code", "29870", cwd=folder)
    assert ended.returncode == 0
    assert ended.stdout.decode().splitlines() == [
        "new        cpt        29870       Camera inspection of the knee (7 fields), from knee.txt"
        " -> data/records/29870.yaml",
        "1 new, from 1 input",
    ]
    assert ended.stderr.decode().startswith("knee.txt:36:18: warning[split-off]: ")


def test_one_object_for_each_record(folder: Path) -> None:
    (folder / "other.txt").write_text("Nothing of the kind.\n")
    arguments = ("records", "import", ".", "--code", "29870", "--format", "json")
    ended = invoke_docgen(*arguments, cwd=folder)
    assert ended.returncode == 3
    made, refused = map(json.loads, ended.stdout.splitlines())
    assert (made["outcome"], made["code"], made["path"]) == (
        "new",
        "29870",
        "data/records/29870.yaml",
    )
    assert made["fields"] == [
        "summary",
        "purpose",
        "indications",
        "procedure_description",
        "duration",
        "risks",
        "recovery",
    ]
    assert (made["line"], made["unplaced"], made["diff"]) == (3, 0, [])
    assert refused == {"outcome": "refused", "source": "other.txt"}
    told = [json.loads(line)["rule"] for line in ended.stderr.splitlines()]
    assert sorted(told) == ["not-a-page", "split-off"]


def test_a_change_is_a_difference_on_stdout(folder: Path) -> None:
    arguments = ("records", "import", "knee.txt", "--code", "29870")
    invoke_docgen(*arguments, cwd=folder)
    (folder / "knee.txt").write_text(PAGE.replace("About 30", "About 40"))
    refused = invoke_docgen(*arguments, cwd=folder)
    assert refused.returncode == 1
    assert b"\n-  About 30 minutes.\n+  About 40 minutes.\n" in refused.stdout
    assert b"error[record-changed]" in refused.stderr
    updated = invoke_docgen(*arguments, "--update", cwd=folder)
    assert updated.returncode == 0
    checked = invoke_docgen("records", "check", cwd=folder)
    assert checked.returncode == 0


def test_a_page_from_stdin(tmp_path: Path) -> None:
    arguments = ("records", "import", "-", "--code", "29870", "--author", "Ada Example")
    ended = run_docgen(*arguments, cwd=tmp_path, stdin=PAGE.encode())
    assert ended.returncode == 0
    assert b"from standard input" in ended.stdout
    record = (tmp_path / "data/records/29870.yaml").read_text()
    assert record.startswith("# Imported by docgen from standard input; sha256")
    assert "    - Ada Example\n" in record


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 2),
        (("knee.txt", "--code", "29870", "--codes", "x.csv"), 2),
        (("knee.txt", "--frobnicate"), 2),
        (("knee.txt",), 1),
        (("knee.txt", "--codes", "no.csv"), 1),
        (("knee.txt", "--code", "29870", "--code-system", "snomed"), 1),
        (("nowhere.txt",), 1),
    ],
)
def test_exit_codes(folder: Path, arguments: tuple[str, ...], code: int) -> None:
    ended = invoke_docgen("records", "import", *arguments, cwd=folder)
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr
    assert not (folder / "data/records/29870.yaml").exists()


def test_imported_records_print_and_say_that_nobody_reviewed_them(folder: Path) -> None:
    invoke_docgen("records", "import", "knee.txt", "--code", "29870", cwd=folder)
    ended = invoke_docgen("render", "29870", "--layout", "clinician-summary", cwd=folder)
    assert ended.returncode == 0
    assert b"warning[not-reviewed]" in ended.stderr


def test_a_code_list_of_another_system_is_refused(tmp_path: Path) -> None:
    name = "icd10pcs_codes_2026.txt"
    (tmp_path / name).write_text("0016070 Made-up bypass\n0016071 Made-up bypass, other\n")
    said = ("records", "import", name, "--code-system")
    ended = invoke_docgen(*said, "hcpcs", cwd=tmp_path)
    assert ended.returncode == 1
    assert b"error[other-code-system]: the input says icd-10-pcs" in ended.stderr
    assert not (tmp_path / "data").exists()
    assert invoke_docgen(*said, "icd-10-pcs", cwd=tmp_path).returncode == 0


def test_others_may_read_the_folders_that_an_import_makes(folder: Path) -> None:
    """Records name no patient, and an organization's people share them, as `docgen init` does."""
    previous = os.umask(0o022)
    try:
        invoke_docgen("records", "import", "knee.txt", "--code", "29870", cwd=folder)
    finally:
        os.umask(previous)
    made = folder / "data" / "records"
    assert {path.stat().st_mode & 0o777 for path in (made, made.parent)} == {0o755}
