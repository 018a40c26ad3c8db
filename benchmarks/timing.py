"""Timing in turns, so that a busy minute of the machine slows all contestants alike."""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

Task = Callable[[int], object]
"""Does its work once; the number says for which round, so that every round has new content."""


def seconds_in_turns(tasks: Mapping[str, Task], rounds: int) -> dict[str, list[float]]:
    """How long each task took in each round. Every task runs once before, unmeasured."""
    for task in tasks.values():
        task(0)
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(1, rounds + 1):
        for name, task in tasks.items():
            start = perf_counter()
            task(number)
            taken[name].append(perf_counter() - start)
    return taken


def table(taken: Mapping[str, list[float]], peer: str) -> list[str]:
    """One line a task: its median and the median of its ratios to the peer, round by round."""
    lines = []
    for name, seconds in taken.items():
        ratio = median(own / other for own, other in zip(seconds, taken[peer], strict=True))
        lines.append(f"  {name:<44} {median(seconds) * 1000:9.2f} ms   {ratio:5.2f} x")
    return lines
