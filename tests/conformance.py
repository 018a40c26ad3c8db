"""All that is asked of a PDF of docgen's, by three judges who do not know of each other."""

import io
from collections.abc import Iterator

import page
import pikepdf

from tests.pdf_structure import structure_problems


def conformance_problems(data: bytes, *profiles: str) -> list[str]:
    """What the validator, qpdf and the own check of structure say against a file.

    Each sentence begins with its judge. Profiles are PDF/UA-1 and PDF/A-3a, or those given.
    """
    return [*_validator(data, profiles or ("ua1", "3a")), *_syntax(data), *_structure(data)]


def _validator(data: bytes, profiles: tuple[str, ...]) -> Iterator[str]:
    for profile in profiles:
        for failure in page.validate_pdf_bytes(data, profile=profile).failures:
            yield f"validator: {failure.rule_id} {failure.message}"


def _syntax(data: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield from (f"qpdf: {fault}" for fault in (*pdf.check_pdf_syntax(), *pdf.get_warnings()))


def _structure(data: bytes) -> Iterator[str]:
    yield from (f"structure: {problem}" for problem in structure_problems(data))
