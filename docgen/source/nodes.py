"""Positioned nodes: what an input file says, and where it says it.

Every value is text until a model says what it is. Nothing here knows YAML's or JSON's ideas of
types, so the code ``0016`` stays ``0016`` and ``no`` stays ``no``.
"""

import re
from bisect import bisect_right
from functools import cached_property
from typing import ClassVar, Literal, Protocol, Self

from msgspec import Struct

from docgen.diagnostics import Span
from docgen.source.alignment import positions

_LINE_END = re.compile("\r\n?|\n")

Style = Literal["plain", "single", "double", "literal", "folded", "json"]


class SourceText:
    """The text of an input file, with its lines found on demand."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._alignments: dict[int, list[int]] = {}

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends; no other character than CR and LF ends a line."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def span(self, index: int) -> Span:
        """The place of the character at an index."""
        row = max(bisect_right(self._starts, index) - 1, 0)
        return Span(self.path, row + 1, index - self._starts[row] + 1)

    def alignment(self, start: int, end: int, style: Style, value: str) -> list[int]:
        """The index of every character of a scalar's value, computed once."""
        known = self._alignments.get(start)
        if known is None:
            known = positions(self.text[start:end], style, value)
            self._alignments[start] = known
        return known


class Scalar(Struct, frozen=True, eq=False):
    """A single value as text. ``plain`` says that it was written without quotes.

    ``source``, ``start`` and ``end`` tell where it stands in the file; a scalar without a source
    comes from elsewhere, and all of it lies at its span. ``language`` (BCP 47) is named only where
    it is not that of the texts around it, ``original`` only where the text stands for a wording in
    another language, which it is.
    """

    span: Span
    value: str
    plain: bool = True
    style: Style = "plain"
    source: SourceText | None = None
    start: int = 0
    end: int = 0
    language: str | None = None
    original: str | None = None

    @property
    def absent(self) -> bool:
        """Whether nothing was written: an empty YAML value or JSON's ``null``."""
        return self.plain and not self.value

    def locate(self, offset: int) -> Span:
        """The place of the character at an offset in the value."""
        if self.source is None or not self.value:
            return self.span
        offset = min(max(offset, 0), len(self.value) - 1)
        if self.style == "literal":
            return self._locate_in_block(self.source, offset)
        if offset == 0:  # where most texts are told to be: nothing else need be walked
            found = positions(self.source.text[self.start : self.end], self.style, self.value[0])
        else:
            found = self.source.alignment(self.start, self.end, self.style, self.value)
        return self.source.span(self.start + found[offset])

    def _locate_in_block(self, source: SourceText, offset: int) -> Span:
        """Line n of a literal block is n lines below the ``|``: no need to walk."""
        row = self.value.count("\n", 0, offset)
        begin = self.value.rfind("\n", 0, offset) + 1
        end = self.value.find("\n", begin)
        width = (len(self.value) if end < 0 else end) - begin
        line = self.span.line + 1 + row
        written = source.lines[line - 1] if line <= len(source.lines) else ""
        indent = max(len(written) - width, 0)
        return Span(self.span.path, line, indent + offset - begin + 1)


class MappingNode(Struct, frozen=True, eq=False):
    """Named values in the order in which they were written; no name comes twice."""

    span: Span
    entries: tuple[tuple[Scalar, "Node"], ...]

    def get(self, key: str) -> "Node | None":
        """The value under a key, or None."""
        return next((value for name, value in self.entries if name.value == key), None)


class SequenceNode(Struct, frozen=True, eq=False):
    """A list of values."""

    span: Span
    items: tuple["Node", ...]


Node = Scalar | MappingNode | SequenceNode


class TextNode(Struct, frozen=True, eq=False):
    """Text from an input file that knows its field path and its place."""

    value: str
    path: str
    scalar: Scalar
    keeps_lines: bool = False
    """Whether its lines are printed below each other, as those of an address are."""

    @property
    def span(self) -> Span:
        """Where the text begins."""
        return self.scalar.span

    @property
    def language(self) -> str | None:
        """Its language (BCP 47), where that is not the language of the texts around it."""
        return self.scalar.language

    @property
    def original(self) -> str:
        """The wording that it was translated from, or itself: what rules go by, in any language."""
        translated_from = self.scalar.original
        return self.value if translated_from is None else translated_from

    def locate(self, offset: int) -> Span:
        """The place of the character at an offset in the text."""
        return self.scalar.locate(offset)

    def __str__(self) -> str:
        return self.value


class Positioned(Struct, frozen=True, kw_only=True, eq=False):
    """Base of models that keep the place where they were written; ``bind`` sets it."""

    called: ClassVar[str]
    """What messages call it: ``layout`` (with its article, a layout) or ``the margins``."""
    unwritten: ClassVar[frozenset[str]] = frozenset({"span"})
    """Fields that no file gives."""

    span: Span


class Leaf(Protocol):
    """A type of one's own for a single value, such as a length or a colour."""

    called: ClassVar[str]
    """What messages call it, as models say it."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads the value. Raises ValueError with a sentence and, if it helps, a hint."""
        ...

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        """The JSON Schema of the value as it is written."""
        ...


def place_of(node: Node, *path: str) -> Span:
    """The place of the value under a path of keys, or of the last one that is there."""
    for key in path:
        inner = node.get(key) if isinstance(node, MappingNode) else None
        if inner is None:
            return node.span
        node = inner
    return node.span


def word_of(node: Node, key: str) -> str:
    """The single value under a key as text, or nothing where there is none."""
    value = node.get(key) if isinstance(node, MappingNode) else None
    return value.value if isinstance(value, Scalar) else ""
