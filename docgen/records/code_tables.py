"""Tables of codes with nothing but titles, as authorities publish them.

``tables/NAME.tsv`` in a data folder holds one code system. Its head says where it comes from; its
rows are sorted by code, so that a look-up reads a few of them and needs no index:

    # docgen code table 1
    # code_system: hcpcs
    # …
    A0425<TAB>Ground mileage, per statute mile<TAB>Ground mileage<TAB>2027-12-31

Codes are sorted by their bytes, so that anybody's ``sort`` agrees.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO, Final

from msgspec import Meta, Struct

from docgen.diagnostics import DocgenError, Findings, Span, quoted, refuse
from docgen.records.code_systems import CodeSystem, is_well_formed, normalise_code
from docgen.source import (
    Language,
    Mapping,
    Node,
    Positioned,
    Scalar,
    Text,
    bind,
    display_path,
    has_unprintable,
)
from docgen.source import Sequence as SequenceNode

FOLDER: Final = "tables"
SUFFIX: Final = ".tsv"
MAGIC: Final = "# docgen code table 1"
COLUMNS: Final = ("code", "title", "short title", "day on which the code ends")
"""The last two may be empty."""

_HINT: Final = "import the table anew with 'docgen records import'"
_LONGEST_HEAD: Final = 10_000
_HEAD_LINE: Final = re.compile("# ([a-z_0-9]+): (.*)")


class TableHead(Positioned, frozen=True, kw_only=True, eq=False):
    """What a code table says of itself."""

    code_system: Annotated[CodeSystem, Meta(description="Code system of all its codes.")]
    version: Annotated[Text, Meta(description="Version of the table, such as 2026.")]
    authors: Annotated[Text, Meta(description="Who wrote the titles.")]
    language: Annotated[Language, Meta(description="Language of the titles (BCP 47).")]
    source: Annotated[Text, Meta(description="Name of the file that it was made from.")]
    sha256: Annotated[Text, Meta(description="SHA-256 of that file.")]
    rows: Annotated[int, Meta(description="How many codes it holds.", ge=0)]


class TableRow(Struct, frozen=True):
    """A code with its title; ``line`` is where it stands in its table."""

    code: str
    title: str
    short: str
    ended: date | None
    line: int


class CodeTable:
    """A code table whose head was read; its rows are read from the file each time."""

    def __init__(self, path: Path, head: TableHead, start: int, first_line: int) -> None:
        self.path = path
        self.head = head
        self._start = start
        self._first_line = first_line
        self._shown = display_path(path)

    @classmethod
    def open(cls, path: Path) -> CodeTable:
        """Reads a table's head. Raises DocgenError where it is no code table, or was cut off."""
        shown = display_path(path)
        try:
            with path.open("rb") as file:
                return cls(path, *_read_head(file, shown))
        except OSError as error:
            raise _unreadable(shown, error) from None

    @property
    def system(self) -> CodeSystem:
        return self.head.code_system

    def find(self, code: str) -> TableRow | None:
        """The row of a code, which is looked up without regard to case and punctuation.

        Raises DocgenError where a row that was looked at shows that the table is damaged.
        """
        wanted = normalise_code(code).encode()
        if not wanted:
            return None
        try:
            with (
                self.path.open("rb") as file,
                mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
            ):
                return self._search(data, wanted)
        except OSError as error:
            raise _unreadable(self._shown, error) from None

    def __iter__(self) -> Iterator[TableRow]:
        """Every row in order. Raises DocgenError at the first that is damaged."""
        last = b""
        count = 0
        try:
            with self.path.open("rb") as file:
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
            raise _unreadable(self._shown, error) from None
        if count != self.head.rows:
            raise refuse(
                "damaged-table",
                f"this code table has {count:,} rows, and its head says {self.head.rows:,}",
                self.head.span,
                _HINT,
            )

    def codes(self) -> Iterator[str]:
        """Every code as it stands, whether its row is right or not."""
        with self.path.open("rb") as file:
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

    def _search(self, data: mmap.mmap, wanted: bytes) -> TableRow | None:
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

    def _row(self, line: bytes, number: int) -> TableRow:
        """The row that a line with its end holds. Raises DocgenError where it holds none."""
        if not line.endswith(b"\n"):
            raise self._damaged("this row is cut off", number)
        try:
            cells = line[:-1].decode().split("\t")
        except UnicodeDecodeError:
            raise self._damaged("this row is not UTF-8 text", number) from None
        if len(cells) != len(COLUMNS):
            raise self._damaged(f"a row has {len(COLUMNS)} columns: {', '.join(COLUMNS)}", number)
        code, title, short, ended = cells
        if not title.strip() or has_unprintable(title + short):
            raise self._damaged("this row has no title that can be printed", number)
        if code != normalise_code(code) or not is_well_formed(code, self.system):
            message = f"{quoted(code)} does not have the form that {self.system.name} asks for"
            raise self._damaged(message, number)
        return TableRow(code, title, short, self._day(ended, number), number)

    def _day(self, text: str, number: int) -> date | None:
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            message = f"{quoted(text)} is no day that is written year-month-day"
            raise self._damaged(message, number) from None

    def _unsorted(self, number: int) -> DocgenError:
        return self._damaged("this row is not in its place: codes are sorted, each once", number)

    def _damaged(self, message: str, number: int) -> DocgenError:
        return refuse("damaged-table", message, Span(self._shown, number, 1), _HINT)

    def node(self, row: TableRow) -> Mapping:
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
        if row.ended:
            provenance["note"] = f"This code ends on {row.ended}."
        content = {
            "code": row.code,
            "code_system": self.system.id,
            "language": head.language.tag,
            "title": row.title,
            "name": row.title,
            "provenance": provenance,
        }
        node = _node(content, span)
        assert isinstance(node, Mapping)
        return node


class CodeTables:
    """The code tables of some data folders."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def all(self, findings: Findings) -> Iterator[tuple[int, CodeTable]]:
        """Every table with the number of its folder, in a fixed order.

        Findings tell of files that are none.
        """
        for root, folder in enumerate(self._folders):
            for path in table_files(folder):
                try:
                    yield root, CodeTable.open(path)
                except DocgenError as error:
                    findings.extend(error.diagnostics)

    def rows(self, code: str, findings: Findings) -> Iterator[tuple[int, CodeTable, TableRow]]:
        """The rows of a code in all tables; of damaged tables, findings tell.

        Each with its table, and the number of its folder.
        """
        for root, table in self.all(findings):
            try:
                row = table.find(code)
            except DocgenError as error:
                findings.extend(error.diagnostics)
                continue
            if row:
                yield root, table, row

    def codes(self) -> Iterator[str]:
        """Every code of all tables; those that cannot be read have none."""
        for _, table in self.all(Findings()):
            with suppress(OSError):
                yield from table.codes()

    def check(self, findings: Findings) -> None:
        """Reads every row, and tells of the first that is damaged in each table."""
        for _, table in self.all(findings):
            table.check(findings)


def table_files(folder: Path) -> tuple[Path, ...]:
    """The files of a data folder that are named like code tables, in a fixed order."""
    try:
        names = sorted(path.name for path in (folder / FOLDER).iterdir())
    except OSError:
        return ()
    return tuple(
        folder / FOLDER / name
        for name in names
        if name.lower().endswith(SUFFIX) and not name.startswith(".")
    )


def _key(line: bytes) -> bytes:
    """What a row is sorted by; of a damaged row, as much of it as there is."""
    return line.partition(b"\t")[0]


def _read_head(file: BinaryIO, shown: str) -> tuple[TableHead, int, int]:
    """The head, where the rows begin, and the number of the first one's line."""
    entries: list[tuple[Scalar, Scalar]] = []
    number, start = 1, Span(shown, 1, 1)
    if file.readline(_LONGEST_HEAD).rstrip(b"\r\n") != MAGIC.encode():
        message = "this is no code table of docgen"
        raise refuse(
            "damaged-table", message, start, f"its first line must be {quoted(MAGIC)}; {_HINT}"
        )
    while True:
        begin = file.tell()
        line = file.readline(_LONGEST_HEAD)
        number += 1
        if not line.startswith(b"#"):
            break
        entries.append(_head_entry(line, Span(shown, number, 1)))
    head = _bound(Mapping(start, tuple(entries)), shown)
    _refuse_cut(file, begin, shown)
    return head, begin, number


def _head_entry(line: bytes, span: Span) -> tuple[Scalar, Scalar]:
    said = _HEAD_LINE.fullmatch(line.decode(errors="replace").rstrip("\n"))
    if said is None:
        message = "this line of a code table's head is not '# name: value'"
        raise refuse("damaged-table", message, span, _HINT)
    name, value = said.groups()
    return Scalar(span, name), Scalar(span, value)


def _bound(node: Mapping, shown: str) -> TableHead:
    findings = Findings()
    head = bind(node, TableHead, findings)
    findings.raise_if_any()
    assert head is not None  # else there were findings
    return head


def _refuse_cut(file: BinaryIO, start: int, shown: str) -> None:
    """The last line of a file that was written whole has an end."""
    end = file.seek(0, 2)
    if end == start:
        return
    file.seek(end - 1)
    if file.read(1) != b"\n":
        file.seek(0)
        number = sum(1 for _ in file)
        raise refuse(
            "damaged-table",
            "this code table is cut off in its last row",
            Span(shown, number, 1),
            _HINT,
        )


def _unreadable(shown: str, error: OSError) -> DocgenError:
    reason = (error.strerror or "it cannot be opened").lower()
    return refuse(
        "unreadable-file",
        f"this code table cannot be read: {reason}",
        Span(shown, 1, 1),
        "check who may read it",
    )


def _node(value: object, span: Span) -> Node:
    if isinstance(value, dict):
        return Mapping(
            span, tuple((Scalar(span, key), _node(inner, span)) for key, inner in value.items())
        )
    if isinstance(value, list):
        return SequenceNode(span, tuple(_node(item, span) for item in value))
    return Scalar(span, str(value), plain=False)
