"""Whether the fonts of a theme can print a text: no character may be missing on paper."""

from typing import Final

from msgspec import Struct

from docgen.compose.expressions import Expression
from docgen.diagnostics import Findings, Span
from docgen.document import StyleSheet
from docgen.source import TextNode

UNPRINTABLE: Final = "unprintable-character"
TOLD = 5
"""How many characters of one text are told of by name; a text in a foreign script has hundreds."""


class HouseWords(Struct, frozen=True):
    """Where words of docgen's own come from: they stand in no file."""

    name: str
    span: Span
    """The place that asks for them."""


class Joined(Struct, frozen=True):
    """Where a text comes from that an expression puts together."""

    expression: Expression
    texts: tuple[TextNode, ...]


Holder = TextNode | Expression | HouseWords
Source = Holder | Joined


class Lettering(Struct, frozen=True):
    """Checks texts against the fonts of the text styles that they are printed in."""

    styles: StyleSheet

    def check(self, text: str, style: str, source: Source, findings: Findings) -> None:
        """Tells of every character of a text that no font of its style prints right."""
        if text.isascii() and text.isprintable():
            return
        from docgen.fonts import unprintable  # noqa: PLC0415 - ASCII needs no font's table

        families = (self.styles.text[style].family, *self.styles.fallback)
        hint = f"write it another way; the fonts here are {', '.join(dict.fromkeys(families))}"
        found = {stranger.character: stranger for _, stranger in unprintable(text, families)}
        strangers = list(found.values())
        for stranger in strangers[:TOLD]:
            holder = _holder(stranger.character, source)
            findings.error(
                UNPRINTABLE,
                f"{_name_of_holder(holder)!r} has {stranger.describe()}: {stranger.reason}",
                _place_of_character(stranger.character, holder),
                hint,
            )
        if len(strangers) > TOLD:
            holder = _holder(strangers[TOLD].character, source)
            left = len(strangers) - TOLD
            more = f"{_name_of_holder(holder)!r} has {left} more such characters from here on"
            place = _place_of_character(strangers[TOLD].character, holder)
            findings.error(UNPRINTABLE, more, place, hint)


def _holder(character: str, source: Source) -> Holder:
    """Which of several texts has a character, or else the expression that joins them."""
    if not isinstance(source, Joined):
        return source
    return next((text for text in source.texts if character in text.value), source.expression)


def _name_of_holder(holder: Holder) -> str:
    match holder:
        case TextNode():
            return holder.path
        case Expression():
            return holder.source
    return holder.name


def _place_of_character(character: str, source: Holder) -> Span:
    match source:
        case Expression():
            return source.span()
        case HouseWords():
            return source.span
    offset = source.value.find(character)
    return source.locate(offset) if offset >= 0 else source.span
