"""Print files of a run: its packets in the order in which they are to be printed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec
from msgspec import Struct

from docgen.batch.journal.journal import DOCUMENTS, PRINT, Journal
from docgen.batch.journal.print_files import (
    KeptPrintFile,
    PacketLine,
    audiences,
    keep_print_files,
    packets,
)
from docgen.batch.plan.ordering import SortKey
from docgen.batch.plan.settings import PRINT_SETTINGS, PrintSettings
from docgen.batch.printing.run_slips import RunSlips
from docgen.batch.runs.run import Run
from docgen.diagnostics import Findings, counted, refuse
from docgen.printfiles import (
    NewFiles,
    PrintDocument,
    PrintFile,
    PrintOptions,
    PrintPacket,
    SlipMaker,
    gather_packets,
)


class PrintedPacket(Struct, frozen=True):
    """A packet with its documents for one audience."""

    line: PacketLine
    documents: tuple[PrintDocument, ...]


SlipsFor = Callable[[str, int, PacketLine, int], SlipMaker]
"""How the slip sheet is made of an audience's packet, by its place, with so many documents."""


def gather(
    journal: Journal, run: Path, settings: PrintSettings, slips: SlipsFor | None = None
) -> tuple[PrintFile, ...]:
    """Writes the print files of a run, and takes them down in its journal.

    Patients' and clinicians' sheets are in files of their own. Those that the run had before, and
    that are not among them, are taken away. Raises DocgenError where a document is missing or is
    not what the run made.
    """
    options = PrintOptions(
        run=journal.meta["run"],
        duplex=settings.duplex,
        sheets_per_file=settings.sheets_per_file,
        mark=settings.mark,
    )
    written: list[tuple[str, PrintFile]] = []
    with NewFiles(run / PRINT) as files:
        for audience in audiences(journal):
            printed = printed_packets(journal, run, audience, settings)
            for stem, group in _stems(audience, printed, settings):
                made = print_packets(group, audience, slips)
                gathered = gather_packets(made, files, stem, options)
                written += [(audience, file) for file in gathered]
    for name in keep_print_files(journal, (_kept_print_file(run, *one) for one in written)):
        (run / name).unlink(missing_ok=True)
    return tuple(file for _, file in written)


def printed_packets(
    journal: Journal,
    run: Path,
    audience: str,
    settings: PrintSettings,
    rows: Sequence[int] | None = None,
) -> Iterator[PrintedPacket]:
    """The packets of an audience, in the order of printing, as a stream."""
    keys: list[SortKey] = [*(("clinic",) if settings.by_clinic else ()), *settings.sort]
    for line, documents in packets(journal, audience, keys, rows):
        kept = tuple(PrintDocument(run / DOCUMENTS / one.file, one.sha256) for one in documents)
        yield PrintedPacket(line, kept)


def print_packets(
    packets: Iterable[PrintedPacket], audience: str, slips: SlipsFor | None = None
) -> Iterator[PrintPacket]:
    """Packets of one pile as print files take them; no bookmark holds anything of the patient."""
    for place, packet in enumerate(packets, 1):
        line = packet.line
        yield PrintPacket(
            number=line.row,
            title=f"Packet {line.row}",
            documents=packet.documents,
            copies=line.copies,
            slip=slips(audience, place, line, len(packet.documents)) if slips else None,
        )


def _stems(
    audience: str, packets: Iterable[PrintedPacket], settings: PrintSettings
) -> Iterator[tuple[str, Iterator[PrintedPacket]]]:
    """A file's name says nothing of a row: clinics are numbered, in the order of their names."""
    if not settings.by_clinic:
        yield audience, iter(packets)
        return
    groups = groupby(packets, key=lambda packet: packet.line.clinic)
    for number, (clinic, group) in enumerate(groups, 1):
        name = "no-clinic" if clinic is None else f"clinic-{number:02}"
        yield f"{audience}-{name}", group


def keep_settings(journal: Journal, asked: PrintSettings) -> None:
    """Takes down how print files are wanted, for a run that has to be gone on with."""
    journal.set_meta(PRINT_SETTINGS, asked.encoded())
    journal.commit()


def settings_of(journal: Journal) -> PrintSettings | None:
    """How print files are wanted; None where none are."""
    kept = journal.meta.get(PRINT_SETTINGS)
    return msgspec.json.decode(kept, type=PrintSettings) if kept else None


def gather_for_run(run: Run, findings: Findings) -> tuple[PrintFile, ...]:
    """Writes the print files of a run, if any were asked for; findings get warnings.

    Raises DocgenError where the run is not at its end: a packet would be missing from them.
    """
    settings = settings_of(run.journal)
    if settings is None:
        return ()
    counts = run.journal.counts()
    if counts.planned or counts.again:
        raise refuse(
            "run-not-done",
            f"not made yet: {counted(counts.planned + counts.again, 'packet')} of the run",
            hint="let it come to its end first, with docgen batch --resume",
        )
    if not run.journal.is_ranked:
        raise refuse(
            "run-not-done",
            "not all rows of the run were read",
            hint="let it come to its end first, with docgen batch --resume",
        )
    slips = RunSlips(run, findings).maker if settings.slip_sheets else None
    return gather(run.journal, run.folder, settings, slips)


def _kept_print_file(run: Path, audience: str, file: PrintFile) -> KeptPrintFile:
    return KeptPrintFile(
        file=str(file.path.relative_to(run)),
        audience=audience,
        packets=file.packets,
        pages=file.pages,
        sheets=file.sheets,
        bytes=file.size,
        sha256=file.sha256,
    )
