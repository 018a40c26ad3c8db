"""Records as small as a test of their words needs, and their sentences."""

from textwrap import indent

from docgen.diagnostics import Findings, Span
from docgen.prose import parse_prose
from docgen.readability.sentences import Sentence, sentences_of
from docgen.records.reading import record_of
from docgen.records.record import SECTION_TITLES, ProcedureRecord
from docgen.source import Scalar, TextNode, read_text

PATH = "T-1.yaml"
HEAD = """\
code: T-1
code_system: local
title: Small test
name: A small test
"""
PROVENANCE = """\
provenance:
  version: "1.0"
  authors: [Ada Sample]
  reviewed_on: 2026-01-01
  review_due: 2027-01-01
"""
CALL = """\
further_sections:
  - title: When to call for help
    audience: patients
    text: Call your clinic if you feel worse.
"""


def record_with(more: str = CALL, /, **sections: str) -> ProcedureRecord:
    """A record with some sections, each written as a literal block, in their usual order."""
    return record_of(read_text(record_text(more, **sections), PATH))


def record_text(more: str = CALL, /, **sections: str) -> str:
    """Its file."""
    written = (
        f"{id}: |\n{indent(sections[id].rstrip(), '  ')}\n"
        for id in SECTION_TITLES
        if id in sections
    )
    return f"{HEAD}{''.join(written)}{more}{PROVENANCE}"


def sentences(prose: str) -> tuple[Sentence, ...]:
    """The sentences of a text that stands at the beginning of a file, one column to the right."""
    source = TextNode(prose, "summary", Scalar(Span(PATH, 1, 1), prose))
    findings = Findings()
    parsed = parse_prose(source, findings)
    findings.raise_if_any()
    return sentences_of(parsed)
