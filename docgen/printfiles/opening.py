"""Documents of a run opened for printing: whole, unchanged, and made by docgen."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO

import pikepdf

from docgen.diagnostics import DocgenError, Span, refuse
from docgen.opening import read_whole
from docgen.printfiles.packets import PrintDocument

_PRODUCER = "docgen"
_MAX_BYTES = 100_000_000
"""More than any document of docgen has."""


@contextmanager
def opened(document: PrintDocument, packet: int) -> Iterator[pikepdf.Pdf]:
    """A document of a packet. Raises DocgenError where it is not what the run made."""
    place = Span.whole_file(str(document.path))
    try:
        data = read_whole(document.path, _MAX_BYTES)
    except OSError as error:
        raise refuse(
            "missing-document",
            f"row {packet}: its document {document.path.name!r} cannot be read",
            place,
            "make it again with: docgen batch --resume",
        ) from error
    if sha256(data).hexdigest() != document.sha256:
        raise refuse(
            "changed-document",
            f"row {packet}: its document {document.path.name!r} is not what the run made",
            place,
            "make it again with: docgen batch --resume",
        )
    with _own_pdf(data, packet, place) as pdf:
        yield pdf


@contextmanager
def opened_slip(data: bytes, packet: int) -> Iterator[pikepdf.Pdf]:
    """A packet's slip sheet. Raises DocgenError where docgen did not make it."""
    with _own_pdf(data, packet, None) as pdf:
        yield pdf


@contextmanager
def _own_pdf(data: bytes, packet: int, place: Span | None) -> Iterator[pikepdf.Pdf]:
    """A PDF that docgen wrote: the pages of others may need more than is copied of them."""
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError as error:
        raise _foreign(packet, "is encrypted", place) from error
    except pikepdf.PdfError as error:
        raise _foreign(packet, "is no PDF", place) from error
    with pdf:
        if pdf.is_encrypted:
            raise _foreign(packet, "is encrypted", place)
        if str(pdf.docinfo.get("/Producer", "")) != _PRODUCER:
            raise _foreign(packet, "was not made by docgen", place)
        yield pdf


def _foreign(packet: int, why: str, place: Span | None) -> DocgenError:
    return refuse(
        "foreign-document",
        f"row {packet}: a document of it {why}",
        place,
        "print files are made of documents of docgen without a password",
    )
