"""A patient's visit put into a sheet: as text, which nothing reads as markup."""

from datetime import date
from functools import lru_cache
from typing import assert_never

from msgspec.structs import replace

from docgen.compose.regional import appointment, long_date
from docgen.document import (
    Document,
    Fact,
    KeyFacts,
    Paragraph,
    PreparedFor,
    TextRun,
    Visit,
    VisitFact,
)
from docgen.visits import VisitField, visit_fields

VALUE_STYLE = "body"
"""The text style that a visit's values are set in."""


def filled(document: Document, visit: Visit) -> Document:
    """The document for one patient; the same where it has no place for a visit."""
    return replace(
        document,
        blocks=tuple(
            prepared_for(block, visit, document.language)
            if isinstance(block, PreparedFor)
            else block
            for block in document.blocks
        ),
    )


def prepared_for(block: PreparedFor, visit: Visit, language: str) -> PreparedFor:
    """The block with a visit's values, those that it has; ``language`` is the document's."""
    facts = tuple(
        _fact(fact, visit, block.dated_in, language) for fact in block.facts if _has(visit, fact)
    )
    return replace(block, blocks=(KeyFacts(facts, block.across, block.origin),) if facts else ())


def _has(visit: Visit, fact: VisitFact) -> bool:
    return getattr(visit, fact.value) is not None


def _fact(fact: VisitFact, visit: Visit, dated_in: str | None, language: str) -> Fact:
    is_foreign = isinstance(getattr(visit, fact.value), date) and dated_in != language
    value = TextRun(
        visit_text(visit, fact, dated_in),
        strong=fact.value == "patient_name",
        language=dated_in if is_foreign else None,
    )
    return Fact(fact.label, (Paragraph((value,), VALUE_STYLE, fact.label.origin),))


def field_of(fact: VisitFact) -> VisitField:
    """The field of a visit that a fact prints."""
    return _visit_field(fact.value)


@lru_cache(maxsize=64)
def _visit_field(attribute: str) -> VisitField:
    return next(field for field in visit_fields(Visit) if field.attribute == attribute)


def visit_text(visit: Visit, fact: VisitFact, dated_in: str | None) -> str:
    """What a visit says for a fact, its dates in a language.

    Raises TypeError for a field that no sheet prints.
    """
    value = getattr(visit, fact.value)
    kind = field_of(fact).kind
    match kind:
        case "moment":
            return appointment(value, dated_in)
        case "day":
            return long_date(value, dated_in)
        case "text" | "identifier":
            return str(value)
        case "yes-or-no" | "copies" | "language" | "codes" | "layouts":
            raise TypeError(f"no sheet prints what is of the kind '{kind}'")
        case "status" | "cancellation" | None:
            raise TypeError(f"'{fact.value}' is no value of a visit")
        case _:
            assert_never(kind)
