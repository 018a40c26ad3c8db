"""What docgen tells the reader of a sheet by itself, below its title, where the layout does not.

Parts in another language, words that no clinician has reviewed, organizations that changed them,
and the rights to a licensed descriptor: no layout can leave these out. A notice that the blocks of
the layout say already, in the same words, is not said again.
"""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from docgen.compose.filling import Filling
from docgen.compose.heading_order import below_title
from docgen.compose.lettering import HouseWords
from docgen.compose.regional import long_date
from docgen.document import Callout, Document, Paragraph, TextRun, spaced, words_of
from docgen.layouts import LoadedLayout, NoticeWords
from docgen.records import ProcedureRecord

_BOX = "note"
_STYLE = "body"


def with_notices(
    document: Document,
    record: ProcedureRecord,
    loaded: LoadedLayout,
    filling: Filling,
    falls_back: bool,
) -> Document:
    """A sheet with a box of notices below its title, where any is needed."""
    words = loaded.notices
    notices: list[Paragraph] = []
    if falls_back and loaded.fallback_language:
        notices.append(_of_fallback(loaded, loaded.fallback_language))
    language = filling.foreign(words.language)
    for text in _unsaid_notices(document, record, words, filling):
        source = HouseWords("a notice", record.span)
        filling.lettering.check(text, _STYLE, source, filling.findings)
        notices.append(Paragraph((TextRun(text, language=language),), _STYLE))
    if not notices:
        return document
    blocks = document.blocks
    at = below_title(blocks)
    return replace(document, blocks=(*blocks[:at], Callout(tuple(notices), _BOX), *blocks[at:]))


def _unsaid_notices(
    document: Document, record: ProcedureRecord, words: NoticeWords, filling: Filling
) -> Iterator[str]:
    """The notices that a sheet needs, and whose words its blocks do not say."""
    if record.provenance.reviewed_on is None and not _is_said(document, words.not_reviewed):
        yield words.not_reviewed
    if record.adapted_by:
        names = ", ".join(record.adapted_by)
        if not filling.texts.print_field("adapted_by") or not _is_said(document, names):
            yield words.adapted_by.replace("{names}", names)
    yield from _days(document, record, words, filling)
    descriptor = record.licensed_descriptor
    if descriptor and _shows(document, descriptor.text.value):
        rights = words.cpt_rights.replace("{year}", str(descriptor.copyright_year))
        if not _is_said(document, rights):
            yield f"{rights} {words.cpt_trademark}"


def _days(
    document: Document, record: ProcedureRecord, words: NoticeWords, filling: Filling
) -> Iterator[str]:
    """The days on which the code may be used, where a code table names them."""
    days = record.code_days
    sentences = {"begins": words.code_begins, "ends": words.code_ends} if days else {}
    for name, sentence in sentences.items():
        day: date | None = getattr(days, name)
        if day is None:
            continue
        spelled = long_date(day, filling.values.dated_in)
        said = any(_is_said(document, form) for form in (spelled, day.isoformat()))
        if not said or not filling.texts.print_field(f"code_days.{name}"):
            yield sentence.replace("{code}", record.code).replace("{day}", spelled)


def _is_said(document: Document, text: str) -> bool:
    """Whether the blocks say it: screen readers pass over headers and footers."""
    return spaced(text) in words_of(document.blocks)


def _shows(document: Document, text: str) -> bool:
    """Whether it stands anywhere on a sheet, or in its title."""
    furniture = (document.header, document.footer)
    around = [block for part in furniture for block in (*part.first, *part.later)]
    return (
        _is_said(document, text)
        or spaced(text) in words_of(around)
        or spaced(text) in spaced(document.title)
    )


def _of_fallback(loaded: LoadedLayout, fallback: str) -> Paragraph:
    """That parts are in another language: in the sheet's language or else in English."""
    words = loaded.words
    sentences = [words.partly_in(fallback)]
    if loaded.layout.audience == "patients":
        sentences.append(words.ask_for_help)
    language = None if words.language == loaded.language else words.language
    return Paragraph((TextRun(" ".join(sentences), language=language),))
