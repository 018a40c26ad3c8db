"""Texts beside what they were translated from: of a translation, and of what organizations change.

Where a translation is kept, in a file or as a part of one, it says of each text from which wording
it was made, by a digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from docgen.diagnostics import Diagnostic, Findings
from docgen.records.digests import ACCEPTED, MADE_FROM
from docgen.records.record import SECTION_TITLES
from docgen.records.translations import TRANSLATIONS, check_named_texts, uneven_lists
from docgen.records.wordings import TextPath, at, called, source_of, texts, wordings
from docgen.source import MappingNode as Group
from docgen.source import Node, Scalar, SequenceNode, word_of

if TYPE_CHECKING:
    from docgen.records.overriding import Adaptation


Spoken = tuple[Scalar, str]
"""A text with its language (BCP 47)."""


class TextPair(Struct, frozen=True, eq=False):
    """A text with its translation, and what the translation says of where it comes from."""

    path: TextPath
    """Where both stand: in the record, or in the file that changes it."""
    source: Scalar
    source_tag: str
    """Its language (BCP 47)."""
    translation: Scalar
    tag: str
    made_from: str | None
    """Digest of the wording that the translation was made from."""
    accepted: tuple[str, str] | None
    """Digests of the two texts whose differences are accepted."""

    @property
    def name(self) -> str:
        """As files and messages name it."""
        return called(self.path)

    @property
    def is_prose(self) -> bool:
        """Whether it has paragraphs and lists."""
        return self.path[-1] == "text" or self.path[-1] in SECTION_TITLES


class PairedTexts(Struct, frozen=True, eq=False):
    """What one place holds in one language, beside what it was translated from."""

    code: str
    tag: str
    pairs: tuple[TextPair, ...]
    node: Group
    """The group of named values that the digests belong into."""
    outer: tuple[str, ...] = ()
    """The keys that lead to it in its file."""
    group: tuple[str, ...] = ()
    """Keys between the name of the digests and the texts: the language, where several share one."""
    organization: str | None = None
    """The id of the organization in whose records they are."""
    uneven: Mapping[str, Diagnostic] = {}
    """By its key, what is wrong with each list whose items are not those of the record's: its texts
    have no sources."""

    @property
    def has_digests(self) -> bool:
        """Whether it says of any text where it comes from."""
        return any(pair.made_from for pair in self.pairs)


def translated(record: Group, own: str, node: Group, tag: str, owner: str | None) -> PairedTexts:
    """A translation beside the texts of its record, which are in the record's ``own`` language.

    ``owner`` is the id of the organization whose record it is.
    """
    uneven = uneven_lists(node, record)
    pairs = tuple(
        _pair(path, (source, own), (text, tag), node, ())
        for path, source in texts(record)
        if path[0] not in uneven
        and isinstance(source, Scalar)
        and isinstance(text := at(node, path), Scalar)
    )
    outer = () if node.get("translation_of") else (TRANSLATIONS, tag)
    code = word_of(record, "code")
    return PairedTexts(code, tag, pairs, node, outer, (), owner, uneven)


def adapted_texts(by: Adaptation, own: str) -> tuple[PairedTexts, ...]:
    """What an organization changes of a record, in each language into which it was translated."""
    found: dict[str, list[TextPair]] = {}
    for path, text in changed_texts(by.node):
        spoken = wordings(text, own) if isinstance(text, Group) else {}
        source_tag = source_of(spoken, own, by.language)
        source = spoken.get(source_tag)
        for tag, wording in spoken.items():
            if wording is not source and isinstance(source, Scalar) and isinstance(wording, Scalar):
                pair = _pair(path, (source, source_tag), (wording, tag), by.node, (tag,))
                found.setdefault(tag, []).append(pair)
    code = word_of(by.node, "extends")
    return tuple(
        PairedTexts(code, tag, tuple(pairs), by.node, (), (tag,), by.id)
        for tag, pairs in found.items()
    )


def check_override_digests(override: Group, findings: Findings) -> None:
    """Tells of digests for texts that a file does not give in several languages."""
    for name in (MADE_FROM, ACCEPTED):
        by_language = override.get(name)
        for tag, digests in by_language.entries if isinstance(by_language, Group) else ():
            known = frozenset(
                called(path)
                for path, text in changed_texts(override)
                if isinstance(text, Group) and text.get(tag.value)
            )
            check_named_texts(digests, known, findings)


def changed_texts(override: Group) -> Iterator[tuple[TextPath, Node]]:
    """The texts that a file changes or adds, each with where it stands in the file."""
    change = override.get("change")
    if isinstance(change, Group):
        for path, text in texts(change):
            yield ("change", *path), text
    insertions = override.get("insert")
    for place, item in enumerate(insertions.items if isinstance(insertions, SequenceNode) else ()):
        section = at(item, ("section",))
        if isinstance(section, Group):
            for key, value in section.entries:
                if key.value in ("title", "text"):
                    yield ("insert", place, "section", key.value), value


def _pair(path: TextPath, source: Spoken, text: Spoken, node: Group, group: TextPath) -> TextPair:
    name = called(path)
    made_from = at(node, (MADE_FROM, *group, name))
    accepted = at(node, (ACCEPTED, *group, name))
    return TextPair(
        path,
        *source,
        *text,
        made_from.value if isinstance(made_from, Scalar) else None,
        (word_of(accepted, "source"), word_of(accepted, "translation")) if accepted else None,
    )
