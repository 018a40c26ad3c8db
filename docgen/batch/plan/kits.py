"""Kits: a record in a layout, composed once for all patients, and what it is known by."""

from collections.abc import Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

import msgspec

from docgen.batch.plan.tasks import FontFile, SheetKit
from docgen.diagnostics import Diagnostic, Findings, Span
from docgen.document import Document
from docgen.fonts.own import carried_families
from docgen.layouts import LoadedLayout
from docgen.layouts.model import Audience
from docgen.opening import open_file
from docgen.records import ProcedureRecord
from docgen.sheets import RenderOptions, SheetMaker
from docgen.version import __version__
from docgen.worklist import is_known_language

_SHORT = 12
"""Hexadecimal digits that tell the versions of a layout apart."""


class Sheet(msgspec.Struct, frozen=True):
    """What is wanted: a record in a layout, for some readers."""

    record: ProcedureRecord
    layout: str
    options: RenderOptions
    first_in_packet: bool


class Kit(msgspec.Struct, frozen=True):
    """A kit with what the books of a run say of it."""

    kit: SheetKit
    code_system: str
    code: str
    layout: str
    audience: Audience
    record_version: str
    layout_version: str
    """Twelve digits of the SHA-256 over all files that the layout was made from."""
    language: str
    large_print: bool
    first_in_packet: bool
    warnings: tuple[Diagnostic, ...]
    files: tuple[str, ...]
    """The files that its content came from, as ``SheetMaker.name_of`` calls them."""
    is_sample: bool
    """Whether its record is a sample that comes with docgen."""


def made_kit(project: SheetMaker, sheet: Sheet) -> Kit:
    """Composes a sheet for any patient. Raises DocgenError with all that stands against it."""
    findings = Findings()
    record, options = sheet.record, sheet.options
    compiled = project.layout(sheet.layout, options)
    composed = project.checked(
        record,
        sheet.layout,
        options,
        findings,
        first_in_packet=sheet.first_in_packet,
        for_packets=True,
    )
    document = composed.document
    fonts = _fonts(document)
    layout = compiled.loaded
    return Kit(
        kit=SheetKit(_digest(document, fonts, options), document, fonts, options.created),
        code_system=record.code_system.id,
        code=record.code,
        layout=sheet.layout,
        audience=layout.layout.audience,
        record_version=str(record.provenance.version),
        layout_version=_version(layout.sources),
        language=_language_told(layout),
        large_print=document.styles.stacked,
        first_in_packet=sheet.first_in_packet,
        warnings=(
            *findings.diagnostics,
            *project.warnings(sheet.layout, options),
            *document.warnings,
        ),
        files=tuple(map(project.name_of, composed.files)),
        is_sample=project.fitness.is_sample(record),
    )


def _fonts(document: Document) -> tuple[FontFile, ...]:
    """The fonts of the organization's own that the document is set in."""
    styles = document.styles
    used = {style.family for style in styles.text.values()} | set(styles.fallback)
    return tuple(
        FontFile(family, style, data)
        for family, contents in sorted(carried_families().items())
        if family in used
        for style, data in sorted(contents.items())
    )


def _digest(document: Document, fonts: tuple[FontFile, ...], options: RenderOptions) -> str:
    content = _content((document, fonts, options.created, __version__))
    return sha256(msgspec.json.encode(content)).hexdigest()


def _content(value: Any) -> Any:
    """A value without its places in the input: moving a line changes no page."""
    if isinstance(value, Span):
        return None
    if isinstance(value, msgspec.Struct):
        fields = [_content(getattr(value, name)) for name in value.__struct_fields__]
        return [type(value).__name__, *fields]
    if isinstance(value, Mapping):
        return [[key, _content(inner)] for key, inner in value.items()]
    if isinstance(value, tuple | list):
        return [_content(inner) for inner in value]
    return value


def _language_told(layout: LoadedLayout) -> str:
    """The language of a sheet as the books say it.

    Where another one stands in for a language that nobody knows, it is the one that is told: the
    other came out of a row of a worklist, and may be no language at all.
    """
    if layout.falls_back and layout.fallback_language and not is_known_language(layout.language):
        return layout.fallback_language
    return layout.language


def _version(sources: tuple[Path, ...]) -> str:
    digest = sha256()
    for path in sources:
        with open_file(path) as file:
            digest.update(file_digest(file, "sha256").digest())
    return digest.hexdigest()[:_SHORT]
