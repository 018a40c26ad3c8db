"""The unit behind a number, by the table of ``docgen.measures``, and what kind of unit it is."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal, cast, get_args

from docgen.measures import UNITS, Tongue, Unit
from docgen.numerals.words import WORDS

PHONE: Final = "phone"
CODE: Final = "code"
CLOCK: Final = "clock"
"""What else values are than amounts: a clock counts hours from midnight."""

TIMES: Final = "{times}"

LATIN: Final = "0-9A-Za-z_À-ɏ"
WORD_END: Final = f"(?![{LATIN}])"
"""Chinese and others set no words apart: only letters of Latin go on with a unit or a code."""

_WORD = r"[A-Za-zµμÀ-ɏ]+"
_SIGN = rf"{_WORD}(?:\.{_WORD})*[²³]?"
"""A word, or an abbreviation such as I.U. without its last dot."""
_NAME = re.compile(
    rf"([ \u00a0\u202f\u2009-]?)(?:(in\.|[°º] ?[CF]{WORD_END}|[°º%℃℉٪‰])"
    rf"|({_SIGN})(?: ({_WORD}))?(?: ({_WORD}))?)"
)
_FOR = re.compile(r"\s?/\s?| per (?=\w)| por (?=\w)")
_DENOMINATORS: Final = frozenset(("kg", "g", "mL", "dL", "L"))
"""What a dose or a strength is given for; ``a day`` is said in too many ways to compare."""
_OF_THE_CLOCK: Final = frozenset(("{am}", "{pm}", "{hour of day}"))
_SPANS: Final = frozenset(
    "ms s min h d {night} wk mo a {decade} {times} {beats}/min {breaths}/min".split()  # noqa: SIM905
)
_COUNTED: Final = frozenset(("[cup_us]", "[drp]", "[stone_av]", "[gr]"))
"""Units that are things as well: drops, stones."""
_DOSE: Final = "{unit}"
_PREFIXES: Final = {
    "kilo": "k", "mega": "M", "giga": "G", "centi": "c", "mili": "m", "milli": "m", "micro": "µ",
}  # fmt: skip
_LETTERS_AFTER_A_BLANK: Final = frozenset(("s", "d"))
"""The twenties, 20s, are no seconds."""

_NO_AMOUNTS: Final = frozenset((None, PHONE, CODE, CLOCK))


def is_measure(unit: str | None) -> bool:
    """Whether a unit, or one for another, is one without which an amount means nothing."""
    return unit not in _NO_AMOUNTS and _use_of_unit(cast(str, unit)) == "measure"


def is_taken(unit: str | None) -> bool:
    """Whether amounts of a unit must not change places: a dose, a portion, an hour of the day."""
    return unit == CLOCK or (unit not in _NO_AMOUNTS and _use_of_unit(cast(str, unit)) != "span")


def _use_of_unit(unit: str) -> Literal["measure", "portion", "span"]:
    """A portion is what is taken or counted, a span a time, or how often."""
    first, _, below = unit.rpartition("/")
    if below not in _DENOMINATORS:
        first = unit
    if first in _SPANS:
        return "span"
    is_thing = first in _COUNTED or (first.startswith("{") and first != _DOSE)
    return "portion" if is_thing else "measure"


def unit_at(text: str, place: int, base: str) -> tuple[str, int] | None:
    """The unit that follows a number which ends at a place, and where the unit ends.

    ``base`` is the language without its country; signs are known in all of them.
    """
    found = _named_at(text, place, base)
    if found is None or not is_measure(found[0]):
        return found
    per = _FOR.match(text, found[1])
    below = _named_at(text, per.end(), base) if per else None
    if below is None or below[0] not in _DENOMINATORS:
        return found
    return f"{found[0]}/{below[0]}", below[1]


def _named_at(text: str, place: int, base: str) -> tuple[str, int] | None:
    match = _NAME.match(text, place)
    if match is None or (match[3] in _LETTERS_AFTER_A_BLANK and not match[1].isspace()):
        return None
    names = _names(base)
    words = [word for word in (match[2] or match[3], match[4], match[5]) if word]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        unit = names.get(name) or (names.get(name.lower()) if len(name) > 1 else None)
        if unit:
            return unit, match.end() if count == len(words) else match.end(2 + count)
    return None


@lru_cache(maxsize=16)
def _names(base: str) -> Mapping[str, str]:
    """Units by their signs, and by their words in a language; small letters serve as well."""
    known = WORDS.get(base)
    parts = known.parts if known else {}
    named: dict[str, str] = {"in.": "[in_i]"}
    for unit in UNITS:
        if unit.code not in _OF_THE_CLOCK:
            for name, code in _names_of_unit(unit, base):
                if name not in parts:
                    named.setdefault(name.rstrip("."), code)
    small = {name.lower(): code for name, code in reversed(named.items()) if len(name) > 1}
    return {**small, **named}


def _names_of_unit(unit: Unit, base: str) -> Iterator[tuple[str, str]]:
    """The names of a unit; of a thousandth of it, where the table has them in one row."""
    own = "U" if unit.code == _DOSE else unit.code
    for sign in filter(None, unit.signs.split("|")):
        prefix = sign.removesuffix(own) if sign.endswith(own) else ""
        yield sign, f"{prefix.replace('μ', 'µ') if len(prefix) == 1 else ''}{unit.code}"
    for word in unit.words(cast(Tongue, base)) if base in get_args(Tongue) else ():
        found = (sign for start, sign in _PREFIXES.items() if word.startswith(start))
        prefix = next(found, "")
        is_part = f"{prefix}{own}" in unit.signs.split("|")
        yield word, f"{prefix if is_part else ''}{unit.code}"
