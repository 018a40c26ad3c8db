"""The standards that a PDF can be checked against, and those that a PDF says it keeps."""

import re

import pikepdf
from msgspec import Struct

_LARGEST_METADATA = 100_000
"""Bytes of metadata that are looked through; a packet of XMP has a few thousand."""


class Profile(Struct, frozen=True):
    """A standard, by the id that ``--profile`` takes and the name that people use."""

    id: str
    name: str

    @property
    def is_archival(self) -> bool:
        """Whether it is a PDF/A."""
        return self != PDF_UA_1


PDF_UA_1 = Profile("ua1", "PDF/UA-1")
PROFILES = {
    PDF_UA_1.id: PDF_UA_1,
    **{id: Profile(id, f"PDF/A-{id}") for id in ("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u")},
}


def claimed_standards(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Ids of the standards that a file's XMP metadata names: ``ua`` or a PDF/A part and level.

    They are ids of profiles where docgen knows the standard. Metadata that cannot be read names
    none.
    """
    metadata = _metadata(pdf)
    accessible = _value_of_claim(metadata, b"pdfuaid:part")
    archival = _value_of_claim(metadata, b"pdfaid:part")
    level = _value_of_claim(metadata, b"pdfaid:conformance")
    claims = (f"ua{accessible}" if accessible else "", f"{archival}{level}" if archival else "")
    return tuple(claim.lower() for claim in claims if claim)


def _metadata(pdf: pikepdf.Pdf) -> bytes:
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return b""
    try:
        if len(stream.read_raw_bytes()) > _LARGEST_METADATA:
            return b""
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return b""
    # Without its zero bytes, UTF-16 reads like the UTF-8 that it should have been.
    return data.replace(b"\0", b"")


def _value_of_claim(metadata: bytes, name: bytes) -> str:
    """The value of an attribute or element, which may hold letters and digits only.

    The standards prescribe the prefixes, so that broken XML needs no parser to be understood.
    """
    found = re.search(name + rb"""\s*(?:=\s*["']|>)\s*(\w+)""", metadata)
    return found[1].decode("ascii", "replace") if found else ""
