"""``import-map.yaml``: which column of somebody's table is which field of a record."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from msgspec import Meta

from docgen.code_systems import CodeSystem
from docgen.diagnostics import Findings, Span, did_you_mean, quoted
from docgen.records import SECTION_TITLES
from docgen.records.record import Audience
from docgen.source import (
    Language,
    Node,
    Positioned,
    Scalar,
    Text,
    bind,
    fields_of,
    json_schema,
    place_of,
    read_file,
)
from docgen.source import Mapping as Group
from docgen.source.encodings import Encoding
from docgen.source.headings import plain_heading, several

Headings = Text | tuple[Text, ...]


class RecordColumns(Positioned, frozen=True, kw_only=True, eq=False):
    """The headings of each field; of several, the cells are joined in this order."""

    code: Annotated[Headings | None, Meta(description="The code.", min_length=1)] = None
    code_system: Annotated[
        Headings | None, Meta(description="Its code system: cpt, hcpcs …", min_length=1)
    ] = None
    title: Annotated[Headings | None, Meta(description="Title of the record.", min_length=1)] = None
    name: Annotated[Headings | None, Meta(description="Name as patients say it.", min_length=1)] = (
        None
    )
    language: Annotated[
        Headings | None, Meta(description="Language tag of the texts.", min_length=1)
    ] = None
    specialty: Annotated[
        Headings | None, Meta(description="The medical specialty.", min_length=1)
    ] = None
    authors: Annotated[
        Headings | None, Meta(description="Who wrote it, with semicolons between.", min_length=1)
    ] = None
    summary: Annotated[Headings | None, Meta(description="In short.", min_length=1)] = None
    purpose: Annotated[Headings | None, Meta(description="Why it is done.", min_length=1)] = None
    indications: Annotated[Headings | None, Meta(description="Who may need it.", min_length=1)] = (
        None
    )
    preparation: Annotated[Headings | None, Meta(description="How to get ready.", min_length=1)] = (
        None
    )
    procedure_description: Annotated[
        Headings | None, Meta(description="What happens, step by step.", min_length=1)
    ] = None
    duration: Annotated[Headings | None, Meta(description="How long it takes.", min_length=1)] = (
        None
    )
    setting: Annotated[Headings | None, Meta(description="Where it is done.", min_length=1)] = None
    personnel: Annotated[Headings | None, Meta(description="Who takes part.", min_length=1)] = None
    risks: Annotated[
        Headings | None, Meta(description="Risks and complications.", min_length=1)
    ] = None
    benefits: Annotated[Headings | None, Meta(description="What good it does.", min_length=1)] = (
        None
    )
    recovery: Annotated[
        Headings | None, Meta(description="What comes afterwards.", min_length=1)
    ] = None
    alternatives: Annotated[Headings | None, Meta(description="Other choices.", min_length=1)] = (
        None
    )
    patient_experience: Annotated[
        Headings | None, Meta(description="What it is like.", min_length=1)
    ] = None


FIELDS: Final = tuple(fields_of(RecordColumns))
"""The fields of a record that a column can hold."""


class FurtherColumn(Positioned, frozen=True, kw_only=True, eq=False):
    """A column that becomes a section of its own."""

    heading: Annotated[
        Text | None, Meta(description="Heading of the section, if not that of the column.")
    ] = None
    audience: Annotated[Audience, Meta(description="Whose sheets print the section.")] = "both"

    def title_under(self, heading: str) -> str:
        """The heading of the section, for a column with a heading."""
        return self.heading.value if self.heading else heading


class ImportMap(Positioned, frozen=True, kw_only=True, eq=False):
    """How to read somebody's tables; what it does not say is as usual."""

    columns: Annotated[
        RecordColumns | None, Meta(description="Headings of the table, by field.")
    ] = None
    further_sections: Annotated[
        dict[str, FurtherColumn] | None,
        Meta(description="Columns that become sections of their own, by their headings."),
    ] = None
    separators: Annotated[
        dict[str, str] | None,
        Meta(description='What stands between the items of a list, such as {preparation: ";"}.'),
    ] = None
    code_system: Annotated[
        CodeSystem | None, Meta(description="Code system of codes that do not name one.")
    ] = None
    language: Annotated[
        Language | None, Meta(description="Language of the texts (BCP 47), such as en.")
    ] = None
    sheet: Annotated[Text | None, Meta(description="The only sheet of a workbook to read.")] = None
    encoding: Annotated[
        Encoding | None, Meta(description="Encoding of the file, such as windows-1252.")
    ] = None
    delimiter: Annotated[
        Literal[",", ";", "|", "tab"] | None,
        Meta(description="What separates the cells of a row, if the headings do not tell."),
    ] = None

    def headings(self) -> Iterator[tuple[str, Text]]:
        """Every heading that the map names, with its field."""
        for field in FIELDS:
            given: Headings | None = getattr(self.columns, field, None)
            for heading in several(given):
                yield field, heading

    @property
    def further(self) -> Mapping[str, FurtherColumn]:
        """Columns that become sections, by their headings."""
        return self.further_sections or {}

    def separator(self, field: str) -> str | None:
        """What stands between the items of a field's list, if it holds one."""
        return (self.separators or {}).get(field)


def read_import_map(path: Path) -> ImportMap:
    """Reads a column map. Raises DocgenError with all that is wrong with it."""
    node = read_file(path)
    findings = Findings()
    _refuse_turned_round(node, findings)
    bound = bind(node, ImportMap, findings)
    if bound is not None:
        for field in bound.separators or {}:
            if field not in SECTION_TITLES:
                findings.error(
                    "unknown-field",
                    f"{quoted(field)} is not a section of a record",
                    place_of(node, "separators", field),
                    did_you_mean(field, SECTION_TITLES)
                    or f"its sections are {', '.join(SECTION_TITLES)}",
                )
        _refuse_twice(bound, findings)
    findings.raise_if_any()
    assert bound is not None  # else there were findings
    return bound


def _refuse_twice(bound: ImportMap, findings: Findings) -> None:
    """A column that served for two fields would be printed twice, or for one of them only."""
    fields = ((heading.value, heading.span) for _, heading in bound.headings())
    sections = ((heading, column.span) for heading, column in bound.further.items())
    first: dict[str, Span] = {}
    for heading, span in (*fields, *sections):
        there = first.setdefault(plain_heading(heading), span)
        if there is not span:
            findings.error(
                "duplicate-column",
                f"the heading {quoted(heading)} has a field already, on line {there.line}",
                span,
                "give each heading to one field",
            )


def _refuse_turned_round(node: Node, findings: Findings) -> None:
    columns = node.get("columns") if isinstance(node, Group) else None
    for key, value in columns.entries if isinstance(columns, Group) else ():
        if key.value in FIELDS or not isinstance(value, Scalar) or value.value not in FIELDS:
            continue
        findings.error(
            "turned-round",
            f"this names the heading {quoted(key.value)} first, and then its field",
            key.span,
            f"write the field first: '{value.value}: {key.value}'",
        )
    findings.raise_if_any()


def import_map_schema() -> dict[str, Any]:
    """The JSON Schema of a column map."""
    return json_schema(ImportMap, "ImportMap")
