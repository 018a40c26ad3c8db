"""What is wrong with ``docgen.yaml``, and what holds where it says that there are own records."""

import shutil
from pathlib import Path

import pytest

from docgen import Project
from docgen.diagnostics import DocgenError
from docgen.project_file import read_project_file
from tests.commands import invoke_docgen
from tests.sample_records import take_over_samples


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "sampels: yes\n",
            "docgen.yaml:1:1: error[unknown-field]: 'sampels' is not a field of a project file\n"
            "  hint: did you mean 'samples'?",
        ),
        (
            "own_records: own\n",
            "docgen.yaml:1:14: error[wrong-type]: 'own_records' must be yes or no\n"
            "  hint: write yes, no, true or false",
        ),
        (
            "- samples\n",
            "docgen.yaml:1:1: error[wrong-type]: this file must be a project file, but this is a "
            "list",
        ),
    ],
    ids=["misspelled", "no truth", "a list"],
)
def test_what_is_wrong_is_told_by_whatever_reads_the_project(
    tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "docgen.yaml").write_text(text)
    for command in (("records", "check"), ("layouts", "list"), ("policies", "list")):
        run = invoke_docgen(*command, cwd=tmp_path)
        assert (run.returncode, run.stdout) == (1, b"")
        assert run.stderr.decode().startswith(told)


def test_two_files_are_one_too_many(tmp_path: Path) -> None:
    for suffix in ("yaml", "json"):
        (tmp_path / f"docgen.{suffix}").write_text("{}" if suffix == "json" else "samples: no\n")
    run = invoke_docgen("records", "list", cwd=tmp_path)
    assert run.stderr.decode() == (
        "docgen.json:1:1: error[duplicate-project-file]: there is another file of this project: "
        "docgen.yaml\n  hint: keep one of the two\n"
    )


@pytest.mark.parametrize("suffix", ["yaml", "yml", "json"])
def test_it_may_be_written_in_any_form(tmp_path: Path, suffix: str) -> None:
    text = '{"samples": true}' if suffix == "json" else "samples: yes\n"
    (tmp_path / f"docgen.{suffix}").write_text(text)
    assert read_project_file(tmp_path).samples


def test_a_project_without_it_says_nothing(tmp_path: Path) -> None:
    said = read_project_file(tmp_path)
    assert (said.own_records, said.samples) == (False, False)


def test_a_project_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocgenError, match=r"error\[missing-folder\]: there is no folder"):
        Project.open(tmp_path / "none")
    (tmp_path / "file").touch()
    with pytest.raises(DocgenError, match=r"error\[missing-folder\]"):
        Project.open(tmp_path / "file")


LOOKING = (
    ("render", "77299"),
    ("records", "show", "77299"),
    ("records", "list"),
    ("records", "check"),
    ("search", "radiation"),
    ("batch", "--all-codes"),
)


@pytest.mark.parametrize("emptied", ["nothing in it", "gone", "other files only"])
@pytest.mark.parametrize("command", LOOKING, ids=" ".join)
def test_own_records_that_are_not_there_are_missed(
    tmp_path: Path, command: tuple[str, ...], emptied: str
) -> None:
    """A share that is not mounted looks like an empty folder, or like none."""
    (tmp_path / "docgen.yaml").write_text("# Ours\nown_records: yes\n")
    take_over_samples(tmp_path)
    assert invoke_docgen("records", "check", cwd=tmp_path).returncode == 0
    shutil.rmtree(tmp_path / "data/records")
    if emptied != "gone":
        (tmp_path / "data/records").mkdir()
    if emptied == "other files only":
        (tmp_path / "data/records/README.md").touch()
    run = invoke_docgen(*command, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.decode() == (
        "docgen.yaml:2:14: error[no-own-records]: the project has records of its own, but none is "
        "in 'data/records'\n"
        "  hint: put them back, or mount the share that they are on; in a project without records "
        "of its own, write 'own_records: no'\n"
    )


def test_a_large_library_that_was_read_before_is_missed_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are known by a list in the cache, which must not hide that they are gone."""
    monkeypatch.setattr("docgen.records.listings.SMALL", 5)
    monkeypatch.setattr("docgen.records.listings.SETTLED", 0)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "docgen.yaml").write_text("own_records: yes\n")
    take_over_samples(tmp_path)
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert Project.open().record("77299").code == "77299"
    assert list((tmp_path / "cache/docgen").glob("listing-*"))
    for path in (tmp_path / "data/records").iterdir():
        path.unlink()
    for _ in range(2):
        with pytest.raises(DocgenError, match=r"error\[no-own-records\]"):
            Project.open().record("77299")


def test_what_needs_no_record_goes_on(tmp_path: Path) -> None:
    (tmp_path / "docgen.yaml").write_text("own_records: yes\n")
    for command in (("layouts", "list"), ("organizations", "check", "sample"), ("init", ".")):
        assert invoke_docgen(*command, cwd=tmp_path).returncode == 0, command


def test_records_can_be_imported_where_there_are_none_yet(tmp_path: Path) -> None:
    (tmp_path / "docgen.yaml").write_text("own_records: yes\n")
    (tmp_path / "codes.csv").write_text("code,title,summary\nX-1,A visit,We talk.\n")
    command = ("records", "import", "codes.csv", "--code-system", "local", "--author", "Ada Sample")
    assert invoke_docgen(*command, cwd=tmp_path).returncode == 0
    assert invoke_docgen("records", "show", "X-1", cwd=tmp_path).returncode == 0
