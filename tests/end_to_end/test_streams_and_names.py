"""Standard streams that are closed; names that are no text, too long, or would steer a terminal.

Each is a sentence or right, and nothing is lost in silence.
"""

import json
import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands import DOCGEN, ROOT, environment, invoke_docgen, run_docgen
from tests.runs import visits, write_worklist
from tests.sample_records import take_over_samples

ODD = os.fsdecode(b"n\xffme")
"""The name of a file in an encoding that is not UTF-8."""
CLOSED = "cannot write to stdout: standard output is closed"


def in_shell(command: str, cwd: Path) -> "subprocess.CompletedProcess[bytes]":
    """Runs docgen as a shell does: ``DOCGEN schema record >&-``."""
    return subprocess.run(
        ["bash", "-c", command.replace("DOCGEN", " ".join(DOCGEN))],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("schema record", CLOSED),
        ("records list", CLOSED),
        ("records list --format json", CLOSED),
        ("render 77299 --output out", CLOSED),
        ("render 77299 --layout patient-handout --output -", "standard output is closed"),
        ("search radiation", CLOSED),
        ("--help", "standard output is closed"),
        ("--version", "standard output is closed"),
    ],
)
def test_results_that_nobody_can_get_are_an_error(tmp_path: Path, command: str, told: str) -> None:
    take_over_samples(tmp_path)
    done = in_shell(f"DOCGEN {command} >&-", tmp_path)
    assert (done.returncode, told in done.stderr.decode()) == (1, True)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("closed", ["2>&-", "<&-", "<&- 2>&-"])
def test_other_streams_may_be_closed(tmp_path: Path, closed: str) -> None:
    """The sheet must not land in the place of the stream: files get the numbers that are free."""
    done = in_shell(f"DOCGEN render 77299 --output out {closed}", tmp_path)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert all(path.read_bytes()[:5] == b"%PDF-" for path in (tmp_path / "out").iterdir())


def test_who_reads_a_few_lines_only_is_told_nothing(tmp_path: Path) -> None:
    take_over_samples(tmp_path)
    done = in_shell("DOCGEN records list --format json | head -n 1", tmp_path)
    assert (len(done.stdout.splitlines()), done.stderr) == (1, b"")


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A project whose folder, records and worklist have names that are no text."""
    folder = tmp_path / ODD
    records = folder / "data/records" / ODD
    records.mkdir(parents=True)
    for code in ("77299", "45378"):
        shutil.copy(ROOT / f"data/records/{code}.yaml", records)
    write_worklist(folder / f"{ODD}.csv", visits(1))
    return folder


def test_sheets_are_made_and_found_in_folders_of_any_name(odd: Path) -> None:
    made = run_docgen("render", "77299", "-o", f"out-{ODD}", cwd=odd)
    assert made.returncode == 0
    paths = made.stdout.splitlines()
    assert all(Path(os.fsdecode(bytes(odd) + b"/" + path)).is_file() for path in paths)
    told = run_docgen("render", "77299", "-o", f"out-{ODD}", "--format", "json", cwd=odd)
    named = json.loads(told.stdout.splitlines()[0])["path"]
    assert named == os.fsdecode(paths[0])
    assert run_docgen("validate", *map(os.fsdecode, paths), cwd=odd).returncode == 0


@pytest.mark.parametrize("form", ["csv", "json"])
def test_records_are_searched_in_folders_of_any_name(
    odd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for _ in range(2):  # the second time from the index that was kept
        found = run_docgen("search", "radiation", "--format", form, cwd=odd)
        assert (found.returncode, b"77299" in found.stdout) == (0, True)
        assert (b"n\xffme" if form == "csv" else b"n\\udcffme") in found.stdout
    changed = odd / "data/records" / ODD / "77299.yaml"
    changed.unlink()
    found = run_docgen("search", "radiation", "--format", form, cwd=odd)
    assert b"me/77299.yaml" not in found.stdout


@pytest.mark.parametrize(
    "command", ["records check", "records list", "records check --format json", "layouts check"]
)
def test_checks_go_on_in_folders_of_any_name(odd: Path, command: str) -> None:
    done = run_docgen(*command.split(), cwd=odd)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize("worklist", [f"{ODD}.csv", "day.csv"])
def test_a_run_that_cannot_be_kept_is_refused_and_leaves_nothing(odd: Path, worklist: str) -> None:
    shutil.copy(odd / f"{ODD}.csv", odd / "day.csv")
    done = run_docgen("batch", worklist, "-o", "run", "--workers", "1", cwd=odd)
    assert done.returncode == 1
    told = done.stderr.decode()
    assert told.startswith("error[name-not-utf-8]: docgen could not go on: a file or folder has")
    assert not (odd / "run").exists()


@pytest.mark.parametrize(
    "command",
    [
        "render LONG",
        "render 77299 --organization LONG",
        "render 77299 --layout LONG",
        "render 77299 --output LONG",
        "render 77299 --data LONG",
        "records show LONG",
        "records import LONG.csv",
        "policies import LONG.csv",
        "batch LONG.csv",
        "batch --codes-from LONG",
        "batch status LONG",
        "batch --resume LONG",
        "print LONG --printer none --server localhost:1",
        "validate LONG",
        "search LONG",
        "explain LONG",
        "organizations check LONG",
        "organizations new LONG",
        "layouts new LONG --organization own",
        "init LONG",
    ],
)
def test_names_that_are_too_long_are_refused(tmp_path: Path, command: str) -> None:
    done = invoke_docgen(*command.replace("LONG", "n" * 5000).split(), cwd=tmp_path)
    assert done.returncode == 1
    told = done.stderr.decode()
    assert "error[" in told
    assert all(len(line) < 7_000 for line in told.splitlines())


def test_a_code_whose_file_name_would_be_too_long_is_refused(tmp_path: Path) -> None:
    code = "T" * 300
    records = tmp_path / "data/records"
    records.mkdir(parents=True)
    said = (ROOT / "data/records/77299.yaml").read_text("utf-8")
    said = said.replace('"77299"', code).replace("code_system: cpt", "code_system: local")
    (records / "long.yaml").write_text(said)
    for command in ("records check", f"render {code}", "records list"):
        done = invoke_docgen(*command.split(), cwd=tmp_path)
        assert b"Traceback" not in done.stderr
    assert invoke_docgen("render", code, cwd=tmp_path).returncode == 1


def test_names_do_not_steer_a_terminal(tmp_path: Path) -> None:
    steering = "a\x1b[2J\u202eb"
    (tmp_path / f"{steering}.csv").write_text("Shelf\n1\n")
    done = invoke_docgen("records", "import", f"{steering}.csv", cwd=tmp_path)
    told = done.stderr.decode()
    assert told.startswith("a\\u001b[2J\\u202eb.csv:1:1: error[")
    terminal, inner = pty.openpty()
    command = [*DOCGEN, "render", "77299", "-o", steering]
    subprocess.run(command, cwd=tmp_path, stdout=inner, stderr=inner, check=True, env=environment())
    os.close(inner)
    shown = os.read(terminal, 10_000)
    os.close(terminal)
    assert b"a\\u001b[2J" in shown
    assert b"\x1b[2J" not in shown


def test_equal_findings_are_told_up_to_a_count(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("code,title\n" + "S-1,\n" * 80_000)
    done = invoke_docgen("records", "import", "list.csv", "--dry-run", cwd=tmp_path)
    told = done.stderr.decode().splitlines()
    assert told[0] == "list.csv:2:5: error[missing-value]: this row has no title"
    assert len(told) == 201
    assert told[-1] == (
        "list.csv: error[missing-value]: 79,900 more like these; --format json tells each of them"
    )
    done = invoke_docgen(
        "records", "import", "list.csv", "--dry-run", "--format", "json", cwd=tmp_path
    )
    assert len(done.stderr.splitlines()) == 80_000
