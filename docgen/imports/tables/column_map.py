"""``import-map.yaml``: which column of somebody's table is which field of a record."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final

from msgspec import Meta

from docgen.code_systems import CodeSystem
from docgen.columns import (
    Asked,
    Delimiter,
    TableEncoding,
    asked_by,
    column_fields,
    in_order,
    tell_given_twice,
)
from docgen.diagnostics import Findings, did_you_mean, quoted
from docgen.records import (
    RECORD_FIELDS,
    SECTION_TITLES,
    TRANSLATED,
    ProcedureRecord,
    Provenance,
    RecordField,
    SectionAudience,
)
from docgen.source import (
    Language,
    Node,
    Positioned,
    Scalar,
    TextNode,
    bind,
    fields_of,
    json_schema,
    marks_of,
    place_of,
    read_file,
    with_fields,
)
from docgen.source import MappingNode as Group

MARKED: Final = {
    name: field
    for model in (ProcedureRecord, Provenance)
    for name, field in marks_of(model, RecordField).items()
}
"""What the fields of a record say of themselves that a column can hold."""
FIELDS: Final = in_order((name, field.after) for name, field in MARKED.items())


def _described_fields() -> Iterator[tuple[str, str]]:
    shapes = fields_of(ProcedureRecord) | fields_of(Provenance)
    for name in FIELDS:
        yield name, MARKED[name].in_tables or shapes[name].description


@with_fields(column_fields(_described_fields()))
class RecordColumns(Positioned, frozen=True, kw_only=True, eq=False):
    """The headings of each field; of several, the cells are joined in this order."""

    called: ClassVar[str] = "the columns of a table"


PLAIN: Final = tuple(name for name in RECORD_FIELDS if name not in SECTION_TITLES)
"""Those that are a line of plain text."""
TELLING_APART: Final = tuple(name for name in PLAIN if name not in TRANSLATED)
"""What tells a record from others, and is written as docgen writes it: no words of it."""
OWN: Final = "further_sections"
"""In the place of a field, of columns that become sections of their own."""


class FurtherColumn(Positioned, frozen=True, kw_only=True, eq=False):
    """A column that becomes a section of its own."""

    called: ClassVar[str] = "column of a further section"

    heading: Annotated[
        TextNode | None, Meta(description="Heading of the section, if not that of the column.")
    ] = None
    audience: Annotated[SectionAudience, Meta(description="Whose sheets print the section.")] = (
        "both"
    )

    def title_under(self, heading: str) -> str:
        """The heading of the section, for a column with a heading."""
        return self.heading.value if self.heading else heading


class ImportMap(Positioned, frozen=True, kw_only=True, eq=False):
    """How to read somebody's tables; what it does not say is as usual."""

    called: ClassVar[str] = "import map"

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
    sheet: Annotated[TextNode | None, Meta(description="The only sheet of a workbook to read.")] = (
        None
    )
    encoding: TableEncoding = None
    delimiter: Delimiter = None

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Every heading that the map names, with its field, or as that of a section of its own."""
        own = (Asked(OWN, name, column.span) for name, column in self.further.items())
        return (*asked_by(self.columns, FIELDS), *own)

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
        tell_given_twice(bound.asked, _heading_twice, findings)
    findings.raise_if_any()
    assert bound is not None  # else there were findings
    return bound


def _heading_twice(first: Asked, other: Asked) -> str:
    return f"the heading {quoted(other.heading)} has a field already, on line {first.span.line}"


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
