"""All that is asked of a PDF of docgen's, by three judges who do not know of each other."""

import io
from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf

from tests.pdf_structure import structure_problems


def conformance_problems(data: bytes, *profiles: str) -> list[str]:
    """What the validator, qpdf and the own check of structure say against a file.

    Each sentence begins with its judge. Profiles are PDF/UA-1 and PDF/A-3a, or those given.
    """
    return [*_validator(data, profiles or ("ua1", "3a")), *syntax_problems(data), *_structure(data)]


def _validator(data: bytes, profiles: tuple[str, ...]) -> Iterator[str]:
    for profile in profiles:
        for failure in page.validate_pdf_bytes(data, profile=profile).failures:
            yield f"validator: {failure.rule_id} {failure.message}"


def syntax_problems(file: bytes | Path, password: str = "") -> list[str]:
    """What qpdf says against a file: the library, as pikepdf carries it, needs no program."""
    opened = io.BytesIO(file) if isinstance(file, bytes) else file
    with pikepdf.open(opened, password=password) as pdf:
        return [f"qpdf: {fault}" for fault in (*pdf.check_pdf_syntax(), *pdf.get_warnings())]


def _structure(data: bytes) -> Iterator[str]:
    yield from (f"structure: {problem}" for problem in structure_problems(data))
