"""The head of a code table: what it says of itself, above its rows.

    # docgen code table 2
    # code_system: hcpcs
    # …

Tables of the first form, whose rows have no first day, are read as well.
"""

import re
from datetime import date
from typing import Annotated, BinaryIO, ClassVar, Final

from msgspec import Meta, Struct

from docgen.code_systems import CodeSystem
from docgen.diagnostics import Findings, Span, quoted, refuse
from docgen.source import Language, MappingNode, Positioned, Scalar, TextNode, bind

MAGIC: Final = "# docgen code table 2"
FIRST_DAY: Final = "first day of the code"
COLUMNS: Final = ("code", "title", "short title", FIRST_DAY, "last day of the code")
"""The last three may be empty."""
HINT: Final = "import the table anew with 'docgen records import'"

_COLUMNS_OF: Final = {
    MAGIC.encode(): COLUMNS,
    b"# docgen code table 1": tuple(one for one in COLUMNS if one != FIRST_DAY),
}
_VERSION: Final = re.compile("([0-9]{4})(?:-([0-9]{2}))?")
_LONGEST_HEAD: Final = 10_000
_HEAD_LINE: Final = re.compile("# ([a-z_0-9]+): (.*)")


class TableHead(Positioned, frozen=True, kw_only=True, eq=False):
    """What a code table says of itself."""

    called: ClassVar[str] = "the head of a code table"

    code_system: Annotated[CodeSystem, Meta(description="Code system of all its codes.")]
    version: Annotated[TextNode, Meta(description="Version of the table, such as 2026.")]
    authors: Annotated[TextNode, Meta(description="Who wrote the titles.")]
    language: Annotated[Language, Meta(description="Language of the titles (BCP 47).")]
    source: Annotated[TextNode, Meta(description="Name of the file that it was made from.")]
    sha256: Annotated[TextNode, Meta(description="SHA-256 of that file.")]
    rows: Annotated[int, Meta(description="How many codes it holds.", ge=0)]

    @property
    def released(self) -> date | None:
        """The first day of the year, or of the month, that the version names."""
        said = _VERSION.fullmatch(self.version.value)
        try:
            return date(int(said[1]), int(said[2] or 1), 1) if said else None
        except ValueError:
            return None


class OpenedHead(Struct, frozen=True):
    """The head of a table, and where its rows begin."""

    head: TableHead
    columns: tuple[str, ...]
    start: int
    """Of the first row, in bytes."""
    line: int
    """The number of the first row's line."""


def read_head(file: BinaryIO, shown: str) -> OpenedHead:
    """The head of a table that is shown as a path. Raises DocgenError where it is damaged."""
    entries: list[tuple[Scalar, Scalar]] = []
    number, start = 1, Span(shown, 1, 1)
    columns = _COLUMNS_OF.get(file.readline(_LONGEST_HEAD).rstrip(b"\r\n"))
    if columns is None:
        message = "this is no code table of docgen"
        raise refuse(
            "damaged-table", message, start, f"its first line must be {quoted(MAGIC)}; {HINT}"
        )
    while True:
        begin = file.tell()
        line = file.readline(_LONGEST_HEAD)
        number += 1
        if not line.startswith(b"#"):
            break
        entries.append(_head_entry(line, Span(shown, number, 1)))
    head = _bound(MappingNode(start, tuple(entries)), shown)
    _refuse_cut(file, begin, shown)
    return OpenedHead(head, columns, begin, number)


def _head_entry(line: bytes, span: Span) -> tuple[Scalar, Scalar]:
    said = _HEAD_LINE.fullmatch(line.decode(errors="replace").rstrip("\n"))
    if said is None:
        message = "this line of a code table's head is not '# name: value'"
        raise refuse("damaged-table", message, span, HINT)
    name, value = said.groups()
    return Scalar(span, name), Scalar(span, value)


def _bound(node: MappingNode, shown: str) -> TableHead:
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
            HINT,
        )
