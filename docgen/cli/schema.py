"""``docgen schema``: JSON Schemas of the files that docgen reads."""

import json
from collections.abc import Callable
from typing import Any

import click

from docgen.cli.reporting import print_result


def _record() -> dict[str, Any]:
    from docgen.records import record_schema

    return record_schema()


def _translation() -> dict[str, Any]:
    from docgen.records import translation_schema

    return translation_schema()


def _record_override() -> dict[str, Any]:
    from docgen.records.overriding import override_schema

    return override_schema()


def _layout() -> dict[str, Any]:
    from docgen.layouts.schema import layout_schema

    return layout_schema()


def _theme() -> dict[str, Any]:
    from docgen.layouts import Theme
    from docgen.source import json_schema

    return json_schema(Theme, "Theme")


def _organization() -> dict[str, Any]:
    from docgen.layouts.schema import organization_schema

    return organization_schema()


def _worklist_map() -> dict[str, Any]:
    from docgen.worklist import column_map_schema

    return column_map_schema()


def _import_map() -> dict[str, Any]:
    from docgen.imports import import_map_schema

    return import_map_schema()


def _glossary() -> dict[str, Any]:
    from docgen.readability import glossary_schema

    return glossary_schema()


def _project() -> dict[str, Any]:
    from docgen.project_file import project_schema

    return project_schema()


def _policy() -> dict[str, Any]:
    from docgen.policies import policy_schema

    return policy_schema()


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "project": _project,
    "record": _record,
    "translation": _translation,
    "record-override": _record_override,
    "policy": _policy,
    "glossary": _glossary,
    "layout": _layout,
    "theme": _theme,
    "organization": _organization,
    "worklist-map": _worklist_map,
    "import-map": _import_map,
}


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file."""
    return SCHEMAS[kind]()


def schema_text(kind: str) -> str:
    """The JSON Schema of a kind of file, as it is printed."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False)


@click.command()
@click.argument("kind", type=click.Choice(list(SCHEMAS)))
def command(kind: str) -> None:
    """Print the JSON Schema (draft 2020-12) of a kind of file.

    Editors with a YAML language server complete and check files whose first line names it:

    \b
      # yaml-language-server: $schema=../../schema/record.json
    """
    print_result(schema_text(kind))
