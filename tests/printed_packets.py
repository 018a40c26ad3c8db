"""Packets of small documents for tests of print files, and what a reader finds in those."""

from hashlib import sha256
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from docgen.document import Block, Document, PageBreak
from docgen.pdf import write_pdf
from docgen.printfiles import PrintDocument
from docgen.typeset import typeset
from tests.sheets import paper, text


def pdf_of(document: Document) -> bytes:
    """A document as docgen writes it."""
    return write_pdf(typeset(document)).data


def pages_saying(*words: str, width: float = 200.0, height: float = 300.0) -> bytes:
    """A PDF with a page for each text."""
    blocks: list[Block] = []
    for word in words:
        blocks += [text(word), PageBreak()]
    return pdf_of(paper(*blocks[:-1], width=width, height=height))


def stored(data: bytes, folder: Path, name: str) -> PrintDocument:
    """A document of a run on the disk."""
    path = folder / name
    path.write_bytes(data)
    return PrintDocument(path, sha256(data).hexdigest())


def page_texts(path: Path) -> list[str]:
    """What each page of a file says; blank backs say nothing."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range().strip() for page in pdf]
