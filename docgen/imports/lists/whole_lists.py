"""What speaks against a code list's being whole: it breaks off, ends early, or has holes.

A list that was cut leaves no other trace: each of its lines is right, and a table that is made of
it lacks codes that people look up.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from docgen.code_systems import HCPCS, ICD_10_PCS, CodeSystem
from docgen.diagnostics import Diagnostic, Span, quoted
from docgen.imports.lists.code_lists import HEADER, ListEntry

_RULE: Final = "partial-list"
_HINT: Final = "fetch the list anew; if it is to be imported as it is, use --shrink"
_BEFORE_CODE: Final = ' "'
"""What may stand before a code at the beginning of a line."""
_NO_TEXT: Final = " \t\x1a"
"""Blanks, and the mark that programs of old put at the end of a text."""
_LAST_SECTION: Final = {HCPCS: "V", ICD_10_PCS: "H"}
"""The first letter of the codes that any list ends with or goes on beyond, whatever its year."""


class ListLines(NamedTuple):
    """The lines of a list, and what follows the last end of a line, if anything does."""

    whole: list[str]
    torn: str | None


def lines_of(text: str) -> ListLines:
    """The lines of a text. One without an end was perhaps cut off: CMS ends all lines."""
    *lines, last = text.split("\n")
    return ListLines(lines, last if last.strip(_NO_TEXT) else None)


def without_torn_title(entries: Sequence[ListEntry], torn: str | None) -> Sequence[ListEntry]:
    """The records of an HCPCS list without those of a code whose title may go on in a torn line.

    A title that lacks its end would be a wrong one.
    """
    if torn is None or not entries:
        return entries
    code = entries[-1].code
    if not code.startswith(torn.lstrip(_BEFORE_CODE)[: len(code)]):
        return entries
    return [entry for entry in entries if entry.code != code]


def doubts(
    lines: ListLines, shown: str, numbered: Sequence[ListEntry] = ()
) -> Iterator[Diagnostic]:
    """What speaks against a list's being whole; all of it must be allowed before an import.

    ``numbered`` are records that the list counts from 1.
    """
    if lines.torn is not None:
        message = "the last line has no end, as if the rest were cut off; its code is left out"
        place = Span(shown, len(lines.whole) + 1, 1)
        yield _doubt(message, place, f"{_HINT}; if the line is whole, end it")
    if numbered:
        yield from _holes(numbered)


def ends_early(codes: Iterable[str], system: CodeSystem, shown: str) -> Diagnostic | None:
    """A warning where the codes of a list end before the last section of their system."""
    last, section = max(codes, default=""), _LAST_SECTION.get(system)
    if not last or section is None or last[0] >= section:
        return None
    message = f"this list ends with {last}, and all of {system.name} goes on to {section}"
    hint = "fetch it anew, unless it is to be a part only"
    return Diagnostic("perhaps-partial", message, Span(shown, 1, 1), hint, "warning")


def _holes(entries: Sequence[ListEntry]) -> Iterator[Diagnostic]:
    """Numbers that are missing from 1 to the last one, and codes that should follow a heading."""
    by_number = {entry.number: entry for entry in entries}
    count = max(by_number)
    missing = [number for number in range(1, count + 1) if number not in by_number]
    if missing:
        after = min(number for number in by_number if number > missing[0])
        message = (
            f"{len(missing):,} of the records 1 to {count:,} are missing, the first of them "
            f"number {missing[0]:,}"
        )
        yield _doubt(message, by_number[after].place)
    last = by_number[count]
    if last.left_out == HEADER:
        message = f"the list ends with the heading {quoted(last.code)}, and no code follows it"
        yield _doubt(message, last.place)


def _doubt(message: str, place: Span, hint: str = _HINT) -> Diagnostic:
    return Diagnostic(_RULE, message, place, hint)
