"""How a file is to be printed, and whether a printer can print it so.

Names and values are those of RFC 8011 and, for media, PWG 5101.1.
"""

from collections.abc import Iterable

from msgspec import Struct

from docgen.diagnostics import Findings, quoted
from docgen.printers.messages import Attribute, Tag
from docgen.printers.printer import Printer

ONE_SIDED = "one-sided"
LONG_EDGE = "two-sided-long-edge"
SHORT_EDGE = "two-sided-short-edge"
SIDES = (ONE_SIDED, LONG_EDGE, SHORT_EDGE)
"""What IPP calls the sides of the paper that are printed (RFC 8011, 5.2.8)."""

_NOTHING = 3
_STAPLE = 4
_MEDIA = {
    "a3": "iso_a3_297x420mm",
    "a4": "iso_a4_210x297mm",
    "a5": "iso_a5_148x210mm",
    "legal": "na_legal_8.5x14in",
    "letter": "na_letter_8.5x11in",
}
_SIDES_IN_WORDS = {
    ONE_SIDED: "on one side of the paper",
    LONG_EDGE: "on both sides, turned at the long edge",
    SHORT_EDGE: "on both sides, turned at the short edge",
}


class JobOptions(Struct, frozen=True, kw_only=True):
    """How to print a file; None leaves it to the printer."""

    sides: str | None = None
    media: str | None = None
    copies: int = 1
    staple: bool = False
    ranges: tuple[tuple[int, int], ...] = ()
    """First and last page of each part to print, in order; all pages where there is none."""

    def in_words(self) -> str:
        """The options as people say them."""
        sides = _SIDES_IN_WORDS.get(self.sides or "", self.sides)
        ranges = ", ".join(f"{a}-{b}" if a != b else f"{a}" for a, b in self.ranges)
        words = (
            "1 copy" if self.copies == 1 else f"{self.copies} copies, one after the other",
            sides or "on the sides that the printer chooses",
            f"paper {self.media}" if self.media else "the printer's usual paper",
            "stapled" if self.staple else "not stapled",
            f"pages {ranges} only" if ranges else "all pages",
            "at full size",
        )
        return "; ".join(words)

    def attributes(self) -> tuple[Attribute, ...]:
        """The options as job template attributes (RFC 8011, section 5.2).

        What a printer or a user may have set as a default, such as several pages on one, is said
        as well, so that nothing else is printed than what was shown.
        """
        asked = [
            Attribute("copies", Tag.INTEGER, (self.copies,)),
            Attribute("finishings", Tag.ENUM, (_STAPLE if self.staple else _NOTHING,)),
            Attribute("number-up", Tag.INTEGER, (1,)),
            Attribute("print-scaling", Tag.KEYWORD, ("none",)),
            Attribute(
                "multiple-document-handling",
                Tag.KEYWORD,
                ("separate-documents-collated-copies",),
            ),
        ]
        if self.sides:
            asked.append(Attribute("sides", Tag.KEYWORD, (self.sides,)))
        if self.media:
            asked.append(Attribute("media", Tag.KEYWORD, (self.media,)))
        if self.ranges:
            asked.append(Attribute("page-ranges", Tag.RANGE, self.ranges))
        return tuple(asked)


def media_name(word: str) -> str:
    """The name that PWG 5101.1 gives a size of paper that people call A4 or Letter."""
    return _MEDIA.get(word.lower(), word)


def check_options(options: JobOptions, printer: Printer, findings: Findings) -> None:
    """Tells what a printer cannot do of what it is asked. What it does not say it may be able to.

    That a printer is stopped is a warning: its jobs wait until somebody has seen to it.
    """
    name = quoted(printer.name.name)
    if not printer.is_accepting:
        findings.error(
            "printer-not-accepting",
            f"the printer {name} takes no jobs at present",
            hint=f"cupsaccept {printer.name.name} lets it, or choose another printer",
        )
    if printer.state == "stopped":
        findings.warning(
            "printer-stopped",
            f"the printer {name} is stopped{_because(printer.reasons)}: jobs wait in its queue",
            hint=f"see to the printer; cupsenable {printer.name.name} starts its queue",
        )
    if options.sides and printer.sides and options.sides not in printer.sides:
        _cannot(findings, name, "print " + _SIDES_IN_WORDS[options.sides], "--sides", printer.sides)
    if options.media and printer.media and options.media not in printer.media:
        _cannot(findings, name, f"take paper {quoted(options.media)}", "--media", printer.media)
    if options.staple and _STAPLE not in printer.finishings:
        findings.error(
            "printer-cannot",
            f"the printer {name} does not say that it can staple",
            hint="leave out --staple, or choose another printer",
        )
    if printer.max_copies is not None and options.copies > printer.max_copies:
        findings.error(
            "printer-cannot",
            f"the printer {name} makes at most {printer.max_copies} copies of a job",
            hint="ask for fewer, more often",
        )
    if options.ranges and not printer.page_ranges:
        findings.error(
            "printer-cannot",
            f"the printer {name} cannot print single pages of a file",
            hint="leave out --range",
        )


def _cannot(findings: Findings, name: str, what: str, option: str, known: Iterable[str]) -> None:
    findings.error(
        "printer-cannot",
        f"the printer {name} cannot {what}",
        hint=f"it knows for {option}: {', '.join(sorted(known))}",
    )


def _because(reasons: tuple[str, ...]) -> str:
    return f" ({', '.join(reasons)})" if reasons else ""
