"""Workers: a clinic's day made by one worker process, and by two.

Packets of two handouts over twenty codes go through the executor onto the disk. Workers have
started and seen every kit before; what the driver costs is told as well: it runs beside them.
"""

from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.distinct import distinct_records, distinct_visit
from benchmarks.timing import Task, seconds_in_turns
from benchmarks.warm import LAYOUT, RECORD
from docgen import Project
from docgen.batch.make.executor import LocalExecutor
from docgen.batch.plan.tasks import PacketMade, PacketTask, SheetKit, SheetTask

PACKETS = 4000
CODES = 20
ROUNDS = 5
_DOCUMENTS = 2


def measure() -> list[str]:
    """The table of the workers."""
    project = Project.open(RECORD.parents[2], organization="sample")
    kits = [
        SheetKit(f"kit-{number}", project.compose(record, LAYOUT))
        for number, record in enumerate(distinct_records(CODES))
    ]
    tasks = [_packet(row, kits) for row in range(PACKETS)]
    driver: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder, ExitStack() as stack:

        def day(name: str, workers: int) -> Task:
            executor = stack.enter_context(LocalExecutor(Path(folder, name), workers))
            spent = driver.setdefault(name, [])

            def make(_: int) -> None:
                start = process_time()
                made = sum(isinstance(one, PacketMade) for one in executor.outcomes(tasks))
                spent.append(process_time() - start)
                if made < PACKETS:
                    raise ValueError(f"{PACKETS - made} packets were not made")

            return make

        taken = seconds_in_turns(
            {"one worker": day("one worker", 1), "two workers": day("two workers", 2)}, ROUNDS
        )
    gain = median(
        one / two for one, two in zip(taken["one worker"], taken["two workers"], strict=True)
    )
    lines = [
        f"  {name:<16} {_each(seconds):6.3f} ms a document   {1000 / _each(seconds):6.0f}/s   "
        f"driver {_each(driver[name]):.3f} ms"
        for name, seconds in taken.items()
    ]
    return [*lines, f"  two workers make {gain:.2f} times as much as one"]


def _each(seconds: list[float]) -> float:
    """Milliseconds for each document."""
    return median(seconds) / (PACKETS * _DOCUMENTS) * 1000


def _packet(row: int, kits: list[SheetKit]) -> PacketTask:
    wanted = (kits[row % CODES], kits[(row + 1 + row // CODES) % CODES])
    sheets = (
        SheetTask(kit, f"{row // 1000:03}/{row:06}-{number}.pdf")
        for number, kit in enumerate(wanted, 1)
    )
    return PacketTask(row, distinct_visit(row), tuple(sheets))
