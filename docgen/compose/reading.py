"""Reads every text and expression of a layout, and checks it before any record is read."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from docgen.compose.checking import kind_of_expression
from docgen.compose.expressions import Expression, read_expression
from docgen.compose.templates import Place, Template, read_template
from docgen.compose.vocabulary import (
    DATE,
    NUMBER,
    PAGE_FIELD,
    PROSE,
    TEXT,
    Kind,
    Scope,
    fields_of,
)
from docgen.diagnostics import Findings
from docgen.document import PageField
from docgen.layouts.model import (
    BarcodeBlock,
    Block,
    CalloutBlock,
    ChecklistBlock,
    ColumnsBlock,
    FactEntry,
    FlowedColumnsBlock,
    ImageBlock,
    KeepTogetherBlock,
    KeyFactsBlock,
    Layout,
    LogoBlock,
    PageBreakBlock,
    PageFurniture,
    PreparedForBlock,
    QrCodeBlock,
    RuleBlock,
    RuledLinesBlock,
    SectionBlock,
    SignatureBlock,
    TableBlock,
    TextBlock,
    TitleBlock,
)
from docgen.layouts.organization import Organization
from docgen.records import ProcedureRecord
from docgen.source import Text

_LOOP = re.compile(r"\s*(\S+)\s+in\s+(?=\S)")
_LOOP_HINT = "write it as in: policy in record.policies"
_KEYWORDS = frozenset({"and", "or", "not", "in", "is", "if", "else", "true", "false", "none"})


class SheetLayout(Struct, frozen=True):
    """What an expression can say of the layout itself."""

    id: str
    description: str


class Page(Struct, frozen=True):
    """What an expression can say of the page, in headers and footers."""

    number: PageField = PageField("number")
    count: PageField = PageField("count")


class Loop(Struct, frozen=True, eq=False):
    """``NAME in EXPRESSION``: the items to go through, and what each is called."""

    name: str
    items: Expression


class Texts(Struct, frozen=True, eq=False):
    """Everything of a layout that is filled, by the text that it was read from."""

    templates: Mapping[Text, Template]
    expressions: Mapping[Text, Expression]
    loops: Mapping[Text, Loop]

    def mention(self, name: str) -> bool:
        """Whether the name stands in any expression, so that its field may be printed."""
        loops = (loop.items for loop in self.loops.values())
        others = (*loops, *self.expressions.values())
        return self.print_field(name) or any(name in one.source for one in others)

    def print_field(self, name: str) -> bool:
        """Whether the name stands in an expression that a text is filled with."""
        filled = (one for text in self.templates.values() for one in text.expressions)
        return any(name in one.source for one in filled)


def read_texts(layout: Layout, findings: Findings) -> Texts:
    """The texts of a layout, read and checked; findings tell all that is wrong with them."""
    reader = _Reader(findings)
    scope: Scope = {
        "record": Kind("fields", model=ProcedureRecord),
        "organization": Kind("fields", model=Organization),
        "layout": Kind("fields", model=SheetLayout),
    }
    reader.template(layout.title, "plain", scope)
    in_furniture = {**scope, "page": Kind("fields", model=Page)}
    for furniture in (layout.header, layout.footer):
        reader.furniture(furniture, in_furniture)
    reader.blocks(layout.blocks, scope)
    return Texts(reader.templates, reader.expressions, reader.loops)


class _Reader:
    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self.templates: dict[Text, Template] = {}
        self.expressions: dict[Text, Expression] = {}
        self.loops: dict[Text, Loop] = {}

    def furniture(self, furniture: PageFurniture | None, scope: Scope) -> None:
        if furniture:
            self.blocks((*furniture.first, *furniture.later), scope)

    def blocks(self, blocks: tuple[Block, ...] | None, scope: Scope) -> None:
        for block in blocks or ():
            inner = self.loop(block.for_each, scope) if block.for_each else scope
            self.condition(block.when, inner)
            _READERS[type(block)](self, block, inner)

    def template(self, text: Text | None, place: Place, scope: Scope) -> None:
        if text is None:
            return
        template = read_template(text, place, self._findings)
        for expression in template.expressions:
            kind = kind_of_expression(expression, scope, self._findings)
            if kind:
                self._check_printable(expression, kind, place)
        self.templates[text] = template

    def condition(self, text: Text | None, scope: Scope) -> None:
        if text is not None:
            self._expression(text, scope)

    def field(self, text: Text | None, scope: Scope) -> None:
        if text is None:
            return
        kind = self._expression(text, scope)
        if kind and kind not in (PROSE, TEXT, NUMBER, DATE):
            message = f"'field' gives prose or text, but this is {kind}"
            span = self.expressions[text].span()
            self._findings.error("wrong-type", message, span, _printing_hint(kind))

    def loop(self, text: Text, scope: Scope) -> Scope:
        match = _LOOP.match(text.value)
        if not match or not match[1].isidentifier():
            message = f"{text.value!r} does not name items"
            self._findings.error("template-syntax", message, text.span, _LOOP_HINT)
            return scope
        name = match[1]
        if name in scope or name in _KEYWORDS or name == "page":
            message = f"{name!r} has a meaning already"
            span = text.locate(match.start(1))
            self._findings.error("unknown-name", message, span, "take another name for the item")
        source = text.value[match.end() :]
        expression = read_expression(source, text, match.end(), self._findings)
        if not expression:
            return {**scope, name: None}
        self.loops[text] = Loop(name, expression)
        kind = kind_of_expression(expression, scope, self._findings)
        if kind and not kind.item:
            message = f"only a list can be gone through, but this is {kind}"
            self._findings.error("wrong-type", message, expression.span(), _LOOP_HINT)
        return {**scope, name: kind and kind.item}

    def _expression(self, text: Text, scope: Scope) -> Kind | None:
        expression = read_expression(text.value, text, 0, self._findings)
        if not expression:
            return None
        self.expressions[text] = expression
        return kind_of_expression(expression, scope, self._findings)

    def _check_printable(self, expression: Expression, kind: Kind, place: Place) -> None:
        allowed = (TEXT, NUMBER, DATE) if place == "plain" else (TEXT, NUMBER, DATE, PROSE)
        if kind in allowed or (kind == PAGE_FIELD and place != "plain"):
            return
        message = f"this is {kind}, which cannot be printed here"
        self._findings.error("wrong-type", message, expression.span(), _printing_hint(kind))


def _printing_hint(kind: Kind) -> str | None:
    if kind.item:
        return "go through it with for_each, or write {{ LIST | join(', ') }} for a list of texts"
    if kind.model:
        return f"name one of its fields: {', '.join(sorted(fields_of(kind)))}"
    hints: dict[str, str] = {
        "yes-or-no": "write {{ 'yes' if CONDITION else 'no' }}",
        "prose": "give it a section or a text of its own",
    }
    return hints.get(kind.sort)


def _section(reader: _Reader, block: SectionBlock, scope: Scope) -> None:
    reader.template(block.heading, "line", scope)
    reader.field(block.field, scope)
    reader.template(block.text, "blocks", scope)
    reader.blocks(block.blocks, scope)


def _text(reader: _Reader, block: TextBlock, scope: Scope) -> None:
    reader.template(block.text, "blocks", scope)


def _title(reader: _Reader, block: TitleBlock, scope: Scope) -> None:
    reader.template(block.text, "line", scope)
    reader.template(block.subtitle, "line", scope)


def _key_facts(reader: _Reader, block: KeyFactsBlock, scope: Scope) -> None:
    for fact in block.facts:
        _fact(reader, fact, scope)


def _fact(reader: _Reader, fact: FactEntry, scope: Scope) -> None:
    reader.condition(fact.when, scope)
    reader.template(fact.label, "line", scope)
    reader.field(fact.field, scope)
    reader.template(fact.text, "blocks", scope)


def _callout(reader: _Reader, block: CalloutBlock, scope: Scope) -> None:
    reader.template(block.heading, "line", scope)
    reader.template(block.text, "blocks", scope)
    reader.blocks(block.blocks, scope)


def _table(reader: _Reader, block: TableBlock, scope: Scope) -> None:
    in_row = reader.loop(block.rows, scope)
    for column in block.columns:
        reader.template(column.group, "line", scope)
        reader.template(column.heading, "line", scope)
        reader.template(column.text, "blocks", in_row)


def _prepared_for(reader: _Reader, block: PreparedForBlock, scope: Scope) -> None:
    for fact in block.facts:
        reader.template(fact.label, "line", scope)


def _columns(reader: _Reader, block: ColumnsBlock, scope: Scope) -> None:
    for slot in block.columns:
        reader.blocks(slot.blocks, scope)


def _image(reader: _Reader, block: ImageBlock, scope: Scope) -> None:
    reader.template(block.alt, "plain", scope)


def _code(reader: _Reader, block: QrCodeBlock | BarcodeBlock, scope: Scope) -> None:
    for text in (block.value, block.alt, block.caption):
        reader.template(text, "plain", scope)


def _ruled_lines(reader: _Reader, block: RuledLinesBlock, scope: Scope) -> None:
    reader.template(block.label, "line", scope)


def _signature(reader: _Reader, block: SignatureBlock, scope: Scope) -> None:
    for line in block.lines:
        reader.template(line, "line", scope)


def _checklist(reader: _Reader, block: ChecklistBlock, scope: Scope) -> None:
    for item in block.items:
        reader.template(item, "blocks", scope)


def _blocks(reader: _Reader, block: FlowedColumnsBlock | KeepTogetherBlock, scope: Scope) -> None:
    reader.blocks(block.blocks, scope)


def _nothing(_: _Reader, __: LogoBlock | PageBreakBlock | RuleBlock, ___: Scope) -> None:
    """These blocks hold no text."""


_READERS: dict[type[Block], Callable[[_Reader, Any, Scope], None]] = {
    SectionBlock: _section,
    TextBlock: _text,
    TitleBlock: _title,
    KeyFactsBlock: _key_facts,
    PreparedForBlock: _prepared_for,
    CalloutBlock: _callout,
    TableBlock: _table,
    ColumnsBlock: _columns,
    FlowedColumnsBlock: _blocks,
    ImageBlock: _image,
    LogoBlock: _nothing,
    QrCodeBlock: _code,
    BarcodeBlock: _code,
    RuledLinesBlock: _ruled_lines,
    SignatureBlock: _signature,
    ChecklistBlock: _checklist,
    KeepTogetherBlock: _blocks,
    PageBreakBlock: _nothing,
    RuleBlock: _nothing,
}
