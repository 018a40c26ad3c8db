"""The print files of a run in its journal, and the packets that they are made of."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from docgen.batch.journal.journal import Journal
from docgen.batch.plan.ordering import SortKey

_PACKETS = (
    "SELECT rows.row, clinics.rank, copies, file, sha256"
    " FROM rows JOIN documents USING (row) JOIN kits ON kits.id = documents.kit"
    " LEFT JOIN ranks AS clinics ON clinics.key = 'clinic' AND clinics.number = clinic"
    " LEFT JOIN ranks AS providers ON providers.key = 'provider' AND providers.number = provider"
    " LEFT JOIN ranks AS times ON times.key = 'time' AND times.number = time"
    " WHERE state = 'made' AND audience = ?{chosen} ORDER BY {order}rows.row, sequence"
)
_CHOSEN = " AND rows.row IN (SELECT value FROM json_each(?))"
_TAKE_DOWN = (
    "INSERT INTO print_files (file, audience, packets, pages, sheets, bytes, sha256)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (file) DO UPDATE SET audience = excluded.audience,"
    " packets = excluded.packets, pages = excluded.pages, sheets = excluded.sheets,"
    " bytes = excluded.bytes, sha256 = excluded.sha256"
)


class PacketLine(Struct, frozen=True):
    """What is known of a packet that is to be printed."""

    row: int
    clinic: int | None
    """Which of the run's clinics, in the order of their names."""
    copies: int


class PacketDocument(Struct, frozen=True):
    """A document of a packet."""

    file: str
    """Below ``documents/``."""
    sha256: str


class KeptPrintFile(Struct, frozen=True):
    """A print file as the journal keeps it; of a reprint, only its jobs are kept there."""

    file: str
    """Its path in the folder of the run."""
    audience: str
    packets: int
    pages: int
    sheets: int
    """Fewer than pages where it is made for both sides: each packet begins on a front side."""
    bytes: int
    sha256: str

    @property
    def name(self) -> str:
        """Its name in the run's folder of print files."""
        return Path(self.file).name

    @property
    def is_duplex(self) -> bool:
        return self.sheets < self.pages


def audiences(journal: Journal) -> list[str]:
    """For whom the run has documents: patients first."""
    found = journal.connection.execute("SELECT DISTINCT audience FROM kits").fetchall()
    return sorted((audience for (audience,) in found), key=lambda name: (name != "patients", name))


def first_layout(journal: Journal, audience: str) -> str:
    """The layout of the first kit for an audience that the run has documents for."""
    (layout,) = journal.connection.execute(
        "SELECT layout FROM kits WHERE audience = ? ORDER BY id LIMIT 1", (audience,)
    ).fetchone()
    return str(layout)


def packets(
    journal: Journal, audience: str, sort: Sequence[SortKey], rows: Sequence[int] | None = None
) -> Iterator[tuple[PacketLine, tuple[PacketDocument, ...]]]:
    """The packets of an audience that were made, sorted, of some ``rows`` or all, as a stream."""
    order = "".join(f"{key}s.rank IS NULL, {key}s.rank, " for key in dict.fromkeys(sort))
    asked = _PACKETS.format(chosen="" if rows is None else _CHOSEN, order=order)
    given = (audience,) if rows is None else (audience, str(list(rows)))
    found = journal.connection.execute(asked, given)
    for values, documents in groupby(found, key=lambda one: one[:3]):
        yield PacketLine(*values), tuple(PacketDocument(*one[3:]) for one in documents)


def kept_print_files(journal: Journal) -> tuple[KeptPrintFile, ...]:
    """The print files of the run, in their order."""
    found = journal.connection.execute(
        "SELECT file, audience, packets, pages, sheets, bytes, sha256 FROM print_files ORDER BY id"
    )
    return tuple(KeptPrintFile(*values) for values in found)


def keep_print_files(journal: Journal, files: Iterable[KeptPrintFile]) -> list[str]:
    """Takes down the print files that there are; returns the paths of those that are no more."""
    lines = {one.file: one for one in files}
    journal.commit()
    gone = [one.file for one in kept_print_files(journal) if one.file not in lines]
    ask = journal.connection
    ask.execute("BEGIN IMMEDIATE")
    ask.executemany("DELETE FROM print_files WHERE file = ?", [(file,) for file in gone])
    ask.executemany(
        _TAKE_DOWN,
        [
            (one.file, one.audience, one.packets, one.pages, one.sheets, one.bytes, one.sha256)
            for one in lines.values()
        ],
    )
    ask.execute("COMMIT")
    return gone
