"""What came of a run, by its journal: documents and rows in numbers, and line by line."""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from msgspec import Struct

from docgen.batch.journal.journal import Journal

_TOTALS = (
    "SELECT count(*), coalesce(sum(pages), 0), coalesce(sum(bytes), 0)"
    " FROM documents JOIN rows USING (row) WHERE state = 'made'"
)
_BY_AUDIENCE = (
    "SELECT audience, count(*) FROM documents JOIN rows USING (row) JOIN kits"
    " ON kits.id = documents.kit WHERE state = 'made' GROUP BY audience ORDER BY audience"
)
_BY_RULE = "SELECT rule, count(*) FROM rows WHERE state = 'rejected' GROUP BY rule ORDER BY rule"
_OF_SAMPLES = (
    "SELECT code_system || ':' || code, count(*) FROM documents JOIN rows USING (row)"
    " JOIN kits ON kits.id = documents.kit WHERE state = 'made' AND sample"
    " GROUP BY code_system, code ORDER BY code_system, code"
)
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


class Totals(Struct, frozen=True):
    """How much was made."""

    documents: int
    pages: int
    bytes: int


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


_FLAGS = tuple(map(ManifestLine.__struct_fields__.index, ("large_print", "sample")))
_FILES = ManifestLine.__struct_fields__.index("record_files")


def totals(journal: Journal) -> Totals:
    """How much the run made, as far as it is committed."""
    return Totals(*journal.connection.execute(_TOTALS).fetchone())


def documents_by_audience(journal: Journal) -> dict[str, int]:
    return _numbers(journal, _BY_AUDIENCE)


def rejected_by_rule(journal: Journal) -> dict[str, int]:
    return _numbers(journal, _BY_RULE)


def documents_of_samples(journal: Journal) -> dict[str, int]:
    """Documents made of samples that come with docgen, by code, such as ``cpt:45378``."""
    return _numbers(journal, _OF_SAMPLES)


def manifest_lines(journal: Journal) -> Iterator[ManifestLine]:
    """What became of each document and row, by row and sequence, as a stream."""
    for found in journal.connection.execute(_LINES):
        values: list[Any] = list(found)
        for at in _FLAGS:
            values[at] = None if values[at] is None else bool(values[at])
        if values[_FILES] is not None:
            values[_FILES] = msgspec.json.decode(values[_FILES], type=tuple[str, ...])
        yield ManifestLine(*values)


def _numbers(journal: Journal, question: str) -> dict[str, int]:
    return dict(journal.connection.execute(question).fetchall())
