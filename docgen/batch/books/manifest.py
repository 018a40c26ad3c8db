"""The manifest of a run: a line for each document, and for each row that has none."""

from pathlib import Path

import msgspec
from msgspec import structs

from docgen.batch.books.table_files import table_writer
from docgen.batch.journal.journal import Journal
from docgen.batch.journal.outcomes import ManifestLine, manifest_lines
from docgen.delivery import written_whole

MANIFEST_CSV = "manifest.csv"
MANIFEST_JSONL = "manifest.jsonl"


_BETWEEN_FILES = "; "


def write_manifest(journal: Journal, run: Path) -> None:
    """Writes the manifest as CSV and as JSON Lines, each whole or not at all.

    Raises DocgenError where it cannot be written.
    """
    with written_whole(run, MANIFEST_CSV) as table, written_whole(run, MANIFEST_JSONL) as lines:
        text = table_writer(table)
        text.writerow(ManifestLine.__struct_fields__)
        encoder = msgspec.json.Encoder()
        for line in manifest_lines(journal):
            text.writerow(map(_as_cell, structs.astuple(line)))
            lines.write(encoder.encode(line) + b"\n")


def _as_cell(value: object) -> object:
    """A value as it stands in a table."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return _BETWEEN_FILES.join(value)
    return str(value).lower() if isinstance(value, bool) else value
