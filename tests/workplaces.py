"""Executors at work, and what tests do to their workers."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from docgen.batch.make.press import Press
from docgen.batch.plan.tasks import Outcome, PacketMade, PacketTask, TaskExecutor
from docgen.document import FlowedColumns
from tests.kits import packet, sheet_kit
from tests.sheets import text

BUSY_SECONDS = 1.2
"""Processor time after which a worker has started, and made all that is quickly made."""


class Workplace:
    """An executor of either kind, and the processes below which its workers are."""

    def __init__(self, start: Callable[[Path, float], TaskExecutor], above: list[int]) -> None:
        self.start = start
        self._above = above

    @property
    def workers(self) -> list[psutil.Process]:
        return [child for pid in self._above for child in _children(pid) if _is_worker(child)]

    @contextmanager
    def struck(self, strike: Callable[[psutil.Process], None]) -> Iterator[list[int]]:
        """Does something to every worker that is busy with what takes long; gives their ids."""
        struck: list[int] = []
        over = threading.Event()

        def watch() -> None:
            while not over.wait(0.02):
                for worker in self.workers:
                    if worker.pid not in struck and _seconds(worker) > BUSY_SECONDS:
                        struck.append(worker.pid)
                        strike(worker)

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield struck
        finally:
            over.set()
            thread.join()


def _children(pid: int) -> list[psutil.Process]:
    try:
        return list(psutil.Process(pid).children())
    except psutil.Error:
        return []


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "docgen.batch.make.worker" in process.cmdline()
    except psutil.Error:
        return False


def _seconds(process: psutil.Process) -> float:
    try:
        return float(process.cpu_times().user)
    except psutil.Error:
        return 0.0


def long_packet(row: int) -> PacketTask:
    """A packet whose second document takes about a minute, since so many lines are balanced."""
    paragraphs = tuple(text("Some words " * 600) for _ in range(60))
    return packet(row, (sheet_kit("Short"), sheet_kit("Long", FlowedColumns(paragraphs, 3))))


def assert_as_pressed(tasks: Iterable[PacketTask], outcomes: list[Outcome], folder: Path) -> None:
    """Each packet was made once, and its files are what one press makes of them."""
    by_row = {task.row: task for task in tasks}
    assert sorted(outcome.row for outcome in outcomes) == sorted(by_row)
    press = Press()
    for outcome in outcomes:
        assert isinstance(outcome, PacketMade)
        task = by_row[outcome.row]
        assert [made.file for made in outcome.sheets] == [sheet.file for sheet in task.sheets]
        for made, sheet in zip(outcome.sheets, task.sheets, strict=True):
            pdf = press.made(sheet.kit, task.visit)
            assert (folder / made.file).read_bytes() == pdf.data
            assert (made.pages, made.size) == (pdf.page_count, len(pdf.data))
            assert made.sha256 == pdf.sha256
