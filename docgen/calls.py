"""Calls from Python, held to the types that they are declared with.

Whoever runs mypy is told before; all others would get what Python makes of a mistake: a text in the
place of a list becomes its letters, ``large_print="no"`` is as good as yes, and a run is begun of
which nobody can read the settings again. So such a call is refused in words, which name the
argument and its type, never the value: that may be a patient's.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache, wraps
from os import PathLike
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    ParamSpec,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from msgspec import Meta, Struct

from docgen.diagnostics import quoted, refuse

P = ParamSpec("P")
R = TypeVar("R")

_ITSELF: Final = ("code", "codes", "fields", "layout", "record")
"""Arguments of which the called method itself says, and better, what is wrong with them."""
_LIST: Final = "a list"
_TAKEN: Final[Mapping[Any, Any]] = {float: int | float, Path: PathLike, tuple: tuple | list}
"""What is taken for a type besides its own."""
_CALLED: Final[Mapping[Any, str]] = {
    str: "a text",
    bool: "True or False",
    int: "a whole number",
    float: "a number",
    Path: "a path",
    date: "a date",
    datetime: "a datetime",
    NoneType: "None",
}


def checked_call(method: Callable[P, R]) -> Callable[P, R]:
    """A method of whose arguments each is looked at before it runs.

    It raises DocgenError for one that is not of its type. Types that are imported for type checking
    alone are not known here: the method looks at these itself, by ``check_struct``.
    """

    @wraps(method)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        hints = _hints_of_call(method)
        for name, value in (*zip(hints, args[1:], strict=False), *kwargs.items()):
            if name in hints and name not in _ITSELF:
                check_argument(name, value, hints[name])
        return method(*args, **kwargs)

    return checked


def check_argument(name: str, value: object, hint: Any) -> None:
    """Raises DocgenError where a value is not of a type, or beyond the bounds that it names."""
    if _fits(value, hint):
        return
    wanted = _words_of_type(hint)
    raise refuse(
        "wrong-argument",
        f"{quoted(name)} takes {wanted}, and was given something else, of type "
        f"{type(value).__name__}",
        hint="put it into a list, also where it is only one"
        if isinstance(value, str) and _LIST in wanted
        else "see how it is called in docs/reference/python.md",
    )


def check_struct(name: str, value: object, model: type[Struct]) -> None:
    """The same of a struct and of all that its fields hold: msgspec makes one of anything."""
    check_argument(name, value, model)
    if isinstance(value, Struct):
        check_fields(name, value)


def check_fields(name: str, struct: Struct) -> None:
    """The same of the fields of a struct alone."""
    for field, hint in _hints_of_fields(type(struct)).items():
        value = getattr(struct, field)
        check_argument(f"{name}.{field}", value, hint)
        if isinstance(value, Struct):
            check_fields(f"{name}.{field}", value)


def _fits(value: object, hint: Any) -> bool:
    kind, parts = get_origin(hint), get_args(hint)
    if kind is Annotated:
        return _fits(value, parts[0]) and all(_keeps(value, mark) for mark in parts[1:])
    if kind in (Union, UnionType):
        is_no_path = Path in parts and "\0" in str(value)  # no system has it
        return not is_no_path and any(_fits(value, part) for part in parts)
    if kind is Literal:
        return value in parts
    if kind is not None:
        is_one = isinstance(value, str | bytes) or not isinstance(value, _TAKEN.get(kind, kind))
        return not is_one and _hold(value, hint)
    is_a_number = isinstance(value, bool) and hint in (int, float)  # to Python it is
    return not is_a_number and isinstance(value, _TAKEN.get(hint, hint))


def _hold(values: Any, hint: Any) -> bool:
    """Whether what a list or tuple holds fits; what can be gone through only once is left as it is,
    and so are the fields of a record, which its reader looks at."""
    parts = get_args(hint)
    if isinstance(values, Iterator | Mapping):
        return True
    if get_origin(hint) is tuple and Ellipsis not in parts:
        return len(values) == len(parts) and all(map(_fits, values, parts))
    return all(_fits(one, parts[0]) for one in values)


def _keeps(value: Any, mark: object) -> bool:
    if value is None or not isinstance(mark, Meta):
        return True
    bounds = ((mark.ge, operator.ge), (mark.gt, operator.gt), (mark.le, operator.le))
    return all(bound is None or keeps(value, bound) for bound, keeps in bounds)


def _words_of_type(hint: Any) -> str:
    """A type in words: ``a path or None``, ``a whole number from 1``."""
    kind, parts = get_origin(hint), get_args(hint)
    if kind is Annotated:
        marks = [one for one in parts[1:] if isinstance(one, Meta)]
        least = [f" from {one.ge}" for one in marks if one.ge is not None]
        above = [f" above {one.gt}" for one in marks if one.gt is not None]
        most = [f" to {one.le}" for one in marks if one.le is not None]
        return "".join((_words_of_type(parts[0]), *least, *above, *most))
    if kind in (Union, UnionType):
        *first, last = dict.fromkeys(map(_words_of_type, parts))
        return f"{', '.join(first)} or {last}" if first else last
    if kind is Literal:
        return f"one of {', '.join(map(quoted, parts))}"
    if kind is not None:
        return f"{_LIST} (each {_words_of_type(parts[0])})"
    return _CALLED.get(hint, f"a {hint.__name__}")


@cache
def _hints_of_call(method: Callable[..., object]) -> dict[str, Any]:
    """The types of the arguments, in their order; ``object`` is what is not known here."""
    unknown: dict[str, Any] = {}
    while True:
        try:
            hints = get_type_hints(method, localns=unknown, include_extras=True)
        except NameError as error:
            unknown[str(error.name)] = object
        else:
            return {name: hint for name, hint in hints.items() if name != "return"}


@cache
def _hints_of_fields(model: type[Struct]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.__struct_fields__}
