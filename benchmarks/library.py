"""Library: 80,000 codes, as a code table and as a record file each, indexed, searched, rendered."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.made_up_codes import MOST, write_records, write_table
from docgen.diagnostics import Findings
from docgen.records import RecordLibrary
from docgen.search.index import Index
from docgen.shipped import data_folder

ROUNDS = 11
ROOT = Path(__file__).resolve().parent.parent
QUERIES = (
    "Z012345",
    "Z0123",
    "thyroid biopsy",
    "drainage keyhole",
    "gallblader removl",
    "the",
    "antibiotics",
    "zebra thyroid",
)
"""A code, the beginning of one, words that many and few have, misspelled ones, unknown ones."""
_SETTLED = 3
"""Seconds after which what was written counts as old, as most files of a library are."""


def measure() -> list[str]:
    """The table of the library benchmark."""
    with TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = str(Path(name, "cache"))
        folder = Path(name)
        lines = [*_measured("a code table", folder / "table", write_table)]
        lines += _measured("record files", folder / "records", write_records)
        lines += _rendered(folder)
    return lines


def _measured(kind: str, project: Path, write: Callable[[Path], Path]) -> Iterator[str]:
    write(project / "data")
    time.sleep(_SETTLED)
    library = RecordLibrary((project / "data", data_folder()))
    start = perf_counter()
    index = Index.open(library, Findings())
    yield _line(f"{kind}: first index of {len(index):,} codes", perf_counter() - start)
    yield _line(f"{kind}: refresh, each file compared", _taken(index.compare))
    yield _line(f"{kind}: refresh again within a minute", _taken(index.refresh))
    warm = {query: _taken(partial(index.search, query)) for query in QUERIES}
    slowest = max(warm, key=lambda query: warm[query])
    yield _line(f"{kind}: search, warm, in the middle", median(warm.values()))
    yield _line(f"{kind}: search, warm, slowest ({slowest})", warm[slowest])
    index.close()
    cold = _taken(lambda: _docgen(project, "search", "thyroid", "biopsy"))
    yield _line(f"{kind}: docgen search, cold", cold)


def _rendered(folder: Path) -> Iterator[str]:
    """Rendering one code, in turns, with as many others present."""
    projects = {"12 codes": folder / "few", "a code table": folder / "table"}
    projects["record files"] = folder / "records"
    projects["12 codes"].mkdir()
    taken: dict[str, list[float]] = {name: [] for name in projects}
    for round in range(ROUNDS + 1):
        for name, project in projects.items():
            start = perf_counter()
            _docgen(project, "render", "77299", "--organization", "sample")
            if round:
                taken[name].append(perf_counter() - start)
    few = taken["12 codes"]
    for name, seconds in taken.items():
        ratio = median(one / other for one, other in zip(seconds, few, strict=True))
        label = name if name == "12 codes" else f"{MOST:,} more in {name}"
        yield f"{_line(f'docgen render 77299, {label}', median(seconds))}   {ratio:5.2f} x"


def _taken(task: Callable[[], object]) -> float:
    task()
    seconds = []
    for _ in range(ROUNDS):
        start = perf_counter()
        task()
        seconds.append(perf_counter() - start)
    return median(seconds)


def _line(label: str, seconds: float) -> str:
    return f"  {label:<58} {seconds * 1000:9.2f} ms"


def _docgen(project: Path, *arguments: str) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(
        [sys.executable, "-m", "docgen", *arguments],
        cwd=project,
        env={**environment, "PYTHONPATH": str(ROOT)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
