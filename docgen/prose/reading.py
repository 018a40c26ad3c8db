"""Prose: CommonMark 0.31 as blocks of the document tree.

What prints: paragraphs, bullets, numbered lists, strong, emphasis, links, line breaks, and
``[passages](lang:es)`` in another language. What an author clearly means but no sheet prints
(headings, images, code, quotes, tables, rules, link definitions) is refused by name. HTML is text
like any other.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import Diagnostic, Findings, Span
from docgen.document import Block, Link, ListBlock, ListItem, ListKind, Paragraph, TextRun
from docgen.prose.links import check_link, holds_stand_in
from docgen.prose.parser import parser
from docgen.source import Language, TextNode, WrittenLines, is_unprintable

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_CHARACTERS = 100_000
MAX_LIST_DEPTH = 6

_ALLOWED = (
    "text may have paragraphs, bullets (- item), numbered steps (1. step), **strong**, *emphasis*, "
    "[links](https://…), and [pan](lang:es) for words in another language"
)
_REFUSED = {
    "heading_open": (
        "a heading cannot stand inside of a text",
        "use **strong** text, or a section of its own; a line of text that begins with # needs "
        "\\#, and a line of dashes under a text makes a heading",
    ),
    "code_block": (
        "four spaces at the start of a line make it program code, which is not printed",
        "delete the spaces",
    ),
    "fence": ("program code is not printed", f"delete the ``` or ~~~; {_ALLOWED}"),
    "code_inline": ("program code is not printed", "delete the backticks, or write \\` for one"),
    "blockquote_open": ("a quotation is not printed", "write \\> for a line that begins with >"),
    "table_open": ("a table cannot stand inside of a text", "make it a list"),
    "hr": ("a line across the page cannot stand inside of a text", "delete it"),
    "image": ("an image cannot stand inside of a text", "place images in the layout"),
}
_CHARACTER_REFERENCE = re.compile(r"(?<!\\)&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
_PLAIN = re.compile(r"(?![\s\d#+>~-])[^\n\r\t\v\f\0\\`*_\[\]<&]+(?<!\s)\n?")
"""One line that CommonMark reads as a paragraph of just this text: nothing in it is markup, nor
begins a block. Most texts are such, ``Call us: 555-0100 (day and night).``, and need no parser."""
_LINK_END = re.compile(r"\]\(\s*(?:https?|mailto|tel|lang):", re.IGNORECASE)
_LONGEST_TAG = 40
_BLANKS = str.maketrans("\t\n", "  ")
_LAST_CODE_POINT = 0x10FFFF


class Prose(Struct, frozen=True, eq=False):
    """Text in CommonMark: paragraphs, bullets, numbered steps, strong, emphasis, links."""

    text: TextNode
    blocks: tuple[Block, ...]
    warnings: tuple[Diagnostic, ...] = ()
    """What is printed of it, but perhaps not as its author wishes."""

    def __str__(self) -> str:
        return self.text.value

    @classmethod
    def from_text(cls, text: TextNode, findings: Findings) -> Prose:
        """Reads a text when a model is bound."""
        return parse_prose(text, findings)

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        """The JSON Schema of prose as it is written."""
        return {"type": "string", "pattern": "\\S"}


def parse_prose(text: TextNode, findings: Findings) -> Prose:
    """A text of a record as prose; findings tell of everything in it that cannot be printed."""
    told = Findings()
    blocks = parse_template(text, text.value, told)
    findings.extend(one for one in told.diagnostics if one.severity == "error")
    warnings = tuple(one for one in told.diagnostics if one.severity == "warning")
    return Prose(text, blocks, warnings)


def parse_template(text: TextNode, value: str, findings: Findings) -> tuple[Block, ...]:
    """The blocks of a layout's text.

    ``value`` is the text with private-use characters of plane 15 in the place of its expressions,
    as long as the text itself; they stay untouched in runs and link targets.
    """
    if len(value) > MAX_CHARACTERS:
        findings.error(
            "text-too-long",
            f"'{text.path}' has more than {MAX_CHARACTERS:,} characters, the limit for one text",
            text.span,
            "split it into several sections",
        )
        return ()
    return _Reader(text, value, findings).read()


class _Reader:
    """Reads one text: walks the parser's tokens once."""

    def __init__(self, text: TextNode, value: str, findings: Findings) -> None:
        self._text = text
        self._value = value
        self._findings = findings
        self._lines = value.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        self._written = WrittenLines(text, value)
        self._tokens: list[Token] = []
        self._at = 0

    def read(self) -> tuple[Block, ...]:
        if _PLAIN.fullmatch(self._value):
            line = self._lines[0]
            self._written.tell_of_paragraph(0, len(line), self._findings)
            return (Paragraph((TextRun(line),), origin=self._text.locate(0)),)
        self._check_character_references()
        definitions: dict[str, Any] = {}
        self._tokens = parser().parse(self._value, definitions)
        self._check_definitions(definitions)
        if not self._value.strip():
            self._findings.error("missing-field", f"'{self._text.path}' is empty", self._text.span)
        return self._read_blocks(0)

    def _read_blocks(self, depth: int) -> tuple[Block, ...]:
        """The blocks up to the end of what they stand in."""
        blocks: list[Block] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.type == "paragraph_open":
                blocks.append(self._paragraph(self._tokens[self._at + 1]))
                self._at += 3
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                blocks.append(self._read_list(token, depth))
            elif token.nesting >= 0:
                self._refuse(token.type, self._line_span(token))
                self._pass()
            else:
                break
        return tuple(blocks)

    def _pass(self) -> None:
        """Passes a block and all that stands in it."""
        level = 0
        while True:
            level += self._tokens[self._at].nesting
            self._at += 1
            if level == 0:
                return

    def _read_list(self, opening: Token, depth: int) -> ListBlock:
        span = self._line_span(opening)
        if depth == MAX_LIST_DEPTH:
            message = f"lists stand more than {MAX_LIST_DEPTH} deep within each other"
            self._findings.error("too-deep", message, span, "let fewer lists stand in lists")
            self._pass()
            return ListBlock("bullet", (), origin=span)
        ordered = opening.type == "ordered_list_open"
        begin = self._at
        self._at += 1
        items: list[ListItem] = []
        numbers: list[int] = []
        while (token := self._tokens[self._at]).type == "list_item_open":
            items.append(self._item(token, depth))
            numbers.append(int(token.info) if ordered else 1)
        self._at += 1
        loose = any(
            token.type == "paragraph_open" and token.level == opening.level + 2 and not token.hidden
            for token in self._tokens[begin : self._at]
        )
        self._check_numbers(numbers, items)
        kind: ListKind = "ordered" if ordered else "bullet"
        return ListBlock(kind, tuple(items), numbers[0], not loose, span)

    def _item(self, opening: Token, depth: int) -> ListItem:
        origin = self._line_span(opening)
        begin = self._at
        self._at += 1
        blocks = self._read_blocks(depth + 1)
        if self._at == begin + 1:
            self._findings.error(
                "empty-item", "this list item is empty", origin, "fill it, or delete it"
            )
        self._at += 1
        return ListItem(blocks, origin)

    def _check_numbers(self, numbers: list[int], items: list[ListItem]) -> None:
        """CommonMark counts from the first number; other numbers would change in silence."""
        if len(set(numbers)) == 1:
            return
        for counted, (number, item) in enumerate(zip(numbers, items, strict=True), numbers[0]):
            if number == counted:
                continue
            self._findings.error(
                "bad-number",
                f"this step is number {number}, but would be printed as {counted}",
                item.origin,
                f"number it {counted}, or give every step of the list the same number",
            )
            return

    def _paragraph(self, inline: Token) -> Paragraph:
        """A paragraph with its runs merged where they look the same.

        Links and passages are closed in the order in which they were opened, last first; ``opened``
        remembers how much could be read before each, so that one without a text is refused. In
        ``see [a [b](https://y.org) c](https://x.org)`` CommonMark sees one link, ``b``, since links
        do not nest, and the rest as text: a text that holds ``](https:`` after a link is what is
        left of the outer one, and is refused at the link inside.
        """
        line = _Line()
        opened: list[tuple[Token, int]] = []
        latest: Token | None = None
        for token in inline.children or ():
            kind = token.type
            if kind == "text":
                line.write(token.content.translate(_BLANKS))
                if latest and _LINK_END.search(token.content):
                    self._refuse_nested(inline, latest)
            elif kind == "softbreak":
                line.write(" ")
            elif kind == "hardbreak":
                line.write("\n")
            elif token.nesting == 0:
                self._refuse(kind, self._inline_span(inline, token))
            else:
                line.close_run()
                if kind in ("link_open", "passage_open"):
                    opened.append((token, line.visible))
                elif kind in ("link_close", "passage_close"):
                    latest, before = opened.pop()
                    if line.visible == before:
                        self._refuse_empty(inline, latest)
                self._turn(line, token, inline)
        line.close_run()
        if inline.map:
            begin, end = (self._starts[row] for row in inline.map)
            self._written.tell_of_paragraph(begin, end - 1, self._findings)
        return Paragraph(tuple(line.runs), origin=self._line_span(inline))

    def _turn(self, line: _Line, token: Token, inline: Token) -> None:
        """Changes the look of what follows in a line."""
        match token.type:
            case "link_open":
                line.link = self._link(inline, token)
            case "link_close":
                line.link = None
            case "passage_open":
                line.languages.append(self._language_of_passage(inline, token))
            case "passage_close":
                line.languages.pop()
            case "strong_open" | "strong_close":
                line.strong += token.nesting
            case _:
                line.emphasis += token.nesting

    def _link(self, inline: Token, token: Token) -> Link:
        span = self._inline_span(inline, token)
        if "title" in token.attrs:
            self._findings.error(
                "bad-link",
                "the title of a link is not printed",
                span,
                "write [text](https://…) and nothing after the address",
            )
        return Link(check_link(str(token.attrs["href"]), span, self._findings))

    def _language_of_passage(self, inline: Token, token: Token) -> str | None:
        tag = token.meta["language"].strip()[:_LONGEST_TAG]
        span = self._inline_span(inline, token)
        if holds_stand_in(tag):
            message = "the language of a passage cannot come from a field"
            hint = "write out its tag, as in [pan de molde](lang:es)"
            self._findings.error("bad-language", message, span, hint)
            return None
        try:
            return Language.parse(tag).tag
        except ValueError as error:
            sentence, hint = error.args
            self._findings.error("bad-language", sentence, span, hint)
            return None

    def _refuse_empty(self, inline: Token, token: Token) -> None:
        what, form = ("link", "https://…") if token.type == "link_open" else ("passage", "lang:es")
        self._findings.error(
            "empty-link",
            f"this {what} has no text that can be read",
            self._inline_span(inline, token),
            f"write [text]({form})",
        )

    def _refuse_nested(self, inline: Token, token: Token) -> None:
        """CommonMark would print the brackets and the address of the outer link."""
        message = "a link cannot stand inside of the text of a link"
        hint = "end one link before the next begins"
        if token.type == "passage_open":
            message = "a passage in another language cannot stand inside of the text of a link"
            hint = "let the passage hold the link: [[text](https://…)](lang:es)"
        self._findings.error("bad-link", message, self._inline_span(inline, token), hint)

    def _check_character_references(self) -> None:
        for match in _CHARACTER_REFERENCE.finditer(self._value):
            code = int(match[1], 16) if match[1] else int(match[2])
            if code <= _LAST_CODE_POINT and is_unprintable(chr(code)):
                self._findings.error(
                    "unprintable-character",
                    f"{match[0]} stands for a character that cannot be printed",
                    self._text.locate(match.start()),
                    "delete it",
                )

    def _check_definitions(self, env: dict[str, Any]) -> None:
        found = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
        for definition in found:
            self._findings.error(
                "not-prose",
                "a link's address cannot stand on a line of its own",
                self._span_of_line(definition["map"][0]),
                "write [text](https://…) where the link belongs",
            )

    def _refuse(self, kind: str, span: Span) -> None:
        message, hint = _REFUSED[kind]
        self._findings.error("not-prose", message, span, hint)

    def _line_span(self, token: Token) -> Span:
        return self._span_of_line(token.map[0] if token.map else 0)

    def _span_of_line(self, row: int) -> Span:
        line = self._lines[row]
        return self._text.locate(self._starts[row] + len(line) - len(line.lstrip()))

    def _inline_span(self, inline: Token, token: Token) -> Span:
        """The place of a token in a line: its content is the line without what indents it."""
        before = inline.content[: token.meta["place"]]
        row = (inline.map[0] if inline.map else 0) + before.count("\n")
        content = inline.content.split("\n")[before.count("\n")]
        indent = len(self._lines[row].rstrip()) - len(content.rstrip())
        column = len(before) - (before.rfind("\n") + 1)
        return self._text.locate(self._starts[row] + indent + column)


class _Line:
    """The runs of a paragraph while they are read, and the look of what comes next."""

    def __init__(self) -> None:
        self.runs: list[TextRun] = []
        self.strong = 0
        self.emphasis = 0
        self.link: Link | None = None
        self.languages: list[str | None] = []
        self.visible = 0
        """How many characters so far can be seen."""
        self._parts: list[str] = []

    def write(self, text: str) -> None:
        self._parts.append(text)
        self.visible += len(text.strip())

    def close_run(self) -> None:
        """Adds the text so far as a run, or to the last run where that looks the same."""
        text = "".join(self._parts)
        self._parts.clear()
        if not text:
            return
        language = self.languages[-1] if self.languages else None
        run = TextRun(text, self.strong > 0, self.emphasis > 0, self.link, language=language)
        last = self.runs[-1] if self.runs else None
        if last and replace(last, text=text) == run:
            self.runs[-1] = replace(last, text=last.text + text)
        else:
            self.runs.append(run)
