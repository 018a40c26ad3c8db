"""What readers hand to the import: drafts of records, and tables of codes.

A reader takes an opened input and yields drafts. It guesses nothing: what it is not sure of it
keeps under ``unplaced`` and tells in ``notes``. The import proves of every draft that no word of
the input was lost (``accounting``), writes it as a record file, and writes all or nothing.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field

from docgen.diagnostics import Diagnostic, Findings, Span


class ImportSource(Struct, frozen=True, kw_only=True):
    """One input, read whole: a file, or standard input."""

    path: Path | None
    """None for standard input."""
    shown: str
    """The path as diagnostics show it."""
    data: bytes
    column_map: Path | None = None
    """What ``--map`` names: which column of a table is which field."""

    @property
    def name(self) -> str:
        """The name of the file, or what stands for standard input."""
        return self.path.name if self.path else "standard input"


class DraftSection(Struct, frozen=True, kw_only=True):
    """A section under a heading that no field of a record is made for."""

    title: str
    text: str
    """CommonMark."""
    audience: str = "both"


class DraftPolicy(Struct, frozen=True, kw_only=True):
    """A health plan's policy, in plain text."""

    payer: str
    title: str
    number: str | None = None
    url: str | None = None
    effective: str | None = None
    """Year-month-day."""


class DraftSimilarCode(Struct, frozen=True, kw_only=True):
    """A similar code, in plain text."""

    code_system: str
    code: str
    title: str
    difference: str | None = None


class DraftReference(Struct, frozen=True, kw_only=True):
    """Where the content comes from, in plain text."""

    title: str
    publisher: str | None = None
    url: str | None = None
    accessed: str | None = None
    """Year-month-day."""


class DraftUnplaced(Struct, frozen=True, kw_only=True):
    """Words that fit no field, as they stood."""

    text: str
    heading: str | None = None


class Draft(Struct, frozen=True, kw_only=True):
    """A record as an input tells it, before it has a file.

    Titles and names are plain text; ``sections`` hold CommonMark, in which text that is not meant
    as markup is escaped (``docgen.imports.markup``).
    """

    source: Span
    """Where it begins: messages about the whole draft point there."""
    said: str
    """All that the input says of this record, word for word: what must not be lost."""
    furniture: tuple[str, ...] = ()
    """What of it is no content: headings that became fields, list numbers, navigation lines."""
    code: str | None = None
    """None where the input does not tell it: ``--code`` or ``--codes`` must."""
    code_system: str | None = None
    """``cpt``, ``hcpcs``, ``icd-10-pcs`` or ``local``."""
    title: str
    name: str | None = None
    """None where the input tells none: the title stands in for it."""
    language: str | None = None
    specialty: str | None = None
    unlisted: bool = False
    sections: Mapping[str, str] = field(default_factory=dict)
    """By the ids of ``records.SECTION_TITLES``, each CommonMark."""
    further_sections: tuple[DraftSection, ...] = ()
    policies: tuple[DraftPolicy, ...] = ()
    similar_codes: tuple[DraftSimilarCode, ...] = ()
    unplaced: tuple[DraftUnplaced, ...] = ()
    authors: tuple[str, ...] = ()
    references: tuple[DraftReference, ...] = ()
    other_fields: Mapping[str, object] = field(default_factory=dict)
    """Further fields of a record, such as ``translations`` or a whole ``provenance``, as plain
    values in the form of a record file. What is named here wins over the fields above."""
    notes: tuple[Diagnostic, ...] = ()
    """Warnings: what was divided, left out of a field, or kept under ``unplaced``."""


class TableDraft(Struct, frozen=True, kw_only=True):
    """A table of codes and titles that becomes one file ``NAME.tsv`` beside the records."""

    source: Span
    name: str
    content: str
    """The whole file, its lines ended by LF, beginning with ``# key: value`` lines."""
    codes: int
    doubts: tuple[Diagnostic, ...] = ()
    """What speaks against its input's being whole: errors, unless it is allowed to be a part."""
    notes: tuple[Diagnostic, ...] = ()


class Reader(Protocol):
    """Reads one kind of input.

    Yields drafts in the order of the input. Errors go to ``findings`` (a row that cannot be used)
    or are raised as DocgenError (the whole input cannot); after either nothing of it is written.
    """

    def __call__(
        self, source: ImportSource, findings: Findings
    ) -> Iterator[Draft | TableDraft]: ...
