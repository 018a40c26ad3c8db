"""What a code list would take away from the table that is there."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from docgen.diagnostics import Findings, Span
from docgen.records import codes_of

_MOST: Final = 2
"""Percent of a table's codes that a list may take away unasked. A year's changes are less in
nearly every year; a list that was cut, or that is a part only, takes away more."""
_SHOWN: Final = 3


class Loss(Struct, frozen=True):
    """The codes of a table that a list does not have, each with its line in the table.

    A code that had its last day in the table already may go: lists keep it for some years only.
    """

    gone: Sequence[tuple[str, int]]
    lasting: int
    """How many codes of the table have no last day."""
    ended: bool
    """Whether it has others."""

    @property
    def is_large(self) -> bool:
        return 100 * len(self.gone) > _MOST * self.lasting


def loss_of(table: str, new: str) -> Loss:
    """What a new table takes away from one that is there; both are texts, and may be damaged."""
    before = codes_of(table)
    after = codes_of(new)
    lasting = {code: line for code, (line, lasts) in before.items() if lasts}
    gone = [(code, line) for code, line in lasting.items() if code not in after]
    return Loss(gone, len(lasting), ended=len(lasting) < len(before))


def tell_loss(loss: Loss, table: str, place: Span, findings: Findings, *, allowed: bool) -> bool:
    """Tells what goes, if anything does; whether it is refused, as too much that nobody allowed."""
    if not loss.gone:
        return False
    some = ", ".join(f"{code} (line {line})" for code, line in loss.gone[:_SHOWN])
    more = len(loss.gone) - _SHOWN
    shown = f"{some} and {more:,} more" if more > 0 else some
    those = f"{table} that have no last day" if loss.ended else table
    message = (
        f"{len(loss.gone):,} of the {loss.lasting:,} codes of {those} are not in this list: {shown}"
    )
    if loss.is_large and not allowed:
        hint = "fetch the whole list; if these codes are to go, use --shrink: a backup is kept"
        findings.error("table-shrinks", message, place, hint)
        return True
    findings.warning("codes-gone", message, place, None)
    return False
