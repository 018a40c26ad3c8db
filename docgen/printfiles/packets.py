"""What print files are made of, how they are to be made, and what was made."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

SlipMaker = Callable[[int], bytes]
"""Makes the slip sheet, as a PDF of docgen, of a packet whose copies have so many sheets each."""


class PrintDocument(Struct, frozen=True):
    """A document of a run, as it lies on the disk."""

    path: Path
    sha256: str
    """Of the file's bytes (hex): another file under this name is refused."""


class PrintPacket(Struct, frozen=True):
    """What is stapled together: documents in their order, printed so many times."""

    number: int
    """The packet's row in its worklist."""
    title: str
    """Of its bookmark; it is no patient's name."""
    documents: tuple[PrintDocument, ...]
    copies: int = 1
    slip: SlipMaker | None = None
    """Where there is one, its slip goes before the first copy, on a sheet of its own."""


class PrintOptions(Struct, frozen=True, kw_only=True):
    """How packets are gathered."""

    run: str
    """Id of the run, as its sheet marks say it."""
    duplex: bool = True
    """Whether sheets are printed on both sides. If so, odd packets get a blank back."""
    sheets_per_file: int | None = None
    """When a new file begins: a file holds no more sheets, but for a packet that alone has more."""
    mark: bool = True
    """Whether each sheet has its Data Matrix mark."""


class PrintFile(Struct, frozen=True):
    """A print file that is in its place."""

    path: Path
    packets: int
    first: int
    """The number of its first packet, in the order of printing; likewise ``last``."""
    last: int
    pages: int
    """Blank backs and slip sheets included."""
    sheets: int
    size: int
    """Bytes."""
    sha256: str
