"""Rules about search and preview."""

from typing import Final, Literal

Refused = Literal[
    "bad-host",
    "index-busy",
    "no-full-text-search",
    "no-words",
    "nothing-found",
    "port-in-use",
    "port-refused",
]

Warned = Literal[
    "index-in-memory",
    "index-rebuilt",
    "open-to-all",
    "unknown-word",
]

MEANINGS: Final[dict[Refused | Warned, str]] = {
    "bad-host": "the preview cannot be served at an address",
    "index-busy": "another docgen is building the index of all codes",
    "index-in-memory": "the index of all codes cannot be kept on the disk",
    "index-rebuilt": "the index of all codes was damaged and made anew",
    "no-full-text-search": "this Python's SQLite has no full-text search",
    "no-words": "a search has no letter and no digit to look for",
    "nothing-found": "nothing was found, or there is nothing to import",
    "open-to-all": "other computers can see the preview",
    "port-in-use": "a port is in use already",
    "port-refused": "the system does not let the preview use a port",
    "unknown-word": "no record has a word, and a near one was looked for",
}
