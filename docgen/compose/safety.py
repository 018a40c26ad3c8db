"""What a sheet owes a patient: when to call for help, numbers to call, whom the sheet is for.

A layout says all of it by blocks of its own, which this room holds against the composed document:
what counts is what reaches the paper, however the blocks came to say something else.
"""

from collections.abc import Collection, Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from docgen.compose.heading_order import below_title
from docgen.compose.regional import dated_in
from docgen.diagnostics import Findings, Span, quoted
from docgen.document import (
    Block,
    Callout,
    Document,
    Heading,
    Paragraph,
    PreparedFor,
    RuledLines,
    TextRun,
    VisitFact,
    spaced,
    words_of,
)
from docgen.layouts import LoadedLayout, Need, NoticeWords, Organization, Phone, all_blocks
from docgen.layouts.model import Layout, TitleBlock
from docgen.prose import Prose
from docgen.records import NO_URGENT_SECTION, ProcedureRecord, lacks_urgency, urgent_sections
from docgen.source import TextNode

FOR_HELP = ("nurse-line", "emergency")
"""The uses of numbers that patients call when something is wrong."""
_BOX = "note"
_WARNING = "warning"
_LINES = 3
_PHONES = (
    "print organization.phones, and lines where there are none, as the blocks phones and "
    "phone-blanks of patient-handout do, or say why not: 'without: {phones: …}'"
)


class Said:
    """What the blocks of a sheet say, read whole only where that is not known already."""

    def __init__(self, blocks: tuple[Block, ...], values: Collection[TextNode | Prose]) -> None:
        """``values`` are those that were printed in the blocks as they are."""
        self._blocks = blocks
        self._values = values

    def text(self, text: TextNode) -> bool:
        """Whether a text is said."""
        return text in self._values or spaced(text.value) in self._all_words

    def prose(self, prose: Prose) -> bool:
        """Whether every paragraph of a prose is said."""
        if prose in self._values:
            return True
        return all(paragraph in self._all_words for paragraph in words_of(prose.blocks).split("\n"))

    @cached_property
    def _all_words(self) -> str:
        return words_of(self._blocks)


class Owed(Struct, frozen=True, eq=False):
    """What a sheet owes its patient, and what of it was composed."""

    layout: Layout
    call_box: Callout | None
    """Stands where nothing is on file on when to call for help: lines to write it on."""
    met: set[Need]
    """What blocks that are marked for it have printed something of."""

    def in_place_of(self, need: Need, made: tuple[Block, ...]) -> tuple[Block, ...]:
        """What a block prints that is for a need: what it made, or what docgen prints there."""
        if not made and need == "urgent" and self.call_box and need not in self.met:
            made = (self.call_box,)
        if made:
            self.met.add(need)
        return made

    def at_the_end(self) -> tuple[Block, ...]:
        """What no block had a place for."""
        return (self.call_box,) if self.call_box and "urgent" not in self.met else ()

    def check(
        self,
        said: Said,
        record: ProcedureRecord,
        organization: Organization | None,
        findings: Findings,
    ) -> None:
        """Tells of a sheet for patients that lacks when to call for help, or a number to call."""
        if self.layout.audience != "patients":
            return
        if owes_urgency(self.layout):
            self._check_urgency(said, record, findings)
        if not _waives(self.layout, "phones"):
            self._check_phones(said, organization.phones if organization else (), findings)

    def _check_urgency(self, said: Said, record: ProcedureRecord, findings: Findings) -> None:
        if all(said.prose(section.text) for section in urgent_sections(record)):
            return
        findings.error(
            NO_URGENT_SECTION,
            "this layout does not print all that records tell patients on when to call for help",
            _place_of_need(self.layout, "urgent"),
            "print the text of each urgent section, as the block call-for-help of patient-handout "
            "does, or say why not: 'without: {urgent: …}'",
        )

    def _check_phones(self, said: Said, phones: tuple[Phone, ...], findings: Findings) -> None:
        place = _place_of_need(self.layout, "phones")
        if not phones and "phones" not in self.met:
            findings.error(
                "no-phones",
                "this layout has no lines to write numbers to call on, where none are on file",
                place,
                _PHONES,
            )
        for phone in _unsaid(phones, said):
            findings.error(
                "no-phones",
                f"this layout does not print the number of {quoted(phone.label.value)}, which "
                "patients may need to call",
                place,
                _PHONES,
            )


def owed(loaded: LoadedLayout, record: ProcedureRecord) -> Owed:
    """What a sheet of a record owes."""
    layout = loaded.layout
    box = _call_box(loaded) if owes_urgency(layout) and lacks_urgency(record) else None
    return Owed(layout, box, set())


def owes_urgency(layout: Layout) -> bool:
    """Whether sheets of a layout must say when to call for help."""
    return layout.audience == "patients" and not _waives(layout, "urgent")


def _call_box(loaded: LoadedLayout) -> Callout:
    words = loaded.notices
    language = None if words.language == loaded.language else words.language
    heading: Block = Paragraph((TextRun(words.call_for_help, strong=True, language=language),))
    if any(isinstance(block, TitleBlock) for block in all_blocks(loaded.layout)):
        heading = Heading(2, (TextRun(words.call_for_help, language=language),))
    ask = Paragraph((TextRun(words.ask_when_to_call, language=language),))
    style = _WARNING if _WARNING in loaded.styles.boxes else _BOX
    return Callout((heading, ask, RuledLines(_LINES)), style, loaded.layout.span)


def _unsaid(phones: tuple[Phone, ...], said: Said) -> Iterator[Phone]:
    """The numbers that a sheet owes and does not print: all for help; or else any at all."""
    missing = [phone for phone in phones if not said.text(phone.number)]
    for_help = [phone for phone in phones if phone.use in FOR_HELP]
    if for_help:
        yield from (phone for phone in missing if phone in for_help)
    elif len(missing) == len(phones):
        yield from phones[:1]


def with_patient(document: Document, loaded: LoadedLayout) -> Document:
    """A sheet for patients' packets: where the layout does not say whom it is for, docgen does."""
    if _waives(loaded.layout, "patient") or any(
        isinstance(block, PreparedFor) for block in document.blocks
    ):
        return document
    words = loaded.notices
    facts = (
        VisitFact(_label(words.prepared_for, words, loaded), "patient_name"),
        VisitFact(_label(words.birth_date, words, loaded), "birth_date"),
    )
    at = below_title(document.blocks)
    spoken = dated_in(loaded.language, loaded.fallback_language)
    block = PreparedFor(facts, _BOX, len(facts), spoken, origin=loaded.layout.span)
    return replace(document, blocks=(*document.blocks[:at], block, *document.blocks[at:]))


def _label(text: str, words: NoticeWords, loaded: LoadedLayout) -> Paragraph:
    language = None if words.language == loaded.language else words.language
    return Paragraph((TextRun(text, language=language),), "label", loaded.layout.span)


def _waives(layout: Layout, need: Need) -> bool:
    return layout.without is not None and getattr(layout.without, need) is not None


def _place_of_need(layout: Layout, need: Need) -> Span:
    """The block that is there for a need, or what decides whether it is printed; or the layout."""
    for block in all_blocks(layout):
        if block.safety == need:
            return block.when.span if block.when else block.span
    return layout.span
