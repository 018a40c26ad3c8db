"""Policies in a table (CSV), as a row each, or a row for each of their codes."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docgen.code_systems import CODE_SYSTEMS, LOCAL, PUBLISHED, is_well_formed
from docgen.diagnostics import DocgenError, Findings, Span, did_you_mean, quoted, refuse
from docgen.opening import FileTooLargeError, read_whole
from docgen.policies.policy_file import CoveringPolicy, policy_of
from docgen.source import MappingNode, Scalar, SequenceNode, display_path
from docgen.source.encodings import encoding_of
from docgen.source.lines import TextLines
from docgen.source.table_rows import (
    ROW_IN_QUOTES,
    TableRows,
    TextRow,
    lines_like_rows,
    readable,
)
from docgen.system import reason_of

COLUMNS: Final = (
    *("payer", "number", "title", "url"),
    *("effective", "review_due", "expires", "language", "codes"),
)
_REQUIRED: Final = ("payer", "title", "codes")
_CODES: Final = "codes"
_DELIMITERS: Final = (",", ";", "\t", "|")
_MAX_BYTES: Final = 20_000_000
_TO: Final = re.compile(r"\s*[-–]\s*")
_BETWEEN: Final = re.compile(r"[\s;,|]+")
_AFTER_SYSTEM: Final = re.compile(r":\s*")
_NAMED: Final = re.compile(f"({'|'.join(CODE_SYSTEMS)}):(.*)", re.IGNORECASE | re.DOTALL)


class _Cell(Struct, frozen=True):
    text: str
    span: Span


class _Row(Struct, frozen=True):
    """The cells of a row by their columns, blank ones left out; ``codes`` by code system."""

    span: Span
    cells: dict[str, _Cell]
    codes: dict[str, tuple[_Cell, ...]]

    @property
    def key(self) -> tuple[str, str]:
        named = self.cells.get("number") or self.cells.get("title")
        payer = self.cells.get("payer")
        return payer.text.casefold() if payer else "", named.text.casefold() if named else ""


def read_policies(path: Path, findings: Findings) -> tuple[CoveringPolicy, ...]:
    """The policies of a table, in its order; rows that are about one policy are joined.

    Findings get warnings. Raises DocgenError with all that is wrong with any row.
    """
    shown = display_path(path)
    told = Findings()
    text = _text_of_file(path, shown, told)
    rows = list(_one_row_each(_rows_of_table(text, shown, told), told))
    policies = []
    for row in rows:
        try:
            policies.append(policy_of(_node(row), path))
        except DocgenError as error:
            told.extend(error.diagnostics)
    told.raise_if_any()
    if not policies:
        hint = "write a policy into each row below the headings"
        raise refuse("empty-file", "this table has no policies", Span(shown, 1, 1), hint)
    findings.extend(told.diagnostics)
    return tuple(policies)


def _text_of_file(path: Path, shown: str, findings: Findings) -> str:
    start = Span(shown, 1, 1)
    try:
        data = read_whole(path, _MAX_BYTES)
    except FileTooLargeError:
        message = f"this table is larger than {_MAX_BYTES // 1_000_000} MB"
        raise refuse("file-too-large", message, start, "is it the right file?") from None
    except OSError as error:
        reason = f"this file cannot be read: {reason_of(error)}"
        raise refuse(
            "missing-file" if isinstance(error, FileNotFoundError) else "unreadable-file",
            reason,
            start,
            "name a table that is saved as CSV",
        ) from None
    encoding = encoding_of(BytesIO(data), shown, None, findings)
    return data.decode(encoding, errors="replace")


def _rows_of_table(text: str, shown: str, findings: Findings) -> Iterator[_Row]:
    delimiter = max(
        _DELIMITERS, key=lambda one: len(_known_columns(_heading_row(text, one).likely_cells(one)))
    )
    rows = readable(TableRows(_lines_of_text(text), delimiter), shown, findings)
    head = next(rows, None)
    if head is None:
        return
    columns = _checked_columns(head, delimiter, shown, findings)
    for row in rows:
        _refuse_rows_in_quotes(row, columns, delimiter, shown, findings)
        cells = {
            column: _Cell(
                " ".join(row.cells[index].split()), row.place_of_cell(index, delimiter, shown)
            )
            for column, index in columns.items()
            if row.cells[index].strip()
        }
        before = len(findings)
        codes = _codes(cells.pop(_CODES, None), findings)
        if len(findings) == before:
            yield _Row(Span(shown, row.line, 1), cells, codes)


def _lines_of_text(text: str) -> TextLines:
    return TextLines(StringIO(text.replace("\r\n", "\n").replace("\r", "\n")))


def _heading_row(text: str, delimiter: str) -> TextRow:
    rows = (row for row in TableRows(_lines_of_text(text), delimiter) if not row.blank)
    return next(rows)


def _refuse_rows_in_quotes(
    row: TextRow, columns: dict[str, int], delimiter: str, shown: str, findings: Findings
) -> None:
    """Refuses a row, a line of which has codes where codes belong, and none in its other cells."""
    for index, cells in lines_like_rows(row, delimiter):
        others = (cells[columns[name]] for name in _REQUIRED if name != _CODES)
        if _are_codes(cells[columns[_CODES]]) and not any(map(_are_codes, others)):
            place = row.place_of_cell(index, delimiter, shown)
            findings.error(ROW_IN_QUOTES.rule, ROW_IN_QUOTES.message, place, ROW_IN_QUOTES.hint)
            return


def _are_codes(text: str) -> bool:
    told = Findings()
    return bool(_codes(_Cell(text, Span("", 0, 0)), told)) and not told


def _known_columns(headings: Iterable[str]) -> dict[str, int]:
    """The columns that are known, by the first heading of each."""
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        name = _heading_word(heading)
        if name in COLUMNS:
            found.setdefault(name, index)
    return found


def _checked_columns(
    head: TextRow, delimiter: str, shown: str, findings: Findings
) -> dict[str, int]:
    """The columns by name. Raises DocgenError where one is missing or there twice."""
    columns = _known_columns(head.cells)
    told = Findings()
    for index, heading in enumerate(head.cells):
        name, place = _heading_word(heading), head.place_of_cell(index, delimiter, shown)
        if columns.get(name, index) != index:
            told.error("duplicate-column", f"there are two columns {quoted(name)}", place,
                       "keep one of them")  # fmt: skip
        elif name and name not in columns:
            hint = did_you_mean(name, COLUMNS) or f"the columns are {', '.join(COLUMNS)}"
            findings.warning("unread-column", f"the column {quoted(heading)} is left out", place,
                             hint)  # fmt: skip
    missing = [name for name in _REQUIRED if name not in columns]
    if missing:
        told.error(
            "missing-column",
            f"there is no column {', '.join(map(repr, missing))}",
            Span(shown, head.line, 1),
            f"the headings of the table are {', '.join(COLUMNS)}",
        )
    told.raise_if_any()
    return columns


def _heading_word(heading: str) -> str:
    return re.sub(r"[\s_-]+", "_", heading.strip().lower())


def _codes(cell: _Cell | None, findings: Findings) -> dict[str, tuple[_Cell, ...]]:
    """``77261-77299, G0121; local:RAD-12`` by code systems, which the forms of codes tell."""
    found: dict[str, tuple[_Cell, ...]] = {}
    if cell is None:
        return found
    named = _AFTER_SYSTEM.sub(":", cell.text)
    is_local = f"{LOCAL.id}:" in named.lower()
    for word in _BETWEEN.split(named if is_local else _TO.sub("-", named)):
        if not word:
            continue
        system = _NAMED.fullmatch(word)
        if system:
            id, text = system[1].lower(), system[2]
        else:
            id, text = _system_of(word), word
        if id:
            found[id] = (*found.get(id, ()), _Cell(text, cell.span))
        else:
            findings.error(
                "bad-code",
                f"{quoted(word)} has the form of no code system",
                cell.span,
                "write codes and ranges such as 77261-77299; G0121, and local ones as local:RAD-12",
            )
    return found


def _system_of(word: str) -> str | None:
    first = _TO.split(word)[0].upper()
    return next((system.id for system in PUBLISHED if is_well_formed(first, system)), None)


def _one_row_each(rows: Iterable[_Row], findings: Findings) -> Iterator[_Row]:
    """Rows about one policy as one: they differ in their codes only."""
    first: dict[tuple[str, str], _Row] = {}
    for row in rows:
        other = first.setdefault(row.key, row)
        if other is row:
            continue
        if _said_by_row(other) != _said_by_row(row):
            findings.error(
                "duplicate-policy",
                f"this policy stands on line {other.span.line} already, and says something else",
                row.span,
                "rows about one policy may differ in their codes only",
            )
            continue
        codes = dict(other.codes)
        for id, cells in row.codes.items():
            known = codes.get(id, ())
            new = (cell for cell in cells if cell.text not in {one.text for one in known})
            codes[id] = (*known, *new)
        first[row.key] = replace(other, codes=codes)
    yield from first.values()


def _said_by_row(row: _Row) -> dict[str, str]:
    return {column: cell.text for column, cell in row.cells.items()}


def _node(row: _Row) -> MappingNode:
    entries = [(Scalar(cell.span, column), _scalar(cell)) for column, cell in row.cells.items()]
    if row.codes:
        codes = tuple(
            (Scalar(row.span, id), SequenceNode(cells[0].span, tuple(map(_scalar, cells))))
            for id, cells in row.codes.items()
        )
        return MappingNode(
            row.span, (*entries, (Scalar(row.span, _CODES), MappingNode(row.span, codes)))
        )
    return MappingNode(row.span, tuple(entries))


def _scalar(cell: _Cell) -> Scalar:
    return Scalar(cell.span, cell.text, plain=False)
