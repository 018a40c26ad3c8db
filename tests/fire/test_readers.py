"""Bad inputs over all readers: 0 tracebacks, 0 that take over 10 s, 0 that take over 500 MB.

The seed is fixed, so that each run reads the same; ``docs/reliability.md`` has the counts of many.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import ROOT, environment
from tests.fire.reader import Reader
from tests.fire.readers import READERS

COUNT = 1500


def test_every_reader_reads_or_refuses_whatever_it_is_given() -> None:
    """In a process of its own, which forks: pytest has threads."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fire.readers", "--count", str(COUNT)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    *_, last = done.stdout.splitlines()
    assert re.match(rf"\| all \| {COUNT:,} \| [\d,]+ \| [\d,]+ \| 0 \| 0 \| 0 \|", last)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_the_samples_are_good(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else their mutations would be refused at the door, and nothing behind it be tried."""
    for number, sample in enumerate(reader.samples()):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        reader.read(sample, folder)


def test_an_input_is_the_same_each_time() -> None:
    for reader in READERS:
        assert reader.input(7, 1) == reader.input(7, 1)


FAULTS = """
import os, time
from docgen.diagnostics import DocgenError, refuse
from tests.fire import batches
from tests.fire.reader import Reader

def read(data, folder):
    kind = data[0]
    if kind == 1:
        raise refuse("bad", "This is refused.")
    if kind == 2:
        raise DocgenError(())
    if kind == 3:
        raise refuse("bad", "x" * 100 + chr(0xdcff))
    if kind == 4:
        raise KeyError(data)
    if kind == 5:
        b"x" * 600_000_000
    if kind == 6:
        os._exit(3)
    if kind == 7:
        time.sleep(60)

class Numbered(Reader, frozen=True):
    def input(self, number, seed):
        return bytes([number])

batches.MOST_SECONDS = 2
reader = Numbered("bad", lambda: [b""], read)
for one in sorted(batches.fire(9, 1, 1, [reader]), key=lambda one: one.number):
    print(one.number, one.outcome)
"""
"""A reader with each of the faults that must be found."""


def test_each_fault_is_found_by_the_number_of_its_input() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAULTS],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "0 read",
        "1 refused",
        "2 traceback",
        "3 traceback",
        "4 traceback",
        "5 memory",
        "6 traceback",
        "7 hang",
        "8 read",
    ]
