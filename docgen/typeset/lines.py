"""Paragraphs into lines: words measured, filled greedily, mixed looks on one baseline."""

from collections import deque
from collections.abc import Iterator
from operator import attrgetter

from msgspec import Struct

from docgen.diagnostics import Span
from docgen.document import Inline, Link, Run, TextStyle
from docgen.fonts import LINE_CONTROLS, Face, Glyphs, forgotten_with_fonts, set_word
from docgen.typeset.breaking import characters, words
from docgen.typeset.pages import Line as Rule
from docgen.typeset.pages import LinkArea, Owner, PageItem, Part, TextPiece
from docgen.typeset.setting import Room, Setting

_WITHOUT_CONTROLS = dict.fromkeys(map(ord, LINE_CONTROLS))
"""Marks that only say where a line may end; nothing is shown for them."""
_LOOKS_KEPT = 200
_WORDS_KEPT = 20_000
"""Bounds on what a long run remembers; a handout has about 20 looks and 800 words."""
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
    words: "dict[str, SetWord]"


class Piece(Struct, frozen=True, eq=False, gc=False):
    """Glyphs of one face in one look; ``width`` in points."""

    glyphs: Glyphs
    look: Look
    width: float


class SetWord(Struct, frozen=True, eq=False, gc=False):
    """A word ready to stand on a line, with the blank after it in its text.

    ``width`` is the word's alone: its blank counts only where a word follows on the line.
    """

    pieces: tuple[Piece, ...]
    width: float
    blank_width: float
    ends_line: bool


_WIDTH = attrgetter("width")
_looks: dict[tuple[tuple[str, ...], bool, bool, float, str, str | None], Look] = {}
forgotten_with_fonts(_looks)


class Line(Struct, frozen=True, eq=False, gc=False):
    """One line of a paragraph."""

    words: tuple[SetWord, ...]
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


def break_lines(paragraph: Paragraph, width: float, setting: Setting) -> list[Line]:
    """The lines of a paragraph no wider than ``width`` points; greedy, first fit."""
    words_set = _set_words(paragraph, setting)
    scaled = any(inline.scale > 1 for inline in paragraph.inlines if isinstance(inline, Run))
    most = width + _TOLERANCE
    if max(map(_WIDTH, words_set), default=0.0) > most:
        words_set = _cut_to_fit(words_set, paragraph, width, setting)
    lines: list[Line] = []
    current: list[SetWord] = []
    used = blank = 0.0
    for word in words_set:
        if current and used + blank + word.width > most:
            lines.append(_line(current, used, paragraph.style, setting, scaled))
            current, used, blank = [], 0.0, 0.0
        current.append(word)
        used += blank + word.width
        blank = word.blank_width
        if word.ends_line:
            lines.append(_line(current, used, paragraph.style, setting, scaled))
            current, used, blank = [], 0.0, 0.0
    if current:
        lines.append(_line(current, used, paragraph.style, setting, scaled))
    return lines


def natural_widths(paragraph: Paragraph, setting: Setting) -> tuple[float, float]:
    """Width of the widest word and of the whole text on one line, in points."""
    widest = whole = line = 0.0
    for word in _set_words(paragraph, setting):
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
    x = room.x + _offset(paragraph.style, room.width - line.width)
    baseline = round(top + line.height - laid.descent, 3)
    items: list[PageItem] = []
    right = x + line.width
    for pieces in _same_look(line):
        width = sum([piece.width for piece in pieces])
        # The blank at the line's end is in the text, but takes no room.
        items.extend(_placed(pieces, x, baseline, max(min(width, right - x), 0.0), paragraph))
        x += width
    return items


def _placed(
    pieces: list[Piece], x: float, baseline: float, width: float, paragraph: Paragraph
) -> list[PageItem]:
    look = pieces[0].look
    text = TextPiece(
        x=round(x, 3),
        baseline=baseline,
        width=round(width, 3),
        text="".join([piece.glyphs.text for piece in pieces]),
        face=pieces[0].glyphs.face.name,
        size=look.size,
        colour=look.colour,
        node=paragraph.node,
        link=look.link,
        part=paragraph.part,
        language=look.language,
    )
    if look.link is None:
        return [text]
    return [text, _underline(text), _link_area(text, look.link, pieces[0].glyphs.face)]


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


def _same_look(line: Line) -> Iterator[list[Piece]]:
    together: list[Piece] = []
    look = face = None
    for word in line.words:
        for piece in word.pieces:
            if piece.look is not look or piece.glyphs.face is not face:
                if together:
                    yield together
                together = []
                look, face = piece.look, piece.glyphs.face
            together.append(piece)
    if together:
        yield together


def _offset(style: TextStyle, spare: float) -> float:
    if style.align == "right":
        return spare
    if style.align == "center":
        return spare / 2
    return 0.0


def _line(
    line_words: list[SetWord], width: float, style: TextStyle, setting: Setting, scaled: bool
) -> Line:
    if not scaled:
        return Line(tuple(line_words), width, style.leading)
    largest = max(piece.look.size for word in line_words for piece in word.pieces)
    leading = style.leading * max(largest / style.size, 1.0)
    return Line(tuple(line_words), width, setting.on_grid(leading))


def _cut_to_fit(
    words_set: list[SetWord], paragraph: Paragraph, width: float, setting: Setting
) -> list[SetWord]:
    setting.findings.warning(
        "long-word",
        f"a word is wider than its line of {width:.0f} points and was cut",
        paragraph.origin,
        "put a space, or a hyphen, where it may be divided",
    )
    return [part for word in words_set for part in _cut(word, width)]


def _cut(word: SetWord, width: float) -> Iterator[SetWord]:
    """The word in stretches that fit, divided between grapheme clusters."""
    stretch: list[Piece] = []
    used = 0.0
    for piece in _clusters(word.pieces):
        blank = piece.glyphs.text == " "
        if stretch and not blank and used + piece.width > width + _TOLERANCE:
            yield SetWord(tuple(stretch), used, 0.0, ends_line=False)
            stretch, used = [], 0.0
        stretch.append(piece)
        used += 0.0 if blank else piece.width
    yield SetWord(tuple(stretch), used, word.blank_width, word.ends_line)


def _clusters(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    for piece in pieces:
        for cluster in characters(piece.glyphs.text):
            yield from _set_text(cluster, piece.look)


def _set_words(paragraph: Paragraph, setting: Setting) -> list[SetWord]:
    runs = [inline for inline in paragraph.inlines if isinstance(inline, Run) and inline.text]
    left = deque((_look(run, paragraph.style, setting), len(run.text)) for run in runs)
    stretches = words("".join([run.text for run in runs]))
    found: list[SetWord] = []
    used = 0
    for index, stretch in enumerate(stretches):
        if used == left[0][1]:
            left.popleft()
            used = 0
        look, length = left[0]
        known = look.words
        if len(left) == 1:
            found += [known.get(rest) or _word(rest, look) for rest in stretches[index:]]
            break
        if used + len(stretch) <= length:
            found.append(known.get(stretch) or _word(stretch, look))
            used += len(stretch)
            continue
        parts, used = _parts(stretch, left, used)
        found.append(_word_of_parts(parts))
    return found


def _parts(stretch: str, looks: deque[tuple[Look, int]], used: int) -> tuple[list[SetWord], int]:
    """The stretch divided between its looks, and how much of the last one is used.

    Looks that are used up are taken off.
    """
    parts: list[SetWord] = []
    while stretch:
        look, length = looks[0]
        part = stretch[: length - used]
        if part:
            parts.append(look.words.get(part) or _word(part, look))
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
    return SetWord(pieces, whole - blank, blank, parts[-1].ends_line)


def _word(stretch: str, look: Look) -> SetWord:
    word = _measured(stretch, look)
    if look.link is not None:
        # A link's look lasts for its paragraph only.
        return word
    if len(look.words) >= _WORDS_KEPT:
        look.words.clear()
    look.words[stretch] = word
    return word


def _measured(stretch: str, look: Look) -> SetWord:
    core = stretch.rstrip(" \n")
    pieces = _set_text(core, look)
    width = _width(pieces)
    if len(core) == len(stretch):
        return SetWord(pieces, width, 0.0, ends_line=False)
    # A line break that the author asked for is extracted as a word space.
    (blank,) = _set_text(" " * (len(stretch) - len(core)), look)
    ends_line = stretch.endswith("\n")
    if len(pieces) != 1 or pieces[0].glyphs.face is not blank.glyphs.face:
        return SetWord((*pieces, blank), width, blank.width, ends_line)
    text = pieces[0].glyphs.text + blank.glyphs.text
    whole = width + blank.width
    glyphs = Glyphs(blank.glyphs.face, text, whole / look.size)
    return SetWord((Piece(glyphs, look, whole),), width, blank.width, ends_line)


def _width(pieces: tuple[Piece, ...]) -> float:
    return pieces[0].width if len(pieces) == 1 else sum(piece.width for piece in pieces)


def _set_text(shown: str, look: Look) -> tuple[Piece, ...]:
    if not shown.isascii():
        shown = shown.translate(_WITHOUT_CONTROLS)
    glyphs = set_word(shown, look.families, look.strong, look.emphasis)
    return tuple(Piece(one, look, one.width * look.size) for one in glyphs)


def _look(run: Run, style: TextStyle, setting: Setting) -> Look:
    sheet = setting.sheet
    families = (style.family, *sheet.fallback)
    strong = style.strong or run.strong
    emphasis = style.emphasis != run.emphasis
    size = round(style.size * run.scale, 3)
    colour = run.colour or (sheet.link_colour if run.link else style.colour)
    if run.link is not None:
        return Look(families, strong, emphasis, size, colour, run.language, run.link, {})
    key = (families, strong, emphasis, size, colour, run.language)
    if key not in _looks:
        if len(_looks) >= _LOOKS_KEPT:
            _looks.clear()
        _looks[key] = Look(*key, link=None, words={})
    return _looks[key]
