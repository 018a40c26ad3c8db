"""The paper of a layout, its margins, and the size of its body text."""

from typing import Annotated, ClassVar

from msgspec import Meta

from docgen.layouts.leaves import Length, PaperSize, Points
from docgen.source import Positioned


class Margins(Positioned, frozen=True, kw_only=True, eq=False):
    """The empty margins around header, text and footer."""

    called: ClassVar[str] = "the margins"

    top: Annotated[Length, Meta(description="Height above the header and the text.")]
    right: Annotated[Length, Meta(description="Width right of the text.")]
    bottom: Annotated[Length, Meta(description="Height below the text and the footer.")]
    left: Annotated[Length, Meta(description="Width left of the text.")]


class PaperSetup(Positioned, frozen=True, kw_only=True, eq=False):
    """The paper and its margins."""

    called: ClassVar[str] = "page"

    size: Annotated[
        PaperSize,
        Meta(description="letter, legal, half-letter, a4, a5, or a size such as 5.5in x 8.5in."),
    ]
    margins: Annotated[Margins, Meta(description="The margins.")]


class Body(Positioned, frozen=True, kw_only=True, eq=False):
    """Size and leading of the body text, which every other measure of a theme follows."""

    called: ClassVar[str] = "body text"

    size: Annotated[Points, Meta(description="Size of the body text in points.")]
    leading: Annotated[Points, Meta(description="Distance of the body's baselines in points.")]
    dense: Annotated[
        bool, Meta(description="Halves the space between blocks, for sheets that are looked up in.")
    ] = False
