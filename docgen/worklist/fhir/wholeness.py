"""Whether a FHIR file is the whole of what was asked for, as far as it says so itself.

``Bundle.total`` counts the matches of a search on all its pages: neither what was included with
them nor outcomes, and not the entries of this page
(http://hl7.org/fhir/R4/bundle-definitions.html#Bundle.total). What an entry is, ``search.mode``
says, which servers may leave out. Errors come as resources of the type OperationOutcome: as an
entry, as the outcome of a request in a batch, or as a line of a bulk export.
"""

import re
from collections import Counter
from typing import Any, Final, Literal

from docgen.diagnostics import Findings, Span

OUTCOME: Final = "OperationOutcome"
_OTHER_PAGES: Final = ("next", "previous", "prev")
_HARMLESS: Final = ("warning", "information", "success")
"""Severities (the last one is of R5) that do not say that something is missing."""
_FAILED: Final = re.compile("[45][0-9]{2}")
"""Status codes of HTTP that begin the status of a request that came to nothing."""
_SEARCHED: Final = re.compile(r"/(Appointment|ServiceRequest|Procedure)(?:/_search)?/?(?:\?|$)")
"""What a Bundle's link to itself says was searched for, where it is a kind of visit."""
_EXPORT: Final = "have the whole day exported"


class Wholeness:
    """Gathers what a file says of itself while it is read."""

    def __init__(self) -> None:
        self._total: Any = None
        self._total_at: Span | None = None
        self._searched: str | None = None
        self._page_at: Span | None = None
        self._matches = 0
        self._unmarked: Counter[str] = Counter()
        """Entries of which nobody says whether they match, by the type of their resource."""
        self._failures: list[Span] = []
        self._warnings: list[Span] = []

    def member(self, key: str, value: Any, span: Span) -> None:
        """Takes in a property of the Bundle itself, other than its entries."""
        if key == "total":
            self._total = value if self._total_at is None else "twice"
            self._total_at = span
        if key != "link" or not isinstance(value, list):
            return
        for link in value:
            if isinstance(link, dict):
                self._link(link.get("relation"), link.get("url"), span)

    def entry(self, entry: Any, span: Span) -> None:
        """Takes in an entry of the Bundle, whatever it is."""
        if not isinstance(entry, dict):
            self._unmarked[""] += 1
            return
        resource, search, response = (
            one if isinstance(one, dict) else {}
            for one in map(entry.get, ("resource", "search", "response"))
        )
        kind = resource.get("resourceType")
        if kind == OUTCOME:
            self.outcome(resource, span)
        self._response(response, span)
        mode = search.get("mode")
        if mode == "match":
            self._matches += 1
        elif mode not in ("include", "outcome") and kind != OUTCOME:
            self._unmarked[kind if isinstance(kind, str) else ""] += 1

    def outcome(self, resource: dict[str, Any], span: Span) -> None:
        """Takes in an OperationOutcome. One whose severity is not known may be an error."""
        issues = resource.get("issue")
        severities = [
            issue.get("severity") if isinstance(issue, dict) else None
            for issue in (issues if isinstance(issues, list) else ())
        ]
        if not severities or any(one not in _HARMLESS for one in severities):
            self._failures.append(span)
        elif "warning" in severities:
            self._warnings.append(span)

    def tell(self, findings: Findings, *, incomplete: bool) -> bool:
        """Whether something is missing, or may be; told as warnings where that is allowed."""
        for span in self._warnings[:1]:
            findings.warning(
                "server-warning",
                f"the server adds a warning to its answer{_more(self._warnings)}",
                span,
                "see what the OperationOutcome says",
            )
        gaps = [gap for gap in (self._pages(), self._fewer(), self._failed_at_server()) if gap]
        for rule, message, span, remedy in gaps:
            if incomplete:
                findings.warning(rule, f"{message}: the day may be incomplete", span, remedy)
            else:
                hint = f"{remedy}; or make what is there with --incomplete"
                findings.error(rule, message, span, hint)
        return bool(gaps)

    def _link(self, relation: Any, url: Any, span: Span) -> None:
        if relation in _OTHER_PAGES:
            self._page_at = span
        if relation == "self" and isinstance(url, str):
            searched = _SEARCHED.search(url)
            self._searched = searched[1] if searched else None

    def _response(self, response: dict[str, Any], span: Span) -> None:
        status, outcome = response.get("status"), response.get("outcome")
        if isinstance(status, str) and _FAILED.match(status):
            self._failures.append(span)
        elif isinstance(outcome, dict):
            self.outcome(outcome, span)

    def _pages(self) -> "_Gap | None":
        if self._page_at is None:
            return None
        return (
            "more-pages",
            "the Bundle is one page of several: its server has more than this",
            self._page_at,
            "fetch the pages that its links lead to, and put all resources into one file (NDJSON)",
        )

    def _fewer(self) -> "_Gap | None":
        """Entries without a mode may match, if they may be of the type that was searched for."""
        total, span = self._total, self._total_at
        if total is None or span is None:
            return None
        if not isinstance(total, int) or isinstance(total, bool) or total < 0:
            message = "Bundle.total is no number, so that nobody can tell whether all is there"
            return "bad-total", message, span, _EXPORT
        may_match = [self._searched, ""] if self._searched else self._unmarked
        there = self._matches + sum(self._unmarked[kind] for kind in may_match)
        if total <= there:
            return None
        message = f"the Bundle counts {total:,} matches, but holds no more than {there:,}"
        return "fewer-than-total", message, span, _EXPORT

    def _failed_at_server(self) -> "_Gap | None":
        if not self._failures:
            return None
        return (
            "server-error",
            f"the server says that something of its answer failed{_more(self._failures)}",
            self._failures[0],
            f"see what the OperationOutcome says, and {_EXPORT}",
        )


_Gap = tuple[Literal["more-pages", "bad-total", "fewer-than-total", "server-error"], str, Span, str]


def _more(places: list[Span]) -> str:
    return f", and {len(places) - 1:,} times more" if len(places) > 1 else ""
