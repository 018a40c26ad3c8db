"""What a run goes through, row by row: a worklist, or the codes of a library."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from docgen.batch.plan.packets import Planned, Planner
from docgen.batch.plan.settings import RunSettings, digest_of
from docgen.diagnostics import Diagnostic, Findings, Span, refuse
from docgen.opening import open_file, open_text
from docgen.sheets import SheetMaker
from docgen.worklist import ListedCode, Worklist, WorklistRow, find_column_map, open_worklist

_CODE_COLUMN = "code"
_BLOCK = 1 << 20


class RowSource(Struct, frozen=True):
    """Rows, and how each of them becomes a packet."""

    project: SheetMaker
    rows: Worklist
    plan: Callable[[WorklistRow], Planned]
    digest: str
    """SHA-256 (hex) of all that the rows are read from."""
    file: Path | None
    """What they are read from, if it is a file."""
    column_map: Path | None
    """The file that says how its columns are to be read."""
    map_digest: str
    """SHA-256 (hex) of that file; empty where there is none."""
    expected: int | None
    """About how many rows there are, where that is known without reading them."""
    problems: tuple[Diagnostic, ...] = ()
    """What is wrong with it, but does not stand against the rest."""

    def is_unchanged(self) -> bool:
        """Whether the files are what they were when they were opened.

        Raises DocgenError where one of them cannot be read.
        """
        now = digest_of(self.column_map) if self.column_map else ""
        return now == self.map_digest and (not self.file or digest_of(self.file) == self.digest)


class CodeList:
    """Codes of a library, in the place of a worklist: one packet each, for no patient."""

    columns: tuple[str, ...] = (_CODE_COLUMN,)
    incomplete = False

    def __init__(self, codes: tuple[tuple[int, str], ...], path: str | None) -> None:
        """``codes`` are numbered as the lines that they stand in."""
        self._codes = codes
        self._path = path
        self.left_out: Mapping[str, int] = {}

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Iterator[WorklistRow]:
        for number, code in self._codes:
            span = Span(self._path, number, 1) if self._path else None
            yield WorklistRow(number=number, cells=(code,), entry=None, span=span)


def listed_code(row: WorklistRow) -> ListedCode:
    """The code of a row of a list of codes: ``77299``, or ``cpt:77299``."""
    system, colon, code = row.cells[0].partition(":")
    if not colon:
        return ListedCode(system, None, row.span)
    return ListedCode(code.strip(), system.strip(), row.span)


def open_source(settings: RunSettings, run: Path, project: SheetMaker) -> RowSource:
    """What a run goes through. Raises DocgenError where it cannot be read as a whole."""
    if settings.source == "worklist":
        return _worklist(settings, run, project)
    planner = Planner(project, settings.plan)
    path = settings.input_file(run)
    findings = Findings()
    digest = digest_of(path) if path else None
    codes = _codes_of_file(path) if path else _codes_of_library(project, findings)

    def plan(row: WorklistRow) -> Planned:
        return planner.sheet(row.number, listed_code(row))

    return RowSource(
        project=project,
        rows=codes,
        plan=plan,
        digest=digest or _digest_of_codes(codes),
        file=path,
        column_map=None,
        map_digest="",
        expected=len(codes),
        problems=findings.diagnostics,
    )


def _worklist(settings: RunSettings, run: Path, project: SheetMaker) -> RowSource:
    path = settings.input_file(run)
    assert path is not None
    digest = digest_of(path)
    column_map = _column_map(settings, path)
    map_digest = digest_of(column_map) if column_map else ""
    findings = Findings()
    rows = open_worklist(path, findings, column_map, settings.form, incomplete=settings.incomplete)
    findings.raise_if_any()
    return RowSource(
        project=project,
        rows=rows,
        plan=Planner(project, settings.plan).planned,
        digest=digest,
        file=path,
        column_map=column_map,
        map_digest=map_digest,
        expected=_expected_rows(path),
        problems=findings.diagnostics,
    )


def _column_map(settings: RunSettings, worklist: Path) -> Path | None:
    if settings.column_map:
        return settings.in_project(settings.column_map)
    return find_column_map(worklist, Path(settings.folder))


def _codes_of_file(path: Path) -> CodeList:
    try:
        with open_text(path, "utf-8-sig") as file:
            text = file.read()
    except UnicodeDecodeError:
        raise refuse(
            "not-utf-8",
            f"the list of codes {str(path)!r} is not text in UTF-8",
            hint="write one code a line, and save it as plain text in UTF-8",
        ) from None
    lines = ((number, _without_comment(line)) for number, line in enumerate(text.splitlines(), 1))
    codes = tuple((number, line) for number, line in lines if line)
    if not codes:
        raise refuse(
            "no-codes",
            f"there is no code in {str(path)!r}",
            hint="write one code a line, such as 77299 or cpt:77299",
        )
    return CodeList(codes, str(path))


def _without_comment(line: str) -> str:
    return line.partition("#")[0].strip()


def _codes_of_library(project: SheetMaker, findings: Findings) -> CodeList:
    entries = project.records.list(findings)
    codes = (f"{entry.system.id}:{entry.code}" for entry in entries)
    return CodeList(tuple(enumerate(codes, 1)), None)


def _digest_of_codes(codes: CodeList) -> str:
    return sha256("\n".join(row.cells[0] for row in codes).encode()).hexdigest()


def _expected_rows(path: Path) -> int | None:
    """A table or JSON Lines has about as many rows as lines; of other forms nobody knows."""
    with open_file(path) as file:
        block = file.read(_BLOCK)
        start = block.lstrip(b"\xef\xbb\xbf \t")
        is_json = start.startswith((b"{", b"["))
        if is_json and (b'"resourceType"' in start or not start.startswith(b'{"')):
            return None
        lines = 0
        while block:
            lines += block.count(b"\n")
            block = file.read(_BLOCK)
    return lines if is_json else max(lines - 1, 0)
