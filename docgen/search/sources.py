"""What files and records say, as the index takes it up; what cannot be read says nothing."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from docgen.diagnostics import DocgenError
from docgen.records import ProcedureRecord
from docgen.records.code_tables import CodeTable
from docgen.search.extraction import Extract, plain
from docgen.search.texts import FIELDS, Field
from docgen.source import MAX_BYTES


def bytes_of(path: str) -> bytes:
    """A file that is no larger than a record may be; nothing of others."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - thousands
            return file.read() if os.fstat(file.fileno()).st_size <= MAX_BYTES else b""
    except OSError:
        return b""


def digest_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16))
            return digest.digest()
    except OSError:
        return b""


def rows_of(path: str) -> Iterator[Extract]:
    """The codes of a table, up to the first row that is damaged."""
    try:
        table = CodeTable.open(Path(path))
        language = table.head.language.tag
        for row in table:
            fields = {"": {"title": row.title}}
            yield Extract("record", table.system.id, row.code, row.code, language, fields)
    except DocgenError:
        return


def as_adapted(record: ProcedureRecord, key: str) -> Extract:
    language = record.language.tag if record.language else ""
    fields = {field: plain(words) for field, words in _said(record).items() if words}
    return Extract("record", record.code_system.id, key, record.code, language, {"": fields})


def _said(record: ProcedureRecord) -> Mapping[Field, str]:
    further = (
        f"{section.title.value}\n{section.text.text.value}" for section in record.further_sections
    )
    policies = (
        f"{policy.payer} {policy.title} {policy.number or ''}" for policy in record.policies
    )
    similar = (f"{one.code} {one.title} {one.difference}" for one in record.similar_codes)
    said = {
        "title": record.title.value,
        "name": record.name.value,
        "specialty": record.specialty.value if record.specialty else "",
        **{id: prose.text.value for id, _, prose in record.sections()},
        "further_sections": "\n".join(further),
        "policies": "\n".join(policies),
        "similar_codes": "\n".join(similar),
        "unplaced": "\n".join(one.text.value for one in record.unplaced),
    }
    return {field: said[field] for field in FIELDS if said.get(field)}
