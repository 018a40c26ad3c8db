"""Sheets made for one patient after another, all of them in one process."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from docgen.batch.tasks import FontFile, SheetKit
from docgen.compose.visits import filled
from docgen.diagnostics import refuse
from docgen.document import Document, Visit
from docgen.fonts import UnprintableCharacter
from docgen.fonts.own import add_carried
from docgen.pdf import RenderedPdf, write_pdf
from docgen.typeset import Pages, typeset


class Press:
    """Makes the PDFs of kits: one press for each process, as faces are known to processes."""

    def made(self, kit: SheetKit, visit: Visit | None) -> RenderedPdf:
        """The sheet of a kit for a patient, or for nobody.

        Raises DocgenError, without any value of the visit, for what cannot be printed right.
        """
        _add_fonts(kit.fonts)
        document = kit.document if visit is None else filled(kit.document, visit)
        return write_pdf(_set(document), created=kit.created)


def _add_fonts(fonts: Iterable[FontFile]) -> None:
    family = attrgetter("family")
    for name, files in groupby(sorted(fonts, key=family), key=family):
        add_carried(name, {file.style: file.data for file in files})


def _set(document: Document) -> Pages:
    try:
        return typeset(document)
    except UnprintableCharacter as error:
        # Composing has checked all that is not the patient's.
        raise refuse(
            "unprintable-character",
            f"a value of the visit has a character that would not print right: {error.reason}",
            hint="write it another way",
        ) from None
