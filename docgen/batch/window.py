"""The next few tasks of a run, from which each worker takes what suits it."""

from collections import deque
from collections.abc import Container, Iterable, Sequence
from itertools import islice

from docgen.batch.tasks import PacketTask

_FEW = 4
_MOST = 128

Digests = Container[str]


class Window:
    """Tasks that come next, in their order; no more of them than are worth choosing from.

    A worker gets packets of kits that it has: what is the same for all patients is then made
    ready by few workers, and by one where the others have enough to do.
    """

    def __init__(self, tasks: Iterable[PacketTask]) -> None:
        self._coming = iter(tasks)
        self._tasks: deque[PacketTask] = deque()

    def __bool__(self) -> bool:
        """Whether there is another task."""
        if not self._tasks:
            self._tasks.extend(islice(self._coming, 1))
        return bool(self._tasks)

    def look_ahead(self) -> None:
        """Fetches a few more tasks to choose from."""
        if len(self._tasks) < _MOST:
            self._tasks.extend(islice(self._coming, _FEW))

    def put_back(self, tasks: Sequence[PacketTask]) -> None:
        """Has tasks come first that were taken already."""
        self._tasks.extendleft(reversed(tasks))

    def taken(self, own: Digests, others: Sequence[Digests]) -> PacketTask:
        """Takes a task for a worker that has its ``own`` kits, where ``others`` have theirs.

        It is the first that needs no new kit; else that with the fewest that another worker has.
        """
        best, least = 0, (len(self._tasks), 0)
        for index, task in enumerate(self._tasks):
            needed = _needed(task, own, others)
            if index == 0 or needed < least:
                best, least = index, needed
            if needed == (0, 0):
                break
        task = self._tasks[best]
        del self._tasks[best]
        return task


def _needed(task: PacketTask, own: Digests, others: Sequence[Digests]) -> tuple[int, int]:
    """How many kits a task needs that another worker has, and how many new ones in all."""
    new = [sheet.kit.digest for sheet in task.sheets if sheet.kit.digest not in own]
    taken = sum(any(digest in kits for kits in others) for digest in new)
    return taken, len(new)
