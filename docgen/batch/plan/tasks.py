"""What the driver of a run hands to those who make its documents, and what it gets back.

All of it can be pickled. A kit holds nothing of any patient; a task holds the visit of one.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol, Self

from msgspec import Struct

from docgen.diagnostics import Rule
from docgen.document import Document, Visit
from docgen.fonts.own import Style


class FontFile(Struct, frozen=True):
    """A font of an organization's own, for workers that share no disk with the driver.

    Families come from ``docgen.fonts.own.carried_families`` and are added by ``add_carried``.
    """

    family: str
    style: Style
    data: bytes


class SheetKit(Struct, frozen=True, eq=False):
    """One record in one layout, composed: all that a worker needs to make it for any patient."""

    digest: str
    """Names the kit: SHA-256 (hex) over all that its pages depend on, the same in every process."""
    document: Document
    """Its ``PreparedFor`` block is not filled in yet."""
    fonts: tuple[FontFile, ...] = ()
    created: datetime | None = None


class SheetTask(Struct, frozen=True):
    """One document of a packet."""

    kit: SheetKit
    file: str
    """Path below ``documents/``, of words, numbers and codes: no patient's data is in it."""


class PacketTask(Struct, frozen=True):
    """One patient's packet, or one sheet of a library, for which there is no visit."""

    row: int
    visit: Visit | None
    sheets: tuple[SheetTask, ...]


class MadeSheet(Struct, frozen=True):
    """A document that was written, whole, under its name."""

    file: str
    pages: int
    size: int
    """Bytes."""
    sha256: str


class PacketMade(Struct, frozen=True):
    """All documents of a packet are in their place, in the order of its task."""

    row: int
    sheets: tuple[MadeSheet, ...]


class PacketRejected(Struct, frozen=True):
    """A packet that could not be made; none of its documents are kept."""

    row: int
    sheet: int | None
    """Which document of the task stood in the way, counted from 0; None where it was all."""
    rule: Rule
    """As of a diagnostic: ``worker-died``, ``too-slow``, ``unprintable-character`` …"""
    reason: str
    """A sentence without any value of a patient."""


Outcome = PacketMade | PacketRejected


class TaskExecutor(Protocol):
    """Makes packets with several workers; processes of this machine, or a cluster.

    It keeps a bounded number of tasks under way, so that neither tasks nor outcomes pile up, and
    ships each kit to a worker once, as long as the worker keeps it.
    """

    def outcomes(self, tasks: Iterable[PacketTask]) -> Iterator[Outcome]:
        """One outcome for each task, in the order in which they are ready.

        A task whose worker died is tried once more, alone; then it is rejected, and the others go
        on. Closing the iterator ends the work under way.

        Raises DocgenError where no more can be made at all.
        """

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
