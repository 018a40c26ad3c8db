"""The rows of a table to drafts of records."""

from collections.abc import Iterator, Sequence
from typing import Final

from docgen.code_systems import CPT, ids_in_words, system_named
from docgen.diagnostics import Findings, Span, quoted
from docgen.imports.code_lines import systems_of
from docgen.imports.drafts import Draft, DraftSection, DraftUnplaced
from docgen.imports.grids import CellGrid, GridRow, refuse_row_in_quotes
from docgen.imports.mojibake import MOJIBAKE, mojibake_message
from docgen.imports.tables.cells import cell_prose
from docgen.imports.tables.column_map import TELLING_APART, ImportMap
from docgen.imports.tables.columns import RecordTable, match_columns
from docgen.records import SECTION_TITLES
from docgen.source import has_unprintable

_SHORTEST_CPT: Final = 5
_BETWEEN_AUTHORS: Final = ";"


def drafts_of(grid: CellGrid, column_map: ImportMap | None, findings: Findings) -> Iterator[Draft]:
    """A draft for each row below the headings; of rows that cannot be used, findings tell."""
    rows = iter(grid.rows())
    first = next(rows, None)
    if first is None:
        return
    table = match_columns(first.cells, first.place, column_map, findings)
    if table is None:
        return
    reader = _RowReader(table, column_map, findings)
    for row in rows:
        draft = reader.draft(row)
        if draft:
            yield draft


class _RowReader:
    def __init__(
        self, table: RecordTable, column_map: ImportMap | None, findings: Findings
    ) -> None:
        self._table = table
        self._columns = table.columns
        self._map = column_map
        self._findings = findings

    def draft(self, row: GridRow) -> Draft | None:
        before = len(self._findings)
        self._check_letters(row)
        refuse_row_in_quotes(row, self._resembles, self._findings)
        title, code = self._on_one_line(row, "title"), self._on_one_line(row, "code")
        self._require(row, "title", title)
        if "code" in self._columns.indexes:
            self._require(row, "code", code)
        system = self._system(row)
        self._check_zeros(row, code, system)
        if len(self._findings) > before:
            return None
        signs: list[str] = []
        return Draft(
            source=row.place(0),
            said="\n".join(cell for cell in row.cells if cell.strip()),
            code=code or None,
            code_system=system,
            title=title,
            name=self._on_one_line(row, "name") or None,
            language=self._on_one_line(row, "language") or self._own_language(),
            specialty=self._on_one_line(row, "specialty") or None,
            sections=self._sections(row, signs),
            further_sections=self._further(row, signs),
            unplaced=self._unplaced(row),
            authors=self._authors(row, signs),
            furniture=(*self._told_apart(row), *signs),
        )

    def _resembles(self, cells: Sequence[str]) -> bool:
        """Whether cells are likely those of a row: a code where codes belong, and a title that is
        none."""
        code, title = (
            " ".join(cells[index].strip() for index in self._columns.indexes.get(field, ()))
            for field in ("code", "title")
        )
        return bool(systems_of(code) and title and not systems_of(title))

    def _cells(self, row: GridRow, field: str) -> tuple[str, ...]:
        """The cells of a field that are not blank."""
        indexes = self._columns.indexes.get(field, ())
        return tuple(cell for index in indexes if (cell := _cell(row, index)))

    def _on_one_line(self, row: GridRow, field: str) -> str:
        """The cells of a field on one line."""
        return " ".join(word for cell in self._cells(row, field) for word in cell.split())

    def _told_apart(self, row: GridRow) -> tuple[str, ...]:
        """The cells of what tells a record from others."""
        return tuple(cell for field in TELLING_APART for cell in self._cells(row, field))

    def _authors(self, row: GridRow, signs: list[str]) -> tuple[str, ...]:
        cells = self._cells(row, "authors")
        signs += [_BETWEEN_AUTHORS * cell.count(_BETWEEN_AUTHORS) for cell in cells]
        named = (author for cell in cells for author in cell.split(_BETWEEN_AUTHORS))
        return tuple(" ".join(author.split()) for author in named if author.strip())

    def _sections(self, row: GridRow, signs: list[str]) -> dict[str, str]:
        sections = {}
        for id in SECTION_TITLES:
            cells = self._cells(row, id)
            if cells:
                said = cell_prose(cells, self._map.separator(id) if self._map else None)
                sections[id] = said.text
                signs += said.signs
        return sections

    def _further(self, row: GridRow, signs: list[str]) -> tuple[DraftSection, ...]:
        sections = []
        for one in self._table.further:
            cell = _cell(row, one.index)
            if cell:
                said = cell_prose([cell])
                signs += said.signs
                section = DraftSection(title=one.heading, text=said.text, audience=one.audience)
                sections.append(section)
        return tuple(sections)

    def _unplaced(self, row: GridRow) -> tuple[DraftUnplaced, ...]:
        headings = self._columns.headings
        return tuple(
            DraftUnplaced(text=cell, heading=headings[index].strip() or None)
            for index in self._columns.unknown
            if (cell := _cell(row, index))
        )

    def _own_language(self) -> str | None:
        return self._map.language.tag if self._map and self._map.language else None

    def _system(self, row: GridRow) -> str | None:
        """The code system that the row names, or its heading, or the map."""
        named = self._on_one_line(row, "code_system")
        if not named:
            own = self._map.code_system.id if self._map and self._map.code_system else None
            return self._table.code_system or own
        system = system_named(named)
        if system is None:
            self._findings.error(
                "unknown-code-system",
                f"{quoted(named)} is not a code system",
                self._place_of_cell(row, "code_system"),
                f"write {ids_in_words()}",
            )
            return None
        return system.id

    def _check_zeros(self, row: GridRow, code: str, system: str | None) -> None:
        """Spreadsheet programs take 00100 for the number 100."""
        if code.isdigit() and len(code) < _SHORTEST_CPT and system in (None, CPT.id):
            self._findings.error(
                "bad-code",
                f"{quoted(code)} is too short for a code: leading zeros may have been lost",
                self._place_of_cell(row, "code"),
                f"make the column text, and write it as {code:0>5} if that is the code",
            )

    def _require(self, row: GridRow, field: str, value: str) -> None:
        if not value:
            message = f"this row has no {field}"
            place = self._place_of_cell(row, field)
            self._findings.error("missing-value", message, place, "write one, or delete the row")

    def _check_letters(self, row: GridRow) -> None:
        for index, cell in enumerate(row.cells):
            if has_unprintable(cell):
                message = "this cell has a character that cannot be printed"
                place = row.place(index)
                self._findings.error("unprintable-character", message, place, "was a letter lost?")
            elif found := MOJIBAKE.search(cell):
                message = mojibake_message(found)
                hint = "export the table once more, as UTF-8"
                self._findings.error("mojibake", message, row.place(index), hint)

    def _place_of_cell(self, row: GridRow, field: str) -> Span:
        return row.place(self._columns.indexes[field][0])


def _cell(row: GridRow, index: int) -> str:
    return row.cells[index].strip() if index < len(row.cells) else ""
