"""Contrast of two colours as WCAG 2.1 defines it (success criteria 1.4.3 and 1.4.11)."""

from docgen.layouts.leaves import Colour

LEAST = 4.5
"""Contrast that text needs against its background."""
LEAST_LARGE = 3.0
"""Contrast that large text needs."""
LEAST_GRAPHIC = 3.0
"""Contrast that a line needs which tells where to write."""
_LARGE = 18.0
_LARGE_STRONG = 14.0


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """Relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = (
        _linear(int(colour.code[start : start + 2], 16) / 255) for start in (1, 3, 5)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def least_contrast(size: float, strong: bool) -> float:
    """The contrast that text of a size in points needs."""
    large = size >= _LARGE or (strong and size >= _LARGE_STRONG)
    return LEAST_LARGE if large else LEAST


def _linear(channel: float) -> float:
    if channel <= 0.03928:  # noqa: PLR2004
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
