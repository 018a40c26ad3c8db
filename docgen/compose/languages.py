"""In which language the value of an expression is: that of the file whose text it is."""

from collections.abc import Mapping
from typing import Any

from jinja2 import nodes

from docgen.compose.evaluation import Values, chosen, evaluate
from docgen.compose.filters import printed
from docgen.layouts import LoadedLayout, LoadedOrganization
from docgen.prose import Prose
from docgen.records import ProcedureRecord
from docgen.source import TextNode

Languages = Mapping[str, str]
"""By the names of an expression, the language of their texts, where it is not the layout's.

A text that names its own language is in that one.
"""
Passage = tuple[str, str | None]
"""A text and its language (BCP 47); None is the layout's."""

_COUNTS = "length"
"""The filter whose result is in no language of the value that it takes."""


def languages_of(
    loaded: LoadedLayout, record: ProcedureRecord, organization: LoadedOrganization | None
) -> Languages | None:
    """The languages of a record and an organization; without one, a text is in the layout's.

    None where no text is in another language than the layout's.
    """
    named = {"record": record.language}
    named["organization"] = organization.organization.language if organization else None
    languages = {
        name: language.tag
        for name, language in named.items()
        if language and language != loaded.layout.language
    }
    mixed = record.has_foreign_texts or loaded.fallback_language
    return languages if languages or mixed else None


def passages(node: nodes.Expr, values: Values, languages: Languages) -> list[Passage]:
    """What an expression prints, each part with its language."""
    match node:
        case nodes.Concat():
            return [passage for part in node.nodes for passage in passages(part, values, languages)]
        case nodes.Or() | nodes.CondExpr():
            return passages(chosen(node, values), values, languages)
    text = printed(evaluate(node, values), values.dated_in)
    worded = any(map(str.isalpha, text))
    return [(text, language_of(node, values, languages) if worded else None)]


def language_of(node: nodes.Node | None, values: Values, languages: Languages) -> str | None:
    """The language of a text or prose. Codes, numbers and dates are read in the layout's.

    Dates that are spelled in another language are read in that.
    """
    match node:
        case nodes.Or() | nodes.CondExpr():
            return language_of(chosen(node, values), values, languages)
        case nodes.Filter(name="date"):
            return values.dated_in
        case nodes.Filter() if node.name != _COUNTS:
            return language_of(node.node, values, languages)
        case nodes.Name() | nodes.Getattr() if text := _first_text(evaluate(node, values)):
            return text.language or owner_language(node, values, languages)
    return None


def owner_language(node: nodes.Node | None, values: Values, languages: Languages) -> str | None:
    """The language of the texts of what an expression names, such as a list to go through."""
    match node:
        case nodes.Name():
            return languages.get(node.name)
        case nodes.Getattr() | nodes.Filter():
            return owner_language(node.node, values, languages)
        case nodes.Or() | nodes.CondExpr():
            return owner_language(chosen(node, values), values, languages)
    return None


def _first_text(value: Any) -> TextNode | None:
    """The text that a value is or, of a list, begins with."""
    if isinstance(value, tuple):
        return _first_text(value[0]) if value else None
    if isinstance(value, Prose):
        return value.text
    return value if isinstance(value, TextNode) else None
