"""What a PDF means for a printer: how many pages it has, and of what size."""

from pathlib import Path

import pikepdf
from msgspec import Struct

from docgen.diagnostics import Span, refuse


class Measures(Struct, frozen=True):
    """Pages of a file, and how large its first one is shown."""

    pages: int
    width: float
    """Points; likewise ``height``."""
    height: float


def measure(path: Path) -> Measures:
    """Measures a PDF. Raises DocgenError where it is none, or opens with a password only."""
    place = Span.whole_file(str(path))
    try:
        with pikepdf.open(path) as pdf:
            if not pdf.pages:
                raise refuse("not-printable", "this file has no pages", place)
            left, bottom, right, top = (float(side) for side in pdf.pages[0].cropbox)
            size = (right - left, top - bottom)
            if pdf.pages[0].obj.get("/Rotate", 0) % 180:
                size = size[::-1]
            return Measures(len(pdf.pages), *size)
    except pikepdf.PasswordError:
        raise refuse(
            "not-printable",
            "this file opens with a password only, which a printer does not know",
            place,
            "make it without --password-file to print it",
        ) from None
    except pikepdf.PdfError:
        raise refuse(
            "not-a-pdf", "this file is not a PDF, or is damaged", place, "name a file that is"
        ) from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise refuse("unreadable-file", f"cannot read this file: {reason}", place) from error


def packet_starts(path: Path) -> tuple[int, ...]:
    """On which pages the packets of a print file of docgen begin, counted from 1."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        with pdf.open_outline() as outline:
            places = [item.destination for item in outline.root]
        begins = [place[0] for place in places if isinstance(place, pikepdf.Array)]
        return tuple(numbers[page.objgen] for page in begins if isinstance(page, pikepdf.Object))
