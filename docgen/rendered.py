"""A sheet as it was composed, and as a PDF, with the files that its content came from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

from docgen.calls import checked_call
from docgen.diagnostics import Diagnostic

if TYPE_CHECKING:
    from docgen.document import Document


class ComposedSheet(Struct, frozen=True, eq=False):
    """What a sheet will say, and where that came from."""

    document: Document
    files: tuple[Path, ...]
    """The files of its record, of the translations and changes of it, and of policies."""


class RenderedSheet(Struct, frozen=True, kw_only=True):
    """One record in one layout, as a PDF."""

    code_system: str
    code: str
    layout: str
    variant: tuple[str, ...] = ()
    """What was asked for besides the layout: a language, large print, fields to fill in."""
    page_count: int
    data: bytes
    """The PDF file."""
    warnings: tuple[Diagnostic, ...] = ()
    """What was printed, but perhaps not as its author wishes."""
    files: tuple[Path, ...] = ()
    """The files that its content came from: record or code table, translation, changes of
    organizations, policies."""
    is_sample: bool = False
    """Whether its record is a sample that comes with docgen."""

    @checked_call
    def save(self, folder: str | Path) -> Path:
        """Writes the PDF into a folder, whole or not at all, and returns its path.

        Raises DocgenError where it cannot be written.
        """
        from docgen.delivery import file_name, write_file

        name = file_name(self.code_system, self.code, self.layout, *self.variant)
        return write_file(self.data, Path(folder), name)

    def write(self, stream: BinaryIO) -> None:
        """Writes the PDF to a stream, such as standard output.

        Raises DocgenError where not all of it can be written.
        """
        from docgen.delivery import write_stream

        write_stream(self.data, stream)
