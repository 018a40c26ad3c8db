"""What a worker process and the one that started it say to each other.

Each message is a pickled value after its length, on a socket that both ends hold. The two are
docgen on one machine, started by one another: nobody else can write to it.
"""

import os
import pickle
import struct
from mmap import mmap
from tempfile import TemporaryFile
from time import monotonic
from typing import Any

from msgspec import Struct

from docgen.batch.plan.tasks import FontFile, Outcome, SheetKit
from docgen.diagnostics import Diagnostic
from docgen.document import Visit

_LENGTH = struct.Struct("<Q")
_PLACE = struct.Struct("<dQQ")

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


class Whereabouts:
    """The document that a worker is at, in memory that both share.

    It is there after a worker was killed, and telling it costs nothing: nobody is woken by it.
    """

    def __init__(self, descriptor: int | None = None) -> None:
        self.descriptor = _shared_memory() if descriptor is None else descriptor
        self._memory = mmap(self.descriptor, _PLACE.size)

    def begin(self, packet: int, sheet: int) -> None:
        """Notes that a worker begins a document: of which packet, counted from 1, and which."""
        _PLACE.pack_into(self._memory, 0, monotonic(), packet, sheet)

    def read(self) -> tuple[float, int, int]:
        """When, by the clock of ``time.monotonic``, which packet and which document."""
        since, packet, sheet = _PLACE.unpack_from(self._memory)
        return since, packet, sheet

    def close(self) -> None:
        self._memory.close()
        os.close(self.descriptor)


def _shared_memory() -> int:
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("docgen-worker")
    else:
        with TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.write(descriptor, bytes(_PLACE.size))
    return descriptor
