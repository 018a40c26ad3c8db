"""Tables with heads over several columns, and cells that stand for several rows."""

from docgen.document import Block, ListBlock, Paragraph, Table, TableCell, TableRow, plain_text
from tests.unit.compose.conftest import Bench

POLICIES = """\
policies:
  - {payer: Sample Health, title: Planning, effective: 2026-01-31, number: "1"}
  - {payer: Sample Health, title: Planning, number: "2"}
  - {payer: Sample Health, title: Billing, number: "3"}
  - {payer: Example Care, title: Billing, number: "3"}
"""


def table(bench: Bench, columns: str, rows: str = "policy in record.policies") -> Table:
    block = f"  - id: t\n    type: table\n    rows: {rows}\n    columns:\n{columns}"
    (made,) = bench.document(block, POLICIES).blocks
    assert isinstance(made, Table)
    return made


def said(cell: TableCell) -> str:
    return " ".join(_words(block) for block in cell.blocks)


def _words(block: Block) -> str:
    if isinstance(block, ListBlock):
        return " ".join(_words(inner) for item in block.items for inner in item.blocks)
    assert isinstance(block, Paragraph)
    return plain_text(block.inlines)


def spans(rows: tuple[TableRow, ...]) -> list[list[tuple[str, int, int]]]:
    """What the cells of each row say, and how many columns and rows they span."""
    return [[(said(cell), cell.column_span, cell.row_span) for cell in row.cells] for row in rows]


def test_neighbouring_columns_of_one_group_share_a_head(bench: Bench) -> None:
    columns = """\
      - {heading: Payer, text: "{{ policy.payer }}"}
      - {heading: Title, text: "{{ policy.title }}", group: "Policy of {{ record.code }}"}
      - {heading: No., text: "{{ policy.number }}", group: "Policy of {{ record.code }}"}
      - {heading: Since, text: "{{ policy.effective or '' }}", group: Dates}
      - {heading: Twice, text: "{{ policy.number }}"}
"""
    made = table(bench, columns)
    assert spans(made.header) == [
        [("Payer", 1, 2), ("Policy of T1", 2, 1), ("Dates", 1, 1), ("Twice", 1, 2)],
        [("Title", 1, 1), ("No.", 1, 1), ("Since", 1, 1)],
    ]
    group = made.header[0].cells[1]
    assert isinstance(group.blocks[0], Paragraph)
    assert group.blocks[0].style == "table-head"
    assert str(group.origin) == "sheet.yaml:14:61"
    assert [len(row.cells) for row in made.rows] == [5, 5, 5, 5]


def test_groups_side_by_side_have_a_head_each(bench: Bench) -> None:
    columns = """\
      - {heading: A, text: "{{ policy.payer }}", group: One}
      - {heading: B, text: "{{ policy.title }}", group: Two}
      - {heading: C, text: "{{ policy.number }}", group: Two}
"""
    assert spans(table(bench, columns).header) == [
        [("One", 1, 1), ("Two", 2, 1)],
        [("A", 1, 1), ("B", 1, 1), ("C", 1, 1)],
    ]


def test_cells_that_say_the_same_become_one(bench: Bench) -> None:
    columns = """\
      - {heading: Payer, text: "{{ policy.payer }}", merge: true}
      - {heading: Title, text: "{{ policy.title }}", merge: true}
      - {heading: No., text: "{{ policy.number }}"}
"""
    made = table(bench, columns)
    assert spans(made.rows) == [
        [("Sample Health", 1, 3), ("Planning", 1, 2), ("1", 1, 1)],
        [("2", 1, 1)],
        [("Billing", 1, 2), ("3", 1, 1)],
        [("Example Care", 1, 1), ("3", 1, 1)],
    ]


def test_empty_cells_are_not_merged(bench: Bench) -> None:
    columns = """\
      - {heading: Since, text: "{{ policy.effective or '' }}", merge: true}
      - {heading: No., text: "{{ policy.number }}"}
"""
    assert [len(row.cells) for row in table(bench, columns).rows] == [2, 2, 2, 2]


def test_what_looks_alike_but_leads_elsewhere_is_not_merged(bench: Bench) -> None:
    columns = """\
      - {heading: Look, text: "[here](https://a.example/{{ policy.number }})", merge: true}
      - {heading: No., text: "{{ policy.number }}"}
"""
    # The last two policies have one number, and one link.
    assert [row.cells[0].row_span for row in table(bench, columns).rows] == [1, 1, 2, 1]


def test_lists_are_compared_point_by_point(bench: Bench) -> None:
    columns = """\
      - {heading: List, text: "- {{ policy.payer }}\\n- x", merge: true}
      - {heading: No., text: "{{ policy.number }}"}
"""
    made = table(bench, columns)
    assert [len(row.cells) for row in made.rows] == [2, 1, 1, 2]
    assert made.rows[0].cells[0].row_span == 3


def test_cells_that_name_their_rows(bench: Bench) -> None:
    columns = """\
      - {heading: Since, text: "{{ policy.effective or '' }}", row_header: true}
      - {heading: No., text: "{{ policy.number }}"}
"""
    made = table(bench, columns)
    # Only the first policy has a date: an empty cell names nothing.
    assert [[cell.row_header for cell in row.cells] for row in made.rows] == [
        [True, False],
        [False, False],
        [False, False],
        [False, False],
    ]
