"""Passwords that open a PDF, in the one form that every reader makes of them.

ISO 32000-2, 7.6.4.3.3: a password is prepared with SASLprep (RFC 4013) and written in UTF-8. Only
what every reader prepares alike is taken. No message quotes a password.
"""

import stringprep
import unicodedata

from docgen.diagnostics import DocgenError, Findings, Span, refuse

MAX_BYTES = 127
"""Length of a password in UTF-8: further bytes would be ignored."""

FEWEST_CHARACTERS = 8

_PROHIBITED = (
    stringprep.in_table_c12,
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
    stringprep.in_table_a1,
)


def prepare_password(password: str, place: Span | None = None) -> str:
    """A password as a PDF's key is made of it (SASLprep, RFC 4013, for stored strings).

    Raises DocgenError, at the place that the password comes from, where readers would disagree
    about it.
    """
    prepared = unicodedata.normalize("NFKC", "".join(map(_mapped, password)))
    if not prepared.strip():
        raise refuse("bad-password", "the password is empty", place, "write at least 8 characters")
    if any(prohibited(char) for char in prepared for prohibited in _PROHIBITED):
        raise _unsure("the password holds a character that not every PDF reader takes", place)
    if _mixes_directions(prepared):
        raise _unsure("the password mixes scripts that run to the right and to the left", place)
    if len(prepared.encode()) > MAX_BYTES:
        raise refuse(
            "bad-password",
            f"the password is longer than {MAX_BYTES} bytes, the limit of PDF",
            place,
            "shorten it; beyond ASCII, a character takes two to four bytes",
        )
    return prepared


def tell_if_short(password: str, findings: Findings) -> None:
    """Warns of a password that can be found by trying."""
    if len(password) < FEWEST_CHARACTERS:
        findings.warning(
            "short-password",
            f"the password has fewer than {FEWEST_CHARACTERS} characters and can be guessed",
            hint="choose a longer one, such as four words",
        )


def _mapped(char: str) -> str:
    """RFC 4013, 2.1: any space is a space, and what no one sees is nothing."""
    if stringprep.in_table_c12(char):
        return " "
    return "" if stringprep.in_table_b1(char) else char


def _mixes_directions(text: str) -> bool:
    """RFC 3454, 6: text with a letter that runs to the left begins and ends with one."""
    to_left = [stringprep.in_table_d1(char) for char in text]
    if not any(to_left):
        return False
    return not (to_left[0] and to_left[-1]) or any(map(stringprep.in_table_d2, text))


def _unsure(message: str, place: Span | None) -> DocgenError:
    return refuse(
        "bad-password", message, place, "use letters, digits, blanks and marks of a keyboard"
    )
