"""Font files, their metrics, and the choice of a face for every character.

Faces are loaded when a text first needs them; families of one's own are added to those that
the package carries by ``docgen.fonts.own``. ReportLab knows only the fonts registered here.
"""

from docgen.fonts.faces import FAMILIES, Face, face, families
from docgen.fonts.printable import LINE_CONTROLS, UnprintableCharacter
from docgen.fonts.words import (
    Glyphs,
    WordsInFaces,
    forgotten_with_fonts,
    set_word,
    unprintable,
    words_in_faces,
)

__all__ = [
    "FAMILIES",
    "LINE_CONTROLS",
    "Face",
    "Glyphs",
    "UnprintableCharacter",
    "WordsInFaces",
    "face",
    "families",
    "forgotten_with_fonts",
    "set_word",
    "unprintable",
    "words_in_faces",
]
