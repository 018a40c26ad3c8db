"""ReportLab's canvas for pages that are tagged, and that docgen packs into files itself.

All that paints is written by ReportLab's own methods. What is added are the marks around it
(ISO 32000-1, 14.6), which ReportLab does not know.
"""

import os
from typing import TypeVar

from reportlab.pdfbase.pdfmetrics import getFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.pdfgen.textobject import PDFTextObject  # type: ignore[import-untyped]

from docgen.fonts import any_reportlab_name, reportlab_name
from docgen.fonts.embedding import EmbeddedFont, Encoder
from docgen.fonts.streams import ObjectFile
from docgen.pdf.strings import escaped

_EPOCH = "SOURCE_DATE_EPOCH"
_KEPT = 2048
"""How many operators of a kind are remembered; places come back, as lines stand on a grid."""

_Key = TypeVar("_Key")

_colours: dict[tuple[float, ...], str] = {}
_origins: dict[tuple[float, float], str] = {}


class PageCanvas(Canvas):  # type: ignore[misc]
    """A canvas of one file, whose content is taken stream by stream.

    ReportLab's document, which every canvas has, knows the fonts of the file and is never saved.
    """

    def __init__(self) -> None:
        try:
            self._begin()
        except (ValueError, OverflowError, OSError):
            # ReportLab dates its document, by this and not by the clock: it is no date.
            said = os.environ.pop(_EPOCH)
            try:
                self._begin()
            finally:
                os.environ[_EPOCH] = said

    def _begin(self) -> None:
        # A font of docgen's spares the search for Helvetica.
        super().__init__(None, invariant=1, initialFontName=any_reportlab_name())

    def beside(self) -> "PageCanvas":
        """Another canvas of the same file, for content that is drawn meanwhile."""
        canvas = PageCanvas()
        canvas._doc = self._doc
        return canvas

    def begin_stream(self) -> None:
        """Begins a stream that depends on nothing that was drawn before."""
        self._startPage()

    def stream(self) -> bytes:
        """The content of the stream so far."""
        content: str = self.getCurrentPageContent()
        return content.encode("latin-1")

    def beginText(  # noqa: N802 - this name and those below are ReportLab's
        self, x: float = 0, y: float = 0, direction: str | None = None
    ) -> "MarkedText":
        """A text object inside of which marked content may begin and end."""
        return MarkedText(self, x, y, direction)

    def drawImage(  # noqa: N802, PLR0917
        self, image: str, x: float, y: float, width: float, height: float, mask: str | None = None
    ) -> None:
        """Shows an image of the file by its name; its mask is part of it.

        ReportLab's own method reads and packs the picture anew for every document.
        """
        self.saveState()
        self.transform(width, 0, 0, height, x, y)
        self.doForm(image)
        self.restoreState()

    def encoder(self, face: str) -> Encoder:
        """What gives the codes of texts in a face that was drawn with."""
        font: EmbeddedFont = getFont(reportlab_name(face))
        return font.encoder(self._doc)

    def add_fonts(self, file: ObjectFile) -> list[str]:
        """Puts the fonts that were drawn with into a file, in the order of their first use.

        Returns entries of a dictionary of fonts. After that, what is drawn with other subsets than
        those that all files have raises OutsideSubsetsError.
        """
        fonts: list[EmbeddedFont] = self._doc.delayedFonts
        return [entry for font in fonts for entry in font.add_to(file, self._doc)]

    def _escape(self, codes: str) -> str:
        # ReportLab's own takes a step a letter, where its accelerator is not installed, and four
        # bytes for each letter beyond ASCII.
        return escaped(codes)


class MarkedText(PDFTextObject):  # type: ignore[misc]
    """A text object inside of which marked content may begin and end.

    What ReportLab writes for a colour or a place is remembered: most of it is formatting numbers.
    """

    def addLiteral(self, operators: str) -> None:  # noqa: N802
        """Writes operators as they are, as the method of this name does on a canvas."""
        self._code.append(operators)

    def setFillColor(self, aColor: object, alpha: float | None = None) -> None:  # noqa: N802, N803
        """Sets the colour of what follows; a tuple is red, green and blue."""
        if type(aColor) is not tuple or alpha is not None:
            super().setFillColor(aColor, alpha)
        elif aColor in _colours:
            self._code.append(_colours[aColor])
            self._fillColorObj = aColor
        else:
            super().setFillColor(aColor)
            _remember(_colours, aColor, self._code[-1])

    def setTextOrigin(self, x: float, y: float) -> None:  # noqa: N802
        """Moves to a place, from which what follows is shown."""
        written = _origins.get((x, y))
        if written is None:
            super().setTextOrigin(x, y)
            _remember(_origins, (x, y), self._code[-1])
        else:
            self._code.append(written)
            self._x0 = self._x = x
            self._y0 = self._y = y


def _remember(known: dict[_Key, str], key: _Key, operator: str) -> None:
    if len(known) >= _KEPT:
        known.clear()
    known[key] = operator
