"""How words look: measured in their face and size, once for each look."""

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from docgen.document import Link, TextRun, TextStyle
from docgen.fonts import (
    LINE_CONTROLS,
    Face,
    Glyphs,
    WordsInFaces,
    forgotten_with_fonts,
    words_in_faces,
)
from docgen.typeset.setting import Typography

_WITHOUT_CONTROLS = dict.fromkeys(map(ord, LINE_CONTROLS))
"""Marks that only say where a line may end; nothing is shown for them."""
_LOOKS_KEPT = 200
_WORDS_KEPT = 20_000
"""Bounds on what a long run remembers; a handout has about 20 looks and 800 words."""


class Look(Struct, frozen=True, eq=False):
    """How a stretch of text is shown."""

    faces: WordsInFaces
    size: float
    colour: str
    language: str | None
    link: Link | None
    face: Face
    """The one of its blanks, and of most words."""
    blank_width: float


class Piece(Struct, frozen=True, eq=False, gc=False):
    """Text that one face shows in one look; ``width`` in points."""

    text: str
    face: Face
    look: Look
    width: float


class SetWord(Struct, frozen=True, eq=False, gc=False):
    """A word ready to stand on a line, with the blank after it in its text.

    ``width`` is the word's alone: its blank counts only where a word follows on the line.
    """

    text: str
    look: Look
    width: float
    blank_width: float
    ends_line: bool
    mixed: tuple[Piece, ...] = ()
    """Its pieces, where it is not in one look, or not in the face of its look alone."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What it is made of, the blank included."""
        look = self.look
        whole = self.width + self.blank_width
        return self.mixed or (Piece(self.text, look.face, look, whole),)


class Words(dict[str, SetWord]):
    """The words in one look, each set when it is first asked for."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look

    def __missing__(self, stretch: str) -> SetWord:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        word = self[stretch] = _word(stretch, self.look)
        return word

    def of(self, stretches: Iterable[str]) -> list[SetWord]:
        """The words of some stretches of text."""
        return [*map(self.__getitem__, stretches)]


def words_for(run: TextRun, style: TextStyle, typography: Typography) -> Words:
    """The words in the look of a run: without a link they are remembered."""
    colour = run.colour or (typography.link_colour if run.link else None)
    known = _words_in(
        style, typography.fallback, run.strong, run.emphasis, run.scale, colour, run.language
    )
    return known if run.link is None else Words(replace(known.look, link=run.link))


@lru_cache(_LOOKS_KEPT)
def _words_in(  # noqa: PLR0917 - all that a look hangs on
    style: TextStyle,
    fallback: tuple[str, ...],
    strong: bool,
    emphasis: bool,
    scale: float,
    colour: str | None,
    language: str | None,
) -> Words:
    emphasis = style.emphasis != emphasis
    size = round(style.size * scale, 3)
    faces = words_in_faces((style.family, *fallback), style.strong or strong, emphasis)
    (blank,) = faces[" "]
    colour = colour or style.colour
    width = blank.width * size
    return Words(Look(faces, size, colour, language, None, blank.face, width))


forgotten_with_fonts(_words_in.cache_clear)


def _word(stretch: str, look: Look) -> SetWord:
    core = stretch.rstrip(" \n")
    glyphs = look.faces[core] if core.isascii() else glyphs_of(core, look)
    # A line break that the author asked for is extracted as a word space.
    blanks = " " * (len(stretch) - len(core))
    blank_width = len(blanks) * look.blank_width
    ends_line = stretch[-1] == "\n"
    if len(glyphs) == 1:
        (one,) = glyphs
        if one.face is look.face:
            return SetWord(one.text + blanks, look, one.width * look.size, blank_width, ends_line)
    pieces = [Piece(one.text, one.face, look, one.width * look.size) for one in glyphs]
    width = sum([piece.width for piece in pieces])
    if blanks:
        pieces.append(Piece(blanks, look.face, look, blank_width))
    return SetWord("", look, width, blank_width, ends_line, tuple(pieces))


def glyphs_of(shown: str, look: Look) -> tuple[Glyphs, ...]:
    """A text in the faces of a look, without the marks that only steer line breaking."""
    return look.faces[shown.translate(_WITHOUT_CONTROLS)]
