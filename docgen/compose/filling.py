"""Puts the values of one record into the texts of a layout, as data that nothing reads again."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from jinja2 import nodes
from msgspec import Struct
from msgspec.structs import replace

from docgen.compose.evaluation import Values, evaluate, holds, texts_in
from docgen.compose.expressions import Expression
from docgen.compose.filters import on_one_line, printed
from docgen.compose.languages import Languages, Passage, language_of, owner_language, passages
from docgen.compose.lettering import Joined, Lettering, Source
from docgen.compose.links import filled_target
from docgen.compose.reading import Texts
from docgen.compose.safety import Owed
from docgen.compose.templates import FIRST_STAND_IN, STAND_INS, TextTemplate
from docgen.diagnostics import Diagnostic, ErrorRule, Findings, Span
from docgen.document import (
    Block,
    Figure,
    Inline,
    Link,
    ListBlock,
    ListItem,
    PageField,
    Paragraph,
    Picture,
    TextRun,
)
from docgen.drawings import DrawingRoom
from docgen.layouts import GOOD_ALTERNATIVE, FixedWords
from docgen.prose import Prose, check_link
from docgen.source import TextNode, tell_joined_lines

_READ_IN = "body"
"""The style that paragraphs of prose are read in."""
_OF_MORE_THAN_LETTERS = ("[", "<", "&", "\\", "  \n")
"""What begins links, passages in other languages, signs by name, and broken lines."""
_EMPTY: Final[tuple[ErrorRule, str]] = (
    "empty-value",
    "print the block only 'when' there is something to say",
)


class Filling(Struct, frozen=True, eq=False):
    """Fills texts with the values of one record, and tells what has no value."""

    texts: Texts
    images: Mapping[TextNode, Picture]
    """By the path that the layout writes."""
    logo: Figure | None
    """The organization's logo, as large as it may be."""
    drawings: DrawingRoom
    values: Values
    lettering: Lettering
    record_span: Span
    findings: Findings
    language: str
    """Language of the layout's own texts, which no run needs to name."""
    languages: Languages | None
    words: FixedWords
    owed: Owed
    first_in_packet: bool
    """Whether the sheet prints the notices that a packet says once."""
    printed_values: set[TextNode | Prose]
    """What of the record and the organization was printed as it is, known by identity."""
    standing: set[Prose]
    """What stands in the document as it was read: a node is known by identity, so only once."""
    without_sections: Diagnostic | None
    """What is told, once, of blocks that are empty since the record has nothing but a title."""

    @property
    def record_path(self) -> str:
        """The file of the record."""
        return self.record_span.path

    def with_item(self, name: str, item: Any, language: str | None = None) -> "Filling":
        """The same with one more name, for an item of a list, its texts in a language."""
        languages = {**(self.languages or {}), name: language} if language else self.languages
        return replace(self, values=self.values.with_item(name, item), languages=languages)

    def holds(self, condition: TextNode | None) -> bool:
        """Whether a condition holds; none always does."""
        if condition is None:
            return True
        return holds(self.texts.expressions[condition].node, self.values)

    def items(self, loop: TextNode) -> Iterator["Filling"]:
        """One filling for each item of a list."""
        known = self.texts.loops[loop]
        language = (
            owner_language(known.items.node, self.values, self.languages)
            if self.languages
            else None
        )
        for item in evaluate(known.items.node, self.values) or ():
            yield self.with_item(known.name, item, language)

    def field(self, field: TextNode, style: str) -> tuple[Block, ...]:
        """The blocks of what a field holds; none where it is absent."""
        expression = self.texts.expressions[field]
        value = evaluate(expression.node, self.values)
        if value is None:
            return ()
        if isinstance(value, Prose):
            return self.prose(value, style, self.language_of(expression))
        runs = (
            TextRun(text, language=language)
            for text, language in self.passages(value, expression, style)
        )
        return (Paragraph(tuple(runs), style, _origin(value, expression)),)

    def blocks(self, text: TextNode, style: str) -> tuple[Block, ...]:
        """The blocks of a text, its paragraphs in a style."""
        template = self.texts.templates[text]
        writer = _Writer(self, template, style)
        return tuple(block for part in template.blocks for block in writer.block(part))

    def line(self, text: TextNode, style: str) -> tuple[Inline, ...]:
        """The one line of a heading or label."""
        template = self.texts.templates[text]
        paragraph = template.blocks[0]
        assert isinstance(paragraph, Paragraph)  # reading refused all else
        told = len(self.findings)
        inlines = _Writer(self, template, style).inlines(paragraph.inlines)
        if not inlines and len(self.findings) == told:
            self._refuse_empty(text, *_EMPTY)
        return inlines

    def plain(self, text: TextNode, style: str | None = None) -> str:
        """A text that CommonMark does not read; with a style where it is printed."""
        return self._filled_plain(text, style, _EMPTY)

    def alternative(self, text: TextNode) -> str:
        """What is said in the place of an image or a code."""
        return self._filled_plain(text, None, ("missing-alt", GOOD_ALTERNATIVE))

    def _filled_plain(
        self, text: TextNode, style: str | None, if_empty: tuple[ErrorRule, str]
    ) -> str:
        template = self.texts.templates[text]
        told = len(self.findings)
        parts = [self._plain_piece(piece, text, style) for piece in template.pieces]
        filled = "".join(parts).strip()
        if not filled and len(self.findings) == told:
            self._refuse_empty(text, *if_empty)
        return filled

    def value(self, expression: Expression, style: str | None = None) -> Any:
        """What an expression gives, in a style where it is printed; None after telling that it
        gives nothing."""
        value = evaluate(expression.node, self.values)
        if value is None:
            self._refuse_absent(expression)
        return value

    def prose(self, prose: Prose, style: str, language: str | None) -> tuple[Block, ...]:
        """The blocks of a prose in a language, its paragraphs in a style."""
        self.findings.extend(prose.warnings)
        self.printed_values.add(prose)
        if self._may_stand(prose, style, language):
            self.standing.add(prose)
            return prose.blocks
        writer = _Writer(self, prose, style, language)
        return tuple(block for part in prose.blocks for block in writer.block(part))

    def _may_stand(self, prose: Prose, style: str, language: str | None) -> bool:
        """Whether a prose needs no look at its parts: most need none, and come once."""
        text = prose.text.value
        return (
            style == _READ_IN
            and prose not in self.standing
            and self.foreign(language or prose.text.language) is None
            and text.isascii()
            and not any(sign in text for sign in _OF_MORE_THAN_LETTERS)
            and text.replace("\n", "").isprintable()
        )

    def _refuse_absent(self, expression: Expression) -> None:
        names = {name.name for name in expression.node.find_all(nodes.Name)}
        needs_organization = "organization" in names and self.values.named["organization"] is None
        place = "without an organization" if needs_organization else f"in {self.record_path}"
        self.findings.error(
            "empty-value",
            f"{expression.source!r} has no value {place}",
            expression.span(),
            "print it only 'when' it has one, or write {{ FIELD or 'text' }}",
        )

    def _refuse_empty(self, text: TextNode, rule: ErrorRule, hint: str) -> None:
        """Tells of a text that comes out empty though no value of it is missing."""
        message = f"{text.path!r} comes out empty for {self.record_path}"
        self.findings.error(rule, message, text.span, hint)

    def _plain_piece(self, piece: str | Expression, text: TextNode, style: str | None) -> str:
        if isinstance(piece, str):
            if style:
                self.lettering.check(piece, style, text, self.findings)
            return piece
        value = self.value(piece, style)
        if value is None:
            return ""
        filled = self.printed(value, piece, style)
        return filled if style else on_one_line(filled)

    def printed(self, value: Any, expression: Expression, style: str | None) -> str:
        """A text, number or date as text; with a style where it is printed."""
        text = printed(value, self.values.dated_in)
        if isinstance(value, TextNode):
            tell_joined_lines(value, self.findings)
        if style:
            source: Source = expression
            if isinstance(value, TextNode):
                self.printed_values.add(value)
                source = value
            elif not text.isascii():
                source = Joined(expression, tuple(texts_in(expression.node, self.values)))
            self.lettering.check(text, style, source, self.findings)
        return text

    def passages(self, value: Any, expression: Expression, style: str) -> list[Passage]:
        """The same, each part of it with its language."""
        text = self.printed(value, expression, style)
        if self.languages is None:
            return [(text, None)]
        return [
            (part, self.foreign(language))
            for part, language in passages(expression.node, self.values, self.languages)
        ]

    def language_of(self, expression: Expression) -> str | None:
        """The language of what an expression gives."""
        if self.languages is None:
            return None
        return self.foreign(language_of(expression.node, self.values, self.languages))

    def foreign(self, language: str | None) -> str | None:
        """A language that has to be named: any but the layout's."""
        return None if language == self.language else language


class _Writer:
    """Writes the blocks of one text anew: a node is known by identity, so none is used twice."""

    def __init__(
        self,
        filling: Filling,
        source: TextTemplate | Prose,
        style: str,
        language: str | None = None,
    ) -> None:
        self._filling = filling
        self._text = source.text
        self._expressions = source.expressions if isinstance(source, TextTemplate) else ()
        self._style = style
        self._language = language or source.text.language
        self._links: dict[int, Link] = {}

    def block(self, block: Block) -> tuple[Block, ...]:
        if isinstance(block, ListBlock):
            return (self._filled_list(block),)
        assert isinstance(block, Paragraph)  # prose holds paragraphs and lists
        if not self._expressions:
            inlines = self.inlines(block.inlines)
            return (Paragraph(inlines, self._style, block.origin),) if inlines else ()
        run = self._run_alone(block)
        expression = self._expression(run.text[0]) if run else None
        value = evaluate(expression.node, self._filling.values) if expression else None
        if run and expression and isinstance(value, Prose) and _is_plain(run):
            language = run.language or self._filling.language_of(expression)
            return self._filling.prose(value, self._style, language)
        inlines = self.inlines(block.inlines)
        origin = value.span if isinstance(value, TextNode) else block.origin
        return (Paragraph(inlines, self._style, origin),) if inlines else ()

    def inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The inlines with values in the place of their stand-ins."""
        if not self._expressions:
            return tuple(map(self._as_written, inlines))
        filled: list[Inline] = []
        for inline in inlines:
            if isinstance(inline, TextRun):
                _append(filled, self._run(inline))
            else:
                filled.append(inline)
        for inline in inlines:
            if isinstance(inline, TextRun) and inline.link:
                self._check_visible(inline, filled)
        return tuple(filled)

    def _check_visible(self, written: TextRun, filled: list[Inline]) -> None:
        """Tells of a link whose text comes out empty though no value of it is missing."""
        link = written.link and self._link(written.link)
        if any(
            isinstance(run, TextRun) and run.link is link and run.text.strip() for run in filled
        ):
            return
        stand_in = STAND_INS.search(written.text)
        if stand_in is None:
            return
        expression = self._expression(stand_in[1])
        if evaluate(expression.node, self._filling.values) is not None:
            self._filling.findings.error(
                "empty-link",
                f"the text of this link comes out empty for {self._filling.record_path}",
                expression.span(),
                "a link that is read aloud needs words, such as {{ FIELD or 'our website' }}",
            )

    def _filled_list(self, block: ListBlock) -> ListBlock:
        items = [
            ListItem(
                tuple(inner for part in item.blocks for inner in self.block(part)), item.origin
            )
            for item in block.items
        ]
        return ListBlock(block.kind, tuple(items), block.start, block.tight, block.origin)

    def _run_alone(self, block: Paragraph) -> TextRun | None:
        """The run of one value that is all of a paragraph: blocks of prose can stand there."""
        if len(block.inlines) != 1:
            return None
        run = block.inlines[0]
        return run if isinstance(run, TextRun) and STAND_INS.fullmatch(run.text) else None

    def _as_written(self, inline: Inline) -> Inline:
        if not isinstance(inline, TextRun):
            return inline
        self._filling.lettering.check(inline.text, self._style, self._text, self._filling.findings)
        language = self._spoken_in(inline.language)
        if inline.link is None and inline.language == language:
            return inline
        link = inline.link and self._link(inline.link)
        return replace(inline, link=link, language=language)

    def _spoken_in(self, language: str | None) -> str | None:
        """The language that a run has to name: its own or the text's, if not the layout's."""
        return self._filling.foreign(language or self._language)

    def _run(self, run: TextRun) -> list[Inline]:
        look = run if run.link is None else replace(run, link=self._link(run.link))
        written: list[Inline] = []
        at = 0
        for match in STAND_INS.finditer(run.text):
            if match.start() > at:
                written.append(self._literal(look, run.text[at : match.start()]))
            written += self._inlines_of_value(look, self._expression(match[1]))
            at = match.end()
        if at < len(run.text):
            written.append(self._literal(look, run.text[at:]))
        return written

    def _expression(self, stand_in: str) -> Expression:
        return self._expressions[ord(stand_in) - FIRST_STAND_IN]

    def _literal(self, look: TextRun, text: str) -> TextRun:
        filling = self._filling
        filling.lettering.check(text, self._style, self._text, filling.findings)
        return _spoken(look, text, self._spoken_in(look.language))

    def _inlines_of_value(self, look: TextRun, expression: Expression) -> list[Inline]:
        filling = self._filling
        value = filling.value(expression, self._style)
        if value is None:
            return []
        if isinstance(value, PageField):
            return [PageField(value.kind, look.strong, look.emphasis)]
        if isinstance(value, Prose):
            return self._prose_in_line(look, value, expression)
        return [
            _spoken(look, text, filling.foreign(look.language or language))
            for text, language in filling.passages(value, expression, self._style)
        ]

    def _prose_in_line(self, look: TextRun, prose: Prose, expression: Expression) -> list[Inline]:
        paragraph = prose.blocks[0]
        if len(prose.blocks) > 1 or not isinstance(paragraph, Paragraph):
            self._filling.findings.error(
                "wrong-type",
                f"{expression.source!r} is more than one paragraph in {self._filling.record_path}, "
                "and stands in a line here",
                expression.span(),
                "give it a section with 'field', or a text of its own",
            )
            return []
        self._filling.findings.extend(prose.warnings)
        language = look.language or self._filling.language_of(expression)
        inlines = _Writer(self._filling, prose, self._style, language).inlines(paragraph.inlines)
        return [_within(look, inline) for inline in inlines]

    def _link(self, link: Link) -> Link:
        known = self._links.get(id(link))
        if known is None:
            known = self._links[id(link)] = Link(self._href(link.href))
        return known

    def _href(self, href: str) -> str:
        first = STAND_INS.search(href) if self._expressions else None
        if not first:
            return href
        target = filled_target(href, self._target_part)
        if target is None:
            return href
        span = self._expression(first[1]).span()
        return check_link(target, span, self._filling.findings)

    def _target_part(self, number: int) -> str | None:
        expression = self._expressions[number]
        value = self._filling.value(expression)
        return None if value is None else on_one_line(printed(value))


def _append(filled: list[Inline], more: list[Inline]) -> None:
    """Appends inlines, a text of the same look to the text before it."""
    for inline in more:
        if isinstance(inline, TextRun) and not inline.text:
            continue
        last = filled[-1] if filled else None
        if isinstance(inline, TextRun) and isinstance(last, TextRun) and _same_look(last, inline):
            filled[-1] = replace(last, text=last.text + inline.text)
        else:
            filled.append(inline)


def _same_look(one: TextRun, other: TextRun) -> bool:
    same_font = one.strong == other.strong and one.emphasis == other.emphasis
    return same_font and one.link is other.link and one.language == other.language


def _is_plain(run: TextRun) -> bool:
    """Whether any blocks can take a run's place: a look or a link belongs to text in a line."""
    return not run.strong and not run.emphasis and run.link is None


def _spoken(look: TextRun, text: str, language: str | None) -> TextRun:
    return TextRun(text, look.strong, look.emphasis, look.link, look.colour, look.scale, language)


def _within(look: TextRun, inline: Inline) -> Inline:
    """An inline of a value in the look of the place where it stands."""
    strong, emphasis = look.strong or inline.strong, look.emphasis or inline.emphasis
    if isinstance(inline, PageField):
        return PageField(inline.kind, strong, emphasis)
    link = look.link or inline.link
    return replace(inline, strong=strong, emphasis=emphasis, link=link)


def _origin(value: Any, expression: Expression) -> Span:
    return value.span if isinstance(value, TextNode) else expression.span()
