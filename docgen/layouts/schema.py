"""JSON Schemas of files that say only what differs: layouts that extend one, organizations."""

from typing import Any, get_args

from docgen.layouts.merging import EXTENDS
from docgen.layouts.model import Block, FactEntry, Layout
from docgen.layouts.organization import Organization
from docgen.layouts.paper import PaperSetup
from docgen.layouts.theme import Theme
from docgen.source import DIALECT, Schema, SchemaWriter


def layout_schema() -> dict[str, Any]:
    """The JSON Schema of a layout file."""
    writer = SchemaWriter()
    kinds = {"Layout": writer.model(Layout), "ExtendingLayout": _extending(writer)}
    return {
        "$schema": DIALECT,
        "title": "Layout file",
        "description": "A layout of its own, or one that extends another and says what differs.",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in kinds],
        "$defs": {**kinds, **writer.definitions},
    }


def organization_schema() -> dict[str, Any]:
    """The JSON Schema of an organization file."""
    writer = SchemaWriter()
    schema = writer.model(Organization)
    for key, model in (("page", PaperSetup), ("theme", Theme)):
        own = schema["properties"][key]
        changes = writer.define(f"{model.__name__}Changes", writer.changes(model))
        own["anyOf"] = [changes, {"type": "null"}]
    return {"$schema": DIALECT, "title": "Organization", **schema, "$defs": writer.definitions}


def _extending(writer: SchemaWriter) -> Schema:
    schema = writer.changes(Layout)
    own = schema["properties"]
    blocks = own["blocks"]["anyOf"][0]
    ids: Schema = {"type": ["array", "null"], "items": {"type": "string"}}
    change = writer.define("BlockChanges", _block_changes(writer))
    insertion = writer.define("Insertion", _insertion(blocks))
    verbs: Schema = {
        EXTENDS: {
            "description": "Name of the layout that it starts from; its own name for the one that "
            "it stands in the place of.",
            "type": "string",
        },
        "replace": {
            "description": "Blocks in the place of those with the same ids.",
            "type": ["object", "null"],
            "additionalProperties": blocks["items"],
        },
        "change": {
            "description": "Properties of blocks and facts, by their ids; null takes one out.",
            "type": ["object", "null"],
            "additionalProperties": change,
        },
        "remove": {"description": "Ids of blocks and facts that are left out.", **ids},
        "insert": {
            "description": "New blocks, each with its place.",
            "type": ["array", "null"],
            "items": insertion,
        },
        "reorder": {
            "description": "Ids of blocks in one list, which stand in this order at the place of "
            "the first of them.",
            **ids,
        },
    }
    return {
        **schema,
        "description": "A layout file that extends another layout: it says only what differs.",
        "properties": {"id": own["id"], **verbs, **own},
        "required": [EXTENDS],
    }


def _insertion(blocks: Schema) -> Schema:
    place = {"type": "string"}
    return {
        "description": "Blocks and their place: the end of the layout where none is named.",
        "type": "object",
        "properties": {
            "after": {"description": "Id of the block or fact that they follow.", **place},
            "before": {"description": "Id of the block or fact that follows them.", **place},
            "at-end-of": {
                "description": "Id of the block that they stand in, as its last.",
                **place,
            },
            "blocks": {
                "description": "The blocks; facts among facts.",
                "type": "array",
                "items": {"anyOf": [blocks["items"], {"$ref": "#/$defs/FactEntry"}]},
            },
        },
        "required": ["blocks"],
        "additionalProperties": False,
    }


def _block_changes(writer: SchemaWriter) -> Schema:
    """Every property that any block or fact has, as any of them describes it."""
    options: dict[str, list[Schema]] = {}
    words: dict[str, str] = {}
    for model in (*get_args(Block), FactEntry):
        for key, described in writer.changes(model)["properties"].items():
            known = options.setdefault(key, [])
            known += [option for option in described["anyOf"] if option not in known]
            words.setdefault(key, described["description"])
    del options["id"]
    return {
        "description": "Properties of the block or fact that has the id.",
        "type": "object",
        "properties": {
            key: {"anyOf": choices, "description": words[key]} for key, choices in options.items()
        },
        "additionalProperties": False,
    }
