"""What a PDF means for a printer: how many pages it has, of what size, and for what it was made."""

from pathlib import Path

import pikepdf
from msgspec import Struct

from docgen.diagnostics import Span, refuse
from docgen.printfiles.print_file import TITLE

_ONE_SIDE = "/Simplex"


class Measures(Struct, frozen=True):
    """Pages of a file, and how large its first one is shown."""

    pages: int
    width: float
    """Points; likewise ``height``."""
    height: float
    packets: int = 0
    """Of a print file of docgen, wherever it lies; none for any other file."""
    is_duplex: bool = False
    """Whether it is a print file made for both sides of the paper."""


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
            packets, sides = _gathered(pdf)
            return Measures(len(pdf.pages), *size, packets, sides != _ONE_SIDE)
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


def _gathered(pdf: pikepdf.Pdf) -> tuple[int, str]:
    """How many packets a print file of docgen holds, and for which sides it was made."""
    preferences = pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    sides = str(preferences.get("/Duplex", _ONE_SIDE))
    title = str(pdf.docinfo.get("/Title", ""))
    if "/Duplex" not in preferences or not title.startswith(TITLE):
        return 0, _ONE_SIDE
    outlines = pdf.Root.get("/Outlines", pikepdf.Dictionary())
    return int(outlines.get("/Count", 0)), sides


def packet_starts(path: Path) -> tuple[int, ...]:
    """On which pages the packets of a print file of docgen begin, counted from 1."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        with pdf.open_outline() as outline:
            places = [item.destination for item in outline.root]
        begins = [place[0] for place in places if isinstance(place, pikepdf.Array)]
        return tuple(numbers[page.objgen] for page in begins if isinstance(page, pikepdf.Object))
