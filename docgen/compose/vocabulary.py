"""What an expression can speak about: the kinds of values, derived from the types of the models."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from docgen.document import PageField
from docgen.prose import Prose
from docgen.source import MappingNode as Group
from docgen.source import TextNode, noun

Sort = Literal["text", "prose", "number", "date", "yes-or-no", "page-field", "list", "fields"]


class Kind(Struct, frozen=True):
    """The kind of a value. ``item`` is the kind of a list's items, ``model`` what has fields."""

    sort: Sort
    item: "Kind | None" = None
    model: type[Struct] | None = None

    def __str__(self) -> str:
        return _name_of_kind(self)


TEXT = Kind("text")
PROSE = Kind("prose")
NUMBER = Kind("number")
DATE = Kind("date")
YES_OR_NO = Kind("yes-or-no")
PAGE_FIELD = Kind("page-field")

_NAMES: dict[Sort, str] = {
    "text": "a text",
    "prose": "prose",
    "number": "a number",
    "date": "a date",
    "yes-or-no": "a yes or no",
    "page-field": "a page field",
}
_LEAVES: dict[object, Kind] = {
    str: TEXT,
    TextNode: TEXT,
    Prose: PROSE,
    bool: YES_OR_NO,
    int: NUMBER,
    float: NUMBER,
    date: DATE,
    PageField: PAGE_FIELD,
}
_HIDDEN = frozenset(
    {
        "span",
        "path",
        "node",
        "has_foreign_texts",
        "falls_back",
        "adaptation_notes",
        "translated_into",
        "without",
    }
)

Scope = Mapping[str, Kind | None]
"""The names that an expression may use, each with its kind; None where a finding told of it."""


def list_of(item: Kind) -> Kind:
    """The kind of a list."""
    return Kind("list", item=item)


def fields_of_kind(kind: Kind) -> Mapping[str, Kind]:
    """The fields that may follow a dot after a value of this kind; none where it has no fields."""
    return _kinds_of_fields(kind.model) if kind.model else {}


@lru_cache(maxsize=64)
def _kinds_of_fields(model: type) -> Mapping[str, Kind]:
    hints: dict[str, Any] = dict(get_type_hints(model))
    for name, value in vars(model).items():
        if isinstance(value, property) and value.fget:
            hints[name] = get_type_hints(value.fget)["return"]
    named = {name: kind_of_field(hint) for name, hint in hints.items() if name not in _HIDDEN}
    return {name: kind for name, kind in named.items() if kind and not name.startswith("_")}


def kind_of_field(hint: Any) -> Kind | None:
    """The kind of the values of an annotated field; None where no layout can use them."""
    leaf = _LEAVES.get(hint)
    if leaf:
        return leaf
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _kind_of_single([argument for argument in arguments if argument is not NoneType])
    if origin is Literal:
        return TEXT
    if origin is tuple:
        item = kind_of_field(arguments[0])
        return item and list_of(item)
    if isinstance(hint, type) and issubclass(hint, Struct) and hint is not Group:
        return Kind("fields", model=hint)
    return None


def _kind_of_single(hints: list[Any]) -> Kind | None:
    return kind_of_field(hints[0]) if len(hints) == 1 else None


def _name_of_kind(kind: Kind) -> str:
    if kind.item:
        return f"a list, each item {kind.item}"
    if kind.model:
        return noun(kind.model)
    return _NAMES[kind.sort]
