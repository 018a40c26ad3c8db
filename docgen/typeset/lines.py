"""Paragraphs into lines: words measured, filled greedily, mixed looks on one baseline."""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, compress, groupby
from operator import add, attrgetter

from msgspec import Struct

from docgen.diagnostics import Span
from docgen.document import Align, Inline, Link, TextRun, TextStyle
from docgen.fonts import Face, forgotten_with_fonts
from docgen.typeset.breaking import characters, torn, torn_from_units, words
from docgen.typeset.looks import Piece, SetWord, Words, glyphs_of, words_for
from docgen.typeset.pages import LinkArea, Owner, PageItem, Part, TextPiece
from docgen.typeset.pages import StraightLine as Rule
from docgen.typeset.setting import Room, Setting, Typography, on_grid

_PARAGRAPHS_KEPT = 1_000
"""A bound on what a long run remembers; a handout has 30 paragraphs in the words of its layout."""
_TOLERANCE = 0.005
"""Half of a hundredth of a point: sums of widths may differ by rounding, lines may not."""

_WIDTH, _BLANK, _ENDS_LINE = map(attrgetter, ("width", "blank_width", "ends_line"))
_TEXT, _LOOK, _MIXED = attrgetter("text"), attrgetter("look"), attrgetter("mixed")
_FACE_AND_LOOK = attrgetter("face", "look")


class SetLine(Struct, frozen=True, eq=False, gc=False):
    """One line of a paragraph."""

    pieces: tuple[Piece, ...]
    """Neighbours differ in face or look; the last one holds the blank at the line's end."""
    width: float
    """Without the blank at its end."""
    height: float


class SetParagraph(Struct, frozen=True, eq=False, gc=False):
    """What is set as one paragraph: its text, its style, and whose it is."""

    inlines: tuple[Inline, ...]
    style: TextStyle
    node: Owner | None
    part: Part = "content"
    origin: Span | None = None


def break_lines(paragraph: SetParagraph, width: float, setting: Setting) -> Sequence[SetLine]:
    """The lines of a paragraph no wider than ``width`` points; greedy, first fit."""
    lines, torn_apart, cut = _broken(paragraph.inlines, paragraph.style, setting.typography, width)
    if torn_apart:
        setting.findings.warning(
            "torn-number",
            f"a number and what belongs to it are wider than their line of {width:.0f} points and "
            "stand on two",
            paragraph.origin,
            "give the column more width, or write it shorter",
        )
    if cut:
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
) -> tuple[tuple[SetLine, ...], bool, bool]:
    """The lines of a text, whether a number was torn apart, and whether a word had to be cut.

    A layout says the same words on every sheet: their lines are remembered.
    """
    stretches = words(_text_of_runs(inlines))
    words_set = _set_words(inlines, stretches, style, typography)
    most = width + _TOLERANCE
    whole = len(stretches)
    cut = _widest(words_set) > most
    for parts_of in (torn_from_units, torn) if cut else ():
        stretches = _parted(stretches, words_set, most, parts_of)
        words_set = _set_words(inlines, stretches, style, typography)
        cut = _widest(words_set) > most
    torn_apart = len(stretches) > whole
    if cut:
        words_set = [part for word in words_set for part in _cut(word, width)]
    scaled = [inline for inline in inlines if isinstance(inline, TextRun) and inline.scale > 1]
    grid = typography.grid if scaled else None
    lines = [
        _line_of_words(words_set[first:end], used, style, grid)
        for first, end, used in _line_ranges(words_set, most)
    ]
    return tuple(lines), torn_apart, cut


forgotten_with_fonts(_broken.cache_clear)


def _line_ranges(words_set: Sequence[SetWord], most: float) -> Iterator[tuple[int, int, float]]:
    """Each line's first word, the one after its last, and its width without the blank at its end.

    Words are measured once, as if all stood on one line: where each starts and ends on it tells
    how many of them fit. Words of 30, 20 and 40 pt with blanks of 5 pt start at 0, 35 and 60 and
    end at 30, 55 and 100. A line of 60 pt that starts at 0 holds what ends up to 60, two words; the
    next starts at 60 and holds what ends up to 120. A search in the ends finds the break in a few
    steps, however long the line; a line holds at least one word, even if that is too wide.
    """
    widths = [*map(_WIDTH, words_set)]
    starts = [*accumulate(map(add, widths, map(_BLANK, words_set)), initial=0.0)]
    ends = [*map(add, starts, widths)]
    count = len(words_set)
    first = 0
    for stop in (*compress(range(1, count), map(_ENDS_LINE, words_set)), count):
        while first < stop:
            start = starts[first]
            end = bisect_right(ends, start + most, first + 1, stop)
            yield first, end, ends[end - 1] - start
            first = end


def natural_widths(
    paragraph: SetParagraph, setting: Setting, *, may_tear: bool = False
) -> tuple[float, float]:
    """Width of the widest word and of the whole text on one line, in points.

    A number counts as one word with what belongs to it, unless it may be torn apart.
    """
    widest = whole = line = 0.0
    stretches = words(_text_of_runs(paragraph.inlines))
    if may_tear:
        stretches = tuple(part for stretch in stretches for part in torn(stretch))
    for word in _set_words(paragraph.inlines, stretches, paragraph.style, setting.typography):
        widest = max(widest, word.width)
        whole = max(whole, line + word.width)
        line = 0.0 if word.ends_line else line + word.width + word.blank_width
    return widest, whole


class LaidLine(Struct, frozen=True, eq=False, gc=False):
    """A line with all that it takes to place it at any height."""

    line: SetLine
    paragraph: SetParagraph
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
        width = piece.width
        if x + width > right:
            # The blank at the line's end is in the text, but takes no room.
            width = max(right - x, 0.0)
        text = TextPiece(
            round(x, 3),
            baseline,
            round(width, 3),
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


def _line_of_words(
    line_words: list[SetWord], width: float, style: TextStyle, grid: float | None
) -> SetLine:
    """A line, made taller to whole steps of the grid, where one is given, for its larger pieces."""
    pieces = _pieces_of_words(line_words, width)
    leading = style.leading
    if grid is not None:
        largest = max([piece.look.size for piece in pieces])
        leading = on_grid(leading * max(largest / style.size, 1.0), grid)
    return SetLine(pieces, width, leading)


def _pieces_of_words(line_words: list[SetWord], width: float) -> tuple[Piece, ...]:
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
            for one in glyphs_of(cluster, piece.look):
                yield Piece(one.text, one.face, piece.look, one.width * piece.look.size)


def _text_of_runs(inlines: tuple[Inline, ...]) -> str:
    return "".join([inline.text for inline in inlines if isinstance(inline, TextRun)])


def _widest(words_set: Sequence[SetWord]) -> float:
    return max(map(_WIDTH, words_set), default=0.0)


def _parted(
    stretches: Sequence[str],
    words_set: Sequence[SetWord],
    most: float,
    parts_of: Callable[[str], tuple[str, ...]],
) -> tuple[str, ...]:
    """The stretches, those that are too wide in their parts."""
    return tuple(
        part
        for stretch, word in zip(stretches, words_set, strict=True)
        for part in (parts_of(stretch) if word.width > most else (stretch,))
    )


def _set_words(
    inlines: tuple[Inline, ...],
    stretches: Sequence[str],
    style: TextStyle,
    typography: Typography,
) -> list[SetWord]:
    """The words of a text, one for each of its stretches.

    Stretches go by where lines may break, runs by how letters look, and neither keeps to the other:
    in ``take **two**, then`` the stretch ``two, `` has a bold word and a plain comma. ``left`` are
    the runs that are not used up, and ``used`` how much of the first of them is. A stretch within
    one run is measured by itself, and remembered for the next sheet; one that crosses is put
    together of its parts. The last run takes all stretches that are left at once.
    """
    runs = [inline for inline in inlines if isinstance(inline, TextRun) and inline.text]
    known = [words_for(run, style, typography) for run in runs]
    if len(known) == 1:
        return known[0].of(stretches)
    left = deque(zip(known, [len(run.text) for run in runs], strict=True))
    found: list[SetWord] = []
    used = 0
    for index, stretch in enumerate(stretches):
        if used == left[0][1]:
            left.popleft()
            used = 0
        in_look, length = left[0]
        if len(left) == 1:
            return found + in_look.of(stretches[index:])
        if used + len(stretch) <= length:
            found.append(in_look[stretch])
            used += len(stretch)
            continue
        parts, used = _parts(stretch, left, used)
        found.append(_word_of_parts(parts))
    return found


def _parts(stretch: str, looks: deque[tuple[Words, int]], used: int) -> tuple[list[SetWord], int]:
    """The stretch divided between its looks, and how much of the last one is used.

    Looks that are used up are taken off.
    """
    parts: list[SetWord] = []
    while stretch:
        in_look, length = looks[0]
        part = stretch[: length - used]
        if part:
            parts.append(in_look[part])
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
