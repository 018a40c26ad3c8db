"""An organization's file that changes a record: its model and its schema."""

from pathlib import Path
from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct

from docgen.code_systems import CodeSystem, ids_in_words
from docgen.records.digests import AcceptedDifference, Digest
from docgen.records.record import ProcedureRecord
from docgen.records.wordings import INNER_TEXTS, TEXTS
from docgen.source import Language, MappingNode, Positioned, TextNode, fields_of, json_schema

Schema = dict[str, Any]

OF_THE_RECORD = frozenset({"code", "code_system", "language", "translations"})
"""What makes a record the record of its code, and its translations, which go with its texts."""
CHANGEABLE = tuple(key for key in fields_of(ProcedureRecord) if key not in OF_THE_RECORD)
_WORDED_MODELS = {
    "FurtherSection": INNER_TEXTS["further_sections"],
    "SimilarCode": INNER_TEXTS["similar_codes"],
    "Policy": INNER_TEXTS["policies"],
    "Provenance": INNER_TEXTS["provenance"],
}
"""The models that have texts which may be given in several languages."""


class Insertion(Positioned, frozen=True, kw_only=True, eq=False):
    """Where a section of the organization's own stands."""

    called: ClassVar[str] = "insertion"

    after: Annotated[
        TextNode | None,
        Meta(description="Title of the further section that it follows; else last."),
    ] = None
    section: Annotated[
        MappingNode,
        Meta(
            description="The section: title, audience, text, as in a record. "
            "Texts may be given in several languages, each under its tag."
        ),
    ]


class RecordOverride(Positioned, frozen=True, kw_only=True, eq=False):
    """What an organization changes of a record for its own patients."""

    called: ClassVar[str] = "record override"

    extends: Annotated[str, Meta(description="Code of the record.")]
    code_system: Annotated[
        CodeSystem, Meta(description=f"Code system of the code: {ids_in_words()}.")
    ]
    change: Annotated[
        MappingNode | None,
        Meta(
            description="Fields of the record as they are to be; one without a value is taken out. "
            "A text may be given in several languages, each under its tag."
        ),
    ] = None
    remove: Annotated[
        tuple[TextNode, ...],
        Meta(description="What is taken out: names of fields, titles of further sections."),
    ] = ()
    insert: Annotated[tuple[Insertion, ...], Meta(description="Sections that are added.")] = ()
    note: Annotated[
        str | None,
        Meta(description="What was changed and why, for colleagues. No sheet prints it."),
    ] = None
    made_from: Annotated[
        dict[str, dict[str, Digest]] | None,
        Meta(
            description="For each language, and each text in several, such as change.preparation, "
            "the digest of the wording that it was translated from. `docgen translations accept` "
            "writes it."
        ),
    ] = None
    accepted_differences: Annotated[
        dict[str, dict[str, AcceptedDifference]] | None,
        Meta(
            description="For each language, the texts whose numbers or parts rightly differ from "
            "the wording that they were translated from, each with the digests of both."
        ),
    ] = None


class Adaptation(Struct, frozen=True, eq=False):
    """What one organization changes of a record."""

    override: RecordOverride
    node: MappingNode
    """The override as its file writes it."""
    path: Path
    organization: str
    """Name of the organization."""
    id: str
    """Its id, as commands take it."""
    language: str | None
    """Language (BCP 47) of its texts; None is the record's."""


def override_schema() -> dict[str, Any]:
    """The JSON Schema of a file by which an organization changes a record."""
    record = json_schema(ProcedureRecord, "Record")
    schema = json_schema(RecordOverride, "RecordOverride")
    definitions: dict[str, Any] = {
        name: definition
        for name, definition in {**record["$defs"], **schema["$defs"]}.items()
        if not name.startswith("Transla")
    }
    for name, texts in _WORDED_MODELS.items():
        for key in texts:
            fields = definitions[name]["properties"]
            fields[key] = _in_languages(fields[key])
    for name in ("Provenance", "LicensedDescriptor"):
        definitions[name]["required"] = []
    definitions["Changes"] = {
        "description": "Fields of the record, as the organization wants them.",
        "type": "object",
        "properties": {key: _changed(key, record["properties"][key]) for key in CHANGEABLE},
        "additionalProperties": False,
    }
    change = schema["properties"]["change"]
    change["anyOf"] = [{"$ref": "#/$defs/Changes"}, {"type": "null"}]
    section = {"$ref": "#/$defs/FurtherSection"}
    definitions["Insertion"]["properties"]["section"] |= section
    del definitions["Insertion"]["properties"]["section"]["type"]
    return {**schema, "$defs": definitions}


def _changed(key: str, field: Schema) -> Schema:
    field = _in_languages(field) if key in TEXTS else field
    options = _options(field)
    null: Schema = {"type": "null"}
    given = options if null in options else [*options, null]
    return {"anyOf": given, "description": field["description"]}


def _in_languages(field: Schema) -> Schema:
    """The schema of a text that may be given in several languages."""
    tags = {"pattern": Language.json_schema()["pattern"]}
    several = {"type": "object", "propertyNames": tags, "minProperties": 1}
    texts = {"additionalProperties": {"$ref": "#/$defs/Text"}}
    return {"anyOf": [*_options(field), {**several, **texts}], "description": field["description"]}


def _options(field: Schema) -> list[Schema]:
    """What a field may be, without its description."""
    alone = {key: value for key, value in field.items() if key != "description"}
    return field.get("anyOf") or [alone]
