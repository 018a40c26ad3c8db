"""Files that are written but for what is a patient's own: the next patient's is imprinted."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from docgen.document import ImageSource, PageSetup, VectorSource
from docgen.fonts.embedding import EmbeddedFace
from docgen.pdf.drawing import Drawing
from docgen.pdf.packing import Beginning
from docgen.pdf.page import DrawnInset, compressed_content, in_texts
from docgen.typeset import PageItem, Strip, TextPiece, placed_at, reaches_foot


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
        faces: Mapping[str, EmbeddedFace],
        *,
        page_count: int,
    ) -> None:
        self._head = head
        self._beginning = beginning
        self._insets = insets
        self._page_count = page_count
        self._height = paper.height
        self._faces = _BaseSubsets(faces)

    @property
    def first(self) -> RenderedPdf:
        """The file of the pages that it was made from."""
        return self._finished([inset.stream for inset in self._insets])

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
                streams.append(self._drawn(items, inset.tags))
            except _OutsideSubsets:
                return None
        return self._finished(streams)

    def _drawn(self, items: Sequence[PageItem], tags: Sequence[str | None]) -> bytes:
        drawing = Drawing(self._height, self._faces)
        for text, tag in zip(in_texts(items), tags, strict=True):
            if tag is not None:
                drawing.begin(tag, text=True)
            for piece in text:
                assert isinstance(piece, TextPiece)  # the shape says so
                drawing.draw_text(piece)
        drawing.end()
        return compressed_content(drawing)

    def _finished(self, streams: Sequence[bytes]) -> RenderedPdf:
        end, digest = self._beginning.ended(streams)
        return RenderedPdf(self._head + end, self._page_count, digest)


class _OutsideSubsets(Exception):  # noqa: N818 - no fault: another way is taken
    """A character is in none of the subsets that are the same in every file."""


class _BaseSubsets:
    """The first subsets of the faces of a file, under the names that it gives them."""

    def __init__(self, faces: Mapping[str, EmbeddedFace]) -> None:
        self._faces = faces

    def encode(self, face: str, text: str) -> Sequence[tuple[str, str]]:
        encoded = self._faces[face].encode_base(text)
        if encoded is None:
            raise _OutsideSubsets
        return (encoded,)

    def image(self, image: ImageSource) -> str:
        raise TypeError("an inset is made of text alone")

    def drawing(self, drawing: VectorSource) -> str:
        raise TypeError("an inset is made of text alone")
