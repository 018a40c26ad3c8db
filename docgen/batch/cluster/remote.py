"""Packets made inside a worker of a dask cluster, by a worker process of docgen's own.

That process may be killed by a document or take too long, and the dask worker lives on. Each run
has processes of its own: two organizations may give one name to different fonts.
"""

import sys
import threading
import zlib
from collections.abc import Sequence
from importlib.metadata import version
from time import monotonic

from msgspec import Struct
from msgspec.structs import replace

from docgen.batch.cluster.sealed import Sealed
from docgen.batch.make import bugs
from docgen.batch.make.crew import Crew
from docgen.batch.make.wire import Halt, OrderedPacket, Report
from docgen.batch.plan.tasks import FontFile, PacketTask, SheetKit, SheetTask
from docgen.diagnostics import DocgenError
from docgen.version import __version__

_IDLE_SECONDS = 30.0
_BYTES_DEPEND_ON = ("reportlab", "icu4py", "markdown-it-py", "pillow", "zxing-cpp")

Versions = tuple[tuple[str, str], ...]


class Shipment(Struct, frozen=True):
    """Packets for a worker of the cluster; their kits and fonts come beside it."""

    run: str
    """Some word that no other run has."""
    limit_seconds: float
    packets: tuple[OrderedPacket, ...]


class Delivery(Struct, frozen=True):
    """What became of the packets of a shipment, in its order."""

    reports: tuple[Report, ...]
    seconds: float


class OtherVersions(Struct, frozen=True):
    """The worker would not make the same bytes."""

    versions: Versions


class Broken(Struct, frozen=True):
    """The worker cannot make anything, for a reason that nobody foresaw."""

    what: str
    """Without what an exception says: that might be a patient's."""


def versions() -> Versions:
    """What the bytes of a document depend on, besides its kit."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    own = (("docgen", __version__), ("Python", python), ("zlib", zlib.ZLIB_RUNTIME_VERSION))
    return (*own, *((name, version(name)) for name in _BYTES_DEPEND_ON))


def same(value: SheetKit | FontFile) -> SheetKit | FontFile:
    """Has the cluster hold something that many shipments need, and make it anew if it is lost."""
    return value


def make_shipment(
    wanted: Versions, sealed: Sealed, kits: Sequence[SheetKit], fonts: Sequence[FontFile]
) -> Sealed | OtherVersions | Broken:
    """Makes the packets of a shipment: a ``Delivery`` or a ``Halt``, sealed as the shipment is.

    It is not opened where versions differ. Raises nothing: the cluster would log what it is about.
    """
    try:
        if versions() != wanted:
            return OtherVersions(versions())
        return Sealed.around(_delivery_of(sealed.opened(), kits, fonts))
    except Exception as error:
        return Broken(bugs.named(error))


def _delivery_of(
    shipment: Shipment, kits: Sequence[SheetKit], fonts: Sequence[FontFile]
) -> Delivery | Halt:
    since = monotonic()
    whole = {kit.digest: replace(kit, fonts=tuple(fonts)) for kit in kits}
    tasks = [_task_of_packet(packet, whole) for packet in shipment.packets]
    crew = _crews.taken(shipment)
    try:
        reports = {answer.task.row: answer.report for answer in crew.answers(tasks)}
    except DocgenError as error:
        crew.close()
        return Halt(error.diagnostics)
    _crews.put_back(shipment, crew)
    return Delivery(tuple(reports[task.row] for task in tasks), monotonic() - since)


def _task_of_packet(packet: OrderedPacket, kits: dict[str, SheetKit]) -> PacketTask:
    sheets = tuple(SheetTask(kits[digest], file) for digest, file in packet.sheets)
    return PacketTask(packet.row, packet.visit, sheets)


class _Idle(Struct):
    run: str
    crew: Crew
    since: float


class _Crews:
    """Crews of one worker that wait for the next shipment of their run, but not for ever."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[_Idle] = []
        self._sweeping = False

    def taken(self, shipment: Shipment) -> Crew:
        """A crew for a shipment, which nobody else has."""
        with self._lock:
            for idle in self._idle:
                if idle.run == shipment.run:
                    self._idle.remove(idle)
                    return idle.crew
        return Crew(None, workers=1, limit_seconds=shipment.limit_seconds)

    def put_back(self, shipment: Shipment, crew: Crew) -> None:
        with self._lock:
            self._idle.append(_Idle(shipment.run, crew, monotonic()))
            if not self._sweeping:
                self._sweep_later()

    def _sweep_later(self) -> None:
        self._sweeping = True
        timer = threading.Timer(_IDLE_SECONDS, self._sweep)
        timer.daemon = True
        timer.start()

    def _sweep(self) -> None:
        with self._lock:
            now = monotonic()
            old = [idle for idle in self._idle if now - idle.since >= _IDLE_SECONDS]
            for idle in old:
                self._idle.remove(idle)
            self._sweeping = False
            if self._idle:
                self._sweep_later()
        for idle in old:
            idle.crew.close()


_crews = _Crews()
