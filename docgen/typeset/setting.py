"""What every block is set with: the look, the room there is, and where to report."""

from msgspec import Struct

from docgen.diagnostics import Findings, Span
from docgen.document import StyleSheet, TextStyle
from docgen.fonts import face

_LEAST_WIDTH = 2.0
"""Text is not broken into lines narrower than this many ems: a letter a line is no text."""


class Typography(Struct, frozen=True):
    """What of a style sheet counts for the lines of any paragraph, besides its own style."""

    fallback: tuple[str, ...]
    link_colour: str
    grid: float


class Setting(Struct, frozen=True, eq=False):
    """The circumstances of one typesetting. Made by ``setting_for``."""

    sheet: StyleSheet
    page_room: float
    """Height of an empty page between header and footer, in points."""
    findings: Findings
    descent: float
    """From a baseline to the bottom of its line, in points: the same for every style.

    Line boxes are whole grid steps high, so that this keeps all baselines on one grid.
    """
    typography: Typography

    def style(self, name: str) -> TextStyle:
        return self.sheet.text[name]

    def on_grid(self, length: float) -> float:
        """A length in points, rounded up to whole steps of the baseline grid."""
        return on_grid(length, self.sheet.grid)


def on_grid(length: float, grid: float) -> float:
    """A length rounded up to whole steps of a grid, in points; a thousandth more is rounding."""
    return -(-(length - 0.001) // grid) * grid


def setting_for(sheet: StyleSheet, page_room: float, findings: Findings) -> Setting:
    """The setting of a style sheet; body text stands in the middle of its line boxes."""
    body = sheet.text["body"]
    body_face = face(body.family, body.strong, body.emphasis)
    spare = body.leading - (body_face.ascent + body_face.descent) * body.size
    descent = round(spare / 2 + body_face.descent * body.size, 2)
    typography = Typography(sheet.fallback, sheet.link_colour, sheet.grid)
    return Setting(sheet, page_room, findings, descent, typography)


class Room(Struct, frozen=True, gc=False):
    """The horizontal room for a block: its left edge and its width, in points."""

    x: float
    width: float

    def indented(self, left: float, right: float = 0.0) -> "Room":
        return Room(self.x + left, self.width - left - right)


def least_width(needed: float, setting: Setting) -> float:
    """The least width in points for text that is ``needed`` points wide on one line."""
    return min(_LEAST_WIDTH * setting.style("body").size, needed)


def has_room(room: Room, needed: float, setting: Setting, origin: Span | None) -> bool:
    """Whether text that is ``needed`` points wide can be set; reports the block where it cannot."""
    if room.width >= least_width(needed, setting):
        return True
    setting.findings.error(
        "no-room",
        f"only {max(room.width, 0):.0f} points of width are left for this block",
        origin,
        "make the margins or the other columns narrower, or nest less deeply",
    )
    return False
