"""Packets with their documents open, and on what sides of what sheets their pages stand."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import pikepdf
from msgspec import Struct

from docgen.printfiles.opening import opened, opened_slip
from docgen.printfiles.packets import PrintPacket
from docgen.printfiles.sheets import sides


class Side(Struct, frozen=True, eq=False):
    """One side of a sheet."""

    source: pikepdf.Pdf
    page: pikepdf.Page
    """The page that stands here; on a blank back the one before, which is of the same paper."""
    blank: bool = False


class ImposedPacket(Struct, frozen=True, eq=False):
    """A packet on its sheets."""

    packet: PrintPacket
    slip: tuple[Side, ...]
    copy: tuple[Side, ...]
    """One of the packet's copies, which are all the same."""
    sides_of_sheet: int

    @property
    def copy_sheets(self) -> int:
        """How many sheets a copy has."""
        return len(self.copy) // self.sides_of_sheet

    @property
    def sheets(self) -> int:
        """How many sheets the slip and all copies have."""
        return len(self.slip) // self.sides_of_sheet + self.copy_sheets * self.packet.copies


@contextmanager
def imposed(packet: PrintPacket, *, duplex: bool) -> Iterator[ImposedPacket]:
    """A packet on its sheets, as long as its documents stay open.

    Raises DocgenError where a document is not what the run made.
    """
    sides_of_sheet = 2 if duplex else 1
    with ExitStack() as stack:
        documents = [
            stack.enter_context(opened(document, packet.number)) for document in packet.documents
        ]
        copy = _sides(documents, duplex=duplex)
        slip: tuple[Side, ...] = ()
        if packet.slip is not None:
            data = packet.slip(len(copy) // sides_of_sheet)
            slip = _sides([stack.enter_context(opened_slip(data, packet.number))], duplex=duplex)
        yield ImposedPacket(packet, slip, copy, sides_of_sheet)


def _sides(documents: Sequence[pikepdf.Pdf], *, duplex: bool) -> tuple[Side, ...]:
    pages = [Side(document, page) for document in documents for page in document.pages]
    placed: list[Side] = []
    for index in sides([_paper(side.page) for side in pages], duplex=duplex):
        if index is None:
            placed.append(Side(placed[-1].source, placed[-1].page, blank=True))
        else:
            placed.append(pages[index])
    return tuple(placed)


def _paper(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = map(float, page.mediabox)
    return right - left, top - bottom
