"""Paragraphs into lines: words measured, filled greedily, mixed looks on one baseline."""

from collections import deque
from collections.abc import Iterator
from itertools import chain

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
    used = 0.0
    blank = 0.0
    for word in _fitting_words(paragraph, width, setting):
        if current and used + blank + word.width > width + _TOLERANCE:
            lines.append(_line(current, used, paragraph.style, setting))
            current, used, blank = [], 0.0, 0.0
        current.append(word)
        used += blank + word.width
        blank = word.blank_width
        if word.ends_line:
            lines.append(_line(current, used, paragraph.style, setting))
            current, used, blank = [], 0.0, 0.0
    if current:
        lines.append(_line(current, used, paragraph.style, setting))
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
        width = sum(piece.width for piece in pieces)
        # The blank at the line's end is in the text, but takes no room.
        items.extend(_placed(pieces, x, baseline, max(min(width, right - x), 0.0), paragraph))
        x += width
    return items


def _placed(
    pieces: list[Piece], x: float, baseline: float, width: float, paragraph: Paragraph
) -> Iterator[PageItem]:
    look = pieces[0].look
    text = TextPiece(
        x=round(x, 3),
        baseline=baseline,
        width=round(width, 3),
        text="".join(piece.glyphs.text for piece in pieces),
        face=pieces[0].glyphs.face.name,
        size=look.size,
        colour=look.colour,
        node=paragraph.node,
        run=look.run,
        part=paragraph.part,
    )
    yield text
    if look.run.link is not None:
        yield _underline(text)
        yield _link_area(text, look.run.link, pieces[0].glyphs.face)


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
    for piece in chain.from_iterable(word.pieces for word in line.words):
        if together and (
            piece.look is not together[0].look or piece.glyphs.face is not together[0].glyphs.face
        ):
            yield together
            together = []
        together.append(piece)
    if together:
        yield together


def _offset(style: TextStyle, spare: float) -> float:
    if style.align == "right":
        return spare
    if style.align == "center":
        return spare / 2
    return 0.0


def _line(line_words: list[SetWord], width: float, style: TextStyle, setting: Setting) -> Line:
    largest = max(
        (piece.look.size for word in line_words for piece in word.pieces), default=style.size
    )
    leading = style.leading
    if largest > style.size:
        leading = setting.on_grid(leading * largest / style.size)
    return Line(tuple(line_words), width, leading)


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
    looks = [_look(run, paragraph.style, setting) for run in runs]
    if len(runs) == 1:
        yield from _words_of_one_look(runs[0].text, looks[0])
        return
    text = "".join(run.text for run in runs)
    spans = deque(_run_spans(runs, looks))
    for word in words(text):
        pieces = tuple(_pieces_up_to(word.end, word.start, spans, text))
        blank = tuple(_pieces_up_to(word.next, word.end, spans, text))
        yield _set_word(word, (*pieces, *blank), sum(piece.width for piece in blank))


def _words_of_one_look(text: str, look: Look) -> Iterator[SetWord]:
    blank_width = _set_text(" ", look)[0].width
    for word in words(text):
        pieces = _set_text(text[word.start : word.next], look)
        yield _set_word(word, pieces, blank_width * (word.next - word.end))


def _set_word(word: Word, pieces: tuple[Piece, ...], blank_width: float) -> SetWord:
    width = pieces[0].width if len(pieces) == 1 else sum(piece.width for piece in pieces)
    return SetWord(pieces, width - blank_width, blank_width, word.ends_line)


def _run_spans(runs: list[Run], looks: list[Look]) -> list[tuple[int, int, Look]]:
    spans: list[tuple[int, int, Look]] = []
    start = 0
    for run, look in zip(runs, looks, strict=True):
        spans.append((start, start + len(run.text), look))
        start += len(run.text)
    return spans


def _pieces_up_to(
    end: int, start: int, spans: deque[tuple[int, int, Look]], text: str
) -> Iterator[Piece]:
    """The pieces of ``text[start:end]``; runs that end before it are left behind."""
    while spans and start < end:
        first, last, look = spans[0]
        yield from _set_text(text[max(first, start) : min(last, end)], look)
        if last > end:
            return
        start = last
        spans.popleft()


def _set_text(text: str, look: Look) -> tuple[Piece, ...]:
    # A line break that the author asked for is extracted as a word space.
    shown = text.replace("\n", " ")
    if not shown.isascii():
        shown = shown.translate(_WITHOUT_CONTROLS)
    size = look.size
    return tuple(
        Piece(glyphs, look, glyphs.width * size)
        for glyphs in set_word(shown, look.families, look.strong, look.emphasis)
    )


def _look(run: Run, style: TextStyle, setting: Setting) -> Look:
    link_colour = setting.sheet.link_colour if run.link else None
    return Look(
        setting.families(style),
        style.strong or run.strong,
        style.emphasis != run.emphasis,
        round(style.size * run.scale, 3),
        run.colour or link_colour or style.colour,
        run,
    )
