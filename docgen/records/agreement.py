"""Whether a translation still says what its source says: the wording that it was made from, the
parts of both, and their numbers."""

from __future__ import annotations

from shlex import quote
from typing import Final, Literal, NamedTuple

from docgen.diagnostics import Diagnostic, ErrorRule, Span, quoted
from docgen.numerals import Difference, Numeral, differences, knows_words
from docgen.records.digests import digest
from docgen.records.pairs import PairedTexts, TextPair
from docgen.records.parts import TextPart, parts_of_both
from docgen.source import language_name

STALE: Final = "stale-translation"
UNTRACED: Final = "untraced-translation"
PARTIAL: Final = "partial-translation"
OTHER_NUMBERS: Final = "other-numbers"

_MOST = 100
"""Differences of one text that are told each at its place."""

Standing = Literal["current", "stale", "untraced", "differs"]
"""How a translation stands to its source. One that differs is made from the wording of now, and has
other parts or numbers than that."""


class Disagreement(NamedTuple):
    """What a translation says otherwise than its source."""

    rule: ErrorRule
    message: str
    span: Span


def standing(pair: TextPair) -> Standing:
    """How a translation stands to its source. Raises DocgenError as ``disagreements`` does."""
    if pair.made_from is None:
        return "untraced"
    if pair.made_from != digest(pair.source.value):
        return "stale"
    return "current" if pair.accepted == digests(pair) or not disagreements(pair) else "differs"


def digests(pair: TextPair) -> tuple[str, str]:
    """The digests of source and translation: stored, they accept that the two differ."""
    return digest(pair.source.value), digest(pair.translation.value)


def problems(pair: TextPair, among: PairedTexts) -> tuple[Diagnostic, ...]:
    """What keeps a translation from being printed, each with its remedy.

    Raises DocgenError as ``disagreements`` does.
    """
    found = standing(pair)
    if found == "current":
        return ()
    command = _accepting(among)
    if found == "differs":
        return told_disagreements(pair, among)
    if found == "stale":
        source = language_name(pair.source_tag)
        message = f"{quoted(pair.name)} was translated from another {source} text than there is now"
        hint = f"read {pair.source.span}, mend it here, then: {command} {quote(pair.name)}"
        return (Diagnostic(STALE, message, pair.translation.span, hint),)
    if among.has_digests:
        message = f"nothing says from which text {quoted(pair.name)} was translated"
        hint = f"read it beside {pair.source.span}, then: {command} {quote(pair.name)}"
        return (Diagnostic(UNTRACED, message, pair.translation.span, hint),)
    # Where not one text says it, saying it once is enough.
    message = "nothing says from which texts this translation was made"
    hint = f"read it beside its source, then: {command} --all"
    return (Diagnostic(UNTRACED, message, among.pairs[0].translation.span, hint),)


def told_disagreements(pair: TextPair, among: PairedTexts) -> tuple[Diagnostic, ...]:
    """What a translation says otherwise than its source, each with its remedy.

    Raises DocgenError as ``disagreements`` does.
    """
    accepting = f"{_accepting(among)} --difference {quote(pair.name)}"
    hint = f"mend it, or, where it is right so: {accepting}{_only_digits(pair)}"
    return tuple(Diagnostic(one.rule, one.message, one.span, hint) for one in disagreements(pair))


def disagreements(pair: TextPair) -> tuple[Disagreement, ...]:
    """What a translation says otherwise than its source, whatever it was made from.

    Raises DocgenError where the source cannot be read as prose.
    """
    both = parts_of_both(pair.source, pair.translation, name=pair.name, is_prose=pair.is_prose)
    if both is None:
        return ()
    source, translation = both
    if source.shape != translation.shape:
        return (_partial(pair, source.counts, translation.counts),)
    found = [
        (difference, part, other)
        for other, part in zip(source.parts, translation.parts, strict=True)
        for difference in differences(other.text, pair.source_tag, part.text, pair.tag)
    ]
    told = tuple(_other_number(pair, *one) for one in found[:_MOST])
    more = len(found) - _MOST
    if more <= 0:
        return told
    message = f"{quoted(pair.name)} says other numbers in {more:,} more places in {pair.tag}"
    return (*told, Disagreement(OTHER_NUMBERS, message, pair.translation.span))


def _partial(pair: TextPair, source: str, translation: str) -> Disagreement:
    name, own, here = quoted(pair.name), pair.source_tag, pair.tag
    if source == translation:
        message = f"{name} has its {source} in another order in {here} than in {own}"
    else:
        message = f"{name} has {translation} in {here}, but {source} in {own}"
    return Disagreement(PARTIAL, message, pair.translation.span)


def _other_number(
    pair: TextPair, difference: Difference, part: TextPart, source: TextPart
) -> Disagreement:
    name, own, here = quoted(pair.name), pair.source_tag, pair.tag
    said, translated = difference.source, difference.translation
    place = part.locate(translated.start if translated else 0)
    if said is None:
        assert translated
        message = f"{name} says {_in(part, translated)} in {here}, and nothing of it in {own}"
    elif translated is None:
        message = f"{name} says {_in(source, said)} in {own}, and nothing of it in {here}"
    elif difference.kind == "order":
        message = f"{name} says {_in(part, translated)} at another place in {here} than in {own}"
    else:
        message = f"{name} says {_in(part, translated)} in {here}, but {_in(source, said)} in {own}"
    return Disagreement(OTHER_NUMBERS, message, place)


def _in(part: TextPart, numeral: Numeral) -> str:
    return quoted(part.text[numeral.start : numeral.end])


def _only_digits(pair: TextPair) -> str:
    if knows_words(pair.source_tag) and knows_words(pair.tag):
        return ""
    return ". Number words are known in English and Spanish only; elsewhere digits are compared"


def _accepting(among: PairedTexts) -> str:
    """The command that writes what somebody has read."""
    whose = f" --organization {among.organization}" if among.organization else ""
    return f"docgen translations accept {among.code} --language {among.tag}{whose}"
