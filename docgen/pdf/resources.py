"""What the pages of a document share: faces and pictures."""

from collections.abc import Mapping, Sequence

from docgen.document import ImageSource, VectorSource
from docgen.fonts.embedding import EmbeddedFace
from docgen.pdf.images import add_image
from docgen.pdf.packing import PackedFile


class Resources:
    """The faces and pictures of a document."""

    def __init__(self, file: PackedFile) -> None:
        self._file = file
        self._fonts = file.reserve()
        self._faces: dict[str, EmbeddedFace] = {}
        self._images: dict[ImageSource, str] = {}
        self._drawings: dict[VectorSource, str] = {}
        self._picture_references: dict[str, str] = {}

    @property
    def fonts(self) -> str:
        """How pages refer to the dictionary of fonts."""
        return f"{self._fonts} 0 R"

    @property
    def faces(self) -> Mapping[str, EmbeddedFace]:
        """The faces in use, by their names."""
        return self._faces

    def encode(self, face: str, text: str) -> Sequence[tuple[str, str]]:
        embedded = self._faces.get(face)
        if embedded is None:
            embedded = self._faces[face] = EmbeddedFace(face, f"F{len(self._faces) + 1}")
        return embedded.encode(text)

    def image(self, image: ImageSource) -> str:
        name = self._images.get(image)
        if name is None:
            name = self._images[image] = f"Im{len(self._images) + 1}"
            self._picture_references[name] = add_image(self._file, image)
        return name

    def drawing(self, drawing: VectorSource) -> str:
        name = self._drawings.get(drawing)
        if name is None:
            from docgen.pdf.drawings import add_drawing  # noqa: PLC0415 - ReportLab's Canvas

            name = self._drawings[drawing] = f"Fm{len(self._drawings) + 1}"
            form = add_drawing(self._file, drawing, self, self.fonts)
            self._picture_references[name] = form
        return name

    def of_page(self, pictures: set[str]) -> str:
        """The resource dictionary of a page that shows some pictures, by their names."""
        shown = " ".join(f"/{name} {self._picture_references[name]}" for name in sorted(pictures))
        return f"<< /Font {self.fonts} /XObject << {shown} >> >>"

    def add_faces(self) -> None:
        entries = [entry for face in self._faces.values() for entry in face.add_to(self._file)]
        self._file.put(self._fonts, f"<< {' '.join(entries)} >>")
