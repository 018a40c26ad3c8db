"""What speaks against translations that were put beside the texts of a record."""

from docgen.diagnostics import Diagnostic
from docgen.records.pairs import PairedTexts, TextPair
from docgen.source import Node


class Doubts:
    """Knows every translation by its node, and judges it only when it is to be printed."""

    def __init__(self) -> None:
        self._pairs: dict[Node, tuple[TextPair, PairedTexts]] = {}
        self._known: dict[Node, tuple[Diagnostic, ...]] = {}

    def add(self, texts: PairedTexts) -> None:
        """Takes up translations, each beside what it was translated from."""
        self._pairs |= {pair.translation: (pair, texts) for pair in texts.pairs}

    def refuse(self, text: Node, told: Diagnostic) -> None:
        """Takes up a text that is not to be printed, whatever it says."""
        self._known[text] = (told,)

    def about(self, text: Node) -> tuple[Diagnostic, ...]:
        """What keeps a text from being printed: nothing where it is no translation.

        Raises DocgenError where what it was translated from cannot be read as prose.
        """
        if text not in self._known:
            found = self._pairs.get(text)
            self._known[text] = _problems_of_pair(*found) if found else ()
        return self._known[text]

    def original(self, text: Node) -> str | None:
        """What a text was translated from; None where it is no translation."""
        found = self._pairs.get(text)
        return found[0].source.value if found else None


def _problems_of_pair(pair: TextPair, among: PairedTexts) -> tuple[Diagnostic, ...]:
    from docgen.records.agreement import problems  # noqa: PLC0415 - most sheets are in one language

    return problems(pair, among)
