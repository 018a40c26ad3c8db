"""The next few tasks of a run, from which each worker takes what suits it."""

from collections import deque
from collections.abc import Iterable, Iterator, KeysView, Sequence
from itertools import islice

from docgen.batch.plan.tasks import PacketTask

_FEW = 4
_MOST = 64

Digests = frozenset[str]
Kits = KeysView[str]


class Window:
    """Tasks that come next, in their order; no more of them than are worth choosing from.

    A worker gets packets of kits that it has: what is the same for all patients is then made
    ready by few workers, and by one where the others have enough to do.
    """

    def __init__(self, tasks: Iterable[PacketTask]) -> None:
        self._coming = iter(tasks)
        self._waiting: deque[tuple[PacketTask, Digests]] = deque()

    def __bool__(self) -> bool:
        """Whether there is another task."""
        if not self._waiting:
            self._fetch(1)
        return bool(self._waiting)

    def look_ahead(self) -> None:
        """Fetches a few more tasks to choose from."""
        if len(self._waiting) < _MOST:
            self._fetch(_FEW)

    def put_back(self, tasks: Sequence[PacketTask]) -> None:
        """Has tasks come first that were taken already."""
        self._waiting.extendleft(_with_digests(reversed(tasks)))

    def taken(self, own: Kits, others: Sequence[Kits]) -> PacketTask:
        """Takes a task for a worker that has its ``own`` kits, where ``others`` have theirs.

        It is the first that needs no new kit; else that with the fewest that another worker has.
        """
        index = self._first_of(own)
        if index is None:
            index = self._most_new(own, others)
        task, _ = self._waiting[index]
        del self._waiting[index]
        return task

    def _first_of(self, own: Kits) -> int | None:
        for index, (_, digests) in enumerate(self._waiting):
            if digests <= own:
                return index
        return None

    def _most_new(self, own: Kits, others: Sequence[Kits]) -> int:
        def cost(index: int) -> tuple[int, int]:
            new = self._waiting[index][1] - own
            return sum(any(digest in kits for kits in others) for digest in new), len(new)

        return min(range(len(self._waiting)), key=cost)

    def _fetch(self, count: int) -> None:
        self._waiting.extend(_with_digests(islice(self._coming, count)))


def _with_digests(tasks: Iterable[PacketTask]) -> Iterator[tuple[PacketTask, Digests]]:
    for task in tasks:
        yield task, frozenset([sheet.kit.digest for sheet in task.sheets])
