"""The static check of expressions: every name, field, filter and kind, before a record is read."""

from collections.abc import Callable
from typing import Any

from jinja2 import nodes
from msgspec import Struct

from docgen.compose.expressions import Expression
from docgen.compose.filters import FILTERS
from docgen.compose.vocabulary import (
    DATE,
    NUMBER,
    PROSE,
    TEXT,
    YES_OR_NO,
    Kind,
    Scope,
    fields_of_kind,
    list_of,
)
from docgen.diagnostics import ErrorRule, Findings, Span, did_you_mean

_INLINE = frozenset({TEXT, NUMBER, DATE})
_PRINTABLE = _INLINE | {PROSE}


class Check(Struct, frozen=True):
    """The check of one expression against the names that it may use."""

    expression: Expression
    scope: Scope
    findings: Findings

    def kind(self, node: nodes.Expr) -> Kind | None:
        """The kind of what a node yields; None after a finding about it."""
        return _RULES[type(node)](self, node)

    def refuse(
        self, rule: ErrorRule, message: str, node: nodes.Node | None, hint: str | None = None
    ) -> None:
        """Tells what is wrong with one node."""
        self.refuse_at(rule, message, self.expression.span(node), hint)

    def refuse_at(self, rule: ErrorRule, message: str, span: Span, hint: str | None = None) -> None:
        """Tells what is wrong at a place."""
        self.findings.error(rule, message, span, hint)


def kind_of_expression(expression: Expression, scope: Scope, findings: Findings) -> Kind | None:
    """The kind of what an expression yields; None after telling what is wrong with it."""
    return Check(expression, scope, findings).kind(expression.node)


def _check_name(check: Check, node: nodes.Name) -> Kind | None:
    if node.name in check.scope:
        return check.scope[node.name]
    if node.name == "page":
        message = "'page' is known in headers and footers only"
        check.refuse("unknown-name", message, node, "move the page number to the footer")
        return None
    known = ", ".join(sorted(check.scope))
    hint = did_you_mean(node.name, check.scope) or f"known here: {known}"
    check.refuse("unknown-name", f"{node.name!r} is not a name that is known here", node, hint)
    return None


def _check_field(check: Check, node: nodes.Getattr) -> Kind | None:
    parent = check.kind(node.node)
    if not parent:
        return None
    fields = fields_of_kind(parent)
    kind = fields.get(node.attr)
    if kind:
        return kind
    span = _span_after_dot(check.expression, node)
    if not fields:
        hint = "list it with for_each" if parent.item else None
        message = f"{node.attr!r} is not a field: what stands before it is {parent}"
        check.refuse_at("unknown-field", message, span, hint)
        return None
    hint = did_you_mean(node.attr, fields) or f"its fields are {', '.join(sorted(fields))}"
    check.refuse_at("unknown-field", f"{node.attr!r} is not a field of {parent}", span, hint)
    return None


def _span_after_dot(expression: Expression, node: nodes.Getattr) -> Span:
    """Jinja2 notes where the dot stands; blanks may follow it."""
    after = expression.source[node.lineno + 1 :]
    blanks = len(after) - len(after.lstrip())
    return expression.text.locate(expression.offset + node.lineno + 1 + blanks)


def _check_constant(check: Check, node: nodes.Const) -> Kind | None:
    if isinstance(node.value, bool):
        return YES_OR_NO
    if node.value is None:
        check.refuse("wrong-type", "'none' is not a value", node, "test a field with not")
        return None
    return TEXT if isinstance(node.value, str) else NUMBER


def _check_condition(check: Check, node: nodes.And | nodes.Not) -> Kind:
    for child in node.iter_child_nodes():
        assert isinstance(child, nodes.Expr)
        check.kind(child)
    return YES_OR_NO


def _check_or(check: Check, node: nodes.Or) -> Kind | None:
    left, right = check.kind(node.left), check.kind(node.right)
    if not left or not right:
        return None
    return _common_kind(left, right) or YES_OR_NO


def _check_choice(check: Check, node: nodes.CondExpr) -> Kind | None:
    check.kind(node.test)
    first = check.kind(node.expr1)
    if not node.expr2:
        return first
    second = check.kind(node.expr2)
    if not first or not second:
        return None
    common = _common_kind(first, second)
    if not common:
        check.refuse("wrong-type", f"one choice is {first}, the other {second}", node)
    return common


def _common_kind(one: Kind, other: Kind) -> Kind | None:
    """What two kinds have in common: a text may stand where prose does."""
    if one == other:
        return one
    if one not in _PRINTABLE or other not in _PRINTABLE:
        return None
    return PROSE if PROSE in (one, other) else TEXT


def _check_comparison(check: Check, node: nodes.Compare) -> Kind | None:
    left, operand = node.expr, check.kind(node.expr)
    for part in node.ops:
        right = check.kind(part.expr)
        if operand and right and not _comparable(part.op, operand, right):
            message = f"{operand} cannot be compared in this way with {right}"
            check.refuse("wrong-type", message, left)
        left, operand = part.expr, right
    return YES_OR_NO


def _comparable(op: str, left: Kind, right: Kind) -> bool:
    if op in ("in", "notin"):
        return left in _INLINE and (right.item == left or left == right == TEXT)
    if op in ("eq", "ne"):
        return left == right and left in {*_INLINE, YES_OR_NO}
    return left == right and left in (NUMBER, DATE)


def _check_concat(check: Check, node: nodes.Concat) -> Kind:
    for part in node.nodes:
        kind = check.kind(part)
        if kind and kind not in _INLINE:
            hint = "write it in braces of its own" if kind == PROSE else None
            check.refuse("wrong-type", f"~ joins texts, but this is {kind}", part, hint)
    return TEXT


def _check_list(check: Check, node: nodes.List) -> Kind | None:
    if not all(isinstance(item, nodes.Const) for item in node.items):
        hint = "write it as in: ['cpt', 'hcpcs']"
        check.refuse("wrong-type", "a list in an expression holds texts in quotes", node, hint)
        return None
    kinds = {check.kind(item) for item in node.items}
    if len(kinds) != 1:
        message = "a list holds values of one kind" if kinds else "the list is empty"
        check.refuse("wrong-type", message, node)
        return None
    kind = kinds.pop()
    return kind and list_of(kind)


def _check_filter(check: Check, node: nodes.Filter) -> Kind | None:
    assert node.node is not None  # only a filter block of a template has none
    operand = check.kind(node.node)
    known = FILTERS.get(node.name)
    if not known:
        hint = did_you_mean(node.name, FILTERS) or _filter_hint(node.name)
        check.refuse("unknown-filter", f"{node.name!r} is not a filter", node, hint)
        return None
    if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != known.arguments:
        takes = "takes one text, as in join(', ')" if known.arguments else "takes no arguments"
        check.refuse("template-syntax", f"the filter {node.name!r} {takes}", node)
        return None
    for argument in node.args:
        if check.kind(argument) not in (TEXT, None):
            check.refuse("wrong-type", f"the filter {node.name!r} takes one text", argument)
    if not operand:
        return None
    result = known.gives(operand)
    if not result:
        message = f"the filter {node.name!r} takes {known.takes}, but this is {operand}"
        check.refuse("wrong-type", message, node)
    return result


def _filter_hint(name: str) -> str:
    if name in ("default", "d"):
        return "write {{ record.field or 'text' }}"
    return f"the filters are {', '.join(FILTERS)}"


_RULES: dict[type[nodes.Node], Callable[[Check, Any], Kind | None]] = {
    nodes.Name: _check_name,
    nodes.Getattr: _check_field,
    nodes.Const: _check_constant,
    nodes.And: _check_condition,
    nodes.Or: _check_or,
    nodes.Not: _check_condition,
    nodes.CondExpr: _check_choice,
    nodes.Compare: _check_comparison,
    nodes.Concat: _check_concat,
    nodes.List: _check_list,
    nodes.Filter: _check_filter,
}
