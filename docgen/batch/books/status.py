"""What a run is at, told from its journal while it works, after a crash, and when it is done."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from docgen.batch.books.summary import FINISHED, LEFT_OUT
from docgen.batch.journal.journal import Journal
from docgen.batch.journal.outcomes import totals
from docgen.batch.journal.print_files import kept_print_files
from docgen.batch.journal.tables import telling
from docgen.batch.runs.links import refuse_links
from docgen.batch.runs.lock import is_held

Condition = Literal["working", "interrupted", "done"]

INCOMPLETE_DAY = "incomplete"
"""The journal's fact that says that the worklist says itself that it may not be the whole day."""


class PrintFileStatus(Struct, frozen=True):
    """A print file of a run."""

    file: str
    packets: int
    pages: int
    bytes: int


class RunStatus(Struct, frozen=True, kw_only=True):
    """A run as it stands."""

    run: str
    folder: str
    condition: Condition
    organization: str | None
    docgen: str
    packets: int
    rejected: int
    under_way: int
    """Rows that were read, and are neither done nor rejected yet."""
    left_out: Mapping[str, int] | None
    """Rows that were left out, by reason; None while not all of them were read."""
    incomplete: bool
    """Whether the worklist says itself that it may not be the whole day."""
    documents: int
    pages: int
    print_files: tuple[PrintFileStatus, ...]
    resume: str | None
    """The command that goes on with it; None where it is done or at work."""


def status_of(run: Path) -> RunStatus:
    """The status of the run in a folder. Raises DocgenError where there is none."""
    refuse_links(run)
    with Journal.open(run, read_only=True) as journal, telling(journal.path):
        counts = journal.counts()
        made = totals(journal)
        under_way = counts.planned + counts.again
        condition = _condition(run, journal, under_way)
        return RunStatus(
            run=journal.meta["run"],
            folder=str(run),
            condition=condition,
            organization=journal.meta["organization"] or None,
            docgen=journal.meta["docgen"],
            packets=counts.made,
            rejected=counts.rejected,
            under_way=under_way,
            left_out=msgspec.json.decode(journal.meta.get(LEFT_OUT, "null")),
            incomplete=journal.meta.get(INCOMPLETE_DAY) == "yes",
            documents=made.documents,
            pages=made.pages,
            print_files=tuple(
                PrintFileStatus(one.file, one.packets, one.pages, one.bytes)
                for one in kept_print_files(journal)
            ),
            resume=resume_command(run) if condition == "interrupted" else None,
        )


def resume_command(run: Path) -> str:
    """What to type to go on with a run."""
    return f"docgen batch --resume {shlex.quote(str(run))}"


def _condition(run: Path, journal: Journal, under_way: int) -> Condition:
    if is_held(run):
        return "working"
    is_done = journal.meta.get(FINISHED) == "yes" and not under_way
    return "done" if is_done else "interrupted"
