"""JSON Schema (draft 2020-12) of models, so that editors complete and check the files."""

from __future__ import annotations

from datetime import date
from inspect import cleandoc
from typing import Any

from msgspec import Meta, Struct

from docgen.source.language import Language
from docgen.source.nodes import TextNode
from docgen.source.shapes import Leaf, ModelField, Shape, fields_of, tag_of

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {
    "description": "TextNode. Quotes are only needed where YAML would read it otherwise.",
    "type": ["string", "number", "boolean"],
    "pattern": "\\S",
}
_BUILT_IN: dict[object, Schema] = {
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no"]}]},
    date: {"type": "string", "format": "date"},
}


def json_schema(model: type[Struct], title: str) -> Schema:
    """The JSON Schema of a file that holds a model."""
    writer = SchemaWriter()
    schema = writer.model(model)
    return {"$schema": DIALECT, "title": title, **schema, "$defs": writer.definitions}


class SchemaWriter:
    """Describes models; what they refer to gathers in ``definitions``."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def model(self, model: type[Struct]) -> Schema:
        """An object that gives all that a model needs."""
        fields = fields_of(model)
        properties: dict[str, Schema] = {}
        required = [field.key for field in fields.values() if field.required]
        tag = tag_of(model)
        if tag:
            properties["type"] = {"const": tag, "description": "Says what this is."}
            required.insert(0, "type")
        properties |= {key: self._schema_of_field(field) for key, field in fields.items()}
        return {
            "description": _first_words(model),
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }

    def changes(self, model: type[Struct]) -> Schema:
        """An object that gives only what differs from another one; null takes a value out."""
        return {
            "description": _first_words(model),
            "type": "object",
            "properties": {key: self._change(field) for key, field in fields_of(model).items()},
            "additionalProperties": False,
        }

    def define(self, name: str, schema: Schema) -> Schema:
        """A reference to a schema under a name."""
        self.definitions[name] = schema
        return {"$ref": f"#/$defs/{name}"}

    def _changes_of(self, model: type[Struct]) -> Schema:
        return self.define(f"{model.__name__}Changes", self.changes(model))

    def _change(self, field: ModelField) -> Schema:
        shape = field.shape
        schema = self._shape(shape)
        if len(shape.models) == 1:
            schema = self._changes_of(shape.models[0])
        elif shape.values and len(shape.values.models) == 1:
            named = self._changes_of(shape.values.models[0])
            schema = {"type": "object", "additionalProperties": named}
        options = [*schema.get("anyOf", [schema]), {"type": "null"}]
        return {"anyOf": options, "description": field.description}

    def _schema_of_field(self, field: ModelField) -> Schema:
        schema = self._shape(field.shape)
        if not field.required:
            schema = _any_of([*schema.get("anyOf", [schema]), {"type": "null"}])
        if isinstance(field.default, bool | int | float | str):
            schema["default"] = field.default
        return {**schema, "description": field.description}

    def _shape(self, shape: Shape) -> Schema:
        leaf = self._by_language if shape.worded else self._leaf
        options = [leaf(one) for one in shape.leaves]
        if shape.items:
            options.append({"type": "array", "items": self._shape(shape.items)})
        if shape.values:
            options.append({"type": "object", "additionalProperties": self._shape(shape.values)})
        if shape.group:
            options.append({"type": "object"})
        if shape.models:
            references = [self._reference(model) for model in shape.models]
            options.append(references[0] if len(references) == 1 else {"oneOf": references})
        return {**_any_of(options), **_limits(shape)}

    def _leaf(self, leaf: Leaf) -> Schema:
        if isinstance(leaf, tuple):
            return {"enum": list(leaf)}
        if leaf in (str, TextNode):
            return self.define("Text", _TEXT)
        built_in = _BUILT_IN.get(leaf)
        if built_in:
            return dict(built_in)
        schema: Schema = leaf.json_schema()
        return self.define(leaf.__name__, {"description": _first_words(leaf), **schema})

    def _by_language(self, leaf: Leaf) -> Schema:
        assert isinstance(leaf, type)  # choices are in no language
        text = self._leaf(leaf)
        tags = {"pattern": Language.json_schema()["pattern"]}
        several = {"type": "object", "propertyNames": tags, "minProperties": 1}
        schema = {
            "description": f"{leaf.__name__}, or the same in several languages by their tags, such "
            "as {en: Getting here, es: Cómo llegar}.",
            "anyOf": [text, {**several, "additionalProperties": text}],
        }
        return self.define(f"Worded{leaf.__name__}", schema)

    def _reference(self, model: type[Struct]) -> Schema:
        name = model.__name__
        if name not in self.definitions:
            # Models hold each other: the name must be known before its fields are described.
            self.definitions[name] = {}
            self.definitions[name] |= self.model(model)
        return {"$ref": f"#/$defs/{name}"}


def _any_of(options: list[Schema]) -> Schema:
    return options[0] if len(options) == 1 else {"anyOf": options}


def _limits(shape: Shape) -> Schema:
    meta = shape.limits or Meta()
    lengths = ("minItems", "maxItems") if shape.items else ("minLength", "maxLength")
    named = {
        "minimum": meta.ge,
        "maximum": meta.le,
        lengths[0]: meta.min_length,
        lengths[1]: meta.max_length,
    }
    return {name: limit for name, limit in named.items() if limit is not None}


def _first_words(described: type[Any]) -> str:
    """The first paragraph of a docstring, on one line and without its literal marks."""
    paragraph = cleandoc(described.__doc__ or "").split("\n\n")[0]
    return " ".join(paragraph.split()).replace("``", "")
