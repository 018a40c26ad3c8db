"""Files that are written but for what is a patient's own: the next patient's is imprinted."""

from collections.abc import Sequence
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from docgen.document import PageSetup
from docgen.fonts.embedding import Encoder, OutsideSubsetsError
from docgen.pdf.canvas import PageCanvas
from docgen.pdf.packing import Beginning
from docgen.pdf.page import DrawnInset, in_texts, page_stream
from docgen.pdf.painter import MarkingPainter
from docgen.pdf.strings import escaped
from docgen.typeset import PageItem, Strip, TextPiece, placed_at, reaches_foot

_STAND_IN = "x"
"""Stands for a patient's texts while an inset is drawn for all: every face has it."""
_GAP = "\0"
_PLACE = attrgetter("x", "baseline", "face", "size", "colour")
"""What of a text the operators around it say."""


class RenderedPdf(Struct, frozen=True):
    """A finished PDF file."""

    data: bytes
    page_count: int
    sha256: str
    """Of the data, in hexadecimal."""


class Preprint:
    """What is the same in the files of all patients whose insets have one shape."""

    def __init__(
        self,
        head: bytes,
        beginning: Beginning,
        insets: Sequence[DrawnInset],
        paper: PageSetup,
        canvas: PageCanvas,
        *,
        page_count: int,
    ) -> None:
        self._head = head
        self._beginning = beginning
        self._page_count = page_count
        self._height = paper.height
        self._first = [inset.stream for inset in insets]
        self._insets = [_InsetForm(inset, paper.height, canvas) for inset in insets]

    @property
    def first(self) -> RenderedPdf:
        """The file of the pages that it was made from."""
        return self._finished(self._first)

    def imprinted(self, strips: Sequence[Strip]) -> RenderedPdf | None:
        """The file with the strips of another patient, which have the shape of the first one's.

        None where a character of theirs is in no subset of the file, where the first one's strips
        were divided, and where they decide which place at the foot is free: such pages need a file
        of their own.
        """
        if sum(len(inset.tops) for inset in self._insets) != len(strips):
            return None
        streams: list[bytes] = []
        start = 0
        for inset in self._insets:
            end = start + len(inset.tops)
            items = placed_at(strips[start:end], inset.tops)
            start = end
            if reaches_foot(items, self._height):
                return None
            try:
                streams.append(page_stream(inset.content(items)))
            except OutsideSubsetsError:
                return None
        return self._finished(streams)

    def _finished(self, streams: Sequence[bytes]) -> RenderedPdf:
        end, digest = self._beginning.ended(streams)
        return RenderedPdf(self._head + end, self._page_count, digest)


class _InsetForm:
    """An inset as it is drawn for all patients, with gaps for the texts of one of them.

    ReportLab draws it once. Between the gaps stands all that says where texts are and how they
    look; where another patient's differ in that, as where a line is centred, it is drawn anew.
    """

    def __init__(self, inset: DrawnInset, height: float, canvas: PageCanvas) -> None:
        self.tops = inset.tops
        self._tags = inset.tags
        self._height = height
        self._canvas = canvas
        self._places: list[tuple[object, ...]] = []
        self._encoders: list[Encoder] = []
        self._between: list[str] = []

    def content(self, items: Sequence[PageItem]) -> bytes:
        """The inset with the texts of a patient.

        Raises OutsideSubsetsError for a character that the file has in no subset.
        """
        pieces = [item for item in items if isinstance(item, TextPiece) and item.text]
        places = [*map(_PLACE, pieces)]
        if not self._between:
            self._draw_form(pieces)
            self._places = places
        if places != self._places:
            return self._drawn(pieces)
        filled = [self._between[0]]
        for piece, encode, after in zip(pieces, self._encoders, self._between[1:], strict=True):
            filled += (escaped(encode(piece.text)[0][1]), after)
        return "".join(filled).encode("latin-1")

    def _draw_form(self, pieces: Sequence[TextPiece]) -> None:
        stand_ins = [replace(piece, text=_STAND_IN) for piece in pieces]
        content = self._drawn(stand_ins).decode("latin-1")
        self._between = content.replace(f"({_STAND_IN})", f"({_GAP})").split(_GAP)
        self._encoders = [self._canvas.encoder(piece.face) for piece in pieces]

    def _drawn(self, pieces: Sequence[TextPiece]) -> bytes:
        painter = MarkingPainter(self._canvas, self._height)
        for text, tag in zip(in_texts(pieces), self._tags, strict=True):
            if tag is not None:
                painter.begin(tag, text=True)
            for piece in text:
                assert isinstance(piece, TextPiece)  # the shape says so
                painter.draw_text(piece)
        painter.end()
        return painter.content()
