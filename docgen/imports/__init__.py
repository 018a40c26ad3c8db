"""Imports: pages, tables and code lists that people have, made into record files."""

from docgen.imports.codes_file import read_codes_file
from docgen.imports.importing import ImportReport, import_files
from docgen.imports.planning import ImportOptions, Made, Plan, asked_code_system
from docgen.imports.tables.column_map import import_map_schema

__all__ = [
    "ImportOptions",
    "ImportReport",
    "Made",
    "Plan",
    "asked_code_system",
    "import_files",
    "import_map_schema",
    "read_codes_file",
]
