"""What a workbook's sheets share: their names and places, the texts of cells, the forms of numbers.

Office Open XML (ECMA-376): part 1, SpreadsheetML; part 2, packages.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Final

from msgspec import Struct

from docgen.diagnostics import quoted
from docgen.imports.workbooks.xml import (
    RELATIONS,
    Attributes,
    DamagedError,
    PartReader,
    TooMuchError,
    WorkbookLimits,
    is_true,
    number_in,
)

_WORKBOOK: Final = "xl/workbook.xml"
_RELATED: Final = "xl/_rels/workbook.xml.rels"
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OF_ARCHIVES: Final = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, UnicodeError),
    *(OSError, EOFError, ValueError, LookupError, RuntimeError, OverflowError),
)
"""What zipfile raises of archives that are damaged, encrypted, or none."""
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_ID: Final = "/relationships id"
"""How the name ends of the attribute that tells where a sheet is, whatever its namespace."""
_MOST_SHEETS: Final = 1_000
_MOST_FORMS: Final = 5_000
_LONGEST_FORM: Final = 1_000
_MOST_ID: Final = 1_000_000


class SheetPart(Struct, frozen=True):
    """A sheet, and the part that holds its cells."""

    name: str
    is_visible: bool
    path: str


class Related(Struct, frozen=True):
    """A part that the workbook names."""

    kind: str
    """The last word of its type: ``worksheet``, ``styles``."""
    path: str


class Book(Struct, frozen=True, kw_only=True):
    """What the sheets of a workbook share."""

    sheets: tuple[SheetPart, ...]
    strings: list[str]
    """The texts that cells name by their number."""
    styles: list[int]
    """By the number of a style, the id of the form of its numbers."""
    forms: Mapping[int, str]
    """The forms that the workbook defines itself, such as ``yyyy-mm-dd``, by their ids."""
    is_from_1904: bool
    """Whether days are counted from 1904 on, as old Macintoshes did."""


class Package:
    """A workbook's archive. All that is read of it raises DamagedError and TooMuchError."""

    def __init__(self, data: bytes, limits: WorkbookLimits) -> None:
        self._limits = limits
        with _telling():
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        parts = self._archive.infolist()
        if len(parts) > limits.parts:
            raise TooMuchError("parts", limits.parts)
        if sum(part.file_size for part in parts) > limits.bytes:
            raise TooMuchError("bytes, unpacked", limits.bytes)
        self._names = {part.filename for part in parts}

    @property
    def is_workbook(self) -> bool:
        """Whether it is a workbook at all, and no other archive."""
        return _WORKBOOK in self._names

    @contextmanager
    def part(self, path: str) -> Iterator[IO[bytes]]:
        """A part as a stream, which gives no more than the archive says of its size.

        Raises DamagedError where the archive does not have it, or has it in a form that cannot be
        read.
        """
        if path not in self._names:
            raise DamagedError(f"it has no part {quoted(path)}")
        with _telling():
            if self._archive.getinfo(path).compress_type not in _PACKED:
                raise DamagedError("a part is packed in a way that workbooks are not")
            with self._archive.open(path) as stream:
                yield stream

    def book(self) -> Book:
        """What all sheets share."""
        related = self._related()
        by_kind = {one.kind: one.path for one in related.values()}
        sheets, is_from_1904 = self._sheets(related)
        styles, forms = self._styles(by_kind.get("styles"))
        return Book(
            sheets=sheets,
            strings=self._strings(by_kind.get("sharedStrings")),
            styles=styles,
            forms=forms,
            is_from_1904=is_from_1904,
        )

    def _related(self) -> dict[str, Related]:
        """The parts that the workbook names, by the ids that it gives them."""
        found: dict[str, Related] = {}

        def relation(said: Attributes) -> None:
            if said.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/xl", said.get("Target", "")))
                kind = said.get("Type", "").rpartition("/")[2]
                found[said.get("Id", "")] = Related(kind, target.removeprefix("/"))

        reader = PartReader(self._limits, (RELATIONS,))
        reader.on("Relationship", relation)
        self._read_part(_RELATED, reader)
        return found

    def _sheets(self, related: Mapping[str, Related]) -> tuple[tuple[SheetPart, ...], bool]:
        """The sheets that hold cells, in their order, and whether days count from 1904 on."""
        sheets: list[SheetPart] = []
        counted: list[bool] = []

        def sheet(said: Attributes) -> None:
            name = said.get("name", "")
            part = related.get(next((said[key] for key in said if key.endswith(_ID)), ""))
            if part is None:
                raise DamagedError(f"nothing tells where its sheet {quoted(name)} is")
            if len(sheets) == _MOST_SHEETS:
                raise TooMuchError("sheets", _MOST_SHEETS)
            if part.kind == "worksheet":
                is_visible = said.get("state", "visible") == "visible"
                sheets.append(SheetPart(name, is_visible, part.path))

        reader = PartReader(self._limits)
        reader.on("sheet", sheet)
        reader.on("workbookPr", lambda said: counted.append(is_true(said, "date1904")))
        self._read_part(_WORKBOOK, reader)
        return tuple(sheets), any(counted)

    def _styles(self, path: str | None) -> tuple[list[int], dict[int, str]]:
        """By style, the id of the form of its numbers; and the forms that are defined here."""
        forms: dict[int, str] = {}
        styles: list[int] = []
        places: list[str] = []

        def form(said: Attributes) -> None:
            code = said.get("formatCode", "")
            if len(forms) == _MOST_FORMS:
                raise TooMuchError("forms of numbers", _MOST_FORMS)
            if len(code) > _LONGEST_FORM:
                raise TooMuchError("characters in the form of a number", _LONGEST_FORM)
            forms[number_in(said, "numFmtId", _MOST_ID)] = code

        def style(said: Attributes) -> None:
            if places and len(styles) == self._limits.styles:
                raise TooMuchError("styles", self._limits.styles)
            if places:
                styles.append(number_in(said, "numFmtId", _MOST_ID, default=0))

        reader = PartReader(self._limits)
        reader.on("numFmt", form)
        reader.on("xf", style)
        reader.on("cellXfs", lambda _: places.append("cells"), places.clear)
        self._read_part(path, reader)
        return styles, forms

    def _strings(self, path: str | None) -> list[str]:
        """The texts that cells name."""
        strings: list[str] = []
        characters = 0

        def end() -> None:
            nonlocal characters
            strings.append(unescaped(reader.heard()))
            characters += len(strings[-1])
            if len(strings) > self._limits.strings:
                raise TooMuchError("texts", self._limits.strings)
            if characters > self._limits.characters:
                raise TooMuchError("characters", self._limits.characters)

        reader = PartReader(self._limits)
        hear_rich_text(reader)
        reader.on("si", end=end)
        self._read_part(path, reader)
        return strings

    def _read_part(self, path: str | None, reader: PartReader) -> None:
        if path is not None:
            with self.part(path) as stream:
                reader.read(stream)


def hear_rich_text(reader: PartReader) -> None:
    """Keeps the text of cells, whatever its looks, and not how it is spoken (``rPh``)."""
    reader.hear("t")
    reader.skip("rPh")


def unescaped(text: str) -> str:
    """A text in which characters that XML cannot write stand as ``_x000D_``."""
    if "_x" not in text:
        return text
    written = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@contextmanager
def _telling() -> Iterator[None]:
    """Says in words that an archive is damaged."""
    try:
        yield
    except _OF_ARCHIVES as error:
        raise DamagedError(f"its archive cannot be read ({type(error).__name__})") from None
