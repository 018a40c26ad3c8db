"""Messages call what a file describes by words of its own, never by the name of a Python class.

"'autors' is not a field of the provenance" helps whoever wrote the file; "a page furniture", made
of a class's name, helps nobody, and changes whenever a class is renamed.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import ClassVar

import pytest
from msgspec import Struct

import docgen
from docgen.compose.vocabulary import Kind, fields_of_kind
from docgen.records.record import ProcedureRecord
from docgen.source.nodes import Positioned
from docgen.source.shapes import BUILT_IN, Shape, fields_of, noun, reads_text
from docgen.visits import Visit


def _models() -> set[type[Struct]]:
    """Every model that a file can be read as, wherever in docgen it is."""
    for module in pkgutil.walk_packages(docgen.__path__, "docgen."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return {one for one in _below(Positioned) if one.__module__.startswith("docgen.")}


def _below(model: type[Struct]) -> Iterator[type[Struct]]:
    for one in model.__subclasses__():
        yield one
        yield from _below(one)


def _leaves(shape: Shape) -> Iterator[type[Struct]]:
    """The types of its own single values that docgen reads itself, save for prose."""
    for leaf in shape.leaves:
        if isinstance(leaf, type) and leaf not in BUILT_IN and not reads_text(leaf):
            yield leaf
    for inner in (shape.items, shape.values):
        if inner:
            yield from _leaves(inner)


def _spoken_of(kind: Kind, met: set[type[Struct]]) -> set[type[Struct]]:
    """The models that an expression of a layout can reach."""
    if kind.item:
        _spoken_of(kind.item, met)
    if kind.model and kind.model not in met:
        met.add(kind.model)
        for inner in fields_of_kind(kind).values():
            _spoken_of(inner, met)
    return met


def _says_itself(model: type[Struct]) -> bool:
    """Whether a class has words of its own, or those of all that ``{tag}`` tells apart.

    A class that was given more fields (``with_fields``) stands for the one below it, which has its
    name, or is private.
    """
    for one in model.__mro__:
        is_same = one.__name__ == model.__name__ or one.__name__.startswith("_")
        if is_same and "called" in vars(one):
            return True
    return "{tag}" in getattr(model, "called", "")


def test_every_model_says_what_messages_call_it() -> None:
    assert {one.__name__ for one in _models() if not _says_itself(one)} == set()


def test_every_value_of_a_field_says_what_messages_call_it() -> None:
    shapes = (field.shape for model in _models() for field in fields_of(model).values())
    leaves = {leaf for shape in shapes for leaf in _leaves(shape)}
    assert {"Length", "Colour", "Language", "CodeSystem", "DateForm"} <= {
        leaf.__name__ for leaf in leaves
    }
    assert {leaf.__name__ for leaf in leaves if not _says_itself(leaf)} == set()


def test_all_that_expressions_reach_says_what_messages_call_it() -> None:
    spoken: set[type[Struct]] = set()
    for model in (ProcedureRecord, Visit):
        _spoken_of(Kind("fields", model=model), spoken)
    assert len(spoken) > 10
    assert {one.__name__ for one in spoken if not _says_itself(one)} == set()


class Said(Positioned, frozen=True, kw_only=True, eq=False):
    """A model with words of its own."""

    called: ClassVar[str] = "odd page"


class Heir(Said, frozen=True, kw_only=True, eq=False):
    """A model that would be taken for the one above."""


class Mute(Positioned, frozen=True, kw_only=True, eq=False):
    """A model without words."""


@pytest.mark.parametrize(("model", "says"), [(Said, True), (Heir, False), (Mute, False)])
def test_the_search_finds_them(model: type[Struct], says: bool) -> None:
    assert _says_itself(model) is says


def test_no_message_is_made_of_the_name_of_a_class() -> None:
    assert noun(Said) == "an odd page"
    with pytest.raises(TypeError, match="Mute does not say what messages call it"):
        noun(Mute)
