"""PDF files read whole, and refused by name where they are none or are damaged."""

import io
import logging
from pathlib import Path
from typing import BinaryIO

import pikepdf

from docgen.diagnostics import DocgenError, Span, refuse
from docgen.opening import open_file
from docgen.system import reason_of

MAX_BYTES = 100_000_000
_HEADER = b"%PDF-"
_END = b"%%EOF"
_NEAR = 1024
"""Bytes from the start, and before the end, in which readers look for the two."""

# What qpdf finds is told as diagnostics; without a handler, Python would print some of it as well.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())


def read_pdf(path: Path) -> bytes:
    """The bytes of a PDF file of at most 100 MB. Raises DocgenError where it cannot be one."""
    place = Span.whole_file(str(path))
    try:
        with open_file(path) as file:
            return read_stream(file, str(path))
    except (FileNotFoundError, NotADirectoryError):
        raise refuse(
            "missing-file", "this file does not exist", place, "check its name and its folder"
        ) from None
    except OSError as error:
        raise _unreadable_pdf(error, place) from None
    except ValueError:
        raise refuse("missing-file", "this is not the name of a file", place) from None


def read_stream(stream: BinaryIO, name: str) -> bytes:
    """The bytes of a PDF out of a stream that messages call ``name``.

    Raises DocgenError where it is empty, too large or no PDF.
    """
    place = Span.whole_file(name)
    data = stream.read(MAX_BYTES + 1)
    if not data:
        raise refuse("empty-file", "this file is empty", place, "check how it was made or copied")
    if len(data) > MAX_BYTES:
        raise refuse(
            "file-too-large",
            f"this file is larger than {MAX_BYTES // 1_000_000} MB, the limit for checking",
            place,
            "divide it, or check that it is the right one",
        )
    if _HEADER not in data[:_NEAR]:
        raise refuse("not-a-pdf", "this file is not a PDF", place, "name a file that is")
    return data


def open_pdf(data: bytes, name: str, password: str | None) -> pikepdf.Pdf:
    """Opens a PDF, decrypted where it is encrypted.

    Raises DocgenError where it is damaged, or the password does not open it.
    """
    place = Span.whole_file(name)
    if _END not in data[-_NEAR:]:
        raise _damaged_pdf(place, "it ends too early")
    try:
        return pikepdf.open(io.BytesIO(data), password=password or "")
    except pikepdf.PasswordError:
        raise _locked(place, password) from None
    except (pikepdf.PdfError, ValueError):
        raise _damaged_pdf(place, "it is damaged") from None


def _damaged_pdf(place: Span, reason: str) -> DocgenError:
    return refuse(
        "damaged-pdf",
        f"this file cannot be read as a PDF: {reason}",
        place,
        "copy or make it again",
    )


def _locked(place: Span, password: str | None) -> DocgenError:
    if password is None:
        return refuse(
            "password-needed",
            "this file opens with a password only",
            place,
            "give it with --password-file, or check the file before it is encrypted",
        )
    return refuse(
        "wrong-password",
        "the password does not open this file",
        place,
        "check the file that --password-file names",
    )


def _unreadable_pdf(error: OSError, place: Span) -> DocgenError:
    if isinstance(error, IsADirectoryError):
        return refuse("not-a-file", "this is a folder, not a file", place, "name a file in it")
    return refuse(
        "unreadable-file",
        f"this file cannot be read: {reason_of(error)}",
        place,
        "check who may read it",
    )
