"""Which characters can be printed right as one glyph after another, and why others cannot."""

import unicodedata

LINE_CONTROLS = frozenset("\n\u00ad\u200b\u2060")
"""Line end, soft hyphen, zero-width space, word joiner: they steer line breaking and have no glyph.

Text may hold them; whoever breaks lines takes them out before a font sees the text.
"""

NO_BREAK_SPACES = frozenset("\u00a0\u202f")
"""Spaces that forbid a line break; they print, and are found in the PDF's text, as a space."""

SAME_GLYPH = {"\u2010": "-", "\u2011": "-", "\u00b5": "\u03bc"}
"""Hyphen, non-breaking hyphen and micro sign print as the character whose shape they share,
where a face has no glyph of their own for them."""

NO_FONT = "no font has it"
NEEDS_SHAPING = "its script needs shaping that docgen does not do yet"
COMBINING = "it is a combining mark that does not join its letter in one character"
CONTROL = "it is a control character"
INVISIBLE = "it is an invisible formatting character"

_SHAPED_SCRIPTS = frozenset(
    {
        *("ADLAM", "ARABIC", "BALINESE", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "HANGUL"),
        *("HANIFI", "HEBREW", "JAVANESE", "KANNADA", "KHMER", "LAO", "MALAYALAM", "MANDAIC"),
        *("MONGOLIAN", "MYANMAR", "NKO", "ORIYA", "SAMARITAN", "SINHALA", "SYRIAC", "TAI"),
        *("TAMIL", "TELUGU", "THAANA", "THAI", "TIBETAN", "VEDIC"),
    }
)
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_LINE_SEPARATORS = frozenset({"Zl", "Zp"})


class UnprintableCharacter(Exception):  # noqa: N818 - a finding about a text, not a fault
    """A character that would not print right: it names itself and the reason."""

    def __init__(self, character: str, reason: str) -> None:
        self.character = character
        self.reason = reason
        super().__init__(f"{self.describe()}: {reason}")

    def describe(self) -> str:
        """The code point and its Unicode name, such as ``U+4E2D CJK UNIFIED IDEOGRAPH-4E2D``."""
        code_point = f"U+{ord(self.character):04X}"
        name = unicodedata.name(self.character, "")
        return f"{code_point} {name}" if name else code_point


def reason_against(character: str) -> str | None:
    """Why no font can print a character right, or None where a glyph is all it takes."""
    category = unicodedata.category(character)
    if category == "Cc" or category in _LINE_SEPARATORS:
        return CONTROL
    if category == "Cf":
        return INVISIBLE
    if unicodedata.bidirectional(character) in _RIGHT_TO_LEFT:
        return NEEDS_SHAPING
    if unicodedata.name(character, "").partition(" ")[0] in _SHAPED_SCRIPTS:
        return NEEDS_SHAPING
    if category[0] == "M":
        return COMBINING
    return None
