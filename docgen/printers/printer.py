"""Printers as their server describes them: what they can do, and how they are."""

from collections.abc import Iterable
from string import ascii_letters, digits
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from docgen.diagnostics import did_you_mean, quoted, refuse, some_of
from docgen.printers.messages import (
    Attribute,
    Attributes,
    Group,
    Tag,
    all_numbers,
    all_texts,
    first_number,
    first_text,
)
from docgen.printers.server import Server, accepted_answer, is_printer_address

PrinterState = Literal["idle", "printing", "stopped", "unknown"]

_GET_PRINTER_ATTRIBUTES = 0x000B
_CUPS_GET_PRINTERS = 0x4002
_NOT_FOUND = 0x0406
_STATES: dict[int | None, PrinterState] = {3: "idle", 4: "printing", 5: "stopped"}
_ALL_IS_WELL = "none"
_LONGEST_NAME = 127
"""What RFC 8011, section 5.4.4, and CUPS let printers be called."""
_OF_PATHS = frozenset(f"{ascii_letters}{digits}-._~!$&'()*+,;=:@/%")
"""RFC 3986, section 3.3."""
_NAMES = ("printer-name", "printer-uri-supported")
_DESCRIPTION = (
    "printer-info",
    "printer-location",
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "sides-supported",
    "sides-default",
    "media-supported",
    "finishings-supported",
    "copies-supported",
    "page-ranges-supported",
    "document-format-supported",
)
_PDF = "application/pdf"


class PrinterName(Struct, frozen=True, order=True):
    """A printer or a class of printers, and where its server takes jobs for it."""

    name: str
    uri: str

    @property
    def path(self) -> str:
        """Where requests about it are sent.

        Raises DocgenError where its server says what is no URI.
        """
        try:
            path = urlsplit(self.uri).path or "/"
        except ValueError:
            path = ""
        if not path.startswith("/") or not _OF_PATHS.issuperset(path):
            raise refuse(
                "printer-unclear",
                f"where the printer {quoted(self.name)} takes jobs cannot be told from its address",
                hint="have whoever runs the print server add the printer anew",
            )
        return path


class Printer(Struct, frozen=True, kw_only=True):
    """A printer as its server describes it. Names are those of RFC 8011 and PWG 5101.1."""

    name: PrinterName
    info: str = ""
    location: str = ""
    state: PrinterState = "unknown"
    reasons: tuple[str, ...] = ()
    """Keywords such as ``media-empty``; none where all is well."""
    is_accepting: bool = True
    sides: tuple[str, ...] = ()
    sides_default: str = ""
    media: tuple[str, ...] = ()
    finishings: tuple[int, ...] = ()
    max_copies: int | None = None
    page_ranges: bool = True


def printers(server: Server) -> tuple[PrinterName, ...]:
    """The printers and classes of a server, by name.

    Raises DocgenError where the server cannot be asked, or refuses to say.
    """
    # A server without any printer says so by "not found".
    asked = server.ask(_CUPS_GET_PRINTERS, (_asking_for(_NAMES),))
    found = (
        () if asked.status == _NOT_FOUND else accepted_answer(asked, "to list its printers").groups
    )
    return tuple(
        sorted(_name_of_printer(attributes) for tag, attributes in found if tag == Group.PRINTER)
    )


def find_printer(server: Server, name: str) -> Printer:
    """A printer by its name, in which case does not count, or by an address of its own.

    Raises DocgenError with the nearest name.
    """
    if is_printer_address(name):
        return _asked_itself(server, name)
    known = printers(server)
    found = next((one for one in known if one.name.casefold() == name.casefold()), None)
    if found is None:
        raise refuse(
            "unknown-printer",
            f"the print server {server} knows no printer {quoted(name)}",
            hint=did_you_mean(name, _comparable(known)) or known_printers(known),
        )
    return _printer(found, _attributes_of(server, found))


def _asked_itself(server: Server, address: str) -> Printer:
    """A printer that is its own server (IPP Everywhere, PWG 5100.14). Raises DocgenError where it
    cannot print what it gets: there is no CUPS to make something else of it."""
    name = PrinterName(address, address)
    told = _attributes_of(server, name)
    formats = all_texts(told, "document-format-supported")
    if formats and _PDF not in formats:
        raise refuse(
            "printer-cannot",
            f"the printer {quoted(address)} prints no PDF files by itself",
            hint="print by way of a CUPS server, which makes of them what the printer takes",
        )
    return _printer(name, told)


def _attributes_of(server: Server, printer: PrinterName) -> Attributes:
    asked = server.ask(
        _GET_PRINTER_ATTRIBUTES,
        (Attribute("printer-uri", Tag.URI, (printer.uri,)), _asking_for(_DESCRIPTION)),
        path=printer.path,
    )
    described = accepted_answer(asked, "to describe the printer").about(Group.PRINTER)
    return described[0] if described else {}


def known_printers(known: Iterable[PrinterName]) -> str:
    """A sentence that names printers, or some where there are many."""
    names = some_of(_comparable(known))
    return f"it knows {names}" if names else "it has no printers yet: lpadmin adds them"


def _comparable(known: Iterable[PrinterName]) -> list[str]:
    return [one.name for one in known if len(one.name) <= _LONGEST_NAME]


def _asking_for(names: tuple[str, ...]) -> Attribute:
    return Attribute("requested-attributes", Tag.KEYWORD, names)


def _name_of_printer(attributes: Attributes) -> PrinterName:
    return PrinterName(
        first_text(attributes, "printer-name"), first_text(attributes, "printer-uri-supported")
    )


def _printer(name: PrinterName, told: Attributes) -> Printer:
    ranges = (one for one in told.get("copies-supported", ()) if isinstance(one, tuple))
    return Printer(
        name=name,
        info=first_text(told, "printer-info"),
        location=first_text(told, "printer-location"),
        state=_STATES.get(first_number(told, "printer-state"), "unknown"),
        reasons=reasons(told, "printer-state-reasons"),
        is_accepting=False not in told.get("printer-is-accepting-jobs", ()),
        sides=all_texts(told, "sides-supported"),
        sides_default=first_text(told, "sides-default"),
        media=all_texts(told, "media-supported"),
        finishings=all_numbers(told, "finishings-supported"),
        max_copies=max((last for _, last in ranges), default=None),
        page_ranges=False not in told.get("page-ranges-supported", ()),
    )


def reasons(told: Attributes, name: str) -> tuple[str, ...]:
    """The keywords of an attribute that says why, but for "none"."""
    return tuple(word for word in all_texts(told, name) if word != _ALL_IS_WELL)
