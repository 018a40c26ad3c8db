"""Anew: documents that have no code and no text in common, one for each patient.

Each contestant starts from what it would read from a file: docgen from a record and a visit, its
peers from their words. QR code and, but for Platypus, tags are part of all.
"""

from collections.abc import Callable

from benchmarks import platypus_handout
from benchmarks.content import content_of
from benchmarks.distinct import distinct_records, distinct_visit
from benchmarks.timing import seconds_in_turns, table
from benchmarks.typst_peer import TypstPeer, typst_content
from benchmarks.warm import LAYOUT, RECORD, code_payload, with_code
from docgen import Project
from docgen.compose.visits import filled
from docgen.document import Document
from docgen.pdf import RenderedPdf, write_pdf
from docgen.typeset import typeset

ROUNDS = 17
IN_A_ROW = 4
"""Documents a turn: a batch makes many one after the other."""
TYPST = "typst, PDF/UA-1"


def measure() -> list[str]:
    """The table of the anew benchmark."""
    count = ROUNDS * IN_A_ROW + 1
    document, payloads = sheets(count)
    documents = [document(number) for number in range(count)]
    marked_up = [content_of(one) for one in documents]
    worded = [typst_content(one) for one in documents]
    typst = TypstPeer()
    platypus_handout.register_fonts()

    def docgen(number: int) -> RenderedPdf:
        return write_pdf(typeset(document(number)))

    taken = seconds_in_turns(
        {
            "docgen": docgen,
            TYPST: lambda number: typst.build(worded[number], payloads[number]),
            "Platypus script": lambda number: platypus_handout.build(marked_up[number]),
        },
        ROUNDS,
        IN_A_ROW,
    )
    return table(taken, TYPST)


def sheets(count: int) -> tuple[Callable[[int], Document], list[str]]:
    """What composes each of so many sheets, and what their codes say."""
    project = Project.open(RECORD.parents[2], organization="sample")
    records = distinct_records(count)
    visits = [distinct_visit(number) for number in range(count)]

    def document(number: int) -> Document:
        composed = project.compose(records[number], LAYOUT)
        return filled(with_code(composed, number), visits[number])

    return document, [code_payload(number) for number in range(count)]
