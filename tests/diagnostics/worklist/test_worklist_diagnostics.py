"""Bad worklists and column maps beside all that must be told of them: ``NAME.*`` and ``NAME.txt``.

The persons of the worklists are made up, and none of them is named by any message.
"""

from pathlib import Path

import pytest

from docgen.diagnostics import Diagnostic, DocgenError, Findings
from docgen.worklist import open_worklist

FOLDER = Path(__file__).parent
CASES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".csv", ".json", ".jsonl"))
MAPS = sorted(path.name for path in FOLDER.glob("maps/*.yaml"))
OF_FORMS = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.glob("maps/*/*.yaml"))
"""Maps for worklists of a form, each beside the one that it is for: ``day.*``."""
OF_PATIENTS = (
    "Ada",
    "Bo ",
    "Cy",
    "Di ",
    "Example",
    "1950-02",
    "03/04",
    "S-1",
    "1.2E",
    "Ren",
    "Imaging",
)


def _told(worklist: Path, column_map: Path | None = None) -> tuple[Diagnostic, ...]:
    """What is told of a worklist, as a whole or row by row."""
    findings = Findings()
    try:
        for row in open_worklist(worklist, findings, column_map):
            assert (row.entry is None) == bool(row.problems)
            findings.extend(row.problems)
    except DocgenError as error:
        findings.extend(error.diagnostics)
    return findings.diagnostics


def _expected(name: str) -> str:
    return (FOLDER / name).with_suffix(".txt").read_text("utf-8").rstrip("\n")


@pytest.mark.parametrize("name", CASES)
def test_a_bad_worklist_gives_its_messages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    told = "\n".join(map(str, _told(Path(name))))
    assert told == _expected(name)
    assert [word for word in OF_PATIENTS if word in told] == []


@pytest.mark.parametrize("name", MAPS)
def test_a_bad_map_gives_its_messages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    told = _told(Path("no-headings.csv"), Path("maps") / name)
    assert "\n".join(map(str, told)) == _expected(f"maps/{name}")


@pytest.mark.parametrize("name", OF_FORMS)
def test_a_map_of_another_form_gives_its_messages(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    (day,) = Path(name).parent.glob("day.*")
    told = _told(day, Path(name))
    assert "\n".join(map(str, told)) == _expected(name)
