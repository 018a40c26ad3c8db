"""What cannot be read is never "not there": the clinic's own files do not give way to samples."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bound import bound_docgen
from tests.commands import ROOT, run_docgen

OWN = "A colonoscopy as our clinic does it"
SAMPLE = (ROOT / "data/records/45378.yaml").read_text("utf-8")
WORKLIST = "patient_name,codes\nMina Sample,45378\n"
CHANGES = "extends: 45378\ncode_system: cpt\nchange: {title: As the clinic changes it}\n"


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Path]:
    """A project with a record of its own, for which there is a sample as well, and an organization
    that changes it."""
    folder = tmp_path / "clinic"
    _write(
        folder / "data/records/surgery/45378.yaml",
        re.sub(r"(?m)^title: .*", f"title: {OWN}", SAMPLE),
    )
    _write(
        folder / "data/records/T1.yaml", SAMPLE.replace('"45378"', "T1").replace(": cpt", ": local")
    )
    _write(
        folder / "layouts/organizations/own/organization.yaml", "name: Our Clinic\nlanguage: en\n"
    )
    _write(folder / "layouts/organizations/own/records/surgery/45378.yaml", CHANGES)
    _write(folder / "day.csv", WORKLIST)
    yield folder
    for path, folders, _ in os.walk(folder):
        for name in folders:
            if not Path(path, name).is_symlink():
                Path(path, name).chmod(0o700)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def closed(path: Path) -> None:
    path.chmod(0)


def without_entry(path: Path) -> None:
    path.chmod(0o600)


def unmounted(path: Path) -> None:
    shutil.rmtree(path)
    path.symlink_to("/nowhere/share")


def going_round(path: Path) -> None:
    shutil.rmtree(path)
    path.symlink_to(path.name)


def a_file(path: Path) -> None:
    shutil.rmtree(path)
    path.touch()


def _told(run: "subprocess.CompletedProcess[bytes]") -> str:
    told = run.stderr.decode()
    assert "Traceback" not in told
    return told


def test_the_tests_are_bound_by_permissions(clinic: Path) -> None:
    """Even where root runs them: else the others here would prove nothing."""
    record = "data/records/surgery/45378.yaml"
    assert bound_docgen("records", "show", "45378", "--data", "data", cwd=clinic).returncode == 0
    closed(clinic / record)
    run = bound_docgen("records", "show", "45378", cwd=clinic)
    assert (run.returncode, run.stdout) == (1, b"")
    assert _told(run).startswith(
        f"{record}:1:1: error[unreadable-file]: this file cannot be read: permission denied\n"
    )


COMMANDS = (
    ("render", "45378"),
    ("records", "show", "45378"),
    ("records", "list"),
    ("records", "check"),
    ("records", "check", "--readability"),
    ("translations", "status"),
    ("translations", "show", "45378", "--language", "es"),
    ("search", "colonoscopy"),
    ("batch", "day.csv"),
    ("batch", "--all-codes"),
)


@pytest.mark.parametrize("spoil", [closed, without_entry, unmounted, going_round])
@pytest.mark.parametrize("folder", ["data", "data/records", "data/records/surgery"])
def test_a_sample_never_stands_in_for_records_that_cannot_be_read(
    clinic: Path, folder: str, spoil: Callable[[Path], None]
) -> None:
    spoil(clinic / folder)
    for command in (("render", "45378"), ("records", "check")):
        run = bound_docgen(*command, cwd=clinic)
        told = _told(run)
        assert (run.returncode, run.stdout) == (1, b""), (command, told)
        assert re.match(r"data[^:]*(:1:1)?: error\[(unreadable-|dangling-)", told), told


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_whatever_looks_for_records_refuses(clinic: Path, command: tuple[str, ...]) -> None:
    closed(clinic / "data/records/surgery")
    run = bound_docgen(*command, cwd=clinic)
    assert run.returncode == 1
    assert "data/records/surgery: error[unreadable-folder]: this folder cannot be read" in _told(
        run
    )
    assert not list(clinic.rglob("*.pdf"))


@pytest.mark.parametrize("folder", ["data", "data/records"])
def test_a_file_in_the_place_of_a_folder_is_refused(clinic: Path, folder: str) -> None:
    a_file(clinic / folder)
    for command in COMMANDS:
        run = run_docgen(*command, cwd=clinic)
        assert run.returncode == 1
        assert "data/records: error[unreadable-folder]: a folder belongs here" in _told(run)


@pytest.mark.parametrize("spoil", [closed, unmounted, going_round])
def test_what_an_organization_changes_is_never_dropped(
    clinic: Path, spoil: Callable[[Path], None]
) -> None:
    options = ("--organization", "own")
    right = run_docgen("records", "show", "45378", *options, cwd=clinic)
    assert "As the clinic changes it" in right.stdout.decode()
    spoil(clinic / "layouts/organizations/own/records")
    for command in (("render", "45378"), ("records", "check"), ("batch", "day.csv")):
        run = bound_docgen(*command, *options, cwd=clinic)
        assert (run.returncode, "organizations/own/records: error[" in _told(run)) == (1, True)
    run = bound_docgen("organizations", "check", "own", cwd=clinic)
    assert (run.returncode, "organizations/own/records: error[" in _told(run)) == (1, True)


def test_an_empty_folder_for_an_organizations_records_looks_like_a_share(clinic: Path) -> None:
    folder = clinic / "layouts/organizations/own/records"
    shutil.rmtree(folder)
    folder.mkdir()
    run = run_docgen("render", "45378", "--organization", "own", cwd=clinic)
    assert (run.returncode, run.stdout) == (1, b"")
    assert "organizations/own/records: error[empty-folder]" in _told(run)
    folder.rmdir()
    assert run_docgen("records", "show", "T1", "--organization", "own", cwd=clinic).returncode == 0


def test_another_organization_that_may_not_be_looked_into_is_no_matter(clinic: Path) -> None:
    other = _write(clinic / "layouts/organizations/other/organization.yaml", "name: Others\n")
    closed(other.parent)
    run = bound_docgen("records", "show", "45378", "--organization", "own", cwd=clinic)
    assert run.returncode == 0
    for command in (
        ("organizations", "list"),
        ("records", "show", "T1", "--organization", "other"),
    ):
        run = bound_docgen(*command, cwd=clinic)
        assert run.returncode == 1
        assert re.search(r"other/organization.yaml:1:1: error\[unreadable-file\]", _told(run))
    assert "own" in bound_docgen("organizations", "list", cwd=clinic).stdout.decode()


@pytest.mark.parametrize("spoil", [closed, unmounted, going_round])
def test_a_folder_that_is_named_is_never_passed_over(
    clinic: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    (clinic / "data").rename(tmp_path / "share")
    spoil(tmp_path / "share/records")
    run = bound_docgen("render", "45378", "--data", str(tmp_path / "share"), cwd=clinic)
    assert (run.returncode, run.stdout) == (1, b"")
    assert f"{tmp_path}/share/records: error[" in _told(run)
    (tmp_path / "share/records").unlink() if spoil is not closed else closed(tmp_path / "share")
    run = bound_docgen("render", "45378", "--data", str(tmp_path / "share"), cwd=clinic)
    assert run.returncode == 1


ROUND = {
    "glossary": ("data/glossary.yaml", ("records", "check", "--readability", "45378")),
    "policies": ("data/policies", ("render", "45378", "--layout", "clinician-summary")),
    "a policy": ("data/policies/plan.yaml", ("render", "45378", "--layout", "clinician-summary")),
    "tables": ("data/tables", ("records", "show", "45378")),
    "a table": ("data/tables/hcpcs.tsv", ("records", "show", "45378")),
    "layouts": ("layouts", ("render", "45378")),
    "a layout": ("layouts/patient-handout.yaml", ("render", "45378")),
    "themes": ("layouts/themes", ("render", "45378")),
    "organizations": ("layouts/organizations", ("render", "45378", "--organization", "own")),
    "a catalog": (
        "layouts/locale/es.mo",
        ("render", "45378", "--language", "es", *("--fallback-language", "en")),
    ),
    "a translation": (
        "data/records/surgery/45378.es.yaml",
        ("render", "45378", "--language", "es"),
    ),
    "an override": (
        "layouts/organizations/own/records/45378.yaml",
        ("render", "45378", "--organization", "own"),
    ),
    "a map of columns": ("worklist-map.yaml", ("batch", "day.csv")),
    "a worklist": ("tomorrow.csv", ("batch", "tomorrow.csv")),
    "a list of codes": ("codes.txt", ("batch", "--codes-from", "codes.txt")),
    "a password": ("secret.txt", ("render", "45378", "--password-file", "secret.txt")),
    "the project's file": ("docgen.yaml", ("render", "45378")),
    "a page to import": ("page.txt", ("records", "import", "page.txt", "--code-system", "cpt")),
    "a folder to import": ("pages", ("records", "import", "pages", "--code-system", "cpt")),
    "a table of policies": ("policies.csv", ("policies", "import", "policies.csv")),
    "a PDF": ("sheet.pdf", ("validate", "sheet.pdf")),
    "a run": ("output/run-0001/journal.sqlite", ("batch", "status", "output/run-0001")),
    "a run to print": ("output/run-0001", ("print", "output/run-0001", "--printer", "desk")),
}
"""Each kind of input, and a command that needs it if it is there."""


@pytest.mark.parametrize("kind", ROUND)
def test_every_kind_of_input_that_goes_round_in_circles_is_refused(clinic: Path, kind: str) -> None:
    """A link loop: root may read it as little as anybody else."""
    name, command = ROUND[kind]
    path = clinic / name
    if path.is_dir():
        shutil.rmtree(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(path.name)
    run = run_docgen(*command, cwd=clinic)
    told = _told(run)
    assert run.returncode == (3 if kind == "a layout" else 1), told
    assert "error[system-error]" not in told
    assert path.name in told
    # Nothing of a run may be a link, wherever it leads.
    why = "linked-elsewhere" if kind == "a run" else "too many levels of symbolic links"
    assert why in told.lower()


@pytest.mark.parametrize("file", ["logo.png", "house.ttf"])
def test_a_logo_and_a_font_that_cannot_be_read_are_refused_at_their_place(
    clinic: Path, file: str
) -> None:
    path = clinic / "layouts/organizations/own/organization.yaml"
    said = {
        "logo.png": "logo: {file: logo.png, alt: Our Clinic, height: 0.5in}\n",
        "house.ttf": "fonts: {House: {regular: house.ttf, bold: house.ttf}}\n",
    }
    _write(path, f"name: Our Clinic\nlanguage: en\n{said[file]}")
    (path.parent / file).symlink_to(file)
    run = run_docgen("render", "45378", "--organization", "own", cwd=clinic)
    assert (run.returncode, run.stdout) == (1, b"")
    assert re.search(r"organization.yaml:3:\d+: error\[(image|font)-unreadable\]", _told(run))


EVERY_COMMAND = (
    ("render", "77299"),
    ("batch", "run", "w.csv"),
    ("batch", "--all-codes"),
    ("batch", "--codes-from", "codes.txt"),
    ("batch", "--resume", "output/run-0001"),
    ("batch", "status", "output/run-0001"),
    ("batch", "reprint", "output/run-0001", "--rows", "1"),
    ("batch", "assemble", "output/run-0001"),
    ("print", "output/run-0001", "--printer", "desk"),
    ("print", "sheet.pdf", "--printer", "desk"),
    ("records", "list"),
    ("records", "show", "77299"),
    ("records", "check"),
    ("records", "check", "--readability"),
    ("records", "import", "page.txt", "--code-system", "cpt"),
    ("translations", "status"),
    ("translations", "show", "77299", "--language", "es"),
    ("translations", "accept", "77299", "title", "--language", "es"),
    ("search", "colonoscopy"),
    ("policies", "list"),
    ("policies", "show", "45378"),
    ("policies", "check"),
    ("policies", "import", "policies.csv"),
    ("layouts", "list"),
    ("layouts", "check"),
    ("layouts", "new", "day", "--organization", "sample"),
    ("organizations", "list"),
    ("organizations", "show", "sample"),
    ("organizations", "check"),
    ("organizations", "new", "north"),
    ("organizations", "new", "north", "--parent", "sample"),
    ("explain", "patient-handout"),
    ("validate", "sheet.pdf"),
    ("init", "project"),
    ("init", "."),
)


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
def test_in_a_folder_that_one_may_not_enter_each_command_says_so(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    try:
        run = bound_docgen(*command, cwd=tmp_path, before=lambda: Path().chmod(0))
    finally:
        tmp_path.chmod(0o700)
    told = _told(run)
    assert (run.returncode, len(re.findall(r"error\[", told)) >= 1) == (1, True), told
    assert "permission" in told.lower()
    assert "system-error" not in told


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
def test_in_a_folder_that_was_taken_away_each_command_says_so(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    run = bound_docgen(*command, cwd=folder, before=folder.rmdir)
    told = _told(run)
    assert (run.returncode, len(re.findall(r"error\[", told)) >= 1) == (1, True), told
    assert "system-error" not in told


@pytest.mark.parametrize("command", [("schema", "record"), ("completion", "bash"), ("--help",)])
def test_what_needs_no_folder_needs_none(tmp_path: Path, command: tuple[str, ...]) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    run = bound_docgen(*command, cwd=folder, before=folder.rmdir)
    assert (run.returncode, len(run.stdout) > 100) == (0, True)
