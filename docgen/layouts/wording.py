"""The wording of layouts and organizations in a sheet's language, chosen before they are bound.

A text that its file gives in several languages, ``{en: …, es: …}``, becomes the one that fits; any
other text is in its file's language, and catalogs translate it. What has no letters outside of its
expressions is in no language. Every text keeps the place where its file writes it.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import Findings, Span
from docgen.layouts.catalogs import Catalog
from docgen.source import (
    Language,
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    Shape,
    fields_of,
    language_name,
    same_language,
    tag_of,
)

_QUOTED = r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\""""
_EXPRESSION = re.compile(r"\{\{((?:" + _QUOTED + r"|(?!\}\}).)*)\}\}", re.DOTALL)
_LITERAL = re.compile(_QUOTED, re.DOTALL)
_COMPARED_BEFORE = re.compile(r"(?:[=!]=|[<>]=?|\bin|[\[,(])\s*$")
_COMPARED_AFTER = re.compile(r"\s*(?:[=!]=|[<>]|in\b|not\s+in\b)")


class SheetLanguage(Struct, frozen=True, eq=False):
    """The language that a sheet is made in, and the one that stands in where it has no wording."""

    tag: str
    fallback: str | None
    catalog: Catalog
    fallback_catalog: Catalog | None
    """Wording in the fallback language."""
    missing: Findings
    """What has no wording, neither in the one language nor in the other."""
    fallen_back: list[Span]
    """The places of texts that are in the other language."""

    @property
    def sources(self) -> tuple[Path, ...]:
        """The catalogs that were asked."""
        fallback = self.fallback_catalog.sources if self.fallback_catalog else ()
        return (*self.catalog.sources, *fallback)


def in_language(
    node: MappingNode,
    model: type[Struct],
    own: Mapping[str, str],
    sheet: SheetLanguage,
    findings: Findings,
) -> MappingNode:
    """A file's node with all of its wording in one language; the sheet's say what has none.

    ``own`` gives the language of each file's plain texts by the path that spans name. Nothing is
    made anew where nothing changes.
    """
    return _Choice(own, sheet, findings).model(node, model)


def sheet_language(tag: str, fallback: str | None, folders: Iterable[Path]) -> SheetLanguage:
    """The language of a sheet with its catalogs out of folders of which the first wins."""
    named = tuple(folders)
    stand_in = Catalog(fallback, named) if fallback else None
    return SheetLanguage(tag, fallback, Catalog(tag, named), stand_in, Findings(), [])


def wording(node: Node, model: type[Struct]) -> Iterator[Scalar]:
    """The texts of a file that need a translation, each as it is written."""
    texts = _Texts()
    if isinstance(node, MappingNode):
        texts.model(node, model)
    yield from texts.found


def has_words(text: str) -> bool:
    """Whether a template says something by itself, outside of what its expressions fill in."""
    if any(map(str.isalpha, _EXPRESSION.sub("", text))):
        return True
    return any(_prints_words(expression[1]) for expression in _EXPRESSION.finditer(text))


def _prints_words(expression: str) -> bool:
    """Whether a quoted text with letters in it may be printed: one that is compared is not."""
    return any(
        any(map(str.isalpha, literal[0]))
        and not _COMPARED_BEFORE.search(expression, 0, literal.start())
        and not _COMPARED_AFTER.match(expression, literal.end())
        for literal in _LITERAL.finditer(expression)
    )


class _Walk(ABC):
    """Walks a node along the shapes of its model, and turns every text that is wording."""

    def model(self, node: MappingNode, model: type[Struct]) -> MappingNode:
        fields = fields_of(model)
        entries = tuple(
            (key, self._walked(fields[key.value].shape, value, key))
            if key.value in fields
            else (key, value)
            for key, value in node.entries
        )
        same = all(new is old for (_, new), (_, old) in zip(entries, node.entries, strict=True))
        return node if same else MappingNode(node.span, entries)

    @abstractmethod
    def text(self, node: Scalar | MappingNode, key: Scalar) -> Node:
        """What stands in the place of a text, or of its wordings by language."""

    def _walked(self, shape: Shape, node: Node, key: Scalar) -> Node:
        if shape.worded and not isinstance(node, SequenceNode):
            return self.text(node, key)
        if isinstance(node, SequenceNode) and shape.items:
            items = tuple(self._walked(shape.items, item, key) for item in node.items)
            same = all(new is old for new, old in zip(items, node.items, strict=True))
            return node if same else SequenceNode(node.span, items)
        if isinstance(node, MappingNode) and shape.models:
            model = _model_of(node, shape.models)
            return self.model(node, model) if model else node
        return node


class _Texts(_Walk):
    """Finds the texts that need a translation."""

    def __init__(self) -> None:
        self.found: list[Scalar] = []

    def text(self, node: Scalar | MappingNode, key: Scalar) -> Node:
        if isinstance(node, Scalar) and has_words(node.value):
            self.found.append(node)
        return node


class _Choice(_Walk):
    """Chooses the wording in one language."""

    def __init__(self, own: Mapping[str, str], sheet: SheetLanguage, findings: Findings) -> None:
        self._own = own
        self._sheet = sheet
        self._findings = findings

    def text(self, node: Scalar | MappingNode, key: Scalar) -> Node:
        if isinstance(node, MappingNode):
            return self._one_of(node, key)
        sheet, own = self._sheet, self._own[node.span.path]
        if same_language(own, sheet.tag) or not has_words(node.value):
            return node
        translated = sheet.catalog.wording(node.value)
        if translated:
            return _reworded(node, translated, sheet.tag)
        stand_in = self._stand_in(node, own)
        if stand_in is None:
            self._tell_missing(node, key, own)
            return node
        sheet.fallen_back.append(node.span)
        return stand_in

    def _stand_in(self, node: Scalar, own: str) -> Scalar | None:
        """The text in the fallback language."""
        sheet = self._sheet
        if sheet.fallback is None or sheet.fallback_catalog is None:
            return None
        if same_language(own, sheet.fallback):
            return replace(node, language=own)
        translated = sheet.fallback_catalog.wording(node.value)
        return _reworded(node, translated, sheet.fallback) if translated else None

    def _one_of(self, node: MappingNode, key: Scalar) -> Node:
        """The text of a mapping by language; anything else is for binding to tell of."""
        written = [(tag, text) for tag, text in node.entries if _is_given(text)]
        if not any(_is_tag(tag) for tag, _ in node.entries):
            return node
        for tag, _ in written:
            self._check_tag(tag)
        sheet = self._sheet
        source = _nearest(written, self._own[node.span.path])
        for language in filter(None, (sheet.tag, sheet.fallback)):
            text = _nearest(written, language)
            if text:
                if language != sheet.tag:
                    sheet.fallen_back.append(text.span)
                return _spoken(text, language, source or written[0][1])
        own = next((tag.value for tag, _ in written), "en")
        self._tell_missing(node, key, own)
        return written[0][1] if written else node

    def _check_tag(self, tag: Scalar) -> None:
        try:
            Language.parse(tag.value)
        except ValueError as error:
            sentence, hint = error.args
            self._findings.error("bad-language", sentence, tag.span, hint)

    def _tell_missing(self, node: Node, key: Scalar, own: str) -> None:
        tag = self._sheet.tag
        base = tag.partition("-")[0]
        self._sheet.missing.error(
            "missing-translation",
            f"'{key.value}' has no {language_name(tag)} wording",
            node.span,
            f"write it as {{{own}: …, {tag}: …}}, or add it to the catalog locale/{base}.po",
        )


def _model_of(node: MappingNode, models: tuple[type[Struct], ...]) -> type[Struct] | None:
    if len(models) == 1:
        return models[0]
    tag = node.get("type")
    word = tag.value if isinstance(tag, Scalar) else None
    return next((model for model in models if tag_of(model) == word), None)


def _is_given(node: Node) -> bool:
    return not isinstance(node, Scalar) or bool(node.value.strip())


def _is_tag(key: Scalar) -> bool:
    try:
        Language.parse(key.value)
    except ValueError:
        return False
    return True


def _nearest(written: list[tuple[Scalar, Node]], language: str) -> Node | None:
    """The text in a language, or in one whose readers read it too."""
    exact = (text for tag, text in written if tag.value == language)
    alike = (text for tag, text in written if _is_tag(tag) and same_language(tag.value, language))
    return next(exact, None) or next(alike, None)


def _spoken(text: Node, language: str, source: Node) -> Node:
    """A text in a language, with the one that its file's author wrote, of which it is one."""
    if not isinstance(text, Scalar):
        return text
    original = source.value if isinstance(source, Scalar) and source is not text else None
    return replace(text, language=language, original=original)


def _reworded(node: Scalar, value: str, language: str | None) -> Scalar:
    return Scalar(node.span, value, plain=False, language=language, original=node.value)
