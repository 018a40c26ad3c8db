"""Paragraphs into lines: words measured, filled greedily, mixed looks on one baseline."""

from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import Span
from docgen.document import Align, Inline, Link, Run, TextStyle
from docgen.fonts import LINE_CONTROLS, Face, Glyphs, forgotten_with_fonts, set_word
from docgen.typeset.breaking import characters, words
from docgen.typeset.pages import Line as Rule
from docgen.typeset.pages import LinkArea, Owner, PageItem, Part, TextPiece
from docgen.typeset.setting import Room, Setting, Typography, on_grid

_WITHOUT_CONTROLS = dict.fromkeys(map(ord, LINE_CONTROLS))
"""Marks that only say where a line may end; nothing is shown for them."""
_LOOKS_KEPT = 200
_WORDS_KEPT = 20_000
_PARAGRAPHS_KEPT = 1_000
"""Bounds on what a long run remembers; a handout has about 20 looks, 800 words and, in the words
of its layout, 30 paragraphs."""
_TOLERANCE = 0.005
"""Half of a hundredth of a point: sums of widths may differ by rounding, lines may not."""


class Look(Struct, frozen=True, eq=False):
    """How a stretch of text is shown. Looks without a link are made once and remember words."""

    families: tuple[str, ...]
    strong: bool
    emphasis: bool
    size: float
    colour: str
    language: str | None
    link: Link | None
    face: Face
    """The one of its blanks, and of most words."""
    blank_width: float
    words: "dict[str, SetWord]"


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


_WIDTH = attrgetter("width")
_TEXT, _LOOK, _MIXED = attrgetter("text"), attrgetter("look"), attrgetter("mixed")
_FACE_AND_LOOK = attrgetter("face", "look")


class Line(Struct, frozen=True, eq=False, gc=False):
    """One line of a paragraph."""

    pieces: tuple[Piece, ...]
    """Neighbours differ in face or look; the last one holds the blank at the line's end."""
    width: float
    """Without the blank at its end."""
    height: float


class Paragraph(Struct, frozen=True, eq=False, gc=False):
    """What is set as one paragraph: its text, its style, and whose it is."""

    inlines: tuple[Inline, ...]
    style: TextStyle
    node: Owner | None
    part: Part = "content"
    origin: Span | None = None


def break_lines(paragraph: Paragraph, width: float, setting: Setting) -> Sequence[Line]:
    """The lines of a paragraph no wider than ``width`` points; greedy, first fit."""
    lines, whole = _broken(paragraph.inlines, paragraph.style, setting.typography, width)
    if not whole:
        setting.findings.warning(
            "long-word",
            f"a word is wider than its line of {width:.0f} points and was cut",
            paragraph.origin,
            "put a space, or a hyphen, where it may be divided",
        )
    return lines


@lru_cache(_PARAGRAPHS_KEPT)
def _broken(
    inlines: tuple[Inline, ...], style: TextStyle, typography: Typography, width: float
) -> tuple[tuple[Line, ...], bool]:
    """The lines of a text, and whether no word had to be cut.

    A layout says the same words on every sheet: their lines are remembered.
    """
    words_set = _set_words(inlines, style, typography)
    most = width + _TOLERANCE
    whole = max(map(_WIDTH, words_set), default=0.0) <= most
    if not whole:
        words_set = [part for word in words_set for part in _cut(word, width)]
    scaled = [inline for inline in inlines if isinstance(inline, Run) and inline.scale > 1]
    grid = typography.grid if scaled else None
    lines: list[Line] = []
    first = 0
    used = blank = 0.0
    for index, word in enumerate(words_set):
        end = used + (blank + word.width)
        if end > most and index > first:
            lines.append(_line(words_set[first:index], used, style, grid))
            first, end = index, word.width
        used, blank = end, word.blank_width
        if word.ends_line:
            lines.append(_line(words_set[first : index + 1], used, style, grid))
            first = index + 1
            used = blank = 0.0
    if first < len(words_set):
        lines.append(_line(words_set[first:], used, style, grid))
    return tuple(lines), whole


forgotten_with_fonts(_broken.cache_clear)


def natural_widths(paragraph: Paragraph, setting: Setting) -> tuple[float, float]:
    """Width of the widest word and of the whole text on one line, in points."""
    widest = whole = line = 0.0
    for word in _set_words(paragraph.inlines, paragraph.style, setting.typography):
        widest = max(widest, word.width)
        whole = max(whole, line + word.width)
        line = 0.0 if word.ends_line else line + word.width + word.blank_width
    return widest, whole


class LaidLine(Struct, frozen=True, eq=False, gc=False):
    """A line with all that it takes to place it at any height."""

    line: Line
    paragraph: Paragraph
    room: Room
    descent: float
    """From its baseline to the bottom of its box, in points."""


def place_line(laid: LaidLine, top: float) -> list[PageItem]:
    """The marks of a line whose box starts at ``top``, its left edge at the room's."""
    line, paragraph, room = laid.line, laid.paragraph, laid.room
    x = room.x
    if paragraph.style.align != "left":
        x += _offset(paragraph.style.align, room.width - line.width)
    baseline = round(top + line.height - laid.descent, 3)
    right = x + line.width
    items: list[PageItem] = []
    for piece in line.pieces:
        look = piece.look
        text = TextPiece(
            round(x, 3),
            baseline,
            # The blank at the line's end is in the text, but takes no room.
            round(max(min(piece.width, right - x), 0.0), 3),
            piece.text,
            piece.face.name,
            look.size,
            look.colour,
            paragraph.node,
            look.link,
            paragraph.part,
            look.language,
        )
        items.append(text)
        if look.link is not None:
            items += (_underline(text), _link_area(text, look.link, piece.face))
        x += piece.width
    return items


def _underline(text: TextPiece) -> Rule:
    """A link is not told by its colour alone (WCAG 2.1, 1.4.1)."""
    y = round(text.baseline + 0.14 * text.size, 3)
    return Rule(text.x, y, round(text.x + text.width, 3), y, text.colour, text.size / 18)


def _link_area(text: TextPiece, link: Link, face: Face) -> LinkArea:
    return LinkArea(
        text.x,
        round(text.baseline - face.ascent * text.size, 3),
        text.width,
        round((face.ascent + face.descent) * text.size, 3),
        link,
        text.node,
    )


def _offset(align: Align, spare: float) -> float:
    return spare if align == "right" else spare / 2


def _line(line_words: list[SetWord], width: float, style: TextStyle, grid: float | None) -> Line:
    """A line, made taller to whole steps of the grid, where one is given, for its larger pieces."""
    pieces = _joined(line_words, width)
    leading = style.leading
    if grid is not None:
        largest = max([piece.look.size for piece in pieces])
        leading = on_grid(leading * max(largest / style.size, 1.0), grid)
    return Line(pieces, width, leading)


def _joined(line_words: list[SetWord], width: float) -> tuple[Piece, ...]:
    """The pieces of some words, neighbours of one face and look as one."""
    looks = {*map(_LOOK, line_words)}
    if len(looks) == 1 and not any(map(_MIXED, line_words)):
        (look,) = looks
        text = "".join(map(_TEXT, line_words))
        return (Piece(text, look.face, look, width + line_words[-1].blank_width),)
    pieces = [piece for word in line_words for piece in word.pieces]
    joined: list[Piece] = []
    for _, together in groupby(pieces, _FACE_AND_LOOK):
        same = list(together)
        text = "".join([piece.text for piece in same])
        joined.append(Piece(text, same[0].face, same[0].look, sum([one.width for one in same])))
    return tuple(joined)


def _cut(word: SetWord, width: float) -> Iterator[SetWord]:
    """The word in stretches that fit, divided between grapheme clusters."""
    stretch: list[Piece] = []
    used = 0.0
    for piece in _clusters(word.pieces):
        blank = piece.text == " "
        if stretch and not blank and used + piece.width > width + _TOLERANCE:
            yield SetWord("", word.look, used, 0.0, False, tuple(stretch))
            stretch, used = [], 0.0
        stretch.append(piece)
        used += 0.0 if blank else piece.width
    yield SetWord("", word.look, used, word.blank_width, word.ends_line, tuple(stretch))


def _clusters(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    for piece in pieces:
        for cluster in characters(piece.text):
            for one in _glyphs(cluster, piece.look):
                yield Piece(one.text, one.face, piece.look, one.width * piece.look.size)


def _set_words(
    inlines: tuple[Inline, ...], style: TextStyle, typography: Typography
) -> list[SetWord]:
    runs = [inline for inline in inlines if isinstance(inline, Run) and inline.text]
    looks = [_look(run, style, typography) for run in runs]
    stretches = words("".join([run.text for run in runs]))
    if len(looks) == 1:
        return _in_look(stretches, looks[0])
    left = deque(zip(looks, [len(run.text) for run in runs], strict=True))
    found: list[SetWord] = []
    used = 0
    for index, stretch in enumerate(stretches):
        if used == left[0][1]:
            left.popleft()
            used = 0
        look, length = left[0]
        if len(left) == 1:
            return found + _in_look(stretches[index:], look)
        if used + len(stretch) <= length:
            found += _in_look((stretch,), look)
            used += len(stretch)
            continue
        parts, used = _parts(stretch, left, used)
        found.append(_word_of_parts(parts))
    return found


def _in_look(stretches: Sequence[str], look: Look) -> list[SetWord]:
    known = zip(map(look.words.get, stretches), stretches, strict=True)
    return [word or _word(stretch, look) for word, stretch in known]


def _parts(stretch: str, looks: deque[tuple[Look, int]], used: int) -> tuple[list[SetWord], int]:
    """The stretch divided between its looks, and how much of the last one is used.

    Looks that are used up are taken off.
    """
    parts: list[SetWord] = []
    while stretch:
        look, length = looks[0]
        part = stretch[: length - used]
        if part:
            parts += _in_look((part,), look)
        stretch = stretch[len(part) :]
        used += len(part)
        if stretch:
            looks.popleft()
            used = 0
    return parts, used


def _word_of_parts(parts: list[SetWord]) -> SetWord:
    # Only blanks at the very end are the word's; a part that is all blank has no width itself.
    whole = sum(part.width + part.blank_width for part in parts)
    blank = 0.0
    for part in reversed(parts):
        blank += part.blank_width
        if part.width:
            break
    pieces = tuple(piece for part in parts for piece in part.pieces)
    return SetWord("", parts[0].look, whole - blank, blank, parts[-1].ends_line, pieces)


def _word(stretch: str, look: Look) -> SetWord:
    core = stretch.rstrip(" \n")
    glyphs = _glyphs(core, look)
    # A line break that the author asked for is extracted as a word space.
    blanks = " " * (len(stretch) - len(core))
    blank_width = len(blanks) * look.blank_width
    ends_line = stretch[-1] == "\n"
    if len(glyphs) == 1 and glyphs[0].face is look.face:
        (one,) = glyphs
        word = SetWord(one.text + blanks, look, one.width * look.size, blank_width, ends_line)
    else:
        pieces = [Piece(one.text, one.face, look, one.width * look.size) for one in glyphs]
        width = sum([piece.width for piece in pieces])
        if blanks:
            pieces.append(Piece(blanks, look.face, look, blank_width))
        word = SetWord("", look, width, blank_width, ends_line, tuple(pieces))
    if look.link is not None:
        # A link's look lasts for its paragraph only.
        return word
    if len(look.words) >= _WORDS_KEPT:
        look.words.clear()
    look.words[stretch] = word
    return word


def _glyphs(shown: str, look: Look) -> tuple[Glyphs, ...]:
    if not shown.isascii():
        shown = shown.translate(_WITHOUT_CONTROLS)
    return set_word(shown, look.families, look.strong, look.emphasis)


def _look(run: Run, style: TextStyle, typography: Typography) -> Look:
    colour = run.colour or (typography.link_colour if run.link else None)
    look = _look_of(
        style, typography.fallback, run.strong, run.emphasis, run.scale, colour, run.language
    )
    return look if run.link is None else replace(look, link=run.link, words={})


@lru_cache(_LOOKS_KEPT)
def _look_of(  # noqa: PLR0917 - all that a look hangs on
    style: TextStyle,
    fallback: tuple[str, ...],
    strong: bool,
    emphasis: bool,
    scale: float,
    colour: str | None,
    language: str | None,
) -> Look:
    families = (style.family, *fallback)
    strong, emphasis = style.strong or strong, style.emphasis != emphasis
    size = round(style.size * scale, 3)
    (blank,) = set_word(" ", families, strong, emphasis)
    colour = colour or style.colour
    return Look(
        families, strong, emphasis, size, colour, language, None, blank.face, blank.width * size, {}
    )


forgotten_with_fonts(_look_of.cache_clear)
