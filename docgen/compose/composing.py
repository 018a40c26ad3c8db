"""The blocks of a document, each made from its block of the layout."""

import re
from collections.abc import Callable
from typing import Any

from docgen.compose.filling import Filling
from docgen.compose.presentation import LIST_KINDS, as_list
from docgen.compose.tables import compose_table, width_of
from docgen.diagnostics import Diagnostic
from docgen.document import (
    Block,
    Callout,
    Code,
    Columns,
    ColumnSlot,
    Fact,
    Figure,
    FlowedColumns,
    Heading,
    KeepTogether,
    KeyFacts,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    PreparedFor,
    Rule,
    RuledLines,
    Section,
    Signature,
    VisitFact,
)
from docgen.drawings import DrawingValue
from docgen.layouts import Length, check_filled_alternative, model
from docgen.records import ProcedureRecord
from docgen.source import TextNode

Blocks = tuple[Block, ...]

BODY = "body"
_RECORD_FIELD = re.compile(r"\s*record\.([a-z_]+)\s*")


def compose_blocks(filling: Filling, blocks: tuple[model.Block, ...]) -> Blocks:
    """What some blocks of a layout say of one record, without those that say nothing."""
    return tuple(made for block in blocks for made in _compose(filling, block))


def _compose(filling: Filling, block: model.Block) -> Blocks:
    made = _compose_each(filling, block)
    return filling.owed.in_place_of(block.safety, made) if block.safety else made


def _compose_each(filling: Filling, block: model.Block) -> Blocks:
    if not block.for_each:
        return _compose_once(filling, block, block.id)
    made: list[Block] = []
    items = list(filling.items(block.for_each))
    for number, item in enumerate(items, 1):
        made += _compose_once(item, block, f"{block.id}-{number}")
    if not items:
        _require(filling, block)
    return tuple(made)


def _compose_once(filling: Filling, block: model.Block, name: str) -> Blocks:
    if block.once_per_packet and not filling.first_in_packet:
        return ()
    if not filling.holds(block.when):
        return ()
    made = _COMPOSERS[type(block)](filling, block)
    if not made:
        _require(filling, block)
    if isinstance(block, model.SectionBlock) and made:
        return (Section(name, made, block.span),)
    return made


def _require(filling: Filling, block: model.Block) -> None:
    """Tells that a block is empty which the layout requires."""
    if not block.required:
        return
    if filling.without_sections:
        filling.findings.extend([filling.without_sections])
        return
    source = _source_named(block)
    field = _RECORD_FIELD.fullmatch(source or "")
    if field:
        # What is missing is missing there, whatever the layout.
        filling.findings.error(
            "required-block",
            f"this record has no {field[1]!r}, which the block {block.id!r} of the layout requires",
            filling.record_span,
            f"write {field[1]!r} into the record; {block.span} requires it",
        )
        return
    filling.findings.error(
        "required-block",
        f"the block {block.id!r} is required, but {source!r} has no value in {filling.record_path}"
        if source
        else f"the block {block.id!r} is required, but it is empty for {filling.record_path}",
        block.span,
        "complete the record, or take 'required' from the block",
    )


def without_sections(record: ProcedureRecord) -> Diagnostic:
    """What is wrong with a record that has no section."""
    return Diagnostic(
        "no-sections",
        f"there is only a title for {record.code_system.name} {record.code}",
        record.span,
        "write a record of it, or import one",
    )


def _source_named(block: model.Block) -> str | None:
    """What a block takes its content from, as the layout names it."""
    for text in (block.for_each, getattr(block, "field", None), getattr(block, "rows", None)):
        if text:
            return text.value
    return None


def _compose_section(filling: Filling, block: model.SectionBlock) -> Blocks:
    content = _content_of_section(filling, block)
    if not content:
        return ()
    presented = _presented(content, block, filling.words.box_to_tick)
    return (_heading_of(filling, block.heading, block.level), *presented)


def _content_of_section(filling: Filling, block: model.SectionBlock) -> Blocks:
    if block.field:
        return filling.field(block.field, BODY)
    if block.text:
        return filling.blocks(block.text, BODY)
    return compose_blocks(filling, block.blocks or ())


def _presented(content: Blocks, block: model.SectionBlock, box: str) -> Blocks:
    if block.presentation == "callout":
        return (Callout(content, block.style or "note", block.span),)
    kind = LIST_KINDS.get(block.presentation)
    return as_list(content, kind, box) if kind else content


def _heading_of(filling: Filling, text: TextNode, level: int) -> Heading:
    return Heading(level, filling.line(text, f"heading-{level}"), text.span)


def _compose_text(filling: Filling, block: model.TextBlock) -> Blocks:
    return filling.blocks(block.text, block.style)


def _compose_title(filling: Filling, block: model.TitleBlock) -> Blocks:
    title = _heading_of(filling, block.text, 1)
    return (
        (title, _paragraph_of(filling, block.subtitle, "subtitle")) if block.subtitle else (title,)
    )


def _paragraph_of(filling: Filling, text: TextNode, style: str) -> Paragraph:
    return Paragraph(filling.line(text, style), style, text.span)


def _compose_key_facts(filling: Filling, block: model.KeyFactsBlock) -> Blocks:
    facts = tuple(fact for entry in block.facts for fact in _facts_of_entry(filling, entry))
    return (KeyFacts(facts, block.across, block.span),) if facts else ()


def _facts_of_entry(filling: Filling, entry: model.FactEntry) -> tuple[Fact, ...]:
    if not filling.holds(entry.when):
        return ()
    if entry.field:
        blocks = filling.field(entry.field, BODY)
    else:
        blocks = filling.blocks(entry.text, BODY) if entry.text else ()
    return (Fact(_paragraph_of(filling, entry.label, "label"), blocks),) if blocks else ()


def _compose_prepared_for(filling: Filling, block: model.PreparedForBlock) -> Blocks:
    facts = tuple(
        VisitFact(_paragraph_of(filling, entry.label, "label"), entry.value)
        for entry in block.facts
    )
    dated_in = filling.values.dated_in
    return (PreparedFor(facts, block.style, block.across, dated_in, origin=block.span),)


def _compose_callout(filling: Filling, block: model.CalloutBlock) -> Blocks:
    if block.text:
        content = filling.blocks(block.text, BODY)
    else:
        content = compose_blocks(filling, block.blocks or ())
    if not content:
        return ()
    heading = (_heading_of(filling, block.heading, block.level),) if block.heading else ()
    return (Callout((*heading, *content), block.style, block.span),)


def _compose_columns(filling: Filling, block: model.ColumnsBlock) -> Blocks:
    filled = ((entry, compose_blocks(filling, entry.blocks)) for entry in block.columns)
    slots = tuple(ColumnSlot(blocks, width_of(entry.width)) for entry, blocks in filled if blocks)
    return (Columns(slots, block.span),) if slots else ()


def _compose_flowed_columns(filling: Filling, block: model.FlowedColumnsBlock) -> Blocks:
    content = compose_blocks(filling, block.blocks)
    return (FlowedColumns(content, block.count, block.span),) if content else ()


def _compose_image(filling: Filling, block: model.ImageBlock) -> Blocks:
    image = filling.images[block.file]
    alt = filling.alternative(block.alt)
    check_filled_alternative(alt, block.file, block.alt, filling.findings)
    width, height = _points_of(block.width), _points_of(block.height)
    language = filling.foreign(block.alt.language)
    return (Figure(image, alt, width, height, block.align, block.span, language),)


def _compose_drawing(filling: Filling, block: model.DrawingBlock) -> Blocks:
    told = len(filling.findings)
    values = tuple(
        DrawingValue(filling.plain(one.value), filling.plain(one.label) if one.label else "")
        for one in block.values
    )
    alt = filling.alternative(block.alt)
    if len(filling.findings) > told:
        return ()
    width = _points_of(block.width)
    picture = filling.drawings.made(block.drawing, width, values, filling.findings)
    if picture is None:
        return ()
    language = filling.foreign(block.alt.language)
    return (Figure(picture, alt, width, None, block.align, block.span, language),)


def _compose_logo(filling: Filling, block: model.LogoBlock) -> Blocks:
    logo = filling.logo
    if logo is None:
        return ()
    width = _points_of(block.width) or logo.max_width
    height = _points_of(block.height) or logo.max_height
    language = filling.foreign(logo.language)
    return (Figure(logo.image, logo.alt, width, height, block.align, block.span, language),)


def _points_of(length: Length | None) -> float | None:
    return length.points if length else None


def _compose_qr_code(filling: Filling, block: model.QrCodeBlock) -> Blocks:
    return (_code_blocks(filling, block, "qr", block.size),)


def _compose_barcode(filling: Filling, block: model.BarcodeBlock) -> Blocks:
    return (_code_blocks(filling, block, "code128", block.height),)


def _code_blocks(
    filling: Filling,
    block: model.QrCodeBlock | model.BarcodeBlock,
    symbology: Any,
    size: Length,
) -> Code:
    caption = filling.plain(block.caption, "caption") if block.caption else None
    return Code(
        symbology,
        filling.plain(block.value),
        size.points,
        filling.alternative(block.alt),
        caption,
        block.align,
        block.span,
        filling.foreign(block.alt.language),
        filling.foreign(block.caption.language) if block.caption else None,
    )


def _compose_ruled_lines(filling: Filling, block: model.RuledLinesBlock) -> Blocks:
    lines = RuledLines(block.count, block.span)
    if not block.label:
        return (lines,)
    return (KeepTogether((_paragraph_of(filling, block.label, "label"), lines)),)


def _compose_signature(filling: Filling, block: model.SignatureBlock) -> Blocks:
    labels = tuple(_paragraph_of(filling, line, "caption") for line in block.lines)
    return (Signature(labels, block.span),)


def _compose_checklist(filling: Filling, block: model.ChecklistBlock) -> Blocks:
    filled = ((item, filling.blocks(item, BODY)) for item in block.items)
    items = tuple(ListItem(blocks, item.span) for item, blocks in filled if blocks)
    if not items:
        return ()
    return (ListBlock("check", items, origin=block.span, label=filling.words.box_to_tick),)


def _compose_keep_together(filling: Filling, block: model.KeepTogetherBlock) -> Blocks:
    content = compose_blocks(filling, block.blocks)
    return (KeepTogether(content),) if content else ()


def _compose_page_break(_: Filling, __: model.PageBreakBlock) -> Blocks:
    return (PageBreak(),)


def _compose_rule(_: Filling, __: model.RuleBlock) -> Blocks:
    return (Rule(),)


_COMPOSERS: dict[type[model.Block], Callable[[Filling, Any], Blocks]] = {
    model.SectionBlock: _compose_section,
    model.TextBlock: _compose_text,
    model.TitleBlock: _compose_title,
    model.KeyFactsBlock: _compose_key_facts,
    model.PreparedForBlock: _compose_prepared_for,
    model.CalloutBlock: _compose_callout,
    model.TableBlock: compose_table,
    model.ColumnsBlock: _compose_columns,
    model.FlowedColumnsBlock: _compose_flowed_columns,
    model.ImageBlock: _compose_image,
    model.DrawingBlock: _compose_drawing,
    model.LogoBlock: _compose_logo,
    model.QrCodeBlock: _compose_qr_code,
    model.BarcodeBlock: _compose_barcode,
    model.RuledLinesBlock: _compose_ruled_lines,
    model.SignatureBlock: _compose_signature,
    model.ChecklistBlock: _compose_checklist,
    model.KeepTogetherBlock: _compose_keep_together,
    model.PageBreakBlock: _compose_page_break,
    model.RuleBlock: _compose_rule,
}
