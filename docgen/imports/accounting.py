"""The proof that an import lost no word: what an input says against what its record says."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from docgen.document import Block, ListBlock, Paragraph, TextRun
from docgen.imports.drafts import Draft
from docgen.prose import Prose
from docgen.records import ProcedureRecord

_WORD = re.compile(r"\w+|[^\w\s]")


def words_and_signs(text: str) -> list[str]:
    """Words, numbers and every single sign of a text, in their order."""
    return _WORD.findall(text)


def lost_words(draft: Draft, record: ProcedureRecord) -> tuple[str, ...]:
    """What an input says that neither its record nor the furniture of the input has.

    The record is the one that was read back from its file, so what CommonMark or YAML takes for
    markup counts as lost. How often a word is said counts as well.
    """
    left = Counter(
        word
        for text in (*draft.furniture, *_texts(draft, record))
        for word in words_and_signs(text)
    )
    lost = []
    for word in words_and_signs(draft.said):
        if left[word]:
            left[word] -= 1
        else:
            lost.append(word)
    return tuple(lost)


def _texts(draft: Draft, record: ProcedureRecord) -> Iterator[str]:
    """All that a record says, save for what the import itself has put there."""
    if draft.code is not None:
        yield record.code
    yield record.title.value
    if draft.name is not None:
        yield record.name.value
    if record.specialty:
        yield record.specialty.value
    for _, _, prose in record.sections():
        yield prose_text(prose)
    for section in record.further_sections:
        yield from (section.title.value, prose_text(section.text))
    yield from _tables(record)
    for kept in record.unplaced:
        yield from (kept.heading.value if kept.heading else "", kept.text.value)
    yield from draft.authors
    for reference in draft.references:
        yield from (reference.publisher or "", reference.url or "")


def _tables(record: ProcedureRecord) -> Iterator[str]:
    for policy in record.policies:
        yield from (policy.payer.value, policy.title.value)
        yield from (text.value for text in (policy.number, policy.url) if text)
        yield str(policy.effective or "")
    for similar in record.similar_codes:
        yield from (similar.code, similar.title.value)
        yield similar.difference.value if similar.difference else ""


def prose_text(prose: Prose) -> str:
    """The words of a text as a sheet prints them: without markup, signs of lists and numbers."""
    return "\n".join(_block_texts(prose.blocks))


def _block_texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield "".join(run.text for run in block.inlines if isinstance(run, TextRun))
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _block_texts(item.blocks)
