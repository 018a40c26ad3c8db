"""How files begin, by their kind: the only table of it.

Files are given a wrong name, or are saved by the wrong program. Whoever reads one asks ``kind_of``
what it is, and refuses in words what it has no use for.
"""

from enum import Enum
from typing import Final


class FileKind(Enum):
    """A kind of file that its bytes tell; the value is what a sentence calls it: ``this is …``."""

    ZIP = "a workbook or document of an office program, or an archive"
    OLD_OFFICE = "a workbook or document of an old office program"
    ARCHIVE = "an archive, or a compressed file"
    RTF = "a document with formatting (RTF)"
    PDF = "a PDF"
    EPS = "an EPS"
    PNG = "a PNG"
    JPEG = "a JPEG"
    GIF = "a GIF"
    TIFF = "a TIFF"
    BMP = "a BMP"
    WEBP = "a WebP"
    PHOTOSHOP = "a Photoshop"
    AVIF = "an AVIF"
    HEIC = "a HEIC"
    TRUETYPE = "a TrueType font"
    POSTSCRIPT_FONT = "a font with PostScript outlines (CFF)"
    FONT_COLLECTION = "a collection of several fonts"
    WOFF = "a font for web pages (WOFF)"
    WOFF2 = "a font for web pages (WOFF2)"
    PROGRAM = "a program"
    DATABASE = "a database"

    @property
    def words(self) -> str:
        """What messages call such a file where no image is expected."""
        return f"{self.value} image" if self in IMAGES else self.value


IMAGES: Final = frozenset(
    {FileKind.PNG, FileKind.JPEG, FileKind.GIF, FileKind.TIFF, FileKind.BMP, FileKind.WEBP}
    | {FileKind.PHOTOSHOP, FileKind.AVIF, FileKind.HEIC}
)

_TOLD: Final = (
    (0, b"PK\x03\x04", FileKind.ZIP),
    (0, b"PK\x05\x06", FileKind.ARCHIVE),
    (0, b"\xd0\xcf\x11\xe0", FileKind.OLD_OFFICE),
    (0, b"\x1f\x8b", FileKind.ARCHIVE),
    (0, b"\xfd7zXZ\x00", FileKind.ARCHIVE),
    (0, b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (0, b"Rar!\x1a\x07", FileKind.ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", FileKind.ARCHIVE),
    (4, b"1AY&SY", FileKind.ARCHIVE),
    (0, b"{\\rtf", FileKind.RTF),
    (0, b"%PDF", FileKind.PDF),
    (0, b"%!PS", FileKind.EPS),
    (0, b"\x89PNG", FileKind.PNG),
    (0, b"\xff\xd8\xff", FileKind.JPEG),
    (0, b"II*\x00", FileKind.TIFF),
    (0, b"MM\x00*", FileKind.TIFF),
    (8, b"WEBP", FileKind.WEBP),
    (0, b"\x00\x01\x00\x00", FileKind.TRUETYPE),
    (0, b"\x7fELF", FileKind.PROGRAM),
    (0, b"SQLite format 3\x00", FileKind.DATABASE),
)
"""Where in a file which bytes stand, whatever its kind has besides."""

_TOLD_OF_BYTES: Final = (
    (0, b"BM", FileKind.BMP),
    (0, b"GIF8", FileKind.GIF),
    (0, b"8BPS", FileKind.PHOTOSHOP),
    (4, b"ftypavi", FileKind.AVIF),
    (4, b"ftyp", FileKind.HEIC),
    (0, b"true", FileKind.TRUETYPE),
    (0, b"OTTO", FileKind.POSTSCRIPT_FONT),
    (0, b"ttcf", FileKind.FONT_COLLECTION),
    (0, b"wOFF", FileKind.WOFF),
    (0, b"wOF2", FileKind.WOFF2),
    (0, b"MZ", FileKind.PROGRAM),
    (257, b"ustar", FileKind.ARCHIVE),
)
"""The same for letters that a text may begin with as well, such as ``BMI`` or ``MZ twins``: files
of these kinds have a NUL near their start, which no text has. Files of boxes (ISO/IEC 14496-12)
name their kind after ``ftyp``; those that phones make are HEIC."""
_NEAR: Final = 300


def kind_of(data: bytes) -> FileKind | None:
    """The kind of a file by its first bytes, some hundred of them; None where they tell none."""
    for at, sign, kind in _TOLD:
        if data.startswith(sign, at):
            return kind
    if b"\0" in data[:_NEAR]:
        for at, sign, kind in _TOLD_OF_BYTES:
            if data.startswith(sign, at):
                return kind
    return None
