"""Codes that somebody may have meant who typed one that is not known."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

_ALIKE = ("0OQD", "1IL", "5S", "8B", "2Z", "6G")
"""Characters that are taken for one another."""
_LOOK_ALIKE = {one: group.replace(one, "") for group in _ALIKE for one in group}
_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST = 100
"""Characters of a code that is looked at: whoever types more has not typed a code."""
_LEAST = 3
"""How many characters must agree at the beginning of a code that shares no more."""


def near_codes(code: str, known: Sequence[str], count: int = 3) -> tuple[str, ...]:
    """The known codes nearest to a normalised one, the likeliest slips first: two characters
    swapped, one taken for another that looks like it, one wrong, missing or too many; then codes
    that begin like it. ``known`` are sorted."""
    found: dict[str, None] = {}
    if len(code) > _LONGEST:
        return ()
    for slip in _slips(code):
        if slip not in found and slip != code and _has(known, slip):
            found[slip] = None
            if len(found) == count:
                return tuple(found)
    for length in range(len(code), _LEAST - 1, -1):
        found = found or dict.fromkeys(islice(_beginning(known, code[:length]), count))
    return tuple(found)


def _beginning(known: Sequence[str], start: str) -> Iterator[str]:
    codes = islice(known, bisect_left(known, start), None)
    return takewhile(lambda one: one.startswith(start), codes)


def _has(known: Sequence[str], code: str) -> bool:
    at = bisect_left(known, code)
    return at < len(known) and known[at] == code


def _slips(code: str) -> Iterator[str]:
    """What the fingers or the eyes may have meant, each kind from the end of the code to its start.

    Of ``G0`` that is ``0G``; then ``GO``, ``GQ`` and ``GD``, where the 0 looks like them, and
    ``60``; then every other last character and every other first one; then ``G`` and ``0`` without
    the other; then one character more behind, between and before them. Some come twice.
    """
    places = range(len(code) - 1, -1, -1)
    for at in places[1:]:
        yield code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    for at in places:
        for other in _LOOK_ALIKE.get(code[at], ""):
            yield code[:at] + other + code[at + 1 :]
    for at in places:
        for other in _CHARACTERS:
            yield code[:at] + other + code[at + 1 :]
    for at in places:
        yield code[:at] + code[at + 1 :]
    for at in range(len(code), -1, -1):
        for other in _CHARACTERS:
            yield code[:at] + other + code[at:]
