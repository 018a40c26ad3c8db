"""What the pages of a document share: faces and images."""

from collections.abc import Mapping, Sequence

from docgen.document import ImageSource
from docgen.fonts.embedding import EmbeddedFace
from docgen.pdf.images import add_image
from docgen.pdf.packing import PackedFile


class Resources:
    """The faces and images of a document."""

    def __init__(self, file: PackedFile) -> None:
        self._file = file
        self._fonts = file.reserve()
        self._faces: dict[str, EmbeddedFace] = {}
        self._images: dict[ImageSource, str] = {}
        self._image_references: dict[str, str] = {}

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
            self._image_references[name] = add_image(self._file, image)
        return name

    def of_page(self, images: set[str]) -> str:
        """The resource dictionary of a page that shows some images, by their names."""
        shown = " ".join(f"/{name} {self._image_references[name]}" for name in sorted(images))
        return f"<< /Font {self.fonts} /XObject << {shown} >> >>"

    def add_faces(self) -> None:
        entries = [entry for face in self._faces.values() for entry in face.add_to(self._file)]
        self._file.put(self._fonts, f"<< {' '.join(entries)} >>")
