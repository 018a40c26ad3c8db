"""What an expression says of one record: a walk over its nodes, fields read through the sandbox.

An empty field counts as absent (None), and so does a field of something absent. The walk
costs a cold start far less than Jinja2's compiler would.

What decides, a condition or a comparison, reads codes and the wording that its author wrote, never
a translation of it: what a layout prints must not hang on the language in which it prints it.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import nodes
from msgspec import Struct
from msgspec.structs import replace

from docgen.compose.expressions import ENVIRONMENT
from docgen.compose.filters import FILTERS, bare, printed
from docgen.compose.regional import ENGLISH
from docgen.source import TextNode


class Values(Struct, frozen=True):
    """The names that an expression may use, each with its value."""

    named: Mapping[str, Any]
    dated_in: str | None = ENGLISH
    """The language that numbers and dates are in (BCP 47); none where dates are digits."""
    written_in: str | None = ENGLISH
    """The same of the layout's own language, in which its expressions are written."""
    decide: bool = False
    """Whether they decide something, and so give texts as they were written, not translated."""

    def with_item(self, name: str, item: Any) -> "Values":
        """The same with one more name."""
        return replace(self, named={**self.named, name: item})

    def to_decide(self) -> "Values":
        """The same as rules go by it."""
        return self if self.decide else replace(self, dated_in=self.written_in, decide=True)


_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda one, many: one in many,
    "notin": lambda one, many: one not in many,
}

_ABSENT = nodes.Const(None)
_safe: set[tuple[type, str]] = set()
"""The fields that the sandbox has let through, by the kind of what they belong to."""


def evaluate(node: nodes.Expr, values: Values) -> Any:
    """The value of a checked expression, None where what it names is absent."""
    return _RULES[type(node)](node, values)


def holds(node: nodes.Expr, values: Values) -> bool:
    """Whether a condition holds: it is neither absent nor no nor zero nor an empty text or list."""
    return bool(bare(evaluate(node, values.to_decide())))


def chosen(node: nodes.Or | nodes.CondExpr, values: Values) -> nodes.Expr:
    """The branch that an expression takes."""
    if isinstance(node, nodes.Or):
        return node.left if holds(node.left, values) else node.right
    if holds(node.test, values):
        return node.expr1
    return node.expr2 or _ABSENT


def texts_in(node: nodes.Expr, values: Values) -> Iterator[TextNode]:
    """The texts that an expression names, one by one where they stand in a list."""
    for named in (node, *node.find_all((nodes.Getattr, nodes.Name))):
        if isinstance(named, nodes.Getattr | nodes.Name):
            value = evaluate(named, values)
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, TextNode):
                    yield one


def _value_of_name(node: nodes.Name, values: Values) -> Any:
    value = values.named[node.name]
    return _as_written(value) if values.decide else value


def _value_of_field(node: nodes.Getattr, values: Values) -> Any:
    parent = evaluate(node.node, values)
    if parent is None:
        return None
    value = _read_attribute(parent, node.attr)
    if value == "":
        return None
    return _as_written(value) if values.decide else value


def _as_written(value: Any) -> Any:
    """A text, or texts, in the wording that was translated."""
    if isinstance(value, TextNode):
        return value.original
    return tuple(map(_as_written, value)) if isinstance(value, tuple) else value


def _read_attribute(parent: Any, name: str) -> Any:
    # What the sandbox thinks of a field hangs on its name and on the kind of its parent only.
    if (type(parent), name) in _safe:
        return getattr(parent, name)
    value = ENVIRONMENT.getattr(parent, name)
    _safe.add((type(parent), name))
    return value


def _value_of_constant(node: nodes.Const, _: Values) -> Any:
    return node.value


def _is_and_true(node: nodes.And, values: Values) -> bool:
    return holds(node.left, values) and holds(node.right, values)


def _is_not_true(node: nodes.Not, values: Values) -> bool:
    return not holds(node.node, values)


def _value_of_branch(node: nodes.Or | nodes.CondExpr, values: Values) -> Any:
    return evaluate(chosen(node, values), values)


def _is_comparison_true(node: nodes.Compare, values: Values) -> bool:
    values = values.to_decide()
    left = bare(evaluate(node.expr, values))
    for operand in node.ops:
        right = evaluate(operand.expr, values)
        right = [bare(one) for one in right] if isinstance(right, tuple | list) else bare(right)
        if not _holds(operand.op, left, right):
            return False
        left = right
    return True


def _holds(op: str, left: Any, right: Any) -> bool:
    if left is None or right is None:
        return (op == "eq" and left is right) or (op == "ne" and left is not right) or op == "notin"
    return bool(_COMPARISONS[op](left, right))


def _joined_text(node: nodes.Concat, values: Values) -> str | None:
    parts = [evaluate(part, values) for part in node.nodes]
    return None if None in parts else "".join(printed(part, values.dated_in) for part in parts)


def _values_of_list(node: nodes.List, values: Values) -> tuple[Any, ...]:
    return tuple(evaluate(item, values) for item in node.items)


def _filtered_value(node: nodes.Filter, values: Values) -> Any:
    assert node.node is not None  # only a filter block of a template has none
    value = evaluate(node.node, values)
    if value is None:
        return None
    arguments = [evaluate(argument, values) for argument in node.args]
    return (
        None if None in arguments else FILTERS[node.name].apply(values.dated_in, value, *arguments)
    )


_RULES: dict[type[nodes.Node], Callable[[Any, Values], Any]] = {
    nodes.Name: _value_of_name,
    nodes.Getattr: _value_of_field,
    nodes.Const: _value_of_constant,
    nodes.And: _is_and_true,
    nodes.Or: _value_of_branch,
    nodes.Not: _is_not_true,
    nodes.CondExpr: _value_of_branch,
    nodes.Compare: _is_comparison_true,
    nodes.Concat: _joined_text,
    nodes.List: _values_of_list,
    nodes.Filter: _filtered_value,
}
