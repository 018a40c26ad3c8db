"""Codes: how they are looked up and printed, and whether they have the form of their system."""

import re

from docgen.code_systems.systems import LOCAL, MAX_LOCAL_LENGTH, CodeSystem

_DIGIT = re.compile("[0-9]")


def normalise_code(code: str) -> str:
    """A code as it is looked up: capital letters and digits, nothing else."""
    return "".join(char for char in code.upper() if char.isalnum())


def canonical_code(code: str, system: CodeSystem) -> str:
    """A code as it is printed: normalised, but local codes keep their punctuation."""
    return code.strip() if system == LOCAL else normalise_code(code)


def is_well_formed(code: str, system: CodeSystem) -> bool:
    """Whether a canonical code has the form of its system."""
    if system == LOCAL:
        return bool(normalise_code(code)) and len(code) <= MAX_LOCAL_LENGTH
    return re.fullmatch(system.pattern, code) is not None


def family_of(code: str, system: CodeSystem) -> str:
    """What the canonical codes share that are ordered among each other: 00100 and 77299, 0042T and
    0054T, G0121 and G0500, all codes of ICD-10-PCS; a local code is alone."""
    if system.order == "numbers":
        return _DIGIT.sub("#", code)
    return "" if system.order == "axes" else normalise_code(code)
