"""JSON Schema of models: it accepts what binding accepts and refuses what binding refuses."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import pytest
from jsonschema import Draft202012Validator
from msgspec import Meta

from docgen.source import Positioned, TextNode, json_schema


class Leafy(Positioned, frozen=True, kw_only=True, eq=False, tag="leafy", tag_field="type"):
    """A plant.

    More about it.
    """

    name: Annotated[TextNode, Meta(description="What it is called.")]


class Woody(Positioned, frozen=True, kw_only=True, eq=False, tag="woody", tag_field="type"):
    """A tree with ``plants`` under it."""

    below: Annotated[tuple[Plant, ...], Meta(description="What grows below.", min_length=1)]


Plant = Leafy | Woody


class Garden(Positioned, frozen=True, kw_only=True, eq=False):
    """A garden."""

    owner: Annotated[str, Meta(description="Who owns it.")]
    beds: Annotated[int, Meta(description="How many beds.", ge=1, le=9)] = 1
    open: Annotated[bool, Meta(description="Whether one may enter.")] = False
    since: Annotated[date | None, Meta(description="Since when.")] = None
    kind: Annotated[Literal["roof", "yard"], Meta(description="Where it is.")] = "yard"
    plants: Annotated[tuple[Plant, ...], Meta(description="What grows.")] = ()
    tools: Annotated[dict[str, int] | None, Meta(description="How many of each.")] = None


SCHEMA: dict[str, Any] = json_schema(Garden, "Garden")


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["title"] == "Garden"
    assert SCHEMA["required"] == ["owner"]
    assert SCHEMA["properties"]["beds"]["description"] == "How many beds."
    assert SCHEMA["properties"]["kind"]["default"] == "yard"
    assert "span" not in SCHEMA["properties"]
    assert SCHEMA["$defs"]["Leafy"]["description"] == "A plant."
    assert SCHEMA["$defs"]["Woody"]["description"] == "A tree with plants under it."


@pytest.mark.parametrize(
    "garden",
    [
        {"owner": "Ada"},
        {"owner": 77299, "beds": 9, "open": "yes", "since": "2026-01-01", "kind": "roof"},
        {"owner": "Ada", "since": None, "tools": {"rake": 2}},
        {"owner": "Ada", "plants": [{"type": "woody", "below": [{"type": "leafy", "name": "x"}]}]},
    ],
)
def test_it_accepts(garden: object) -> None:
    assert list(Draft202012Validator(SCHEMA).iter_errors(garden)) == []


@pytest.mark.parametrize(
    "garden",
    [
        {},
        {"owner": " "},
        {"owner": "Ada", "bed": 1},
        {"owner": "Ada", "beds": 10},
        {"owner": "Ada", "open": "maybe"},
        {"owner": "Ada", "kind": "attic"},
        {"owner": "Ada", "tools": {"rake": "two"}},
        {"owner": "Ada", "plants": [{"type": "stone", "name": "x"}]},
        {"owner": "Ada", "plants": [{"type": "woody", "below": []}]},
        {"owner": "Ada", "plants": [{"name": "x"}]},
    ],
)
def test_it_refuses(garden: object) -> None:
    assert not Draft202012Validator(SCHEMA).is_valid(garden)
