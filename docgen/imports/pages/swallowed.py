"""Sentences that the last item of a list has swallowed: "… drinks by mouth The test is …"."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from docgen.imports.pages.text import PageWord

_ENDS = (".", "!", "?", ".)", '."', ".”")


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OPENERS = _word_set(
    """The This These Those It They There You Your If When While Most Many Some Patients People
Because However Although Each All Your Ask Call Please After Before During Results An"""
)
"""Words that have a capital in the middle of a line only where a sentence begins."""
_JOINING = _word_set(
    """a an and as at but by for from in into no nor not of on or per than that the their to under
via with without your if when such like e.g. i.e. vs vs. dr dr. mr. mrs. ms. st. known possible
suspected acute chronic early late mild severe moderate including between"""
)
"""Words that no item of a list ends with."""
_TELLING = _word_set(
    """is are was were may can could should will would must has have had does do needs need means
helps takes requires depends"""
)
"""Words by which a run of words is known to be a sentence."""
_FEWEST_WORDS = 5
_NO_VERB_ENDINGS = ("ss", "us", "is")

Verdict = Literal["split", "unsure"]


class Swallowed(NamedTuple):
    """Where a sentence begins in an item, and whether that is sure."""

    at: int
    verdict: Verdict


def swallowed_sentence(
    item: Sequence[PageWord], others: Sequence[Sequence[PageWord]]
) -> Swallowed | None:
    """The closing sentence in the last item of a list, told from it by a capital alone.

    It is sure where none of the other items, of which there must be some, ends as a sentence does,
    and where what begins with the capital is a sentence and what is before it can be an item.
    """
    texts = [word.text for word in item]
    if not texts[-1].endswith(_ENDS):
        return None
    begins = [at for at in range(1, len(texts) - _FEWEST_WORDS + 1) if _may_begin(texts, at)]
    if not begins:
        return _second_sentence(texts, others)
    openers = [at for at in begins if texts[at] in _OPENERS]
    at = openers[0] if openers else begins[0]
    plain_items = bool(others) and not any(one[-1].text.endswith(_ENDS) for one in others if one)
    sure = plain_items and not _is_title(texts[:at])
    if not openers:
        sure = sure and len(begins) == 1 and _is_sentence(texts[at:])
    return Swallowed(at, "split" if sure else "unsure")


def _second_sentence(texts: list[str], others: Sequence[Sequence[PageWord]]) -> Swallowed | None:
    """A sentence behind a full stop, in a list whose other items have none: perhaps the item's."""
    if not others or any(one[-1].text.endswith(_ENDS) for one in others if one):
        return None
    for at in range(1, len(texts) - _FEWEST_WORDS + 1):
        if texts[at - 1].endswith(_ENDS) and texts[at] in _OPENERS:
            return Swallowed(at, "unsure")
    return None


def _may_begin(texts: list[str], at: int) -> bool:
    word, before = texts[at], texts[at - 1]
    if not (word[0].isupper() and (word[1:].islower() or word == "A")):
        return False
    return (before[-1].isalnum() or before[-1] in ")%") and before.casefold() not in _JOINING


def _is_title(texts: list[str]) -> bool:
    """Whether words have capitals as titles do, so that a capital tells nothing."""
    later = [word for word in texts[1:] if len(word) > 3 or word[0].isupper()]  # noqa: PLR2004
    return bool(later) and sum(word[0].isupper() for word in later) * 2 > len(later)


def _is_sentence(texts: list[str]) -> bool:
    """Whether words hold a verb: a known one, or what stands behind the first word has its form."""
    if any(word in _TELLING for word in texts):
        return True
    second = texts[1]
    return second.isalpha() and second.endswith("s") and not second.endswith(_NO_VERB_ENDINGS)
