"""The words of a record file, for finding it; whether the record is right is another question.

Most files are written in few of YAML's forms. Those are read here, line by line, ten times as fast
as a reader that knows where every character stands; all other files go through that.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from docgen.code_systems import CODE_SYSTEMS, canonical_code, normalise_code
from docgen.diagnostics import DocgenError
from docgen.search.texts import FIELDS, Field
from docgen.source import MappingNode as Group
from docgen.source import Node, Scalar, SequenceNode, has_unprintable, read_text, word_of

Kind = Literal["record", "translation", "override", "table", "none"]

_NO_WORDS = frozenset({"audience", "code_system", "effective", "urgent", "url", "found"})
"""Keys within a field whose values are no words of the record."""
_ENTRY = re.compile(r"^([a-z_]+):[ ]*(.*?)[ ]*$", re.MULTILINE)
_TOP = re.compile(r"^[^\s#]", re.MULTILINE)
_PLAIN = re.compile(r"[\w(](?:[^:#\n]|:(?=\S)|(?<=\S)#)*")
_QUOTED = re.compile(r"\"([^\"\\\n]*)\"|'([^'\n]*)'")
_BLOCK = re.compile(r"\|[+-]?")
_ITEM = re.compile(r"\n[ ]*(?:[-*+]|[0-9]{1,9}[.)]|#{1,6}|>)[ ]+")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")


class Extract(Struct, frozen=True):
    """What a file says: its words by language; the empty language is the record's own."""

    kind: Kind
    system: str
    key: str
    code: str = ""
    language: str = ""
    texts: Mapping[str, Mapping[Field, str]] = {}


def extract(path: str, data: bytes) -> Extract:
    """The words of a record file's bytes; none where they cannot be read as one."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return NOTHING
    is_yaml = not path.lower().endswith(".json")
    if is_yaml and _is_printable(text) and (found := quickly(text)):
        return found
    try:
        return thoroughly(read_text(text, path))
    except DocgenError:
        return NOTHING


def _is_printable(text: str) -> bool:
    """Whether no character of a text is refused; Python knows most that are not, and quickly."""
    return text.replace("\n", "").isprintable() or not has_unprintable(text)


NOTHING = Extract("none", "", "")
"""A file in which nothing can be found."""


def quickly(text: str) -> Extract | None:
    """The words of a record in the usual form, or None where it has others too."""
    places = list(_ENTRY.finditer(text))
    if not places or len(places) != sum(1 for _ in _TOP.finditer(text)):
        return None
    said: dict[str, str] = {}
    for entry, following in zip(places, [*places[1:], None], strict=True):
        key, value = entry.groups()
        if key in said or key in ("extends", "translation_of", "translations"):
            return None
        if key not in FIELDS and key not in ("code", "code_system", "language"):
            continue
        inner = text[entry.end() : following.start() if following else len(text)]
        words = _value_of_line(value, inner)
        if words is None:
            return None
        said[key] = words
    fields = {key: without_marks(said[key]) for key in FIELDS if said.get(key)}
    return _extract_of_record(
        said.get("code", ""), said.get("code_system", ""), said.get("language", ""), {"": fields}
    )


def _value_of_line(value: str, inner: str) -> str | None:
    if _BLOCK.fullmatch(value):
        return inner
    if value:
        if inner.strip() and not all(
            line.startswith("#") for line in inner.split("\n") if line.strip()
        ):
            return None
        if _PLAIN.fullmatch(value):
            return value
        quotes = _QUOTED.fullmatch(value)
        return (quotes[1] or quotes[2] or "") if quotes else None
    return _inner(inner)


_INNER = re.compile(r"[ ]+(?:-[ ]+)*(?:([a-z_]+):(?:[ ]+(.*))?|(.*))")


def _inner(text: str) -> str | None:
    """The words of a list of groups, or None where it has other forms than the usual.

    Of this, ``Diet`` and the two lines of the text are words; ``audience`` says nothing that is
    looked for::

          - title: Diet
            text: |
              Eat little.
              Drink water.
            audience: both

    ``block`` is the column of a key whose text stands below it, 4 here for ``text``, and -1
    elsewhere: what is further right is its text, and a line at 4 is a key again.
    """
    words: list[str] = []
    block = -1
    for line in text.split("\n"):
        stripped = line.strip()
        depth = len(line) - len(line.lstrip(" "))
        if not stripped or (not depth and stripped.startswith("#")):
            continue
        if block >= 0 and depth > block:
            words.append(stripped)
            continue
        block = -1
        item = _INNER.fullmatch(line)
        if item is None or item[1] is None:
            return None
        value = (item[2] or "").strip()
        if _BLOCK.fullmatch(value):
            if item[1] in _NO_WORDS:
                return None
            block = line.index(item[1])
            continue
        quotes = _QUOTED.fullmatch(value)
        if value and not quotes and not _PLAIN.fullmatch(value):
            if item[1] not in _NO_WORDS:
                return None
            continue
        if item[1] not in _NO_WORDS:
            words.append((quotes[1] or quotes[2] or "") if quotes else value)
    return "\n".join(words)


def thoroughly(node: Node) -> Extract:
    """The words of a record, a translation or an override, whatever the form of its file."""
    if not isinstance(node, Group):
        return NOTHING
    if word_of(node, "translation_of"):
        return _translation(node)
    if word_of(node, "extends"):
        system = word_of(node, "code_system").lower()
        return Extract("override", system, normalise_code(word_of(node, "extends")))
    texts = {"": _words_by_field(node)}
    inline = node.get("translations")
    for key, translation in inline.entries if isinstance(inline, Group) else ():
        if isinstance(translation, Group):
            texts[key.value] = _words_by_field(translation)
    return _extract_of_record(
        word_of(node, "code"), word_of(node, "code_system"), word_of(node, "language"), texts
    )


def _translation(node: Group) -> Extract:
    code = word_of(node, "translation_of")
    language = word_of(node, "language")
    key, system = normalise_code(code), word_of(node, "code_system").lower()
    return Extract("translation", system, key, code, language, {language: _words_by_field(node)})


def _extract_of_record(
    code: str, system: str, language: str, texts: Mapping[str, Mapping[Field, str]]
) -> Extract:
    key, system = normalise_code(code), system.strip().lower()
    if not key or system not in CODE_SYSTEMS:
        return NOTHING
    printed = canonical_code(code, CODE_SYSTEMS[system])
    return Extract("record", system, key, printed, language, texts)


def _words_by_field(node: Group) -> dict[Field, str]:
    said = {key.value: value for key, value in node.entries}
    found = {
        key: without_marks("\n".join(_words_below(said[key]))) for key in FIELDS if key in said
    }
    return {key: words for key, words in found.items() if words}


def _words_below(node: Node) -> Iterator[str]:
    match node:
        case Scalar():
            yield node.value
        case SequenceNode():
            for item in node.items:
                yield from _words_below(item)
        case Group():
            for key, value in node.entries:
                if key.value not in _NO_WORDS:
                    yield from _words_below(value)


def without_marks(prose: str) -> str:
    """Prose on one line, without most marks of CommonMark."""
    words = _ITEM.sub("\n", f"\n{prose}")
    if "](" in words:
        words = _LINK.sub(r"\1", words)
    if "*" in words or "_" in words:
        words = _EMPHASIS.sub("", words)
    return " ".join(words.split())
