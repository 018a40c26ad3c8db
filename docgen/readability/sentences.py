"""The sentences of prose, each word with its place in the file.

A list's item is a sentence of its own, or several, as is the line that leads to a list: so the
formulas of readability count them where they meet lists at all.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from msgspec import Struct

from docgen.diagnostics import Span
from docgen.document import Block, ListBlock, Paragraph, TextRun
from docgen.prose import Prose
from docgen.source import TextNode

_TOKEN = re.compile(r"[^\s—…]+")
_OUTSIDE = re.compile(r"^[^\w$°]+|[^\w%°]+$")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\S|\.(?:org|com|gov|edu|net)(?:/|$)", re.IGNORECASE)
_TARGET = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_BEGINNING = re.compile(r"[\"'“‘(\[¿¡]*[A-ZÀ-Þ0-9]")
_NO_END = re.compile(
    r"(?:Drs?|Mrs?|Ms|St|vs|No|approx|e\.g|i\.e|Sra?|Dra?|Ud|p\. ?ej|(?:[A-Z]\.)*[A-Z])\.$"
)
"""Abbreviations, after which a sentence goes on even where a capital letter follows."""


class Word(Struct, frozen=True, eq=False):
    """A word as it is printed, without the punctuation around it."""

    text: str
    start: int
    """Where it begins in the text of its sentence."""
    offset: int
    """Where it begins in the text of the file."""


class Sentence(Struct, frozen=True, eq=False):
    """A sentence, or what stands for one: an item of a list, the line above it."""

    text: str
    words: tuple[Word, ...]
    source: TextNode
    in_list: bool = False

    @property
    def span(self) -> Span:
        """The place of its first word."""
        return self.source.locate(self.words[0].offset)

    def locate(self, start: int) -> Span:
        """The place in the file of what begins at a place of the sentence's text."""
        word = next((word for word in self.words if word.start + len(word.text) > start), None)
        word = word or self.words[-1]
        return self.source.locate(word.offset + max(start - word.start, 0))


def sentences_of(prose: Prose) -> tuple[Sentence, ...]:
    """The sentences of prose in reading order; passages in other languages are left out."""
    reader = _Places(prose.text)
    return tuple(
        sentence
        for paragraph, in_list in _paragraphs(prose.blocks, in_list=False)
        for sentence in _sentences(paragraph, reader, in_list=in_list)
    )


def is_address(token: str) -> bool:
    """Whether a word is an address of the web or of mail: nobody reads it as a word."""
    return bool(_ADDRESS.search(token))


class _Places:
    """Finds words in the text of a file, one after the other."""

    def __init__(self, source: TextNode) -> None:
        self.source = source
        self._text = _TARGET.sub(lambda match: " " * len(match[0]), source.value)
        self._at = 0

    def of(self, word: str) -> int:
        """Where the next word stands; one that is written otherwise (``&amp;``) stands near."""
        found = self._text.find(word, self._at)
        if found < 0:
            return self._at
        self._at = found + len(word)
        return found


def _paragraphs(blocks: Iterable[Block], *, in_list: bool) -> Iterator[tuple[Paragraph, bool]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block, in_list
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _paragraphs(item.blocks, in_list=True)


def _sentences(paragraph: Paragraph, places: _Places, *, in_list: bool) -> Iterator[Sentence]:
    runs = (run for run in paragraph.inlines if isinstance(run, TextRun))
    text = "".join(run.text for run in runs if run.language is None)
    for line in text.split("\n"):
        for begin, end in _bounds(line):
            words = tuple(_words_placed(line[begin:end], places))
            if words:
                yield Sentence(line[begin:end], words, places.source, in_list)


def _bounds(line: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a line begin and end."""
    begin = 0
    tokens = list(_TOKEN.finditer(line))
    for token, following in zip_longest(tokens, tokens[1:]):
        if following is None:
            yield begin, token.end()
        elif _ends(token[0]) and _BEGINNING.match(following[0]):
            yield begin, token.end()
            begin = following.start()


def _ends(token: str) -> bool:
    return bool(_END.search(token)) and not _NO_END.search(token.lstrip("\"'“‘(["))


def _words_placed(text: str, places: _Places) -> Iterator[Word]:
    for token in _TOKEN.finditer(text):
        word = _OUTSIDE.sub("", token[0])
        if not any(character.isalnum() for character in word):
            continue
        offset = places.of(word)
        if not is_address(word):
            yield Word(word, token.start() + token[0].index(word), offset)
