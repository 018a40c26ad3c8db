"""What people type, answered: the codes that it may mean, and what is to be said of them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from docgen.calls import check_argument
from docgen.code_systems import CODE_SYSTEMS, asked_system
from docgen.diagnostics import Diagnostic, Findings, quoted, refuse
from docgen.records import CodeDays
from docgen.search.index import Index
from docgen.search.texts import Hit, SearchResult

MAX_HITS = 1000
"""What a search is asked for at most."""
Days = Mapping[tuple[str, str], CodeDays]
"""By code system and code, the days on which codes may be used, where a code table names any."""


class FoundCodes(Struct, frozen=True):
    """The answer to a search."""

    result: SearchResult
    days: Days
    told: tuple[Diagnostic, ...] = ()
    """Words that nobody knows, and code tables that are damaged."""
    nothing: tuple[Diagnostic, ...] = ()
    """Why nothing was found, and what to look for instead; empty where something was."""

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The codes, the best first."""
        return self.result.hits

    def may_be_used(self, hit: Hit, day: date) -> bool:
        """Whether the code of a hit may be used on a day, as far as the code tables tell."""
        known = self.days.get((hit.code_system, hit.code))
        return known is None or known.state(day) is None


def search_codes(
    opened: Callable[[], Index],
    query: str,
    *,
    code_system: str | None = None,
    specialty: str | None = None,
    limit: int = 20,
) -> FoundCodes:
    """The codes that ``query`` may mean: a code, the beginning of one, or words of records.

    ``opened`` gives the index, once there is something to look for. ``code_system`` is cpt, hcpcs,
    icd-10-pcs or local. Raises DocgenError where there is nothing to look for in the query, for a
    code system that is not known, and for a limit below 1 or above ``MAX_HITS``.
    """
    check_argument("limit", limit, Annotated[int, Meta(ge=1, le=MAX_HITS)])
    _refuse_no_words(query)
    system, index = asked_system(code_system), opened()
    result = index.search(
        query, code_system=system.id if system else None, specialty=specialty, limit=limit
    )
    findings = Findings()
    _tell_corrections(result, findings)
    codes = ((CODE_SYSTEMS[hit.code_system], hit.code) for hit in result.hits)
    days = index.library.tables.days_of(codes, findings)
    narrowed = code_system is not None or specialty is not None
    nothing = () if result.hits else (_nothing_found(query, index, narrowed=narrowed),)
    return FoundCodes(
        result,
        {(system.id, code): one for (system, code), one in days.items()},
        findings.diagnostics,
        nothing,
    )


def _refuse_no_words(query: str) -> None:
    if any(character.isalnum() for character in query):
        return
    raise refuse(
        "no-words",
        f"there is no letter and no digit to look for in {quoted(query)}",
        hint="name a code, the beginning of one, or words",
    )


def _tell_corrections(result: SearchResult, findings: Findings) -> None:
    for word, near in result.corrections.items():
        either = " or ".join(map(quoted, near))
        findings.warning(
            "unknown-word", f"no record has the word {quoted(word)}; looked for {either} instead"
        )


def _nothing_found(query: str, index: Index, *, narrowed: bool) -> Diagnostic:
    near = index.library.near_codes(query)
    words = index.like_spelled(query)
    if near:
        hint = f"known codes like it: {', '.join(near)}"
    elif words:
        hint = f"words of records like it: {', '.join(words)}"
    elif narrowed:
        hint = "use fewer or other words, or search without --code-system and --specialty"
    else:
        hint = "use fewer or other words"
    return Diagnostic("nothing-found", f"nothing was found for {quoted(query)}", None, hint)
