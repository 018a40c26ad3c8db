"""Printing some rows of a run once more: the same bytes as before, or a refusal."""

import re
from collections.abc import Sequence
from hashlib import sha256

from msgspec.structs import replace

from docgen.batch.journal.journal import PRINT
from docgen.batch.journal.print_files import audiences
from docgen.batch.plan.settings import PrintSettings
from docgen.batch.plan.tasks import TaskExecutor
from docgen.batch.printing.gathering import (
    print_packets,
    printed_packets,
    settings_of,
)
from docgen.batch.printing.run_slips import RunSlips
from docgen.batch.runs.run import Run, Watcher
from docgen.diagnostics import Findings, refuse
from docgen.printfiles import PrintFile, PrintOptions, write_print_files

_MOST_TOLD = 5
_LONGEST_NAME = 60
_DIGITS = 12


def check_rows(run: Run, rows: Sequence[int], findings: Findings) -> tuple[int, ...]:
    """The rows that have packets; ``findings`` tell which were rejected.

    A range may go beyond the worklist, or over rows that are none. Raises DocgenError where a
    packet is not made yet, or there is none.
    """
    states = {row: run.journal.state(row) for row in rows}
    rejected = [row for row, state in states.items() if state == "rejected"]
    for row in rejected[:_MOST_TOLD]:
        findings.error("row-rejected", f"row {row} has no packet: {run.journal.reason(row)}")
    if len(rejected) > _MOST_TOLD:
        findings.error("row-rejected", f"{len(rejected) - _MOST_TOLD} further rows have no packet")
    planned = [str(row) for row, state in states.items() if state == "planned"]
    if planned:
        findings.error(
            "row-not-done",
            f"not made yet: row {', '.join(planned[:_MOST_TOLD])}",
            hint="let the run come to its end first, with docgen batch --resume",
        )
        findings.raise_if_any()
    made = tuple(row for row, state in states.items() if state in ("made", "again"))
    if not made:
        findings.raise_if_any()
        raise refuse(
            "no-such-row",
            "the run has none of these rows",
            hint="the first column of manifest.csv tells which it has",
        )
    return made


def make_whole(run: Run, rows: Sequence[int], executor: TaskExecutor, watcher: Watcher) -> None:
    """Makes the documents of rows again that are lost or damaged.

    Raises DocgenError where they do not come out as they were.
    """
    lost = {row for row in rows if run.journal.state(row) == "again"}
    if lost:
        run.work(executor, watcher, only=lost)


def reprint(
    run: Run, rows: Sequence[int], stem: str, findings: Findings, duplex: bool | None = None
) -> list[PrintFile]:
    """Gathers the packets of some rows into print files, one for each audience, as those of the
    run are; ``duplex`` says otherwise whether they are for both sides of the paper. Findings get
    warnings.

    The journal does not list them: they are no part of what the run as a whole prints.

    Raises DocgenError as ``write_print_files`` does, and where the project cannot be opened for the
    look of the slip sheets.
    """
    settings = settings_of(run.journal) or PrintSettings()
    if duplex is not None:
        settings = replace(settings, duplex=duplex)
    if settings.sort and not run.journal.is_ranked:
        findings.warning(
            "order-not-known",
            "these packets are in the worklist's order: not all rows of the run were read",
            hint="let the run come to its end first, with docgen batch --resume",
        )
    slips = RunSlips(run, findings, frozenset(rows)).maker if settings.slip_sheets else None
    options = PrintOptions(run=run.journal.meta["run"], duplex=settings.duplex, mark=settings.mark)
    written: list[PrintFile] = []
    for audience in audiences(run.journal):
        packets = printed_packets(run.journal, run.folder, audience, settings, rows)
        made = print_packets(packets, audience, slips)
        written += write_print_files(made, run.folder / PRINT, f"{stem}-{audience}", options)
    return written


def reprint_stem(text: str) -> str:
    """The name of a reprint: ``reprint-120-180_200``; of many rows, their beginning and a digest,
    so that no two reprints have one name."""
    name = re.sub(r"\s", "", text).replace(",", "_")
    if len(name) > _LONGEST_NAME:
        digest = sha256(name.encode()).hexdigest()[:_DIGITS]
        name = f"{name[: _LONGEST_NAME - _DIGITS - 1]}-{digest}"
    return f"reprint-{name}"
