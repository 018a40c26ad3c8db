"""Where the numbers of a text stand, each with its unit: what is misread once it is torn apart.

A quantity is a number with its unit, however it is written: ``1 ½ tablets``, ``10 000 IU``,
``5 – 10 mg``, ``1 or 2 drops``, ``160 mg / 5 mL``, ``≥ 5``, ``7 a. m.``. Units are those of all
languages, whatever the language of the text: many a sheet has both.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from docgen.measures.units import UNITS

_BLANK = "[ \u00a0\u2000-\u200a\u202f\u205f]"
_BLANKS = f"{_BLANK}{{1,3}}"
_PERHAPS = f"{_BLANK}{{0,3}}"
_GLYPHS = "\u00bc-\u00be\u2150-\u215e\u2189"
"""Fractions that are one character: ½."""
_GROUPED = rf"\d{{1,3}}(?:{_BLANK}\d{{3}})+(?!\d)(?:[.,]\d+)?"
"""Groups of three digits, 10 000 (SI Brochure, 9th edition, 5.4.4)."""
_FIGURES = r"\d+(?:[.,:’'/⁄]\d+)*"
_FRACTION = rf"(?:[{_GLYPHS}]|\d+[/⁄]\d+(?!\d))"
_AND_A_HALF = rf"{_BLANKS}(?:and{_BLANKS}a{_BLANKS}half|y{_BLANKS}medi[ao])(?!\w)"
_VALUE = (
    rf"(?:(?:{_GROUPED}|{_FIGURES})(?:{_BLANK}?{_FRACTION})?|[{_GLYPHS}])(?:{_AND_A_HALF})?"
    r"(?:[⁰¹²³⁴-⁹⁻]+|\^[-−]?\d+)?(?P<degrees>[°º])?"
)
_NUMBER = re.compile(rf"(?<!\w)(?:[<>≤≥=≈~±−]{_PERHAPS})?{_VALUE}")
_TO_ANOTHER = re.compile(rf"{_PERHAPS}[–—−×-]{_PERHAPS}{_VALUE}")
_IN_WORDS_TO_ANOTHER = re.compile(rf"{_BLANKS}(?:to|or|a|o|u|x|by|por){_BLANKS}{_VALUE}")
_SIGN = re.compile(rf"(?:{_PERHAPS}|[-‑])(?P<sign>[^\s\d{_GLYPHS}(–—-][^\s(–—-]*)")
_NEXT_WORD = re.compile(rf"{_BLANKS}(?P<word>[^\s\d]\S*)")
_OVER = re.compile(rf"{_PERHAPS}/{_PERHAPS}")
_AFTER_A_UNIT = ".,;:!?)]}\"'”’»…*†‡"
_POWERS = "0123456789²³⁻¹"
_LONGEST_PHRASE = 4
"""Words of a unit."""
_SPELLED = re.compile(
    r"(?<!\w)(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half(?: an?)?|un[ao]?|dos"
    r"|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|medi[ao])(?= )",
    re.IGNORECASE,
)


class Quantity(Struct, frozen=True):
    """A number in a text, with all that belongs to it, from ``start`` up to ``end``."""

    start: int
    end: int
    unit: str | None
    """Its unit: UCUM, or an annotation in braces. None where it has none, or a sign that mostly
    means something else."""


class _Named(Struct, frozen=True):
    """The sign or word of a unit in a text."""

    end: int
    code: str | None


def quantities(text: str, start: int = 0) -> Iterator[Quantity]:
    """Every number in figures that a text has from a place on, with what belongs to it."""
    while number := _NUMBER.search(text, start):
        found = _quantity(text, number)
        yield found
        start = found.end


def holds_quantity(text: str) -> bool:
    """Whether a text says a number with its unit, in figures or in words: "one more tablet"."""
    ends = [found.end for found in quantities(text) if not found.unit]
    if len(ends) < sum(1 for _ in quantities(text)):
        return True
    ends += [word.end() for word in _SPELLED.finditer(text)]
    return any(_is_of_unit(text, end) for end in ends)


def _is_of_unit(text: str, end: int) -> bool:
    """Whether a unit follows a number, perhaps behind one other word."""
    named = _unit(text, end)
    if named is None and (word := _NEXT_WORD.match(text, end)):
        named = _unit(text, word.end())
    return named is not None and named.code is not None


def _quantity(text: str, number: re.Match[str]) -> Quantity:
    last = _last_of(text, number, _TO_ANOTHER)
    named = _unit_of(text, last)
    # "1 or 2 tablets" is one quantity, "in 1 or 2 people" has two numbers.
    if another := _IN_WORDS_TO_ANOTHER.match(text, last.end()):
        other = _last_of(text, another, _TO_ANOTHER)
        if of_other := _unit_of(text, other):
            last, named = other, of_other
    end = named.end if named else last.end()
    code = named.code if named else None
    while (over := _OVER.match(text, end)) and (below := _below(text, over.end())):
        end, code = below.end, code or below.code
    return Quantity(number.start(), end, code)


def _last_of(text: str, number: re.Match[str], to_another: re.Pattern[str]) -> re.Match[str]:
    """The last number of a range: of 5 – 10, the 10."""
    while another := to_another.match(text, number.end()):
        number = another
    return number


def _below(text: str, at: int) -> _Named | None:
    """What stands below a line of division: "mL", or "5 mL"."""
    number = _NUMBER.match(text, at)
    return _unit_of(text, number) if number else _unit(text, at)


def _unit_of(text: str, number: re.Match[str]) -> _Named | None:
    """The unit behind a number; of degrees, their scale."""
    named = _unit(text, number.end())
    if number["degrees"] is None:
        return named
    scale = text[number.end() : named.end].strip() if named else ""
    if named and scale in ("C", "F"):
        return _Named(named.end, "Cel" if scale == "C" else "[degF]")
    return _Named(number.end(), "deg")


def _unit(text: str, at: int) -> _Named | None:
    """The unit that is named at a place, behind blanks or a hyphen."""
    sign = _SIGN.match(text, at)
    if sign is None:
        return None
    return _phrase(text, sign) or _single(sign)


def _phrase(text: str, sign: re.Match[str]) -> _Named | None:
    """A unit of several words: "fl oz", "a. m."."""
    known = _phrases()
    said, end = sign["sign"], sign.end()
    if said.lower() not in known:
        return None
    phrases = known[said.lower()]
    for _ in range(_LONGEST_PHRASE - 1):
        word = _NEXT_WORD.match(text, end)
        if word is None:
            return None
        end = word.end()
        said = f"{said} {word['word']}"
        for core in _cores(said):
            if core.lower() in phrases:
                return _Named(end - len(said) + len(core), phrases[core.lower()])
    return None


def _single(sign: re.Match[str]) -> _Named | None:
    """A unit of one word, or several with strokes between them: "mg/kg/day"."""
    end = sign.start("sign")
    found: _Named | None = None
    for part in re.split(r"([/·⋅*])", sign["sign"]):
        if part in ("/", "·", "⋅", "*"):
            end += len(part)
            continue
        core = next((core for core in _cores(part) if _code(core) is not _UNKNOWN), None)
        if core is None:
            break
        code = found.code if found else _code(core)
        found = _Named(end + len(core), code)
        end += len(part)
    return found


def _cores(word: str) -> Iterator[str]:
    """A word, and the same with ever less of the punctuation behind it."""
    yield word
    while word and word[-1] in _AFTER_A_UNIT:
        word = word[:-1]
        yield word


_UNKNOWN = ""


def _code(word: str) -> str | None:
    """The code of a unit's sign or word; None for a loose one, ``_UNKNOWN`` for all others."""
    signs = _signs()
    for spelled in (word, word.rstrip(_POWERS)):
        if spelled in signs:
            return signs[spelled]
        if len(spelled) > 1 and spelled.lower() in signs:
            return signs[spelled.lower()]
    return _UNKNOWN


@lru_cache(maxsize=1)
def _signs() -> dict[str, str | None]:
    """The codes of all signs and words without blanks; longer ones in small letters as well."""
    signs: dict[str, str | None] = {}
    for unit in UNITS:
        for word in unit.written:
            if " " not in word:
                signs.setdefault(word, unit.code)
    for unit in UNITS:
        for word in unit.written:
            if " " not in word and len(word) > 1:
                signs.setdefault(word.lower(), unit.code)
        for word in filter(None, unit.loose.split("|")):
            signs.setdefault(word, None)
    return signs


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[str, str]]:
    """The codes of what has blanks in it, in small letters, by the first word."""
    phrases: dict[str, dict[str, str]] = {}
    for unit in UNITS:
        for words in unit.written:
            if " " in words:
                first = words.split()[0].lower()
                phrases.setdefault(first, {}).setdefault(words.lower(), unit.code)
    return phrases
