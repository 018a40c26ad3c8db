"""Reads every text and expression of a layout, and checks it before any record is read."""

import re
from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct

from docgen.compose.checking import kind_of_expression
from docgen.compose.expressions import Expression, read_expression
from docgen.compose.templates import Place, TextTemplate, read_template
from docgen.compose.vocabulary import (
    DATE,
    NUMBER,
    PAGE_FIELD,
    PROSE,
    TEXT,
    Kind,
    Scope,
    fields_of_kind,
)
from docgen.diagnostics import Findings
from docgen.document import PageField
from docgen.layouts import Organization, Use, used_fields
from docgen.layouts.model import Layout
from docgen.records import ProcedureRecord
from docgen.source import TextNode

_LOOP = re.compile(r"\s*(\S+)\s+in\s+(?=\S)")
_LOOP_HINT = "write it as in: policy in record.policies"
_KEYWORDS = frozenset({"and", "or", "not", "in", "is", "if", "else", "true", "false", "none"})


class SheetLayout(Struct, frozen=True):
    """What an expression can say of the layout itself."""

    called: ClassVar[str] = "layout"

    id: str
    description: str


class PageFields(Struct, frozen=True):
    """What an expression can say of the page, in headers and footers."""

    called: ClassVar[str] = "page"

    number: PageField = PageField("number")
    count: PageField = PageField("count")


class Loop(Struct, frozen=True, eq=False):
    """``NAME in EXPRESSION``: the items to go through, and what each is called."""

    name: str
    items: Expression


class Texts(Struct, frozen=True, eq=False):
    """Everything of a layout that is filled, by the text that it was read from."""

    templates: Mapping[TextNode, TextTemplate]
    expressions: Mapping[TextNode, Expression]
    loops: Mapping[TextNode, Loop]

    def mention(self, name: str) -> bool:
        """Whether the name stands in any expression, so that its field may be printed."""
        loops = (loop.items for loop in self.loops.values())
        others = (*loops, *self.expressions.values())
        return self.print_field(name) or any(name in one.source for one in others)

    def print_field(self, name: str) -> bool:
        """Whether the name stands in an expression that a text is filled with."""
        filled = (one for text in self.templates.values() for one in text.expressions)
        return any(name in one.source for one in filled)


def read_texts(layout: Layout, findings: Findings) -> Texts:
    """The texts of a layout, read and checked; findings tell all that is wrong with them."""
    reader = _Reader(findings)
    scope: Scope = {
        "record": Kind("fields", model=ProcedureRecord),
        "organization": Kind("fields", model=Organization),
        "layout": Kind("fields", model=SheetLayout),
    }
    reader.model(layout, scope)
    return Texts(reader.templates, reader.expressions, reader.loops)


class _Reader:
    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self.templates: dict[TextNode, TextTemplate] = {}
        self.expressions: dict[TextNode, Expression] = {}
        self.loops: dict[TextNode, Loop] = {}

    def model(self, model: Struct, scope: Scope, in_row: Scope | None = None) -> None:
        """Reads all texts of a model and of those in it, each as it says that it is read.

        ``in_row`` is the scope of a cell, where the model stands in a table.
        """
        for field in used_fields(type(model)):
            use, value = field.use, getattr(model, field.attribute)
            if not value:
                continue
            if use.reading == "items":
                known = self.loop(value, scope)
                scope, in_row = (scope, known) if use.name == "row" else (known, in_row)
                continue
            around = scope
            if use.name == "page":
                around = {**scope, "page": Kind("fields", model=PageFields)}
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, TextNode):
                    self._read_text(part, use, in_row if in_row and use.name == "row" else around)
                else:
                    self.model(part, around, in_row)

    def _read_text(self, text: TextNode, use: Use, scope: Scope) -> None:
        match use.reading:
            case "line" | "blocks" | "plain" as place:
                self.template(text, place, scope)
            case "condition":
                self._expression(text, scope)
            case "field":
                self.field(text, scope)

    def template(self, text: TextNode, place: Place, scope: Scope) -> None:
        template = read_template(text, place, self._findings)
        for expression in template.expressions:
            kind = kind_of_expression(expression, scope, self._findings)
            if kind:
                self._check_printable(expression, kind, place)
        self.templates[text] = template

    def field(self, text: TextNode, scope: Scope) -> None:
        kind = self._expression(text, scope)
        if kind and kind not in (PROSE, TEXT, NUMBER, DATE):
            message = f"'field' gives prose or text, but this is {kind}"
            span = self.expressions[text].span()
            self._findings.error("wrong-type", message, span, _printing_hint(kind))

    def loop(self, text: TextNode, scope: Scope) -> Scope:
        match = _LOOP.match(text.value)
        if not match or not match[1].isidentifier():
            message = f"{text.value!r} does not name items"
            self._findings.error("template-syntax", message, text.span, _LOOP_HINT)
            return scope
        name = match[1]
        if name in scope or name in _KEYWORDS or name == "page":
            message = f"{name!r} has a meaning already"
            span = text.locate(match.start(1))
            self._findings.error("unknown-name", message, span, "take another name for the item")
        source = text.value[match.end() :]
        expression = read_expression(source, text, match.end(), self._findings)
        if not expression:
            return {**scope, name: None}
        self.loops[text] = Loop(name, expression)
        kind = kind_of_expression(expression, scope, self._findings)
        if kind and not kind.item:
            message = f"only a list can be gone through, but this is {kind}"
            self._findings.error("wrong-type", message, expression.span(), _LOOP_HINT)
        return {**scope, name: kind and kind.item}

    def _expression(self, text: TextNode, scope: Scope) -> Kind | None:
        expression = read_expression(text.value, text, 0, self._findings)
        if not expression:
            return None
        self.expressions[text] = expression
        return kind_of_expression(expression, scope, self._findings)

    def _check_printable(self, expression: Expression, kind: Kind, place: Place) -> None:
        allowed = (TEXT, NUMBER, DATE) if place == "plain" else (TEXT, NUMBER, DATE, PROSE)
        if kind in allowed or (kind == PAGE_FIELD and place != "plain"):
            return
        message = f"this is {kind}, which cannot be printed here"
        self._findings.error("wrong-type", message, expression.span(), _printing_hint(kind))


def _printing_hint(kind: Kind) -> str | None:
    if kind.item:
        return "go through it with for_each, or write {{ LIST | join(', ') }} for a list of texts"
    if kind.model:
        return f"name one of its fields: {', '.join(sorted(fields_of_kind(kind)))}"
    hints: dict[str, str] = {
        "yes-or-no": "write {{ 'yes' if CONDITION else 'no' }}",
        "prose": "give it a section or a text of its own",
    }
    return hints.get(kind.sort)
