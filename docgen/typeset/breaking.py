"""Where a line may end: Unicode line breaking (UAX #14, by ICU), less the places we forbid.

Nothing breaks inside a quantity (``docgen.measures``), a phone number, a date or a procedure code:
a dose, a number to call or a code that is torn apart is misread.
"""

import re
from functools import lru_cache

from icu4py.breakers import CharacterBreaker, LineBreaker
from icu4py.locale import Locale

from docgen.code_systems import PUBLISHED
from docgen.measures import quantities

_LOCALE = Locale("en")
_NAMED_CODE = r" (?:code )?[A-Z]?\d[\dA-Z]*(?!\w)"
_WORDS_OF_SYSTEMS = tuple(one.name for one in PUBLISHED if one.name.isalpha())
_AFTER_WORD = "|".join(f"(?<={name})" for name in _WORDS_OF_SYSTEMS)
_CODE = re.compile(rf"ICD-10(?:-PCS|-CM)?(?:{_NAMED_CODE}|(?!\w))|(?:{_AFTER_WORD}){_NAMED_CODE}")
"""ICD-10 has codes of diagnoses as well, and its names could be torn themselves."""
_NAMES_OF_SYSTEMS = (*_WORDS_OF_SYSTEMS, "ICD-10")
_FIGURE = "[\\d\xad-¾⅐-⅞]"
"""Figures, fractions, the soft hyphen and a dozen signs that do no harm: a class of two stretches
is compiled in no time."""
_PHONE_OR_DATE = r"(?<=\d)[\d() ./–-]{5,18}\d(?!\w)"
_TIED = r"(?<!\xad)[–/-](?=\w)"
"""Ranges, and what a sign ties to a number: 20–45, 24-hour, 3/day."""
_SOFT_HYPHEN = r"(?<=\xad)(?=\w)"
"""Words are not hyphenated: a break here would need a hyphen that the author's text has not."""
_HYPHENATED = re.compile(rf"\xad{_SOFT_HYPHEN}")
_UNBREAKABLE = re.compile(rf"{_FIGURE}(?:{_PHONE_OR_DATE}|{_TIED}|{_SOFT_HYPHEN})")
"""What is no quantity and stays together all the same, but for codes."""

_PLAIN = re.compile(r"(?:[A-Za-z]++[,.;:']?+ *+)++")
_UNEASY = re.compile(r"[^A-Za-z0-9 ,.;:']|^ |(?<![A-Za-z0-9])[,.;:']")
_SPACED = re.compile(r"[^ ]+ *")
"""Words of plain letters break at blanks only: most texts need no iterator of ICU's, and half of
them have nothing that could forbid a break."""
_TELLTALE = re.compile(_FIGURE)
"""Every unbreakable stretch holds one of these."""


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The text in the stretches that stay on one line, each with the blanks after it.

    A stretch that ends with a newline ends its line: its author asked for the break.
    """
    if _PLAIN.fullmatch(text):
        return tuple(_SPACED.findall(text))
    segments = icu_segments(text) if _UNEASY.search(text) else tuple(_SPACED.findall(text))
    forbidden = _forbidden(text)
    return _joined_segments(segments, forbidden) if forbidden else segments


def torn_from_units(stretch: str) -> tuple[str, ...]:
    """The parts of a stretch that is wider than its line, each number still whole."""
    whole = _hyphenated(stretch)
    for quantity in quantities(stretch):
        whole.update(range(quantity.start + 1, quantity.number_end))
    return _joined_segments(icu_segments(stretch), whole)


def torn(stretch: str) -> tuple[str, ...]:
    """The parts of a stretch of which even a number is wider than its line."""
    return _joined_segments(icu_segments(stretch), _hyphenated(stretch))


def _hyphenated(stretch: str) -> set[int]:
    """The places behind soft hyphens: a word is cut rather than hyphenated without a hyphen."""
    return {match.end() for match in _HYPHENATED.finditer(stretch)}


def icu_segments(text: str) -> tuple[str, ...]:
    """The stretches of a text between all its line break opportunities (UAX #14)."""
    return tuple(LineBreaker(text, _LOCALE))


def _joined_segments(segments: tuple[str, ...], forbidden: set[int]) -> tuple[str, ...]:
    found: list[str] = []
    end = 0
    held = ""
    for segment in segments:
        end += len(segment)
        held += segment
        if end not in forbidden:
            found.append(held)
            held = ""
    return (*found, held) if held else tuple(found)


def characters(text: str) -> tuple[str, ...]:
    """The grapheme clusters of a text (UAX #29): where even a word may be cut in need."""
    return tuple(CharacterBreaker(text, _LOCALE))


def _forbidden(text: str) -> set[int]:
    places: set[int] = set()
    telltale = _TELLTALE.search(text)
    if telltale is None:
        return places
    start = telltale.start()
    for quantity in quantities(text, start):
        places.update(range(quantity.start + 1, quantity.end))
    for match in _UNBREAKABLE.finditer(text, start):
        # The end belongs to the pattern only where it is a sign that ties what follows to it.
        end = match.end() + 1 if match.group()[-1] in "–/-\xad" else match.end()
        places.update(range(match.start() + 1, end))
    if any(name in text for name in _NAMES_OF_SYSTEMS):
        for match in _CODE.finditer(text):
            places.update(range(match.start() + 1, match.end()))
    return places
