"""What is told of a record's language."""

from datetime import date

from msgspec import Struct

from docgen.diagnostics import Diagnostic, Span

GRADE = 8.0
SENTENCE = 20
"""Where nobody sets a limit: grade 8, and 20 words, the most that the Oxford Guide to Plain English
and the European Commission's "How to write clearly" advise. (GOV.UK allows 25.)"""
GOAL = 6.0
"""Grade that the NIH and the AMA advise for patients."""
FEW_WORDS = 10
"""Below this, a grade says little: the formulas were made for passages of 100 words."""


class ReadingLimits(Struct, frozen=True):
    """What an organization allows."""

    grade: float = GRADE
    sentence: int = SENTENCE
    """Words of the longest sentence."""
    grade_refused: bool = False
    """Whether a section above the grade is refused, or only told."""
    sentence_refused: bool = False
    review_refused: bool = False
    """Whether a record is refused that is overdue, or was never reviewed."""


class SectionReadability(Struct, frozen=True, kw_only=True):
    """How a section reads."""

    id: str
    title: str
    span: Span
    words: int
    sentences: int
    longest_sentence: int
    """In words."""
    grade: float | None
    """Flesch-Kincaid; None in languages that have no grades."""
    ease: float | None
    """INFLESZ, from 0 to 100; None in languages other than Spanish."""
    hard_words: tuple[str, ...]
    """Those of three syllables and more, the weightiest first."""
    findings: tuple[Diagnostic, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether its grade says little."""
        return self.words < FEW_WORDS


class RecordReadability(Struct, frozen=True, kw_only=True):
    """How a record's sections for patients read."""

    code_system: str
    code: str
    title: str
    language: str | None
    path: str
    words: int
    sentences: int
    longest_sentence: int
    grade: float | None
    ease: float | None
    smog: float | None
    """SMOG, which needs 30 sentences."""
    sections: tuple[SectionReadability, ...]
    findings: tuple[Diagnostic, ...]
    """Of the record as a whole."""
    pemat: dict[str, bool | None]
    """Items of PEMAT-P that a machine can check, by number; None where one does not apply."""
    reviewed_on: date | None
    review_due: date | None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, those of its sections included."""
        return (*self.findings, *(one for section in self.sections for one in section.findings))
