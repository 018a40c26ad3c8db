"""Prose: CommonMark 0.31 as blocks of the document tree.

What prints: paragraphs, bullets, numbered lists, strong, emphasis, links, line breaks. What an
author clearly means but no sheet prints (headings, images, code, quotes, tables, rules, link
definitions) is refused by name. HTML is text like any other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from docgen.diagnostics import Findings, Span
from docgen.document import Block, Link, ListBlock, ListItem, ListKind, Paragraph, Run
from docgen.source import Text, is_unprintable

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LINK_SCHEMES = ("https", "http", "mailto", "tel")
WEB_SCHEMES = ("https", "http")
MAX_CHARACTERS = 100_000
MAX_LIST_DEPTH = 6

_ALLOWED = (
    "text may have paragraphs, bullets (- item), numbered steps (1. step), **strong**, *emphasis* "
    "and [links](https://…)"
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
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_HOST = re.compile(r"//([^/?#]*)")
_CHARACTER_REFERENCE = re.compile(r"(?<!\\)&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
_TO_ESCAPE = re.compile("[^A-Za-z0-9:/?#\\[\\]@!$&'()*+,;=%._~\U000f0000-\U000fffff-]")
_STAND_IN = range(0xF0000, 0x100000)
_BLANKS = str.maketrans("\t\n", "  ")
_LAST_CODE_POINT = 0x10FFFF


class Prose(Struct, frozen=True, eq=False):
    """Text in CommonMark: paragraphs, bullets, numbered steps, strong, emphasis, links."""

    text: Text
    blocks: tuple[Block, ...]

    def __str__(self) -> str:
        return self.text.value

    @classmethod
    def from_text(cls, text: Text, findings: Findings) -> Prose:
        """Reads a text when a model is bound."""
        return parse_prose(text, findings)

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        """The JSON Schema of prose as it is written."""
        return {"type": "string", "pattern": "\\S"}


def parse_prose(text: Text, findings: Findings) -> Prose:
    """A text of a record as prose; findings tell of everything in it that cannot be printed."""
    return Prose(text, parse_template(text, text.value, findings))


def parse_template(text: Text, value: str, findings: Findings) -> tuple[Block, ...]:
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


def check_link(
    href: str, span: Span, findings: Findings, schemes: tuple[str, ...] = LINK_SCHEMES
) -> str:
    """Tells what keeps a link from being printed; returns it as a URI (RFC 3986) of ASCII."""
    if href and ord(href[0]) in _STAND_IN:
        return _TO_ESCAPE.sub(_escaped, href)
    match = _SCHEME.fullmatch(href)
    if match is None or match[1].lower() not in schemes:
        known = ", ".join(schemes)
        what = "has no scheme" if match is None else f"has the scheme '{match[1]}'"
        findings.error(
            "bad-link",
            f"this link {what}, which no sheet may open",
            span,
            f"a link begins with one of {known}, such as https://example.org",
        )
        return href
    host = _HOST.match(match[2])
    if match[1].lower() in WEB_SCHEMES and not (host and host[1]):
        findings.error(
            "bad-link", "this link names no web site", span, "write https://example.org/…"
        )
    elif host and not host[1].isascii() and not _holds_stand_in(host[1]):
        findings.error(
            "bad-link",
            "the web site's name in this link has letters outside of ASCII",
            span,
            "write the name's ASCII form, which begins with xn--",
        )
    elif not match[2] or any(char.isspace() for char in href):
        findings.error("bad-link", "this link is empty or holds a space", span, "write %20 for it")
    return _TO_ESCAPE.sub(_escaped, href)


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _holds_stand_in(text: str) -> bool:
    return any(ord(char) in _STAND_IN for char in text)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - listing records parses no prose

    # The parser drops what lies 20 levels deep; MAX_LIST_DEPTH refuses it long before, by name.
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    parser.enable("table")
    parser.disable(["html_block", "html_inline"])
    for name in ("link", "autolink", "image", "backticks"):
        _note_places(parser, name)
    # Link targets stay as they are written; check_link judges them.
    as_written: Any = {
        "normalizeLink": lambda url: url,
        "normalizeLinkText": lambda url: url,
        "validateLink": lambda _: True,
    }
    vars(parser).update(as_written)
    return parser


def _note_places(parser: MarkdownIt, name: str) -> None:
    """Makes a rule note in its token where in the line of text the token stands."""
    ruler = parser.inline.ruler
    rule = next(rule.fn for rule in ruler.__rules__ if rule.name == name)

    def noting(state: Any, silent: bool) -> bool:
        place, count = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            made = next((token for token in state.tokens[count:] if token.type != "text"), None)
            if made:
                made.meta["place"] = place
        return found

    ruler.at(name, noting)


class _Reader:
    """Reads one text: walks the parser's tokens once."""

    def __init__(self, text: Text, value: str, findings: Findings) -> None:
        self._text = text
        self._value = value
        self._findings = findings
        self._lines = value.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        self._tokens: list[Token] = []
        self._at = 0

    def read(self) -> tuple[Block, ...]:
        self._check_character_references()
        definitions: dict[str, Any] = {}
        self._tokens = _parser().parse(self._value, definitions)
        self._check_definitions(definitions)
        if not self._tokens and not definitions:
            self._findings.error("missing-field", f"'{self._text.path}' is empty", self._text.span)
        return self._blocks(0)

    def _blocks(self, depth: int) -> tuple[Block, ...]:
        """The blocks up to the end of what they stand in."""
        blocks: list[Block] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.type == "paragraph_open":
                blocks.append(self._paragraph(self._tokens[self._at + 1]))
                self._at += 3
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                blocks.append(self._list(token, depth))
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

    def _list(self, opening: Token, depth: int) -> ListBlock:
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
        blocks = self._blocks(depth + 1)
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
        """A paragraph with its runs merged where they look the same."""
        origin = self._line_span(inline)
        runs: list[Run] = []
        parts: list[str] = []
        strong = emphasis = 0
        link: Link | None = None
        for token in inline.children or ():
            kind = token.type
            if kind == "text":
                parts.append(token.content.translate(_BLANKS))
            elif kind == "softbreak":
                parts.append(" ")
            elif kind == "hardbreak":
                parts.append("\n")
            elif token.nesting == 0:
                self._refuse(kind, self._inline_span(inline, token))
            else:
                _close_run(runs, parts, strong > 0, emphasis > 0, link)
                if kind == "link_open":
                    link = self._link(inline, token)
                elif kind == "link_close":
                    self._check_closed(link, runs, origin)
                    link = None
                elif kind.startswith("strong"):
                    strong += token.nesting
                else:
                    emphasis += token.nesting
        _close_run(runs, parts, strong > 0, emphasis > 0, link)
        return Paragraph(tuple(runs), origin=origin)

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

    def _check_closed(self, link: Link | None, runs: list[Run], span: Span) -> None:
        if not any(run.link is link and run.text.strip() for run in runs):
            self._findings.error(
                "bad-link", "this link has no text", span, "write [text](https://…)"
            )

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


def _close_run(
    runs: list[Run], parts: list[str], strong: bool, emphasis: bool, link: Link | None
) -> None:
    """Adds the text so far as a run, or to the last run where that looks the same."""
    text = "".join(parts)
    parts.clear()
    if not text:
        return
    last = runs[-1] if runs else None
    if last and (last.strong, last.emphasis, last.link) == (strong, emphasis, link):
        runs[-1] = Run(last.text + text, strong, emphasis, link)
    else:
        runs.append(Run(text, strong, emphasis, link))
