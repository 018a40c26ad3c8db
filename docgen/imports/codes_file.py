"""A table that says of files which code they are about: ``file,code[,code_system]``."""

import io
from collections.abc import Iterable
from pathlib import Path, PurePath

from msgspec import Struct

from docgen.code_systems import CodeSystem
from docgen.diagnostics import DocgenError, Findings, Span, quoted, refuse
from docgen.imports.drafts import ImportSource
from docgen.imports.opening import inputs
from docgen.source import display_path, is_folder
from docgen.source.lines import TextLines
from docgen.source.table_rows import TableRows, readable

_FILE, _CODE, _SYSTEM = "file", "code", "code_system"
_DELIMITERS = ",;\t"


class NamedCode(Struct, frozen=True):
    """The code that the table gives to a file."""

    code: str
    system: CodeSystem | None
    span: Span


class CodesFile:
    """The codes of files, found by the end of their paths."""

    def __init__(self, codes: dict[PurePath, NamedCode]) -> None:
        self._codes = codes
        self._used: set[PurePath] = set()

    def code_of(self, source: ImportSource) -> NamedCode | None:
        """The code of a file: that of the longest path which its own path ends with."""
        parts = source.path.absolute().parts if source.path else ()
        for count in range(len(parts), 0, -1):
            name = PurePath(*parts[-count:])
            if name in self._codes:
                self._used.add(name)
                return self._codes[name]
        return None

    def tell_unused(self, findings: Findings) -> None:
        """Warns of each row whose file was not among the inputs."""
        for name, named in self._codes.items():
            if name not in self._used:
                findings.warning(
                    "unused-code",
                    f"no input has the name {quoted(str(name))}",
                    named.span,
                    "check its spelling, or delete the row",
                )


def read_codes_file(path: Path) -> CodesFile:
    """Reads the table from a CSV file in UTF-8 with a heading. Raises DocgenError."""
    if is_folder(path):
        place = Span.whole_file(display_path(path))
        raise refuse("not-a-file", "this is a folder, not a table", place, "name a file in it")
    findings = Findings()
    source = next(inputs([path], None, findings), None)
    if source is None:
        raise DocgenError(findings.diagnostics)
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(
            "not-utf-8",
            "this table is not UTF-8 text",
            Span(source.shown, 1, 1),
            "save it as UTF-8",
        ) from None
    head_line = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head_line.count)
    lines = TextLines(io.StringIO(text, newline=None))
    table = TableRows(lines, delimiter, may_be_short=True)
    rows = readable(table, source.shown, findings)
    head = next(rows, None)
    findings.raise_if_any()
    heading = _heading(head.cells if head else (), Span(source.shown, 1, 1))
    codes: dict[PurePath, NamedCode] = {}
    for row in rows:
        broken = next((index for index, cell in enumerate(row.cells) if "\n" in cell.strip()), None)
        if broken is None:
            cells = dict(zip(heading, (cell.strip() for cell in row.cells), strict=False))
            _add_code(cells, Span(source.shown, row.line, 1), codes, findings)
        else:
            message = "this cell goes on over several lines"
            hint = "close its quote on its line: neither a file nor a code has line breaks"
            place = row.place_of_cell(broken, delimiter, source.shown)
            findings.error("line-break", message, place, hint)
    findings.raise_if_any()
    return CodesFile(codes)


def _heading(cells: Iterable[str], place: Span) -> list[str]:
    """The names of the columns. Raises DocgenError where one is missing, or there twice."""
    heading = [cell.strip().casefold().replace(" ", "_") for cell in cells]
    hint = "begin it with the line: file,code,code_system"
    if _FILE not in heading or _CODE not in heading:
        message = "this table lacks a column 'file' or a column 'code'"
        raise refuse("no-column", message, place, hint)
    twice = next((name for name in (_FILE, _CODE, _SYSTEM) if heading.count(name) > 1), None)
    if twice:
        message = f"this table has two columns {twice!r}"
        raise refuse("duplicate-column", message, place, hint)
    return heading


def _add_code(
    cells: dict[str, str], place: Span, codes: dict[PurePath, NamedCode], findings: Findings
) -> None:
    name, code = cells.get(_FILE, ""), cells.get(_CODE, "")
    if not name or not code:
        lacking = _FILE if not name else _CODE
        findings.error("missing-field", f"this row lacks {lacking!r}", place, "fill it")
        return
    system = None
    try:
        system = CodeSystem.parse(cells[_SYSTEM]) if cells.get(_SYSTEM) else None
    except ValueError as error:
        message, hint = error.args
        findings.error("unknown-code-system", message, place, hint)
    file = PurePath(name)
    if file in codes:
        findings.error(
            "duplicate-key",
            f"{quoted(name)} is here a second time; the first is on line {codes[file].span.line}",
            place,
            "keep one of them",
        )
        return
    codes[file] = NamedCode(code, system, place)
