"""Whether the fonts of a theme can print a text: no character may be missing on paper."""

from msgspec import Struct

from docgen.compose.expressions import Expression
from docgen.diagnostics import Findings, Span
from docgen.document import StyleSheet
from docgen.source import Text

TOLD = 5
"""How many characters of one text are told of by name; a text in a foreign script has hundreds."""


class Lettering(Struct, frozen=True):
    """Checks texts against the fonts of the text styles that they are printed in."""

    styles: StyleSheet

    def check(self, text: str, style: str, source: Text | Expression, findings: Findings) -> None:
        """Tells of every character of a text that no font of its style prints right."""
        if text.isascii() and text.isprintable():
            return
        from docgen.fonts import unprintable  # noqa: PLC0415 - ASCII needs no font's table

        families = (self.styles.text[style].family, *self.styles.fallback)
        hint = f"write it another way; the fonts here are {', '.join(dict.fromkeys(families))}"
        found = {stranger.character: stranger for _, stranger in unprintable(text, families)}
        strangers = list(found.values())
        for stranger in strangers[:TOLD]:
            findings.error(
                "unprintable-character",
                f"{_name(source)!r} has {stranger.describe()}: {stranger.reason}",
                _place(stranger.character, source),
                hint,
            )
        if len(strangers) > TOLD:
            more = (
                f"{_name(source)!r} has {len(strangers) - TOLD} more such characters from here on"
            )
            place = _place(strangers[TOLD].character, source)
            findings.error("unprintable-character", more, place, hint)


def _name(source: Text | Expression) -> str:
    return source.path if isinstance(source, Text) else source.source


def _place(character: str, source: Text | Expression) -> Span:
    if isinstance(source, Expression):
        return source.span()
    offset = source.value.find(character)
    return source.locate(offset) if offset >= 0 else source.span
