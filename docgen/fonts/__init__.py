"""Font files, their metrics, and the choice of a face for every character.

Faces are loaded when a text first needs them. ReportLab knows only the fonts registered here.
"""

from docgen.fonts.faces import FAMILIES, Face, face, reportlab_font
from docgen.fonts.printable import LINE_CONTROLS, UnprintableCharacter
from docgen.fonts.words import Glyphs, set_word, unprintable

__all__ = [
    "FAMILIES",
    "LINE_CONTROLS",
    "Face",
    "Glyphs",
    "UnprintableCharacter",
    "face",
    "reportlab_font",
    "set_word",
    "unprintable",
]
