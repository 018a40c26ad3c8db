"""What is going to be sent: which files, where and how, each checked before anything leaves."""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from docgen.diagnostics import DocgenError, Findings, quoted, refuse
from docgen.printers import (
    LONG_EDGE,
    ONE_SIDED,
    SIDES,
    JobOptions,
    Printer,
    Server,
    ServerUnreachableError,
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
from docgen.printing.candidates import PrintCandidate
from docgen.printing.sending import open_print_file

if TYPE_CHECKING:
    from docgen.printfiles import Measures


class PrintWish(Struct, frozen=True, kw_only=True):
    """How somebody wants files printed; None leaves it to the file and the printer."""

    printer: str | None = None
    """The printer, by the name that CUPS gives it."""
    server: str | None = None
    """The print server: ``HOST``, ``HOST:PORT``, ``ipps://HOST`` or the path of a socket. None is
    that of the environment (``CUPS_SERVER``), else CUPS on this machine."""
    sides: str | None = None
    """``one-sided``, ``two-sided-long-edge`` or ``two-sided-short-edge``."""
    media: str | None = None
    """``a4``, ``letter``, or a name of PWG 5101.1 such as ``na_letter_8.5x11in``."""
    copies: int = 1
    staple: bool = False
    """Whether each file is stapled; that goes for files of one packet only."""
    ranges: tuple[tuple[int, int], ...] = ()
    """First and last pages of one file, counted from 1, upwards; all pages where there are none."""
    again: bool = False
    """Whether to send, as before, those files of a run whose last job failed or was cancelled."""
    twice: bool = False
    """Whether to send also what was printed before, or may have been."""

    @property
    def describes(self) -> bool:
        """Whether it says how to print, besides where."""
        return bool(self.sides or self.media or self.staple or self.ranges or self.copies != 1)


class _Made(Struct, frozen=True):
    """What a print file of docgen holds, and for which sides of the paper it was made."""

    packets: int
    is_duplex: bool


class PrintPlan(Struct, frozen=True):
    """A file on its way to a printer."""

    file: PrintCandidate
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


def check_wish(wish: PrintWish) -> None:
    """Raises DocgenError where a wish contradicts itself, or asks for what no printer could do."""
    if wish.again and wish.describes:
        raise refuse(
            "again-as-before",
            "what is sent again is sent as it was before, and this says how to print it",
            hint="name nothing but the printer, or leave out 'again'",
        )
    if wish.copies < 1:
        raise refuse(
            "bad-copies", f"{wish.copies} copies cannot be printed", hint="ask for 1 or more"
        )
    if wish.sides is not None and wish.sides not in SIDES:
        raise refuse(
            "bad-sides",
            f"{quoted(wish.sides)} does not say on which sides of the paper to print",
            hint=f"it is one of {', '.join(SIDES)}",
        )
    before = 0
    for first, last in wish.ranges:
        if not before < first <= last:
            raise refuse(
                "bad-ranges",
                "ranges of pages do not go upwards from 1",
                hint="give first and last pages, such as (1, 4), (7, 7)",
            )
        before = last


def check_printer(wish: PrintWish) -> None:
    """Raises DocgenError where a wish cannot be met, or its printer is not known to its server.

    A server that does not answer may do so by the time there is something to print.
    """
    check_wish(wish)
    if wish.printer is None:
        return
    with suppress(ServerUnreachableError):
        find_printer(_server_of(wish.printer, wish.server), wish.printer)


def planned(
    files: Iterable[PrintCandidate], wish: PrintWish, findings: Findings
) -> tuple[PrintPlan, ...]:
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
    file: PrintCandidate, wish: PrintWish, destinations: Destinations, findings: Findings
) -> PrintPlan:
    from docgen.printfiles import check_ranges, measure

    before = file.last if wish.again else None
    address = wish.server or (before.to.server if before and not wish.printer else None)
    name = wish.printer or (before.to.printer.name if before else None)
    server = _server_of(name, address)
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


def _server_of(printer: str | None, address: str | None) -> Server:
    """A printer that is named by its own address is its own server."""
    return print_server(printer if printer and is_printer_address(printer) else address)


def _made_for(file: PrintCandidate, measures: "Measures") -> _Made | None:
    if file.kept:
        return _Made(file.kept.packets, file.kept.is_duplex)
    return _Made(measures.packets, measures.is_duplex) if measures.packets else None


def _options(
    made: _Made | None, wish: PrintWish, printer: Printer, measures: "Measures"
) -> JobOptions:
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
    file: PrintCandidate, made: _Made | None, options: JobOptions, findings: Findings
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
