"""Layout texts: CommonMark with ``{{ expressions }}``, read once and filled for every record.

Before CommonMark sees a text, each expression is replaced by a private-use character, repeated to
the length of what it replaces, so that places in the text stay the same. No input file can hold
such a character. Values are put into the parsed text and are never parsed themselves.
"""

import re
from typing import Literal

from msgspec import Struct

from docgen.compose.expressions import Expression, read_expression
from docgen.diagnostics import Findings
from docgen.document import Block, Paragraph
from docgen.prose import parse_template
from docgen.source import TextNode, WrittenLines

Place = Literal["blocks", "line", "plain"]
"""Blocks of CommonMark, one line of it, or plain text that CommonMark does not read."""

FIRST_STAND_IN = 0xF0000
STAND_INS = re.compile("([\U000f0000-\U000fffff])\\1*")

_MARKER = re.compile(r"\{\{|\{%|\{#|\}\}")
_QUOTED_OR_END = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\}\}""", re.DOTALL)
_REFUSALS = {
    "{%": (
        "a layout has no statements",
        "use 'when' or 'for_each' of the block, or {{ A if B else C }}",
    ),
    "{#": ("a text has no comments", "write a comment of YAML: # outside of the text"),
    "}}": ("'}}' closes no expression", "open the expression with {{, or write {{ '}}' }}"),
}


class TextTemplate(Struct, frozen=True, eq=False):
    """A layout text that was read: its pieces, and what CommonMark made of it."""

    text: TextNode
    place: Place
    pieces: tuple[str | Expression, ...]
    expressions: tuple[Expression, ...]
    blocks: tuple[Block, ...]
    """Nothing for plain text. Stand-ins show where the expressions' values go."""


def read_template(text: TextNode, place: Place, findings: Findings) -> TextTemplate:
    """A layout text as template; findings tell what is wrong with it."""
    pieces = _pieces(text, findings)
    expressions = tuple(piece for piece in pieces if isinstance(piece, Expression))
    value = _with_stand_ins(text, expressions)
    if place == "plain":
        WrittenLines(text, value).tell_of_folds(findings)
    blocks = () if place == "plain" else parse_template(text, value, findings)
    if place == "line":
        _check_line(text, blocks, findings)
    return TextTemplate(text, place, tuple(pieces), expressions, blocks)


def _pieces(text: TextNode, findings: Findings) -> list[str | Expression]:
    """Plain text and expressions in turns.

    ``Call {{ phone or "}} none" }} today`` is ``Call ``, an expression and `` today``: braces that
    stand in quotes within it do not close it. What is no expression, such as ``{%``, is refused,
    and the text behind it is read as well.
    """
    value, at = text.value, 0
    pieces: list[str | Expression] = []
    while marker := _MARKER.search(value, at):
        pieces.append(value[at : marker.start()])
        at = marker.end()
        if marker[0] != "{{":
            _refuse_marker(marker, text, findings)
            continue
        end = _end_of_expression(value, at)
        if end is None:
            span = text.locate(marker.start())
            findings.error("template-syntax", "'{{' is never closed", span, "close it with }}")
            return pieces
        expression = read_expression(value[at:end], text, at, findings)
        if expression:
            pieces.append(expression)
        at = end + len("}}")
    pieces.append(value[at:])
    return [piece for piece in pieces if piece != ""]


def _end_of_expression(value: str, at: int) -> int | None:
    for match in _QUOTED_OR_END.finditer(value, at):
        if match[0] == "}}":
            return match.start()
    return None


def _refuse_marker(marker: re.Match[str], text: TextNode, findings: Findings) -> None:
    span = text.locate(marker.start())
    message, hint = _REFUSALS[marker[0]]
    findings.error("template-syntax", message, span, hint)


def _with_stand_ins(text: TextNode, expressions: tuple[Expression, ...]) -> str:
    value = text.value
    for index, expression in enumerate(expressions):
        start = value.rindex("{{", 0, expression.offset)
        end = value.index("}}", expression.offset + len(expression.source)) + len("}}")
        value = value[:start] + chr(FIRST_STAND_IN + index) * (end - start) + value[end:]
    return value


def _check_line(text: TextNode, blocks: tuple[Block, ...], findings: Findings) -> None:
    if not blocks or (len(blocks) == 1 and isinstance(blocks[0], Paragraph)):
        return
    hint = "write 1\\. or \\- where a line begins with a number or a dash and is no list"
    findings.error("bad-text", f"{text.path!r} holds one line of text", text.span, hint)
