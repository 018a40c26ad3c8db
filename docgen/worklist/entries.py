"""What a worklist says, row by row, whatever form it has."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from msgspec import Struct

from docgen.diagnostics import Diagnostic, Span
from docgen.document import Visit


class ListedCode(Struct, frozen=True):
    """A procedure as a worklist names it."""

    code: str
    code_system: str | None = None
    """Id of the code system, such as cpt; None where the worklist does not say."""
    span: Span | None = None
    """Where the worklist says so, for refusals of the code."""


class Entry(Struct, frozen=True, kw_only=True):
    """One visit of one patient, as a worklist orders its packet.

    None stands for what the worklist does not say. ``repr`` shows no value of it.
    """

    visit: Visit
    patient_id: str | None = None
    codes: tuple[ListedCode, ...]
    language: str | None = None
    large_print: bool | None = None
    copies: int = 1
    layouts: tuple[str, ...] | None = None
    clinic: str | None = None

    def __repr__(self) -> str:
        return "Entry(…)"


class Row(Struct, frozen=True, kw_only=True):
    """One row of a worklist: what it says, or why it cannot be used."""

    number: int
    """As a spreadsheet counts: the headings of a table are row 1, and a row may go on over several
    lines; below a quote that is wrong, each line is one. Lines of JSON and appointments of a FHIR
    bundle count from 1, without those that are left out."""
    cells: tuple[str, ...]
    """The row as it stands, one text for each of the worklist's ``columns``, of which the last may
    be left out: to correct it and feed it back."""
    entry: Entry | None
    span: Span | None = None
    """Where the row stands."""
    problems: tuple[Diagnostic, ...] = ()
    """Why there is no entry, or warnings about it; no message repeats a value of a patient."""

    def __repr__(self) -> str:
        return f"Row(number={self.number}, …)"


class LeftOut(Struct, frozen=True):
    """A row whose visit does not take place, or is over: why, in the word that is counted."""

    reason: str


def kept(made: Iterable[Row | LeftOut], left_out: Counter[str]) -> Iterator[Row]:
    """The rows that are to be printed; the others are counted, by reason."""
    for one in made:
        if isinstance(one, LeftOut):
            left_out[one.reason] += 1
        else:
            yield one


class Worklist(Protocol):
    """A worklist that is read as a stream: memory does not grow with its length.

    It can be iterated more than once; each time it is read anew from its file.
    """

    columns: tuple[str, ...]
    """The headings of the worklist, in its order; complete once all rows were read."""
    left_out: Mapping[str, int]
    """How many rows were left out for what reason, such as {"cancelled": 3}; complete once all
    rows were read."""
    incomplete: bool
    """Whether the file says itself that it may not be the whole day."""

    def __iter__(self) -> Iterator[Row]: ...
