"""Slips of the hand that YAML reads as something else: quotes, hashes, dashes, blanks and tabs.

Word processors and phones put typographic quotes, dashes and no-break spaces where keys say plain
ones. YAML takes them for text, or stumbles over the line below.
"""

import re
import unicodedata
from typing import NamedTuple

from docgen.diagnostics import ErrorRule, Findings, Span
from docgen.source.nodes import Scalar, SourceText

_SHOWN = 20
_OPENING = "“”„‟«»‘’‚‛"
_WRAPPED = re.compile(f"[{_OPENING}][^“”„«»‘]*[{_OPENING}\"']")
_LOST = re.compile(r"[ \t]+#(?=[^\s#])")
_UNSEEN = re.compile("[\u00a0\u00ad\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000]")
_TAB_INDENT = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)
_INDENT = re.compile(r"\s*")
_TIGHT_DASH = re.compile(r"(\s*)-([^\s-]|\u00a0)")
_TIGHT_COLON = re.compile(r"\s*(?:- +)?\w[\w-]*([:\uff1a])(?=[^\s/]|\u00a0|$)")
_TYPOGRAPHIC = re.compile(rf"(?:^|[:\[{{,-])\s+([{_OPENING}])")
_BLOCK_TEXT = re.compile(r"[|>][+-]?\s*$")
_HASHED, _HASH_FIRST = '"Suite #4"', '"#1b4f72"'
_INDENT_HINT = "lines that belong together start in the same column, indented by spaces"
QUOTE_HINT = (
    'put straight quotes " before and after it; typographic ones that are to be printed go inside'
)


class Slip(NamedTuple):
    """What a line has wrong, where, and what to write instead."""

    rule: ErrorRule
    message: str
    hint: str
    place: Span


def check_plain(scalar: Scalar, findings: Findings) -> None:
    """Tells where a value without quotes is not what its author sees: wrapped, or cut short."""
    if scalar.value and scalar.value[0] in _OPENING and _WRAPPED.fullmatch(scalar.value):
        findings.error(
            "typographic-quotes",
            f"typographic quotes such as {scalar.value[0]} do not put a value in quotes",
            scalar.span,
            QUOTE_HINT,
        )
    if scalar.source is None:
        return
    lost = _LOST.match(scalar.source.text, scalar.end)
    if lost:
        findings.error(
            "lost-after-hash",
            "this # and what follows it is a comment, not part of the value",
            scalar.source.span(lost.end() - 1),
            f"put the whole value in quotes, as in {_HASHED if scalar.value else _HASH_FIRST}; "
            "a comment that is meant begins with # and a space",
        )


def check_key(key: Scalar, findings: Findings) -> bool:
    """Whether a name has only characters that can be seen; tells of others."""
    unseen = _UNSEEN.search(key.value)
    if unseen is None:
        return True
    if unseen.start() == 0:
        message, hint = _blank_message(unseen[0]), "delete it and indent by spaces"
    else:
        message = f"in this name stands {_name_of_space(unseen[0])}, which nobody sees"
        hint = "delete the name and type it anew"
    findings.error("unseen-character", message, key.locate(unseen.start()), hint)
    return False


def tabs(source: SourceText) -> list[Slip]:
    """Every line that a tab indents, up to a sensible count."""
    found = [match.end() - 1 for match in _TAB_INDENT.finditer(source.text)]
    return [
        Slip(
            "bad-yaml",
            "a tab stands where only spaces may indent",
            "replace the tab by spaces",
            source.span(source.text.rindex("\t", 0, index + 1)),
        )
        for index in found[:_SHOWN]
    ]


def slip_near(source: SourceText, line: int) -> Slip | None:
    """A slip in the line that the parser stumbled over, or in the one above it."""
    here = _slip_in(source, line)
    if here is not None:
        return here
    above = _line_above(source, line)
    return _slip_in(source, above) if above else None


def too_deep_for_its_place(source: SourceText, place: Span) -> Slip | None:
    """Whether a field is indented further than the value above it can be, by a ``: ``'s place."""
    text = source.lines[place.line - 1][: place.column - 1]
    above = _line_above(source, place.line)
    if not re.fullmatch(r"\s*(?:- +)?[^\s:]+(?: [^\s:]+)*\s*", text) or not above:
        return None
    column = _indent(text)
    least = _indent(source.lines[above - 1])
    if column <= least:
        return None
    return Slip(
        "bad-yaml",
        f"this line is indented further than line {above}, so it reads as part of its value",
        f"begin it in the column of the field that it belongs beside; {_INDENT_HINT}",
        Span(source.path, place.line, column + 1),
    )


def stands_below_block_mark(source: SourceText, line: int) -> bool:
    """Whether the line above ends with ``|`` or ``>``, whose text must be indented."""
    above = _line_above(source, line)
    return above > 0 and _BLOCK_TEXT.search(source.lines[above - 1]) is not None


def like_no_item(text: str) -> str | None:
    """What to do about text that its author meant as a list, or None."""
    if text.startswith("-"):
        return "write a space after the dash: '- '"
    if text[:1] in "–—•·*‣":
        return f"begin each item with a hyphen and a space, '- ', not with {text[:1]}"
    return None


def like_no_field(text: str) -> str | None:
    """What to do about text that its author meant as a field, or None."""
    if _TIGHT_COLON.match(text):
        return "write a plain colon and a space after the name, as in 'name: value'"
    return None


def _slip_in(source: SourceText, line: int) -> Slip | None:
    text = source.lines[line - 1] if line <= len(source.lines) else ""
    if text.lstrip().startswith("#"):
        return None

    def slip(rule: ErrorRule, message: str, hint: str, column: int) -> Slip:
        return Slip(rule, message, hint, Span(source.path, line, column + 1))

    blank = _UNSEEN.search(text, 0, _indent(text))
    if blank:
        hint = "delete it and indent by spaces"
        return slip("unseen-character", _blank_message(blank[0]), hint, blank.start())
    dash = _TIGHT_DASH.match(text)
    if dash:
        message = "after the dash of a list item a space is missing"
        return slip("bad-yaml", message, "write '- ' before each item", len(dash[1]))
    quote = _TYPOGRAPHIC.search(text)
    if quote:
        message = f"typographic quotes such as {quote[1]} do not put a value in quotes"
        return slip("typographic-quotes", message, QUOTE_HINT, quote.start(1))
    colon = _TIGHT_COLON.match(text)
    if colon:
        message = "after a name a plain colon and a space must follow"
        return slip("bad-yaml", message, "write it as 'name: value'", colon.start(1))
    return None


def _line_above(source: SourceText, line: int) -> int:
    """The number of the line above that says something; 0 where there is none."""
    for number in range(min(line - 1, len(source.lines)), 0, -1):
        text = source.lines[number - 1].strip()
        if text and not text.startswith("#"):
            return number
    return 0


def _indent(text: str) -> int:
    match = _INDENT.match(text)
    return match.end() if match else 0


def _blank_message(char: str) -> str:
    return f"{_name_of_space(char)} stands where only spaces may indent"


def _name_of_space(char: str) -> str:
    name = unicodedata.name(char, "a character").lower()
    return f"a {name} (U+{ord(char):04X})"
