"""JSON (RFC 8259) to positioned nodes. Numbers and words stay as they were written."""

import re
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]

from docgen.diagnostics import DocgenError, Findings, quoted, refuse
from docgen.source.characters import refuse_unprintable_value
from docgen.source.nodes import MappingNode, Node, Scalar, SequenceNode, SourceText
from docgen.source.structure import MAX_DEPTH, empty_file, refuse_duplicate, too_deep

_BLANKS = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])")
_WORD = re.compile(r"[\w.+-]+")
_COMMON_HINT = (
    "put text in double quotes and commas between values; JSON has neither single quotes nor "
    "comments, but YAML has both"
)


def read_json(source: SourceText) -> Node:
    """Reads one JSON value. Raises DocgenError."""
    reader = _Reader(source)
    node = reader.read()
    reader.findings.raise_if_any()
    return node


class _Reader:
    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.findings = Findings()
        self._at = 0

    def read(self) -> Node:
        if not self._peek():
            raise empty_file(self.source.span(0))
        node = self._read_value(0)
        if self._peek():
            raise self._bad(
                "nothing may follow the end of the outermost value",
                "delete it, or move it into a file of its own",
            )
        return node

    def _peek(self) -> str:
        match = _BLANKS.match(self.source.text, self._at)
        self._at = match.end() if match else self._at
        return self.source.text[self._at : self._at + 1]

    def _read_value(self, depth: int) -> Node:
        char = self._peek()
        if char == '"':
            return self._string()
        if char not in ("{", "["):
            return self._literal(char)
        if depth == MAX_DEPTH:
            raise too_deep(self.source.span(self._at))
        return self._mapping(depth) if char == "{" else self._sequence(depth)

    def _mapping(self, depth: int) -> MappingNode:
        span = self.source.span(self._at)
        entries: dict[str, tuple[Scalar, Node]] = {}
        self._at += 1
        more = self._peek() != "}"
        while more:
            if self._peek() != '"':
                raise self._bad("a name in double quotes belongs here", _COMMON_HINT)
            key = self._string()
            if self._peek() != ":":
                raise self._bad(
                    f"a colon must follow the name {quoted(key.value)}",
                    'write it as "name": "value"',
                )
            self._at += 1
            value = self._read_value(depth + 1)
            if key.value in entries:
                refuse_duplicate(key, entries[key.value][0], self.findings)
            else:
                entries[key.value] = (key, value)
            more = self._has_next("}")
        self._at += 1
        return MappingNode(span, tuple(entries.values()))

    def _sequence(self, depth: int) -> SequenceNode:
        span = self.source.span(self._at)
        items: list[Node] = []
        self._at += 1
        more = self._peek() != "]"
        while more:
            items.append(self._read_value(depth + 1))
            more = self._has_next("]")
        self._at += 1
        return SequenceNode(span, tuple(items))

    def _has_next(self, close: str) -> bool:
        char = self._peek()
        if char == close:
            return False
        if char != ",":
            raise self._bad(f"a comma or {close} belongs here", _COMMON_HINT)
        comma = self._at
        self._at += 1
        if self._peek() == close:
            self._at = comma
            raise self._bad(f"no comma may stand before {close}", "delete the comma")
        return True

    def _string(self) -> Scalar:
        start = self._at
        try:
            value, self._at = scanstring(self.source.text, start + 1, True)
        except JSONDecodeError as error:
            self._at = error.pos
            raise self._bad_string(error, start) from None
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        span = self.source.span(start)
        scalar = Scalar(span, value, False, "json", self.source, start, self._at)
        refuse_unprintable_value(scalar, self.findings)
        return scalar

    def _literal(self, char: str) -> Scalar:
        start = self._at
        match = _NUMBER.match(self.source.text, start) or _WORD.match(self.source.text, start)
        word = match.group() if match else char
        if not (_NUMBER.fullmatch(word) or word in ("true", "false", "null")):
            raise self._bad_word(word)
        self._at += len(word)
        value = "" if word == "null" else word
        return Scalar(self.source.span(start), value, True, "plain", self.source, start, self._at)

    def _bad_word(self, word: str) -> DocgenError:
        if not word:
            return self._bad("the file ends before it is complete", "was it cut off?")
        if word[0] == "0" and word.isdigit():
            return self._bad(
                f"a JSON number cannot begin with 0: {word}", f'put it in quotes: "{word}"'
            )
        return self._bad(f"{word} is not a JSON value", _COMMON_HINT)

    def _bad_string(self, error: JSONDecodeError, start: int) -> DocgenError:
        if error.msg.startswith("Unterminated"):
            self._at = start
            return self._bad("a quote is opened here and never closed", 'close it with "')
        if error.msg.startswith("Invalid control"):
            return self._bad(
                "a line break or tab cannot stand inside of quotes in JSON",
                "write \\n for a line break and \\t for a tab, or write the file as YAML",
            )
        return self._bad(
            "a backslash begins an escape, and this is none", "write two backslashes for one"
        )

    def _bad(self, message: str, hint: str | None = None) -> DocgenError:
        self.findings.extend(
            refuse("bad-json", message, self.source.span(self._at), hint).diagnostics
        )
        return DocgenError(self.findings.diagnostics)
