"""A layout filled whatever its conditions say, so that no word of it goes unread."""

from collections.abc import Iterator
from typing import Any

from jinja2 import nodes

from docgen.compose.expressions import Expression
from docgen.compose.filling import Filling
from docgen.source import TextNode


class EveryBranch(Filling, frozen=True, eq=False):
    """Fills every block, and reads the words of every choice that an expression has."""

    def holds(self, condition: TextNode | None) -> bool:
        return True

    def value(self, expression: Expression, style: str | None = None) -> Any:
        if style:
            for word in _printed_words(expression.node):
                self.lettering.check(word, style, expression, self.findings)
        return super().value(expression, style)


def _printed_words(node: nodes.Node) -> Iterator[str]:
    """The words in quotes that an expression may print, whichever way it goes."""
    match node:
        case nodes.Const() if isinstance(node.value, str):
            yield node.value
        case nodes.Compare() | nodes.Not():
            return
        case nodes.CondExpr():
            branches = (node.expr1, node.expr2)
            for branch in filter(None, branches):
                yield from _printed_words(branch)
        case nodes.Filter() if node.node is not None:
            yield from _printed_words(node.node)
            for argument in node.args:
                yield from _printed_words(argument)
        case _:
            for child in node.iter_child_nodes():
                yield from _printed_words(child)
