"""Packets made by the workers of a dask.distributed cluster, which need no disk of the driver's.

The cluster holds kits and fonts as results of their own, so that each worker gets them once and
what a lost worker held is made again. Packets go to workers that were admitted, and are sealed; the
names of tasks say nothing of patients.
"""

import asyncio
import os
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from msgspec import Struct
from msgspec.structs import replace

from docgen.batch.cluster.admission import other_versions
from docgen.batch.cluster.connection import (
    cluster_failure,
    connected,
    scheduler_lost,
    without_workers,
)
from docgen.batch.cluster.remote import (
    Broken,
    Delivery,
    OtherVersions,
    Shipment,
    make_shipment,
    same,
    versions,
)
from docgen.batch.cluster.sealed import Sealed
from docgen.batch.make.child import ordered
from docgen.batch.make.generations import Generation
from docgen.batch.make.storing import DocumentStore
from docgen.batch.make.window import Window
from docgen.batch.make.wire import Halt, Report
from docgen.batch.plan.tasks import (
    FontFile,
    MadeSheet,
    Outcome,
    PacketMade,
    PacketRejected,
    PacketTask,
    SheetKit,
)
from docgen.diagnostics import DocgenError
from docgen.pdf import RenderedPdf

if TYPE_CHECKING:
    from distributed import Future

_WITHOUT_WORKERS_SECONDS = 30.0
_LOOK_SECONDS = 1.0
_SHIPMENT_SECONDS = 0.25
"""How long a worker should be busy with one shipment."""
_LEAST_PACKETS = 2
_MOST_PACKETS = 64
_MOST_TRIES = 4
"""How often a shipment is sent whose workers are lost, as often as dask itself does by default."""
_KITS = 256
"""How many kits the cluster holds for this run."""
_NEWS = 0.2
"""How much the last shipment counts in the pace."""


class _Held(Struct, frozen=True):
    """Something that the cluster makes or holds, until its future is dropped."""

    future: Any
    workers: frozenset[str]
    """The addresses of those that may have it."""


class _Shipped(Struct, frozen=True):
    """A shipment under way."""

    held: _Held
    needs: tuple[_Held, ...]
    """Kits and fonts."""
    tasks: Sequence[PacketTask]
    tries: int

    def is_stranded(self, present: Set[str]) -> bool:
        """Whether nobody is left who may make it, or what it needs."""
        return any(one.workers.isdisjoint(present) for one in (self.held, *self.needs))


class ClusterExecutor:
    """Ships packets to the workers of a cluster, and writes the documents that come back."""

    def __init__(
        self,
        address: str,
        folder: Path,
        limit_seconds: float = 60,
        generation: int = 1,
        *,
        insecure: bool = False,
    ) -> None:
        """``address`` is the scheduler's, such as ``tls://10.0.0.5:8786``; ``folder`` is the run's
        ``documents/``; ``limit_seconds`` is what one document may take; ``generation`` tells how
        often the run was worked at; ``insecure`` lets packets go over a network unencrypted."""
        self._address = address
        self._insecure = insecure
        self._generation = Generation(folder, generation)
        self._store = DocumentStore(self._generation.workshop)
        self._limit = limit_seconds
        self._run = os.urandom(6).hex()
        self._versions = versions()
        self._names = 0
        self._kits: OrderedDict[str, _Held] = OrderedDict()
        self._fonts: dict[FontFile, _Held] = {}
        self._under_way: dict[Any, _Shipped] = {}
        self._fetched: SimpleQueue[tuple[Future[Any], Any]] = SimpleQueue()
        """Shipments with what came of them; None where nothing did."""
        self._suspects: deque[PacketTask] = deque()
        """Packets of shipments that workers died of: each is shipped once more, alone."""
        self._again: deque[tuple[Sequence[PacketTask], int]] = deque()
        """Shipments whose workers were lost before any had made them, and how often they were
        sent."""
        self._alone = False
        """Whether what is under way is one of the suspects."""
        self._pace = 0.0
        """Seconds that a packet takes; 0 where none was made yet."""
        self._looked = 0.0
        self._had_workers = monotonic()

    def __enter__(self) -> Self:
        """Raises DocgenError where no scheduler answers that could be worked with."""
        with ExitStack() as stack:
            connection = connected(self._address, insecure=self._insecure)
            self._client, self._admission = stack.enter_context(connection)
            stack.enter_context(self._generation)
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._kits.clear()
        self._fonts.clear()
        self._open.close()

    def outcomes(self, tasks: Iterable[PacketTask]) -> Iterator[Outcome]:
        """What became of each task, as ``docgen.batch.plan.tasks.TaskExecutor`` says.

        Raises DocgenError where the scheduler is gone, or the cluster cannot run docgen's tasks.
        """
        window = Window(tasks)
        try:
            while True:
                yield from self._looked_after()
                self._ship(window)
                if not (self._under_way or self._again or self._suspects or window):
                    return
                yield from self._delivered()
        finally:
            # Where the scheduler is gone, nothing is under way any more.
            with suppress(DocgenError), self._asking():
                under_way = [shipped.held.future for shipped in self._under_way.values()]
                self._client.cancel(under_way)
            self._under_way.clear()
            self._again.clear()
            self._suspects.clear()
            self._alone = False

    def _ship(self, window: Window) -> None:
        room = 2 * sum(self._admission.threads.values())
        if not room:
            return
        while self._again:
            self._send(*self._again.popleft())
        if self._suspects:
            # Tasks that wait at a worker count as killers of it as well: only one may be there.
            if not self._under_way:
                self._send([self._suspects.popleft()])
                self._alone = True
            return
        if self._alone and self._under_way:
            return
        self._alone = False
        while window and len(self._under_way) < room:
            self._send(self._load(window))
        window.look_ahead()

    def _load(self, window: Window) -> list[PacketTask]:
        """Packets for one shipment, of few kits."""
        count = round(_SHIPMENT_SECONDS / self._pace) if self._pace else _LEAST_PACKETS
        kits: dict[str, None] = {}
        tasks: list[PacketTask] = []
        while window and len(tasks) < min(max(count, _LEAST_PACKETS), _MOST_PACKETS):
            tasks.append(window.taken(kits.keys(), ()))
            kits.update((sheet.kit.digest, None) for sheet in tasks[-1].sheets)
        return tasks

    def _send(self, tasks: Sequence[PacketTask], tries: int = 0) -> None:
        kits = {sheet.kit.digest: sheet.kit for task in tasks for sheet in task.sheets}
        fonts = dict.fromkeys(font for kit in kits.values() for font in kit.fonts)
        packets = tuple(ordered(task) for task in tasks)
        sealed = Sealed.around(Shipment(self._run, self._limit, packets))
        with self._asking():
            kits_held = [self._kit(kit) for kit in kits.values()]
            fonts_held = [self._font(font) for font in fonts]
            needs = [[one.future for one in several] for several in (kits_held, fonts_held)]
            held = self._submitted("packets", make_shipment, self._versions, sealed, *needs)
        shipped = _Shipped(held, (*kits_held, *fonts_held), tasks, tries + 1)
        self._under_way[held.future.key] = shipped
        self._fetch_later(held.future)
        while len(self._kits) > max(_KITS, len(kits)):
            self._kits.popitem(last=False)

    def _submitted(self, what: str, function: Callable[..., Any], *arguments: Any) -> _Held:
        """Has something made by any of the workers that were admitted, and by no other."""
        workers = frozenset(self._admission.threads)
        self._names += 1
        future = self._client.submit(
            function,
            *arguments,
            key=f"docgen-{what}-{self._run}-{self._names}",
            workers=sorted(workers),
            allow_other_workers=False,
        )
        return _Held(future, workers)

    def _kit(self, kit: SheetKit) -> _Held:
        held = self._kits.get(kit.digest)
        if held is None or held.workers.isdisjoint(self._admission.present):
            held = self._kits[kit.digest] = self._submitted("kit", same, replace(kit, fonts=()))
        self._kits.move_to_end(kit.digest)
        return held

    def _font(self, font: FontFile) -> _Held:
        held = self._fonts.get(font)
        if held is None or held.workers.isdisjoint(self._admission.present):
            held = self._fonts[font] = self._submitted("font", same, font)
        return held

    def _fetch_later(self, future: "Future[Any]") -> None:
        assert self._client.loop  # a client that is connected has one
        self._client.loop.add_callback(self._fetch, future)

    async def _fetch(self, future: "Future[Any]") -> None:
        """Runs among dask's own: what a lost worker held is waited for until it is made again,
        which it may never be."""
        result = None
        # Where there is nobody to ask any more, the client's status says so.
        with suppress(OSError, TimeoutError, asyncio.CancelledError):
            result = await self._client.gather(future, errors="skip")
        self._fetched.put((future, result))

    def _delivered(self) -> Iterator[Outcome]:
        """Waits for a shipment that is done, not for long."""
        try:
            future, result = self._fetched.get(timeout=_LOOK_SECONDS)
        except Empty:
            if self._client.status not in ("running", "connecting"):
                raise scheduler_lost(self._address) from None
            return
        if future.key not in self._under_way:
            return
        if result is None:
            yield from self._outcomes_of_failed(future)
        else:
            yield from self._unpacked(result, self._under_way.pop(future.key).tasks)

    def _unpacked(
        self, result: Sealed | OtherVersions | Broken, tasks: Sequence[PacketTask]
    ) -> Iterator[Outcome]:
        if isinstance(result, OtherVersions):
            raise other_versions("a worker of the cluster", self._versions, result.versions)
        if isinstance(result, Broken):
            raise cluster_failure(result.what)
        delivery: Delivery | Halt = result.opened()
        if isinstance(delivery, Halt):
            raise DocgenError(delivery.diagnostics)
        pace = delivery.seconds / len(tasks)
        self._pace += (pace - self._pace) * (_NEWS if self._pace else 1)
        for task, report in zip(tasks, delivery.reports, strict=True):
            yield self._stored(task, report)

    def _stored(self, task: PacketTask, report: Report) -> Outcome:
        files = [sheet.file for sheet in task.sheets]
        outcome = report.outcome
        if isinstance(outcome, PacketRejected):
            self._store.drop(files)
            return outcome
        pdfs = [
            _arrived(data, sheet) for data, sheet in zip(report.data, outcome.sheets, strict=True)
        ]
        return PacketMade(task.row, self._store.keep(files, pdfs))

    def _outcomes_of_failed(self, future: "Future[Any]") -> Iterator[Outcome]:
        """A shipment whose workers died again and again: is it one of its packets?"""
        from distributed import KilledWorker  # noqa: PLC0415 - an optional extra

        if future.status == "cancelled" or self._client.status not in ("running", "connecting"):
            raise scheduler_lost(self._address)
        if future.status != "error":
            # The worker that held the result was lost since: it is made again.
            self._fetch_later(future)
            return
        error = future.exception()
        if not isinstance(error, KilledWorker):
            # What it says might hold anything.
            raise cluster_failure(type(error).__name__)
        yield from self._killed(self._under_way.pop(future.key).tasks)

    def _killed(self, tasks: Sequence[PacketTask]) -> Iterator[Outcome]:
        if not self._alone:
            self._suspects.extend(tasks)
            return
        self._store.drop([sheet.file for sheet in tasks[0].sheets])
        reason = "the workers of the cluster that tried to make it alone died"
        yield PacketRejected(tasks[0].row, None, "worker-died", reason)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Raises DocgenError where there is no scheduler to ask any more."""
        from distributed.client import ClosedClientError  # noqa: PLC0415 - an optional extra

        try:
            yield
        except (OSError, TimeoutError, ClosedClientError) as error:
            raise scheduler_lost(self._address) from error

    def _looked_after(self) -> Iterator[Outcome]:
        """Sees now and then which workers there are, and to what that is not made yet."""
        now = monotonic()
        if now - self._looked < _LOOK_SECONDS or self._client.status != "running":
            return
        self._looked = now
        with self._asking():
            self._admission.look()
        if self._admission.threads:
            self._had_workers = now
        elif now - self._had_workers > _WITHOUT_WORKERS_SECONDS:
            raise without_workers(self._address)
        for key, shipped in list(self._under_way.items()):
            if shipped.is_stranded(self._admission.present):
                yield from self._stranded(key, shipped)

    def _stranded(self, key: Any, shipped: _Shipped) -> Iterator[Outcome]:
        """A shipment that nobody is left to make: dask would wait for its workers for ever."""
        if shipped.held.future.status != "pending":
            return
        del self._under_way[key]
        with self._asking():
            self._client.cancel([shipped.held.future])
        if shipped.tries < _MOST_TRIES:
            self._again.append((shipped.tasks, shipped.tries))
        else:
            yield from self._killed(shipped.tasks)


def _arrived(data: bytes, sheet: MadeSheet) -> RenderedPdf:
    digest = sha256(data).hexdigest()
    if digest != sheet.sha256:
        raise ValueError("a document was changed on its way from the cluster")
    return RenderedPdf(data, sheet.pages, digest)
