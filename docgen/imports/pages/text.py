"""The text of a saved page as lines of words that know their place."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from docgen.diagnostics import Findings, Span, refuse
from docgen.imports.drafts import ImportSource
from docgen.imports.markers import Marker, markers_of_lines
from docgen.imports.mojibake import MOJIBAKE, mojibake_message
from docgen.source import SourceText, refuse_unprintable

MAX_PAGE_BYTES = 1_000_000
MAX_PAGE_LINES = 20_000
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LINE_ENDS = re.compile("\r\n?|\n")
_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", " "))
"""Ends of pages and lines that no editor counts as lines: blanks here."""
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = re.compile(r"\s*(?:<!doctype\s+html|<html\b|<\?xml\b|<head\b|<body\b)", re.IGNORECASE)
_SYMBOL_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8", "•"))
"""Bullets of the fonts Symbol and Wingdings, as word processors leave them."""
_TAB = 4


class PageWord(NamedTuple):
    """A word and where it stands."""

    text: str
    line: int
    column: int


class PageLine(NamedTuple):
    """A line of a page: its list marker, if it has one, and its words."""

    number: int
    indent: int
    """Columns before its first character, a tab counted as four."""
    marker: Marker | None
    words: tuple[PageWord, ...]
    """Without the marker."""
    length: int
    """Characters up to the last one that is seen."""

    @property
    def text(self) -> str:
        """The words with single blanks between them."""
        return words_on_one_line(self.words)

    @property
    def is_blank(self) -> bool:
        return not self.words and self.marker is None

    @property
    def body_indent(self) -> int:
        """Where the words begin, the marker passed."""
        return self.indent + (len(self.marker.text) + 1 if self.marker else 0)


class SavedPage(NamedTuple):
    """A page as it was saved."""

    shown: str
    lines: tuple[PageLine, ...]

    def span(self, line: int, column: int = 1) -> Span:
        return Span(self.shown, line, column)

    @property
    def said(self) -> str:
        """Every word of the page, line by line."""
        return "\n".join(
            f"{line.marker.text} {line.text}" if line.marker else line.text for line in self.lines
        )


def words_on_one_line(words: tuple[PageWord, ...] | list[PageWord]) -> str:
    """Words with single blanks between them."""
    return " ".join(word.text for word in words)


def page_of(source: ImportSource) -> SavedPage:
    """The lines of a page in UTF-8, or in UTF-16 with a mark. Raises DocgenError.

    What nobody sees goes: byte order marks, soft hyphens, blanks of all widths; HTML's entities
    that saving left over become the characters that they stand for.
    """
    start = Span(source.shown, 1, 1)
    if len(source.data) > MAX_PAGE_BYTES:
        raise refuse(
            "file-too-large",
            f"this page is larger than {MAX_PAGE_BYTES // 1_000_000} MB, the limit for a page",
            start,
            "a page is a few kilobytes; check that it is the right file",
        )
    text = _decoded(source.data, source.shown).translate(_SYMBOL_BULLETS | _BREAKS)
    if not text.strip():
        raise refuse("empty-file", "this file is empty", start, "was the page saved as text?")
    if _MARKUP.match(text):
        raise refuse(
            "not-a-page",
            "this is HTML, not the text of a page",
            start,
            "save the page as plain text: in a browser, choose 'Text' when you save it",
        )
    rows = _LINE_ENDS.split(text)
    if len(rows) > MAX_PAGE_LINES:
        raise refuse(
            "file-too-large",
            f"this page has more than {MAX_PAGE_LINES:,} lines, the limit for a page",
            start,
            "a page has a few hundred lines; check that it is the right file",
        )
    _refuse_damage("\n".join(_UNSEEN.sub(" ", row) for row in rows), source.shown)
    return SavedPage(source.shown, tuple(_lines_of_rows(rows)))


def _decoded(data: bytes, shown: str) -> str:
    if data.startswith(_UTF16_MARKS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise _undecodable(Span(shown, 1, 1), "this is not whole UTF-16 text") from None
    data = data.removeprefix(_UTF8_MARK)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = SourceText(shown, data[: error.start].decode("utf-8") + " ")
        place = before.span(len(before.text) - 1)
        raise _undecodable(place, f"the byte 0x{data[error.start]:02x} is not UTF-8") from None


def _undecodable(place: Span, message: str) -> Exception:
    return refuse(
        "not-utf-8", message, place, "open the file in an editor and save it with encoding UTF-8"
    )


def _refuse_damage(text: str, shown: str) -> None:
    findings = Findings()
    source = SourceText(shown, text)
    refuse_unprintable(source, findings)
    found = MOJIBAKE.search(text)
    if found:
        count = len(MOJIBAKE.findall(text))
        times = "once" if count == 1 else f"{count:,} times"
        findings.error(
            "mojibake",
            f"{mojibake_message(found)} ({times} in this file)",
            source.span(found.start()),
            "save the page once more, as UTF-8",
        )
    findings.raise_if_any()


def _lines_of_rows(rows: list[str]) -> Iterator[PageLine]:
    words = [_words_of_row(row, number) for number, row in enumerate(rows, 1)]
    markers = markers_of_lines([[word.text for word in line] for line in words])
    for number, (row, line, marker) in enumerate(zip(rows, words, markers, strict=True), 1):
        body = row.lstrip()
        indent = sum(_TAB if char == "\t" else 1 for char in row[: len(row) - len(body)])
        rest = _without(marker, line) if marker else line
        yield PageLine(number, indent, marker, tuple(rest), len(row.rstrip()))


def _without(marker: Marker, words: list[PageWord]) -> list[PageWord]:
    """The words behind a marker, which may stand in one word with the first: ``•Adults``."""
    first, *rest = words
    tight = first.text.removeprefix(marker.text)
    if not tight:
        return rest
    return [PageWord(tight, first.line, first.column + len(marker.text)), *rest]


def _words_of_row(row: str, number: int) -> list[PageWord]:
    words = []
    for match in re.finditer(r"\S+", row):
        column = match.start() + 1
        for text in _seen(match[0]).split():
            words.append(PageWord(text, number, column))
    return words


def _seen(word: str) -> str:
    if "&" in word:
        word = _ENTITY.sub(lambda match: html.unescape(match[0]), word)
    return _UNSEEN.sub("", word)
