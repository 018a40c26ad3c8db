"""A text as it stands in its file, line by line, and what is told of lines that run together."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from docgen.diagnostics import Findings
from docgen.measures import holds_quantity
from docgen.source.hand_breaks import WrittenLine, broken_by_hand
from docgen.source.nodes import Scalar, TextNode

RUN_TOGETHER: Final = "lines-run-together"
_UNFOLDED = frozenset(("literal", "json"))
"""Styles of values whose lines are those of the file, or written with escapes."""
_LINE_END = re.compile(r"(?<!\\)(?:\r\n?|\n)")
"""The end of a line in a file; the one behind a backslash is no part of a value."""
_MARKERS = re.compile(r"(?:(?:[-+*]|\d{1,9}[.)])\s+)+")
"""The signs of CommonMark's items, on the first line of what stands in them."""
_KEPT = re.compile(r"(?:  |(?<!\\)\\)\Z")
"""What ends a line that CommonMark keeps."""
_MARKUP = re.compile(r"[*\\]")

_AS_BLOCKS = (
    "begin each with '- ' or '1. ' where they are a list; else leave a blank line between them, or "
    "end the upper one with a backslash"
)
_AS_ONE = "write them on one line, with the signs between that they need"
_LITERAL = "write '|' before the text, so that its lines stay; then "


def tell_joined_lines(text: TextNode, findings: Findings) -> None:
    """Tells of lines broken by hand in a text that is printed as one line."""
    if not text.keeps_lines and _spans_lines(text.scalar):
        WrittenLines(text, text.value).tell_of_line(findings)


class _Line(Struct, frozen=True):
    """A line that says something, and how it ends."""

    offset: int
    written: WrittenLine
    folded: bool
    """Whether YAML joins it to the next one."""
    kept: bool = False
    """Whether the next one is printed below it."""
    parted: bool = False
    """Whether a blank line stands below it, which is not printed."""


class WrittenLines:
    """The lines of a text, those included that YAML folds."""

    def __init__(self, text: TextNode, value: str) -> None:
        """``value`` is the text or, as long as it, one with other characters in some places."""
        self._text = text
        self._value = value
        self._folded, self._parted = _folds(text)
        self._shown = value
        if self._folded:
            shown = [*value]
            for offset in self._folded:
                # What stands in for an expression hides the ends of its lines.
                shown[offset] = "\n" if value[offset] == " " else value[offset]
            self._shown = "".join(shown)

    def lines(self) -> list[str]:
        """The lines that say something, without blanks around them."""
        return [line.strip() for line in self._shown.split("\n") if line.strip()]

    def tell_of_paragraph(self, begin: int, end: int, findings: Findings) -> None:
        """Tells of lines that CommonMark makes one text of though they were broken by hand.

        ``begin`` and ``end`` are offsets around the lines of a paragraph.
        """
        if "\n" in self._shown[begin:end]:
            self._tell_run_together([*self._prose_lines(begin, end)], _AS_BLOCKS, findings)

    def tell_of_line(self, findings: Findings) -> None:
        """Tells of lines broken by hand in a text that is printed as one line."""
        if "\n" in self._shown:
            self._tell_run_together([*self._plain_lines()], _AS_ONE, findings)

    def tell_of_folds(self, findings: Findings) -> None:
        """Tells of them in a text that keeps its lines, but for those that YAML folds."""
        if self._folded or self._parted:
            self.tell_of_line(findings)

    def _prose_lines(self, begin: int, end: int) -> Iterator[_Line]:
        for start, raw in _split(self._shown, begin, end):
            text = raw.strip()
            marker = _MARKERS.match(text) if start == begin else None
            sign = marker[0] if marker else ""
            at_end = start + len(raw)
            yield _Line(
                start + len(raw) - len(raw.lstrip()) + len(sign),
                WrittenLine(text[len(sign) :], len(raw.rstrip()), sign.strip()),
                folded=at_end in self._folded,
                kept=at_end not in self._folded and _KEPT.search(raw) is not None,
                parted=at_end in self._parted,
            )

    def _plain_lines(self) -> Iterator[_Line]:
        rows = list(_split(self._shown, 0, len(self._shown)))
        for (start, raw), (_, below) in zip(rows, [*rows[1:], (0, "")], strict=True):
            if raw.strip():
                yield _Line(
                    start + len(raw) - len(raw.lstrip()),
                    WrittenLine(raw.strip(), len(raw.rstrip())),
                    folded=start + len(raw) in self._folded,
                    parted=not below.strip() or start + len(raw) in self._parted,
                )

    def _tell_run_together(self, lines: list[_Line], remedy: str, findings: Findings) -> None:
        apart = {*broken_by_hand([line.written for line in lines])}
        told = [
            number
            for number, above in enumerate(lines[:-1], 1)
            if above.parted or (number in apart and not above.kept)
        ]
        if not told:
            return
        said = [holds_quantity(_MARKUP.sub("", line.written.text)) for line in lines]
        doses = [number for number in told if said[number - 1] or said[number]]
        first = (doses or told)[0]
        span = self._text.locate(lines[first].offset)
        several = len(told) > 1
        which = f"this line and {len(told) - 1} more" if several else "this line"
        where = f"printed right behind {'those' if several else 'the one'} above"
        keeps = lines[first - 1].folded and remedy is _AS_BLOCKS
        hint = f"{_LITERAL}{remedy}" if keeps else remedy
        if doses:
            message = f"{which} would be {where}, and a number with its unit stands there"
            findings.error(RUN_TOGETHER, message, span, hint)
        else:
            message = f"{which} {'are' if several else 'is'} {where}"
            findings.warning(RUN_TOGETHER, message, span, hint)


def _spans_lines(scalar: Scalar) -> bool:
    source = scalar.source
    if "\n" in scalar.value:
        return True
    return source is not None and source.text.find("\n", scalar.start, scalar.end) >= 0


def _split(shown: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    """The lines of a stretch, each with its offset."""
    for raw in shown[begin:end].split("\n"):
        yield begin, raw
        begin += len(raw) + 1


def _folds(text: TextNode) -> tuple[frozenset[int], frozenset[int]]:
    """The offsets of blanks that are ends of lines in the file, and of line ends that are blank
    lines there: YAML folds both.

    A plain value over the lines ``Take 5 mg``, ``at night.``, a blank one and ``Rest.`` is read as
    ``Take 5 mg at night.`` above ``Rest.`` The blank at 9 was one end of a line, as its places in
    the file show: what lies between it and the next character holds a line end. The end of a line
    at 19 was two of them.
    """
    nothing: frozenset[int] = frozenset()
    scalar, source = text.scalar, text.scalar.source
    if source is None or scalar.style in _UNFOLDED:
        return nothing, nothing
    raw = source.text[scalar.start : scalar.end]
    if not text.keeps_lines and not _may_run_together(raw, scalar):
        return nothing, nothing
    places = [*source.alignment(scalar.start, scalar.end, scalar.style, scalar.value), len(raw)]
    ends = {
        offset: len(_LINE_END.findall(raw, places[offset], places[offset + 1]))
        for offset, char in enumerate(scalar.value)
        if char in " \n"
    }
    folded = (offset for offset, count in ends.items() if count and scalar.value[offset] == " ")
    parted = (offset for offset, count in ends.items() if count > 1)
    return frozenset(folded), frozenset(parted)


def _may_run_together(raw: str, scalar: Scalar) -> bool:
    """Whether a look at the lines of a file finds any that are folded and were broken by hand.

    Few were, and to find the place of each character takes time.
    """
    rows = raw.splitlines()[scalar.style == "folded" :]
    while rows and not rows[-1].strip():
        rows.pop()
    if len(rows) < 2:  # noqa: PLR2004 - one line is folded with none
        return False
    lines = [WrittenLine(row.strip(), len(row.rstrip())) for row in rows]
    return not all(line.text for line in lines) or any(broken_by_hand(lines))
