"""What the content streams of a page mark, show and paint (ISO 32000-1, 9.4 and 14.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

_PAINTING = frozenset(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"])
_SHOWING = frozenset(["Tj", "'", '"', "TJ"])
_ENTRY = re.compile(rb"<([0-9A-Fa-f]+)>|(\[|\])")


@dataclass
class Content:
    """What stands on one page."""

    texts: dict[int, str] = field(default_factory=dict)
    """By number of marked content: the text that it shows, empty where it shows none."""
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Sequence:
    """A marked-content sequence that is open."""

    kind: Literal["artifact", "tagged", "plain"]
    number: int | None
    in_text: bool


def content_of(page: pikepdf.Page) -> Content:
    """Reads a page, the forms that it draws among it."""
    reader = _Reader()
    reader.read(page, page.obj.get("/Resources", Dictionary()))
    return reader.content


class _Reader:
    def __init__(self) -> None:
        self.content = Content()
        self._open: list[_Sequence] = []
        self._in_text = False
        self._font: Object | None = None
        self._saved: list[Object | None] = []
        self._decoders: dict[tuple[int, int], _Decoder] = {}
        self._form: str | None = None

    def read(self, stream: pikepdf.Page | Object, resources: Object) -> None:
        depth = len(self._open)
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            operands = list(instruction.operands)
            if operator in ("BMC", "BDC"):
                self._begin(operands, resources)
            elif operator == "EMC":
                self._end(depth)
            elif operator in ("BT", "ET"):
                self._in_text = operator == "BT"
                self._check_text_object(operator)
            elif operator in ("q", "Q"):
                self._save_or_restore(operator)
            elif operator == "Tf":
                self._font = resources.Font[str(operands[0])]
            elif operator in _SHOWING:
                self._show(operands[-1], operator)
            elif operator in _PAINTING or operator == "INLINE IMAGE":
                self._paint(operator)
            elif operator == "Do":
                self._draw(str(operands[0]), resources)
        if len(self._open) > depth:
            self._tell(f"{len(self._open) - depth} marked contents do not end")

    def _tell(self, problem: str) -> None:
        where = f"form {self._form}: " if self._form else ""
        self.content.problems.append(f"{where}{problem}")

    def _begin(self, operands: list[Object], resources: Object) -> None:
        properties = operands[1] if len(operands) > 1 else Dictionary()
        if isinstance(properties, Name):
            properties = resources.Properties[str(properties)]
        number = int(properties.MCID) if "/MCID" in properties else None
        within = self._mark()
        if operands[0] == Name.Artifact:
            if within == "tagged":
                self._tell("an artifact stands inside of tagged content")
            self._open.append(_Sequence("artifact", None, self._in_text))
            return
        if number is None:
            self._open.append(_Sequence("plain", None, self._in_text))
            return
        if within:
            kind = "an artifact" if within == "artifact" else "other tagged content"
            self._tell(f"tagged content {number} stands inside of {kind}")
        if self._form:
            self._tell(f"tagged content {number} stands in a form, where no page counts it")
        if number in self.content.texts:
            self._tell(f"two tagged contents have the number {number}")
        self.content.texts.setdefault(number, "")
        self._open.append(_Sequence("tagged", number, self._in_text))

    def _end(self, depth: int) -> None:
        if len(self._open) <= depth:
            self._tell("a marked content ends that did not begin")
            return
        if self._open.pop().in_text != self._in_text:
            self._tell("a marked content and a text object overlap")

    def _check_text_object(self, operator: str) -> None:
        inner = self._open[-1] if self._open else None
        if operator == "ET" and inner and inner.in_text:
            self._tell("a text object ends inside of a marked content that began in it")

    def _save_or_restore(self, operator: str) -> None:
        if operator == "q":
            self._saved.append(self._font)
        elif self._saved:
            self._font = self._saved.pop()
        else:
            self._tell("Q restores what no q saved")

    def _mark(self) -> Literal["artifact", "tagged", None]:
        for sequence in reversed(self._open):
            if sequence.kind != "plain":
                return sequence.kind
        return None

    def _show(self, operand: Object, operator: str) -> None:
        strings = operand if isinstance(operand, Array) else [operand]
        shown = b"".join(bytes(part) for part in strings if isinstance(part, String))
        if not shown:
            return
        self._paint(operator)
        if not self._in_text:
            self._tell("text is shown outside of a text object")
        text = self._decoded(shown)
        for sequence in self._open:
            if sequence.number is not None:
                self.content.texts[sequence.number] += text

    def _decoded(self, shown: bytes) -> str:
        if self._font is None:
            self._tell("text is shown without a font")
            return ""
        key = self._font.objgen
        if key not in self._decoders or key == (0, 0):
            self._decoders[key] = _Decoder(self._font)
        text, unknown = self._decoders[key].decode(shown)
        if unknown:
            self._tell(f"a font does not say which character its code {unknown[0]} is")
        return text

    def _paint(self, operator: str) -> None:
        if self._mark() is None:
            self._tell(f"{operator} paints what is neither tagged nor an artifact")

    def _draw(self, name: str, resources: Object) -> None:
        self._paint("Do")
        drawn = resources.XObject[name]
        if drawn.get("/Subtype") != Name.Form:
            return
        outer, outer_font = self._form, self._font
        self._form = name
        self.read(drawn, drawn.get("/Resources", resources))
        self._form, self._font = outer, outer_font


class _Decoder:
    """Turns the codes of a font into text by its ToUnicode map (ISO 32000-1, 9.10.3)."""

    def __init__(self, font: Object) -> None:
        self._width = 2 if font.get("/Subtype") == Name.Type0 else 1
        self._characters: dict[int, str] = {}
        stream = font.get("/ToUnicode")
        if stream is None:
            return
        for kind, entries in re.findall(
            rb"beginbf(char|range)(.*?)endbf", stream.read_bytes(), re.DOTALL
        ):
            self._add(_ENTRY.findall(entries), ranges=kind == b"range")

    def decode(self, codes: bytes) -> tuple[str, list[int]]:
        """The text, and the codes that stand for no character."""
        numbers = [
            int.from_bytes(codes[at : at + self._width]) for at in range(0, len(codes), self._width)
        ]
        text = "".join(self._characters.get(number, "\ufffd") for number in numbers)
        return text, [number for number in numbers if number not in self._characters]

    def _add(self, tokens: list[tuple[bytes, bytes]], *, ranges: bool) -> None:
        waiting = iter(tokens)
        for first, _ in waiting:
            start = int(first, 16)
            if not ranges:
                self._characters[start] = _characters(next(waiting)[0])
                continue
            end = int(next(waiting)[0], 16)
            target, bracket = next(waiting)
            if bracket:
                for code in range(start, end + 1):
                    self._characters[code] = _characters(next(waiting)[0])
                next(waiting)
                continue
            text = _characters(target)
            for code in range(start, end + 1):
                self._characters[code] = text[:-1] + chr(ord(text[-1]) + code - start)


def _characters(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
