"""Every reader of docgen against inputs that are bad: a sentence or a result, and nothing else.

``python -m tests.fire.readers --count 20000`` tries so many and says, by reader, what came of them.
``--reader fonts --number 17`` reads one of them once more, and shows the whole traceback.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen.diagnostics import DocgenError
from tests.fire import binary_targets, table_targets, text_targets
from tests.fire.batches import GOOD, OUTCOMES, Tried, fire
from tests.fire.reader import Reader

READERS = (*text_targets.READERS, *table_targets.READERS, *binary_targets.READERS)
_SLOW = 3.0
"""Seconds beyond which an input is told, though it is no fault."""


class Sum:
    """What came of all inputs, by reader."""

    def __init__(self, readers: Sequence[Reader] = READERS) -> None:
        self._tried: dict[str, list[Tried]] = {reader.name: [] for reader in readers}

    def add(self, tried: Tried) -> None:
        """Takes up what came of one."""
        self._tried[tried.reader].append(tried)

    @property
    def wrong(self) -> list[Tried]:
        """Those that came out otherwise than they may."""
        return [one for tried in self._tried.values() for one in tried if one.outcome not in GOOD]

    def lines(self) -> Iterator[str]:
        """A table in Markdown."""
        yield f"| reader | inputs | {' | '.join(OUTCOMES)} | slowest, s | most memory, MB |"
        yield f"|---|{'---:|' * (len(OUTCOMES) + 3)}"
        for name, tried in self._tried.items():
            yield _line(name, tried)
        yield _line("all", [one for tried in self._tried.values() for one in tried])


def _line(name: str, tried: Sequence[Tried]) -> str:
    counts = Counter(one.outcome for one in tried)
    cells = (len(tried), *(counts[outcome] for outcome in OUTCOMES))
    slowest = max((one.seconds for one in tried), default=0.0)
    largest = max((one.megabytes for one in tried), default=0.0)
    return (
        f"| {name} | {' | '.join(f'{cell:,}' for cell in cells)} | {slowest:.1f} | {largest:.0f} |"
    )


def main() -> int:
    """Prints what is wrong, and a table of what came of all inputs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--reader", help="only this one")
    parser.add_argument("--number", type=int, help="only this input of the reader")
    asked = parser.parse_args()
    readers = [one for one in READERS if asked.reader in (None, one.name)]
    if not readers:
        parser.error(f"the readers are {', '.join(one.name for one in READERS)}")
    if asked.number is not None:
        return _once(readers[0], asked.number, asked.seed)
    told = Sum(readers)
    for tried in fire(asked.count, asked.seed, asked.workers, readers):
        told.add(tried)
        if tried.seconds > _SLOW:
            print(f"{tried.reader} {tried.number}: {tried.seconds:.1f} s", file=sys.stderr)
    for one in told.wrong:
        print(f"{one.reader} {one.number}: {one.outcome}, {one.seconds:.1f} s, {one.megabytes} MB")
        print(one.told)
    print("\n".join(told.lines()))
    return 1 if told.wrong else 0


def _once(reader: Reader, number: int, seed: int) -> int:
    data = reader.input(number, seed)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            reader.read(data, Path(folder))
        except DocgenError as error:
            print(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
