"""Sheets made for one patient after another, all of them in one process."""

from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from msgspec.structs import replace

from docgen.batch.plan.tasks import FontFile, SheetKit
from docgen.compose.visits import prepared_for
from docgen.diagnostics import DocgenError, refuse
from docgen.document import Document, PreparedFor, Visit
from docgen.fonts import UnprintableCharacter
from docgen.fonts.own import add_carried
from docgen.pdf import Preprint, RenderedPdf, write_pdf, write_preprint
from docgen.typeset import Shape, set_apart, typeset

_KITS_KEPT = 100
_SHAPES_KEPT = 4
"""How many preprints of one kit are kept, 0.1 MB each: names of one line, of two …"""


class Press:
    """Makes the PDFs of kits: one press for each process, as faces are known to processes.

    What is the same for two patients is made once. The bytes do not depend on what was made
    before.
    """

    def __init__(self) -> None:
        self._formes: OrderedDict[str, _Forme] = OrderedDict()

    def made(self, kit: SheetKit, visit: Visit | None) -> RenderedPdf:
        """The sheet of a kit for a patient, or for nobody.

        Raises DocgenError, without any value of the visit, for what cannot be printed right.
        """
        if visit is None:
            _add_fonts(kit.fonts)
            return write_pdf(typeset(kit.document), created=kit.created)
        try:
            return self._forme(kit).made(visit)
        except UnprintableCharacter as error:
            refusal = _refusal(error)
        raise refusal

    def _forme(self, kit: SheetKit) -> "_Forme":
        forme = self._formes.get(kit.digest)
        if forme is None:
            if len(self._formes) >= _KITS_KEPT:
                self._formes.popitem(last=False)
            _add_fonts(kit.fonts)
            forme = self._formes[kit.digest] = _Forme(kit.document, kit.created)
        self._formes.move_to_end(kit.digest)
        return forme


class _Forme:
    """A kit ready to be printed: what was made of it for patients before."""

    def __init__(self, document: Document, created: datetime | None) -> None:
        self._document = document
        self._created = created
        self._block = next(
            (block for block in document.blocks if isinstance(block, PreparedFor)), None
        )
        self._preprints: OrderedDict[Shape, Preprint] = OrderedDict()

    def made(self, visit: Visit) -> RenderedPdf:
        document = self._document
        block = self._block and prepared_for(self._block, visit, document.language)
        inset = set_apart(block, document.page, document.styles) if block else ((), ())
        if inset is None:
            return self._anew(block).first
        strips, shape = inset
        preprint = self._preprints.get(shape)
        made = preprint.imprinted(strips) if preprint else None
        if made is not None:
            self._preprints.move_to_end(shape)
            return made
        preprint = self._anew(block)
        made = preprint.first
        # Kept only if the same patient's file comes out of it: nothing else may ever be printed.
        if preprint.imprinted(strips) == made:
            self._keep_preprint(shape, preprint)
        return made

    def _keep_preprint(self, shape: Shape, preprint: Preprint) -> None:
        if len(self._preprints) >= _SHAPES_KEPT:
            self._preprints.popitem(last=False)
        self._preprints[shape] = preprint

    def _anew(self, block: PreparedFor | None) -> Preprint:
        document = self._document
        blocks = tuple(block if one is self._block else one for one in document.blocks)
        pages = typeset(replace(document, blocks=blocks) if block else document)
        return write_preprint(pages, created=self._created)


def _add_fonts(fonts: Iterable[FontFile]) -> None:
    family = attrgetter("family")
    for name, files in groupby(sorted(fonts, key=family), key=family):
        add_carried(name, {file.style: file.data for file in files})


def _refusal(error: UnprintableCharacter) -> DocgenError:
    """Composing has checked all that is not the patient's."""
    return refuse(
        "unprintable-character",
        f"a value of the visit has a character that would not print right: {error.reason}",
        hint="write it another way",
    )
