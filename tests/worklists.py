"""Worklists for tests: written to a file, opened, and read to their end."""

from pathlib import Path

from docgen.diagnostics import Findings
from docgen.worklist import Entry, Form, Worklist, WorklistRow, open_worklist


def opened(path: Path, text: str | bytes, column_map: str | None = None) -> Worklist:
    """A worklist with this text, by a map with that one."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    mapped = None
    if column_map is not None:
        mapped = path.with_name("map.yaml")
        mapped.write_text(column_map, "utf-8")
    return open_worklist(path, Findings(), mapped)


def rows_of(path: Path, text: str | bytes, column_map: str | None = None) -> list[WorklistRow]:
    """The rows of a worklist with this text."""
    return list(opened(path, text, column_map))


def entry_of(path: Path, text: str | bytes, column_map: str | None = None) -> Entry:
    """The entry of a worklist's only row, which is right."""
    (row,) = rows_of(path, text, column_map)
    assert row.entry is not None, row.problems
    return row.entry


def rules_of(row: WorklistRow) -> list[str]:
    """The rules that a row breaks, in the order of their places."""
    return [problem.rule for problem in row.problems]


def read_again(path: Path, form: Form | None = None) -> list[WorklistRow]:
    """The rows of a worklist that is there already."""
    return list(open_worklist(path, Findings(), form=form))
