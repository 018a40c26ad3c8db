"""The resources of a FHIR file on disk, so that memory does not grow with their number.

The database has no name: SQLite makes its file private, unlinks it as soon as it is open, and
moves pages there only when they no longer fit its cache. Nothing of it is left behind, however
the process ends.
"""

import re
import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from docgen.diagnostics import Span, refuse
from docgen.worklist.fhir.files import Found

UNREADABLE = "?"
"""The kind of what stands in the place of a resource and is none."""
_VERSION = re.compile(r"/_history/[^/]*$")
_TABLES = """
CREATE TABLE resource (
    number INTEGER PRIMARY KEY, kind TEXT, line INTEGER, col INTEGER, identity TEXT,
    url TEXT, digest BLOB, body BLOB);
CREATE TABLE name (name TEXT, has_base INTEGER, number INTEGER);
CREATE TABLE link (field TEXT, target TEXT, source INTEGER);
"""
_INDEXES = """
CREATE INDEX by_name ON name (name);
CREATE INDEX by_target ON link (target);
CREATE INDEX by_kind ON resource (kind, number);
"""
_PRAGMAS = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4000;"
_BATCH = 256
"""Resources that are taken in at once; so many are held in memory."""

_KEPT = {
    "Patient": "active name birthDate deceasedBoolean deceasedDateTime identifier communication "
    "link",
    "Appointment": "status cancelationReason serviceType reasonCode reasonReference start basedOn "
    "participant",
    "ServiceRequest": "status doNotPerform code subject occurrenceDateTime occurrencePeriod "
    "performer locationReference",
    "Procedure": "status code subject encounter basedOn performedDateTime performedPeriod "
    "performer location",
    "Encounter": "status appointment",
    "Location": "name",
    "Practitioner": "name",
    "PractitionerRole": "practitioner",
    "HealthcareService": "name",
}
_LINKS = {
    "Procedure": ("basedOn", "encounter"),
    "Encounter": ("appointment",),
}
_ALWAYS = ("id", "contained", "modifierExtension", "implicitRules")
_FIELDS = {kind: (*_ALWAYS, *fields.split()) for kind, fields in _KEPT.items()}


class Stored(NamedTuple):
    """A resource that was read, as JSON, and where it stands."""

    number: int
    kind: str
    line: int
    column: int
    identity: str | None
    url: str | None
    digest: bytes
    body: bytes
    holder: "Stored | None" = None
    """The resource that contains it, if one does."""

    def span(self, path: str) -> Span:
        return Span(path, self.line, self.column)

    def __repr__(self) -> str:
        return f"Stored({self.kind}, line {self.line}, …)"


class _Contained(Struct, rename="camel"):
    resource_type: Any = None
    id: Any = None


class _Container(Struct):
    contained: list[msgspec.Raw] = []


class ResourceStore:
    """Resources in the order of their file, found by what references call them."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", check_same_thread=False)
        weakref.finalize(self, self._base.close)
        self._base.executescript(_PRAGMAS + _TABLES)

    def fill(self, found: Iterable[Found]) -> int:
        """Takes in what a file holds, and counts it; what no worklist needs is passed over.

        Raises DocgenError where there is no room for it.
        """
        try:
            return self._fill(found)
        except sqlite3.OperationalError as error:
            raise refuse(
                "no-room",
                "there is no room for what the worklist holds in the folder of temporary files",
                hint="make room there, or name another folder in SQLITE_TMPDIR",
            ) from error

    def _fill(self, found: Iterable[Found]) -> int:
        numbered = enumerate(found, 1)
        number = 0
        while batch := list(islice(numbered, _BATCH)):
            self._add_resources(batch)
            number = batch[-1][0]
        self._base.executescript(_INDEXES)
        self._base.commit()
        return number

    def _add_resources(self, batch: list[tuple[int, Found]]) -> None:
        kept = [pair for number, found in batch if (pair := _stored_with_links(number, found))]
        self._base.executemany(
            "INSERT INTO resource VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [stored[:-1] for stored, _ in kept],
        )
        self._base.executemany(
            "INSERT INTO name VALUES (?, ?, ?)",
            [(name, based, stored.number) for stored, _ in kept for name, based in _names(stored)],
        )
        self._base.executemany(
            "INSERT INTO link VALUES (?, ?, ?)",
            [(*link, stored.number) for stored, links in kept for link in links],
        )

    def count(self, *kinds: str) -> int:
        """How many resources of some kinds there are."""
        found = self._base.execute(
            "SELECT count(*) FROM resource WHERE kind IN (SELECT value FROM json_each(?))",
            (_json_list(kinds),),
        )
        return int(found.fetchone()[0])

    def ordered(self, *kinds: str) -> Iterator[Stored]:
        """The resources of some kinds, in the order of the file."""
        found = self._base.execute(
            "SELECT * FROM resource WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY number",
            (_json_list(kinds),),
        )
        return (Stored(*row) for row in found)

    def resolve(self, reference: str, holder: Stored) -> tuple[Stored, ...]:
        """What a reference of a resource leads to (R4, references in bundles).

        Nothing where it leads out of the file, several where it fits different resources.
        """
        if reference.startswith("#"):
            return _contained(reference[1:], holder.holder or holder)
        name = _VERSION.sub("", reference)
        base = _base_of(holder.holder or holder)
        if _is_absolute(name):
            found = self._distinct(name)
            return found or self._distinct("/".join(name.split("/")[-2:]), without_base=True)
        if base is None:
            return self._distinct(name)
        return self._distinct(base + name) or self._distinct(name, without_base=True)

    def same(self, stored: Stored) -> tuple[Stored, ...]:
        """The resources that have a name in common with one, itself included."""
        own = _base_of(stored)
        different = {
            one.number: one
            for name, _ in _names(stored)
            for one in self._called(name)
            if one.kind == stored.kind and _base_of(one) == own
        }
        return tuple(different.values())

    def referring(self, field: str, target: Stored) -> tuple[Stored, ...]:
        """The resources whose field refers to one, in the order of the file."""
        links = self._base.execute(
            "SELECT DISTINCT source, target FROM link "
            "WHERE field = ? AND target IN (SELECT value FROM json_each(?)) ORDER BY source",
            (field, _json_list(name for name, _ in _names(target))),
        ).fetchall()
        sources = [(self._stored(source), name) for source, name in links]
        found = {
            source.number: source
            for source, name in sources
            if any(one.number == target.number for one in self.resolve(name, source))
        }
        return tuple(found.values())

    def _distinct(self, name: str, *, without_base: bool = False) -> tuple[Stored, ...]:
        """The resources of a name; several only where they differ."""
        different: dict[bytes, Stored] = {}
        for one in self._called(name, without_base=without_base):
            different.setdefault(one.digest, one)
        return tuple(different.values())

    def _called(self, name: str, *, without_base: bool = False) -> Iterator[Stored]:
        rows = self._base.execute(
            "SELECT resource.* FROM name JOIN resource USING (number) "
            "WHERE name = ? AND has_base <= ? ORDER BY number",
            (name, 0 if without_base else 1),
        )
        return (Stored(*row) for row in rows.fetchall())

    def _stored(self, number: int) -> Stored:
        found = self._base.execute("SELECT * FROM resource WHERE number = ?", (number,))
        return Stored(*found.fetchone())


def _stored_with_links(number: int, found: Found) -> tuple[Stored, list[tuple[str, str]]] | None:
    """What is kept of what stands in a place, with its links; None where it is of no use."""
    resource = found.resource or {}
    kind = resource.get("resourceType")
    if isinstance(kind, str) and kind and kind not in _FIELDS:
        return None
    place = (found.span.line, found.span.column)
    body = _encoded(resource, kind)
    if body is None:
        return Stored(number, UNREADABLE, *place, None, None, b"", b""), []
    identity = resource.get("id")
    stored = Stored(
        number,
        str(kind),
        *place,
        identity if isinstance(identity, str) and identity else None,
        _VERSION.sub("", found.url) if found.url and _is_text(found.url) else None,
        blake2b(body, digest_size=16).digest(),
        body,
    )
    links = [
        (field, _VERSION.sub("", target))
        for field in _LINKS.get(stored.kind, ())
        for target in _targets(resource.get(field))
    ]
    return stored, links


def _encoded(resource: dict[str, Any], kind: Any) -> bytes | None:
    """What is kept of a resource, or None where it is none or holds what JSON cannot."""
    fields = _FIELDS.get(kind) if isinstance(kind, str) else None
    if fields is None:
        return None
    try:
        return msgspec.json.encode({key: resource[key] for key in fields if key in resource})
    except (ValueError, OverflowError, RecursionError):
        return None


def _names(stored: Stored) -> list[tuple[str, bool]]:
    """What references may call a resource, and whether a server's address stands before it."""
    relative = f"{stored.kind}/{stored.identity}" if stored.identity else None
    names = [(stored.url, True)] if stored.url else []
    return [*names, (relative, _base_of(stored) is not None)] if relative else names


def _base_of(stored: Stored) -> str | None:
    """The address of the server that a resource's ``fullUrl`` names, with its last slash."""
    relative = f"{stored.kind}/{stored.identity}"
    if stored.url and stored.url.endswith("/" + relative):
        return stored.url.removesuffix(relative)
    return None


def _json_list(texts: Iterable[str]) -> str:
    """Texts as a list in JSON, which a query takes as one value."""
    return msgspec.json.encode(tuple(texts)).decode()


def _contained(identity: str, holder: Stored) -> tuple[Stored, ...]:
    """The contained resource of an id; a holder without an id refers to itself by nothing."""
    if not identity:
        return (holder,)
    try:
        inner = msgspec.json.decode(holder.body, type=_Container).contained
    except msgspec.ValidationError:
        return ()
    found = []
    for raw in inner:
        try:
            head = msgspec.json.decode(raw, type=_Contained)
        except msgspec.ValidationError:
            continue
        if head.id == identity and isinstance(head.resource_type, str):
            body = bytes(raw)
            digest = blake2b(body, digest_size=16).digest()
            found.append(
                holder._replace(
                    kind=head.resource_type, identity=None, digest=digest, body=body, holder=holder
                )
            )
    return tuple(found)


def _targets(value: Any) -> list[str]:
    """The references of a field that holds one or several."""
    values = value if isinstance(value, list) else [value]
    found = [one.get("reference") for one in values if isinstance(one, dict)]
    return [one for one in found if isinstance(one, str) and _is_text(one)]


def _is_absolute(name: str) -> bool:
    return "://" in name or name.startswith("urn:")


def _is_text(text: str) -> bool:
    """Half a surrogate pair is no text, and no database takes it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
