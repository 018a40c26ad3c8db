"""Characters that no sheet can print: found in the file itself, before anything is read from it."""

import re
from collections.abc import Iterator

from docgen.diagnostics import Findings, Span
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


def refuse_unprintable(source: SourceText, findings: Findings) -> None:
    """Finds every character of a file that cannot be printed, up to a sensible count."""
    indexes = (match.start() for match in _REFUSED.finditer(source.text))
    _report(((source.span(index), source.text[index]) for index in indexes), findings)


def refuse_unprintable_value(scalar: Scalar, findings: Findings) -> None:
    """The same for a value whose escapes may stand for such characters."""
    indexes = (match.start() for match in _REFUSED.finditer(scalar.value))
    _report(((scalar.locate(index), scalar.value[index]) for index in indexes), findings)


def _report(places: Iterator[tuple[Span, str]], findings: Findings) -> None:
    for count, (span, char) in enumerate(places):
        if count == _SHOWN:
            findings.error(
                "unprintable-character",
                f"there are more such characters; only the first {_SHOWN} are listed",
                span,
                "was this file made by a word processor? Save it as plain text",
            )
            return
        findings.error("unprintable-character", *_sentence(ord(char), span))


def _sentence(code: int, span: Span) -> tuple[str, Span, str]:
    name = f"U+{code:04X}"
    if code in _LINE_SEPARATORS:
        return f"{name} is an invisible line separator", span, "break the line with Enter instead"
    if code == _BYTE_ORDER_MARK:
        return f"{name} is an invisible mark inside of the text", span, "delete it"
    if code == _REPLACEMENT:
        return f"{name} stands for a letter that was lost", span, "write the letter that is meant"
    if code <= _LAST_CONTROL:
        return f"{name} is a control character, which cannot be printed", span, "delete it"
    return (
        f"{name} is not a character that every computer shows the same",
        span,
        "delete it, or write the character that it is meant to be",
    )
