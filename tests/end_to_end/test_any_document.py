"""Whatever a document says, it conforms: nested lists, long tables, links over lines, languages."""

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError
from docgen.document import (
    Block,
    Document,
    Heading,
    Link,
    ListBlock,
    ListItem,
    ListKind,
    Paragraph,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    TextRun,
)
from docgen.pdf import write_pdf
from docgen.typeset import typeset
from tests.conformance import conformance_problems
from tests.documents import documents
from tests.sheets import paper, text


def problems(document: Document, *, fillable: bool, stacked: bool) -> list[str]:
    """What stands against a document, with or without fields, side by side or stacked."""
    styles = msgspec.structs.replace(document.styles, stacked=stacked)
    pages = typeset(msgspec.structs.replace(document, styles=styles))
    return conformance_problems(write_pdf(pages, fillable=fillable).data)


def _row(*cells: str, style: str = "table-cell") -> TableRow:
    return TableRow(tuple(TableCell((text(cell, style),) if cell else ()) for cell in cells))


def _table(*rows: TableRow) -> Table:
    head = _row("Dose", "Time", style="table-head")
    return Table((TableColumn(), TableColumn()), (head,), rows)


def _nested(*kinds: ListKind) -> ListBlock:
    kind, *inner = kinds
    items = [(text("Item"), *([_nested(*inner)] if inner else ())) for _ in range(3)]
    return ListBlock(kind, tuple(ListItem(item) for item in items))


EDGES: dict[str, Block] = {
    "empty table": _table(_row("", "")),
    "long table": _table(*(_row(f"{number} mg", "noon") for number in range(80))),
    "tall row": _table(_row("word " * 600, "noon")),
    "nested lists": _nested("ordered", "bullet", "check", "check"),
    "link over pages": Paragraph((TextRun("more " * 900, link=Link("https://example.org/")),)),
    "two links in a row": Paragraph(
        tuple(TextRun("more", link=Link(f"https://example.org/{number}")) for number in range(2))
    ),
    "languages over pages": Paragraph(
        (TextRun("dolor " * 500, language="es"), TextRun("pain " * 500))
    ),
    "link in two languages": Paragraph(
        tuple(
            TextRun("more ", link=link, language=language)
            for link in [Link("https://example.org/")]
            for language in ("es", None, "vi")
        )
    ),
}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("stacked", [False, True], ids=["side by side", "stacked"])
def test_edges_conform(edge: str, stacked: bool) -> None:
    document = paper(Heading(1, (TextRun("Edge"),)), EDGES[edge], width=300.0)
    assert problems(document, fillable=stacked, stacked=stacked) == []


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    # Documents are too large to shrink in a useful time.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(documents(), st.booleans(), st.booleans())
def test_every_document_conforms(document: Document, fillable: bool, stacked: bool) -> None:
    try:
        found = problems(document, fillable=fillable, stacked=stacked)
    except DocgenError:
        reject()  # columns inside of columns may leave no width for a word or a code
    assert found == []
