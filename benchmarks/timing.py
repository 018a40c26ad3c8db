"""Timing in turns, so that a busy minute of the machine slows all contestants alike."""

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

Task = Callable[[int], object]
"""Does its work once; the number says for which round, so that every round has new content."""


def seconds_in_turns(
    tasks: Mapping[str, Task], rounds: int, in_a_row: int = 1
) -> dict[str, list[float]]:
    """How long each task took in each round, per time that it was done.

    Every task runs once before, unmeasured, and does its work ``in_a_row`` times each round. The
    garbage of one is collected before the next starts, and the collector need not look through
    what was made ready for all rounds: each pays only for its own.
    """
    for task in tasks.values():
        task(0)
    gc.collect()
    gc.freeze()
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for first in range(1, rounds * in_a_row + 1, in_a_row):
        for name, task in tasks.items():
            gc.collect()
            start = perf_counter()
            for number in range(first, first + in_a_row):
                task(number)
            taken[name].append((perf_counter() - start) / in_a_row)
    return taken


def table(taken: Mapping[str, list[float]], peer: str) -> list[str]:
    """One line a task: its median and the median of its ratios to the peer, round by round."""
    lines = []
    for name, seconds in taken.items():
        ratio = median(own / other for own, other in zip(seconds, taken[peer], strict=True))
        lines.append(f"  {name:<44} {median(seconds) * 1000:9.2f} ms   {ratio:5.2f} x")
    return lines
