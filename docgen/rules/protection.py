"""Rules about passwords and checked PDFs."""

from typing import Final, Literal

Refused = Literal[
    "bad-password",
    "bad-password-file",
    "damaged-pdf",
    "not-a-pdf",
    "not-validated",
    "password-needed",
    "wrong-password",
]

Warned = Literal[
    "no-claim",
    "short-password",
    "unknown-standard",
]

MEANINGS: Final[dict[Refused | Warned, str]] = {
    "bad-password": "a password cannot be used",
    "bad-password-file": "a file of passwords cannot be used",
    "damaged-pdf": "a file cannot be read as a PDF, or its syntax is broken",
    "no-claim": "a PDF claims no standard that can be checked",
    "not-a-pdf": "a file is not a PDF",
    "not-validated": "the validator cannot check a file",
    "password-needed": "a PDF opens with a password only",
    "short-password": "a password can be guessed",
    "unknown-standard": "a PDF claims a standard that the validator does not know",
    "wrong-password": "a password does not open a PDF",
}
