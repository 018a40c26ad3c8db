"""A record that no file holds: what a program has in memory, bound and checked as a file is."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from docgen.diagnostics import DocgenError, Findings, refuse
from docgen.records.code_tables import CodeTables, days_of_rows
from docgen.records.record import ProcedureRecord
from docgen.records.versions import versions_of
from docgen.source import read_text

_SHOWN = Path("<record>.json")
"""What messages call it; lines and columns are those of its JSON, indented by two blanks."""


def record_in_memory(fields: Mapping[str, object], tables: CodeTables) -> ProcedureRecord:
    """The record that some fields describe, named as in a record file; dates may be dates.

    On which days its code may be used is looked up in ``tables``. Raises DocgenError with all that
    is wrong with it.
    """
    if not isinstance(fields, Mapping):
        raise refuse(
            "not-a-record",
            f"the fields of a record are asked for, and this is of type {type(fields).__name__}",
            hint='give a mapping of fields, such as {"code": "77299", …}',
        )
    try:
        written = msgspec.json.format(msgspec.json.encode(fields), indent=2)
    except RecursionError:
        raise refuse(
            "not-a-record",
            "these fields cannot be written as JSON: they are nested without end",
            hint="give texts, numbers, dates, lists and mappings alone",
        ) from None
    except (TypeError, ValueError) as error:
        raise refuse(
            "not-a-record",
            f"these fields cannot be written as JSON: {error}",
            hint="give texts, numbers, dates, lists and mappings alone",
        ) from None
    node = read_text(written.decode(), str(_SHOWN))
    record = versions_of(node, _SHOWN).own
    findings = Findings()
    days = days_of_rows(tuple(tables.rows(record.code, findings)), record.code_system)
    if findings:
        raise DocgenError(findings.diagnostics)
    return versions_of(node, _SHOWN, days=days).own if days else record
