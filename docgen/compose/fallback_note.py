"""The note to the reader of a sheet of which parts are in a language that stands in for its own."""

from docgen.compose.heading_order import headings_of
from docgen.document import Block, Callout, Paragraph, Run
from docgen.layouts import LoadedLayout

_TITLE = 1
_SUBTITLE = "subtitle"
_BOX = "note"


def with_fallback_note(blocks: tuple[Block, ...], loaded: LoadedLayout) -> tuple[Block, ...]:
    """The blocks with the note below the title: whoever needs help is told before reading on.

    The note is in the sheet's language or else in English.
    """
    note = _note(loaded)
    if note is None:
        return blocks
    at = _below_title(blocks)
    return (*blocks[:at], Callout((note,), _BOX), *blocks[at:])


def _note(loaded: LoadedLayout) -> Paragraph | None:
    if not loaded.fallback_language:
        return None
    words = loaded.words
    sentences = [words.partly_in(loaded.fallback_language)]
    if loaded.layout.audience == "patients":
        sentences.append(words.ask_for_help)
    language = None if words.language == loaded.language else words.language
    return Paragraph((Run(" ".join(sentences), language=language),))


def _below_title(blocks: tuple[Block, ...]) -> int:
    """Where the blocks below the title and its subtitle begin; the start where there is none."""
    for index, block in enumerate(blocks):
        if any(heading.level == _TITLE for heading in headings_of((block,))):
            below = blocks[index + 1] if index + 1 < len(blocks) else None
            has_subtitle = isinstance(below, Paragraph) and below.style == _SUBTITLE
            return index + 1 + has_subtitle
    return 0
