"""Each text of a layout says how it is read, and each model what messages call it."""

from collections.abc import Iterator
from typing import Annotated, get_args

import pytest
from msgspec import Meta, Struct

from docgen.layouts.model import Block, Layout, LayoutBlock, PageFurniture
from docgen.layouts.organization import Organization
from docgen.layouts.theme import Theme
from docgen.layouts.uses import LineTemplate, Use, used_fields
from docgen.source import Shape, TextNode, fields_of, tag_of
from docgen.source.shapes import noun


class ForgottenBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="forgotten"):
    """A new kind of block whose author forgot to say how a text of it is read."""

    heading: Annotated[LineTemplate, Meta(description="Template of the heading.")]
    motto: Annotated[TextNode | None, Meta(description="Template of a motto.")] = None


class ForgottenItemsBlock(LayoutBlock, frozen=True, kw_only=True, eq=False, tag="forgotten-items"):
    """The same for a list of texts."""

    mottos: Annotated[tuple[TextNode, ...], Meta(description="Templates of mottos.")] = ()


def models_in(model: type[Struct], seen: dict[type[Struct], None]) -> Iterator[type[Struct]]:
    """A model and all that it can hold."""
    if model in seen:
        return
    seen[model] = None
    yield model
    for field in fields_of(model).values():
        for inner in _models(field.shape):
            yield from models_in(inner, seen)


def _models(shape: Shape) -> tuple[type[Struct], ...]:
    inner = [_models(one) for one in (shape.items, shape.values) if one]
    return (*shape.models, *(model for models in inner for model in models))


@pytest.mark.parametrize(
    ("model", "field"), [(ForgottenBlock, "motto"), (ForgottenItemsBlock, "mottos")]
)
def test_a_text_that_does_not_say_how_it_is_read_is_an_error(
    model: type[Struct], field: str
) -> None:
    with pytest.raises(TypeError, match=rf"{model.__name__}\.{field} is a text"):
        used_fields(model)


def test_each_text_of_a_layout_says_how_it_is_read() -> None:
    models = list(models_in(Layout, {}))
    assert set(get_args(Block)) <= set(models)
    for model in models:
        used_fields(model)


def test_items_are_read_before_what_knows_their_name() -> None:
    for block in get_args(Block):
        readings = [field.use.reading for field in used_fields(block)]
        count = readings.count("items")
        assert readings[:count] == ["items"] * count


def test_pages_are_known_in_headers_and_footers_alone() -> None:
    assert {field.use for field in used_fields(PageFurniture)} == {Use("parts", "page")}
    others = (model for model in models_in(Layout, {}) if model is not PageFurniture)
    assert not [
        field for model in others for field in used_fields(model) if field.use.name == "page"
    ]


def test_models_say_what_messages_call_them() -> None:
    seen: dict[type[Struct], None] = {}
    for model in (Layout, Theme, Organization):
        for one in models_in(model, seen):
            assert getattr(one, "called", None), f"{one.__name__} does not say what it is called"
            assert tag_of(one) is None or noun(one).endswith(" block")
    assert noun(PageFurniture) == "a header or footer"
