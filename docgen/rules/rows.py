"""Rules about worklists and tables."""

from typing import Final, Literal

Refused = Literal[
    "after-wrong-quote",
    "ambiguous-date",
    "cell-too-long",
    "contradictory-status",
    "duplicate-column",
    "duplicate-form",
    "duplicate-value",
    "idle-entry",
    "line-too-long",
    "missing-column",
    "missing-headings",
    "missing-value",
    "not-json-lines",
    "not-local-time",
    "rounded-number",
    "row-in-quotes",
    "stray-quote",
    "text-after-quote",
    "truncated-worklist",
    "unknown-layout",
    "unknown-status",
    "unread-status",
    "wrong-cell-count",
]

Warned = Literal["unknown-column"]

Either = Literal["bad-date"]

MEANINGS: Final[dict[Refused | Warned | Either, str]] = {
    "after-wrong-quote": "a row stands below a quote that is wrong, and may be part of its cell",
    "ambiguous-date": "a day fits several forms that mean different days",
    "bad-date": "a day is none, could mean several days, or contradicts another one",
    "cell-too-long": "a cell has more characters than a spreadsheet keeps",
    "contradictory-status": "a row says both that its visit takes place and that it does not",
    "duplicate-column": "a heading or a field has more than one column",
    "duplicate-form": "a map names the same form of dates twice",
    "duplicate-value": "a map says the same word twice",
    "idle-entry": "an entry of a map says nothing of this worklist",
    "line-too-long": "a line is longer than the limit for one",
    "missing-column": "a column that is needed, or named, is not there",
    "missing-headings": "no column has a heading that is known",
    "missing-value": "a row or record lacks a value that it needs",
    "not-json-lines": "a file is JSON, but not an object on each line",
    "not-local-time": "a time is in UTC, which no clinic's clock shows",
    "rounded-number": "a spreadsheet has rounded a long number",
    "row-in-quotes": "the quotes of a cell hold what looks like a row of its own",
    "stray-quote": "a quote stands where none can be told to open or close a cell",
    "text-after-quote": "text follows the quote that closes a cell",
    "truncated-worklist": "a worklist breaks off, and visits may be missing",
    "unknown-column": "a column or key is none that is known, and is not read or kept apart",
    "unknown-layout": "a row asks for a layout that is not known",
    "unknown-status": "a status is none that is known",
    "unread-status": "a column seems to say whether visits take place, and the map does not say so",
    "wrong-cell-count": "a row has more or fewer cells than the headings",
}
