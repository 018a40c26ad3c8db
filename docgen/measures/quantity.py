"""Where the numbers of a text stand, each with its unit: what is misread once it is torn apart.

A quantity is a number with its unit, however it is written: ``1 ½ tablets``, ``10 000 IU``,
``5 – 10 mg``, ``160 mg / 5 mL``, ``≥ 5``, ``7 a. m.``. Of ``1 or 2 drops``, the first is ``1 or``.
Units are those of all languages, whatever the language of the text: many a sheet has both.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct

from docgen.measures.units import UNITS

# No class here has more than two stretches of characters: larger ones cost a start of docgen more
# than all else in this module.
_BLANK = r"[^\S\n]"
_BLANKS = f"{_BLANK}{{1,3}}"
_PERHAPS = f"{_BLANK}{{0,3}}"
_MOST_BLANKS = 3
_GLYPHS = "¼-¾⅐-⅞"
"""Fractions that are one character."""
_GROUPED = rf"\d{{1,3}}(?:{_BLANK}\d{{3}})+(?!\d)(?:[.,]\d+)?"
"""Groups of three digits, 10 000 (SI Brochure, 9th edition, 5.4.4)."""
_FIGURES = r"\d+(?:[.,:/']\d+|⁄\d+)*"
_FRACTION = rf"(?:[{_GLYPHS}]|\d+[/⁄]\d+(?!\d))"
_AND_A_HALF = rf"{_BLANKS}(?:and{_BLANKS}a{_BLANKS}half|y{_BLANKS}medi[ao])(?!\w)"
_NUMBER = re.compile(
    rf"(?:(?:{_GROUPED}|{_FIGURES})(?:{_BLANK}?{_FRACTION})?|[{_GLYPHS}])(?:{_AND_A_HALF})?"
    r"(?:[²³]++|¹++|[⁰-⁻]++)*(?:\^[-−]?\d+)?(?P<degrees>[°º])?"
)
_FIGURE = re.compile(rf"[\d{_GLYPHS}]")
_COMPARING: Final = frozenset("<>≤≥=≈~±−")
_AFTER = re.compile(rf"(?:{_PERHAPS}|[‑-])(?P<sign>[^\s\d()-][^\s(-]*)")
"""The sign or word behind a number, which a hyphen may tie to it: 5-mg tablets."""
_BEFORE_A_NUMBER = rf"(?=[\d{_GLYPHS}])"
_TO = re.compile(rf"{_PERHAPS}(?:[‑-—-](?!-)|[×−](?!×)){_PERHAPS}{_BEFORE_A_NUMBER}")
_IN_WORDS_TO = re.compile(rf"{_BLANKS}[a-z]+{_BLANKS}{_BEFORE_A_NUMBER}")
_WORDS_BETWEEN: Final = frozenset(("to", "or", "a", "o", "u", "x", "by", "por"))
_NEXT_WORD = re.compile(rf"{_BLANKS}(?P<word>[^\s\d]\S*)")
_OVER = re.compile(rf"{_PERHAPS}/{_PERHAPS}")
_STROKES = re.compile(r"([/·*])")
_DASHES = re.compile("[‑-—]")
_AFTER_A_UNIT = ".,;:!?)]}\"'”’»…*†‡"
_POWERS = "0123456789²³⁻¹"
_WORDS_OF_A_UNIT = 4
_SPELLED = (
    r"(?i)(?<!\w)(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half(?: an?)?|un[ao]?"
    r"|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|medi[ao])(?= )"
)


class Quantity(Struct, frozen=True, gc=False):
    """A number in a text, with all that belongs to it, from ``start`` up to ``end``."""

    start: int
    number_end: int
    end: int
    unit: str | None
    """Its unit: UCUM, or an annotation in braces. None where it has none, or a sign that mostly
    means something else."""


class _Named(Struct, frozen=True, gc=False):
    """Where the sign or word of a unit ends, and what it stands for."""

    end: int
    unit: str | None


def quantities(text: str, start: int = 0) -> Iterator[Quantity]:
    """Every number in figures that a text has from a place on, with what belongs to it."""
    while figure := _FIGURE.search(text, start):
        start = figure.start()
        if start and text[start - 1].isalnum():
            # The figures of a name, such as B12, are no number.
            start += 1
            continue
        found = _quantity(text, _number_at(text, start))
        yield found
        start = found.end


def holds_quantity(text: str) -> bool:
    """Whether a text says a number with its unit, in figures or in words: "one more tablet"."""
    found = [*quantities(text)]
    if any(one.unit for one in found):
        return True
    ends = [one.end for one in found] + [word.end() for word in re.finditer(_SPELLED, text)]
    return any(_is_of_unit(text, end) for end in ends)


def _is_of_unit(text: str, end: int) -> bool:
    """Whether a unit follows a number, perhaps behind one other word."""
    named = _unit(text, end)
    if named is None and (word := _NEXT_WORD.match(text, end)):
        named = _unit(text, word.end())
    return named is not None and named.unit is not None


def _quantity(text: str, number: re.Match[str]) -> Quantity:
    start = _compared(text, number.start())
    number = _last_of_range(number)
    after = _AFTER.match(text, number.end())
    named = _unit_of(number, after)
    if after and after["sign"] in _WORDS_BETWEEN and (to := _IN_WORDS_TO.match(text, number.end())):
        last = _last_of_range(_number_at(text, to.end()))
        if of_last := _unit_of(last, _AFTER.match(text, last.end())):
            # "1 or" is told from "1" at a line's end; in "1 or 2 people" nothing hangs on it.
            return Quantity(start, number.end(), after.end(), of_last.unit)
    end, unit = (named.end, named.unit) if named else (number.end(), None)
    while (over := _OVER.match(text, end)) and (below := _below(text, over.end())):
        end, unit = below.end, unit or below.unit
    return Quantity(start, number.end(), end, unit)


def _number_at(text: str, at: int) -> re.Match[str]:
    """The number that a figure begins."""
    number = _NUMBER.match(text, at)
    assert number  # any figure alone is one
    return number


def _last_of_range(number: re.Match[str]) -> re.Match[str]:
    """The last number of a range: of 5 – 10, the 10."""
    while to := _TO.match(number.string, number.end()):
        number = _number_at(number.string, to.end())
    return number


def _compared(text: str, start: int) -> int:
    """Where a number begins, the sign before it that compares it included: ≥ 5."""
    at = start
    while at and start - at < _MOST_BLANKS and text[at - 1].isspace():
        at -= 1
    return at - 1 if at and text[at - 1] in _COMPARING else start


def _below(text: str, at: int) -> _Named | None:
    """What stands below a line of division: "mL", or "5 mL"."""
    number = _NUMBER.match(text, at)
    return _unit_of(number, _AFTER.match(text, number.end())) if number else _unit(text, at)


def _unit_of(number: re.Match[str], after: re.Match[str] | None) -> _Named | None:
    """The unit behind a number; of degrees, their scale."""
    named = _unit_at(after) if after else None
    if number["degrees"] is None:
        return named
    scale = number.string[number.end() : named.end].strip() if named else ""
    if named and scale in ("C", "F"):
        return _Named(named.end, "Cel" if scale == "C" else "[degF]")
    return _Named(number.end(), "deg")


def _unit(text: str, at: int) -> _Named | None:
    """The unit that is named at a place, behind blanks or a hyphen."""
    after = _AFTER.match(text, at)
    return _unit_at(after) if after else None


def _unit_at(after: re.Match[str]) -> _Named | None:
    """The unit that a sign or word is, or begins."""
    sign = after["sign"]
    known = _known(sign)
    if known is None:
        return None
    phrases, length, unit = known
    of_several_words = _phrase(after, phrases) if phrases else None
    if of_several_words or not length:
        return of_several_words
    return _Named(after.start("sign") + length, unit)


@lru_cache(maxsize=4096)
def _known(sign: str) -> tuple[Mapping[str, str], int, str | None] | None:
    """What is known of a sign: the units of several words that it begins; how many of its
    characters are a unit, and which. None where it is no unit at all."""
    phrases = _phrases().get(sign.lower(), {})
    length, unit = _in_parts(sign)
    return (phrases, length, unit) if phrases or length else None


def _phrase(after: re.Match[str], phrases: Mapping[str, str]) -> _Named | None:
    """A unit of several words: "fl oz", "a. m."."""
    said, end = after["sign"], after.end()
    for _ in range(_WORDS_OF_A_UNIT - 1):
        word = _NEXT_WORD.match(after.string, end)
        if word is None:
            return None
        end = word.end()
        said = f"{said} {word['word']}"
        for core in _cores(said):
            if core.lower() in phrases:
                return _Named(end - len(said) + len(core), phrases[core.lower()])
    return None


def _in_parts(sign: str) -> tuple[int, str | None]:
    """A unit with punctuation behind it, or of several with strokes between: "mg/kg/day,"."""
    end = at = 0
    unit: str | None = None
    for index, part in enumerate(_STROKES.split(_DASHES.split(sign, 1)[0])):
        if index % 2 == 0:
            core = next((core for core in _cores(part) if _unit_in_table(core)), None)
            if core is None:
                break
            unit = unit if end else _signs()[_unit_in_table(core)]
            end = at + len(core)
        at += len(part)
    return end, unit


def _cores(word: str) -> Iterator[str]:
    """A word, and the same with ever less of the punctuation behind it."""
    yield word
    while word and word[-1] in _AFTER_A_UNIT:
        word = word[:-1]
        yield word


def _unit_in_table(word: str) -> str:
    """A unit as the table spells it; nothing for a word that is none. ``MG`` is mg, ``m2`` is m."""
    signs = _signs()
    for spelled in (word, word.rstrip(_POWERS)):
        if spelled in signs:
            return spelled
        if len(spelled) > 1 and spelled.lower() in signs:
            return spelled.lower()
    return ""


@lru_cache(maxsize=1)
def _signs() -> dict[str, str | None]:
    """The units of all signs and words without blanks; longer ones in small letters as well."""
    signs: dict[str, str | None] = {}
    small: dict[str, str | None] = {}
    for unit in UNITS:
        for word in unit.written:
            signs.setdefault(word, unit.code)
            if len(word) > 1:
                small.setdefault(word.lower(), unit.code)
    loose = {word: None for unit in UNITS if unit.loose for word in unit.loose.split("|")}
    return {**loose, **small, **signs}


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[str, str]]:
    """The units that have blanks in them, in small letters, by their first words."""
    phrases: dict[str, dict[str, str]] = {}
    for unit in UNITS:
        for words in unit.written:
            first, blank, _ = words.partition(" ")
            if blank:
                of_first = phrases.setdefault(first.lower(), {})
                of_first.setdefault(words.lower(), unit.code)
    return phrases
