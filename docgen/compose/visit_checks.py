"""Whether a patient's visit can be printed: told without repeating any of it."""

from docgen.compose.lettering import UNPRINTABLE
from docgen.compose.visits import VALUE_STYLE, field_of, visit_text
from docgen.diagnostics import Findings, Span
from docgen.document import Document, PreparedFor, Visit


def check_visit(document: Document, visit: Visit, span: Span | None, findings: Findings) -> None:
    """Tells of every value of a visit that no font of a document prints right, by its number."""
    for block in document.blocks:
        if isinstance(block, PreparedFor):
            _check_facts(block, document, visit, span, findings)


def _check_facts(
    block: PreparedFor, document: Document, visit: Visit, span: Span | None, findings: Findings
) -> None:
    for fact in block.facts:
        if getattr(visit, fact.value) is None:
            continue
        text = visit_text(visit, fact, block.dated_in)
        if text.isascii() and text.isprintable():
            continue
        place = _first_unprintable(text, document)
        if place is not None:
            findings.error(
                UNPRINTABLE,
                f"no font here prints character {place} of {field_of(fact).called}",
                span,
                "write it in the letters of the passport, or give the organization's theme a font "
                "that has the script",
            )


def _first_unprintable(text: str, document: Document) -> int | None:
    """Which character cannot be printed, counted from 1."""
    from docgen.fonts import unprintable  # noqa: PLC0415 - ASCII needs no font's table

    styles = document.styles
    families = (styles.text[VALUE_STYLE].family, *styles.fallback)
    return min((index + 1 for index, _ in unprintable(text, families)), default=None)
