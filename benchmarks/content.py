"""The words of a composed document as plain data, for a peer that knows nothing of docgen.

Taking them from the document makes sure that both set the same words.
"""

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
    Row,
    RuledLines,
    Run,
    Section,
    Share,
    Signature,
    Table,
    plain_text,
)

Part = dict[str, Any]


def content_of(document: Document) -> dict[str, Any]:
    """Everything that the peer prints."""
    return {
        "title": document.title,
        "footers": [_words(document.footer.first), _words(document.footer.later)],
        "parts": _parts(document.blocks),
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


def _parts(blocks: tuple[Block, ...]) -> list[Part]:
    return [part for block in blocks for part in _part(block)]


def _part(block: Block) -> list[Part]:  # noqa: PLR0911, PLR0912, one case a kind
    match block:
        case Paragraph():
            return [{"kind": "paragraph", "style": block.style, "text": _markup(block.inlines)}]
        case Heading():
            style = f"heading-{block.level}"
            return [{"kind": "paragraph", "style": style, "text": _markup(block.inlines)}]
        case Section() | KeepTogether():
            return _parts(block.blocks)
        case ListBlock():
            items = [_parts(item.blocks) for item in block.items]
            return [{"kind": "list", "marker": block.kind, "start": block.start, "items": items}]
        case Callout():
            return [{"kind": "callout", "style": block.style, "parts": _parts(block.blocks)}]
        case KeyFacts():
            facts = [_parts((fact.label, *fact.blocks)) for fact in block.facts]
            return [{"kind": "facts", "across": block.across, "facts": facts}]
        case Columns():
            weights = [
                slot.width.weight if isinstance(slot.width, Share) else 1.0 for slot in block.slots
            ]
            slots = [_parts(slot.blocks) for slot in block.slots]
            return [{"kind": "columns", "weights": weights, "slots": slots}]
        case Table():
            rows = [_cells(row) for row in (*block.header, *block.rows)]
            return [{"kind": "table", "rows": rows}]
        case RuledLines():
            return [{"kind": "lines", "count": block.count}]
        case Signature():
            labels = [_markup(label.inlines) for label in block.labels]
            return [{"kind": "signature", "labels": labels}]
        case Code():
            return [{"kind": "qr", "payload": block.payload, "size": block.size}]
        case PageBreak():
            return [{"kind": "break"}]
        case _:
            return []


def _cells(row: Row) -> list[list[Part]]:
    return [_parts(cell.blocks) for cell in row.cells]


def _markup(inlines: tuple[Inline, ...]) -> str:
    return "".join(_run_markup(inline) for inline in inlines if isinstance(inline, Run))


def _run_markup(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br/>")
    if run.strong:
        text = f"<b>{text}</b>"
    if run.emphasis:
        text = f"<i>{text}</i>"
    if run.link:
        text = f'<a href="{escape(run.link.href)}" color="#0b4a6f">{text}</a>'
    return text
