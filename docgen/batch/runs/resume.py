"""Going on with a run: what has changed since is refused, what is missing is made."""

from collections.abc import Callable, Iterable, Set
from hashlib import file_digest
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from docgen.batch.journal.journal import Journal, KitKey, KnownKit
from docgen.batch.plan.sources import RowSource
from docgen.batch.runs.run import Run, input_changed, kit_key
from docgen.diagnostics import refuse
from docgen.opening import open_file
from docgen.version import __version__

_MOST_ROWS_TOLD = 10


def check_version(journal: Journal) -> None:
    """Raises DocgenError where another docgen began the run: its bytes may differ."""
    began = journal.meta["docgen"]
    if began != __version__:
        raise refuse(
            "version-changed",
            f"docgen {began} began this run, and this is docgen {__version__}",
            hint=f"install docgen {began} to go on, or run the worklist in another folder",
        )


def check_worklist(journal: Journal, source: RowSource) -> None:
    """Raises DocgenError, with the rows that differ, where the worklist is not the same."""
    meta = journal.meta
    if source.map_digest != meta["map_sha256"]:
        raise refuse(
            "worklist-changed",
            "the map of the worklist's columns has changed since the run began",
            hint="put worklist-map.yaml back as it was, or run the worklist in another folder",
        )
    if source.digest == meta["worklist_sha256"]:
        return
    raise refuse(
        "worklist-changed",
        f"the worklist has changed since the run began: {_difference(journal, source)}",
        hint="put it back as it was, or run the new one in another folder with --output",
    )


def check_kits(journal: Journal, source: RowSource) -> None:
    """Raises DocgenError where a record or layout of the run gives another sheet now."""
    kits: dict[int, list[KnownKit]] = {}
    for kit in journal.known_kits():
        kits.setdefault(kit.row, []).append(kit)
    changed: list[KitKey] = []
    for row in source.rows:
        if not kits:
            break
        known = kits.pop(row.number, None)
        if known is None:
            continue
        asked = journal.token(row.entry.language if row.entry else None)
        sheets = source.plan(row).sheets
        now = {kit_key(sheet, asked): sheet.kit.kit.digest for sheet in sheets}
        changed += (kit.key for kit in known if now.get(kit.key) != kit.digest)
    if changed:
        raise input_changed(changed)


def check_documents(run: Run, checked: Callable[[], None], rows: Set[int] | None = None) -> None:
    """Compares each document with the journal; packets that lack one are to be made again.

    Only those of some ``rows``, where they are named. ``checked`` is called once a packet.
    """
    lost: list[int] = []
    for row, packet in groupby(run.journal.made_documents(), key=attrgetter("row")):
        if rows is not None and row not in rows:
            continue
        checked()
        if not all(is_intact(run.documents / one.file, one.sha256) for one in packet):
            lost.append(row)
    for row in lost:
        run.journal.lost(row)
    run.journal.commit()


def is_intact(path: Path, sha256: str | None) -> bool:
    """Whether a document is there, byte by byte, and no link or pipe in its place."""
    try:
        with open_file(path, through_link=False) as file:
            return file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _difference(journal: Journal, source: RowSource) -> str:
    changed: list[int] = []
    added: list[int] = []
    missing = journal.row_numbers()
    last = max(missing, default=0)
    for row in source.rows:
        before = journal.digest(row.number)
        missing.discard(row.number)
        if before is None and row.number <= last:
            added.append(row.number)
        elif before is not None and before != journal.row_digest(row.cells):
            changed.append(row.number)
    told = [
        _told("changed", changed),
        _told("added", added),
        _told("missing", sorted(missing)),
    ]
    found = "; ".join(filter(None, told))
    if found:
        return found
    return (
        f"in its headings, in a row that is left out, or after row {last}, up to which the run had "
        "read it"
    )


def _told(what: str, rows: Iterable[int]) -> str:
    numbers = list(rows)
    if not numbers:
        return ""
    shown = ", ".join(map(str, numbers[:_MOST_ROWS_TOLD]))
    more = len(numbers) - _MOST_ROWS_TOLD
    return f"{what}: row {shown}" + (f" and {more:,} more" if more > 0 else "")
