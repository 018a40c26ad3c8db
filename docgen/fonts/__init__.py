"""Font files, their metrics, and the choice of a face for every character.

Faces are loaded when a text first needs them; families of one's own are added to those that
the package carries by ``docgen.fonts.own``. ReportLab knows only the fonts registered here.
"""

from docgen.fonts.faces import (
    FAMILIES,
    Face,
    any_reportlab_name,
    face,
    families,
    reportlab_name,
)
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
    "any_reportlab_name",
    "face",
    "families",
    "forgotten_with_fonts",
    "reportlab_name",
    "set_word",
    "unprintable",
    "words_in_faces",
]
