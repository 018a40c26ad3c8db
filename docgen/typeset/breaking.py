"""Where a line may end: Unicode line breaking (UAX #14, by ICU), and the places we forbid besides.

A number stays with its unit, and nothing breaks inside a phone number, a date or a procedure code:
a dose, a number to call or a code that is torn apart is misread.
"""

import re
from functools import lru_cache

from icu4py.breakers import CharacterBreaker, LineBreaker
from msgspec import Struct

_UNITS = (
    "mcg|µg|mg|kg|g|ml|mL|L|mm|cm|m|km|inch|inches|in|feet|foot|ft|lb|lbs|pounds?|ounces?|oz|cups?"
    "|seconds?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|years?|a\\.m\\.|p\\.m\\.|am|pm|AM|PM"
    "|percent|%|degrees|°F|°C|°|MHz|T|cGy|Gy|mSv|mGy|kV|units?|mmHg|bpm|times|dpi"
)
_NUMBER_AND_UNIT = rf"\d[\d.,/]*(?:[–-]\d[\d.,/]*)? (?=(?:{_UNITS})(?![\w]))"
_PHONE_OR_DATE = r"\+?\(?\d[\d() ./–-]{5,18}\d(?!\w)"
_RANGE = r"\d[–-](?=\d)"
_CODE = r"(?:CPT|HCPCS|ICD-10-PCS|ICD-10-CM|ICD-10)(?: (?:code )?(?=[A-Z]?\d)[\dA-Z]+)?(?![\w])"
_SOFT_HYPHEN = r"\w\xad(?=\w)"
"""Words are not hyphenated: a break here would need a hyphen that the author's text has not."""
_UNBREAKABLE = re.compile("|".join((_CODE, _PHONE_OR_DATE, _NUMBER_AND_UNIT, _RANGE, _SOFT_HYPHEN)))


class Word(Struct, frozen=True):
    """A stretch that stays on one line: ``text[start:end]``, then blanks up to ``next``."""

    start: int
    end: int
    next: int
    ends_line: bool
    """Whether the author asked for a line break after it."""


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """The stretches of a text between which a line may end."""
    forbidden = _forbidden(text)
    found: list[Word] = []
    start = 0
    end = 0
    for segment in LineBreaker(text, "en"):
        end += len(segment)
        if end in forbidden and end < len(text):
            continue
        found.append(_word(text, start, end))
        start = end
    return tuple(found)


def characters(text: str) -> tuple[str, ...]:
    """The grapheme clusters of a text (UAX #29): where even a word may be cut in need."""
    return tuple(CharacterBreaker(text, "en"))


def _word(text: str, start: int, end: int) -> Word:
    stretch = text[start:end]
    return Word(start, start + len(stretch.rstrip(" \n")), end, stretch.endswith("\n"))


def _forbidden(text: str) -> set[int]:
    places: set[int] = set()
    for match in _UNBREAKABLE.finditer(text):
        # The end belongs to the pattern only where a blank joins it to what follows.
        end = match.end() + 1 if match.group()[-1] in " –-\xad" else match.end()
        places.update(range(match.start() + 1, end))
    return places
