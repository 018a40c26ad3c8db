"""Finding the inputs of an import, and the reader of each."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from docgen.diagnostics import DocgenError, Findings, Span, refuse
from docgen.imports.drafts import ImportSource, Reader
from docgen.opening import NotAFileError, open_file
from docgen.signatures import FileKind, kind_of
from docgen.source import display_path, entries, is_folder, is_there, status_of
from docgen.system import reason_of

MAX_BYTES = 64_000_000
STANDARD_INPUT = "standard input"
_MEGABYTE = 1_000_000
_PAGES = (".txt", ".text")
_RECORDS = (".yaml", ".yml")
_ARCHIVES = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".zst")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OFFICE = b"[Content_Types].xml"
"""What every file of a newer office program holds, and no other archive."""


def inputs(
    paths: Iterable[Path], column_map: Path | None, findings: Findings
) -> Iterator[ImportSource]:
    """Every file that is named, or lies in a folder that is named, read whole, each once.

    Findings tell of what cannot be read, or is left where it lies. Folders are walked in the order
    of their names, hidden files left out, each folder once, whatever links lead to it.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        for file in _files(path, findings, set()):
            try:
                source = _opened(file, column_map, seen)
            except DocgenError as error:
                findings.extend(error.diagnostics)
                continue
            if source:
                yield source


def input_of_stream(data: bytes, column_map: Path | None) -> ImportSource:
    """What came from standard input. Raises DocgenError where it is too much."""
    _check_size(len(data), STANDARD_INPUT)
    return ImportSource(path=None, shown=STANDARD_INPUT, data=data, column_map=column_map)


def reader_of(source: ImportSource) -> Reader:
    """The reader of an input, told by what it holds. Raises DocgenError where there is none."""
    from docgen.imports.tables.reading import is_table, read_table  # noqa: PLC0415 - after the cheap checks

    if not source.data.strip():
        raise refuse(
            "empty-file",
            "this file is empty",
            Span(source.shown, 1, 1),
            "is it the right file, and was it saved?",
        )
    _refuse_binary(source)
    if is_table(source):
        return read_table
    _refuse_nul(source)
    from docgen.imports.pages.reading import read_page  # noqa: PLC0415 - the same

    return read_page


def _files(path: Path, findings: Findings, walked: set[tuple[int, int]]) -> Iterator[Path]:
    try:
        status = status_of(path)
        if status is None or not stat.S_ISDIR(status.st_mode):
            yield path
            return
        inside = entries(path)
    except DocgenError as error:
        findings.extend(error.diagnostics)
        return
    if (status.st_dev, status.st_ino) in walked:
        findings.warning(
            "walked-already",
            "this link leads back to a folder that was walked already, and is passed over",
            Span.whole_file(display_path(path)),
        )
        return
    walked.add((status.st_dev, status.st_ino))
    for entry in inside:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry) or _is_wanted(entry, findings):
            yield from _files(entry, findings, walked)


def _is_folder(entry: Path) -> bool:
    """What cannot be told of is told by the walk, whether it is a folder or not."""
    try:
        return is_folder(entry)
    except DocgenError:
        return True


def _is_wanted(file: Path, findings: Findings) -> bool:
    """Whether a file in a folder is one to import; of any other, findings tell."""
    from docgen.imports.tables.reading import SUFFIXES  # noqa: PLC0415 - only folders need it

    suffix = file.suffix.lower()
    if suffix in (*_PAGES, *SUFFIXES, *_ARCHIVES, ".pdf", ""):
        return True
    what = "a record file" if suffix in _RECORDS else f"no kind of file that is imported ({suffix})"
    findings.warning(
        "left-out",
        f"this is {what}: it is left where it lies",
        Span.whole_file(display_path(file)),
        "name the file itself if it is to be imported" if suffix not in _RECORDS else None,
    )
    return False


def _opened(path: Path, column_map: Path | None, seen: set[tuple[int, int]]) -> ImportSource | None:
    """A file with what it holds, or None where it was read before under another name."""
    shown = display_path(path)
    if path.suffix.lower() in _RECORDS:
        raise refuse(
            "unknown-file-type",
            "this is a record file already",
            Span.whole_file(shown),
            "copy it into data/records",
        )
    try:
        with open_file(path) as file:
            status = os.fstat(file.fileno())
            _check_size(status.st_size, shown)
            if (status.st_dev, status.st_ino) in seen:
                return None
            seen.add((status.st_dev, status.st_ino))
            data = file.read(MAX_BYTES + 1)
    except NotAFileError as error:
        raise refuse(
            "not-a-file",
            reason_of(error),
            Span.whole_file(shown),
            "name a file or a folder, or pipe the input into docgen and name it -",
        ) from None
    except (OSError, ValueError) as error:
        raise _unreadable_input(path, error) from None
    _check_size(len(data), shown)
    return ImportSource(path=path, shown=shown, data=data, column_map=column_map)


def _unreadable_input(path: Path, error: OSError | ValueError) -> DocgenError:
    place = Span.whole_file(display_path(path))
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        is_there(path)  # raises where a link is to blame
        message, hint = "this file does not exist", "check its name and its folder"
        return refuse("missing-file", message, place, hint)
    return refuse(
        "unreadable-file",
        f"this cannot be read: {reason_of(error)}",
        place,
        "check who may read it",
    )


def _check_size(size: int, shown: str) -> None:
    if size > MAX_BYTES:
        raise refuse(
            "file-too-large",
            f"this is larger than {MAX_BYTES // _MEGABYTE} MB, the limit for one input",
            Span.whole_file(shown),
            "divide it, or check that it is the right file",
        )


def _refuse_binary(source: ImportSource) -> None:
    from docgen.imports.workbooks.reading import is_workbook  # noqa: PLC0415 - after the cheap checks

    data, place = source.data, Span.whole_file(source.shown)
    kind = kind_of(data)
    if is_workbook(source) and (kind is FileKind.OLD_OFFICE or _OFFICE in data):
        return
    if kind in (FileKind.ZIP, FileKind.ARCHIVE):
        raise refuse(
            "archive", "this is an archive", place, "unpack it, then import the folder that it made"
        )
    if kind:
        raise refuse(
            "not-text",
            f"this is {kind.words}, not plain text",
            place,
            "save the page as plain text from the program that shows it",
        )


def _refuse_nul(source: ImportSource) -> None:
    at = source.data.find(b"\0")
    if at < 0 or source.data.startswith(_UTF16_MARKS):
        return
    line = source.data.count(b"\n", 0, at) + 1
    raise refuse(
        "not-text",
        "this file holds NUL bytes: it is damaged, or no text at all",
        Span(source.shown, line, at - source.data.rfind(b"\n", 0, at)),
        "save it once more as plain text, with the encoding UTF-8",
    )
