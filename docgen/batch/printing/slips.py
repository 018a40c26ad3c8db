"""Slip sheets: the sheets between packets, for those who sort them and hand them over."""

from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import refuse
from docgen.document import (
    Block,
    Document,
    Fact,
    Furniture,
    Heading,
    KeyFacts,
    PageSetup,
    Paragraph,
    Rule,
    StyleSheet,
    TextRun,
    TextStyle,
)
from docgen.fonts import unprintable
from docgen.layouts import SlipWords
from docgen.pdf import write_pdf
from docgen.sheets import SheetMaker
from docgen.typeset import typeset

_LABEL, _VALUE, _NOTE, _FOOT = "slip-label", "slip-value", "slip-note", "slip-foot"
_NUMBER = "heading-1"
_GRID = 7.0
"""In points, whatever the size of the body text."""
_NUMBER_SHARE = 0.15
"""The size of the packet's number at most, as a share of the page's height."""
_ACROSS = 2
_LEADING = 1.2
"""As a multiple of the size."""


class SlipFacts(Struct, frozen=True, kw_only=True):
    """What the slip of one packet says; its initials are all that is of the patient."""

    packet: int
    """The number of its row."""
    place: int
    """Which packet of its print file it is, from 1."""
    clinic: str | None
    provider: str | None
    documents: int
    sheets: int
    """Of one copy."""
    copies: int
    initials: str | None = None

    def __repr__(self) -> str:
        return f"SlipFacts(packet={self.packet}, …)"


class SlipLook(Struct, frozen=True):
    """What all slips of a run have in common."""

    page: PageSetup
    styles: StyleSheet
    words: SlipWords
    organization: str
    run: str


def slip_look(project: SheetMaker, layout: str, run: str) -> SlipLook:
    """The look of a layout in the organization's language, for the slips of its sheets."""
    loaded = project.layout(layout).loaded
    own = project.organization.organization if project.organization else None
    letterhead = own.letterhead.height.points if own and own.letterhead else 0.0
    return SlipLook(
        page=replace(loaded.page, letterhead=letterhead),
        styles=_with_slip_styles(loaded.styles, loaded.page.height),
        words=project.layouts.slip_words(loaded.language),
        organization=own.name.value if own else "",
        run=run,
    )


def slip_sheet(facts: SlipFacts, look: SlipLook) -> bytes:
    """The slip of a packet as a PDF of one page.

    Raises DocgenError where no font prints what it says.
    """
    _check_characters(facts, look)
    words = look.words
    document = Document(
        title=f"{words.packet} {facts.packet}",
        language=words.language,
        subject="",
        author=look.organization,
        page=look.page,
        styles=look.styles,
        header=Furniture(),
        footer=Furniture((_paragraph_in(words.run.format(run=look.run), _FOOT),)),
        blocks=_blocks(facts, words),
    )
    return write_pdf(typeset(document)).data


def initials(name: str) -> str:
    """The first letters of a person's names, four at most: ``Ana María Ruiz`` gives ``AMR``."""
    letters = (next(filter(str.isalpha, word), "") for word in name.split())
    return "".join(letter for letter in letters if letter)[:4].upper()


def _blocks(facts: SlipFacts, words: SlipWords) -> tuple[Block, ...]:
    several = facts.copies > 1
    labelled = {
        words.clinic: facts.clinic,
        words.provider: facts.provider,
        words.documents: str(facts.documents),
        words.sheets_of_copy if several else words.sheets: str(facts.sheets),
        words.copies: str(facts.copies) if several else None,
        words.place: str(facts.place),
        words.initials: facts.initials,
    }
    told = [
        Fact(_paragraph_in(label, _LABEL), (_paragraph_in(value, _VALUE),))
        for label, value in labelled.items()
        if value
    ]
    rows = [
        KeyFacts(tuple(told[at : at + _ACROSS]), _ACROSS) for at in range(0, len(told), _ACROSS)
    ]
    return (
        _paragraph_in(words.packet, _LABEL),
        Heading(1, (TextRun(str(facts.packet)),)),
        *(block for row in rows for block in (Rule(), row)),
        Rule(),
        _paragraph_in(words.take_out, _NOTE),
    )


def _paragraph_in(text: str, style: str) -> Paragraph:
    return Paragraph((TextRun(text),), style)


def _with_slip_styles(styles: StyleSheet, height: float) -> StyleSheet:
    """Sizes of their own: read from where one stands, and while a pile is leafed through."""
    looks = (styles.text[name] for name in ("heading-1", "label", "body", "furniture"))
    title, label, body, foot = looks

    def slip_style(look: TextStyle, size: float, around: int = 0) -> TextStyle:
        leading = ceil(size * _LEADING / _GRID) * _GRID
        space = around * _GRID
        return replace(look, size=size, leading=leading, before=space, after=space, align="left")

    own = {
        _NUMBER: slip_style(replace(title, strong=True), min(120.0, _NUMBER_SHARE * height), 1),
        _LABEL: slip_style(label, 12.0),
        _VALUE: slip_style(body, 22.0, 1),
        _NOTE: slip_style(body, 14.0, 2),
        _FOOT: slip_style(foot, 10.5),
    }
    return replace(styles, text={**styles.text, **own}, grid=_GRID, stacked=False)


def _check_characters(facts: SlipFacts, look: SlipLook) -> None:
    """Raises DocgenError where a value has a character that no font of the look prints right."""
    families = (look.styles.text[_VALUE].family, *look.styles.fallback)
    named = {
        "the clinic": facts.clinic,
        "the provider": facts.provider,
        "an initial of the patient": facts.initials,
    }
    for name, value in named.items():
        if value and unprintable(value, families):
            raise refuse(
                "unprintable-character",
                f"row {facts.packet}: {name} has a character that would not print right on the "
                "slip sheet",
                hint="write it another way, or leave out --slip-sheets",
            )
