"""Worklists: who comes when, and for which procedures. Tables, JSON Lines and FHIR."""

from docgen.worklist.columns.column_map import column_map_schema, find_column_map
from docgen.worklist.columns.reason_column import reason_heading
from docgen.worklist.entries import Entry, ListedCode, Worklist, WorklistRow
from docgen.worklist.opening import Form, open_worklist
from docgen.worklist.rows.listed_codes import looks_like_code
from docgen.worklist.values.languages import is_known_language

__all__ = [
    "Entry",
    "Form",
    "ListedCode",
    "Worklist",
    "WorklistRow",
    "column_map_schema",
    "find_column_map",
    "is_known_language",
    "looks_like_code",
    "open_worklist",
    "reason_heading",
]
