"""An SVG file as elements that know their place: well-formed XML, and no more of it than is read.

Expat resolves no external entity by itself; here a document type is refused, with which entities
would come, and so is whatever else could name another file or run.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, Literal
from xml.parsers import expat

from msgspec import Struct

from docgen.diagnostics import Findings, Span, quoted

_Rule = Literal["svg-damaged", "svg-not-allowed", "svg-too-large"]

MOST_BYTES: Final = 2_000_000
MOST_ELEMENTS: Final = 5_000
MOST_DEPTH: Final = 40
SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
XML: Final = "http://www.w3.org/XML/1998/namespace"

_BETWEEN: Final = " "
"""What expat puts between a namespace and a name."""
_ATTRIBUTE: Final = re.compile(r"\s+([^\s=<>\"'/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENCODING: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_UTF_8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


class Place(Struct, frozen=True):
    """Where a text of the file begins, and whether it stands there letter by letter."""

    at: int
    literal: bool = True


class SvgAttribute(Struct, frozen=True, eq=False):
    """An attribute of an element; ``space`` is its namespace, empty where it has none."""

    space: str
    name: str
    value: str
    place: Place
    """Of its value."""
    name_at: int


class SvgElement(Struct, eq=False):
    """An element of a file; ``space`` is its namespace."""

    space: str
    name: str
    at: int
    """Where its tag begins."""
    attributes: tuple[SvgAttribute, ...]
    children: list["SvgElement"]
    texts: list[tuple[Place, str]]
    """The characters between its tags, each stretch with its place."""


class SvgFile:
    """The text of a file, which any place in it can be told of."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\r\n|\r|\n", text))]

    def span(self, at: int) -> Span:
        """The line and column of a character."""
        line = bisect_right(self._starts, at)
        return Span(self.path, line, at - self._starts[line - 1] + 1)


class UnreadableSvgError(Exception):
    """The file is not read any further; findings say why."""


def decoded(data: bytes, path: str, findings: Findings) -> SvgFile | None:
    """The text of a file in UTF-8; None, and a finding, for another one."""
    whole = Span(path, 1, 1)
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    name = declared[1].decode("ascii", "replace") if declared else "utf-8"
    hint = "save it again as SVG in UTF-8"
    if name.lower() not in _UTF_8:
        findings.error("svg-damaged", f"this SVG is written in {quoted(name)}", whole, hint)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = SvgFile(path, data[: error.start].decode("utf-8-sig"))
        place = before.span(len(before.text))
        findings.error("svg-damaged", "this SVG is not in UTF-8", place, hint)
        return None
    return SvgFile(path, text)


def parsed(file: SvgFile, findings: Findings) -> SvgElement | None:
    """The root of a file; None, and a finding, where it cannot be read."""
    try:
        return _Reader(file, findings).root()
    except UnreadableSvgError:
        return None


class _Reader:
    def __init__(self, file: SvgFile, findings: Findings) -> None:
        self._file = file
        self._findings = findings
        self._root: SvgElement | None = None
        self._open: list[SvgElement] = []
        self._count = 0
        self._data = file.text.encode()
        # Most files are ASCII, where bytes are characters.
        self._is_ascii = len(self._data) == len(file.text)
        self._counted = (0, 0)
        parser = self._parser = expat.ParserCreate("utf-8", namespace_separator=_BETWEEN)
        parser.ordered_attributes = True
        parser.StartElementHandler = self._begin_element
        parser.EndElementHandler = self._end_element
        parser.CharacterDataHandler = self._take_text
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.ProcessingInstructionHandler = self._refuse_instruction

    def root(self) -> SvgElement:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            at = self._character_at(self._parser.ErrorByteIndex)
            reason = expat.ErrorString(error.code)
            raise self._unreadable(
                "svg-damaged", f"this is no XML: {reason}", at, "export it again"
            ) from None
        assert self._root is not None  # XML has a root
        return self._root

    def _begin_element(self, name: str, flat: Sequence[str]) -> None:
        at = self._character_at(self._parser.CurrentByteIndex)
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise self._unreadable(
                "svg-too-large",
                f"this SVG has more than {MOST_ELEMENTS:,} elements",
                at,
                "simplify the picture, or save it as PNG",
            )
        if len(self._open) >= MOST_DEPTH:
            raise self._unreadable(
                "svg-too-large",
                f"elements of this SVG lie more than {MOST_DEPTH} deep in each other",
                at,
                "take groups apart in your drawing program",
            )
        space, local = _divided(name)
        element = SvgElement(space, local, at, self._attributes(at, flat), [], [])
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end_element(self, _: str) -> None:
        self._open.pop()

    def _take_text(self, text: str) -> None:
        at = self._character_at(self._parser.CurrentByteIndex)
        literal = self._file.text.startswith(text, at)
        self._open[-1].texts.append((Place(at, literal), text))

    def _attributes(self, at: int, flat: Sequence[str]) -> tuple[SvgAttribute, ...]:
        """Attributes with their places, which expat does not tell: its names stand in the order of
        the file, so that they are found again in the tag."""
        written = self._written(at)
        attributes: list[SvgAttribute] = []
        for name, value, match in zip(flat[::2], flat[1::2], written, strict=True):
            space, local = _divided(name)
            group = 2 if match[2] is not None else 3
            place = Place(match.start(group), match[group] == value)
            attributes.append(SvgAttribute(space, local, value, place, match.start(1)))
        return tuple(attributes)

    def _written(self, at: int) -> list[re.Match[str]]:
        found: list[re.Match[str]] = []
        text = self._file.text
        end = re.compile(r"<[^\s/>]+").match(text, at)
        while end is not None:
            match = _ATTRIBUTE.match(text, end.end())
            if match is not None and match[1].partition(":")[0] != "xmlns":
                found.append(match)
            end = match
        return found

    def _refuse_doctype(self, *_: object) -> None:
        # Expat tells of it where its name has ended.
        end = self._character_at(self._parser.CurrentByteIndex)
        at = max(self._file.text.rfind("<!DOCTYPE", 0, end + 1), 0)
        raise self._unreadable(
            "svg-not-allowed",
            "this SVG has a document type (DOCTYPE), which can name other files and entities",
            at,
            "take the line out; no program needs it",
        )

    def _refuse_instruction(self, target: str, _: str) -> None:
        raise self._unreadable(
            "svg-not-allowed",
            f"this SVG has an instruction for programs, <?{target[:40]} …?>",
            self._character_at(self._parser.CurrentByteIndex),
            "take it out, or save the file as plain SVG",
        )

    def _unreadable(self, rule: _Rule, message: str, at: int, hint: str) -> UnreadableSvgError:
        self._findings.error(rule, message, self._file.span(at), hint)
        return UnreadableSvgError()

    def _character_at(self, byte: int) -> int:
        """The number of the character that a byte begins; asked for in the order of the file."""
        if self._is_ascii:
            return byte
        bytes_before, characters = self._counted
        if byte < bytes_before:
            bytes_before, characters = 0, 0
        characters += len(self._data[bytes_before:byte].decode("utf-8", "ignore"))
        self._counted = (byte, characters)
        return characters


def _divided(name: str) -> tuple[str, str]:
    space, _, local = name.rpartition(_BETWEEN)
    return space, local
