"""The signs that begin an item of a list in plain text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from docgen.source import BULLETS

_SPACED = ("-", "*", "–", "—", "o", "·", "+", "○")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]|\(?([a-zA-Z]|[ivx]{2,5})[.)]")
_SECOND = 2
_WIDEST_LEAP = 3
_REACH = 60
"""Lines that lie between two items of a list at most."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


class Marker(NamedTuple):
    """The sign of an item: a bullet, or a number that may be a letter or roman."""

    text: str
    style: str
    """Items of one list have the same: the bullet itself, or the form of the number."""
    numbers: tuple[int, ...] = ()
    """What it may count as, both where ``i.`` can be a letter or a number; none for a bullet."""

    @property
    def is_lettered(self) -> bool:
        return bool(self.numbers) and not any(char.isdigit() for char in self.text)


def markers_of_lines(lines: Sequence[Sequence[str]]) -> list[Marker | None]:
    """The marker that each line of words begins with.

    A number counts only where it begins or goes on counting, so that the line "30. Then rest" of
    a sentence that was wrapped stays text, and "A. Smith" as well.
    """
    found = [_marker(words) for words in lines]
    for at, marker in enumerate(found):
        if marker and marker.numbers and not _counts(found, at, lines):
            found[at] = None
    return found


def _counts(found: Sequence[Marker | None], at: int, lines: Sequence[Sequence[str]]) -> bool:
    """Whether the number at the head of a line belongs to others, or may begin counting.

    It goes on where it says the same as the last marker of its style or one more, or one more than
    any near one; and where it leaps from the item right above it by no more than ``_WIDEST_LEAP``:
    5 below 3. Else a number begins a list as 1, or where nothing stands right above it: "30. Then
    rest" below "and stay for" does not. Letters need more: ``a.`` begins only where ``b.`` comes
    below, so that "A. Smith" stays a name; ``h.`` begins nothing.
    """
    marker = found[at]
    assert marker
    near = [one for one in found[max(at - _REACH, 0) : at] if one and one.style == marker.style]
    before = near[-1].numbers if near else ()
    if any(number in (one, one + 1) for one in before for number in marker.numbers):
        return True
    if any(number == one.numbers[0] + 1 for one in near for number in marker.numbers):
        return True
    leap = marker.numbers[0] - before[0] if before and found[at - 1] is near[-1] else 0
    if 0 < leap <= _WIDEST_LEAP:
        return True
    if not marker.is_lettered:
        return marker.numbers == (1,) or at == 0 or not lines[at - 1]
    later = (one for one in found[at + 1 : at + _REACH] if one and one.style == marker.style)
    return 1 in marker.numbers and any(_SECOND in one.numbers for one in later)


def _marker(words: Sequence[str]) -> Marker | None:
    if not words:
        return None
    first = words[0]
    if first[0] in BULLETS:
        return Marker(first[0], first[0])
    if first in _SPACED:
        return Marker(first, first)
    match = _NUMBER.fullmatch(first)
    return Marker(first, _style(first), _numbers(match)) if match else None


def _style(text: str) -> str:
    return re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]", "A", re.sub(r"\d+", "1", text)))


def _numbers(match: re.Match[str]) -> tuple[int, ...]:
    if match[1]:
        return (int(match[1]),)
    word = match[2].lower()
    letter = (ord(word) - ord("a") + 1,) if len(word) == 1 else ()
    roman = (_ROMAN.index(word) + 1,) if match[2] in _ROMAN else ()
    return (*letter, *roman)
