"""What the fields of a model can hold, read from its annotations once.

Binding, JSON Schema and the reference pages all follow these shapes, so that they cannot differ.
Modules of models do not postpone their annotations: compiling them one by one slows every start.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import replace

from docgen.diagnostics import ErrorRule
from docgen.source.nodes import MappingNode, Positioned, TextNode

Leaf = type[Any] | tuple[str | int, ...]
"""A type of single values, or the choices of a ``Literal``."""

BUILT_IN = (str, int, float, bool, date, TextNode)

WORDED: Final = object()
"""Marks a text, in ``Annotated``, that a file may write in several languages by their tags.

It is one text, or none, before it is bound: whoever binds chooses the language.
"""
Wording = Annotated[TextNode, WORDED]


_IF_MISSING: Final = "missing"

LINED: Final = object()
"""Marks a text, in ``Annotated``, whose lines are printed below each other."""


class Role(Struct, frozen=True):
    """Base of what a text of a model may be marked with, in ``Annotated``, for whoever reads it."""


class Shape(Struct, frozen=True, eq=False):
    """What may stand in one place: single values, a list, a mapping, or models."""

    leaves: tuple[Leaf, ...] = ()
    items: Shape | None = None
    values: Shape | None = None
    models: tuple[type[Struct], ...] = ()
    group: bool = False
    """Named values that are kept as nodes: what they must be is known only later."""
    optional: bool = False
    worded: bool = False
    """Whether the single value may be written in several languages."""
    lined: bool = False
    """Whether the lines of the single value are printed below each other."""
    role: Role | None = None
    limits: Meta | None = None

    @property
    def words(self) -> str:
        """The shape in plain words."""
        kinds = [leaf_words(leaf) for leaf in self.leaves]
        if self.items:
            kinds.append(f"a list, each item {self.items.words}")
        if self.values:
            kinds.append(f"names, each with {self.values.words}")
        kinds += [noun(model) for model in self.models]
        if self.group:
            kinds.append("a group of named values")
        return " or ".join(kinds)


class ModelField(Struct, frozen=True, eq=False):
    """One field of a model: ``name`` in Python, ``key`` in a file."""

    name: str
    key: str
    shape: Shape
    default: Any
    description: str
    missing: ErrorRule
    """Rule that a file breaks which must give the field and does not."""

    @property
    def required(self) -> bool:
        """Whether a file must give it."""
        return self.default is NODEFAULT


@lru_cache(maxsize=256)
def fields_of(model: type[Struct]) -> dict[str, ModelField]:
    """The fields of a model by their keys, in the order of the model."""
    hints = get_type_hints(model, include_extras=True)
    names = model.__struct_fields__
    defaults = (NODEFAULT,) * (len(names) - len(model.__struct_defaults__))
    fields = {}
    for name, key, default in zip(
        names,
        model.__struct_encode_fields__,
        (*defaults, *model.__struct_defaults__),
        strict=True,
    ):
        if issubclass(model, Positioned) and name in model.unwritten:
            continue
        shape, description, missing = _shape_described(hints[name])
        fields[key] = ModelField(name, key, shape, default, description, missing)
    return fields


def tag_of(model: type[Struct]) -> str | None:
    """What the field ``type`` says for this model, where models are told apart by it."""
    tag = model.__struct_config__.tag
    return str(tag) if tag is not None else None


def noun(model: type[Struct]) -> str:
    """What messages call a model, or a leaf of its own, with its article, as ``called`` says it.

    ``{tag}`` in it stands for the tag of models that are told apart by one. Raises TypeError for
    what does not say how it is called: the name of a Python class tells nobody anything.
    """
    called: str | None = getattr(model, "called", None)
    if called is None:
        raise TypeError(f"{model.__name__} does not say what messages call it")
    words = called.format(tag=(tag_of(model) or "").replace("-", " "))
    if words.startswith("the "):
        return words
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def leaf_words(leaf: Leaf) -> str:
    """A kind of single values in words."""
    if isinstance(leaf, tuple):
        return "one of " + ", ".join(str(choice) for choice in leaf)
    known: dict[type[Any], str] = {
        str: "text",
        TextNode: "text",
        int: "a whole number",
        float: "a number",
        bool: "yes or no",
        date: "a date",
    }
    return known.get(leaf) or ("prose (CommonMark)" if reads_text(leaf) else noun(leaf))


def reads_text(leaf: type[Any]) -> Callable[..., Any] | None:
    """The method of a leaf that reads a whole ``TextNode`` and tells what is wrong with it."""
    method: Callable[..., Any] | None = getattr(leaf, "from_text", None)
    return method


def if_missing(rule: ErrorRule) -> dict[str, ErrorRule]:
    """What a field's ``Meta`` holds as ``extra``, where another rule than ``missing-field`` is
    broken by its not being there."""
    return {_IF_MISSING: rule}


def _shape_described(hint: Any) -> tuple[Shape, str, ErrorRule]:
    """The shape of a field, its description, and the rule that it breaks when it is missing."""
    description = ""
    missing: ErrorRule = "missing-field"
    if get_origin(hint) is Annotated:
        for meta in get_args(hint)[1:]:
            if isinstance(meta, Meta):
                description = meta.description or description
                missing = (meta.extra or {}).get(_IF_MISSING, missing)
    return _shape(hint), description, missing


def _shape(hint: Any) -> Shape:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _limited(_shape(arguments[0]), arguments[1:])
    if origin in (Union, UnionType):
        return _union([_shape(argument) for argument in arguments if argument is not NoneType],
                      NoneType in arguments)  # fmt: skip
    if origin is Literal:
        return Shape(leaves=(arguments,))
    if origin is tuple:
        return Shape(items=_shape(arguments[0]))
    if origin is dict:
        return Shape(values=_shape(arguments[1]))
    return _single(hint)


def _single(hint: Any) -> Shape:
    if hint in BUILT_IN or hasattr(hint, "parse") or hasattr(hint, "from_text"):
        return Shape(leaves=(hint,))
    if hint is MappingNode:
        return Shape(group=True)
    if isinstance(hint, type) and issubclass(hint, Struct):
        return Shape(models=(hint,))
    raise TypeError(f"no file can hold a field of the type {hint}")


def _limited(shape: Shape, metas: tuple[Any, ...]) -> Shape:
    limits = next((meta for meta in metas if isinstance(meta, Meta)), None)
    return replace(
        shape,
        limits=limits,
        worded=shape.worded or WORDED in metas,
        lined=shape.lined or LINED in metas,
        role=next((meta for meta in metas if isinstance(meta, Role)), shape.role),
    )


def _union(shapes: list[Shape], optional: bool) -> Shape:
    return Shape(
        leaves=tuple(leaf for shape in shapes for leaf in shape.leaves),
        items=next((shape.items for shape in shapes if shape.items), None),
        values=next((shape.values for shape in shapes if shape.values), None),
        models=tuple(model for shape in shapes for model in shape.models),
        group=any(shape.group for shape in shapes),
        optional=optional or any(shape.optional for shape in shapes),
        worded=any(shape.worded for shape in shapes),
        lined=any(shape.lined for shape in shapes),
        role=next((shape.role for shape in shapes if shape.role), None),
        limits=next((shape.limits for shape in shapes if shape.limits), None),
    )
