"""A draft as the text of a record file, proven before it is written."""

import re
from hashlib import sha256
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from docgen.code_systems import CodeSystem
from docgen.diagnostics import Diagnostic, DocgenError, Findings, refuse
from docgen.imports.accounting import lost_words
from docgen.imports.drafts import Draft
from docgen.imports.yaml_text import BLOCK_KEYS, yaml_lines
from docgen.records import SECTION_TITLES, ProcedureRecord, record_of
from docgen.source import read_text

UNKNOWN_AUTHOR = "Author unknown (imported)"
_VERSION = "imported"
_BLOCKS = frozenset(SECTION_TITLES) | BLOCK_KEYS
_HEAD = re.compile(
    r"# Imported by docgen from (?P<source>.*); sha256 of the lines below: (?P<digest>[0-9a-f]{64})"
)
_SHOWN = 12


class Mark(Struct, frozen=True):
    """What the first line of an imported file says, and whether what is below is as imported."""

    digest: str
    is_edited: bool


def record_text(
    draft: Draft, code: str, system: CodeSystem, authors: tuple[str, ...]
) -> tuple[str, ProcedureRecord]:
    """The lines of a record file below its first line, and the record that they are read as.

    Raises DocgenError where the record is not right, or lacks a word of the draft's input.
    """
    fields = _fields_of_draft(draft, code, system, authors)
    lines: list[str] = []
    for line in yaml_lines(fields, _BLOCKS):
        if lines and line[0:1].isalpha() and not _is_short(line):
            lines.append("")
        lines.append(line)
    text = "\n".join(lines) + "\n"
    record = _read_back(draft, text)
    _refuse_loss(draft, record)
    return text, record


def with_mark(body: str, source: str) -> str:
    """A file's text: the line by which edits by hand are recognised, and what is below it."""
    shown = " ".join(source.split())
    return f"# Imported by docgen from {shown}; sha256 of the lines below: {_digest(body)}\n{body}"


def mark_of(text: str) -> Mark | None:
    """The mark of an imported file, or None where nobody imported it."""
    head, _, body = text.partition("\n")
    match = _HEAD.fullmatch(head.rstrip("\r"))
    return Mark(match["digest"], _digest(body) != match["digest"]) if match else None


def body_digest(body: str) -> str:
    """The SHA-256 of the lines below a mark."""
    return _digest(body)


def _digest(body: str) -> str:
    return sha256(body.encode()).hexdigest()


def _is_short(line: str) -> bool:
    """Whether a field of the head, which stand without blank lines between them."""
    return line.split(":", maxsplit=1)[0] in (
        "code",
        "code_system",
        "language",
        "title",
        "name",
        "specialty",
        "unlisted",
    )


def _fields_of_draft(
    draft: Draft, code: str, system: CodeSystem, authors: tuple[str, ...]
) -> dict[str, Any]:
    """The fields of a record file in their order; those without a value are left out."""
    sections = {id: draft.sections.get(id) for id in SECTION_TITLES}
    named: dict[str, Any] = {
        "code": code,
        "code_system": system.id,
        "language": draft.language,
        "title": draft.title,
        "name": draft.name or draft.title,
        "unlisted": draft.unlisted or None,
        "specialty": draft.specialty,
        **sections,
        "further_sections": [_given_fields(one) for one in draft.further_sections],
        "policies": [_given_fields(one) for one in draft.policies],
        "similar_codes": [_given_fields(one) for one in draft.similar_codes],
        "unplaced": [_given_fields(one, ("heading", "text")) for one in draft.unplaced],
        "provenance": {
            "version": _VERSION,
            "authors": list(draft.authors or authors or (UNKNOWN_AUTHOR,)),
            "sources": [_given_fields(one) for one in draft.references],
        },
    }
    named.update(draft.other_fields)
    if not named["provenance"].get("sources"):
        named["provenance"].pop("sources", None)
    return {key: value for key, value in named.items() if value not in (None, [], {}, ())}


def _given_fields(one: Struct, order: tuple[str, ...] = ()) -> dict[str, Any]:
    fields = asdict(one)
    keys = order or tuple(fields)
    return {key: fields[key] for key in keys if fields[key] is not None}


def _read_back(draft: Draft, text: str) -> ProcedureRecord:
    try:
        return record_of(read_text(text, "record.yaml"))
    except DocgenError as error:
        findings = Findings()
        findings.extend(_told_of(draft, one, text) for one in error.diagnostics)
        raise DocgenError(findings.diagnostics) from None


def _told_of(draft: Draft, found: Diagnostic, text: str) -> Diagnostic:
    """What is wrong with the record to be, told at the place of its input."""
    line = text.split("\n")[found.span.line - 1].strip() if found.span and found.span.line else ""
    message = f"{found.message} (in the record to be made: {line[:60]})" if line else found.message
    return Diagnostic(found.rule, message, draft.source, found.hint, found.severity)


def _refuse_loss(draft: Draft, record: ProcedureRecord) -> None:
    lost = lost_words(draft, record)
    if lost:
        shown = " ".join(lost[:_SHOWN]) + (" …" if len(lost) > _SHOWN else "")
        raise refuse(
            "words-lost",
            f"{len(lost)} words of the input would not be in the record: {shown}",
            draft.source,
            "this should not happen; please send the input to whoever looks after docgen",
        )
