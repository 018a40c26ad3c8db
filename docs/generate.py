"""Writes the reference pages and the JSON Schemas out of the code: ``python -m docs.generate``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click

from docgen.cli.program import program
from docgen.cli.schema import SCHEMAS, schema_of, schema_text
from docgen.compose.filters import FILTERS
from docgen.imports.tables.columns import VOCABULARY
from docgen.rules import SUBJECTS, ErrorRule, WarningRule
from docgen.worklist.columns.fields import ENTERED
from docgen.worklist.values.statuses import TAKES_PLACE, WORDS
from docs.python_reference import python_page
from docs.rooms import picture

DOCS = Path(__file__).resolve().parent
NOTE = "<!-- Written by `make docs` out of the code; changes made here are lost. -->"
WIDTH = 96
MANY = 6
"""More kinds than a table's cell has room for: only the block types are so many."""

Schema = dict[str, Any]


def pages() -> dict[Path, str]:
    """Every generated file with its text."""
    written = {DOCS / "reference/cli.md": _cli_page()}
    written |= {
        DOCS / "reference/project.md": _schema_page(
            "Project reference",
            "`docgen.yaml` (or `.yml`, `.json`) in a project's folder says what docgen is to know "
            "of the project. `docgen init` writes one; a project need not have it.",
            ("project",),
        ),
        DOCS / "reference/record.md": _schema_page(
            "Record reference",
            "A record describes one procedure: `data/records/CODE.yaml` (or `.yml`, `.json`), or "
            "`SYSTEM-CODE.yaml` where two code systems share a code. Prose is CommonMark: "
            "paragraphs, bullets, numbered steps, strong, emphasis and links. A translation is a "
            "file beside the record, `CODE.TAG.yaml`. A record override says what an organization "
            "changes of a record: `layouts/organizations/ID/records/CODE.yaml`. A policy of a "
            "health plan, with the codes that it covers, is a file below `data/policies/`. A "
            "glossary says which words patients may not know: `data/glossary.yaml`, or "
            "`glossary.yaml` in the folder of an organization.",
            ("record", "translation", "record-override", "policy", "glossary"),
        ),
        DOCS / "reference/layout.md": _schema_page(
            "Layout reference",
            "A layout says what stands where: `layouts/NAME.yaml`. A theme says how it looks: "
            "`layouts/themes/NAME.yaml`. An organization says who hands it out: "
            "`layouts/organizations/ID/organization.yaml`.",
            ("layout", "theme", "organization"),
            _expressions(),
        ),
        DOCS / "reference/worklist.md": _schema_page(
            "Worklist reference",
            WORKLIST,
            ("worklist-map",),
            _worklist_fields(),
        ),
    }
    written[DOCS / "reference/import.md"] = _schema_page(
        "Import reference", IMPORT, ("import-map",), _import_fields()
    )
    written[DOCS / "reference/rules.md"] = _rules_page()
    written[DOCS / "reference/python.md"] = python_page(NOTE)
    written[DOCS / "images/rooms.svg"] = picture()
    written |= {DOCS / f"schema/{kind}.json": f"{schema_text(kind)}\n" for kind in SCHEMAS}
    return written


def _cli_page() -> str:
    parts = ["# Command reference", NOTE]
    for path, text in _help_texts(program, None, "docgen"):
        parts += [f"## {path}", f"```text\n{text}\n```"]
    return "\n\n".join(parts) + "\n"


RULES = """\
Whatever docgen refuses or warns of names a rule: a word that stays the same where sentences are
reworded, for programs that read `--format json`. It stands in brackets after the severity, as in
`error[missing-file]`, and in a run's summary, which counts rejected rows by their rules.

An error is refused; the rest goes on where it can. A warning leaves the result as it is. Where a
rule can be both, commands and their options decide: what a single sheet is only warned of, a run
over patients refuses. `docgen validate` also names the rules of the standards that it checks, such
as `PDFUA1-LINK-CONTENTS-001`."""


def _rules_page() -> str:
    parts = ["# Rules of diagnostics", NOTE, RULES]
    for subject in SUBJECTS:
        rows = ["| rule | severity | what is wrong |", "|---|---|---|"]
        rows += [
            _row(f"`{rule}`", _severity(rule), meaning)
            for rule, meaning in sorted(subject.meanings.items())
        ]
        parts += [f"## {subject.title}", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def _severity(rule: str) -> str:
    can_be = {"error": rule in get_args(ErrorRule), "warning": rule in get_args(WarningRule)}
    return " or ".join(severity for severity, it_can in can_be.items() if it_can)


def _help_texts(
    command: click.Command, parent: click.Context | None, name: str
) -> Iterator[tuple[str, str]]:
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, parent, name, **settings)
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for sub_name in command.list_commands(context):
            sub_command = command.get_command(context, sub_name)
            assert sub_command is not None
            yield from _help_texts(sub_command, context, sub_name)


EXPRESSIONS = """\
## Templates and expressions

A template is CommonMark with expressions of Jinja2 in double braces: `{{ record.title }}`. A bare
expression, as `field`, `when` and `for_each` take it, has no braces. Expressions speak of `record`
(see the [record reference](record.md)), `organization` and `layout`, in headers and footers of
`page.number` and `page.count`, and of the names that `for_each` and `rows` give. They may compare,
choose (`a if condition else b`), join texts with `~`, combine conditions with `and`, `or` and
`not`, and use these filters.

Conditions and comparisons read codes and source wording, never a translation of it: they give the
same answer in every language of a sheet. What is printed is in the sheet's language.

| filter | takes |
|---|---|
"""


def _expressions() -> str:
    return EXPRESSIONS + "\n".join(
        f"| `{name}` | {filter.takes} |" for name, filter in sorted(FILTERS.items())
    )


WORKLIST = """\
A worklist says who comes when, and for which procedures: a table (CSV, TSV, with comma,
semicolon, tab or vertical bar), JSON Lines, or FHIR. Encoding and delimiter are told by the file.
`worklist-map.yaml` beside a worklist or in the project's folder, or the file that `--map` names,
says how an EHR calls its columns and writes its dates.

Days are written as ISO 8601 has them, `1950-03-31`, `2026-11-24 09:30`. Every other form must be
named under `dates`, even where a single day could be no other: `03/31/1950` and `03/04/1950`
stand in one column. Years have four digits. Times are the clinic's own. A time with an offset, as
in `09:30-05:00`, or in UTC (`Z`) is put to the clock of the map's `time_zone`. Without one, the
clock time stands for itself, and a time in UTC is rejected, since no clinic's clock shows it.

A row that cannot be used is rejected with its place, and the rest goes on: too few or too many
cells, a quote that is wrong, a letter that was lost, a value that is none. Of a row that cannot be
divided into its cells, the whole text stands in the first cell of `rejected.csv`. Messages name
headings and codes, and no other value of a row. Blank lines are passed over.

Line breaks in quotes belong to their cell (RFC 4180), which has 32,767 characters at most. Such a
row counts as one, as in a spreadsheet. In a name, location, provider or clinic a line break is
printed as a blank; in `patient_id` there may be none. A quote within a cell that does not begin
with one, `12" wedge`, stands for itself.

Where a quote is not closed, or text follows the one that closes a cell, the lines below may be part
of that cell. Each is rejected by itself, up to where a row begins for certain, whichever way
the quotes were meant; a line that has all its cells nevertheless costs nothing but itself. A row is
rejected as well if a line within its quotes looks like a row, or if its first cell ends with a
quote that nothing opens: it may be half of a row.

`rejected.csv` has all columns of the worklist, and `docgen_reason` as its last one, which is passed
over when it is fed back and written anew. Where the worklist itself has a column of that name, it
is `docgen_reason_2`, and so on. Of JSON Lines, up to 100 further keys that come after the first
object have a column."""


IMPORT = """\
`docgen records import` makes records of tables: CSV, TSV and workbooks (`.xlsx`) with a heading
over each column, and JSON or JSON Lines with a key for each value. A column map, which `--map`
names, says which is which; usual headings and the keys of record files need none.

What no field is made for is kept in the record under `unplaced` and told; an import that would lose
a word is refused. Texts of a table are plain text: lines that begin with a bullet or a number
become a list, and so does what stands between the `separators` of a section. Under a key of a
record file, JSON has the form of a record file, CommonMark in it.

Line breaks in quotes belong to their cell. Where a quote is wrong, nothing that may stand within it
is read, and the input is refused at the quote, as is a row whose cell holds a line that looks like
a row of its own.

In a workbook, merged cells, formulas and errors are refused by their cell, since nobody can tell
what they stand for; a formula's value may be out of date. Hidden rows are read and told, hidden
sheets told and not read. Macros are ignored.

The code lists that CMS publishes need no map: HCPCS Level II (the alpha-numeric file, as text or as
a workbook) and ICD-10-PCS (`icd10pcs_codes` or `icd10pcs_order`). Each becomes one table of codes
and titles, `data/tables/SYSTEM.tsv`; a record of the same code wins over it. CPT codes and dental
codes (CDT), which are licensed, are left out, as are modifiers and headings of several codes. The
first and the last day of a code are kept with it.

A list that may not be whole is refused unless `--shrink` asks for it: its last line has no end,
numbers of the order file are missing, or it ends with a heading. So is one that more than 2 % of
the codes of the table that is there are not in; codes that had a last day there already do not
count, since CMS drops them after four years."""


def _import_fields() -> str:
    rows = ["## Usual headings", "", "| field | headings |", "|---|---|"]
    for field, headings in VOCABULARY.headings.items():
        need = " (required)" if field == "title" else ""
        rows.append(f"| `{field}`{need} | {', '.join(headings)} |")
    rows += [
        "",
        "Case, blanks and marks do not matter. A heading such as `CPT code` names the system.",
    ]
    return "\n".join(rows)


def _worklist_fields() -> str:
    rows = ["## Fields", "", "| field | usual headings | kept private |", "|---|---|---|"]
    for field in ENTERED:
        need = " (required)" if field.required else ""
        private = "yes" if field.private else "no"
        rows.append(f"| `{field.column}`{need} | {', '.join(field.headings)} | {private} |")
    rows += ["", FIELD_NOTES, "", STATUS, "", "| status | takes place | usual words |"]
    rows.append("|---|---|---|")
    for status, words in WORDS.items():
        rows.append(f"| `{status}` | {'yes' if status in TAKES_PLACE else 'no'} | {words} |")
    fhir = [f"- `{field.column}`: {field.fhir};" for field in ENTERED if field.fhir]
    rows += ["", STATUS_NOTES, "", FHIR, "", *fhir[:-1], f"{fhir[-1][:-1]}.", "", FHIR_NOTES]
    return "\n".join(rows)


STATUS = """\
## Status

Two more fields say whether a visit takes place. Only the map can name their columns, since a column
called Status may be that of an insurance:

- `status`: a word, such as Booked or CANCELLED. What a system's own words mean, `values: {status:
  {Canceled by pt: cancelled}}` says. An empty cell says nothing. A word that is neither usual nor
  in the map rejects its row.
- `cancelled`: the date, the reason or a mark of a cancellation. Whatever stands there cancels the
  visit, but a no: `N`, `none`, `N/A`, `00/00/0000`, or a status of a visit that takes place.

A row whose visit does not take place is left out and counted, whatever else it says. One whose
columns contradict each other is rejected.

A column (in JSON Lines, a key of any object) that is called like one of these fields, such
as Appt Status, Estado or Cancel Reason, and holds what such a column holds, refuses the worklist
until the map says what it is. If it says nothing of the visit, the map says so:
`ignore_columns: [Insurance Status]`."""


STATUS_NOTES = """\
The statuses are the codes of FHIR R4 and some for which R4 has none; the words are those of FHIR R4
(AppointmentStatus), of table 0278 of HL7 v2 (filler status codes), and others that EHRs use for the
same, in English and Spanish. Capitals, blanks and marks do not matter."""


FHIR = """\
## FHIR

A Bundle in JSON, or NDJSON with a resource on each line in any order (R4). Each Appointment is a
row, and gives its fields:"""


FHIR_NOTES = """\
Of a map, only `time_zone` holds for FHIR; any other entry is refused, as is `delimiter` for JSON
Lines.

Codings of CPT, HCPCS and ICD-10-PCS count; the same concept in SNOMED CT or another system is
passed over, and an order with nothing else is rejected. Times in UTC need `time_zone` in the map;
with it, all times are put into that zone. A file without Appointments lists its active
ServiceRequests, and Procedures in preparation or in progress, by the time that they name.

Left out and counted: appointments cancelled, entered in error, missed (noshow), fulfilled, only
proposed or on a waiting list; those whose orders are all revoked, in error or not to be done; and
exact copies. Rejected: patients that are deceased, inactive or merged into another; orders of
another patient; references that lead out of the file or to several resources; a status of an
Appointment, order, Encounter or participation that R4 does not know; an Appointment that is booked
and has a `cancelationReason`, or whose Encounter is cancelled; elements that change a meaning
(`modifierExtension`).

A file that breaks off is refused whole. So is one that says itself that it is not all: a Bundle
with a link to another page (`next`, `previous`); one whose `total` is larger than its matches
(entries of the mode `include` or `outcome` are none; where no mode is given, all entries may be,
of the type that its link to itself says was searched for); an OperationOutcome of the severity
error or fatal, as an entry, as the response to a request, as a line of NDJSON, or alone. With
`--incomplete`, what is there is made; it is told each time that the day may be incomplete. An
outcome of the severity warning is told, information is passed over."""


FIELD_NOTES = """\
JSON Lines have the same names as keys, an object a line, and lists or texts for `codes` and
`layouts`. Capitals, blanks, underscores and other marks do not matter in a heading. Several
`codes` or `layouts` in a cell are separated by semicolons, commas, vertical bars, blanks or line
breaks. A code may name its code system, `CPT:77299` or `icd-10-pcs 0DTJ4ZZ`; one of digits or
letters alone that is no code of a standard needs `local:` before it. `language` is a tag or a
name, such as `es` or Spanish; `large_print` is yes or no; `copies` is 1 to 99. Names are printed
as they stand; nothing is turned round. What is kept private, no message, journal or file name
repeats; of the rest, messages quote what is a known code, language or layout."""


def _schema_page(title: str, introduction: str, kinds: tuple[str, ...], *further: str) -> str:
    parts = [f"# {title}", NOTE, introduction, *further]
    told: set[str] = set()
    for kind in kinds:
        schema = schema_of(kind)
        parts += _model(schema, schema["title"])
        for name, definition in schema.get("$defs", {}).items():
            if name not in told:
                told.add(name)
                parts += _model(definition, name)
    return "\n\n".join(parts) + "\n"


def _model(schema: Schema, name: str) -> list[str]:
    parts = [f"## {name}"]
    if "description" in schema:
        parts.append(schema["description"])
    if "properties" not in schema:
        return [*parts, _type_of(schema)]
    required = schema.get("required", [])
    rows = ["| key | what it takes | |", "|---|---|---|"]
    for key, field in schema["properties"].items():
        need = "**required.** " if key in required else ""
        default = f" Default: `{field['default']}`." if field.get("default") else ""
        words = " ".join(field.get("description", "").split())
        rows.append(_row(f"`{key}`", _type_of(field), f"{need}{words}{default}"))
    return [*parts, "\n".join(rows)]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _type_of(schema: Schema) -> str:  # noqa: PLR0911, one case for each form of a schema
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return " or ".join(_type_of(option) for option in schema[choice])
    if schema.get("type") == "array":
        items = schema.get("items", {})
        if len(items.get("oneOf", ())) > MANY:
            return "list of blocks"
        return f"list of {_type_of(items)}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"names, each with {_type_of(schema['additionalProperties'])}"
    kinds = schema.get("type", "anything")
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)


def main() -> None:
    """Writes every page that has changed."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        print(path.relative_to(DOCS.parent))


if __name__ == "__main__":
    main()
