"""Characters that no sheet can print: found in the file itself, before anything is read from it."""

import re

from docgen.diagnostics import Findings
from docgen.source.nodes import Scalar, SourceText

_SHOWN = 20
_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"
    "\ufeff\ufffd-\uffff\U000f0000-\U0010ffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 15))
    + "]"
)
_LAST_CONTROL = 0x9F
_LINE_SEPARATORS = (0x85, 0x2028, 0x2029)
_BYTE_ORDER_MARK = 0xFEFF
_REPLACEMENT = 0xFFFD


def is_unprintable(char: str) -> bool:
    """Whether a character is one of those that no sheet can print."""
    return _REFUSED.match(char) is not None


def has_unprintable(text: str) -> bool:
    """Whether any character of a text is one of those that no sheet can print."""
    return _REFUSED.search(text) is not None


def refuse_unprintable(source: SourceText, findings: Findings) -> None:
    """Finds every character of a file that cannot be printed, up to a sensible count."""
    for count, match in enumerate(_REFUSED.finditer(source.text)):
        place, code = source.span(match.start()), ord(match[0])
        if count == _SHOWN:
            findings.error(
                "unprintable-character",
                f"here and further on are more; only the first {_SHOWN} are listed",
                place,
                "was this file made by a word processor? Save it as plain text",
            )
            return
        message = f"this cannot be printed: {_name_of_character(code)}"
        findings.error("unprintable-character", message, place, _hint(code))


def refuse_unprintable_value(scalar: Scalar, findings: Findings) -> None:
    """The same for a value whose escapes may stand for such characters."""
    for match in _REFUSED.finditer(scalar.value):
        findings.error(
            "unprintable-character",
            f"this escape stands for {_name_of_character(ord(match[0]))}",
            scalar.locate(match.start()),
            "delete it; a backslash that is meant as such is written \\\\",
        )


def _name_of_character(code: int) -> str:
    """A character that cannot be printed, in words."""
    name = f"U+{code:04X}"
    if code in _LINE_SEPARATORS:
        return f"{name}, an invisible line separator"
    if code == _BYTE_ORDER_MARK:
        return f"{name}, an invisible mark"
    if code == _REPLACEMENT:
        return f"{name}, which stands for a letter that was lost"
    if code <= _LAST_CONTROL:
        return f"{name}, a control character"
    return f"{name}, which has no meaning that all computers share"


def _hint(code: int) -> str:
    if code in _LINE_SEPARATORS:
        return "delete it, and break the line with Enter instead"
    if code == _REPLACEMENT:
        return "write the letter that is meant"
    return "delete it, or write the character that is meant"
