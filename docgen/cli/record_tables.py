"""What the list of records says of code tables: how many codes, or each of them."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from docgen.cli.reporting import json_text
from docgen.diagnostics import DocgenError, Findings
from docgen.source import display_path

if TYPE_CHECKING:
    from docgen.records import CodeTable, RecordEntry, RecordLibrary


def lines_of_tables(
    library: "RecordLibrary", findings: Findings, *, as_json: bool
) -> Iterator[str]:
    """A line for each code table; of damaged ones, findings tell."""
    for _, table in library.tables.all(findings):
        yield _json(table) if as_json else _line_of_table(table)


def table_entries(
    library: "RecordLibrary", listed: Collection["RecordEntry"], findings: Findings
) -> Iterator["RecordEntry"]:
    """The codes of all tables that have no record, table by table, each once."""
    from docgen.records import RecordEntry

    seen = {(entry.system.id, entry.code) for entry in listed}
    for _, table in library.tables.all(findings):
        try:
            for row in table:
                if (table.system.id, row.code) not in seen:
                    seen.add((table.system.id, row.code))
                    days = table.days(row)
                    yield RecordEntry(table.system, row.code, row.title, table.path, days)
        except DocgenError as error:
            findings.extend(error.diagnostics)


def with_days(
    library: "RecordLibrary", entries: Iterable["RecordEntry"], findings: Findings
) -> tuple["RecordEntry", ...]:
    """Records with the days of their codes that code tables name."""
    listed = tuple(entries)
    days = library.tables.days_of(((one.system, one.code) for one in listed), findings)
    return tuple(replace(one, days=days.get((one.system, one.code))) for one in listed)


def _line_of_table(table: "CodeTable") -> str:
    codes = f"{table.head.rows:,} codes with a title only"
    version = f"version {table.head.version}, {display_path(table.path)}"
    return f"{table.system.id:<10}  {'(table)':<10}  {codes}, {version}"


def _json(table: "CodeTable") -> str:
    fields = {
        "code_system": table.system.id,
        "codes": table.head.rows,
        "version": table.head.version.value,
        "table": str(table.path),
    }
    return json_text(fields)
