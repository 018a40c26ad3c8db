"""PDFs judged by the standards that they claim: PDF/UA-1 (ISO 14289-1) and PDF/A (ISO 19005)."""

from docgen.validation.checking import Validation, Verdict, validate_pdf
from docgen.validation.profiles import PROFILES, Profile
from docgen.validation.reading import read_pdf, read_stream
from docgen.validation.validator import require_validator

__all__ = [
    "PROFILES",
    "Profile",
    "Validation",
    "Verdict",
    "read_pdf",
    "read_stream",
    "require_validator",
    "validate_pdf",
]
