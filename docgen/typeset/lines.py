"""Paragraphs into lines: words measured, filled greedily, mixed looks on one baseline."""

from collections import deque
from collections.abc import Iterator

from msgspec import Struct

from docgen.diagnostics import Span
from docgen.document import Inline, Link, Run, TextStyle
from docgen.fonts import LINE_CONTROLS, Face, Glyphs, set_word
from docgen.typeset.breaking import Word, characters, words
from docgen.typeset.pages import Line as Rule
from docgen.typeset.pages import LinkArea, Owner, PageItem, Part, TextPiece
from docgen.typeset.setting import Room, Setting

_WITHOUT_CONTROLS = dict.fromkeys(map(ord, LINE_CONTROLS))
"""Marks that only say where a line may end; nothing is shown for them."""
_TOLERANCE = 0.005
"""Half of a hundredth of a point: sums of widths may differ by rounding, lines may not."""


class Look(Struct, frozen=True):
    """How a stretch of text is shown."""

    families: tuple[str, ...]
    strong: bool
    emphasis: bool
    size: float
    colour: str
    blank: float
    """Width of a word space in points."""
    run: Run


class Piece(Struct, frozen=True):
    """Glyphs of one face in one look; ``width`` in points."""

    glyphs: Glyphs
    look: Look
    width: float


class SetWord(Struct, frozen=True):
    """A word ready to stand on a line, with the blank after it in its text.

    ``width`` is the word's alone: its blank counts only where a word follows on the line.
    """

    pieces: tuple[Piece, ...]
    width: float
    blank_width: float
    ends_line: bool


class Line(Struct, frozen=True):
    """One line of a paragraph."""

    words: tuple[SetWord, ...]
    width: float
    """Without the blank at its end."""
    height: float


class Paragraph(Struct, frozen=True, eq=False):
    """What is set as one paragraph: its text, its style, and whose it is."""

    inlines: tuple[Inline, ...]
    style: TextStyle
    node: Owner | None
    part: Part = "content"
    origin: Span | None = None


def break_lines(paragraph: Paragraph, width: float, setting: Setting) -> list[Line]:
    """The lines of a paragraph no wider than ``width`` points; greedy, first fit."""
    lines: list[Line] = []
    current: list[SetWord] = []
    used = blank = 0.0
    for word in _fitting_words(paragraph, width, setting):
        if current and used + blank + word.width > width + _TOLERANCE:
            lines.append(_line(current, used, paragraph, setting))
            current, used, blank = [], 0.0, 0.0
        current.append(word)
        used += blank + word.width
        blank = word.blank_width
        if word.ends_line:
            lines.append(_line(current, used, paragraph, setting))
            current, used, blank = [], 0.0, 0.0
    if current:
        lines.append(_line(current, used, paragraph, setting))
    return lines


def natural_widths(paragraph: Paragraph, setting: Setting) -> tuple[float, float]:
    """Width of the widest word and of the whole text on one line, in points."""
    widest = whole = line = 0.0
    for word in _set_words(paragraph, setting):
        widest = max(widest, word.width)
        whole = max(whole, line + word.width)
        line = 0.0 if word.ends_line else line + word.width + word.blank_width
    return widest, whole


def place_line(
    line: Line, paragraph: Paragraph, room: Room, top: float, setting: Setting
) -> list[PageItem]:
    """The marks of a line whose box starts at ``top``, its left edge at the room's."""
    x = room.x + _offset(paragraph.style, room.width - line.width)
    baseline = round(top + line.height - setting.descent, 3)
    right = x + line.width
    items: list[PageItem] = []
    for pieces in _same_look(line):
        width = _width(pieces)
        # The blank at the line's end is in the text, but takes no room.
        items.extend(_placed(pieces, x, baseline, max(min(width, right - x), 0.0), paragraph))
        x += width
    return items


def _placed(
    pieces: tuple[Piece, ...], x: float, baseline: float, width: float, paragraph: Paragraph
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
        run=look.run,
        part=paragraph.part,
    )
    if look.run.link is None:
        return [text]
    return [text, _underline(text), _link_area(text, look.run.link, pieces[0].glyphs.face)]


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


def _same_look(line: Line) -> Iterator[tuple[Piece, ...]]:
    pieces = [piece for word in line.words for piece in word.pieces]
    first = 0
    for index, piece in enumerate(pieces):
        same = piece.look is pieces[first].look and piece.glyphs.face is pieces[first].glyphs.face
        if not same:
            yield tuple(pieces[first:index])
            first = index
    if pieces:
        yield tuple(pieces[first:])


def _offset(style: TextStyle, spare: float) -> float:
    if style.align == "right":
        return spare
    if style.align == "center":
        return spare / 2
    return 0.0


def _line(line_words: list[SetWord], width: float, paragraph: Paragraph, setting: Setting) -> Line:
    style = paragraph.style
    if not any(isinstance(inline, Run) and inline.scale > 1 for inline in paragraph.inlines):
        return Line(tuple(line_words), width, style.leading)
    largest = max(piece.look.size for word in line_words for piece in word.pieces)
    leading = style.leading * max(largest / style.size, 1.0)
    return Line(tuple(line_words), width, setting.on_grid(leading))


def _fitting_words(paragraph: Paragraph, width: float, setting: Setting) -> Iterator[SetWord]:
    for word in _set_words(paragraph, setting):
        if word.width <= width + _TOLERANCE:
            yield word
            continue
        setting.findings.warning(
            "long-word",
            f"a word is wider than its line of {width:.0f} points and was cut",
            paragraph.origin,
            "put a space, or a hyphen, where it may be divided",
        )
        yield from _cut(word, width)


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


def _set_words(paragraph: Paragraph, setting: Setting) -> Iterator[SetWord]:
    runs = [inline for inline in paragraph.inlines if isinstance(inline, Run) and inline.text]
    looks = deque((_look(run, paragraph.style, setting), len(run.text)) for run in runs)
    text = "".join(run.text for run in runs)
    # A line break that the author asked for is extracted as a word space.
    shown = text.replace("\n", " ")
    run_start = 0
    for word in words(text):
        look, length = looks[0]
        if word.next <= run_start + length:
            yield _word_in_one_look(word, shown, look)
            continue
        pieces, run_start = _pieces_across_looks(word.start, word.end, shown, looks, run_start)
        blank, run_start = _pieces_across_looks(word.end, word.next, shown, looks, run_start)
        yield SetWord((*pieces, *blank), _width(pieces), _width(blank), word.ends_line)


def _word_in_one_look(word: Word, shown: str, look: Look) -> SetWord:
    pieces = _set_text(shown[word.start : word.next], look)
    blanks = word.next - word.end
    blank_width = blanks * look.blank if blanks else 0.0
    return SetWord(pieces, _width(pieces) - blank_width, blank_width, word.ends_line)


def _pieces_across_looks(
    start: int, end: int, shown: str, looks: deque[tuple[Look, int]], run_start: int
) -> tuple[tuple[Piece, ...], int]:
    """The pieces of ``shown[start:end]``, and where the run begins that its end lies in.

    Runs that are used up are taken off ``looks``.
    """
    pieces: list[Piece] = []
    while start < end:
        look, length = looks[0]
        run_end = run_start + length
        pieces.extend(_set_text(shown[start : min(run_end, end)], look))
        if run_end > end:
            break
        start = run_start = run_end
        looks.popleft()
    return tuple(pieces), run_start


def _width(pieces: tuple[Piece, ...]) -> float:
    return pieces[0].width if len(pieces) == 1 else sum(piece.width for piece in pieces)


def _set_text(shown: str, look: Look) -> tuple[Piece, ...]:
    if not shown.isascii():
        shown = shown.translate(_WITHOUT_CONTROLS)
    glyphs = set_word(shown, look.families, look.strong, look.emphasis)
    if len(glyphs) == 1:
        return (Piece(glyphs[0], look, glyphs[0].width * look.size),)
    return tuple(Piece(one, look, one.width * look.size) for one in glyphs)


def _look(run: Run, style: TextStyle, setting: Setting) -> Look:
    families = setting.families(style)
    strong = style.strong or run.strong
    emphasis = style.emphasis != run.emphasis
    size = round(style.size * run.scale, 3)
    link_colour = setting.sheet.link_colour if run.link else None
    return Look(
        families=families,
        strong=strong,
        emphasis=emphasis,
        size=size,
        colour=run.colour or link_colour or style.colour,
        blank=set_word(" ", families, strong, emphasis)[0].width * size,
        run=run,
    )
