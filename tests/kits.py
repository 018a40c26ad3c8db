"""Kits and tasks for tests of executors."""

import os
import sys
from collections.abc import Iterable
from hashlib import sha256

from msgspec.structs import replace

from docgen.batch.plan.tasks import FontFile, PacketTask, SheetKit, SheetTask
from docgen.document import Block, Document, Heading, PreparedFor, TextRun, Visit, VisitFact
from tests.sheets import paper, text


def sheet_kit(title: str, *more: Block, fonts: tuple[FontFile, ...] = ()) -> SheetKit:
    """A sheet with a place for the patient's name and a few lines, set in fonts that it carries."""
    document = paper(
        Heading(1, (TextRun(title),)),
        PreparedFor((VisitFact(text("Prepared for", "label"), "patient_name"),), "note", 1, "en"),
        text(f"What to know about {title}."),
        *more,
    )
    for family in {font.family for font in fonts}:
        document = _in_family(document, family)
    return SheetKit(sha256(title.encode()).hexdigest(), document, fonts)


def packet(row: int, kits: Iterable[SheetKit], name: str | None = None) -> PacketTask:
    """A packet of one document for each kit."""
    sheets = (
        SheetTask(kit, f"{row // 1000:03}/{row:06}-{number}.pdf")
        for number, kit in enumerate(kits, 1)
    )
    return PacketTask(row, Visit(patient_name=name or f"Testa Muster {row}"), tuple(sheets))


def packets(count: int, kits: int = 5) -> list[PacketTask]:
    """Packets of two documents each, of a few kits in turns."""
    known = [sheet_kit(f"Sheet {number}") for number in range(kits)]
    return [packet(row, (known[row % kits], known[(row + 1) % kits])) for row in range(count)]


def deadly_packet(row: int, kits: Iterable[SheetKit]) -> PacketTask:
    """A packet that ends every worker of a cluster which so much as opens it."""
    return packet(row, kits, name=_Deadly())


class _Deadly(str):
    def __reduce__(self) -> tuple[type["_Deadly"], tuple[()]]:
        return _Deadly, ()

    def __new__(cls) -> "_Deadly":
        if sys.argv[0].endswith("dask_worker.py"):
            os._exit(1)
        return super().__new__(cls, "Testa Muster")


def _in_family(document: Document, family: str) -> Document:
    styles = document.styles
    text = {name: replace(style, family=family) for name, style in styles.text.items()}
    return replace(document, styles=replace(styles, text=text))
