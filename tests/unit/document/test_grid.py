"""Cells that span rows and columns, each in its place of the table."""

import pytest

from docgen.document import TableCell, TableRow, placed_cells


def row(*spans: tuple[int, int]) -> TableRow:
    """A row of cells, each so many columns wide and rows high."""
    return TableRow(tuple(TableCell((), column_span=wide, row_span=high) for wide, high in spans))


def places(rows: list[TableRow], columns: int) -> list[list[tuple[range, range]]]:
    placed = placed_cells(rows, columns)
    return [[(here.columns, here.rows) for here in line] for line in placed]


def test_cells_stand_where_none_from_above_does() -> None:
    rows = [row((1, 3), (2, 1), (1, 1)), row((1, 2), (1, 1), (1, 2)), row((1, 1))]
    assert places(rows, 4) == [
        [(range(1), range(3)), (range(1, 3), range(1)), (range(3, 4), range(1))],
        [
            (range(1, 2), range(1, 3)),
            (range(2, 3), range(1, 2)),
            (range(3, 4), range(1, 3)),
        ],
        [(range(2, 3), range(2, 3))],
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row((1, 1))], "does not fill"),
        ([row((1, 2), (1, 2)), row()], "does not fill"),
        ([row((2, 1), (1, 1))], "reaches out"),
        ([row((1, 2), (1, 1))], "reaches out"),
        ([row((0, 1), (1, 1), (1, 1))], "reaches out"),
        ([row((1, 1), (1, 2)), row((2, 1))], "share column 1"),
    ],
)
def test_a_table_that_is_no_grid_is_a_mistake_of_who_made_it(
    rows: list[TableRow], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        placed_cells(rows, 2)
