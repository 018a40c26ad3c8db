"""What files and records say, as the index takes it up; what is no record says nothing.

What cannot be read is refused: the index would take it for gone, and find a sample in its place.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from docgen.diagnostics import DocgenError
from docgen.opening import open_file
from docgen.records import CodeTable, ProcedureRecord
from docgen.search.extraction import Extract, without_marks
from docgen.search.texts import FIELDS, Field
from docgen.source import MAX_BYTES, is_there, unreadable


def bytes_of(path: str) -> bytes:
    """A file that is no larger than a record may be; nothing of others, or of one that is gone.

    Raises DocgenError where it is there and cannot be read.
    """
    try:
        with open_file(path) as file:
            return file.read() if os.fstat(file.fileno()).st_size <= MAX_BYTES else b""
    except OSError as error:
        return _gone(path, error)


def digest_if_there(path: str) -> bytes:
    """The digest of a file; nothing where it is gone.

    Raises DocgenError where it is there and cannot be read.
    """
    try:
        with open_file(path) as file:
            digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16))
            return digest.digest()
    except OSError as error:
        return _gone(path, error)


def _gone(path: str, error: OSError) -> bytes:
    """Nothing, of a file that was taken away since its folder was read."""
    if isinstance(error, FileNotFoundError) and not is_there(path):
        return b""
    raise unreadable(path, error) from None


def codes_of_table(path: str) -> Iterator[Extract]:
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
    fields = {
        field: without_marks(words) for field, words in _said_by_fields(record).items() if words
    }
    return Extract("record", record.code_system.id, key, record.code, language, {"": fields})


def _said_by_fields(record: ProcedureRecord) -> Mapping[Field, str]:
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
