"""On which days a code may be used, as its code table says, and whether a given day is one."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import ClassVar, Final, Literal

from msgspec import Struct

from docgen.diagnostics import Findings, Span

CodeState = Literal["ended", "not-yet-valid"]

_HINTS: Final[dict[CodeState, str]] = {
    "ended": "find the code that took its place; a newer code list may know it",
    "not-yet-valid": "find the code that holds until then",
}
_RULES: Final[dict[CodeState, Literal["ended-code", "code-not-yet-valid"]]] = {
    "ended": "ended-code",
    "not-yet-valid": "code-not-yet-valid",
}


class CodeDays(Struct, frozen=True):
    """The first and the last day on which a code may be used; None where its table names none."""

    called: ClassVar[str] = "the days of a code"

    begins: date | None
    ends: date | None
    span: Span
    """Where the code table says so."""

    def state(self, day: date | None) -> CodeState | None:
        """What is wrong with using the code on a day; nothing is without one."""
        if day is None:
            return None
        if self.ends and day > self.ends:
            return "ended"
        return "not-yet-valid" if self.begins and day < self.begins else None

    def __str__(self) -> str:
        """``begins 2026-04-01, ends 2026-12-31``; empty where neither is known."""
        begins = f"begins {self.begins}" if self.begins else ""
        ends = f"ends {self.ends}" if self.ends else ""
        return ", ".join(filter(None, (begins, ends)))


def joined_days(rows: Iterable[CodeDays]) -> CodeDays | None:
    """The days of a code on which all rows of it agree; None where none names any."""
    named = [row for row in rows if row.begins or row.ends]
    if not named:
        return None
    begins = max((row.begins for row in named if row.begins), default=None)
    ends = min((row.ends for row in named if row.ends), default=None)
    return CodeDays(begins, ends, next((one for one in named if one.ends == ends), named[0]).span)


def check_code_days(
    code: str,
    days: CodeDays | None,
    day: date | None,
    findings: Findings,
    *,
    refused: bool = False,
    row: Span | None = None,
    is_visit: bool = False,
) -> None:
    """Tells that a code, such as ``HCPCS A0010``, had ended before a day, or begins after it.

    It is ``refused`` for it, or warned of. ``row`` is where a worklist asks for the code. The day
    is that on which a sheet is made or that of a visit, which no message repeats.
    """
    state = days.state(day) if days else None
    if days is None or state is None:
        return
    tell = findings.error if refused else findings.warning
    said = f"ended on {days.ends}" if state == "ended" else f"begins on {days.begins}"
    if row:
        table = Span(Path(days.span.path).name, days.span.line, days.span.column)
        said = f"{said} ({table})"
    when = f"and the sheet is made on {day}"
    if is_visit:
        when = f"{'before' if state == 'ended' else 'after'} the day of the visit"
    tell(_RULES[state], f"{code} {said}, {when}", row or days.span, _HINTS[state])
