"""Rules about texts of records and layouts."""

from typing import Final, Literal

Refused = Literal[
    "bad-link",
    "bad-number",
    "bad-text",
    "empty-link",
    "empty-value",
    "not-prose",
    "template-syntax",
    "text-too-long",
    "unknown-filter",
    "unknown-name",
]

Either = Literal["empty-item"]

MEANINGS: Final[dict[Refused | Either, str]] = {
    "bad-link": "a link leads where no sheet may lead",
    "bad-number": "a numbered step would be printed with another number",
    "bad-text": "a text has several lines or blocks where one line belongs",
    "empty-item": "nothing stands behind the sign of a list item",
    "empty-link": "a link has no text that can be read",
    "empty-value": "an expression has no value where one belongs",
    "not-prose": "a text has parts of CommonMark that no sheet prints, such as HTML",
    "template-syntax": "an expression cannot be read",
    "text-too-long": "a text is longer than the limit for one",
    "unknown-filter": "a filter of an expression is not known",
    "unknown-name": "a name in an expression is not known",
}
