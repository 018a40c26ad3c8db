"""Packets made by the workers of a dask.distributed cluster, which need no disk of the driver's.

The cluster holds kits and fonts as results of their own, so that each worker gets them once and
what a lost worker held is made again. Names of its tasks say nothing of patients.
"""

import os
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from msgspec import Struct
from msgspec.structs import replace

from docgen.batch.child import ordered
from docgen.batch.connection import connected, failure, lost, other_versions, without_workers
from docgen.batch.generations import Generation
from docgen.batch.remote import Delivery, OtherVersions, Shipment, make, same, versions
from docgen.batch.storing import DocumentStore
from docgen.batch.tasks import (
    FontFile,
    MadeSheet,
    Outcome,
    PacketMade,
    PacketRejected,
    PacketTask,
    SheetKit,
)
from docgen.batch.window import Window
from docgen.batch.wire import Halt, Report
from docgen.diagnostics import DocgenError
from docgen.pdf import RenderedPdf

if TYPE_CHECKING:
    from distributed import Client, Future

_WITHOUT_WORKERS_SECONDS = 30.0
_LOOK_SECONDS = 1.0
_SHIPMENT_SECONDS = 0.25
"""How long a worker should be busy with one shipment."""
_LEAST_PACKETS = 2
_MOST_PACKETS = 64
_KITS = 256
"""How many kits the cluster holds for this run."""
_NEWS = 0.2
"""How much the last shipment counts in the pace."""


class _Shipped(Struct, frozen=True):
    """A shipment under way; the cluster forgets it when its future is dropped."""

    future: Any
    tasks: Sequence[PacketTask]


class ClusterExecutor:
    """Ships packets to the workers of a cluster, and writes the documents that come back."""

    def __init__(
        self, address: str, folder: Path, limit_seconds: float = 60, generation: int = 1
    ) -> None:
        """``address`` is the scheduler's, such as ``tcp://10.0.0.5:8786``; ``folder`` is the run's
        ``documents/``; ``limit_seconds`` is what one document may take; ``generation`` tells how
        often the run was worked at."""
        self._address = address
        self._generation = Generation(folder, generation)
        self._store = DocumentStore(self._generation.workshop)
        self._limit = limit_seconds
        self._run = os.urandom(6).hex()
        self._versions = versions()
        self._shipments = 0
        self._kits: OrderedDict[str, Future[Any]] = OrderedDict()
        self._fonts: dict[FontFile, Future[Any]] = {}
        self._under_way: dict[Any, _Shipped] = {}
        self._done: SimpleQueue[Future[Any]] = SimpleQueue()
        self._suspects: deque[PacketTask] = deque()
        """Packets of shipments that workers died of: each is shipped once more, alone."""
        self._alone = False
        """Whether what is under way is one of these."""
        self._pace = 0.0
        """Seconds that a packet takes; 0 where none was made yet."""
        self._threads = 0
        self._counted = 0.0
        self._had_workers = monotonic()

    def __enter__(self) -> Self:
        """Raises DocgenError where no scheduler answers, or it has no workers."""
        with ExitStack() as stack:
            self._client: Client = stack.enter_context(connected(self._address))
            stack.enter_context(self._generation)
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._kits.clear()
        self._fonts.clear()
        self._open.close()

    def outcomes(self, tasks: Iterable[PacketTask]) -> Iterator[Outcome]:
        """What became of each task, as ``docgen.batch.tasks.Executor`` says."""
        window = Window(tasks)
        try:
            while True:
                self._ship(window)
                if not self._under_way:
                    return
                yield from self._delivered()
        finally:
            # Where the scheduler is gone, nothing is under way any more.
            with suppress(DocgenError), self._asking():
                self._client.cancel([shipped.future for shipped in self._under_way.values()])
            self._under_way.clear()
            self._suspects.clear()
            self._alone = False

    def _ship(self, window: Window) -> None:
        self._count_threads()
        room = 2 * max(1, self._threads)
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

    def _send(self, tasks: Sequence[PacketTask]) -> None:
        kits = {sheet.kit.digest: sheet.kit for task in tasks for sheet in task.sheets}
        fonts = dict.fromkeys(font for kit in kits.values() for font in kit.fonts)
        packets = tuple(ordered(task) for task in tasks)
        self._shipments += 1
        with self._asking():
            future = self._client.submit(
                make,
                Shipment(self._run, self._versions, self._limit, packets),
                [self._kit(kit) for kit in kits.values()],
                [self._font(font) for font in fonts],
                key=f"docgen-packets-{self._run}-{self._shipments}",
            )
        self._under_way[future.key] = _Shipped(future, tasks)
        future.add_done_callback(self._done.put)
        while len(self._kits) > max(_KITS, len(kits)):
            self._kits.popitem(last=False)

    def _kit(self, kit: SheetKit) -> "Future[Any]":
        if kit.digest not in self._kits:
            self._kits[kit.digest] = self._client.submit(
                same, replace(kit, fonts=()), key=f"docgen-kit-{self._run}-{kit.digest}"
            )
        self._kits.move_to_end(kit.digest)
        return self._kits[kit.digest]

    def _font(self, font: FontFile) -> "Future[Any]":
        if font not in self._fonts:
            key = f"docgen-font-{self._run}-{len(self._fonts)}"
            self._fonts[font] = self._client.submit(same, font, key=key)
        return self._fonts[font]

    def _delivered(self) -> Iterator[Outcome]:
        """Waits for shipments that are done, not for long."""
        done = self._waited_for()
        finished = {future.key: future for future in done if future.status == "finished"}
        with self._asking():
            results: dict[Any, Any] = self._client.gather(finished, errors="skip")
        for future in done:
            result = results.get(future.key)
            if result is None:
                yield from self._failed(future)
            else:
                yield from self._unpacked(result, self._under_way.pop(future.key).tasks)

    def _waited_for(self) -> "list[Future[Any]]":
        done: list[Future[Any]] = []
        try:
            done.append(self._done.get(timeout=_LOOK_SECONDS))
            while not self._done.empty():
                done.append(self._done.get())
        except Empty:
            if self._client.status not in ("running", "connecting"):
                raise lost(self._address) from None
        return [future for future in done if future.key in self._under_way]

    def _unpacked(
        self, result: Delivery | OtherVersions | Halt, tasks: Sequence[PacketTask]
    ) -> Iterator[Outcome]:
        if isinstance(result, Halt):
            raise DocgenError(result.diagnostics)
        if isinstance(result, OtherVersions):
            raise other_versions(self._versions, result.versions)
        pace = result.seconds / len(tasks)
        self._pace += (pace - self._pace) * (_NEWS if self._pace else 1)
        for task, report in zip(tasks, result.reports, strict=True):
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

    def _failed(self, future: "Future[Any]") -> Iterator[Outcome]:
        """A shipment whose workers died again and again: is it one of its packets?"""
        from distributed import KilledWorker  # noqa: PLC0415 - an optional extra

        if future.status == "cancelled":
            raise lost(self._address)
        if future.status != "error":
            # The worker that held the result was lost since: it is made again.
            future.add_done_callback(self._done.put)
            return
        error = future.exception()
        if not isinstance(error, KilledWorker):
            raise failure(error)
        tasks = self._under_way.pop(future.key).tasks
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
            raise lost(self._address) from error

    def _count_threads(self) -> None:
        """Asks now and then how many packets the cluster makes at once."""
        now = monotonic()
        if now - self._counted < _LOOK_SECONDS or self._client.status != "running":
            return
        self._counted = now
        with self._asking():
            self._threads = sum(self._client.nthreads().values())
        if self._threads:
            self._had_workers = now
        elif now - self._had_workers > _WITHOUT_WORKERS_SECONDS:
            raise without_workers(self._address)


def _arrived(data: bytes, sheet: MadeSheet) -> RenderedPdf:
    digest = sha256(data).hexdigest()
    if digest != sheet.sha256:
        raise ValueError("a document was changed on its way from the cluster")
    return RenderedPdf(data, sheet.pages, digest)
