"""A worker process as the one that started it sees it."""

import os
import socket
import subprocess
import sys
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

from msgspec import Struct
from msgspec.structs import replace

from docgen.batch.make.wire import (
    NO_MEMORY,
    Answer,
    Frames,
    Halt,
    Order,
    OrderedPacket,
    Report,
    Told,
    Whereabouts,
    frame,
    hand_over,
    is_inherited,
)
from docgen.batch.plan.tasks import FontFile, PacketTask, SheetKit
from docgen.diagnostics import DocgenError

_KITS = 128
"""How many kits a worker keeps."""
_PIECE = 1 << 18
_START_SECONDS = 60.0
_NEWS = 0.2
"""How much the last packet counts in the pace of a worker."""
_GROUP_OF_ITS_OWN: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
"""What keeps Ctrl-C from workers on Windows; on POSIX their session does."""
_PATIENCE = 2.0
"""Seconds that a worker has to end."""


class Answered(Struct, frozen=True):
    """A task and what its worker says of it."""

    task: PacketTask
    report: Report


class LeftOver(Struct, frozen=True):
    """What a worker has not answered for when it ended."""

    suspect: PacketTask | None
    """The packet that it was at."""
    sheet: int | None
    """Which of its documents, where that is known."""
    others: list[PacketTask]


class Child:
    """A process that runs ``docgen.batch.make.worker``; nothing here waits for it but ``end``."""

    def __init__(self, workshop: Path | None) -> None:
        self._socket, other = socket.socketpair()
        self._socket.setblocking(False)
        self._whereabouts = Whereabouts(folder=workshop)
        with other:
            try:
                self._process = _started(workshop, other, self._whereabouts)
            except OSError:
                self._socket.close()
                self._whereabouts.close()
                raise
        self._frames = Frames()
        self._unsent = bytearray()
        self._orders: list[PacketTask] = []
        self._under_way: deque[PacketTask] = deque()
        self._answers = 0
        self._heard = monotonic()
        self._fonts: set[FontFile] = set()
        self._new_kits: list[SheetKit] = []
        self.kits: OrderedDict[str, None] = OrderedDict()
        """The digests of the kits that it has, or will have with its next order."""
        self.ready = False
        """Whether it has started."""
        self.was_killed = False
        self.seconds = 0.0
        """About how long a packet takes; 0 where none was made yet."""

    def fileno(self) -> int:
        """What to wait on, until there are answers."""
        return self._socket.fileno()

    @property
    def load(self) -> int:
        """How many packets it still has to make."""
        return len(self._under_way) + len(self._orders)

    @property
    def is_stuffed(self) -> bool:
        """Whether some of what it is to be told waits until it has read the rest."""
        return bool(self._unsent)

    def add(self, task: PacketTask) -> None:
        """Has it make a packet; sent with all others by ``send``."""
        self._orders.append(task)
        for sheet in task.sheets:
            if sheet.kit.digest not in self.kits:
                self._new_kits.append(sheet.kit)
            self.kits[sheet.kit.digest] = None
            self.kits.move_to_end(sheet.kit.digest)

    def send(self) -> None:
        """Sends as much as its socket takes."""
        if self._orders:
            if not self._under_way:
                self._heard = monotonic()
            self._unsent += frame(self._order())
            self._under_way += self._orders
            self._orders.clear()
            self._new_kits.clear()
        # Where the worker is gone, receiving tells.
        with suppress(BlockingIOError, BrokenPipeError, ConnectionResetError):
            while self._unsent:
                del self._unsent[: self._socket.send(self._unsent)]

    def receive(self) -> list[Answered] | None:
        """What it has said by now; None where it has said its last.

        Raises DocgenError where it can go on with no packet, such as on a full disk.
        """
        try:
            piece = self._socket.recv(_PIECE)
        except BlockingIOError:
            return []
        except ConnectionResetError:
            return None
        if not piece:
            return None
        return [answered for answer in self._frames.feed(piece) for answered in self._taken(answer)]

    def is_overdue(self, limit_seconds: float) -> bool:
        """Whether the document that it is at takes longer than a limit."""
        if not self._under_way:
            return False
        since, packet, _ = self._whereabouts.read()
        begun = since if packet > self._answers else 0.0
        limit = limit_seconds if self.ready else max(limit_seconds, _START_SECONDS)
        return monotonic() - max(begun, self._heard) > limit

    def kill(self) -> None:
        """Kills it; what it has said before can still be received."""
        self.was_killed = True
        self._process.kill()

    def left_over(self) -> LeftOver:
        """The packets that it has not answered for."""
        _, packet, sheet = self._whereabouts.read()
        tasks = [*self._under_way, *self._orders]
        index = packet - self._answers - 1
        if not tasks or index < 0:
            return LeftOver(tasks[0] if tasks else None, None, tasks[1:])
        return LeftOver(tasks.pop(index), sheet, tasks)

    def close(self) -> None:
        """Has it end, whatever it is at."""
        self._socket.close()

    def end(self) -> str:
        """Waits for its end, not for long, and tells how it came."""
        self._socket.close()
        try:
            code = self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._whereabouts.close()
        return _ending(code)

    def _order(self) -> Order:
        fonts = [font for kit in self._new_kits for font in kit.fonts if font not in self._fonts]
        self._fonts.update(fonts)
        return Order(
            self._forgotten(),
            tuple(dict.fromkeys(fonts)),
            tuple(replace(kit, fonts=()) for kit in self._new_kits),
            tuple(ordered(task) for task in self._orders),
        )

    def _forgotten(self) -> tuple[str, ...]:
        """Drops the kits that were needed longest ago, but none of the packets to be sent."""
        needed = {sheet.kit.digest for task in self._orders for sheet in task.sheets}
        surplus = len(self.kits) - max(_KITS, len(needed))
        return tuple(self.kits.popitem(last=False)[0] for _ in range(surplus))

    def _taken(self, answer: Answer) -> Iterator[Answered]:
        if isinstance(answer, Halt):
            raise DocgenError(answer.diagnostics)
        now = monotonic()
        if isinstance(answer, Told) and answer.reports:
            each = (now - self._heard) / len(answer.reports)
            self.seconds += (each - self.seconds) * (_NEWS if self.seconds else 1)
            self._answers += len(answer.reports)
            for report in answer.reports:
                yield Answered(self._under_way.popleft(), report)
        self.ready = True
        self._heard = now


def _started(
    workshop: Path | None, end: socket.socket, whereabouts: Whereabouts
) -> subprocess.Popen[bytes]:
    module = ["-P", "-m", "docgen.batch.make.worker", whereabouts.place]
    process = subprocess.Popen(  # noqa: S603 - this Python, with docgen's own module
        [sys.executable, *module, *([str(workshop.absolute())] if workshop else [])],
        stdin=end.fileno() if is_inherited(end) else subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=whereabouts.descriptors,
        env=os.environ | {"PYTHONPATH": _import_path()},
        start_new_session=True,
        creationflags=_GROUP_OF_ITS_OWN,
    )
    if not is_inherited(end):
        hand_over(end, process)
    return process


def ordered(task: PacketTask) -> OrderedPacket:
    """A task as its worker gets it, without its kits."""
    sheets = tuple((sheet.kit.digest, sheet.file) for sheet in task.sheets)
    return OrderedPacket(task.row, task.visit, sheets)


def _import_path() -> str:
    """Where this process imports from, so that a worker runs the same docgen."""
    return os.pathsep.join(str(Path(folder).absolute()) for folder in sys.path)


def _ending(code: int) -> str:
    if code == NO_MEMORY:
        return "ran out of memory"
    return f"ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
