"""How commands end: 0 where all was done, 1 where nothing was made, 3 where the rest was made."""

from pathlib import Path

import pytest

from tests.commands import invoke_docgen
from tests.runs import visit, visits, write_worklist
from tests.sample_records import take_over_samples

NOBODY_KNOWS = "00000"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    take_over_samples(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("77299",), 0),
        ((NOBODY_KNOWS,), 1),
        (("77299", NOBODY_KNOWS), 3),
        ((NOBODY_KNOWS, "77299"), 3),
        (("77299", "--layout", "patient-handout", "--layout", "nowhere"), 3),
        (("77299", "--layout", "nowhere"), 1),
    ],
)
def test_render(folder: Path, codes: tuple[str, ...], expected: int) -> None:
    done = invoke_docgen("render", *codes, cwd=folder)
    assert done.returncode == expected
    assert (b".pdf" in done.stdout) == (expected != 1)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (visits(1), 0),
        ([visit(0), visit(1, codes=NOBODY_KNOWS)], 3),
        ([visit(0, codes=NOBODY_KNOWS)], 1),
        ([], 0),
    ],
)
def test_batch(folder: Path, rows: list[dict[str, str]], expected: int) -> None:
    write_worklist(folder / "day.csv", rows)
    options = ("--organization", "sample", "--workers", "1", "--quiet")
    assert invoke_docgen("batch", "day.csv", *options, cwd=folder).returncode == expected
    resumed = ("--resume", "output/run-0001", "--quiet")
    assert invoke_docgen("batch", *resumed, cwd=folder).returncode == expected


def test_batch_that_cannot_begin(folder: Path) -> None:
    assert invoke_docgen("batch", "nowhere.csv", cwd=folder).returncode == 1


@pytest.mark.parametrize(("rows", "expected"), [("2", 0), ("2-3", 3), ("3", 1), ("9", 1)])
def test_reprint(tmp_path: Path, rows: str, expected: int) -> None:
    take_over_samples(tmp_path)
    write_worklist(tmp_path / "day.csv", [visit(0), visit(1, codes=NOBODY_KNOWS)])
    options = ("--organization", "sample", "--workers", "1", "--quiet")
    assert invoke_docgen("batch", "day.csv", *options, cwd=tmp_path).returncode == 3
    done = invoke_docgen(
        "batch", "reprint", "output/run-0001", "--rows", rows, "--quiet", cwd=tmp_path
    )
    assert done.returncode == expected
    assert (b".pdf" in done.stdout) == (expected != 1)


def test_a_run_that_stops_has_not_made_what_was_asked_for(folder: Path) -> None:
    """Its print files cannot be written: packets are there, and no one can print them."""
    write_worklist(folder / "day.csv", visits(1))
    options = ("--organization", "sample", "--workers", "1", "--quiet", "-o", "run")
    assert invoke_docgen("batch", "day.csv", *options, cwd=folder).returncode == 0
    (folder / "run/print").write_text("in the way", "utf-8")
    done = invoke_docgen("batch", "--resume", "run", "--print-file", "--quiet", cwd=folder)
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"good.csv": "code,code_system,title,summary\n77301,cpt,Planning,It is planned.\n"}, 0),
        ({"bad.csv": "code,code_system,title,summary\n7730,cpt,Planning,It is planned.\n"}, 1),
        (
            {
                "bad.csv": "code,code_system,title,summary\n7730,cpt,Planning,It is planned.\n",
                "good.csv": "code,code_system,title,summary\n77301,cpt,Planning,It is planned.\n",
            },
            3,
        ),
    ],
)
@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_records_import(
    tmp_path: Path, files: dict[str, str], expected: int, options: tuple[str, ...]
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    done = invoke_docgen("records", "import", *files, *options, cwd=tmp_path)
    assert done.returncode == expected, done.stderr


@pytest.mark.parametrize("command", [("records", "check"), ("search", "qqqqxxxx")])
def test_checks_and_searches_make_nothing(folder: Path, command: tuple[str, ...]) -> None:
    (folder / "data/records/99999.yaml").write_text("code: 99999\n", "utf-8")
    assert invoke_docgen(*command, cwd=folder).returncode == 1
