"""Several worker processes that make packets, and what becomes of those that a worker dies of."""

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from time import monotonic

from docgen.batch.make.child import Answered, Child
from docgen.batch.make.window import Window
from docgen.batch.make.wire import Report
from docgen.batch.plan.tasks import PacketRejected, PacketTask
from docgen.diagnostics import DocgenError, refuse
from docgen.system import reason_of

_STOCK_SECONDS = 0.1
"""How long a worker should be busy with what it was given."""
_LEAST_STOCK = 2
_MOST_STOCK = 32
_FALSE_STARTS = 3
_LOOK_SECONDS = 0.25
"""How often to look whether a document takes too long; a tenth of the limit where that is less."""


class Crew:
    """Worker processes; each is started when there is work for it, and kept for more."""

    def __init__(self, workshop: Path | None, workers: int, limit_seconds: float) -> None:
        self._workshop = workshop
        self._workers = workers
        self._limit = limit_seconds
        self._look = min(_LOOK_SECONDS, limit_seconds / 10)
        self._looked = monotonic()
        self._children: list[Child] = []
        self._selector = DefaultSelector()
        self._suspects: deque[PacketTask] = deque()
        """Packets at which a worker died: each is made once more, with nothing else under way."""
        self._alone: PacketTask | None = None
        self._false_starts = 0

    def answers(self, tasks: Iterable[PacketTask]) -> Iterator[Answered]:
        """What became of each task, in the order in which they are ready.

        Raises DocgenError where documents cannot be written, or workers cannot be started.
        """
        window = Window(tasks)
        try:
            while True:
                self._hand_out(window)
                if not any(child.load for child in self._children):
                    return
                yield from self._gathered(window)
        finally:
            self._suspects.clear()
            self._alone = None
            self._end([child for child in self._children if child.load])

    def close(self) -> None:
        """Ends all workers."""
        self._end(list(self._children))
        self._selector.close()

    def _hand_out(self, window: Window) -> None:
        if self._suspects or self._alone:
            self._hand_out_suspect()
            return
        low = [child for child in self._children if 2 * child.load <= _stock(child)]
        while (child := self._hungriest(low, window)) is not None:
            others = [one.kits.keys() for one in self._children if one is not child]
            child.add(window.taken(child.kits.keys(), others))
        for child in low:
            self._send(child)
        window.look_ahead()

    def _hand_out_suspect(self) -> None:
        """Has the next suspect made by a new worker, once all others have nothing to do."""
        if self._alone or any(child.load for child in self._children):
            return
        if len(self._children) >= self._workers:
            self._end(self._children[:1])
        self._alone = self._suspects.popleft()
        child = self._started()
        child.add(self._alone)
        self._send(child)

    def _hungriest(self, low: list[Child], window: Window) -> Child | None:
        """The worker to give the next task to, a new one if need be; None if all have enough."""
        if not window:
            return None
        child = min(low, key=lambda child: child.load, default=None)
        if len(self._children) < self._workers and (child is None or child.load):
            child = self._started()
            low.append(child)
        return child if child and child.load < _stock(child) else None

    def _started(self) -> Child:
        try:
            child = Child(self._workshop)
        except OSError as error:
            raise _unstartable(reason_of(error)) from error
        self._children.append(child)
        self._selector.register(child, EVENT_READ)
        return child

    def _send(self, child: Child) -> None:
        child.send()
        events = EVENT_READ | (EVENT_WRITE if child.is_stuffed else 0)
        if self._selector.get_key(child).events != events:
            self._selector.modify(child, events)

    def _gathered(self, window: Window) -> Iterator[Answered]:
        """Waits for answers, not for long."""
        heard = [(key.fileobj, events) for key, events in self._selector.select(self._look)]
        # Before anything is yielded: who takes the answers may take their time.
        self._kill_overdue(besides=[child for child, _ in heard])
        for child, events in heard:
            assert isinstance(child, Child)
            if events & EVENT_WRITE:
                self._send(child)
            if events & EVENT_READ:
                yield from self._heard(child, window)

    def _heard(self, child: Child, window: Window) -> Iterator[Answered]:
        answers = child.receive()
        if child.ready:
            self._false_starts = 0
        if answers is None:
            yield from self._lost(child, window)
            return
        for answered in answers:
            if answered.task is self._alone:
                self._alone = None
            yield answered

    def _kill_overdue(self, besides: list[object]) -> None:
        now = monotonic()
        if now - self._looked < self._look:
            return
        self._looked = now
        for child in self._children:
            if child not in besides and child.is_overdue(self._limit):
                child.kill()

    def _lost(self, child: Child, window: Window) -> Iterator[Answered]:
        """What a worker has not answered for is made by others, but what it was at alone."""
        left = child.left_over()
        (ending,) = self._end([child])
        window.put_back(left.others)
        suspect, alone = left.suspect, self._alone
        self._alone = None
        if not child.ready:
            self._count_false_start(ending)
        if suspect is None:
            return
        if child.ready and alone is None:
            self._suspects.append(suspect)
        elif child.ready:
            yield Answered(suspect, Report(self._rejected(suspect, left.sheet, child, ending)))
        elif alone is None:
            window.put_back([suspect])
        else:
            self._suspects.appendleft(suspect)

    def _count_false_start(self, ending: str) -> None:
        self._false_starts += 1
        if self._false_starts >= _FALSE_STARTS:
            raise _unstartable(f"it {ending}")

    def _rejected(
        self, task: PacketTask, sheet: int | None, child: Child, ending: str
    ) -> PacketRejected:
        if child.was_killed:
            reason = f"making it takes longer than {self._limit:g} seconds"
            return PacketRejected(task.row, sheet, "too-slow", reason)
        reason = f"the worker that made it alone {ending}, as another had done before"
        return PacketRejected(task.row, sheet, "worker-died", reason)

    def _end(self, children: list[Child]) -> list[str]:
        for child in children:
            self._children.remove(child)
            self._selector.unregister(child)
            child.close()
        return [child.end() for child in children]


def _stock(child: Child) -> int:
    """How many packets a worker should have: few if they take long, or nobody knows yet."""
    if not child.seconds:
        return _LEAST_STOCK
    return max(_LEAST_STOCK, min(_MOST_STOCK, round(_STOCK_SECONDS / child.seconds)))


def _unstartable(reason: str) -> DocgenError:
    return refuse(
        "worker-unstartable",
        f"cannot start a worker process: {reason}",
        hint="if docgen's installation may be damaged, "
        "'python -c \"import docgen.batch.make.worker\"' shows it",
    )
