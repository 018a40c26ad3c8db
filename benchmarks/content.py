"""The words of a composed document as plain data, for a peer that knows nothing of docgen.

Taking them from the document makes sure that both set the same words.
"""

from collections.abc import Callable
from html import escape
from typing import Any

from docgen.document import (
    Block,
    Callout,
    Code,
    Columns,
    Document,
    Heading,
    Inline,
    KeepTogether,
    KeyFacts,
    ListBlock,
    PageBreak,
    PageField,
    Paragraph,
    PreparedFor,
    RuledLines,
    Section,
    Share,
    Signature,
    Table,
    TableRow,
    TextRun,
    plain_text,
)

Part = dict[str, Any]
Worded = Callable[[tuple[Inline, ...]], Any]
"""Writes a text as a peer wants it."""


def markup(inlines: tuple[Inline, ...]) -> str:
    """A text in the markup of Platypus, which HTML shares."""
    return "".join(_run_markup(inline) for inline in inlines if isinstance(inline, TextRun))


def stretches(inlines: tuple[Inline, ...]) -> str | list[tuple[str, list[str], str | None]]:
    """A text in stretches of one look and target, or as it is where it has neither."""
    runs = [inline for inline in inlines if isinstance(inline, TextRun)]
    if not any(run.strong or run.emphasis or run.link for run in runs):
        return plain_text(inlines)
    return [
        (
            run.text,
            [look for look in ("strong", "emphasis") if getattr(run, look)],
            run.link.href if run.link else None,
        )
        for run in runs
    ]


def content_of(document: Document, worded: Worded = markup) -> dict[str, Any]:
    """Everything that the peer prints."""
    return {
        "title": document.title,
        "author": document.author,
        "footers": [_words(document.footer.first), _words(document.footer.later)],
        "parts": _Reading(worded).parts(document.blocks),
    }


def _words(blocks: tuple[Block, ...]) -> str:
    """The text of a footer without its page number."""
    words: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if any(isinstance(inline, PageField) for inline in block.inlines):
                continue
            words.append(plain_text(block.inlines))
        elif isinstance(block, Columns):
            words += [_words(slot.blocks) for slot in block.slots]
    return "    ".join(word for word in words if word)


class _Reading:
    """Reads the parts of a document, their texts written for one peer."""

    def __init__(self, worded: Worded) -> None:
        self._worded = worded

    def parts(self, blocks: tuple[Block, ...]) -> list[Part]:
        return [part for block in blocks for part in self._part(block)]

    def _part(self, block: Block) -> list[Part]:  # noqa: PLR0911, PLR0912, one case a kind
        match block:
            case Paragraph():
                return [self._paragraph(block.style, block.inlines)]
            case Heading():
                return [self._paragraph(f"heading-{block.level}", block.inlines)]
            case Section() | KeepTogether():
                return self.parts(block.blocks)
            case ListBlock():
                items = [self.parts(item.blocks) for item in block.items]
                return [
                    {"kind": "list", "marker": block.kind, "start": block.start, "items": items}
                ]
            case Callout():
                return [self._box(block)]
            case PreparedFor():
                return [self._box(block)] if block.blocks else []
            case KeyFacts():
                facts = [self.parts((fact.label, *fact.blocks)) for fact in block.facts]
                return [{"kind": "facts", "across": block.across, "facts": facts}]
            case Columns():
                weights = [
                    slot.width.weight if isinstance(slot.width, Share) else 1.0
                    for slot in block.slots
                ]
                slots = [self.parts(slot.blocks) for slot in block.slots]
                return [{"kind": "columns", "weights": weights, "slots": slots}]
            case Table():
                rows = [self._cells(row) for row in (*block.header, *block.rows)]
                return [{"kind": "table", "rows": rows}]
            case RuledLines():
                return [{"kind": "lines", "count": block.count}]
            case Signature():
                labels = [self._worded(label.inlines) for label in block.labels]
                return [{"kind": "signature", "labels": labels}]
            case Code():
                code = {"payload": block.payload, "size": block.size, "alt": block.alt}
                return [{"kind": "qr", **code}]
            case PageBreak():
                return [{"kind": "break"}]
            case _:
                return []

    def _paragraph(self, style: str, inlines: tuple[Inline, ...]) -> Part:
        return {"kind": "paragraph", "style": style, "text": self._worded(inlines)}

    def _box(self, block: Callout | PreparedFor) -> Part:
        return {"kind": "callout", "style": block.style, "parts": self.parts(block.blocks)}

    def _cells(self, row: TableRow) -> list[list[Part]]:
        return [self.parts(cell.blocks) for cell in row.cells]


def _run_markup(run: TextRun) -> str:
    text = escape(run.text).replace("\n", "<br/>")
    if run.strong:
        text = f"<b>{text}</b>"
    if run.emphasis:
        text = f"<i>{text}</i>"
    if run.link:
        text = f'<a href="{escape(run.link.href)}" color="#0b4a6f">{text}</a>'
    return text
