"""Workbooks for tests: two made-up records in a sheet, changed as a spreadsheet program would do
it, or in the parts of their file."""

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "xl/worksheets/sheet1.xml"


def saved(change: Callable[[Workbook, Worksheet], object] | None = None) -> bytes:
    """A workbook with two records, changed."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Codes"
    sheet.append(["code", "title", "summary"])
    sheet.append(["99001", "Made-up scan", "One."])
    sheet.append(["99002", "Made-up test", "Two."])
    if change:
        change(book, sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of some parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return data.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def rewritten(part: str, old: str, new: str, data: bytes | None = None) -> bytes:
    """A workbook in one part of which something stands in the place of something."""
    parts = parts_of(data or saved())
    said = parts[part].decode()
    assert old in said
    parts[part] = said.replace(old, new, 1).encode()
    return archive(parts)
