"""Which workers of a cluster may have packets: those that would make the same bytes, and that are
reached by a way which nobody else can listen to.

Versions are compared first: what a worker of another version cannot read, dask prints.
"""

import asyncio
from collections.abc import Awaitable, Callable
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any

from docgen.batch.cluster.privacy import check_way
from docgen.batch.cluster.remote import Versions, versions
from docgen.diagnostics import DocgenError, refuse

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 4
"""docgen has to be imported before it can be asked, on machines that may be busy."""
_OF_SCHEDULER = ("docgen", "Python")
"""What a scheduler must have in the same version: it reads tasks, but makes nothing."""


class Admission:
    """The workers of a cluster, as they come and go."""

    def __init__(self, client: "Client", *, insecure: bool) -> None:
        """``insecure`` lets packets go over a network unencrypted."""
        self._client = client
        self._insecure = insecure
        self._own = versions()
        self._asked: set[str] = set()
        self._answers: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        self._same: set[str] = set()
        self.threads: dict[str, int] = {}
        """The addresses of the workers that may have packets, and how many each makes at once."""
        self.present: frozenset[str] = frozenset()
        """The addresses of all workers."""

    def begin(self, seconds: float) -> None:
        """Compares versions with the scheduler and all workers that there are.

        So many seconds are for all workers to answer, and a few times as many for the first one.
        Raises DocgenError where any has other versions, and where none answers.
        """
        self._check_scheduler(_PATIENCE * seconds)
        begun = monotonic()
        self.look()
        while len(self.threads) < len(self.present):
            left = begun + seconds * (1 if self.threads else _PATIENCE) - monotonic()
            if left <= 0:
                break
            self._take_answers(left)
            self.look()
        if self.present and not self.threads:
            raise refuse(
                "cluster-silent",
                "no worker of the cluster answers",
                hint="see what the workers are at; 'dask worker' prints it",
            )

    def look(self) -> None:
        """Asks those that are new. Raises DocgenError where one would make other bytes, or cannot
        be reached in private."""
        counted: dict[str, int] = self._client.nthreads()
        self.present = frozenset(counted)
        for address in self.present - self._asked:
            if not self._insecure:
                check_way(address)
            assert self._client.loop  # a client that is connected has one
            self._client.loop.add_callback(self._ask, address)
        self._asked = set(self.present)
        self._same &= self.present
        self._take_answers()
        self.threads = {address: counted[address] for address in self._same & self.present}

    def _check_scheduler(self, seconds: float) -> None:
        try:
            theirs = self._in_time(lambda: self._client.run_on_scheduler(versions), seconds)
        except (OSError, TimeoutError):
            raise
        except Exception as error:  # whatever an old docgen, or none, has it say
            raise _version_unknown("the scheduler", error) from None
        own = tuple(pair for pair in self._own if pair[0] in _OF_SCHEDULER)
        if not set(own) <= set(theirs):
            raise other_versions("the scheduler", own, theirs, "it would misread what it is sent")

    def _in_time(self, call: Callable[[], Awaitable[Any]], seconds: float) -> Any:
        async def answer() -> Any:
            return await asyncio.wait_for(call(), seconds)

        return self._client.sync(answer)

    async def _ask(self, address: str) -> None:
        """Runs among dask's own: a worker that stands still holds up nobody."""
        try:
            answers = await self._client.run(versions, workers=[address], on_error="return")
        except Exception:  # the scheduler is gone, which others notice
            answers = {}
        self._answers.put((address, answers.get(address)))

    def _take_answers(self, seconds: float = 0.0) -> None:
        try:
            while True:
                address, answer = self._answers.get(seconds > 0, seconds)
                seconds = 0.0
                if answer is None or isinstance(answer, OSError | TimeoutError):
                    # It was lost meanwhile; if it is there all the same, it is asked once more.
                    self._asked.discard(address)
                elif answer != self._own:
                    raise _refusal_of_worker(self._own, answer)
                else:
                    self._same.add(address)
        except Empty:
            return


def _refusal_of_worker(own: Versions, answer: Any) -> DocgenError:
    if isinstance(answer, tuple):
        return other_versions("a worker of the cluster", own, answer)
    return _version_unknown("a worker of the cluster", answer)


def other_versions(
    who: str, own: Versions, theirs: Versions, what: str = "its documents would differ"
) -> DocgenError:
    """The refusal of somebody whose versions differ, and what would come of it."""
    have = dict(theirs)
    differing = [
        f"{name} {have.get(name, 'none')} instead of {number}"
        for name, number in own
        if have.get(name) != number
    ]
    return refuse(
        "cluster-versions",
        f"{who} has {', '.join(differing)}: {what}",
        hint="install the same versions on scheduler, workers and here",
    )


def _version_unknown(who: str, error: object) -> DocgenError:
    """The refusal of somebody who has no docgen, or one that cannot be asked."""
    return refuse(
        "cluster-versions",
        f"{who} cannot say which docgen it has: {type(error).__name__}",
        hint="install the same version of docgen and its packages on scheduler, workers and here",
    )
