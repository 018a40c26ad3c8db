"""Single values: text, numbers, dates, yes and no, choices, and types of a model's own."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from docgen.diagnostics import ErrorRule, Findings, did_you_mean
from docgen.source.nodes import Node, Scalar, TextNode
from docgen.source.shapes import Leaf, reads_text

FAILED: Final = object()
"""Stands for a value that findings tell about."""

YES_AND_NO: Final = {"true": True, "yes": True, "false": False, "no": False}

_MAX_CHARACTERS = 300
"""Of a value that is no text: none needs more, and no message may quote a whole page."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_NULLS = ("null", "Null", "NULL", "~")


def bind_leaf(leaves: tuple[Leaf, ...], scalar: Scalar, path: str, findings: Findings) -> object:
    """The value of a scalar, as the one kind or the fitting of several that it may be."""
    leaf = leaves[0] if len(leaves) == 1 else _fitting(leaves, scalar.value)
    if not scalar.value.strip():
        return _refused("missing-field", f"'{path}' is empty", scalar, findings, "write something")
    if not _is_text(leaf) and len(scalar.value) > _MAX_CHARACTERS:
        return _too_long(path, scalar, findings)
    if isinstance(leaf, tuple):
        return _choice(leaf, scalar, path, findings)
    reader = _READERS.get(leaf)
    if reader is not None:
        return reader(scalar, path, findings)
    if method := reads_text(leaf):
        bound = _read_text(scalar, path, findings)
        return bound if bound is FAILED else method(bound, findings)
    return _own(leaf, scalar, path, findings)


def _fitting(leaves: tuple[Leaf, ...], value: str) -> Leaf:
    """The choices that name a value, or else the first type that is more than choices."""
    choices = (leaf for leaf in leaves if isinstance(leaf, tuple) and value in map(str, leaf))
    types = (leaf for leaf in leaves if not isinstance(leaf, tuple))
    return next(choices, None) or next(types, leaves[0])


def _refused(
    rule: ErrorRule, message: str, scalar: Scalar, findings: Findings, hint: str | None = None
) -> object:
    findings.error(rule, message, scalar.span, hint)
    return FAILED


def _is_text(leaf: Leaf) -> bool:
    return leaf is TextNode or (not isinstance(leaf, tuple) and reads_text(leaf) is not None)


def _too_long(path: str, scalar: Scalar, findings: Findings) -> object:
    return _refused(
        "out-of-range",
        f"'{path}' has more than {_MAX_CHARACTERS} characters",
        scalar,
        findings,
        "write a single word, number or date here",
    )


def _read_text(scalar: Scalar, path: str, findings: Findings) -> object:
    if scalar.plain and scalar.value in _NULLS:
        return _refused(
            "ambiguous-null",
            f"'{path}' says {scalar.value}, which may mean nothing or this very word",
            scalar,
            findings,
            "leave the value empty to say nothing, or put the word in quotes",
        )
    return TextNode(scalar.value, path, scalar)


def _read_string(scalar: Scalar, path: str, findings: Findings) -> object:
    bound = _read_text(scalar, path, findings)
    return bound.value if isinstance(bound, TextNode) else bound


def _read_integer(scalar: Scalar, path: str, findings: Findings) -> object:
    if _WHOLE.fullmatch(scalar.value):
        return int(scalar.value)
    message = f"'{path}' must be a whole number"
    return _refused("wrong-type", message, scalar, findings, "write it in digits, such as 3")


def _read_number(scalar: Scalar, path: str, findings: Findings) -> object:
    if _NUMBER.fullmatch(scalar.value):
        return float(scalar.value)
    message = f"'{path}' must be a number"
    return _refused("wrong-type", message, scalar, findings, "write it in digits, such as 1.5")


def _read_yes_or_no(scalar: Scalar, path: str, findings: Findings) -> object:
    known = YES_AND_NO.get(scalar.value.lower())
    if known is not None:
        return known
    message = f"'{path}' must be yes or no"
    return _refused("wrong-type", message, scalar, findings, "write yes, no, true or false")


def _read_day(scalar: Scalar, path: str, findings: Findings) -> object:
    hint = "write year-month-day, such as 2026-03-31"
    if not _DATE.fullmatch(scalar.value):
        return _refused("not-a-date", f"'{path}' is not a date", scalar, findings, hint)
    try:
        return date.fromisoformat(scalar.value)
    except ValueError:
        return _refused("not-a-date", f"'{path}' is no day of the calendar", scalar, findings, hint)


def _choice(
    choices: tuple[str | int, ...], scalar: Scalar, path: str, findings: Findings
) -> object:
    known = {str(choice): choice for choice in choices}
    if scalar.value in known:
        return known[scalar.value]
    return _refused(
        "unknown-choice",
        f"'{scalar.value}' is not a choice for '{path}'",
        scalar,
        findings,
        did_you_mean(scalar.value, known) or f"it is one of {', '.join(known)}",
    )


def _own(leaf: Any, scalar: Scalar, path: str, findings: Findings) -> object:
    try:
        bound: object = leaf.parse(scalar.value)
    except ValueError as error:
        sentence, hint = (*error.args, None)[:2]
        return _refused("bad-value", f"'{path}': {sentence}", scalar, findings, hint)
    return bound


_READERS: dict[object, Callable[[Scalar, str, Findings], object]] = {
    TextNode: _read_text,
    str: _read_string,
    int: _read_integer,
    float: _read_number,
    bool: _read_yes_or_no,
    date: _read_day,
}


def says_yes(node: Node | None) -> bool:
    """Whether a node is a yes, as binding reads it."""
    return isinstance(node, Scalar) and YES_AND_NO.get(node.value.strip().lower()) is True
