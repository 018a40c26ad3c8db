"""Whether two texts in two languages say the same numbers.

Values are compared, not their spelling: ``two hours``, ``2 h`` and ``dos horas`` agree. Number
words are known in English and Spanish. Where one of the texts is in another language, digits are
compared, and small whole numbers may be words there.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from docgen.numerals.reading import Numeral, knows_words, numerals
from docgen.numerals.tokens import says_none
from docgen.numerals.units import CLOCK, CODE, PHONE, is_measure, is_taken

_SET_APART = (PHONE, CODE)
"""These count once, however often they are said."""
_LARGEST_SPELLED = 12
"""Up to here numbers are often written as words."""

Kind = Literal["other", "lacking", "added", "unit", "order"]
Agree = Callable[[Numeral, Numeral], bool]
Pair = tuple[Numeral, Numeral]


class Difference(Struct, frozen=True):
    """What a translation says otherwise than its source; None where one of them says nothing."""

    kind: Kind
    source: Numeral | None
    translation: Numeral | None


def differences(source: str, source_tag: str, text: str, tag: str) -> tuple[Difference, ...]:
    """Where a text in a language (BCP 47) has other numbers than its source in another."""
    if says_none(source, source_tag) and says_none(text, tag):
        return ()
    said, translated = numerals(source, source_tag), numerals(text, tag)
    return (*_set_apart(said, translated), *_amounts(said, source_tag, translated, tag))


def _set_apart(source: Sequence[Numeral], translation: Sequence[Numeral]) -> Iterator[Difference]:
    for unit in _SET_APART:
        said = {one.readings: one for one in source if one.unit == unit}
        translated = {one.readings: one for one in translation if one.unit == unit}
        lacking = [one for readings, one in said.items() if readings not in translated]
        added = [one for readings, one in translated.items() if readings not in said]
        yield from _paired(lacking, added)


def _amounts(
    source: Sequence[Numeral], source_tag: str, translation: Sequence[Numeral], tag: str
) -> Iterator[Difference]:
    """What surely is a number looks for its like first, then for words that may be a number."""
    in_words = knows_words(source_tag) and knows_words(tag)
    amounts = [one for one in source if one.unit not in _SET_APART]
    translated = [one for one in translation if one.unit not in _SET_APART]
    lacking, spare = _asking(amounts, knows_words(source_tag), knows_words(tag))
    added, spare_translated = _asking(translated, knows_words(tag), knows_words(source_tag))
    pairs = [
        *_matched(lacking, added, _says),
        *_matched(lacking, added, _may_say if in_words else _has_value),
    ]
    _matched(lacking, spare_translated, _answers)
    _matched(spare, added, _answers)
    for one, other in _matched(lacking, added, _has_value):
        yield Difference("unit", one, other)
    yield from _paired(lacking, added)
    yield from _moved(pairs)


def _matched(source: list[Numeral], translation: list[Numeral], agree: Agree) -> list[Pair]:
    """Takes what agrees out of both lists, each with the first of the other that does.

    Of 5 mg and 10 mg beside 10 mg and 7 mg, the two of 10 mg make a pair; 5 mg and 7 mg stay for
    who comes next. All with all would be as many comparisons as the square of their number. So
    those of the translation wait in a queue for each value that they may have; what was taken by
    way of another of its values leaves a queue when it comes to its head.
    """
    by_value: dict[Fraction | str, deque[Numeral]] = {}
    for other in translation:
        for value in dict.fromkeys(value for value, _ in other.readings):
            by_value.setdefault(value, deque()).append(other)
    pairs: dict[Numeral, Numeral] = {}
    taken: set[Numeral] = set()
    for one in source:
        for value, _ in one.readings:
            others = by_value.get(value, deque())
            while others and others[0] in taken:
                others.popleft()
            found = next(
                (other for other in others if other not in taken and agree(one, other)), None
            )
            if found:
                taken.add(found)
                pairs[one] = found
                break
    source[:] = [one for one in source if one not in pairs]
    translation[:] = [other for other in translation if other not in taken]
    return list(pairs.items())


def _paired(lacking: Sequence[Numeral], added: Sequence[Numeral]) -> Iterator[Difference]:
    both = min(len(lacking), len(added))
    for one, other in zip(lacking, added, strict=False):
        yield Difference("other", one, other)
    yield from (Difference("lacking", one, None) for one in lacking[both:])
    yield from (Difference("added", None, one) for one in added[both:])


def _moved(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """Doses, portions and hours that have changed places: 5 mg now, 10 mg at night."""
    last: dict[str | None, Numeral] = {}
    for one, other in sorted(pairs, key=lambda pair: pair[0].start):
        before = last.setdefault(one.unit, other)
        if is_taken(one.unit) and other.start < before.start and not _says(other, before):
            yield Difference("order", one, other)
            return
        last[one.unit] = other


def _asking(
    said: Sequence[Numeral], in_words: bool, other_in_words: bool
) -> tuple[list[Numeral], list[Numeral]]:
    """What the other text has to say as well, and what may answer it.

    A number in digits may stand in words there, and a word for a number where only digits are
    read: so much as can be told is asked.
    """
    asks = [
        one.is_certain
        and (
            (in_words and other_in_words) or (one.in_digits and (other_in_words or _is_large(one)))
        )
        for one in said
    ]
    return (
        [one for one, asking in zip(said, asks, strict=True) if asking],
        [one for one, asking in zip(said, asks, strict=True) if not asking],
    )


def _is_large(one: Numeral) -> bool:
    """Whether no language would write a number in words: a dose, an hour, or more than twelve."""
    value, unit = one.readings[0]
    is_small = isinstance(value, Fraction) and value in range(_LARGEST_SPELLED + 1)
    return not is_small or unit == CLOCK or is_measure(unit)


def _says(one: Numeral, other: Numeral) -> bool:
    """Whether both may say the same value of the same unit."""
    return any(reading in other.readings for reading in one.readings)


def _may_say(one: Numeral, other: Numeral) -> bool:
    """Whether they have the same value, and only one of them has a unit, which it may lack."""
    units = {one.unit, other.unit}
    needed = any(unit == CLOCK or is_measure(unit) for unit in units)
    return None in units and not needed and _has_value(one, other)


def _answers(one: Numeral, other: Numeral) -> bool:
    """Whether a word that may be a number says another one's value: ``una`` says ``1``."""
    is_other = is_taken(one.unit) and is_taken(other.unit) and one.unit != other.unit
    return not is_other and _has_value(one, other)


def _has_value(one: Numeral, other: Numeral) -> bool:
    values = [value for value, unit in other.readings]
    return any(value in values for value, _ in one.readings)
