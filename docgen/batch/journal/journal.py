"""The journal of a run (SQLite): what became of every row, and where its documents are.

Of a row it holds the codes of its documents and no other word: of clinic, provider and time it
knows the order alone, by numbers (``docgen.batch.plan.ordering``). Writing is gathered: a crash
loses the last moments of it, whose packets are made again, to the same bytes.
"""

import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal, Self

import msgspec
from msgspec import Struct

from docgen.batch.journal.tables import create, open_existing, telling
from docgen.batch.plan.ordering import Ranked, RowNumbers
from docgen.batch.plan.tasks import MadeSheet
from docgen.diagnostics import Rule
from docgen.records import CodeState

JOURNAL = "journal.sqlite"
"""Its name in the folder of a run."""

DOCUMENTS = "documents"
"""The folder of the PDFs, in the folder of a run."""

PRINT = "print"
"""The folder of print files, in the folder of a run."""

RowState = Literal["planned", "made", "rejected", "again"]
"""``again``: it was made, but a document of it was lost or damaged since."""

_KEY = "row_key"
_GENERATION = "generation"
_RANKED = "ranked"
"""The journal's fact that says that the order of all rows is known."""
_KEY_SIZE = 32
_DIGEST_SIZE = 16
_COMMIT_ROWS = 500
_COMMIT_SECONDS = 0.5

# What was made, and has to be made again, keeps its state and its documents until it is.
_PLAN_ROW = (
    "INSERT INTO rows (row, digest, state, rule, reason, clinic, provider, time, copies)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state,"
    " rule = excluded.rule, reason = excluded.reason WHERE excluded.state != 'planned'"
)
_PLAN_DOCUMENT = (
    "INSERT INTO documents"
    " (row, sequence, kit, codes, file, code_ends, code_state, pages, bytes, sha256)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET pages = excluded.pages,"
    " bytes = excluded.bytes, sha256 = excluded.sha256 WHERE excluded.sha256 IS NOT NULL"
)
# REPLACE would remove a row past the trigger that keeps the seal.
_SET_META = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
_SET_STATE = "UPDATE rows SET state = ?, rule = ?, reason = ? WHERE row = ?"
_SET_MADE = "UPDATE documents SET pages = ?, bytes = ?, sha256 = ? WHERE row = ? AND sequence = ?"


class KitKey(Struct, frozen=True, order=True):
    """What a sheet is made of, whoever the patient is."""

    code_system: str
    code: str
    layout: str
    language: str
    large_print: bool
    first: bool
    """Whether it is the first of its packet: later ones leave out shared notices."""
    asked: str = ""
    """Tells the language that the row asks for from others (``Journal.token``): of one language
    there may be several wordings."""


class KnownKit(Struct, frozen=True):
    """A kit as the run first met it."""

    key: KitKey
    digest: str
    row: int
    """The row that it was first made for."""


class KitFacts(Struct, frozen=True):
    """What the manifest says of a kit besides its key."""

    digest: str
    audience: str
    record_version: str
    layout_version: str
    files: tuple[str, ...] = ()
    """The files that its content came from."""
    is_sample: bool = False
    """Whether its record is a sample that comes with docgen."""


class PlannedDocument(Struct, frozen=True):
    """A document that a packet will have."""

    sequence: int
    """From 1, in the order of the packet."""
    kit: int
    """The number of its kit in the journal."""
    codes: str
    """The codes of the row that it is for, such as ``cpt:77299 hcpcs:G0121``."""
    file: str
    """Below ``documents/``."""
    code_ends: date | None = None
    """The last day of these codes, where a code table names one."""
    code_state: CodeState | None = None
    """What is wrong with using them on the day of the visit."""


class KeptDocument(Struct, frozen=True):
    """A document as the journal keeps it; pages, bytes and digest are of one that was made."""

    row: int
    sequence: int
    file: str
    """Below ``documents/``."""
    pages: int | None
    bytes: int | None
    sha256: str | None


class Counts(Struct, frozen=True, kw_only=True):
    """How many rows are in which state."""

    planned: int = 0
    made: int = 0
    rejected: int = 0
    again: int = 0

    @property
    def rows(self) -> int:
        return self.planned + self.made + self.rejected + self.again


class Journal:
    """The journal of one run. Only the holder of the run's lock writes."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self.meta: Mapping[str, str] = dict(
            connection.execute("SELECT name, value FROM meta").fetchall()
        )
        self._key = bytes.fromhex(self.meta[_KEY])
        self._kits = {kit.key: (id, kit.digest) for id, kit in self._known_kits()}
        self._tokens: dict[str | None, str] = {}
        # What is settled before it is written is written once.
        self._rows: dict[int, tuple[object, ...]] = {}
        self._documents: dict[tuple[int, int], tuple[object, ...]] = {}
        self._states: list[tuple[object, ...]] = []
        self._sheets: list[tuple[object, ...]] = []
        self._settled = 0
        self._committed = time.monotonic()

    @classmethod
    def create(cls, run: Path, meta: Mapping[str, str]) -> Self:
        """A new journal in the folder of a run, with what is known of the run.

        Raises DocgenError where it cannot be written.
        """
        path = run / JOURNAL
        with telling(path):
            facts = {**meta, _GENERATION: "1", _KEY: secrets.token_hex(_KEY_SIZE)}
            return cls(create(path, facts), path)

    @classmethod
    def open(cls, run: Path, *, read_only: bool = False) -> Self:
        """The journal of an earlier run; raises DocgenError where it is missing or damaged."""
        path = run / JOURNAL
        with telling(path):
            return cls(open_existing(path, read_only=read_only), path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Commits what is gathered, and closes.

        Raises DocgenError where the journal cannot be written.
        """
        with telling(self.path):
            try:
                self.commit()
            finally:
                self.connection.close()

    def row_digest(self, cells: tuple[str, ...]) -> bytes:
        """Tells whether a row is still the same; the run's own key keeps it from telling more."""
        return blake2b(
            msgspec.msgpack.encode(cells), key=self._key, digest_size=_DIGEST_SIZE
        ).digest()

    def token(self, word: str | None) -> str:
        """Stands for a word of a row, of which no more is to be known than whether it is the same;
        empty for none."""
        if word not in self._tokens:
            self._tokens[word] = self.row_digest((word,)).hex() if word else ""
        return self._tokens[word]

    def kit_id(self, key: KitKey) -> int | None:
        """The number of a kit that the run has met."""
        known = self._kits.get(key)
        return known[0] if known else None

    def kit_digest(self, key: KitKey) -> str | None:
        """The digest that a kit had when the run first met it."""
        known = self._kits.get(key)
        return known[1] if known else None

    def add_kit(self, key: KitKey, facts: KitFacts, row: int) -> int:
        """Takes down a kit that the run meets for the first time, with the row that needs it."""
        number = len(self._kits) + 1
        self._begin()
        self.connection.execute(
            "INSERT INTO kits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                key.code_system,
                key.code,
                key.layout,
                key.language,
                key.large_print,
                key.first,
                key.asked,
                facts.digest,
                facts.audience,
                facts.record_version,
                facts.layout_version,
                msgspec.json.encode(facts.files).decode(),
                facts.is_sample,
                row,
            ),
        )
        self._kits[key] = (number, facts.digest)
        return number

    def known_kits(self) -> list[KnownKit]:
        """Every kit that the run has met, by number."""
        return [kit for _, kit in self._known_kits()]

    def plan(
        self,
        row: int,
        digest: bytes,
        numbers: RowNumbers,
        copies: int,
        documents: Iterable[PlannedDocument] = (),
    ) -> None:
        """Takes a row down as planned, with the documents of its packet."""
        planned = ("planned", None, None)
        facts = (numbers.clinic, numbers.provider, numbers.time, copies)
        self._rows[row] = (row, digest, *planned, *facts)
        for one in documents:
            self._documents[row, one.sequence] = (
                *(row, one.sequence, one.kit, one.codes, one.file),
                *(one.code_ends and one.code_ends.isoformat(), one.code_state),
                *(None, None, None),
            )

    def made(self, row: int, sheets: Iterable[tuple[int, MadeSheet]]) -> None:
        """Takes a row down as made: its documents, each with its sequence, are in their place."""
        for at, one in sheets:
            made = (one.pages, one.size, one.sha256)
            planned = self._documents.get((row, at))
            if planned:
                self._documents[row, at] = (*planned[:-3], *made)
            else:
                self._sheets.append((*made, row, at))
        self._settle(row, "made")

    def rejected(self, row: int, rule: Rule, reason: str) -> None:
        """Takes down why a row has no packet; the reason holds no value of a patient."""
        self._settle(row, "rejected", rule, reason)

    def lost(self, row: int) -> None:
        """Takes down that a packet has to be made again."""
        self._settle(row, "again")

    def rank(self, ranks: Iterable[Ranked]) -> None:
        """Takes down the order of what was numbered, once all rows were read."""
        self._begin()
        self.connection.execute("DELETE FROM ranks")
        self.connection.executemany(
            "INSERT INTO ranks VALUES (?, ?, ?)", ((one.key, one.number, one.rank) for one in ranks)
        )
        self.set_meta(_RANKED, "yes")

    @property
    def is_ranked(self) -> bool:
        """Whether the order of all rows is known."""
        return self.meta.get(_RANKED) == "yes"

    def row_numbers(self) -> set[int]:
        """The rows that were read, as far as they are committed."""
        return {row for (row,) in self.connection.execute("SELECT row FROM rows")}

    def state(self, row: int) -> RowState | None:
        """What became of a row, as far as it is committed."""
        found = self.connection.execute("SELECT state FROM rows WHERE row = ?", (row,)).fetchone()
        return found[0] if found else None

    def digest(self, row: int) -> bytes | None:
        """The digest of a row when it was first read."""
        found = self.connection.execute("SELECT digest FROM rows WHERE row = ?", (row,)).fetchone()
        return found[0] if found else None

    def reason(self, row: int) -> str | None:
        """Why a row was rejected; None where it was not."""
        found = self.connection.execute(
            "SELECT reason FROM rows WHERE row = ? AND state = 'rejected'", (row,)
        ).fetchone()
        return found[0] if found else None

    def documents(self, row: int) -> list[KeptDocument]:
        """The documents of a row, in order."""
        return [
            KeptDocument(*values)
            for values in self.connection.execute(
                "SELECT row, sequence, file, pages, bytes, sha256 FROM documents"
                " WHERE row = ? ORDER BY sequence",
                (row,),
            )
        ]

    def made_documents(self) -> Iterator[KeptDocument]:
        """The documents of every packet that was made, by row and sequence, as a stream."""
        for values in self.connection.execute(
            "SELECT row, sequence, file, pages, bytes, sha256 FROM documents JOIN rows USING (row)"
            " WHERE state = 'made' ORDER BY row, sequence"
        ):
            yield KeptDocument(*values)

    def counts(self) -> Counts:
        """How many rows are in which state, as far as it is committed."""
        found = self.connection.execute("SELECT state, count(*) FROM rows GROUP BY state")
        return Counts(**dict(found.fetchall()))

    @property
    def generation(self) -> int:
        """How often the run was worked at, this time included."""
        return int(self.meta[_GENERATION])

    def begin_generation(self) -> None:
        """Counts that the run is worked at once more."""
        # Runs that began before generations were counted have no number.
        self.set_meta(_GENERATION, str(int(self.meta.get(_GENERATION, 1)) + 1))
        self.commit()

    def set_meta(self, name: str, value: str) -> None:
        """Takes down a further fact of the run."""
        self._begin()
        self.connection.execute(_SET_META, (name, value))
        self.meta = {**self.meta, name: value}

    def commit(self) -> None:
        """Writes what is gathered."""
        self._committed = time.monotonic()
        if self._rows or self._states:
            self._begin()
            run = self.connection.executemany
            run(_PLAN_ROW, self._rows.values())
            run(_PLAN_DOCUMENT, self._documents.values())
            run(_SET_STATE, self._states)
            run(_SET_MADE, self._sheets)
            self._rows.clear()
            self._documents.clear()
            self._states.clear()
            self._sheets.clear()
            self._settled = 0
        if self.connection.in_transaction:
            self.connection.execute("COMMIT")

    def _begin(self) -> None:
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")

    def _settle(
        self, row: int, state: RowState, rule: str | None = None, reason: str | None = None
    ) -> None:
        planned = self._rows.get(row)
        if planned:
            self._rows[row] = (*planned[:2], state, rule, reason, *planned[5:])
        else:
            self._states.append((state, rule, reason, row))
        self._settled += 1
        due = self._committed + _COMMIT_SECONDS
        if self._settled >= _COMMIT_ROWS or time.monotonic() >= due:
            self.commit()

    def _known_kits(self) -> list[tuple[int, KnownKit]]:
        rows = self.connection.execute(
            "SELECT id, digest, row, code_system, code, layout, language, large_print, first, asked"
            " FROM kits ORDER BY id"
        ).fetchall()
        return [(id, KnownKit(_kit_key(key), digest, row)) for id, digest, row, *key in rows]


def _kit_key(columns: Sequence[Any]) -> KitKey:
    system, code, layout, language, large, first, asked = columns
    return KitKey(system, code, layout, language, bool(large), bool(first), asked)
