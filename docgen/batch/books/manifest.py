"""The manifest of a run: a line for each document, and for each row that has none."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from docgen.batch.books.table_files import table_writer
from docgen.batch.journal.journal import Journal
from docgen.delivery import written_whole

MANIFEST_CSV = "manifest.csv"
MANIFEST_JSONL = "manifest.jsonl"


class ManifestLine(Struct, frozen=True):
    """What became of a document. Of a rejected row there may be none: one line then has neither
    sequence nor code."""

    row: int
    sequence: int | None
    state: Literal["done", "rejected"]
    code_system: str | None
    code: str | None
    codes: str | None
    """The codes of the row that it is for, since two codes may share a handout."""
    code_ends: str | None
    """The last day of these codes, where a code table names one: year-month-day."""
    code_state: str | None
    """``ended`` or ``not-yet-valid`` on the day of the visit."""
    layout: str | None
    audience: str | None
    record_version: str | None
    record_files: tuple[str, ...] | None
    """What its content came from: record or code table, translation, changes of organizations,
    policies. Paths in the project; ``docgen:`` and a path is what comes with docgen."""
    sample: bool | None
    """Whether the record is a sample that comes with docgen."""
    layout_version: str | None
    language: str | None
    large_print: bool | None
    pages: int | None
    bytes: int | None
    sha256: str | None
    file: str | None
    """Below ``documents/``."""
    rule: str | None
    reason: str | None


_LINES = """
SELECT rows.row, sequence, CASE rows.state WHEN 'made' THEN 'done' ELSE 'rejected' END,
    code_system, code, codes, code_ends, code_state, layout, audience, record_version,
    files, sample, layout_version, language, large_print, pages, bytes, sha256,
    CASE rows.state WHEN 'made' THEN file END,
    rows.rule, rows.reason
FROM rows
LEFT JOIN documents ON documents.row = rows.row
LEFT JOIN kits ON kits.id = documents.kit
WHERE rows.state IN ('made', 'rejected')
ORDER BY rows.row, sequence
"""
_FLAGS = tuple(map(ManifestLine.__struct_fields__.index, ("large_print", "sample")))
_FILES = ManifestLine.__struct_fields__.index("record_files")
_BETWEEN_FILES = "; "


def manifest_lines(journal: Journal) -> Iterator[ManifestLine]:
    """The manifest, by row and sequence, as a stream."""
    for values in _values(journal):
        yield ManifestLine(*values)


def write_manifest(journal: Journal, run: Path) -> None:
    """Writes the manifest as CSV and as JSON Lines, each whole or not at all."""
    with written_whole(run, MANIFEST_CSV) as table, written_whole(run, MANIFEST_JSONL) as lines:
        text = table_writer(table)
        text.writerow(ManifestLine.__struct_fields__)
        encoder = msgspec.json.Encoder()
        for values in _values(journal):
            line = ManifestLine(*values)
            text.writerow("" if value is None else value for value in _spelled(values))
            lines.write(encoder.encode(line) + b"\n")


def _values(journal: Journal) -> Iterator[list[Any]]:
    for found in journal.connection.execute(_LINES):
        values = list(found)
        for at in _FLAGS:
            values[at] = None if values[at] is None else bool(values[at])
        if values[_FILES] is not None:
            values[_FILES] = msgspec.json.decode(values[_FILES], type=tuple[str, ...])
        yield values


def _spelled(values: list[Any]) -> Iterator[object]:
    for value in values:
        if isinstance(value, tuple):
            yield _BETWEEN_FILES.join(value)
        else:
            yield str(value).lower() if isinstance(value, bool) else value
