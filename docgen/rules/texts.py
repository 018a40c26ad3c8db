"""Rules about text and encodings."""

from typing import Final, Literal

Refused = Literal[
    "line-break",
    "mojibake",
    "not-text",
    "not-utf-8",
    "typographic-quotes",
    "undecodable",
    "unknown-encoding",
    "unseen-character",
]

Warned = Literal["assumed-encoding"]

Either = Literal["lines-run-together"]

MEANINGS: Final[dict[Refused | Warned | Either, str]] = {
    "assumed-encoding": "the encoding of a file was told by its bytes, not by what names it",
    "line-break": "a line break stands where a text has one line",
    "lines-run-together": "lines that were broken by hand would be printed as one",
    "mojibake": "letters were damaged by reading text in a wrong encoding",
    "not-text": "a file is no plain text, or is damaged",
    "not-utf-8": "a file is not text in UTF-8",
    "typographic-quotes": "typographic quotes stand where straight ones put a value in quotes",
    "undecodable": "a letter was lost, since it is not in the encoding of the rest",
    "unknown-encoding": "the encoding of a file cannot be told, or is not known",
    "unseen-character": "a character that nobody sees stands in a value or between values",
}
