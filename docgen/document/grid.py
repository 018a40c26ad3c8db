"""Where the cells of a table stand, once spans are counted."""

from collections.abc import Sequence

from msgspec import Struct

from docgen.document.blocks import TableCell, TableRow


class PlacedCell(Struct, frozen=True, eq=False, gc=False):
    """A cell with the row and the column that it begins in, both counted from 0."""

    cell: TableCell
    row: int
    column: int

    @property
    def columns(self) -> range:
        """The columns that it covers."""
        return range(self.column, self.column + self.cell.column_span)

    @property
    def rows(self) -> range:
        """The rows that it covers."""
        return range(self.row, self.row + self.cell.row_span)


def placed_cells(rows: Sequence[TableRow], columns: int) -> list[tuple[PlacedCell, ...]]:
    """The cells that begin in each row, in places that no other cell covers.

    Raises ValueError where they do not fill ``columns`` columns of every row: no table that the
    package makes is so.
    """
    reach = [0] * columns
    placed: list[tuple[PlacedCell, ...]] = []
    for number, row in enumerate(rows):
        found: list[PlacedCell] = []
        column = 0
        for cell in row.cells:
            while column < columns and reach[column] > number:
                column += 1
            here = PlacedCell(cell, number, column)
            _occupy(here, reach, len(rows))
            found.append(here)
            column += cell.column_span
        if not found or min(reach) <= number:
            raise ValueError(f"row {number} of a table does not fill its {columns} columns")
        placed.append(tuple(found))
    return placed


def _occupy(here: PlacedCell, reach: list[int], rows: int) -> None:
    if here.columns.stop > len(reach) or here.rows.stop > rows or not here.columns or not here.rows:
        raise ValueError(f"a cell in row {here.row} reaches out of its table")
    for column in here.columns:
        if reach[column] > here.row:
            raise ValueError(f"two cells of a table share column {column} of row {here.row}")
        reach[column] = here.rows.stop
