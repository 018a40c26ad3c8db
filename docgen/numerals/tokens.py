"""The numbers of a text as they are written: digits, fractions, hours, phone numbers and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Literal
from unicodedata import digit, normalize

from msgspec import Struct

from docgen.numerals.units import LATIN, WORD_END
from docgen.numerals.words import counting_words, decimal_signs, telling_words

_EMERGENCY = "911|988|999|112|211|311|711"
"""Numbers to call that are too short to look like one."""
_BLANK = "[ \u00a0\u202f\u2009]"
_THIN = "\u00a0\u202f\u2009"
_VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_DIGITS = rf"""
    (?P<address>(?<!\w)(?:\w{{1,20}}://|www\.)\S+|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]+\.\w[\w.-]*)
  | (?P<phone>(?<![{LATIN}.])(?:
        (?:\+?1[ \u00a0.-]?)?(?:\(\d{{3}}\)|\d{{3}})[ \u00a0.-]?\d{{3}}[ \u00a0.–-]\d{{4}}
      | \d{{3}}[.-]\d{{4}}
      | \+\d{{1,3}}(?:[ \u00a0().-]{{0,2}}\d){{6,12}}
      | (?:{_EMERGENCY})(?![.,:/]?\d|{_BLANK}?(?:mg|mL|%|°))
    ){WORD_END})
  | (?P<clock>(?<![{LATIN}.,:/])(?:
        (?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d))?{_BLANK}?(?P<half>[aApP])\.?{_BLANK}?[mM]{WORD_END}
      | (?P<hour24>[01]?\d|2[0-4])[:h](?P<minute24>[0-5]\d)(?![\d:])
    ))
  | (?P<code>(?<![{LATIN}])(?:[A-Z]{{1,6}}-\d+|[A-Za-z]+\d[A-Za-z\d]*|\d+[A-Za-z]+\d\w*))
  | (?P<fraction>(?<![{LATIN}/.,])(?:(?P<whole>\d{{1,9}})(?:{_BLANK}|-))?
        (?P<over>\d{{1,3}})[/⁄](?P<under>\d{{1,3}})(?![\d/]))
  | (?P<vulgar>(?:(?<!\d)(?P<with>\d{{1,9}}){_BLANK}?)?(?P<sign>[{_VULGAR}]))
  | (?P<number>(?:(?<![\w)])(?<!\d{_BLANK})[−-](?=\d))?
        (?:\d[\d.,٫٬]*\d|\d|(?<![\d.,])\.\d+)(?:[{_THIN}]\d{{3}}(?!\d))*(?:[ ]\d{{3}}(?!\d))*)
  | (?P<raised>(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,9}})
"""
_PATTERN = re.compile(_DIGITS, re.VERBOSE)
_HAS_DIGIT = re.compile(rf"[\d{_VULGAR}⁰¹²³⁴⁵⁶⁷⁸⁹]")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w|['’]\w)")
_PARTS = frozenset((2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 64, 100))
"""What wholes are divided into: 120/80 is a blood pressure, and 24/7 no fraction either."""
_LONGEST = 60
"""Characters of a number: what is longer is a row of signs, and no value."""
_GROUPED = re.compile(r"\d{1,3}(?P<sign>[.,])\d{3}(?:(?P=sign)\d{3})*")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_SPACED = {"en": 100, "es": 5}
"""From how many digits on a language sets thousands apart by a blank; from four on where it is not
named here. English does not, and Spanish leaves 2500 as it is."""

Kind = Literal["number", "word", "clock", "phone", "code"]


class NumberToken(Struct, frozen=True):
    """A number as it is written, or a word that may be one."""

    kind: Kind
    start: int
    end: int
    values: tuple[Fraction, ...] = ()
    """More than one where it may be read in several ways. Of a clock, hours from midnight."""
    text: str = ""
    """A word in lower case; a phone number or code without what sets its parts off."""


def tokens(text: str, tag: str) -> tuple[NumberToken, ...]:
    """The numbers of a text in a language (BCP 47), in their order."""
    digits = list(_in_digits(text, tag))
    words = list(_in_words(text, tag))
    if not digits or not words:
        return tuple(digits or words)
    taken = {place for token in digits for place in range(token.start, token.end)}
    words = [token for token in words if token.start not in taken]
    return tuple(sorted((*digits, *words), key=_start))


def says_none(text: str, tag: str) -> bool:
    """Whether a text surely says no number: most texts say none, and this is quickly seen."""
    if _HAS_DIGIT.search(text):
        return False
    telling = telling_words(_base(tag))
    return telling.isdisjoint(map(str.lower, _LETTERS.findall(text)))


def _in_digits(text: str, tag: str) -> Iterator[NumberToken]:
    if not _HAS_DIGIT.search(text):
        return
    for match in _PATTERN.finditer(text):
        assert match.lastgroup  # every alternative has a name
        yield from _READERS[match.lastgroup](match, tag)


def _in_words(text: str, tag: str) -> Iterator[NumberToken]:
    counting = counting_words(_base(tag))
    if not counting:
        return
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if word in counting:
            yield NumberToken("word", *match.span(), text=word)


def _base(tag: str) -> str:
    return tag.partition("-")[0]


def _start(token: NumberToken) -> int:
    return token.start


def _address(_: re.Match[str], __: str) -> Iterator[NumberToken]:
    """Addresses on the web differ from language to language."""
    return iter(())


def _phone(match: re.Match[str], _: str) -> Iterator[NumberToken]:
    digits = "".join(str(digit(char)) for char in match[0] if char.isdecimal())
    is_american = len(digits) == len("15550100000") and digits.startswith("1")
    yield NumberToken("phone", *match.span(), text=digits[1:] if is_american else digits)


def _clock(match: re.Match[str], _: str) -> Iterator[NumberToken]:
    minutes = Fraction(int(match["minute"] or match["minute24"] or 0), 60)
    if not match["half"]:
        hour = int(match["hour24"])
        hours = (hour, hour + 12) if 0 < hour < 12 else (hour % 24,)  # noqa: PLR2004 - noon
        yield NumberToken("clock", *match.span(), values=tuple(hour + minutes for hour in hours))
        return
    hour = int(match["hour"]) % 12 + (12 if match["half"] in "pP" else 0)
    yield NumberToken("clock", *match.span(), values=(hour + minutes,))


def _code_token(match: re.Match[str], _: str) -> Iterator[NumberToken]:
    yield NumberToken("code", *match.span(), text=match[0].replace("-", "").upper())


def _fraction(match: re.Match[str], _: str) -> Iterator[NumberToken]:
    over, under = int(match["over"]), int(match["under"])
    if under in _PARTS and over < under:
        value = int(match["whole"] or 0) + Fraction(over, under)
        yield NumberToken("number", *match.span(), values=(value,))
        return
    for part in ("whole", "over", "under"):
        if match[part]:
            yield NumberToken("number", *match.span(part), values=(Fraction(int(match[part])),))


def _vulgar(match: re.Match[str], _: str) -> Iterator[NumberToken]:
    over, under = normalize("NFKC", match["sign"]).split("⁄")
    value = int(match["with"] or 0) + Fraction(int(over), int(under))
    yield NumberToken("number", *match.span(), values=(value,))


def _number(match: re.Match[str], tag: str) -> Iterator[NumberToken]:
    if len(match[0]) > _LONGEST:
        yield NumberToken("code", *match.span(), text=match[0])
        return
    first, *rest = match[0].split(" ")
    if not rest or _are_thousands(first, rest, tag):
        written = "".join((first, *rest))
        yield NumberToken("number", *match.span(), values=_values(written, decimal_signs(tag)))
        return
    place = match.start()
    for part in (first, *rest):
        values = _values(part, decimal_signs(tag))
        yield NumberToken("number", place, place + len(part), values=values)
        place += len(part) + 1


def _are_thousands(first: str, rest: list[str], tag: str) -> bool:
    """Whether blanks set thousands apart: 10 000 is one number, and 2 500 mg tablets are two."""
    if not first.isdigit() or len(first) > len("000"):
        return False
    digits = len(first) + sum(map(len, rest))
    return set(rest) == {"000"} or digits >= _SPACED.get(_base(tag), 4)


def _values(written: str, signs: str) -> tuple[Fraction, ...]:
    """What digits may say: ``1.500`` is either, by the decimal ``signs`` of the language."""
    digits = "".join(_ascii_digit(char) for char in written)
    signs = "." if "٫" in written else signs
    sign = -1 if digits[0] == "-" else 1
    digits = digits.removeprefix("-")
    if _AMBIGUOUS.fullmatch(digits):
        point = "," if "," in digits else "."
        thousands = Fraction(digits.replace(point, ""))
        decimals = Fraction(digits.replace(point, "."))
        if point not in signs:
            return (sign * thousands,)
        return (sign * decimals,) if signs == point else (sign * decimals, sign * thousands)
    if _GROUPED.fullmatch(digits) and not digits.startswith("0"):
        return (sign * Fraction(digits.replace(",", "").replace(".", "")),)
    whole, point, rest = digits.replace(",", ".").rpartition(".")
    return (sign * Fraction(f"{whole.replace('.', '') or 0}.{rest}" if point else rest),)


def _ascii_digit(char: str) -> str:
    """Digits of any script as those of ASCII; blanks between thousands go."""
    if char in _THIN or char == "٬":
        return ""
    if char in "−٫":
        return {"−": "-", "٫": "."}[char]
    return char if char.isascii() else str(digit(char))


def _raised(match: re.Match[str], _: str) -> Iterator[NumberToken]:
    """The exponent of 10⁹ is a number like any other."""
    value = Fraction(normalize("NFKC", match[0]))
    yield NumberToken("number", *match.span(), values=(value,))


_READERS: dict[str, Callable[[re.Match[str], str], Iterator[NumberToken]]] = {
    "address": _address,
    "phone": _phone,
    "clock": _clock,
    "code": _code_token,
    "fraction": _fraction,
    "vulgar": _vulgar,
    "number": _number,
    "raised": _raised,
}
