"""Tables of codes with nothing but titles, as authorities publish them.

``tables/NAME.tsv`` in a data folder holds one code system. Its head says where it comes from
(``table_heads``); its rows are sorted by code, so that a look-up reads a few of them and needs no
index:

    A0425<TAB>Ground mileage, per statute mile<TAB>Ground mileage<TAB>2020-01-01<TAB>2027-12-31

Codes are sorted by their bytes, so that anybody's ``sort`` agrees.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct

from docgen.code_systems import CodeSystem, is_well_formed, normalise_code
from docgen.diagnostics import DocgenError, Findings, Span, quoted, refuse
from docgen.opening import open_file
from docgen.records.code_days import CodeDays, joined_days
from docgen.records.table_heads import COLUMNS, FIRST_DAY, HINT, OpenedHead, read_head
from docgen.source import (
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    display_path,
    entries,
    has_unprintable,
)
from docgen.system import reason_of

FOLDER: Final = "tables"
SUFFIX: Final = ".tsv"


class TitledCode(Struct, frozen=True):
    """A code with its title; ``line`` is where it stands in its table."""

    code: str
    title: str
    short: str
    begins: date | None
    ends: date | None
    line: int


class CodeTable:
    """A code table whose head was read; its rows are read from the file each time."""

    def __init__(self, path: Path, opened: OpenedHead) -> None:
        self.path = path
        self.head = opened.head
        self._columns = opened.columns
        self._start = opened.start
        self._first_line = opened.line
        self._shown = display_path(path)

    @classmethod
    def open(cls, path: Path) -> CodeTable:
        """Reads a table's head. Raises DocgenError where it is no code table, or was cut off."""
        shown = display_path(path)
        try:
            with open_file(path) as file:
                return cls(path, read_head(file, shown))
        except OSError as error:
            raise _unreadable_table(shown, error) from None

    @property
    def system(self) -> CodeSystem:
        return self.head.code_system

    def find(self, code: str) -> TitledCode | None:
        """The row of a code, which is looked up without regard to case and punctuation.

        Raises DocgenError where a row that was looked at shows that the table is damaged.
        """
        wanted = normalise_code(code).encode()
        if not wanted:
            return None
        try:
            with (
                open_file(self.path) as file,
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
            ):
                return self._search(data, wanted)
        except OSError as error:
            raise _unreadable_table(self._shown, error) from None

    def __iter__(self) -> Iterator[TitledCode]:
        """Every row in order. Raises DocgenError at the first that is damaged."""
        last = b""
        count = 0
        try:
            with open_file(self.path) as file:
                file.seek(self._start)
                for number, line in enumerate(file, self._first_line):
                    row = self._row(line, number)
                    key = _key(line)
                    if key <= last:
                        raise self._unsorted(number)
                    last = key
                    count += 1
                    yield row
        except OSError as error:
            raise _unreadable_table(self._shown, error) from None
        if count != self.head.rows:
            raise refuse(
                "damaged-table",
                f"this code table has {count:,} rows, and its head says {self.head.rows:,}",
                self.head.span,
                HINT,
            )

    def codes(self) -> Iterator[str]:
        """Every code as it stands, whether its row is right or not."""
        with open_file(self.path) as file:
            file.seek(self._start)
            for line in file:
                yield _key(line).decode(errors="replace")

    def check(self, findings: Findings) -> None:
        """Tells of the first row that is damaged."""
        try:
            for _ in self:
                pass
        except DocgenError as error:
            findings.extend(error.diagnostics)

    def _search(self, data: mmap.mmap, wanted: bytes) -> TitledCode | None:
        """Halves the bytes that the row may begin in; what was seen must be in order."""
        low, high = self._start, len(data)
        least, most = b"", b"\xff"
        while low < high:
            begin = max(data.rfind(b"\n", low, (low + high) // 2) + 1, low)
            end = data.find(b"\n", begin)
            line = data[begin : end + 1]
            key = _key(line)
            if not least < key < most:
                raise self._unsorted(self._line_at(data, begin))
            if key == wanted:
                return self._row(line, self._line_at(data, begin))
            if key < wanted:
                low, least = end + 1, key
            else:
                high, most = begin, key
        return None

    def _line_at(self, data: mmap.mmap, offset: int) -> int:
        return self._first_line + data[self._start : offset].count(b"\n")

    def _row(self, line: bytes, number: int) -> TitledCode:
        """The row that a line with its end holds. Raises DocgenError where it holds none."""
        if not line.endswith(b"\n"):
            raise self._damaged("this row is cut off", number)
        try:
            cells = line[:-1].decode().split("\t")
        except UnicodeDecodeError:
            raise self._damaged("this row is not UTF-8 text", number) from None
        if len(cells) != len(self._columns):
            names = ", ".join(self._columns)
            raise self._damaged(f"a row has {len(self._columns)} columns: {names}", number)
        if FIRST_DAY not in self._columns:
            cells.insert(COLUMNS.index(FIRST_DAY), "")
        code, title, short, begins, ends = cells
        if not title.strip() or has_unprintable(title + short):
            raise self._damaged("this row has no title that can be printed", number)
        if code != normalise_code(code) or not is_well_formed(code, self.system):
            message = f"{quoted(code)} does not have the form that {self.system.name} asks for"
            raise self._damaged(message, number)
        return TitledCode(
            code,
            title,
            short,
            self._day_in_row(begins, number),
            self._day_in_row(ends, number),
            number,
        )

    def _day_in_row(self, text: str, number: int) -> date | None:
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            message = f"{quoted(text)} is no day that is written year-month-day"
            raise self._damaged(message, number) from None

    def _unsorted(self, number: int) -> DocgenError:
        return self._damaged("this row is not in its place: codes are sorted, each once", number)

    def _damaged(self, message: str, number: int) -> DocgenError:
        return refuse("damaged-table", message, Span(self._shown, number, 1), HINT)

    def days(self, row: TitledCode) -> CodeDays:
        """On which days a code may be used. Its first day counts from the table's own on only:
        how long a code has been in use is no news."""
        begins, released = row.begins, self.head.released
        if begins and released and begins < released:
            begins = None
        return CodeDays(begins, row.ends, Span(self._shown, row.line, 1))

    def node(self, row: TitledCode) -> MappingNode:
        """A row as a record file would say it: a title, and where it comes from."""
        span = Span(self._shown, row.line, 1)
        head = self.head
        source = {
            "title": head.source.value,
            "publisher": head.authors.value,
        }
        provenance: dict[str, object] = {
            "version": head.version.value,
            "authors": [head.authors.value],
            "sources": [source],
        }
        content = {
            "code": row.code,
            "code_system": self.system.id,
            "language": head.language.tag,
            "title": row.title,
            "name": row.title,
            "provenance": provenance,
        }
        node = _node(content, span)
        assert isinstance(node, MappingNode)
        return node


FoundRow = tuple[int, CodeTable, TitledCode]
"""A row with its table, and the number of the folder of that."""


class CodeTables:
    """The code tables of some data folders."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def all(self, findings: Findings) -> Iterator[tuple[int, CodeTable]]:
        """Every table with the number of its folder, in a fixed order.

        Findings tell of files that are none. Raises DocgenError where a folder cannot be read.
        """
        for root, folder in enumerate(self._folders):
            for path in table_files(folder):
                try:
                    yield root, CodeTable.open(path)
                except DocgenError as error:
                    findings.extend(error.diagnostics)

    def rows(self, code: str, findings: Findings) -> Iterator[FoundRow]:
        """The rows of a code in all tables; of damaged tables, findings tell.

        Raises DocgenError as ``all`` does.
        """
        for root, table in self.all(findings):
            try:
                row = table.find(code)
            except DocgenError as error:
                findings.extend(error.diagnostics)
                continue
            if row:
                yield root, table, row

    def days_of(
        self, codes: Iterable[tuple[CodeSystem, str]], findings: Findings
    ) -> dict[tuple[CodeSystem, str], CodeDays]:
        """The days of those codes for which a table names any; of damaged tables, findings tell.

        Raises DocgenError as ``all`` does.
        """
        wanted = list(codes)
        rows: dict[tuple[CodeSystem, str], list[FoundRow]] = {}
        for root, table in self.all(findings):
            for key in wanted:
                try:
                    row = table.find(key[1]) if key[0] == table.system else None
                except DocgenError as error:
                    findings.extend(error.diagnostics)
                    break
                if row:
                    rows.setdefault(key, []).append((root, table, row))
        days = {key: days_of_rows(found, key[0]) for key, found in rows.items()}
        return {key: one for key, one in days.items() if one}

    def codes(self) -> Iterator[str]:
        """Every code of all tables; those that cannot be read have none.

        Raises DocgenError as ``all`` does.
        """
        for _, table in self.all(Findings()):
            with suppress(OSError):
                yield from table.codes()

    def check(self, findings: Findings) -> None:
        """Reads every row, and tells of the first that is damaged in each table.

        Raises DocgenError as ``all`` does.
        """
        for _, table in self.all(findings):
            table.check(findings)


def days_of_rows(found: Iterable[FoundRow], system: CodeSystem) -> CodeDays | None:
    """The days of a code, as the rows of a system say that the first folder has."""
    rows = [(root, table.days(row)) for root, table, row in found if table.system == system]
    first = min((root for root, _ in rows), default=None)
    return joined_days(days for root, days in rows if root == first)


def codes_of(text: str) -> dict[str, tuple[int, bool]]:
    """The codes of a table's text, right or not: the line of each, and whether it has no last
    day."""
    codes: dict[str, tuple[int, bool]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        code, *cells = line.split("\t")
        if cells:
            codes[code] = number, not cells[-1].strip()
    return codes


def table_files(folder: Path) -> tuple[Path, ...]:
    """The files of a data folder that are named like code tables, in a fixed order.

    Raises DocgenError where its folder of tables cannot be read.
    """
    return tuple(
        path
        for path in entries(folder / FOLDER)
        if path.name.lower().endswith(SUFFIX) and not path.name.startswith(".")
    )


def _key(line: bytes) -> bytes:
    """What a row is sorted by; of a damaged row, as much of it as there is."""
    return line.partition(b"\t")[0]


def _unreadable_table(shown: str, error: OSError) -> DocgenError:
    return refuse(
        "unreadable-file",
        f"this code table cannot be read: {reason_of(error)}",
        Span(shown, 1, 1),
        "check who may read it",
    )


def _node(value: object, span: Span) -> Node:
    if isinstance(value, dict):
        return MappingNode(
            span, tuple((Scalar(span, key), _node(inner, span)) for key, inner in value.items())
        )
    if isinstance(value, list):
        return SequenceNode(span, tuple(_node(item, span) for item in value))
    return Scalar(span, str(value), plain=False)
