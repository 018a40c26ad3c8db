"""The free place at the foot of a page, told in the file for those who print a mark there later.

It is an entry of the page that only docgen reads: a name that begins with XX is for private use
(ISO 32000-1, annex E), and readers pass over entries that they do not know.
"""

from docgen.pdf.strings import rectangle
from docgen.typeset import FreePlace

FREE_PLACE = "/XXDocgenFree"
"""A rectangle, or an empty array where the foot is full."""


def told(place: FreePlace | None, page_height: float) -> str:
    """The entry of a page that tells its free place."""
    return f"{FREE_PLACE} {rectangle(place, page_height) if place else '[]'}"
