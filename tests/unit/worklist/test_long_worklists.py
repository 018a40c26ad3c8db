"""Worklists are read as streams: their length costs time, not memory."""

import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from docgen.diagnostics import Findings
from docgen.worklist import Worklist, open_worklist

FEW, MANY = 1_000, 3_000
MOST_BYTES = 20_000
"""Of memory that the many may take beyond the few: 11 bytes a row would be more."""
ROOM = "Room 2 " * 25
"""Makes even the short file longer than what is read ahead of it."""


def _table(numbers: Iterable[int]) -> Iterable[str]:
    yield "patient_name,patient_id,birth_date,codes,Notes\n"
    for number in numbers:
        yield f'Sample Person {number},S{number},1950-03-31,77299;45378,"a\nb {ROOM}"\n'


def _wrong_table(numbers: Iterable[int]) -> Iterable[str]:
    """Every row opens a quote that nothing closes."""
    yield "patient_name,codes\n"
    for number in numbers:
        yield f'"Person {number} {ROOM},77299\n' if number % 2 else f"Person {number},?\n"


def _objects(numbers: Iterable[int]) -> Iterable[str]:
    for number in numbers:
        yield f'{{"name": "Sample Person {number}", "codes": ["77299"], "key{number}": "{ROOM}"}}\n'


@pytest.mark.parametrize("lines", [_table, _wrong_table, _objects])
def test_memory_is_flat(tmp_path: Path, lines: Callable[[Iterable[int]], Iterable[str]]) -> None:
    path = tmp_path / "day.csv"
    _peak(path, lines(range(1)), 1)  # imports what is needed
    few = _peak(path, lines(range(FEW)), FEW)
    assert _peak(path, lines(range(MANY)), MANY) - few < MOST_BYTES


def _peak(path: Path, lines: Iterable[str], count: int) -> int:
    """Bytes of memory that reading a worklist takes at most."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines)
    tracemalloc.start()
    try:
        assert _length(open_worklist(path, Findings())) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _length(worklist: Worklist) -> int:
    return sum(1 for _ in worklist)
