"""Why the value of a cell cannot be used."""

from docgen.diagnostics import ErrorRule


class RefusedError(Exception):
    """A rule, what a column does to break it, and the remedy; never the value itself.

    The sentence goes on after the column's heading: ``is no day of the calendar``.
    """

    def __init__(self, rule: ErrorRule, sentence: str, hint: str) -> None:
        super().__init__(rule, sentence, hint)
        self.rule = rule
        self.sentence = sentence
        self.hint = hint
