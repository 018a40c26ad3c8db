"""An organization's changes to a record, made on its nodes before it is bound."""

from docgen.diagnostics import Findings, Span, did_you_mean, quoted, some_of
from docgen.records.overriding import (
    CHANGEABLE,
    OF_THE_RECORD,
    Adaptation,
    Insertion,
    RecordOverride,
)
from docgen.records.record import ProcedureRecord
from docgen.records.wordings import (
    Change,
    TextPath,
    in_one,
    is_said,
    tells_when_to_call,
    with_texts,
)
from docgen.source import Language, MappingNode, Node, Scalar, SequenceNode, TextNode, fields_of

_SECTIONS = "further_sections"
_GROUPS = frozenset({"provenance", "licensed_descriptor"})
_NEEDED = tuple(key for key, field in fields_of(ProcedureRecord).items() if field.required)


def adapted(record: MappingNode, own: str, by: Adaptation, findings: Findings) -> MappingNode:
    """A record's nodes as an organization changes them; what cannot be done, findings tell."""
    step = _with_changes(record, by, findings)
    silenced = _silencing(record, step, _place_of_sections(by.override))
    for name in by.override.remove:
        left = _without(step, own, name, findings)
        silenced = _silencing(step, left, name.span) or silenced
        step = left
    for insertion in by.override.insert:
        step = _with_section(step, own, by, insertion, findings)
    if silenced and not tells_when_to_call(step):
        findings.error(
            "required-section",
            "patients would be told no longer when to call for help",
            silenced,
            "insert a section of your own with 'urgent: yes', or say why under "
            "'change: {without: {urgent: …}}'",
        )
    return step


def _silencing(before: MappingNode, after: MappingNode, span: Span) -> Span | None:
    """The place of a change after which nobody tells patients when to call for help."""
    return span if tells_when_to_call(before) and not tells_when_to_call(after) else None


def _place_of_sections(override: RecordOverride) -> Span:
    """Where an override changes what may tell when to call for help."""
    entries = override.change.entries if override.change else ()
    named = (key.span for key, _ in entries if key.value in (_SECTIONS, "without"))
    return next(named, override.span)


def _with_changes(record: MappingNode, by: Adaptation, findings: Findings) -> MappingNode:
    entries = {key.value: (key, value) for key, value in record.entries}
    change = by.override.change
    for key, value in change.entries if change else ():
        name = key.value
        if name not in CHANGEABLE:
            _tell_unchangeable(key, record, findings)
        elif not is_said(value):
            if _may_go(key, name, findings):
                entries.pop(name, None)
        else:
            base = entries[name][1] if name in entries else None
            changed = with_texts(MappingNode(key.span, ((key, value),)), _wording(by, findings))
            entries[name] = (key, _over(base, changed.entries[0][1], name))
    return MappingNode(record.span, tuple(entries.values()))


def _over(base: Node | None, value: Node, name: str) -> Node:
    """Groups merge key by key, so that one date of many can change; all else is replaced."""
    if (
        name not in _GROUPS
        or not isinstance(base, MappingNode)
        or not isinstance(value, MappingNode)
    ):
        return value
    entries = {key.value: (key, inner) for key, inner in base.entries}
    entries |= {key.value: (key, inner) for key, inner in value.entries}
    return MappingNode(value.span, tuple(entries.values()))


def _tell_unchangeable(key: Scalar, record: MappingNode, findings: Findings) -> None:
    if key.value in OF_THE_RECORD:
        findings.error(
            "unknown-field",
            f"{quoted(key.value)} cannot be changed: it belongs to the record itself",
            key.span,
            "write a record of your own, without 'extends'; texts in other languages stand under "
            "their tags, as in preparation: {en: …, es: …}",
        )
        return
    title = key.value in _titles(record, None)
    near = did_you_mean(key.value.strip().lower().replace(" ", "_").replace("-", "_"), CHANGEABLE)
    findings.error(
        "unknown-field",
        f"{quoted(key.value)} is not a field of a record",
        key.span,
        "a section of its own is changed by removing it and inserting another"
        if title
        else near or f"its fields are {', '.join(CHANGEABLE)}",
    )


def _may_go(key: Scalar, name: str, findings: Findings) -> bool:
    if name not in _NEEDED:
        return True
    findings.error("required-field", f"a record needs its '{name}'", key.span, "give another one")
    return False


def _without(record: MappingNode, own: str, name: TextNode, findings: Findings) -> MappingNode:
    fields = [key.value for key, value in record.entries if is_said(value)]
    if name.value in fields:
        if not _may_go(name.scalar, name.value, findings):
            return record
        kept = tuple(entry for entry in record.entries if entry[0].value != name.value)
        return MappingNode(record.span, kept)
    titles = _titles(record, own)
    if name.value in titles:
        at = titles.index(name.value)
        return _with_sections(record, (*_sections(record)[:at], *_sections(record)[at + 1 :]))
    known = [*(key for key in fields if key not in OF_THE_RECORD and key not in _NEEDED), *titles]
    findings.error(
        "unknown-section",
        f"{quoted(name.value)} is neither a field that the record has nor the title of one of "
        "its sections",
        name.span,
        did_you_mean(name.value, known) or f"it has {some_of(known)}",
    )
    return record


def _with_section(
    record: MappingNode,
    own: str,
    by: Adaptation,
    insertion: Insertion,
    findings: Findings,
) -> MappingNode:
    sections = _sections(record)
    titles = _titles(record, own)
    after = insertion.after
    if after and after.value not in titles:
        findings.error(
            "unknown-section",
            f"the record has no further section {quoted(after.value)}",
            after.span,
            did_you_mean(after.value, titles)
            or (f"it has {some_of(titles)}" if titles else "leave 'after' out: it has none yet"),
        )
        return record
    at = titles.index(after.value) + 1 if after else len(sections)
    section = insertion.section
    alone = MappingNode(section.span, ((_key(section), SequenceNode(section.span, (section,))),))
    made = _sections(with_texts(alone, _wording(by, findings)))
    return _with_sections(record, (*sections[:at], *made, *sections[at:]))


def _key(node: Node) -> Scalar:
    return Scalar(node.span, _SECTIONS)


def _sections(record: MappingNode) -> tuple[Node, ...]:
    sections = record.get(_SECTIONS)
    return sections.items if isinstance(sections, SequenceNode) else ()


def _with_sections(record: MappingNode, sections: tuple[Node, ...]) -> MappingNode:
    node = record.get(_SECTIONS) or record
    kept = tuple(entry for entry in record.entries if entry[0].value != _SECTIONS)
    listed = (_key(node), SequenceNode(node.span, sections))
    return MappingNode(record.span, (*kept, listed))


def _titles(record: MappingNode, own: str | None) -> list[str]:
    """The titles of the further sections, in the record's language or in whatever there is."""
    titles = (item.get("title") for item in _sections(record) if isinstance(item, MappingNode))
    return [_title(title, own) for title in titles]


def _title(title: Node | None, own: str | None) -> str:
    if isinstance(title, MappingNode):
        title = (own and title.get(own)) or (title.entries[0][1] if title.entries else None)
    return title.value if isinstance(title, Scalar) else ""


def _wording(by: Adaptation, findings: Findings) -> Change:
    """Gives the organization's texts the languages that they are in."""

    def change(_: TextPath, text: Node) -> Node:
        if isinstance(text, MappingNode):
            _check_tags(text, findings)
            return text
        return in_one(text, by.language) if by.language else text

    return change


def _check_tags(text: MappingNode, findings: Findings) -> None:
    for key, _ in text.entries:
        try:
            Language.parse(key.value)
        except ValueError as error:
            message, hint = error.args
            findings.error("bad-language", message, key.span, hint)
