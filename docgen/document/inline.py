"""What stands inside a line of text."""

from typing import Literal

from msgspec import Struct


class Link(Struct, frozen=True, eq=False):
    """A link target. Every run of one link holds the same object: identity tells links apart."""

    href: str


class TextRun(Struct, frozen=True, gc=False):
    """A stretch of text in one look. A newline in it is a line break that the author asked for."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: Link | None = None
    colour: str | None = None
    """``#rrggbb``; None is the colour of the paragraph's style."""
    scale: float = 1.0
    """Size as a multiple of the paragraph's size."""
    language: str | None = None
    """Language of the text (BCP 47); None is the document's."""


class PageField(Struct, frozen=True):
    """The number of the page that it stands on, or the count of pages; for headers and footers."""

    kind: Literal["number", "count"]
    strong: bool = False
    emphasis: bool = False


Inline = TextRun | PageField


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """The text of some inlines without its look; page fields have none yet."""
    return "".join(inline.text for inline in inlines if isinstance(inline, TextRun))
