"""The texts of a record's nodes in several languages: put beside each other, and chosen.

A text in several languages is a group of texts, each under its language tag (BCP 47).
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from docgen.records.record import TRANSLATED
from docgen.source import MappingNode, Node, Scalar, SequenceNode, says_yes, word_of

TextPath = tuple[str | int, ...]
"""Keys and places in lists that lead to a text."""
Change = Callable[[TextPath, Node], Node]

TEXTS = frozenset(TRANSLATED)
INNER_TEXTS = {
    "further_sections": frozenset({"title", "text"}),
    "similar_codes": frozenset({"title", "difference"}),
    "policies": frozenset({"payer", "title"}),
    "provenance": frozenset({"note"}),
}
_URGENT = "when to call for help"
LISTS = ("further_sections", "similar_codes", "policies")


def is_name(path: TextPath) -> bool:
    """Whether a text is a name, which may stay as it is where all else is translated."""
    return path[0] == "policies"


def _as_it_is(node: Node) -> Node:
    return node


def with_texts(
    record: MappingNode, change: Change, others: Callable[[Node], Node] = _as_it_is
) -> MappingNode:
    """A record with each of its texts that can be translated, and all other nodes, changed."""
    return MappingNode(
        record.span,
        tuple(
            (key, _changed((key.value,), value, change, others)) for key, value in record.entries
        ),
    )


def _changed(path: TextPath, node: Node, change: Change, others: Callable[[Node], Node]) -> Node:
    key = str(path[0])
    if len(path) == 1 and key in TEXTS:
        return change(path, node) if is_said(node) else node
    inner = INNER_TEXTS.get(key)
    if inner and isinstance(node, SequenceNode):
        items = enumerate(node.items)
        return SequenceNode(
            node.span, tuple(_changed((*path, at), item, change, others) for at, item in items)
        )
    if not inner or not isinstance(node, MappingNode):
        return others(node)
    entries = (
        (name, change((*path, name.value), value))
        if name.value in inner and is_said(value)
        else (name, others(value))
        for name, value in node.entries
    )
    return MappingNode(node.span, tuple(entries))


def texts(record: MappingNode) -> tuple[tuple[TextPath, Node], ...]:
    """The texts of a record that can be translated, each with where it stands."""
    found: list[tuple[TextPath, Node]] = []

    def note(path: TextPath, text: Node) -> Node:
        found.append((path, text))
        return text

    with_texts(record, note)
    return tuple(found)


def called(path: TextPath) -> str:
    """A text as files and messages name it: ``further_sections[1].title``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def is_said(node: Node) -> bool:
    """Whether a node is more than an empty value."""
    return not isinstance(node, Scalar) or bool(node.value.strip())


def at(node: Node | None, path: TextPath) -> Node | None:
    """What stands at the end of a path, or None."""
    for key in path:
        if isinstance(key, int):
            items = node.items if isinstance(node, SequenceNode) else ()
            node = items[key] if key < len(items) else None
        else:
            node = node.get(key) if isinstance(node, MappingNode) else None
    return node if node is not None and is_said(node) else None


def beside(text: Node, own: str, translation: Node, tag: str) -> Node:
    """A text with its translation into a language beside it."""
    spoken = text if isinstance(text, MappingNode) else in_one(text, own)
    return MappingNode(spoken.span, (*spoken.entries, (Scalar(translation.span, tag), translation)))


def in_one(text: Node, tag: str) -> MappingNode:
    """A text with its language."""
    return MappingNode(text.span, ((Scalar(text.span, tag), text),))


def source_of(spoken: Iterable[str], own: str, of_organization: str | None = None) -> str:
    """In which of its languages a text was written, and from which it was put into the others.

    It is the language of the record. Where an organization writes its own text and gives none in
    that one, it is the organization's, or else the first.
    """
    named = tuple(spoken)
    asked = (tag for tag in (own, of_organization) if tag in named)
    return next(asked, None) or next(iter(named), own)


def wordings(text: Node, own: str) -> dict[str, Node]:
    """A text by its languages."""
    if isinstance(text, MappingNode):
        return {key.value: value for key, value in text.entries if is_said(value)}
    return {own: text}


def serving(tag: str) -> Iterator[str]:
    """The tags whose texts serve a language, the nearest first (RFC 4647, lookup)."""
    parts = tag.split("-")
    return ("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def marked(node: Node, language: str) -> Node:
    """A node all of whose texts name their language."""
    match node:
        case Scalar():
            return replace(node, language=language)
        case MappingNode():
            return MappingNode(
                node.span, tuple((key, marked(value, language)) for key, value in node.entries)
            )
        case SequenceNode():
            return SequenceNode(node.span, tuple(marked(item, language) for item in node.items))


def with_urgency(record: MappingNode) -> MappingNode:
    """A record whose further sections all say whether they are urgent, in any language.

    Their titles tell it, but only until they are translated.
    """
    entries = tuple(
        (key, _said_urgent(value)) if key.value == "further_sections" else (key, value)
        for key, value in record.entries
    )
    return MappingNode(record.span, entries)


def _said_urgent(sections: Node) -> Node:
    if not isinstance(sections, SequenceNode):
        return sections
    return SequenceNode(sections.span, tuple(_urgent(section) for section in sections.items))


def _urgent(section: Node) -> Node:
    title = at(section, ("title",))
    if title is None or not isinstance(section, MappingNode) or at(section, ("urgent",)):
        return section
    said = [text.value for text in wordings(title, "").values() if isinstance(text, Scalar)]
    word = "yes" if _URGENT in (text.strip().lower() for text in said) else "no"
    kept = tuple(entry for entry in section.entries if entry[0].value != "urgent")
    entry = (Scalar(section.span, "urgent"), Scalar(section.span, word))
    return MappingNode(section.span, (*kept, entry))


def tells_when_to_call(record: MappingNode) -> bool:
    """Whether a record tells patients when to call for help, or why it does not."""
    if at(record, ("without", "urgent")):
        return True
    sections = with_urgency(record).get("further_sections")
    return any(map(_is_for_patients, sections.items if isinstance(sections, SequenceNode) else ()))


def _is_for_patients(section: Node) -> bool:
    """Whether a section is urgent, and patients read it."""
    urgent = section.get("urgent") if isinstance(section, MappingNode) else None
    return says_yes(urgent) and word_of(section, "audience") != "clinicians"
