"""Reading the values of a text: numbers with their units, hours, phone numbers, codes.

Nothing is guessed: where a number may be read in two ways (``1,500`` in Spanish, ``2:30`` without
a.m. or p.m.), it has both readings, and a text that says either agrees with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from docgen.numerals.tokens import NumberToken, tokens
from docgen.numerals.units import CLOCK, CODE, PHONE, TIMES, is_taken, unit_at
from docgen.numerals.words import WORDS, NumberWords

Values = tuple[Fraction, ...]
Reading = tuple[Fraction | str, str | None]
"""A value with its unit; phone numbers and codes are text, a clock counts hours from midnight."""

_HALF = Fraction(1, 2)
_HALF_A_DAY = 12
_HUNDRED = 100
_THOUSAND = 1_000
_RANGE = r"\s?[-–—/]\s?"
_AT_NOON = re.compile(" (?:del? (?:la )?)?")
"""What stands between 12 and the word for the middle of the day or of the night."""


class Numeral(Struct, frozen=True):
    """A value that a text says, at a place in it."""

    readings: tuple[Reading, ...]
    """More than one where it may be read in several ways."""
    start: int
    end: int
    is_certain: bool = True
    """Whether it surely says a number: ``two`` does, ``once`` may not."""
    in_digits: bool = True

    @property
    def unit(self) -> str | None:
        """Its unit, or what else it is: a clock, a phone number, a code."""
        return self.readings[0][1]


def knows_words(tag: str) -> bool:
    """Whether number words of a language (BCP 47) are read, and not its digits only."""
    return _base(tag) in WORDS


def numerals(text: str, tag: str) -> tuple[Numeral, ...]:
    """The values of a text in a language (BCP 47), in the order in which they stand."""
    known = WORDS.get(_base(tag))
    found = tuple(_Reader(text, tag).read())
    return tuple(_sharing_units(found, text, known.through if known else _RANGE))


def _base(tag: str) -> str:
    return tag.partition("-")[0]


class _Reader:
    """Reads one text: walks its tokens once."""

    def __init__(self, text: str, tag: str) -> None:
        self._text = text
        self._base = _base(tag)
        self._known = WORDS.get(self._base)
        self._tokens = tokens(text, tag)
        self._at = 0

    def read(self) -> Iterator[Numeral]:
        end = 0
        while token := self._following(end):
            numeral = self._quantity(token)
            yield numeral
            end = numeral.end

    def _following(self, end: int) -> NumberToken | None:
        """The first token from a place on."""
        while self._at < len(self._tokens) and self._tokens[self._at].start < end:
            self._at += 1
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _quantity(self, token: NumberToken) -> Numeral:
        if token.kind == "word" and self._known:
            return self._word(token, self._known)
        match token.kind:
            case "phone" | "code":
                unit = PHONE if token.kind == "phone" else CODE
                return Numeral(((token.text, unit),), token.start, token.end)
            case "clock":
                return self._clock(token)
        if self._known is None:
            return self._amount(token.values, token, token.end)
        values, end = self._multiplied(token, self._known)
        return self._amount(values, token, end)

    def _word(self, token: NumberToken, known: NumberWords) -> Numeral:
        word = token.text
        if word in known.times:
            value = Fraction(known.times[word])
            return Numeral(((value, TIMES),), token.start, token.end, in_digits=False)
        if word in known.hours:
            return self._at_hour(known.hours[word], token, token.end)
        if word in known.parts:
            return self._part(token, Fraction(1), token, known)
        if word in known.whole or word in known.one or word in known.articles:
            return self._counted(token, known)
        return self._perhaps(token, Fraction({**known.multipliers, **known.perhaps}[word]))

    def _counted(self, token: NumberToken, known: NumberWords) -> Numeral:
        (value,), end = self._multiplied(token, known)
        part = self._following(end)
        if part and part.text in known.parts and self._text[end : part.start] in (" ", "-"):
            return self._part(part, value, token, known)
        is_certain = end > token.end or token.text in known.whole or self._is_one_portion(token)
        return self._amount((value,), token, end, is_certain=is_certain)

    def _is_one_portion(self, token: NumberToken) -> bool:
        """English has an article besides: *one* tablet is a number, and a tablet may be any."""
        found = unit_at(self._text, token.end, self._base) if token.text == "one" else None
        return found is not None and is_taken(found[0])

    def _perhaps(self, token: NumberToken, *values: Fraction) -> Numeral:
        readings = tuple((value, None) for value in values)
        return Numeral(readings, token.start, token.end, is_certain=False, in_digits=False)

    def _multiplied(self, first: NumberToken, known: NumberWords) -> tuple[Values, int]:
        """What a number and the words that go on with it come to, and where they end.

        ``group`` is what is still multiplied, ``total`` what is not any more. "two hundred and five
        thousand and six": 2, times 100, and 5 to it are the group 205; "thousand" ends it with
        205,000 in the total; 6 is the next group, and the sum 205,006. A word is added only where
        it is below ``least``: five after hundred, but not three after two, which are two numbers.
        """
        total = Fraction(0)
        group = first.values or (Fraction(known.whole.get(first.text, 1)),)
        least = _THOUSAND if first.kind == "number" else _limit_of_addend(group[0])
        end = first.end
        while (word := self._following(end)) and word.kind == "word":
            gap = self._text[end : word.start]
            by = known.multipliers.get(word.text)
            value = 1 if word.text in known.one else known.whole.get(word.text, 0)
            joins = known.tens_with_units if least < _HUNDRED else known.hundreds_with_units
            if by and gap in (" ", "-"):
                group = tuple(value * by for value in group)
                if by >= _THOUSAND:
                    total, group = total + (group[0] or by), (Fraction(0),)
                least = by
            elif first.kind == "word" and 0 < value < least and re.fullmatch(joins, gap):
                group, least = (group[0] + value,), _limit_of_addend(value)
            else:
                break
            end = word.end
        return tuple(total + value for value in group), end

    def _part(
        self, part: NumberToken, count: Fraction, first: NumberToken, known: NumberWords
    ) -> Numeral:
        """Parts of a whole. A word that may count as well, ``third``, needs an ``of`` or many."""
        value = count / known.parts[part.text]
        of = re.compile(known.part_of).match(self._text, part.end)
        place = of.end() if of else part.end
        found = unit_at(self._text, place, self._base)
        may_count = part.text in known.perhaps and not (of and len(of[0].split()))
        if count > 1 or (found and not may_count):
            unit, end = found or (None, part.end)
            return Numeral(((value, unit),), first.start, end, in_digits=False)
        values = {value, Fraction(known.perhaps[part.text])} if may_count else {value}
        if self._text.endswith((" and ", " y "), 0, first.start):
            values.add(1 + value)
        return replace(self._perhaps(part, *values), start=first.start)

    def _amount(
        self, values: Values, first: NumberToken, end: int, *, is_certain: bool = True
    ) -> Numeral:
        """A number with what follows it: a half, a unit, a part of the day."""
        in_digits = first.kind == "number"
        half = self._half_after(end)
        found = unit_at(self._text, half or end, self._base)
        unit, stop = found or (None, half or end)
        half = half or (self._half_after(stop) if found else None)
        if half:
            values, is_certain, stop = tuple(map(_HALF.__add__, values)), True, max(half, stop)
        elif not found and (hour := self._hour(values[0], first, end)):
            return replace(hour, in_digits=in_digits)
        readings = tuple((value, unit) for value in values)
        return Numeral(readings, first.start, stop, is_certain, in_digits)

    def _half_after(self, end: int) -> int | None:
        """Where a half ends that is added to what stands before it."""
        if self._known is None:
            return None
        match = re.compile(rf"(?:{self._known.and_a_half})(?!\w)").match(self._text, end)
        return match.end() if match else None

    def _hour(self, value: Fraction, first: NumberToken, end: int) -> Numeral | None:
        """A number as an hour, where the words after it say so."""
        known = self._known
        if known is None or value.denominator > 1 or not 0 < value <= _HALF_A_DAY:
            return None
        word = self._following(end)
        if word and word.text in known.hours and _AT_NOON.fullmatch(self._text[end : word.start]):
            return self._at_hour(known.hours[word.text], first, word.end)
        for words, (half, is_sure) in known.day_parts.items():
            if self._text.startswith(f" {words}", end):
                clocks = tuple((hour, CLOCK) for hour in _hours(value, half))
                readings = clocks if is_sure else ((value, None), *clocks)
                return Numeral(readings, first.start, end + 1 + len(words))
        return None

    def _at_hour(self, hour: int, first: NumberToken, end: int) -> Numeral:
        return Numeral(((Fraction(hour), CLOCK),), first.start, end, in_digits=False)

    def _clock(self, token: NumberToken) -> Numeral:
        """Hours and minutes; words after them may tell in which half of the day."""
        hours, end = token.values, token.end
        for words, (half, _) in (self._known.day_parts if self._known else {}).items():
            if self._text.startswith(f" {words}", end):
                end += 1 + len(words)
                said = tuple(hour for hour in hours if (hour >= _HALF_A_DAY) == (half == "pm"))
                hours = said or hours
        return Numeral(tuple((hour, CLOCK) for hour in hours), token.start, end)


def _hours(value: Fraction, half: str) -> Values:
    """The hour of a number in a half of the day; twelve at night, or in the morning, is either."""
    if value == _HALF_A_DAY:
        return Fraction(0), value
    return (value + _HALF_A_DAY if half == "pm" else value,)


def _limit_of_addend(value: Fraction | int) -> int:
    """Below what the next word has to stay that is added: to twenty one to nine, to two nothing."""
    return next(place for place in (_THOUSAND, _HUNDRED, 10, 1) if value % place == 0 or place == 1)


def _sharing_units(found: tuple[Numeral, ...], text: str, through: str) -> Iterator[Numeral]:
    """The same with each unit said of all numbers that it is meant for: 20 to 45 minutes."""
    joined = re.compile(through)
    following: Numeral | None = None
    shared: list[Numeral] = []
    for numeral in reversed(found):
        if (
            following
            and numeral.unit is None
            and following.unit not in (None, PHONE, CODE)
            and joined.fullmatch(text, numeral.end, following.start)
        ):
            numeral = replace(numeral, readings=_in_unit(numeral, following))  # noqa: PLW2901
        shared.append(numeral)
        following = numeral
    return reversed(shared)


def _in_unit(numeral: Numeral, following: Numeral) -> tuple[Reading, ...]:
    if following.unit != CLOCK:
        return tuple((value, following.unit) for value, _ in numeral.readings)
    values = [value for value, _ in numeral.readings if isinstance(value, Fraction)]
    hours = [value for value in values if 0 < value <= _HALF_A_DAY and value.denominator == 1]
    either = (hour for value in hours for half in ("am", "pm") for hour in _hours(value, half))
    return (*numeral.readings, *((hour, CLOCK) for hour in dict.fromkeys(either)))
