"""What the pages of a document share: fonts and pictures."""

from typing import Any

from reportlab.pdfbase.pdfdoc import xObjectName  # type: ignore[import-untyped]

from docgen.document import ImageSource, VectorSource
from docgen.pdf.canvas import PageCanvas
from docgen.pdf.images import add_image
from docgen.pdf.packing import PackedFile


class Resources:
    """The fonts and pictures that are drawn with on the canvas of a document."""

    def __init__(self, file: PackedFile, canvas: PageCanvas) -> None:
        self._file = file
        self._canvas = canvas
        self._fonts = file.reserve()
        self._images: dict[ImageSource, str] = {}
        self._drawings: dict[VectorSource, str] = {}
        self._picture_references: dict[str, str] = {}

    @property
    def fonts(self) -> str:
        """How pages refer to the dictionary of fonts."""
        return f"{self._fonts} 0 R"

    def image(self, image: ImageSource) -> str:
        """The name of an image, which is in the file from then on."""
        name = self._images.get(image)
        if name is None:
            name = self._images[image] = f"Im{len(self._images) + 1}"
            self._picture_references[name] = add_image(self._file, image)
        return name

    def drawing(self, drawing: VectorSource) -> str:
        """The name of a form, as large as the drawing, which is in the file from then on."""
        name = self._drawings.get(drawing)
        if name is None:
            from docgen.pdf.drawings import add_drawing  # noqa: PLC0415 - most sheets have none

            name = self._drawings[drawing] = f"Fm{len(self._drawings) + 1}"
            form = add_drawing(self._file, drawing, self._canvas, self.fonts)
            self._picture_references[name] = form
        return name

    def show(self, drawing: VectorSource, canvas: Any) -> None:
        """Shows a drawing where the origin of a canvas is."""
        canvas.doForm(self.drawing(drawing))

    def of_page(self, pictures: set[str]) -> str:
        """The resource dictionary of a page that shows some pictures, by their names."""
        shown = " ".join(
            f"/{xObjectName(name)} {self._picture_references[name]}" for name in sorted(pictures)
        )
        return f"<< /Font {self.fonts} /XObject << {shown} >> >>"

    def add_fonts(self) -> None:
        """Puts the fonts into the file."""
        self._file.put(self._fonts, f"<< {' '.join(self._canvas.add_fonts(self._file))} >>")
