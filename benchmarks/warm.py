"""Warm: one process makes a complete two-page handout, with new words every time."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from benchmarks import platypus_handout
from benchmarks.content import content_of
from benchmarks.timing import seconds_in_turns, table
from docgen import Project
from docgen.document import Code, Document
from docgen.pdf import write_pdf
from docgen.typeset import typeset

if TYPE_CHECKING:
    from docgen.records import ProcedureRecord

ROUNDS = 60
RECORD = Path(__file__).resolve().parent.parent / "data/records/77299.yaml"
LAYOUT = "patient-handout"
_END_OF_SENTENCE = re.compile(r"(?<=\w)\.$", re.MULTILINE)


def measure() -> list[str]:
    """The table of the warm benchmark."""
    project = Project.open(RECORD.parents[2], organization="sample")
    records = [_record(number) for number in range(ROUNDS + 1)]
    contents = [
        content_of(_with_code(project.compose(record, LAYOUT), number))
        for number, record in enumerate(records)
    ]
    platypus_handout.register_fonts()

    def docgen(number: int) -> bytes:
        document = _with_code(project.compose(records[number], LAYOUT), number)
        return write_pdf(typeset(document)).data

    def peer(number: int) -> bytes:
        return platypus_handout.build(contents[number])

    taken = seconds_in_turns({"docgen": docgen, "Platypus script": peer}, ROUNDS)
    return table(taken, "Platypus script")


def _record(number: int) -> "ProcedureRecord":
    """The sample record with a number at the end of nearly every line of text."""
    text = _END_OF_SENTENCE.sub(f" {number}.", RECORD.read_text("utf-8"))
    with TemporaryDirectory() as folder:
        path = Path(folder, "records", RECORD.name)
        path.parent.mkdir()
        path.write_text(text, "utf-8")
        return Project.open(folder, data=[folder]).record(RECORD.stem)


def _with_code(document: Document, number: int) -> Document:
    payload = f"https://example.org/procedures/77299?edition={number}"
    code = Code("qr", payload, 72, "QR code of this page's address")
    return msgspec.structs.replace(document, blocks=(*document.blocks, code))
