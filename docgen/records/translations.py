"""Translations of a record: read, and held against the record that they translate."""

from collections.abc import Container
from pathlib import Path
from typing import Any

from docgen.code_systems import CODE_SYSTEMS, normalise_code
from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span, quoted, refuse
from docgen.records.digests import ACCEPTED, MADE_FROM
from docgen.records.record import Translation, TranslationFile
from docgen.records.wordings import LISTS, at, called, is_said, serving, texts
from docgen.source import (
    Language,
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    bind,
    fields_of,
    json_schema,
    place_of,
    read_file,
    word_of,
)

TRANSLATIONS = "translations"
_KEYS = tuple(key for key in fields_of(Translation) if key not in (MADE_FROM, ACCEPTED))
_SAME = {"further_sections": "audience", "similar_codes": "code"}
"""What an item of a list repeats, so that no text can land on another item."""
_NAMING = "name the file CODE.TAG.yaml or SYSTEM-CODE.TAG.yaml, such as 77299.es.yaml"


def translation_schema() -> dict[str, Any]:
    """The JSON Schema of a file that translates a record."""
    return json_schema(TranslationFile, "Translation")


def read_translation(path: Path, tag: str, record: MappingNode) -> MappingNode:
    """The texts of a file beside a record. Raises DocgenError with all that is wrong with it."""
    node = read_file(path)
    findings = Findings()
    bound = bind(node, TranslationFile, findings)
    if bound is None or not isinstance(node, MappingNode):
        raise DocgenError(findings.diagnostics)
    _check_name(node, bound, tag, record, findings)
    check_translation(node, bound.language.tag, place_of(node, "language"), record, findings)
    findings.raise_if_any()
    return node


def is_translation(node: Node) -> bool:
    """Whether a file says that it translates a record."""
    return isinstance(node, MappingNode) and node.get("translation_of") is not None


def refuse_name(node: Node) -> DocgenError:
    """The error for a translation whose file is not named like one."""
    return refuse(
        "misnamed-translation",
        "this file translates a record, but its name does not say into which language",
        place_of(node, "translation_of"),
        _NAMING,
    )


def check_inline(record: MappingNode, findings: Findings) -> None:
    """Tells what is wrong with the translations that stand in a record, beyond their types."""
    for key, node in inline_translations(record):
        try:
            Language.parse(key.value)
        except ValueError as error:
            message, hint = error.args
            findings.error("bad-language", message, key.span, hint)
            continue
        check_translation(node, key.value, key.span, record, findings)


def inline_translations(record: MappingNode) -> tuple[tuple[Scalar, MappingNode], ...]:
    """The translations that stand in a record, each with its language."""
    written = record.get(TRANSLATIONS)
    entries = written.entries if isinstance(written, MappingNode) else ()
    return tuple((key, node) for key, node in entries if isinstance(node, MappingNode))


def check_translation(
    node: MappingNode, tag: str, place: Span, record: MappingNode, findings: Findings
) -> None:
    """Tells where a translation does not fit its record."""
    own = own_language(record)
    if own is None:
        findings.error(
            "missing-field",
            "the record says nothing of its language, and has a translation",
            record.span,
            "write 'language: …' into the record, such as language: en",
        )
    elif tag == own:
        findings.error(
            "translation-into-itself",
            f"the record is in {own} itself",
            place,
            "name the language of the translation, or take the translation out",
        )
    for key, value in node.entries:
        if key.value in _KEYS and is_said(value):
            _check_counterpart(key, value, record, findings)
    known = frozenset(called(path) for path, _ in texts(node))
    for name in (MADE_FROM, ACCEPTED):
        check_named_texts(node.get(name), known, findings)


def check_named_texts(digests: Node | None, known: Container[str], findings: Findings) -> None:
    """Tells of digests for texts that are not translated in the same place."""
    for key, _ in digests.entries if isinstance(digests, MappingNode) else ():
        if key.value not in known:
            findings.error(
                "unknown-text",
                f"{quoted(key.value)} is not translated here, but has a digest",
                key.span,
                "take the line out, or mend its name",
            )


def uneven_lists(node: MappingNode, record: MappingNode) -> dict[str, Diagnostic]:
    """By its key, what is wrong with each list whose items are not those of the record's."""
    return {
        key.value: told
        for key, value in node.entries
        if key.value in LISTS
        and isinstance(value, SequenceNode)
        and isinstance(original := at(record, (key.value,)), SequenceNode)
        and (told := _unevenness(key, value, original))
    }


def own_language(record: MappingNode) -> str | None:
    """The language that a record names for its texts."""
    language = record.get("language")
    return language.value if isinstance(language, Scalar) and language.value.strip() else None


def closest(tag: str, offered: Container[str]) -> str | None:
    """The language among some that serves another one best."""
    return next((one for one in serving(tag) if one in offered), None)


def _check_counterpart(key: Scalar, value: Node, record: MappingNode, findings: Findings) -> None:
    """Whatever is translated must be in the record, item by item."""
    original = at(record, (key.value,))
    if original is None:
        findings.error(
            "extra-translation",
            f"{quoted(key.value)} is translated here, but the record does not have it",
            key.span,
            f"write it into the record, {record.span.path}, or take it out here",
        )
    elif (
        key.value == "provenance" and isinstance(value, MappingNode) and not at(original, ("note",))
    ):
        findings.error(
            "extra-translation",
            "a note is translated here, but the record does not have one",
            value.span,
            f"write it into the record, {record.span.path}, or take it out here",
        )


def _unevenness(key: Scalar, value: SequenceNode, original: SequenceNode) -> Diagnostic | None:
    count, wanted = len(value.items), len(original.items)
    if count != wanted:
        return Diagnostic(
            "uneven-translation",
            f"{quoted(key.value)} has {count} here and {wanted} in the record: "
            "texts would change places",
            key.span,
            f"translate all {wanted}, in the order of the record",
        )
    same = _SAME.get(key.value)
    for item, other in zip(value.items, original.items, strict=True):
        if same and _repeated(item, same) != _repeated(other, same):
            return Diagnostic(
                "uneven-translation",
                f"'{same}' is {quoted(_repeated(item, same))} here and "
                f"{quoted(_repeated(other, same))} in the record: is it the same one?",
                place_of(item, same),
                "translate what is in the record, in its order",
            )
    return None


def _repeated(item: Node, key: str) -> str:
    value = at(item, (key,))
    word = value.value if isinstance(value, Scalar) else ""
    return normalise_code(word) if key == "code" else word or "both"


def _check_name(
    node: MappingNode, bound: TranslationFile, tag: str, record: MappingNode, findings: Findings
) -> None:
    """Tells where what a file says is not what its name says."""
    code = word_of(record, "code")
    if normalise_code(bound.translation_of) != normalise_code(code):
        findings.error(
            "misnamed-translation",
            f"this file translates {quoted(bound.translation_of)}, "
            f"but by its name the record of {code}",
            place_of(node, "translation_of"),
            _NAMING,
        )
    system = CODE_SYSTEMS.get(word_of(record, "code_system").lower())
    if bound.code_system and bound.code_system != system:
        findings.error(
            "misnamed-translation",
            f"this file translates a code of {bound.code_system.name}, "
            f"but the record beside it is of {system}",
            place_of(node, "code_system"),
            _NAMING,
        )
    if bound.language.tag != tag:
        findings.error(
            "misnamed-translation",
            f"this file is in {bound.language.tag}, but by its name in {tag}",
            place_of(node, "language"),
            _NAMING,
        )
