"""What the pages of a document share: fonts and images."""

from reportlab.pdfbase.pdfdoc import xObjectName  # type: ignore[import-untyped]

from docgen.document import ImageSource
from docgen.pdf.canvas import PageCanvas
from docgen.pdf.images import add_image
from docgen.pdf.packing import PackedFile


class Resources:
    """The fonts and images of a document."""

    def __init__(self, file: PackedFile) -> None:
        self._file = file
        self._fonts = file.reserve()
        self._images: dict[ImageSource, str] = {}
        self._image_references: dict[str, str] = {}

    @property
    def fonts(self) -> str:
        """How pages refer to the dictionary of fonts."""
        return f"{self._fonts} 0 R"

    def image(self, image: ImageSource) -> str:
        """The name of an image, which is in the file from then on."""
        name = self._images.get(image)
        if name is None:
            name = self._images[image] = f"Im{len(self._images) + 1}"
            self._image_references[name] = add_image(self._file, image)
        return name

    def of_page(self, images: set[str]) -> str:
        """The resource dictionary of a page that shows some images, by their names."""
        shown = " ".join(
            f"/{xObjectName(name)} {self._image_references[name]}" for name in sorted(images)
        )
        return f"<< /Font {self.fonts} /XObject << {shown} >> >>"

    def add_fonts(self, canvas: PageCanvas) -> None:
        """Puts the fonts of a canvas into the file."""
        self._file.put(self._fonts, f"<< {' '.join(canvas.add_fonts(self._file))} >>")
