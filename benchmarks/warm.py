"""Warm: one process makes a complete two-page handout, with new words every time."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec.structs import replace

from benchmarks import platypus_handout
from benchmarks.content import content_of
from benchmarks.timing import seconds_in_turns, table
from docgen import Project
from docgen.document import Block, Code, Columns, Document, RuledLines, Section
from docgen.pdf import RenderedPdf, write_pdf
from docgen.typeset import typeset

if TYPE_CHECKING:
    from docgen.records import ProcedureRecord

ROUNDS = 20
IN_A_ROW = 5
"""Handouts a turn: a batch makes many one after the other."""
RECORD = Path(__file__).resolve().parent.parent / "data/records/G0103.yaml"
"""A record whose handout takes two pages from either contestant, with room for the code."""
LAYOUT = "patient-handout"
_END_OF_SENTENCE = re.compile(r"(?<=\w)\w\w\.$", re.MULTILINE)


def measure() -> list[str]:
    """The table of the warm benchmark."""
    project = Project.open(RECORD.parents[2], organization="sample")
    records = [numbered_record(number) for number in range(ROUNDS * IN_A_ROW + 1)]
    contents = [
        content_of(with_code(project.compose(record, LAYOUT), number))
        for number, record in enumerate(records)
    ]
    platypus_handout.register_fonts()

    def docgen(number: int) -> RenderedPdf:
        document = with_code(project.compose(records[number], LAYOUT), number)
        return write_pdf(typeset(document))

    def peer(number: int) -> bytes:
        return platypus_handout.build(contents[number])

    taken = seconds_in_turns({"docgen": docgen, "Platypus script": peer}, ROUNDS, IN_A_ROW)
    return table(taken, "Platypus script")


def numbered_record(number: int) -> "ProcedureRecord":
    """The sample record with a number as the last letters of nearly every line of text."""
    text = _END_OF_SENTENCE.sub(f"{number:02}.", RECORD.read_text("utf-8"))
    with TemporaryDirectory() as folder:
        path = Path(folder, "records", RECORD.name)
        path.parent.mkdir()
        path.write_text(text, "utf-8")
        return Project.open(folder, data=[folder]).record(RECORD.stem)


def with_code(document: Document, number: int) -> Document:
    """The handout with a QR code in the place of its writing lines."""
    code = Code("qr", code_payload(number), 43.2, "QR code of this page's address")
    return replace(document, blocks=_in_place_of_lines(document.blocks, code))


def code_payload(number: int) -> str:
    """What the code of a handout says."""
    return f"https://example.org/procedures/G0103?edition={number}"


def _in_place_of_lines(blocks: tuple[Block, ...], code: Code) -> tuple[Block, ...]:
    return tuple(_with_code_inside(block, code) for block in blocks)


def _with_code_inside(block: Block, code: Code) -> Block:
    match block:
        case RuledLines():
            return code
        case Section():
            return replace(block, blocks=_in_place_of_lines(block.blocks, code))
        case Columns():
            slots = (
                replace(slot, blocks=_in_place_of_lines(slot.blocks, code)) for slot in block.slots
            )
            return replace(block, slots=tuple(slots))
        case _:
            return block
