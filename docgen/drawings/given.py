"""What a drawing function is given besides the record and its width."""

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from reportlab.lib.colors import Color  # type: ignore[import-untyped]


class DrawingTheme(Struct, frozen=True, kw_only=True):
    """How a sheet looks, for drawings that are to look like it.

    Fonts are names that ReportLab knows, and the only ones that a drawing may have text in. Lengths
    are points.
    """

    font: str
    """Of running text; for ``fontName`` and ``stringWidth``."""
    bold_font: str
    italic_font: str
    heading_font: str
    size: float
    """Of running text: large print has a larger one."""
    leading: float
    """From one line of running text to the next."""
    ink: "Color"
    """Colour of running text."""
    accent: "Color"
    """Colour of headings."""
    rule: "Color"
    """Colour of rules."""
    paper: "Color"
    """Colour of the paper."""
    colours: dict[str, "Color"]
    """The palette of the theme, by its names."""
    language: str
    """Of the sheet (BCP 47)."""


class DrawingValue(Struct, frozen=True):
    """One of the values that a block gives its drawing."""

    value: str
    label: str
    """What the value is called; empty where the block does not say."""
