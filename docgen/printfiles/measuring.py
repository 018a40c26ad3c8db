"""What a PDF means for a printer: how many pages it has, of what size, and for what it was made."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
from msgspec import Struct

from docgen.diagnostics import DocgenError, Span, refuse
from docgen.opening import open_file
from docgen.printfiles.print_file import TITLE
from docgen.system import reason_of

_ONE_SIDE = "/Simplex"
_LARGEST = 14_400
"""Points of the longest side that a page can have (ISO 32000-1, annex C)."""


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
    with _opened(path) as pdf:
        if not pdf.pages:
            raise refuse("not-printable", "this file has no pages", Span.whole_file(str(path)))
        left, bottom, right, top = (float(side) for side in pdf.pages[0].cropbox)
        size = (right - left, top - bottom)
        if not all(0 < side < _LARGEST for side in size):
            message = "the first page of this file has no size that paper can have"
            raise refuse("not-printable", message, Span.whole_file(str(path)))
        if pdf.pages[0].obj.get("/Rotate", 0) % 180:
            size = size[::-1]
        packets, sides = _gathered(pdf)
        return Measures(len(pdf.pages), *size, packets, sides != _ONE_SIDE)


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
    """On which pages the packets of a print file of docgen begin, counted from 1.

    Raises DocgenError as ``measure`` does.
    """
    with _opened(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        with pdf.open_outline() as outline:
            places = [item.destination for item in outline.root]
        begins = [place[0] for place in places if isinstance(place, pikepdf.Array)]
        return tuple(numbers[page.objgen] for page in begins if isinstance(page, pikepdf.Object))


@contextmanager
def _opened(path: Path) -> Iterator[pikepdf.Pdf]:
    """A PDF, to be looked at. Raises DocgenError where it is none, whatever is asked of it: in a
    damaged file each object may be one of another kind than it must be."""
    place = Span.whole_file(str(path))
    try:
        with open_file(path) as file, pikepdf.open(file) as pdf:
            yield pdf
    except DocgenError:
        raise
    except pikepdf.PasswordError:
        raise refuse(
            "not-printable",
            "this file opens with a password only, which a printer does not know",
            place,
            "make it without --password-file to print it",
        ) from None
    except OSError as error:
        raise refuse(
            "unreadable-file", f"cannot read this file: {reason_of(error)}", place
        ) from error
    except Exception as error:
        raise refuse(
            "not-a-pdf", "this file is not a PDF, or is damaged", place, "name a file that is"
        ) from error
