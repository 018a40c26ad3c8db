"""The expressions of a layout, read by Jinja2 and limited to what a layout may say.

An expression names fields (``record.title``), constants, ``and``/``or``/``not``, comparisons,
``in``, ``A if B else C``, ``~`` and a few filters. Statements, calls, arithmetic and subscripts are
no part of it. Each node's ``lineno`` is the offset of its token in the expression: Jinja2 counts
lines only, and a diagnostic needs the column.
"""

from collections.abc import Iterator
from functools import lru_cache

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.lexer import TokenStream
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from docgen.diagnostics import Findings, Span
from docgen.source import TextNode

LONGEST = 1000
"""Characters that one expression may have: a bound on the work of reading it."""
DEEPEST = 30
"""Levels that an expression may have, one within the other."""

ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined)

_LANGUAGE = (
    "an expression names fields, as in record.title; it may use and, or, not, in, comparisons, "
    "A if B else C, ~ to join texts, and filters"
)
_FOREIGN: dict[type[nodes.Node], str] = {
    nodes.Call: "a call",
    nodes.Getitem: "a subscript",
    nodes.Test: "a test with 'is'",
    nodes.Add: "'+'",
    nodes.Sub: "'-'",
    nodes.Mul: "'*'",
    nodes.Div: "'/'",
    nodes.FloorDiv: "'//'",
    nodes.Mod: "'%'",
    nodes.Pow: "'**'",
    nodes.Neg: "'-'",
    nodes.Pos: "'+'",
    nodes.Dict: "a mapping",
    nodes.Tuple: "a tuple",
    nodes.Slice: "a slice",
}
_SPOKEN = (
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.CondExpr,
    nodes.Concat,
    nodes.List,
    nodes.Filter,
)


class Expression(Struct, frozen=True, eq=False):
    """One expression and the place in a layout where it stands."""

    source: str
    node: nodes.Expr
    text: TextNode
    offset: int
    """Where ``source`` starts in the value of ``text``."""

    def span(self, node: nodes.Node | None = None) -> Span:
        """The place of the expression, or of one node of it."""
        return self.text.locate(self.offset + (node.lineno if node else 0))


class Unreadable(Exception):  # noqa: N818 - a finding about a text, not a fault
    """What is wrong with an expression, and where, counted from its start."""

    def __init__(self, message: str, offset: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint


def read_expression(
    source: str, text: TextNode, offset: int, findings: Findings
) -> Expression | None:
    """The expression at ``offset`` in ``text``; None after telling why it cannot be read."""
    stripped = source.strip()
    start = offset + len(source) - len(source.lstrip())
    try:
        return Expression(stripped, _parse(stripped), text, start)
    except Unreadable as unreadable:
        findings.error(
            "template-syntax",
            unreadable.message,
            text.locate(start + unreadable.offset),
            unreadable.hint,
        )
        return None


@lru_cache(maxsize=1024)
def _parse(source: str) -> nodes.Expr:
    if not source:
        raise Unreadable("the expression is empty", 0, "write a field, such as record.title")
    if len(source) > LONGEST:
        raise Unreadable(
            f"the expression has {len(source)} characters, more than the {LONGEST} allowed", 0
        )
    if source.startswith("{{"):
        raise Unreadable("an expression stands here without braces", 0, "leave out {{ and }}")
    parser = Parser(ENVIRONMENT, "", state="variable")
    try:
        parser.stream = TokenStream(ENVIRONMENT.lexer.wrap(_tokens(source)), None, None)
        node = parser.parse_expression()
    except TemplateSyntaxError as error:
        message = f"the expression cannot be read: {_in_words(error)}"
        raise Unreadable(message, error.lineno, _LANGUAGE) from None
    except RecursionError:
        raise Unreadable("the expression is nested too deeply", 0) from None
    if not parser.stream.eos:
        rest = parser.stream.current
        raise Unreadable(f"the expression should end before {rest.value!r}", rest.lineno)
    _refuse_foreign(node, 0)
    return node


def _tokens(source: str) -> Iterator[tuple[int, str, str]]:
    offset = 0
    try:
        for _, kind, value in ENVIRONMENT.lexer.tokeniter(source, None, state="variable"):
            yield offset, kind, value
            offset += len(value)
    except TemplateSyntaxError as error:
        raise TemplateSyntaxError(error.message or "", offset) from None


def _in_words(error: TemplateSyntaxError) -> str:
    """Jinja2's message without its words for parts of a template, which an expression is not."""
    message = (error.message or "").rstrip(".")
    for part in ("end of template", "end of print statement"):
        message = message.replace(part, "end")
    return message


def _refuse_foreign(node: nodes.Node, depth: int) -> None:
    if depth > DEEPEST:
        raise Unreadable("the expression is nested too deeply", 0)
    if not isinstance(node, _SPOKEN):
        name = _FOREIGN.get(type(node), "this")
        raise Unreadable(f"{name} is no part of an expression", node.lineno, _LANGUAGE)
    for child in node.iter_child_nodes():
        _refuse_foreign(child, depth + 1)
