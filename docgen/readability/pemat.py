"""The items of PEMAT-P that a machine can check, of the 24 for printed material.

PEMAT: Shoemaker, Wolf and Brach, The Patient Education Materials Assessment Tool and User's Guide,
AHRQ publication 14-0002-EF. The rest of its items need a reader: 2, 10, and those of headings,
visual aids and tables (9, 15 to 19, 24 to 26), which are the layout's more than the record's.
"""

from collections.abc import Iterable, Sequence

from docgen.document import Block, ListBlock, Paragraph, TextRun, plain_text
from docgen.prose import Prose
from docgen.readability.actions import is_order, tells_what_to_do
from docgen.readability.passive import passives
from docgen.readability.sentences import Sentence

ITEMS = {
    "1": "The purpose is evident",
    "3": "Everyday language",
    "4": "Medical terms are explained",
    "5": "Active voice",
    "6": "Numbers are clear",
    "7": "No calculations",
    "8": "Short sections",
    "11": "A summary",
    "12": "Lists and bold words draw attention to key points",
    "20": "At least one action",
    "21": "Actions address the reader",
    "22": "Actions are broken into steps",
    "23": "A checklist",
}
"""The items that are checked, in few words."""

LONG_PARAGRAPH = 100
"""Words of a paragraph above which it is no short chunk any more."""
_MOST_PASSIVE = 0.2
"""PEMAT's guide counts an item as met where it holds at least four times out of five."""


def mostly_active(sentences: Sequence[Sentence]) -> bool:
    """Item 5: active in four sentences of five."""
    passive = sum(any(True for _ in passives(sentence)) for sentence in sentences)
    return passive <= _MOST_PASSIVE * len(sentences)


def is_short(prose: Prose) -> bool:
    """Item 8: no paragraph above 100 words."""
    texts = (plain_text(block.inlines) for block in prose.blocks if isinstance(block, Paragraph))
    return all(len(text.split()) <= LONG_PARAGRAPH for text in texts)


def has_cues(proses: Iterable[Prose]) -> bool:
    """Item 12: some list, or words in bold."""
    return any(_has_cue(prose.blocks) for prose in proses)


def has_steps(prose: Prose | None) -> bool:
    """Items 22 and 23: actions in a list, which sheets print as steps or as boxes to tick."""
    return prose is not None and any(isinstance(block, ListBlock) for block in prose.blocks)


def names_an_action(sentences: Iterable[Sentence]) -> bool:
    """Item 20."""
    return any(tells_what_to_do(sentence) for sentence in sentences)


def addresses_the_reader(sentences: Sequence[Sentence]) -> bool:
    """Item 21: orders, or "you"."""
    return any(
        is_order(sentence) or any(word.text.lower() in ("you", "your") for word in sentence.words)
        for sentence in sentences
    )


def _has_cue(blocks: Iterable[Block]) -> bool:
    return any(
        isinstance(block, ListBlock)
        or (
            isinstance(block, Paragraph)
            and any(isinstance(run, TextRun) and run.strong for run in block.inlines)
        )
        for block in blocks
    )
