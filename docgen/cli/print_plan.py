"""What ``docgen print`` is going to send: which files, where, and how."""

from collections.abc import Iterable
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from msgspec import Struct

from docgen.batch.journal.jobs import (
    DONE,
    NOT_PRINTED,
    UNCERTAIN,
    JobBook,
    KeptJob,
)
from docgen.batch.journal.journal import JOURNAL, PRINT
from docgen.batch.journal.print_files import KeptPrintFile
from docgen.batch.printing.sending import open_print_file, sha256_of
from docgen.diagnostics import DocgenError, Findings, refuse, some_of
from docgen.printers import (
    LONG_EDGE,
    ONE_SIDED,
    JobOptions,
    Printer,
    Server,
    check_options,
    check_paper,
    find_printer,
    fitting_media,
    is_printer_address,
    known_printers,
    media_name,
    print_server,
    printers,
)
from docgen.source import is_file, is_folder, real_path

if TYPE_CHECKING:
    from docgen.printfiles.measuring import Measures


class Wish(Struct, frozen=True, kw_only=True):
    """What the command line asks for; None leaves it to the file and the printer."""

    server: str | None
    printer: str | None
    sides: str | None
    media: str | None
    copies: int
    staple: bool
    ranges: tuple[tuple[int, int], ...]
    again: bool
    twice: bool


class Candidate(Struct, frozen=True):
    """A file that could be printed, with what is known of it."""

    path: Path
    pages: int
    kept: KeptPrintFile | None = None
    """None for a file that belongs to no run."""
    last: KeptJob | None = None


class _Made(Struct, frozen=True):
    """What a print file of docgen holds, and for which sides of the paper it was made."""

    packets: int
    is_duplex: bool


class PrintPlan(Struct, frozen=True):
    """A file on its way to a printer."""

    file: Candidate
    server: Server
    printer: Printer
    options: JobOptions

    @property
    def sheets(self) -> int:
        """How many sheets of paper come out, in all copies."""
        sides = 1 if self.options.sides in (None, ONE_SIDED) else 2
        spans = self.options.ranges or ((1, self.file.pages),)
        pages = sum(max(0, min(b, self.file.pages) - a + 1) for a, b in spans)
        return -(-pages // sides) * self.options.copies


class Destinations:
    """Servers and printers, each asked once."""

    def __init__(self) -> None:
        self._printers: dict[tuple[Server, str], Printer] = {}

    def printer(self, server: Server, name: str) -> Printer:
        """A printer by its name; raises DocgenError where there is none."""
        key = (server, name)
        if key not in self._printers:
            self._printers[key] = find_printer(server, name)
        return self._printers[key]


def run_folder(target: Path) -> Path | None:
    """The run that a file or folder belongs to, or None."""
    if is_folder(target):
        return target
    folder = real_path(target).parent
    is_print_file = folder.name == PRINT and is_file(folder.parent / JOURNAL)
    return folder.parent if is_print_file else None


def single_file(path: Path) -> Candidate:
    """A file that belongs to no run."""
    from docgen.printfiles.measuring import measure

    return Candidate(path, measure(path).pages)


def files_of_run(
    book: JobBook, run: Path, target: Path, audience: str | None, *, reprints: bool
) -> tuple[Candidate, ...]:
    """The print files of a run, or the one that was named; on request also reprints of which
    there are jobs."""
    last = book.last_jobs()
    kept = {one.name: one for one in book.print_files()}
    named = None if is_folder(target) else target.name
    others = [named] if named else list(last) if reprints else []
    kept.update(
        (name, _reprint(run / PRINT / name))
        for name in others
        if name not in kept and is_file(run / PRINT / name)
    )
    if not kept:
        raise refuse(
            "no-print-files",
            f"the run {str(run)!r} has no print files yet",
            hint=f"docgen batch assemble {quote(str(run))} makes them of its documents",
        )
    chosen = [
        one
        for one in kept.values()
        if named in (None, one.name) and audience in (None, one.audience)
    ]
    if not chosen:
        raise refuse(
            "no-print-files",
            f"the run {str(run)!r} has no such print file",
            hint=f"it has {some_of([*kept])}",
        )
    return tuple(
        Candidate(run / PRINT / one.name, one.pages, one, last.get(one.name)) for one in chosen
    )


def _reprint(path: Path) -> KeptPrintFile:
    from docgen.printfiles.measuring import measure

    found = measure(path)
    sheets = found.pages // 2 if found.is_duplex else found.pages
    audience = path.stem.rpartition("-")[2]
    return KeptPrintFile(
        file=f"{PRINT}/{path.name}",
        audience=audience,
        packets=found.packets,
        pages=found.pages,
        sheets=sheets,
        bytes=path.stat().st_size,
        sha256=sha256_of(path),
    )


def to_send(files: Iterable[Candidate], wish: Wish, run: Path | None) -> tuple[Candidate, ...]:
    """Which files are to be sent. Raises DocgenError where one would be printed twice."""
    if wish.again:
        return _failed(files, wish, run)
    found, command = tuple(files), quote(str(run))
    sent = [one for one in found if one.last and one.last.state not in NOT_PRINTED]
    if sent and not wish.twice:
        findings = Findings()
        for one in sent:
            findings.error(
                "sent-before",
                f"{one.path.name} was sent before: {_state(one)}",
                hint=f"docgen print {command} --again sends what failed; --twice sends all anew",
            )
        findings.raise_if_any()
    return found


def planned(files: Iterable[Candidate], wish: Wish, findings: Findings) -> tuple[PrintPlan, ...]:
    """Where files go and how; tells what stands against it."""
    destinations = Destinations()
    made: list[PrintPlan] = []
    for file in files:
        try:
            open_print_file(file.path, file.kept.sha256 if file.kept else None).close()
            made.append(_planned(file, wish, destinations, findings))
        except DocgenError as error:
            findings.extend(error.diagnostics)
    for server in dict.fromkeys(one.server for one in made):
        if server.is_exposed:
            findings.warning(
                "sent-unencrypted",
                f"what is printed, patients' names included, goes to {server} as plain text",
                hint=f"ipps://{server} encrypts it, where that server can",
            )
    return tuple(made)


def _planned(
    file: Candidate, wish: Wish, destinations: Destinations, findings: Findings
) -> PrintPlan:
    from docgen.printfiles.measuring import measure
    from docgen.printfiles.ranges import check_ranges

    before = file.last if wish.again else None
    address = wish.server or (before.to.server if before and not wish.printer else None)
    name = wish.printer or (before.to.printer.name if before else None)
    server = print_server(name if name and is_printer_address(name) else address)
    if name is None:
        raise refuse(
            "no-printer",
            "it is not said on which printer to print",
            hint=f"--printer NAME; on {server} {known_printers(printers(server))}",
        )
    printer = destinations.printer(server, name)
    measures = measure(file.path)
    made = _made_for(file, measures)
    options = before.options if before else _options(made, wish, printer, measures)
    check_options(options, printer, findings)
    size = (measures.width, measures.height)
    check_paper(size, options.media, printer, findings)
    _check_file(file, made, options, findings)
    if options.ranges:
        check_ranges(
            file.path,
            file.pages,
            options.ranges,
            findings,
            packets=made.packets if made else 0,
            duplex=options.sides != ONE_SIDED,
        )
    return PrintPlan(file, server, printer, options)


def _made_for(file: Candidate, measures: "Measures") -> _Made | None:
    if file.kept:
        return _Made(file.kept.packets, file.kept.is_duplex)
    return _Made(measures.packets, measures.is_duplex) if measures.packets else None


def _options(made: _Made | None, wish: Wish, printer: Printer, measures: "Measures") -> JobOptions:
    size = (measures.width, measures.height)
    media = media_name(wish.media) if wish.media else fitting_media(size, printer.media)
    return JobOptions(
        sides=wish.sides or _usual_sides(made, printer),
        media=media,
        copies=wish.copies,
        staple=wish.staple,
        ranges=wish.ranges,
    )


def _usual_sides(made: _Made | None, printer: Printer) -> str | None:
    """As the print file was made for; else as the printer does by itself."""
    if made is None:
        return printer.sides_default or None
    wanted = LONG_EDGE if made.is_duplex else ONE_SIDED
    return wanted if wanted in printer.sides else printer.sides_default or None


def _check_file(
    file: Candidate, made: _Made | None, options: JobOptions, findings: Findings
) -> None:
    name = file.path.name
    if made is None:
        return
    if options.staple and made.packets > 1:
        findings.error(
            "staples-packets-together",
            f"{name} holds {made.packets} packets, and a printer staples a file as one",
            hint="docgen batch assemble RUN --split 1 makes a file of each packet",
        )
    is_one_sided = options.sides == ONE_SIDED
    if made.packets > 1 and not made.is_duplex and not is_one_sided:
        findings.error(
            "packets-share-sheets",
            f"{name} was made for one side of the paper: printed on both sides, one patient's "
            "packet would begin on the back of another's",
            hint="choose --sides one-sided, or make it anew for both: docgen batch assemble RUN",
        )
    if made.is_duplex and is_one_sided:
        findings.warning(
            "blank-backs",
            f"{name} was made for both sides of the paper: the blank backs in it come out as "
            "blank sheets",
            hint="choose --sides two-sided-long-edge, or docgen batch assemble RUN --single-sided",
        )


def _failed(files: Iterable[Candidate], wish: Wish, run: Path | None) -> tuple[Candidate, ...]:
    chosen: list[Candidate] = []
    findings = Findings()
    command = quote(str(run))
    for one in files:
        if one.last is None or one.last.state == DONE:
            continue
        if one.kept and one.kept.sha256 != one.last.sha256:
            findings.error(
                "print-file-made-anew",
                f"{one.path.name} was made anew since it was sent ({_state(one)})",
                hint=f"to print it as it is now: docgen print {quote(str(one.path))} --twice",
            )
            continue
        if one.last.state in NOT_PRINTED or (one.last.state in UNCERTAIN and wish.twice):
            chosen.append(one)
        elif one.last.state in UNCERTAIN:
            findings.error(
                "perhaps-printed",
                f"whether {one.path.name} was printed is not known ({_state(one)}): its server "
                "lost sight of it",
                hint="look at the printer; --again --twice sends it once more",
            )
        else:
            findings.error(
                "job-under-way",
                f"{one.path.name} is still under way ({_state(one)})",
                hint=f"docgen print {command} --status tells how it goes; cancel it to resend it",
            )
    findings.raise_if_any()
    return tuple(chosen)


def _state(file: Candidate) -> str:
    job = file.last
    if job is None:
        return "not sent"
    number = f"job {job.job.number}" if job.job else "a job"
    return f"{number} on {job.to.printer.name}, {job.state}"
