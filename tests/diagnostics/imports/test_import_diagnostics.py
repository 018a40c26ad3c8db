"""Pages and tables of codes beside all that must be told of them: ``NAME.txt``, ``NAME.told``.

In ``tables``, headings of tables: ``NAME.csv``, its map ``NAME.yaml`` if it has one, ``NAME.txt``.
"""

from pathlib import Path

import pytest

from docgen.diagnostics import Diagnostic, DocgenError, Findings
from docgen.imports.codes_file import read_codes_file
from docgen.imports.importing import run_import
from docgen.imports.opening import inputs
from docgen.imports.planning import ImportOptions
from docgen.imports.tables.reading import read_table

FOLDER = Path(__file__).parent
CASES = sorted(path.name for path in FOLDER.glob("*.told"))
TABLES = sorted(path.name for path in FOLDER.glob("tables/*.csv"))


def _told(path: Path, output: Path) -> tuple[Diagnostic, ...]:
    findings = Findings()
    try:
        if path.suffix == ".csv":
            read_codes_file(path)
        else:
            options = ImportOptions(output=output, dry_run=True)
            run_import(inputs([path], None, findings), options, findings)
    except DocgenError as error:
        findings.extend(error.diagnostics)
    return findings.diagnostics


@pytest.mark.parametrize("name", CASES)
def test_an_input_gives_its_messages(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER)
    (path,) = (path for path in Path().glob(f"{Path(name).stem}.*") if path.suffix != ".told")
    told = "\n".join(map(str, _told(path, tmp_path)))
    assert told == Path(name).read_text("utf-8").rstrip("\n")


@pytest.mark.parametrize("name", TABLES)
def test_headings_of_a_table_give_their_messages(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER / "tables")
    table, findings = Path(name), Findings()
    column_map = table.with_suffix(".yaml")
    try:
        for source in inputs([table], column_map if column_map.exists() else None, findings):
            list(read_table(source, findings))
    except DocgenError as error:
        findings.extend(error.diagnostics)
    told = "\n".join(map(str, findings.diagnostics))
    assert told == table.with_suffix(".txt").read_text("utf-8").rstrip("\n")
