"""A text and its translation divided into the same parts: paragraphs, and items of lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from docgen.diagnostics import Findings, Span
from docgen.document import Block, Paragraph, TextRun
from docgen.document import ListBlock as BlockList
from docgen.prose import parse_prose
from docgen.source import Scalar, TextNode

_MARKER = re.compile(r"( *)(?:[-*+]|(\d{1,9}[.)]))(?: |$)")
_UNSEEN = re.compile(r"[*_\\]")
"""Marks of CommonMark that may stand between a number and its unit."""
_NOUNS = {"p": "paragraph", "bullet": "list item", "ordered": "step"}


class TextPart(Struct, frozen=True):
    """A paragraph, as a whole or within an item of a list."""

    shape: str
    """Where among the others it stands, and in what."""
    text: str
    scalar: Scalar
    places: Sequence[int] | None
    """Where each character stands in the whole text; None where only the line is known."""
    line: Span

    @property
    def is_item(self) -> bool:
        """Whether it belongs to a list."""
        return "bullet" in self.shape or "ordered" in self.shape

    def locate(self, offset: int) -> Span:
        """The place of a character of the part's text."""
        return self.line if self.places is None else self.scalar.locate(self.places[offset])


class Divided(Struct, frozen=True):
    """A text in its parts."""

    parts: tuple[TextPart, ...]
    counts: str
    """How many parts it has, in words."""

    @property
    def shape(self) -> list[str]:
        return [part.shape for part in self.parts]


def parts_of_both(
    source: Scalar, translation: Scalar, *, name: str, is_prose: bool
) -> tuple[Divided, Divided] | None:
    """Both texts in their parts; None where the translation cannot be read, of which others tell.

    The source is a text with a ``name``, and may be printed nowhere: where it cannot be read,
    DocgenError says why. Most pairs have bullets, numbers and blank lines in the same order, which
    is quickly seen, and so the same parts. CommonMark decides about the others.
    """
    if not is_prose:
        return _undivided(source), _undivided(translation)
    quickly = Divided(tuple(_by_lines(source)), ""), Divided(tuple(_by_lines(translation)), "")
    if quickly[0].shape == quickly[1].shape:
        return quickly
    of_source, of_translation = Findings(), Findings()
    thoroughly = _parsed(source, name, of_source), _parsed(translation, name, of_translation)
    of_source.raise_if_any()
    return None if of_translation else thoroughly


def _undivided(scalar: Scalar) -> Divided:
    return Divided((_part("", scalar, 0, len(scalar.value)),), "")


def _by_lines(scalar: Scalar) -> Iterator[TextPart]:
    """The parts of a text by how its lines begin."""
    shape, begin, at = "", 0, 0
    for line in scalar.value.split("\n"):
        marker = _MARKER.match(line)
        if marker or not line.strip():
            if shape:
                yield _part(shape, scalar, begin, at)
            kind = "ordered" if marker and marker[2] else "bullet"
            shape, begin = (f"{marker[1]}{kind}", at + marker.end()) if marker else ("", at)
        elif not shape:
            indent = line[: len(line) - len(line.lstrip())]
            shape, begin = f"{indent}p", at
        at += len(line) + 1
    if shape:
        yield _part(shape, scalar, begin, len(scalar.value))


def _part(shape: str, scalar: Scalar, begin: int, end: int) -> TextPart:
    text = scalar.value[begin:end]
    if not _UNSEEN.search(text):
        return TextPart(shape, text, scalar, range(begin, max(end, begin + 1)), scalar.span)
    places = [at for at in range(begin, end) if not _UNSEEN.match(scalar.value, at)]
    seen = "".join(scalar.value[at] for at in places)
    return TextPart(shape, seen, scalar, places or [begin], scalar.span)


def _parsed(scalar: Scalar, name: str, findings: Findings) -> Divided:
    blocks = parse_prose(TextNode(scalar.value, name, scalar), findings).blocks
    counted = Counter(_kinds(blocks))
    counts = " and ".join(
        f"{counted[kind]} {noun}{'' if counted[kind] == 1 else 's'}"
        for kind, noun in _NOUNS.items()
        if counted[kind]
    )
    return Divided(tuple(_leaves(blocks, scalar, "")), counts)


def _leaves(blocks: tuple[Block, ...], scalar: Scalar, within: str) -> Iterator[TextPart]:
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            shape = f"{within}p{place}"
            yield TextPart(
                shape, _words_and_links(block), scalar, None, block.origin or scalar.span
            )
        elif isinstance(block, BlockList):
            for number, item in enumerate(block.items):
                inner = f"{within}{block.kind}{place}.{number}/"
                yield from _leaves(item.blocks, scalar, inner)


def _words_and_links(paragraph: Paragraph) -> str:
    """What a paragraph says, the numbers that its links call among it."""
    runs = [run for run in paragraph.inlines if isinstance(run, TextRun)]
    called = dict.fromkeys(run.link.href for run in runs if run.link)
    return " ".join(("".join(run.text for run in runs), *called))


def _kinds(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Of each paragraph that stands by itself, and of each item, what it is."""
    for block in blocks:
        if isinstance(block, BlockList):
            for item in block.items:
                yield block.kind
                yield from _kinds(item.blocks[1:])
        else:
            yield "p"
