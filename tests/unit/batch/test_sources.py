"""What a run goes through: codes of a library, and about how many rows there are."""

import os
from pathlib import Path

import pytest

from docgen.batch.plan.settings import RunSettings, Source
from docgen.batch.plan.sources import listed_code, open_source
from docgen.diagnostics import DocgenError, Span
from docgen.project import Project
from docgen.worklist import ListedCode

TABLE = "patient_name,codes\nSample One,77299\nSample Two,45378\n"
LINES = '{"patient_name": "Sample One", "codes": "77299"}\n' * 3
BUNDLE = '{"resourceType": "Bundle", "type": "collection",\n"entry": [\n]}\n'


def settings(folder: Path, source: Source, file: str) -> RunSettings:
    return RunSettings(source=source, file=str(folder / file), folder=str(Path.cwd()))


def test_codes_may_name_their_system_and_have_comments(tmp_path: Path) -> None:
    (tmp_path / "codes.txt").write_text("# all\n77299\n\n cpt : 45378 # two\n", "utf-8-sig")
    source = open_source(settings(tmp_path, "codes", "codes.txt"), tmp_path, Project.open())
    codes = [listed_code(row) for row in source.rows]
    path = str(tmp_path / "codes.txt")
    assert codes == [
        ListedCode("77299", None, Span(path, 2, 1)),
        ListedCode("45378", "cpt", Span(path, 4, 1)),
    ]
    assert source.expected == 2
    assert [source.plan(row).task is not None for row in source.rows] == [True, True]


@pytest.mark.parametrize(
    ("data", "rule"),
    [(b"", "no-codes"), (b"# nothing\n", "no-codes"), (b"\xff\xfe7\x00", "not-utf-8")],
)
def test_a_list_without_codes_is_refused(tmp_path: Path, data: bytes, rule: str) -> None:
    (tmp_path / "codes.txt").write_bytes(data)
    with pytest.raises(DocgenError) as caught:
        open_source(settings(tmp_path, "codes", "codes.txt"), tmp_path, Project.open())
    assert caught.value.diagnostics[0].rule == rule


@pytest.mark.parametrize(
    ("name", "text", "rows"),
    [("day.csv", TABLE, 2), ("day.jsonl", LINES, 3), ("day.json", BUNDLE, None)],
)
def test_rows_are_counted_by_lines_where_they_are_lines(
    tmp_path: Path, name: str, text: str, rows: int | None
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    source = open_source(settings(tmp_path, "worklist", name), tmp_path, Project.open())
    assert source.expected == rows


@pytest.mark.parametrize("source", ["worklist", "codes"])
def test_a_named_pipe_is_refused_before_it_is_read(tmp_path: Path, source: Source) -> None:
    """Nobody writes into it: reading would wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocgenError) as caught:
        open_source(settings(tmp_path, source, "pipe"), tmp_path, Project.open())
    assert "read more than once" in caught.value.diagnostics[0].message


def test_a_file_that_changes_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(TABLE, "utf-8")
    source = open_source(settings(tmp_path, "worklist", "day.csv"), tmp_path, Project.open())
    assert source.is_unchanged()
    (tmp_path / "day.csv").write_text(TABLE.replace("One", "Own"), "utf-8")
    assert not source.is_unchanged()


def test_a_map_that_changes_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(TABLE, "utf-8")
    column_map = tmp_path / "worklist-map.yaml"
    column_map.write_text("columns:\n  patient_name: patient_name\n", "utf-8")
    source = open_source(settings(tmp_path, "worklist", "day.csv"), tmp_path, Project.open())
    assert source.is_unchanged()
    column_map.write_text("columns:\n  patient_name: codes\n", "utf-8")
    assert not source.is_unchanged()
