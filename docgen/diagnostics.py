"""Source spans, diagnostics and the one exception family.

A diagnostic says where (``file:line:column``), what is wrong, and what to do. Raising is separate
from printing: rooms collect diagnostics and raise them together, the command line prints them.
Values of a patient's fields never belong in a diagnostic.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal
from unicodedata import category

from msgspec import Struct
from msgspec.structs import force_setattr

if TYPE_CHECKING:
    from docgen import rules

    Rule = rules.Rule
    ErrorRule = rules.ErrorRule
    WarningRule = rules.WarningRule
    ValidatorRule = rules.ValidatorRule
else:
    # To read the table of all rules takes milliseconds, which no command need wait for.
    Rule = ErrorRule = WarningRule = ValidatorRule = str

Severity = Literal["error", "warning"]

_MAX_QUOTE = 60
_MAX_LISTED = 12
_MAX_SENTENCE = 1000

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Unicode's Bidi_Control: what turns the direction of text round, and so what one reads."""
_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Categories of what moves a cursor, colours a terminal or ends a line, and of halves of surrogate
pairs, which stand for bytes of a file name that are no text."""


class Span(Struct, frozen=True, order=True):
    """A place in an input file; line and column count from 1, the column in characters.

    Both are 0 where the place is a whole file, such as a PDF, that has no lines.
    """

    path: str
    line: int
    column: int

    @classmethod
    def whole_file(cls, path: str) -> "Span":
        """The place of findings about a file that has no lines."""
        return cls(path, 0, 0)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class Diagnostic(Struct, frozen=True):
    """One finding: the rule that was broken, the sentence about it, its place and its remedy."""

    rule: Rule
    message: str
    span: Span | None = None
    hint: str | None = None
    severity: Severity = "error"

    def __post_init__(self) -> None:
        """Nobody reads on beyond a few lines, and what a message quotes may be a whole file."""
        if len(self.message) > _MAX_SENTENCE:
            force_setattr(self, "message", f"{self.message[:_MAX_SENTENCE]}…")
        if self.hint and len(self.hint) > _MAX_SENTENCE:
            force_setattr(self, "hint", f"{self.hint[:_MAX_SENTENCE]}…")

    def __str__(self) -> str:
        place = f"{self.span}: " if self.span else ""
        head = f"{place}{self.severity}[{self.rule}]: {self.message}"
        return f"{head}\n  hint: {self.hint}" if self.hint else head


class DocgenError(Exception):
    """Something was refused. Carries every diagnostic of the stage that refused it."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


class Findings:
    """Collects the diagnostics of one stage, so that all of them are told at once."""

    def __init__(self) -> None:
        self._diagnostics: list[Diagnostic] = []

    def error(
        self, rule: ErrorRule, message: str, span: Span | None = None, hint: str | None = None
    ) -> None:
        self._diagnostics.append(Diagnostic(rule, message, span, hint))

    def warning(
        self, rule: WarningRule, message: str, span: Span | None = None, hint: str | None = None
    ) -> None:
        self._diagnostics.append(Diagnostic(rule, message, span, hint, "warning"))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self._diagnostics.extend(diagnostics)

    def __len__(self) -> int:
        """How often something was told so far."""
        return len(self._diagnostics)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings in the order of their places, each told once."""
        unique = dict.fromkeys(self._diagnostics)
        return tuple(sorted(unique, key=_file_order))

    def raise_if_any(self) -> None:
        """Raises DocgenError, warnings included, when an error was found."""
        if any(diagnostic.severity == "error" for diagnostic in self._diagnostics):
            raise DocgenError(self.diagnostics)


def refuse(
    rule: ErrorRule, message: str, span: Span | None = None, hint: str | None = None
) -> DocgenError:
    """The error for a single finding, for ``raise refuse(...)``."""
    return DocgenError((Diagnostic(rule, message, span, hint),))


def visible(line: str, but: str = "") -> str:
    """A text without anything that a terminal would act on: control characters and those that turn
    the direction of text are spelled as JSON spells them, ``\\u001b``; ``but`` for some."""
    if line.isprintable():
        return line
    return "".join(one if one in but else _escaped_if_unseen(one) for one in line)


def visible_lines(text: str) -> str:
    """The same of several lines, whose ends and tabs stay."""
    return visible(text, but="\n\t")


def _escaped_if_unseen(character: str) -> str:
    if character in _TURNING or category(character) in _CONTROLS:
        return f"\\u{ord(character):04x}"
    return character


def quoted(word: str) -> str:
    """A word from an input as messages quote it: on one line, and never at length."""
    line = visible(" ".join(word.split()))
    return f"'{line}'" if len(line) <= _MAX_QUOTE else f"'{line[:_MAX_QUOTE]}…'"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to a misspelled one, or None where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only what was refused pays for it

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def some_of(words: Sequence[str], joint: str = ", ") -> str:
    """Some words of an input, and how many more there are: ``a, b and 3 more``."""
    more = len(words) - _MAX_LISTED
    shown = joint.join(words[:_MAX_LISTED])
    return f"{shown} and {more:,} more" if more > 0 else shown


def counted(number: int, what: str) -> str:
    """A number of things: ``1 page``, ``2,000 pages``."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the known word nearest to a misspelled one, or None where none is near."""
    near = nearest(word, known)
    return f"did you mean {near!r}?" if near else None


def _file_order(diagnostic: Diagnostic) -> tuple[str, int, int]:
    span = diagnostic.span
    return (span.path, span.line, span.column) if span else ("", 0, 0)
