"""Which lines of a paragraph were broken by hand, and are not to be read as one text.

CommonMark prints the lines of a paragraph as one text. That is right where an editor wrapped them
at its margin. Lines that were broken by hand, such as those of a list whose signs CommonMark does
not know, lose what told them apart: "Take 5 mg" above "Take 10 mg at night".

A margin shows: the first word of a line had no room on the line above. Whoever breaks a line by
hand leaves room. No margin is taken to be narrower than 40 characters.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from msgspec import Struct

from docgen.measures import holds_quantity

BULLETS = "•▪●◦‣■□◆➢✓✔⁃∙"
"""Signs of items that are never part of a word: a blank behind them may lack."""
_NARROWEST = 40
"""Characters of the narrowest margin: a sentence that goes on in less was wrapped by nobody."""
_ANY_MARGIN = 45
"""Characters that leave room at any margin, for what may begin a line of its own."""
_WIDE = 60
"""Characters of a line that only a margin ends."""
_MUCH_SHORTER = 2 / 3


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_IN_A_SENTENCE = frozenset(f"{BULLETS}○►▶▸→➔☐☑☒★·－＊＋") | {*map(chr, range(0x2460, 0x2500))}
"""Signs that begin an item wherever they begin a line, circled numbers among them."""
_SIGN = (
    r"(?P<sure>[*+]\s|[-+](?=[^\W\d_])|\*(?=[^\s*])|\d{1,3}[.)](?=[^\W\d_])"
    r"|(?:[A-Za-z]|[ivx]{2,4})\)\s)"
    r"|[-–—]\s|[–—](?=\S)|[-−](?=\d)|\d{1,3}(?:[.)]\s|[．）])|\((?:\d{1,3}|[A-Za-z]|[ivx]{2,4})\)"
    r"|(?:[A-Za-z]|[ivx]{2,4})\.\s|\d{1,3}\.?[ºª°]\s|\d{1,3}\s?[-–:/]\s|o\s"
)
"""What else begins an item where CommonMark sees none. What is not sure, such as a dash, may as
well stand in a sentence that was wrapped."""
_EMPHASIZED = re.compile(r"\*[^*]*[^\s*]\*")
_OPENING = "*_\"'([“‘¿¡«"
_CLOSING = "*_\"')]”’»"
_MARKS = ".!?:;…,-–—"
_BEGINNINGS = _word_set(
    """Take Do Don't Don’t Call Ask Tell Bring Wear Eat Drink Stop Keep Avoid Go Come Please Never
Always If When You Tome Llame Pregunte Diga Traiga Lleve Coma Beba Deje Evite Vaya Nunca Siempre
Si Cuando Usted"""
)
"""Words that have a capital only where a sentence begins."""
_GOING_ON = _word_set(
    """a an and any are as at be been before but by can each every for from has have if in into is
it its may more nor not of on once only or so than that the their them then there these they
this to until up was were when where which while who will with within without you your al
antes cada como con cuando de del desde después durante e el en entre es esta este hasta la
las le lo los luego mientras ni no o para pero por que se si sin sobre son su sus tras u un
una unas unos usted y ya"""
)
"""Small words of English and Spanish that begin no line of a list: a sentence goes on."""
_UNFINISHED = _word_set(
    """a an and as at because but by for from if into nor of or our than that the their then to
    when with your al con cuando de del e el en la las los o para por que según si su sus u un una
    y"""
)
"""Small words that end no line of a list: a sentence goes on below them."""
_STAND_INS = "\U000f0000"
"""From here on, characters stand for what is filled in later: it may end as a sentence does."""


class WrittenLine(Struct, frozen=True):
    """A line of a paragraph, without blanks around it."""

    text: str
    """Where it begins an item of CommonMark's, without the sign of that."""
    width: int
    """Characters up to the last one, those before the first included."""
    sign: str = ""
    """The sign that was left out."""


def broken_by_hand(lines: Sequence[WrittenLine], *, narrow: bool = False) -> Iterator[int]:
    """The numbers of a paragraph's lines, the first being 0, that do not go on the line above.

    ``narrow`` lines may have been wrapped at any margin, such as that of a cell.
    """
    if len(lines) < 2:  # noqa: PLR2004 - one line goes on none
        return
    paragraph = _Paragraph(lines, narrow)
    for number in range(1, len(lines)):
        if lines[number].text and (paragraph.has_item(number) or paragraph.is_apart(number)):
            yield number


def is_broken_by_hand(*lines: str, narrow: bool = False) -> bool:
    """Whether any line of a paragraph does not go on the one above it."""
    written = [WrittenLine(line.strip(), len(line.rstrip())) for line in lines]
    return any(broken_by_hand(written, narrow=narrow))


class _Paragraph:
    """Lines that CommonMark prints as one text."""

    def __init__(self, lines: Sequence[WrittenLine], narrow: bool) -> None:
        self._lines = lines
        self._narrow = narrow
        self._widest = max(line.width for line in lines)

    @cached_property
    def _styles(self) -> Counter[str]:
        """How many lines have a sign of each form."""
        return Counter(map(_style, self._lines))

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """The paragraph as one text, and where each of its lines begins in it."""
        texts = [line.text for line in self._lines]
        return " ".join(texts), [*accumulate((len(text) + 1 for text in texts), initial=0)]

    @cached_property
    def _open_brackets(self) -> list[int]:
        """How many brackets are open where each line begins."""
        opened = (line.text.count("(") - line.text.count(")") for line in self._lines)
        return [*accumulate(opened, initial=0)]

    def has_item(self, number: int) -> bool:
        """Whether a line begins with a sign that was meant for one of an item.

        Signs that stand in no sentence are sure, as is what follows a colon: ``Bring:`` above
        ``o your card``. A dash, a number or a letter may as well have come to the beginning of a
        line when a sentence was wrapped, as ``1. or 2 days`` below ``and rest for``. It counts as a
        sign where another line has one of its form, or where the line above had room for it.
        """
        line = self._lines[number]
        if line.text[0] in _NEVER_IN_A_SENTENCE:
            return True
        sign = _sign_of(line.text)
        if sign is None or self._is_no_sign(number, sign):
            return False
        if sign["sure"] or self._leads_in(number):
            return True
        is_repeated = self._styles[_style(line)] > 1
        is_short = self._is_short(number)
        if sign[0].startswith("o"):
            # A bullet of word processors, and the Spanish word for "or".
            return is_repeated and is_short
        return is_repeated or (is_short and not self._goes_on(number))

    def is_apart(self, number: int) -> bool:
        """Whether a line without a sign begins something of its own.

        What is surest comes first. Rows of a table are apart: ``Morning   5 mg`` above
        ``Night   10 mg``. A sentence goes on with its small words, ``or water only``, or after
        them. What begins with a capital or a digit is apart if the line above had room for its
        first word, or if it begins a sentence and the one above did not end, ``Take 5 mg`` above
        ``Take 10 mg at night``. What begins in small letters goes on as a rule: it is apart only
        where the line above had much room, and both say a quantity, or a colon announced it, or no
        line is so wide that a margin can have broken it, ``Bring your card`` above
        ``shoes that close``. Of ``narrow`` lines, which any margin may have broken, only quantities
        say so.
        """
        above, below = self._lines[number - 1].text, self._lines[number].text
        if _has_columns(above) and _has_columns(below):
            return True
        if _first_word(below) in _GOING_ON or above.rsplit(" ", 1)[-1] in _UNFINISHED:
            return False
        if not self._goes_on(number):
            return self._is_short(number) or _begins_anew(above, below)
        if not self._is_short(number):
            return False
        if holds_quantity(above) and holds_quantity(below):
            return True
        by_nobody = self._filled_length(number) <= _NARROWEST and self._widest < _WIDE
        return not self._narrow and (by_nobody or self._leads_in(number))

    def _filled_length(self, number: int) -> int:
        """How long the line above were with the first word of a line."""
        return self._lines[number - 1].width + 1 + len(self._lines[number].text.split(" ", 1)[0])

    def _is_short(self, number: int) -> bool:
        """Whether the line above ends long before any margin."""
        return self._filled_length(number) <= max(_ANY_MARGIN, self._widest * _MUCH_SHORTER)

    def _goes_on(self, number: int) -> bool:
        """Whether a line begins as a sentence goes on."""
        return self._lines[number].text.lstrip(_OPENING)[:1].islower()

    def _leads_in(self, number: int) -> bool:
        """Whether the line above announces a list."""
        return self._lines[number - 1].text.rstrip(_CLOSING).endswith(":")

    def _is_no_sign(self, number: int, sign: re.Match[str]) -> bool:
        """Whether what looks like a sign is emphasis, or ends what stands in brackets."""
        if sign[0] == "*":
            text, starts = self._whole
            return _EMPHASIZED.match(text, starts[number]) is not None
        return sign[0].endswith(") ") and self._open_brackets[number] > 0


def _begins_anew(above: str, below: str) -> bool:
    """Whether a line begins a sentence, though the one above ends none."""
    end = above.rstrip(_CLOSING)[-1:]
    if end in _MARKS or end >= _STAND_INS:
        return False
    first = _first_word(below)
    is_repeated = first == _first_word(above) and first.istitle() and len(first) > 1
    return first in _BEGINNINGS or is_repeated


def _has_columns(text: str) -> bool:
    """Whether a line looks like the row of a table."""
    return "|" in text or "\t" in text or "   " in text


def _sign_of(text: str) -> re.Match[str] | None:
    """The sign of an item that a line begins with; most begin with a word, and need no look."""
    if text[:2].isalpha() and not {".", ")"}.intersection(text[2:5]):
        return None
    return re.match(_SIGN, text)


def _style(line: WrittenLine) -> str:
    """The form of a line's sign: 1. and 2. have one, as have a) and b); none for other lines."""
    sign = _sign_of(f"{line.sign} " if line.sign else line.text)
    said = sign[0] if sign else ""
    return re.sub(r"[A-Za-z]+", "a", re.sub(r"\d+", "1", said))


def _first_word(text: str) -> str:
    return text.lstrip(_OPENING).split(" ", 1)[0].rstrip(_MARKS + _CLOSING)
