"""The lines of a section as paragraphs and lists."""

from collections.abc import Iterable, Iterator, Sequence

from docgen.diagnostics import Findings
from docgen.imports.markup import Block, Item, ProseListing, ProseParagraph
from docgen.imports.pages.swallowed import swallowed_sentence
from docgen.imports.pages.text import PageLine, PageWord, SavedPage, words_on_one_line
from docgen.prose import MAX_LIST_DEPTH
from docgen.source import is_broken_by_hand

_TOLERANCE = 1
"""Columns by which items of one list may be out of line."""
_SENTENCE_ENDS = (".", "!", "?", ":", ".)", '."', ".”")


class _Entry:
    """An item while its lines are read."""

    def __init__(self, line: PageLine) -> None:
        self.line = line
        self.words = list(line.words)
        self.below: list[_Part] = []


class _List:
    def __init__(self, line: PageLine) -> None:
        assert line.marker
        self.indent = line.indent
        self.style = line.marker.style
        self.entries: list[_Entry] = []


_Part = _List | list[PageWord]
"""A list, or the words of a paragraph."""


def blocks_of(page: SavedPage, lines: Sequence[PageLine], findings: Findings) -> tuple[Block, ...]:
    """The paragraphs and lists of some lines.

    Lines that were broken at the margin are joined, those broken by hand are not. Findings tell of
    each sentence that was taken out of the last item of a list, and of numbers that a record cannot
    keep.
    """
    reader = _Reader(max((line.length for line in page.lines), default=0))
    for line in lines:
        reader.take(line)
    return tuple(_finished(reader.parts, page, findings))


class _Reader:
    """Reads lines one by one; open lists lie in each other, the innermost last."""

    def __init__(self, width: int) -> None:
        self.parts: list[_Part] = []
        self._width = width
        self._open: list[_List] = []
        self._last: PageLine | None = None

    def take(self, line: PageLine) -> None:
        if line.marker:
            self._take_item(line)
        elif line.words:
            self._take_text(line)
        self._last = line

    def _take_item(self, line: PageLine) -> None:
        assert line.marker
        level = self._level(line)
        if level is None:
            while self._open and not self._is_below(line, self._open[-1]):
                self._open.pop()
            self._start_list(line)
        else:
            del self._open[level + 1 :]
        self._open[-1].entries.append(_Entry(line))

    def _level(self, line: PageLine) -> int | None:
        """The open list that an item goes on."""
        assert line.marker
        deepest = len(self._open) == MAX_LIST_DEPTH
        for level in range(len(self._open) - 1, -1, -1):
            one = self._open[level]
            same_place = abs(one.indent - line.indent) <= _TOLERANCE
            if one.style == line.marker.style and (same_place or deepest):
                return level
        return None

    def _is_below(self, line: PageLine, outer: _List) -> bool:
        """Whether an item begins a list within an item of another one."""
        if len(self._open) == MAX_LIST_DEPTH:
            return False
        if line.indent > outer.indent + _TOLERANCE:
            return True
        follows = self._last is not None and not self._last.is_blank
        return follows and abs(line.indent - outer.indent) <= _TOLERANCE

    def _start_list(self, line: PageLine) -> None:
        new = _List(line)
        place = self._open[-1].entries[-1].below if self._open else self.parts
        place.append(new)
        self._open.append(new)

    def _take_text(self, line: PageLine) -> None:
        words = self._continued(line)
        if words is not None:
            words.extend(line.words)
            return
        blank = self._last is None or self._last.is_blank
        while self._open and not (blank and line.indent > self._open[-1].indent + _TOLERANCE):
            self._open.pop()
        place = self._open[-1].entries[-1].below if self._open else self.parts
        place.append(list(line.words))

    def _continued(self, line: PageLine) -> list[PageWord] | None:
        """The words that a line goes on, or None where it begins a paragraph.

        "- Wash with soap", then "  and water." at the indent of the item's words, and then "You may
        then rest.": the second line goes on the item, the third begins a paragraph, since it
        stands at the margin though its first word had found room above. "and water." at the margin
        goes on the item as well: no sentence begins with a small letter.
        """
        last = self._last
        item = self._open[-1].entries[-1] if self._open else None
        if item and not item.words:
            return item.words
        if last is None or last.is_blank:
            return None
        if item:
            words = item.below[-1] if item.below and isinstance(item.below[-1], list) else None
            words = item.words if words is None else words
            if line.indent >= min(item.line.body_indent, item.line.indent + 2) > 0:
                return _begun_below(item) if _is_apart(last, line) else words
        else:
            found = self.parts[-1] if self.parts else None
            words = found if isinstance(found, list) else None
        return words if words is not None and self._runs_on(last, line) else None

    def _runs_on(self, last: PageLine, line: PageLine) -> bool:
        """Whether a line was broken at the margin only: its first word did not fit above."""
        if _is_apart(last, line):
            return False
        first = line.words[0].text
        if first[0].islower():
            return True
        broken = last.length + 1 + len(first) > self._width
        ended = last.text.endswith(_SENTENCE_ENDS)
        return broken or not (ended or (self._open and not line.indent))


def _is_apart(last: PageLine, line: PageLine) -> bool:
    """Whether a line was broken off the one above it by hand."""
    return is_broken_by_hand(last.text.rjust(last.length), line.text, narrow=True)


def _begun_below(item: _Entry) -> list[PageWord]:
    """A new paragraph within an item."""
    words: list[PageWord] = []
    item.below.append(words)
    return words


def _finished(parts: Iterable[_Part], page: SavedPage, findings: Findings) -> Iterator[Block]:
    for part in parts:
        if isinstance(part, list):
            yield ProseParagraph(words_on_one_line(part))
        else:
            yield from _blocks_of_list(part, page, findings)


def _blocks_of_list(found: _List, page: SavedPage, findings: Findings) -> Iterator[Block]:
    """The lists that items make, and the sentence that the last one had swallowed."""
    entries = []
    for entry in found.entries:
        if entry.words or entry.below:
            entries.append(entry)
            continue
        place = page.span(entry.line.number, entry.line.indent + 1)
        findings.warning("empty-item", "nothing stands behind this sign of a list", place)
    if not entries:
        return
    closing = _closing(entries, page, findings)
    items = [
        (
            _numbers_of(entry),
            Item(words_on_one_line(entry.words), tuple(_finished(entry.below, page, findings))),
        )
        for entry in entries
    ]
    yield from _lists_as_numbered(items, entries, page, findings)
    if closing:
        yield ProseParagraph(words_on_one_line(closing))


def _closing(entries: list[_Entry], page: SavedPage, findings: Findings) -> list[PageWord]:
    """Takes out of the last item the sentence that it swallowed."""
    last = entries[-1]
    if last.below or not last.words:
        return []
    found = swallowed_sentence(last.words, [entry.words for entry in entries[:-1]])
    if found is None:
        return []
    first = last.words[found.at]
    place = page.span(first.line, first.column)
    if found.verdict == "unsure":
        findings.warning(
            "perhaps-swallowed",
            f"the last item of this list may hold a sentence of its own, from '{first.text}' on",
            place,
            "if so, make it a paragraph below the list in the record",
        )
        return []
    closing = last.words[found.at :]
    del last.words[found.at :]
    findings.warning(
        "split-off",
        f"the sentence from '{first.text}' on stood in the last item of a list; it is now a "
        "paragraph below the list",
        place,
    )
    return closing


def _numbers_of(entry: _Entry) -> tuple[int, ...]:
    assert entry.line.marker
    return entry.line.marker.numbers


def _lists_as_numbered(
    items: list[tuple[tuple[int, ...], Item]],
    entries: list[_Entry],
    page: SavedPage,
    findings: Findings,
) -> Iterator[ProseListing]:
    """Items as lists whose numbers are those of the page: where it leaps, a new list begins."""
    if not items[0][0]:
        yield ProseListing(tuple(item for _, item in items))
        return
    if any(entry.line.marker and entry.line.marker.is_lettered for entry in entries):
        findings.warning(
            "numbered-anew",
            "these steps have letters, and records have numbers: a is 1, b is 2",
            page.span(entries[0].line.number, entries[0].line.indent + 1),
        )
    firsts = {numbers[0] for numbers, _ in items}
    if len(firsts) == 1:
        yield ProseListing(tuple(item for _, item in items), min(firsts), len(items) > 1)
        return
    start, run = items[0][0][-1] if 1 in items[0][0] else items[0][0][0], [items[0][1]]
    for at, (numbers, item) in enumerate(items[1:], 1):
        if start + len(run) in numbers:
            run.append(item)
            continue
        findings.warning(
            "uneven-numbers",
            f"the number {numbers[0]} does not follow the one before it; both are kept",
            page.span(entries[at].line.number, entries[at].line.indent + 1),
        )
        yield ProseListing(tuple(run), start)
        start, run = numbers[0], [item]
    yield ProseListing(tuple(run), start)
