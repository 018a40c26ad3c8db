"""The part of a sheet that is a patient's own, set apart from the pages that it stands on.

Pages are broken by the heights of strips and by how they hold. Where those of two patients agree,
and their texts are drawn with the same faces, all else on their pages is the same.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import groupby

from docgen.diagnostics import Findings
from docgen.document import Block, KeyFacts, PageSetup, Paragraph, PreparedFor, StyleSheet
from docgen.typeset.blocks import flow
from docgen.typeset.lines import place_line
from docgen.typeset.pages import Inset, Owner, PageItem, TextPiece
from docgen.typeset.setting import Room, setting_for
from docgen.typeset.stack import Stack
from docgen.typeset.strips import Strip, moved

Texts = Mapping[Owner, int]
"""The texts of a visit, labels and values, counted in the order in which they are read."""
Shape = tuple[object, ...]
"""What the rest of a file depends on: insets of one shape can stand in for one another."""


def body_room(page: PageSetup) -> Room:
    """The width between the margins of a page."""
    return Room(page.left, page.width - page.left - page.right)


def texts_of_visit(blocks: Sequence[Block]) -> Texts:
    """The texts of the block that is a patient's own; none where no visit has filled it."""
    texts: list[Owner] = []
    for block in blocks:
        if isinstance(block, PreparedFor):
            for facts in block.blocks:
                texts += _texts_of_facts(facts)
    return {text: number for number, text in enumerate(texts)}


def _texts_of_facts(facts: Block) -> list[Owner]:
    # Anything else would be drawn as if it were every patient's.
    assert isinstance(facts, KeyFacts)
    texts: list[Owner] = []
    for fact in facts.facts:
        (value,) = fact.blocks
        assert isinstance(value, Paragraph)
        texts += (fact.label, value)
    return texts


def inset_in(items: Sequence[PageItem], placed: Stack, top: float, texts: Texts) -> Inset | None:
    """Where a page has texts of a visit: its items, and the stack that they were made from."""
    own = [one for one in placed.placed if _is_own(one.strip, texts)]
    if not own:
        return None
    places = [index for index, item in enumerate(items) if _owner_of_item(item) in texts]
    whole = all(one.strip.columns is None for one in own)
    tops = tuple(top + one.top for one in own) if whole else ()
    return Inset(places[0], places[-1] + 1, tops)


def _is_own(strip: Strip, texts: Texts) -> bool:
    if strip.text is not None:
        return strip.text.paragraph.node in texts
    sides = strip.columns.items if strip.columns else (strip.items,)
    return any(_owner_of_item(item) in texts for side in sides for item in side)


def _owner_of_item(item: PageItem) -> Owner | None:
    return getattr(item, "node", None)


def set_apart(
    block: PreparedFor, page: PageSetup, styles: StyleSheet
) -> tuple[tuple[Strip, ...], Shape] | None:
    """The strips of a patient's block and their shape; None where they cannot be told apart so.

    That is where there is something to tell its reader or to refuse, such as a word that had to be
    cut, and where more than text is drawn.
    """
    findings = Findings()
    strips = tuple(flow((block,), body_room(page), setting_for(styles, math.inf, findings)))
    texts = texts_of_visit((block,))
    if findings or not all(_is_plain(strip, texts) for strip in strips):
        return None
    labels = tuple(texts)[::2]
    return strips, (*labels, *(_shape(strip, texts) for strip in strips))


def _is_plain(strip: Strip, texts: Texts) -> bool:
    if strip.columns is not None or strip.flowed is not None:
        return False
    return all(_is_text(item, texts) for item in strip.items) and (
        strip.text is None or all(piece.look.link is None for piece in strip.text.line.pieces)
    )


def _is_text(item: PageItem, texts: Texts) -> bool:
    return isinstance(item, TextPiece) and item.node in texts and item.link is None


def _shape(strip: Strip, texts: Texts) -> Shape:
    """Where a text is marked, and the faces in the order of their use, besides its measures."""
    drawn = [
        (texts[item.node], item.face, item.language)
        for item in strip.items
        if isinstance(item, TextPiece) and item.text and item.node is not None
    ]
    if strip.text is not None and strip.text.paragraph.node is not None:
        number = texts[strip.text.paragraph.node]
        drawn += [
            (number, piece.face.name, piece.look.language) for piece in strip.text.line.pieces
        ]
    marks = (mark for mark, _ in groupby(drawn))
    return (strip.height, strip.before, strip.after, strip.hold, *marks)


def placed_at(strips: Sequence[Strip], tops: Sequence[float]) -> list[PageItem]:
    """The marks of strips on their page, as a stack of them has them."""
    items: list[PageItem] = []
    for strip, top in zip(strips, tops, strict=True):
        items += [moved(item, top) for item in strip.items]
        if strip.text is not None:
            items += place_line(strip.text, top)
    return items
