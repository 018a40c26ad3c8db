"""Rules about print files."""

from typing import Final, Literal

Refused = Literal[
    "changed-document",
    "foreign-document",
    "missing-document",
    "no-room-for-mark",
    "place-for-mark-unknown",
    "no-such-row",
    "not-printable",
    "print-file-changed",
    "range-beyond-end",
    "range-breaks-packets",
    "range-breaks-sheets",
    "row-not-done",
    "run-not-done",
]

Warned = Literal[
    "order-not-known",
    "part-of-packet",
    "slips-without-names",
]

MEANINGS: Final[dict[Refused | Warned, str]] = {
    "changed-document": "a document is not what its run made",
    "foreign-document": "a document of a packet is none that docgen made for its run",
    "missing-document": "a document of a packet cannot be read",
    "no-room-for-mark": "a page has no room for the mark of its sheet",
    "place-for-mark-unknown": "a document of an earlier docgen does not say where a mark fits",
    "no-such-row": "a run has none of the rows that were named",
    "not-printable": "a PDF has no pages, or cannot be printed as it is",
    "order-not-known": "packets are in the worklist's order, since not all rows were read",
    "part-of-packet": "only a part of a packet would be printed",
    "print-file-changed": "a print file is not what its run made",
    "range-beyond-end": "a range goes on beyond the last page of its file",
    "range-breaks-packets": "a range holds a part of a packet, among other packets",
    "range-breaks-sheets": "a range does not begin and end with whole sheets of paper",
    "row-not-done": "a row that is to be printed is not made yet",
    "run-not-done": "not all packets of a run are made yet",
    "slips-without-names": "slip sheets say neither clinic nor provider",
}
