"""Structure elements for the nodes of a document tree: what each of them is called in PDF.

ISO 32000-1, 14.8.4 names the standard structure types, ISO 14289-1, 7 says how to use them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from docgen.document import (
    Block,
    Callout,
    Code,
    Columns,
    Document,
    Figure,
    FlowedColumns,
    Heading,
    Inline,
    KeepTogether,
    KeyFacts,
    ListBlock,
    ListItem,
    ListKind,
    Paragraph,
    PreparedFor,
    RuledLines,
    Section,
    Signature,
    Table,
    TableCell,
    TableRow,
    TextRun,
    plain_text,
)
from docgen.pdf.strings import rectangle, text_string
from docgen.pdf.structure import StructureElement
from docgen.typeset import (
    Box,
    FieldArea,
    LinkArea,
    Owner,
    PlacedCode,
    PlacedDrawing,
    PlacedImage,
    TextPiece,
)

_LABEL = "label"
"""The text style of what names the lines below it."""
_NUMBERING: dict[ListKind, str] = {"bullet": "Disc", "ordered": "Decimal", "check": "None"}


class FormField(Struct, frozen=True, eq=False):
    """A place to write on: its element and what a screen reader says for it."""

    element: StructureElement
    name: str


class Tags:
    """The elements of a document, and which of them each item of a page belongs to.

    Where it is ``fillable``, places to write on are content; otherwise they say nothing.
    """

    def __init__(self, document: Document, *, fillable: bool) -> None:
        self.root = StructureElement("Document", None)
        self._fillable = fillable
        self._topic: tuple[Inline, ...] = (TextRun(document.title),)
        self._fields: dict[tuple[Owner, int], FormField] = {}
        self._content: dict[Owner, StructureElement] = {}
        self._labels: dict[Owner, StructureElement] = {}
        self._figures: dict[Owner, StructureElement] = {}
        self._facts: set[StructureElement] = set()
        self._notes = 0
        self._add(document.blocks, self.root)

    def of_text(self, piece: TextPiece) -> StructureElement | None:
        """The element of a text; None for an artifact."""
        node = piece.node
        if node is None:
            return None
        element = (self._content if piece.part == "content" else self._labels)[node]
        if piece.link is not None:
            element = element.linked(piece.link)
        if piece.language is not None:
            element = element.spoken(piece.language)
        return element

    def of_box(self, box: Box) -> StructureElement | None:
        """The element of a box to tick; None for an artifact, as is the look of a field."""
        return None if box.node is None or self._fillable else self._labels[box.node]

    def of_field(self, area: FieldArea) -> FormField:
        """The field of a place to write on, in a fillable document."""
        return self._fields[area.node, area.index]

    def of_figure(
        self, placed: PlacedImage | PlacedDrawing | PlacedCode, page_height: float
    ) -> StructureElement | None:
        """The element of an image or code, told where it stands; None for an artifact."""
        if placed.node is None:
            return None
        element = self._figures[placed.node]
        box = rectangle(placed, page_height)
        element.entries += f"/A<</O/Layout/Placement/Block/BBox{box}>>"
        return element

    def of_node(self, node: Owner) -> StructureElement:
        """The element that holds the text of a node."""
        return self._content[node]

    def _add(self, blocks: Sequence[Block], parent: StructureElement) -> None:
        for block in blocks:
            build = _BUILDERS.get(type(block))
            if build is not None:
                build(self, block, parent)

    def _add_paragraph(self, block: Paragraph, parent: StructureElement) -> None:
        if block.style == _LABEL:
            self._topic = block.inlines
        self._content[block] = StructureElement("P", parent, "", _language(block.inlines))

    def _add_heading(self, block: Heading, parent: StructureElement) -> None:
        self._topic = block.inlines
        self._content[block] = StructureElement(
            f"H{block.level}", parent, "", _language(block.inlines)
        )

    def _add_section(self, block: Section, parent: StructureElement) -> None:
        self._add(block.blocks, StructureElement("Sect", parent))

    def _add_list(self, block: ListBlock, parent: StructureElement) -> None:
        element = StructureElement(
            "L", parent, f"/A<</O/List/ListNumbering/{_NUMBERING[block.kind]}>>"
        )
        for item in block.items:
            inside = StructureElement("LI", element)
            self._labels[item] = label = StructureElement("Lbl", inside)
            if block.kind == "check":
                self._add_tick_box(block, item, label)
            self._add_alone_or(item.blocks, StructureElement("LBody", inside))

    def _add_tick_box(self, block: ListBlock, item: ListItem, label: StructureElement) -> None:
        if self._fillable:
            self._add_field(item, 0, label, _text(item.blocks))
        else:
            label.entries = f"/Alt {text_string(block.label)}"

    def _add_alone_or(self, blocks: Sequence[Block], holder: StructureElement) -> None:
        """A paragraph that is alone needs no element of its own inside of its holder."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            holder.language = _language(blocks[0].inlines)
            self._content[blocks[0]] = holder
        else:
            self._add(blocks, holder)

    def _add_facts(self, block: KeyFacts, parent: StructureElement) -> None:
        """Labels and what they stand for make a list of terms and their definitions.

        Facts that follow each other make one list, in however many columns they stand.
        """
        last = parent.kids[-1] if parent.kids else None
        if not isinstance(last, StructureElement) or last not in self._facts:
            last = StructureElement("L", parent, "/A<</O/List/ListNumbering/None>>")
            self._facts.add(last)
        for fact in block.facts:
            inside = StructureElement("LI", last)
            self._add_alone_or((fact.label,), StructureElement("Lbl", inside))
            self._add_alone_or(fact.blocks, StructureElement("LBody", inside))

    def _add_callout(self, block: Callout, parent: StructureElement) -> None:
        if isinstance(block.blocks[0], Heading):
            self._add(block.blocks, StructureElement("Sect", parent))
        elif all(isinstance(inner, Paragraph | ListBlock) for inner in block.blocks):
            self._notes += 1
            note = StructureElement("Note", parent)
            note.identity = f"note-{self._notes:05}"
            self._add(block.blocks, note)
        else:
            self._add(block.blocks, StructureElement("Div", parent))

    def _add_table(self, block: Table, parent: StructureElement) -> None:
        element = StructureElement("Table", parent)
        if block.header:
            head = StructureElement("THead", element)
            for row in block.header:
                self._add_row(row, head, is_header=True)
        body = StructureElement("TBody", element)
        for row in block.rows:
            self._add_row(row, body, is_header=False)

    def _add_row(self, row: TableRow, parent: StructureElement, *, is_header: bool) -> None:
        element = StructureElement("TR", parent)
        for cell in row.cells:
            scope = "Column" if is_header else "Row" if cell.row_header else None
            holder = StructureElement(
                "TH" if scope else "TD", element, _cell_attributes(cell, scope)
            )
            self._add_alone_or(cell.blocks, holder)

    def _add_columns(self, block: Columns, parent: StructureElement) -> None:
        for slot in block.slots:
            self._add(slot.blocks, parent)

    def _add_group(
        self, block: FlowedColumns | KeepTogether | PreparedFor, parent: StructureElement
    ) -> None:
        self._add(block.blocks, parent)

    def _add_figure(self, block: Figure, parent: StructureElement) -> None:
        alt = f"/Alt {text_string(block.alt)}"
        self._figures[block] = StructureElement("Figure", parent, alt, block.language)

    def _add_code(self, block: Code, parent: StructureElement) -> None:
        holder = parent if block.caption is None else StructureElement("Div", parent)
        alt = f"/Alt {text_string(block.alt)}"
        self._figures[block] = StructureElement("Figure", holder, alt, block.language)
        if block.caption is not None:
            self._content[block] = StructureElement("Caption", holder, "", block.caption_language)

    def _add_signature(self, block: Signature, parent: StructureElement) -> None:
        for index, label in enumerate(block.labels):
            self._add_paragraph(label, parent)
            if self._fillable:
                self._add_field(block, index, parent, plain_text(label.inlines))

    def _add_lines(self, block: RuledLines, parent: StructureElement) -> None:
        if not self._fillable:
            return
        for index in range(block.count):
            counted = f" {index + 1}/{block.count}" if block.count > 1 else ""
            self._add_field(block, index, parent, plain_text(self._topic) + counted)

    def _add_field(self, node: Owner, index: int, parent: StructureElement, name: str) -> None:
        spoken = " ".join(name.split())
        self._fields[node, index] = FormField(StructureElement("Form", parent), spoken)


_BUILDERS: dict[type[Block], Callable[[Tags, Any, StructureElement], None]] = {
    Paragraph: Tags._add_paragraph,
    Heading: Tags._add_heading,
    Section: Tags._add_section,
    ListBlock: Tags._add_list,
    KeyFacts: Tags._add_facts,
    Callout: Tags._add_callout,
    Table: Tags._add_table,
    Columns: Tags._add_columns,
    FlowedColumns: Tags._add_group,
    KeepTogether: Tags._add_group,
    PreparedFor: Tags._add_group,
    Figure: Tags._add_figure,
    Code: Tags._add_code,
    Signature: Tags._add_signature,
    RuledLines: Tags._add_lines,
}
"""Rules and page breaks say nothing."""


def _cell_attributes(cell: TableCell, scope: str | None) -> str:
    """What a cell heads and how many columns and rows it spans (ISO 32000-1, 14.8.5.7)."""
    attributes = [
        f"/Scope/{scope}" if scope else "",
        f"/ColSpan {cell.column_span}" if cell.column_span > 1 else "",
        f"/RowSpan {cell.row_span}" if cell.row_span > 1 else "",
    ]
    joined = "".join(attributes)
    return f"/A<</O/Table{joined}>>" if joined else ""


def _text(blocks: Sequence[Block]) -> str:
    """The text of some paragraphs and lists."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(plain_text(block.inlines))
        if isinstance(block, ListBlock):
            parts += [_text(item.blocks) for item in block.items]
    return " ".join(parts)


def _language(inlines: Sequence[Inline]) -> str | None:
    """The language that all of a paragraph is in, where it is not the document's."""
    first = inlines[0] if inlines else None
    if not isinstance(first, TextRun) or first.language is None:
        return None
    language = first.language
    return language if all(_is_in(language, inline) for inline in inlines) else None


def _is_in(language: str, inline: Inline) -> bool:
    return isinstance(inline, TextRun) and inline.language == language


def said(area: LinkArea) -> str:
    """The text of a link, for readers who meet it out of its sentence (ISO 14289-1, 7.18.5)."""
    assert isinstance(area.node, Paragraph | Heading)  # only they hold links
    runs = (inline for inline in area.node.inlines if isinstance(inline, TextRun))
    return " ".join("".join(run.text for run in runs if run.link is area.link).split())
