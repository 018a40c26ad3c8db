"""Opening the file of a worklist as text."""

from pathlib import Path
from typing import TextIO

from docgen import opening
from docgen.diagnostics import DocgenError, Findings, refuse
from docgen.source import encodings
from docgen.source.encodings import Encoding
from docgen.system import reason_of


def open_worklist_text(path: Path, encoding: str) -> TextIO:
    """A worklist as text, whose lines end in LF whatever they end in in the file.

    Bytes that are no text become U+FFFD, which no row may hold: the row is rejected, not the file.

    Raises DocgenError where the file cannot be read.
    """
    try:
        return opening.open_text(path, encoding, errors="replace")
    except OSError as error:
        raise _unreadable_worklist(path, error) from None


def encoding_of_worklist(path: Path, shown: str, named: Encoding | None, findings: Findings) -> str:
    """The encoding of a worklist, as ``source.encodings`` finds it.

    Raises DocgenError where it cannot be told, or the file cannot be read.
    """
    try:
        with opening.open_file(path) as file:
            return encodings.encoding_of(file, shown, named, findings)
    except OSError as error:
        raise _unreadable_worklist(path, error) from None


def _unreadable_worklist(path: Path, error: OSError) -> DocgenError:
    return refuse(
        "missing-file" if isinstance(error, FileNotFoundError) else "unreadable-file",
        f"the worklist {str(path)!r} cannot be read: {reason_of(error)}",
        hint="check the path of the worklist",
    )
