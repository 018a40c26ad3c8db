"""What a worker process and the one that started it say to each other.

Each message is a pickled value after its length, on a pair of sockets of which the worker is given
one when it is started. The two are docgen on one machine: nobody else can write to it.
"""

import os
import pickle
import socket
import struct
import sys
from contextlib import suppress
from mmap import mmap
from pathlib import Path
from tempfile import gettempdir
from time import monotonic
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from docgen.batch.plan.tasks import FontFile, Outcome, SheetKit
from docgen.diagnostics import Diagnostic
from docgen.document import Visit
from docgen.writing import open_beside

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

_LENGTH = struct.Struct("<Q")
_PLACE = struct.Struct("<dQQ")

_SHARE = "share"
"""The method that sockets have on Windows alone."""

NO_MEMORY = 86
"""How a worker exits that found no memory left."""


class OrderedPacket(Struct, frozen=True):
    """A packet whose kits the worker knows by their digests."""

    row: int
    visit: Visit | None
    sheets: tuple[tuple[str, str], ...]
    """For each document the digest of its kit and its file."""


class Order(Struct, frozen=True):
    """Packets to make, after what they need and the worker does not have yet."""

    forget: tuple[str, ...]
    """Kits that will not be asked for again, unless they are sent again."""
    fonts: tuple[FontFile, ...]
    kits: tuple[SheetKit, ...]
    """Without their fonts: those are sent once, not with each."""
    packets: tuple[OrderedPacket, ...]


class Ready(Struct, frozen=True):
    """A worker has started."""


class Report(Struct, frozen=True):
    """What became of a packet."""

    outcome: Outcome
    data: tuple[bytes, ...] = ()
    """The documents, where the worker has no folder to write them to."""


class Told(Struct, frozen=True):
    """What became of the next packets: several of them, as each message wakes the driver."""

    reports: tuple[Report, ...]


class Halt(Struct, frozen=True):
    """Nothing can be written any more, whatever the packet."""

    diagnostics: tuple[Diagnostic, ...]


Answer = Ready | Told | Halt


def frame(message: Any) -> bytes:
    """A message as it is sent."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(body)) + body


class Frames:
    """Takes messages out of what arrives, in whatever pieces."""

    def __init__(self) -> None:
        self._arrived = bytearray()

    def feed(self, piece: bytes) -> list[Any]:
        """The messages that a piece completes."""
        arrived = self._arrived
        arrived += piece
        messages = []
        start = 0
        while len(arrived) - start >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(arrived, start)
            end = start + _LENGTH.size + length
            if len(arrived) < end:
                break
            body = memoryview(arrived)[start + _LENGTH.size : end]
            messages.append(pickle.loads(body))  # noqa: S301 - written by docgen, see above
            body.release()
            start = end
        del arrived[:start]
        return messages


def hand_over(end: socket.socket, process: "subprocess.Popen[bytes]") -> None:
    """Gives one of a pair of sockets to a worker that was not born with it, as on Windows: by its
    standard input, in words that hold for this one process. Where it is gone, receiving tells."""
    assert process.stdin
    share: Callable[[int], bytes] = getattr(end, _SHARE)
    with suppress(OSError), process.stdin as stdin:
        stdin.write(share(process.pid))


def is_inherited(end: socket.socket) -> bool:
    """Whether a worker can be born with a socket as its standard input."""
    return not hasattr(end, _SHARE)


def end_given() -> socket.socket:
    """The socket that a worker was given."""
    shared: Callable[[bytes], socket.socket] | None = getattr(socket, "fromshare", None)
    if shared is None:
        return socket.socket(fileno=0)
    return shared(sys.stdin.buffer.read())


class Whereabouts:
    """The document that a worker is at, in memory that both share.

    It is there after a worker was killed, and telling it costs nothing: nobody is woken by it.
    Linux has memory that a worker is born with; elsewhere it is that of a file, which both open.
    """

    def __init__(self, place: str | None = None, folder: Path | None = None) -> None:
        """``place`` is where another process has made it; without one, it is made here, if need be
        as a file in ``folder``."""
        self._file: Path | None = None
        if place is None:
            descriptor = self._new_descriptor(folder)
        elif place.isdecimal():
            descriptor = int(place)
        else:
            descriptor = open_beside(Path(place))
        self._memory = mmap(descriptor, _PLACE.size)
        self.descriptors = (descriptor,) if place is None and self._file is None else ()
        """What the other process has to be born with."""
        if not self.descriptors:
            os.close(descriptor)
        self.place = str(self._file or descriptor)

    def begin(self, packet: int, sheet: int) -> None:
        """Notes that a worker begins a document: of which packet, counted from 1, and which."""
        _PLACE.pack_into(self._memory, 0, monotonic(), packet, sheet)

    def read(self) -> tuple[float, int, int]:
        """When, by the clock of ``time.monotonic``, which packet and which document."""
        since, packet, sheet = _PLACE.unpack_from(self._memory)
        return since, packet, sheet

    def close(self) -> None:
        self._memory.close()
        for descriptor in self.descriptors:
            os.close(descriptor)
        if self._file:
            self._file.unlink(missing_ok=True)

    def _new_descriptor(self, folder: Path | None) -> int:
        if hasattr(os, "memfd_create"):
            descriptor: int = os.memfd_create("docgen-worker")
        else:
            beside = Path(folder or gettempdir()).absolute()
            self._file = beside / f".docgen-worker-{os.urandom(8).hex()}"
            descriptor = open_beside(self._file)
        os.write(descriptor, bytes(_PLACE.size))
        return descriptor
